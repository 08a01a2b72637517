"""The time of day, for the whole program: the machine's, or in tests one that runs faster.

``AVVISI_CLOCK_RATE`` (a number, 1 by default) is for tests: with 60 an hour of avvisi's time passes in a minute. What
avvisi plans, stores and compares is in that time; what is real stays real: network timeouts, pauses between two
requests, leases. ``AVVISI_CLOCK_ORIGIN`` (seconds since 1970) is the moment at which both clocks show the same; give it
to every process that shares a database, else each takes its own start and a restarted one goes back in time.
"""

import os
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from store.errors import UsageError

RATE, ORIGIN = "AVVISI_CLOCK_RATE", "AVVISI_CLOCK_ORIGIN"


@dataclass(frozen=True)
class Clock:
    """A clock that showed the machine's time at ``origin`` (seconds since 1970) and runs ``rate`` times as fast."""

    rate: float = 1.0
    origin: float = 0.0

    def now(self) -> datetime:
        """The time of day, aware."""
        return self.show(time.time())

    def show(self, machine: float) -> datetime:
        """What this clock shows when the machine's shows ``machine``, in seconds since 1970."""
        return datetime.fromtimestamp(self.origin + (machine - self.origin) * self.rate, UTC)

    def to_machine(self, moment: datetime) -> datetime:
        """When the machine's clock stands where this one shows ``moment``."""
        if self.rate == 1.0:
            return moment
        return datetime.fromtimestamp(self.origin + (moment.timestamp() - self.origin) / self.rate, UTC)

    def real(self, span: timedelta) -> float:
        """How long a span of this clock's time takes, in seconds of real time."""
        return span.total_seconds() / self.rate


def read_clock() -> Clock:
    """Make the clock that the environment asks for; raise UsageError where it asks for none that can be."""
    rate, origin = os.environ.get(RATE), os.environ.get(ORIGIN)
    if not rate:
        return Clock()
    try:
        clock = Clock(rate=float(rate), origin=float(origin) if origin else time.time())
    except ValueError as error:
        raise UsageError(f"{RATE}={rate} {ORIGIN}={origin or ''}: both are numbers, the second in seconds since 1970; "
                         "they are for tests, unset them") from error
    if not 0 < clock.rate <= 100_000:
        raise UsageError(f"{RATE}={rate}: from 0 to 100000 is possible; it is for tests, unset it")
    return clock


_clock: Clock | None = None


def get_clock() -> Clock:
    """Get the process's one clock; the environment is read at the first time."""
    global _clock
    if _clock is None:
        _clock = read_clock()
    return _clock


def utcnow() -> datetime:
    """The current time, aware; asked for at the edge only and handed down."""
    return get_clock().now()
