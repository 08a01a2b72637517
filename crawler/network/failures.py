"""Every way a request can fail, each with its one word, and how much the words weigh."""

from enum import StrEnum

from scrapy import Request
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from twisted.python.failure import Failure

from crawler.network.politeness import RefusedRequest

# exception -> (word, whether it may pass by itself)
_WORDS: tuple[tuple[type[BaseException], str, bool], ...] = (
    (DownloadTimeoutError, "timeout", True),
    (CannotResolveHostError, "unknown_host", True),
    (DownloadConnectionRefusedError, "connection_refused", True),
    (ResponseDataLossError, "cut_off", True),
    (DownloadCancelledError, "too_large", False),
    (UnsupportedURLSchemeError, "bad_address", False),
    (DownloadFailedError, "connection_lost", True),
)


class Kind(StrEnum):
    """How a place that could not be read is taken: as gone, as odd, or as something that passes."""

    HARD = "hard"
    SOFT = "soft"
    TEMPORARY = "temporary"
    OFFLINE = "offline"  # we reach nothing at all: no fault of the source


_HARD = frozenset(("http_404", "http_410", "unknown_host", "robots_forbidden", "bad_address"))
_TEMPORARY = frozenset(("timeout", "connection_refused", "connection_lost", "cut_off", "broken_answer",
                        "robots_unreachable", "host_paused", "budget", "run_time", "http_408", "http_425", "http_429",
                        "internal_error", "store_failed"))
_NETWORK = frozenset(("timeout", "connection_refused", "connection_lost", "unknown_host", "robots_unreachable"))


def weigh_failure(reason: str) -> Kind:
    """Weigh the word for a failed place; a word that is not known is odd, and no more."""
    if reason in _HARD:
        return Kind.HARD
    if reason in _TEMPORARY or reason.startswith("http_5"):
        return Kind.TEMPORARY
    return Kind.SOFT


class Reachability:
    """Whether this machine reaches anything: it does not when source after source fails in the network."""

    ENOUGH = 3

    def __init__(self) -> None:
        self._unreached: set[str] = set()

    def note(self, source: str, reason: str | None) -> None:
        """Note a run's end; None or a reason that only a server can give shows that the network is there."""
        if reason in _NETWORK:
            self._unreached.add(source)
        else:
            self._unreached.clear()

    @property
    def is_offline(self) -> bool:
        """Whether too many sources in a row were out of reach for it to be theirs."""
        return len(self._unreached) >= self.ENOUGH


def name_failure(failure: Failure, request: Request) -> tuple[str, bool, str]:
    """Return the word for a failed request, whether it is worth another try, and the detail."""
    return name_error(failure.value, request)


def name_error(error: BaseException | None, request: Request) -> tuple[str, bool, str]:
    """Return the word for an error, whether the request is worth another try, and the detail."""
    if isinstance(error, RefusedRequest):
        return error.reason, error.temporary, str(error)
    if isinstance(error, IgnoreRequest):
        if "redirect_times" in request.meta and "redirect" in str(error):
            return "redirect_loop", False, "redirected too often"
        return "too_large", False, "larger than allowed once unpacked"
    for kind, word, temporary in _WORDS:
        if isinstance(error, kind):
            return word, temporary, " ".join(str(error).split())[:300]
    return "broken_answer", True, f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"


def name_status(status: int) -> tuple[str, bool]:
    """Return the word for an HTTP status that is no success, and whether it is worth another try."""
    return f"http_{status}", status >= 500 or status in (403, 404, 408, 425, 429)  # 404: not there yet, perhaps
