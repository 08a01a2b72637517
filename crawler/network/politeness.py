"""Being a good guest, for all crawls of a process together: one request at a time a host, its pace, and robots.txt."""

import asyncio
import re
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Protocol
from urllib.parse import urlsplit

from protego import Protego
from scrapy.exceptions import IgnoreRequest

from store.guestbook import ROBOTS_BYTES, KeptRobots

LONGEST_WAIT = 120.0  # seconds; a host that wants more is left until the next run
LONGEST_PACE = 900.0  # seconds between two requests that a crawl waits for; the next run, too, asks the feed first
LONGEST_CRAWL_DELAY = 86_400.0  # seconds; who asks for more than a day between two requests gets one a day
SLOW = 3.0  # seconds; an answer that takes longer is a host at work: it gets as long a rest
LONGEST_REST = 60.0  # seconds between two requests to a host that only struggles and asked for nothing
RECOVERY = 0.7  # of the rest remains after a good answer: five of them take a rest of 10 s back to 2 s
STRIKES = 5  # requests in a row without a whole answer; then the host is left alone
FIRST_PAUSE = 900.0  # seconds; doubled each time that the host fails again, up to
LONGEST_PAUSE = 21_600.0
BUSY_PAUSE = 300.0  # seconds after 429 or 503 without a word on how long; doubled likewise
LONGEST_RETRY = 366 * 86_400.0  # seconds of Retry-After that are believed
MOST_HOSTS = 2_000  # remembered at a time; a feed may name any number of them
ROBOTS_MAX_BYTES = ROBOTS_BYTES
ROBOTS_HELD = 1 << 19  # bytes of rules that are held ready, of all hosts; ready, they take sixteen times as much
LONG_ROBOTS = 1 << 16  # bytes; of such files one is read at a time
ROBOTS_LIFETIME = timedelta(days=1)  # RFC 9309, 2.4: not longer than a day
ROBOTS_RETRY = 600.0  # seconds until an unreachable robots.txt is asked for again
ROBOTS_STALE = timedelta(days=30)  # RFC 9309, 2.3.1.4: how long an unreachable one forbids, or an old copy serves
PRODUCT = "avvisi"  # the token that robots.txt knows us by

MOST_NAMES = 8  # in one robots.txt that begin like ours

_one_long = threading.Lock()  # reading half a megabyte of rules takes 40 MB for a moment
_AGENT_LINE = re.compile(r"\s*user[- ]?agent\s*[:\s]\s*(\*|[a-z_-]*)", re.I)
_SITE_LINE = re.compile(r"site-?maps?\b", re.I)
_COMMENT = re.compile(r"#.*")


class RefusedRequest(IgnoreRequest):
    """A request that avvisi itself will not make; ``reason`` is the word for it.

    ``puts_off``: not the page but the moment is wrong, and it stays in the queue, ``wait`` seconds at least. ``cause``
    is what the host did to be left alone, in the word for such an answer; empty where it did nothing.
    """

    def __init__(self, reason: str, detail: str = "", *, temporary: bool = False, puts_off: bool = False,
                 wait: float = 0.0, cause: str = "") -> None:
        super().__init__(detail or reason)
        self.reason = reason
        self.temporary = temporary
        self.puts_off = puts_off
        self.wait = wait
        self.cause = cause


@dataclass
class _Host:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0
    ended_at: float | None = None
    rest: float = 0.0
    strikes: int = 0
    pauses: int = 0
    cause: str = ""  # of the pause, the word for an answer


@dataclass(frozen=True)
class Turn:
    """A host's turn: seconds since its last answer (None: the first), and how many were owed."""

    gap: float | None
    owed: float


class HostGate:
    """Let one request at a time through to each host, ``delay`` seconds after the last one ended.

    A host that struggles gets longer rests: twice as long after each answer that failed, as long as a slow answer
    took, and step by step back to the delay, never below it. One that fails again and again is left alone for a time.
    """

    def __init__(self, stopping: asyncio.Event) -> None:
        self._hosts: dict[str, _Host] = {}
        self._stopping = stopping

    @asynccontextmanager
    async def turn(self, host: str, delay: float, *, patience: float = LONGEST_WAIT) -> AsyncIterator[Turn]:
        """Wait for the host's turn; raise RefusedRequest when avvisi stops or the host asked for too long a pause.

        ``patience``: how long a ``delay`` is waited for; other pauses are for ``LONGEST_WAIT`` alone.
        """
        place = self._place(host)
        async with place.lock:
            if place.ended_at is not None:  # the last one to ask may have been content with less
                place.free_at = max(place.free_at, place.ended_at + delay)
            await self._wait_for(place, most=max(LONGEST_WAIT, min(delay, patience)))
            gap = None if place.ended_at is None else time.monotonic() - place.ended_at
            owed = 0.0 if place.ended_at is None else max(0.0, place.free_at - place.ended_at)
            try:
                yield Turn(gap, owed)
            finally:
                place.ended_at = time.monotonic()
                place.free_at = max(place.free_at, place.ended_at + max(delay, place.rest))

    def hold(self, host: str, seconds: float, *, cause: str = "") -> None:
        """Ask nothing of the host for so long: it said so itself (Retry-After), or its answers did (``cause``)."""
        place, until = self._place(host), time.monotonic() + seconds
        if until > place.free_at:
            place.free_at, place.cause = until, cause

    def pace(self, host: str, *, delay: float, seconds: float, is_good: bool, cause: str = "") -> float:
        """Adapt to an answer that took so long; return the pause in seconds that a failing host gets now, mostly 0."""
        place = self._place(host)
        if is_good:
            place.strikes = place.pauses = 0
            place.cause = ""
            eased = place.rest * RECOVERY
            place.rest = min(seconds, LONGEST_REST) if seconds > SLOW else eased if eased > max(delay, 0.5) else 0.0
            return 0.0
        place.rest = min(LONGEST_REST, max(2 * place.rest, 2 * delay, 1.0))
        place.strikes += 1
        return self.leave_alone(host, FIRST_PAUSE, cause=cause) if place.strikes % STRIKES == 0 else 0.0

    def leave_alone(self, host: str, seconds: float, *, cause: str = "") -> float:
        """Hold a host that is in trouble, twice as long each time until it answers well; return for how long."""
        place = self._place(host)
        pause = min(LONGEST_PAUSE, seconds * 2.0**place.pauses)
        place.pauses = min(place.pauses + 1, 20)
        self.hold(host, pause, cause=cause)
        return pause

    def _place(self, host: str) -> _Host:
        place = self._hosts.get(host)
        if place is None:
            if len(self._hosts) >= MOST_HOSTS:
                self._forget(time.monotonic())
            place = self._hosts[host] = _Host()
        return place

    def _forget(self, now: float) -> None:
        """Forget the hosts that nobody waits for and to whom nothing is owed."""
        self._hosts = {name: place for name, place in self._hosts.items()
                       if place.lock.locked() or place.free_at > now or place.strikes}

    async def _wait_for(self, place: _Host, *, most: float) -> None:
        seconds = place.free_at - time.monotonic()
        if seconds > most:
            said = f"after {place.cause} " if place.cause else ""
            detail = f"{said}the host is left alone for {seconds:.0f} s more"
            raise RefusedRequest("host_paused", detail, temporary=True, puts_off=True, wait=seconds, cause=place.cause)
        if seconds > 0 and not self._stopping.is_set():
            await wait_for_event(self._stopping, seconds)
        if self._stopping.is_set():
            raise RefusedRequest("stopped", temporary=True)


def parse_retry_after(value: bytes | None, *, now: datetime) -> float | None:
    """Read Retry-After, seconds or a date (RFC 9110, 10.2.3), as seconds from now; None when absent or unreadable."""
    text = (value or b"").decode("latin-1").strip()
    if text.isdecimal():
        return min(float(text), LONGEST_RETRY)
    moment = read_http_date(text)
    return None if moment is None else min(max(0.0, (moment - now).total_seconds()), LONGEST_RETRY)


def read_http_date(text: str) -> datetime | None:
    """Read a date as headers write it; None for what is none, or lies beyond all calendars."""
    try:
        moment = parsedate_to_datetime(text)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


async def wait_for_event(event: asyncio.Event, seconds: float) -> bool:
    """Sleep for so long or until the event; say whether it came."""
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return False
    return True


@dataclass(frozen=True)
class Robots:
    """What a host's robots.txt says: its rules, or that all or nothing may be fetched.

    ``body`` is what was read, ``size`` the characters of it that are for us.
    """

    rules: Protego | None
    reachable: bool = True
    status: int = 0
    body: bytes = field(default=b"", repr=False)
    size: int = 0

    def may_fetch(self, url: str, user_agent: str = PRODUCT) -> bool:
        """Whether the rules let this agent fetch the address; unknown rules forbid (RFC 9309, 2.3.1.4)."""
        if not self.reachable:
            return False
        return self.rules is None or bool(self.rules.can_fetch(url, _product(user_agent)))

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The sitemaps that it announces, those for news first."""
        found = list(self.rules.sitemaps) if self.rules else []
        found.sort(key=lambda address: "news" not in address.lower())
        return tuple(dict.fromkeys(found))

    def crawl_delay(self, user_agent: str = PRODUCT) -> timedelta:
        """The pause the rules ask for between two requests."""
        seconds = self.rules.crawl_delay(_product(user_agent)) if self.rules else None
        return timedelta(seconds=min(float(seconds or 0), LONGEST_CRAWL_DELAY))


def parse_robots(status: int, body: bytes) -> Robots:
    """Read robots.txt as RFC 9309 says: absent (4xx) allows all, unreachable (5xx, 429) forbids all for now.

    A redirect that leads nowhere counts as absent (2.3.1.2).
    """
    if 200 <= status < 300:
        body = body[:ROBOTS_MAX_BYTES]
        with _one_long if len(body) > LONG_ROBOTS else nullcontext():
            rules = _for_us(body.decode("utf-8", errors="replace"))
            return Robots(Protego.parse(rules), status=status, body=body, size=len(rules))
    return Robots(None, reachable=300 <= status < 500 and status != 429, status=status)


def _product(user_agent: str) -> str:
    """The token of a user agent: the contact behind it is no name that a rule may mean (RFC 9309, 2.2.1)."""
    return user_agent.partition("/")[0].strip().lower()


def _for_us(text: str) -> str:
    """Leave the groups that are for others out, and repetitions: 12,000 names times 10,000 rules took 290 seconds."""
    lines: dict[str, None] = {}
    ours, groups = {"*"}, 0
    is_ours = after_agent = False
    for line in text.lstrip("\ufeff").splitlines():
        line = _COMMENT.sub("", line).strip()
        agent = _AGENT_LINE.match(line)
        if agent:
            name = agent[1].lower()
            if name == PRODUCT or (name.startswith(PRODUCT) and len(ours) < MOST_NAMES):
                ours.add(name)
            is_ours = (is_ours and after_agent) or name in ours
            if name in ours:
                groups += 1
                lines[f"User-agent: {name}{' ' * groups}"] = None  # blanks at the end keep it apart from its like
        elif line and (is_ours or _SITE_LINE.match(line)):
            lines[f"{line}{' ' * groups}"] = None
        after_agent = bool(agent) or (after_agent and not line)
    return "\n".join(lines)


class Shelf(Protocol):
    """Where robots.txt is kept from run to run."""

    async def recall(self, origin: str) -> KeptRobots | None:
        """What is kept of an origin."""

    async def keep(self, origin: str, robots: Robots) -> None:
        """Keep what was had, or that it could not be had."""

    def now(self) -> datetime:
        """The time of day."""


@dataclass(frozen=True)
class _Known:
    expires: float
    robots: "asyncio.Future[Robots]"


class RobotsMemory:
    """Each origin's robots.txt, fetched once a day for all crawls, over restarts where there is a shelf."""

    def __init__(self, shelf: Shelf | None = None) -> None:
        self._known: dict[str, _Known] = {}
        self._shelf = shelf

    def find(self, url: str) -> Robots | None:
        """Find the rules for an address where they are known already."""
        known = self._known.get(_origin(url))
        return known.robots.result() if known is not None and known.robots.done() else None

    async def get(self, url: str, fetch: Callable[[str], Awaitable[Robots]]) -> Robots:
        """Return the rules for an address; ``fetch(robots_url)`` is awaited when they are not known or too old."""
        origin = _origin(url)
        known = self._known.get(origin)
        if known is None or known.expires < time.monotonic():
            if len(self._known) >= MOST_HOSTS:
                self._known = {name: each for name, each in self._known.items() if not each.robots.done()}
            future: asyncio.Future[Robots] = asyncio.get_running_loop().create_future()
            known = _Known(time.monotonic() + ROBOTS_LIFETIME.total_seconds(), future)
            self._known[origin] = known
            try:
                robots, lifetime = await self._learn(origin, fetch)
            except BaseException:
                known.robots.set_result(Robots(None, reachable=False))
                self._known.pop(origin, None)
                raise
            known.robots.set_result(robots)
            self._known[origin] = _Known(time.monotonic() + lifetime, known.robots)
            self._lay_aside(origin)
        return await asyncio.shield(known.robots)

    def _lay_aside(self, newest: str) -> None:
        """Forget the longest rules while all together are too long; who asks for them again reads what is kept."""
        sizes = {origin: known.robots.result().size for origin, known in self._known.items() if known.robots.done()}
        held = sum(sizes.values())
        for origin in sorted(sizes.keys() - {newest}, key=sizes.__getitem__, reverse=True):
            if held <= ROBOTS_HELD:
                break
            held -= sizes[origin]
            del self._known[origin]

    async def _learn(self, origin: str, fetch: Callable[[str], Awaitable[Robots]]) -> tuple[Robots, float]:
        """Read what is kept if it is of today, ask for it otherwise; return it and for how many seconds it holds."""
        kept = await self._shelf.recall(origin) if self._shelf else None
        if kept and kept.fetched_at and self._shelf:
            left = ROBOTS_LIFETIME - (self._shelf.now() - kept.fetched_at)
            if timedelta(0) < left <= ROBOTS_LIFETIME and kept.unreachable_since is None:
                return await _parse(kept.status, kept.body), left.total_seconds()
        robots = await fetch(f"{origin}/robots.txt")
        if self._shelf:
            await self._shelf.keep(origin, robots)
        if not robots.reachable:
            return await self._without(kept), ROBOTS_RETRY
        return replace(robots, body=b""), ROBOTS_LIFETIME.total_seconds()

    async def _without(self, kept: KeptRobots | None) -> Robots:
        """What holds while robots.txt cannot be had: the last copy for a month, or that nothing may be fetched."""
        if kept is None or self._shelf is None:
            return Robots(None, reachable=False)
        now = self._shelf.now()
        if kept.fetched_at and now - kept.fetched_at <= ROBOTS_STALE:
            return await _parse(kept.status, kept.body)
        if kept.unreachable_since and now - kept.unreachable_since > ROBOTS_STALE:
            return Robots(None)
        return Robots(None, reachable=False)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2].lower()}"


async def _parse(status: int, body: bytes) -> Robots:
    """Read robots.txt off the event loop: half a megabyte of rules takes a second."""
    return replace(await asyncio.to_thread(parse_robots, status, body), body=b"")
