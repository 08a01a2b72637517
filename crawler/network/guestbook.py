"""The guestbook: what each host was asked, answered and wished today, for all crawls of a process.

Counted in memory and written when a run ends, when avvisi stops, and once a minute meanwhile. It holds the daily
budget of each host, which is counted over restarts and processes, and the pauses that outlive a run.
"""

import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from crawler.network.politeness import MOST_HOSTS, HostGate, RefusedRequest, Robots, Turn
from store.guestbook import (
    HostDay,
    KeptRobots,
    Pause,
    add_days,
    get_pause,
    get_requests,
    get_robots,
    record_pause,
    record_robots,
    record_unreachable_robots,
)

Job = Callable[[Session], Any]

FLUSH_SECONDS = 60.0  # a kill costs the counts of a minute
TOO_SOON = 0.02  # seconds; a request is called hurried when it came sooner than owed by more


class GuestBook:
    """Keep the book; ``read`` and ``write`` run a job on the database, ``now`` is the time of day."""

    def __init__(self, gate: HostGate, *, read: Callable[[Job], Awaitable[Any]],
                 write: Callable[[Job], Awaitable[Any]], now: Callable[[], datetime]) -> None:
        self._gate = gate
        self._read = read
        self._write = write
        self.now = now
        self._pages: dict[tuple[str, str], HostDay] = {}  # since they were last written
        self._asked: dict[tuple[str, str], int] = {}
        self._known: set[str] = set()
        self._written_at = time.monotonic()

    async def open(self, host: str) -> None:
        """Recall what a host was asked today and the pause that it wants, before the first request to it.

        Comes before every request, and so writes down those before it in time.
        """
        if time.monotonic() - self._written_at > FLUSH_SECONDS:
            await self.flush()
        key = host, self._day()
        if key in self._asked:
            return
        if len(self._asked) >= MOST_HOSTS:
            await self.flush()
            self._asked.clear()
        now = self.now()
        asked, pause = await self._read(
            lambda session: (get_requests(session, *key), get_pause(session, host, now=now)))
        self._asked.setdefault(key, asked + (self._pages[key].requests if key in self._pages else 0))
        if pause:
            self._gate.hold(host, (pause.until - now).total_seconds(), cause=pause.cause)

    def check_budget(self, host: str, budget: int) -> None:
        """Raise RefusedRequest ``budget`` when a host was asked as often as it may be on one day."""
        if self._asked.get((host, self._day()), 0) >= budget:
            now = self.now()
            tomorrow = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
            detail = f"{host} was asked as often as it may be today ({budget})"
            wait = (tomorrow - now).total_seconds()
            raise RefusedRequest("budget", detail, temporary=True, puts_off=True, wait=wait)

    def note_request(self, host: str, turn: Turn, *, pause: float, crawl_delay: float, is_conditional: bool) -> None:
        """Note a request that is made now."""
        page = self._page(host)
        page.requests += 1
        page.conditional += is_conditional
        key = host, self._day()
        self._asked[key] = self._asked.get(key, 0) + 1
        page.pause = max(page.pause or 0.0, pause)
        if crawl_delay:
            page.crawl_delay = max(page.crawl_delay or 0.0, crawl_delay)
        if turn.gap is not None:
            page.spacing = turn.gap if page.spacing is None else min(page.spacing, turn.gap)
            page.hurried += turn.gap < turn.owed - TOO_SOON

    def note_answer(self, host: str, word: str, *, seconds: float, size: int = 0) -> None:
        """Note what a request came to: a status or the word of a failure."""
        page = self._page(host)
        page.answers[word] += 1
        page.seconds += seconds
        page.bytes += size

    def note_refusal(self, host: str, word: str) -> None:
        """Note a request that was not made, and why."""
        self._page(host).answers[word] += 1

    async def note_pause(self, host: str, seconds: float, *, reason: str, is_asked: bool = False) -> None:
        """Note a pause that the host asked for, or that we give it; it holds after a restart, too."""
        self._page(host).waits += is_asked
        pause = Pause(host=host, until=self.now() + timedelta(seconds=seconds), reason=reason)
        await self._write(lambda session: record_pause(session, pause))

    async def flush(self) -> None:
        """Write what was counted."""
        pages, self._pages = self._pages, {}
        self._written_at = time.monotonic()
        if not pages:
            return
        totals = await self._write(lambda session: add_days(session, pages.values()))
        today = self._day()
        for key, total in totals.items():  # with what other processes asked
            since = self._pages[key].requests if key in self._pages else 0
            self._asked[key] = max(self._asked.get(key, 0), total + since)
        self._asked = {key: asked for key, asked in self._asked.items() if key[1] == today}

    async def recall(self, origin: str) -> KeptRobots | None:
        """What is kept of an origin's robots.txt."""
        kept: KeptRobots | None = await self._read(lambda session: get_robots(session, origin))
        return kept

    async def keep(self, origin: str, robots: Robots) -> None:
        """Keep an origin's robots.txt, or that it could not be had."""
        now = self.now()
        if robots.reachable:
            await self._write(lambda session: record_robots(
                session, origin, status=robots.status, body=robots.body, now=now))
        else:
            await self._write(lambda session: record_unreachable_robots(session, origin, now=now))

    def _page(self, host: str) -> HostDay:
        day = self._day()
        return self._pages.setdefault((host, day), HostDay(host=host, day=day))

    def _day(self) -> str:
        return self.now().date().isoformat()
