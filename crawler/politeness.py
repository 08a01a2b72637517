"""Being a good guest, for all crawls of a process together: one request at a time a host, and robots.txt."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlsplit

from protego import Protego
from scrapy.exceptions import IgnoreRequest

LONGEST_WAIT = 120.0  # seconds; a host that wants more is left until the next run
ROBOTS_MAX_BYTES = 512_000  # RFC 9309, 2.5: at least 500 KiB must be parsed; what follows is ignored
ROBOTS_LIFETIME = 86_400.0  # seconds; RFC 9309, 2.4: not longer than a day
ROBOTS_RETRY = 600.0  # seconds until an unreachable robots.txt is asked for again


class RefusedRequest(IgnoreRequest):
    """A request that avvisi itself will not make; ``reason`` is the word for it."""

    def __init__(self, reason: str, detail: str = "", *, temporary: bool = False) -> None:
        super().__init__(detail or reason)
        self.reason = reason
        self.temporary = temporary


@dataclass
class _Host:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0


class HostGate:
    """Let one request at a time through to each host, ``delay`` seconds after the last one ended."""

    def __init__(self, stopping: asyncio.Event) -> None:
        self._hosts: dict[str, _Host] = {}
        self._stopping = stopping

    @asynccontextmanager
    async def turn(self, host: str, delay: float) -> AsyncIterator[None]:
        """Wait for the host's turn; raise RefusedRequest when avvisi stops or the host asked for too long a pause."""
        place = self._hosts.setdefault(host, _Host())
        async with place.lock:
            await self._wait_until(place.free_at)
            try:
                yield
            finally:
                place.free_at = max(place.free_at, time.monotonic() + delay)

    def hold(self, host: str, seconds: float) -> None:
        """Ask nothing of the host for so long: it said so itself (Retry-After)."""
        place = self._hosts.setdefault(host, _Host())
        place.free_at = max(place.free_at, time.monotonic() + seconds)

    async def _wait_until(self, moment: float) -> None:
        seconds = moment - time.monotonic()
        if seconds > LONGEST_WAIT:
            raise RefusedRequest("host_paused", f"the host asked for a pause of {seconds:.0f} s more", temporary=True)
        if seconds > 0 and not self._stopping.is_set():
            await wait_for_event(self._stopping, seconds)
        if self._stopping.is_set():
            raise RefusedRequest("stopped", temporary=True)


async def wait_for_event(event: asyncio.Event, seconds: float) -> bool:
    """Sleep for so long or until the event; say whether it came."""
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return False
    return True


@dataclass(frozen=True)
class Robots:
    """What a host's robots.txt says: its rules, or that all or nothing may be fetched."""

    rules: Protego | None
    reachable: bool = True

    def may_fetch(self, url: str, user_agent: str) -> bool:
        """Whether the rules let this agent fetch the address; unknown rules forbid (RFC 9309, 2.3.1.4)."""
        if not self.reachable:
            return False
        return self.rules is None or bool(self.rules.can_fetch(url, user_agent))

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The sitemaps that it announces, those for news first."""
        found = list(self.rules.sitemaps) if self.rules else []
        found.sort(key=lambda address: "news" not in address.lower())
        return tuple(dict.fromkeys(found))

    def crawl_delay(self, user_agent: str) -> timedelta:
        """The pause the rules ask for between two requests."""
        seconds = self.rules.crawl_delay(user_agent) if self.rules else None
        return timedelta(seconds=min(float(seconds or 0), LONGEST_WAIT))


def parse_robots(status: int, body: bytes) -> Robots:
    """Read robots.txt as RFC 9309 says: absent (4xx) allows all, unreachable (5xx, 429) forbids all for now."""
    if 200 <= status < 300:
        return Robots(Protego.parse(body[:ROBOTS_MAX_BYTES].decode("utf-8", errors="replace")))
    return Robots(None, reachable=400 <= status < 500 and status != 429)


class RobotsMemory:
    """Each origin's robots.txt, fetched once a day for all crawls of the process."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[float, asyncio.Future[Robots]]] = {}

    def find(self, url: str) -> Robots | None:
        """Find the rules for an address where they are known already."""
        parts = urlsplit(url)
        _, known = self._known.get(f"{parts.scheme}://{parts.netloc}", (0.0, None))
        return known.result() if known is not None and known.done() else None

    async def get(self, url: str, fetch: Callable[[str], Awaitable[Robots]]) -> Robots:
        """Return the rules for an address; ``fetch(robots_url)`` is awaited when they are not known or too old."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        expires, known = self._known.get(origin, (0.0, None))
        if known is None or expires < time.monotonic():
            known = asyncio.get_running_loop().create_future()
            self._known[origin] = (time.monotonic() + ROBOTS_LIFETIME, known)
            try:
                robots = await fetch(f"{origin}/robots.txt")
            except BaseException:
                robots = Robots(None, reachable=False)
                known.set_result(robots)
                del self._known[origin]
                raise
            known.set_result(robots)
            if not robots.reachable:
                self._known[origin] = (time.monotonic() + ROBOTS_RETRY, known)
        return await asyncio.shield(known)
