"""The word about a database that cannot be had: said once when it goes, seldom while it lasts, once when it is back."""

import logging
import threading
import time

log = logging.getLogger(__name__)

SAY_AGAIN = 600.0  # seconds


class Outage:
    """Whether the database is away, for all who use it; threads may share it."""

    def __init__(self) -> None:
        self.since: float | None = None  # time.monotonic()
        self._said = 0.0
        self._lock = threading.Lock()

    def note(self, error: Exception) -> None:
        """Note a failed try; say so at the first one."""
        now = time.monotonic()
        with self._lock:
            is_first = self.since is None
            if is_first:
                self.since = now
            if not is_first and now - self._said < SAY_AGAIN:
                return
            self._said = now
        log.warning("%s; avvisi waits for it", error)

    def end(self) -> None:
        """Note that the database answers; say so if it did not before."""
        if self.since is None:
            return
        with self._lock:
            since, self.since = self.since, None
        if since is not None:
            log.warning("the database is back after %.0f s", time.monotonic() - since)
