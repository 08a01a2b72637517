"""What all crawls of one process share, and what one run of one source keeps.

    Workshop   the database's writer, the reading processes, the gate to hosts, the robots memory, the wish to stop
    Run        one source being crawled now: its counts, its failures, how many pages it may still fetch
    RunReport  what the run came to
"""

import asyncio
import gc
import logging
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from types import TracebackType
from typing import Any, Self, TypeVar

from sqlalchemy.orm import Session

from crawler.leasing import Leases
from crawler.network.failures import Reachability
from crawler.network.guard import Place, find_own_addresses
from crawler.network.guestbook import GuestBook
from crawler.network.handler import Connections
from crawler.network.politeness import HostGate, RefusedRequest, RobotsMemory, wait_for_event
from crawler.observing import Sight
from crawler.settings import READER_MEMORY
from crawler.sources import Source
from crawler.workers.allocation import BODIES_FROM, give_back, map_large_blocks
from crawler.workers.readers import Readers
from store import clock
from store.database import Database, open_database
from store.errors import DatabaseError
from store.health.watching import Changes
from store.outage import Outage
from store.timetable.schedule import Wishes
from store.values import Page
from store.writer import FIRST_PAUSE, LONGEST_PAUSE, Writer

log = logging.getLogger(__name__)

LONGEST_RUN = 3600.0  # seconds; what a run has not asked for by then is left to the next one
GRACE = 1.0  # seconds that a download under way gets when avvisi stops
SWEEP_EVERY = 5.0  # seconds, at least, between two looks for the garbage that ended runs leave; each takes some 20 ms
PATIENCE = 60.0  # seconds that a pass waits for a database that is locked, full or gone; a service waits for ever

# Every count that a report always has; failures add `failed_<reason>`.
COUNTS = ("found", "fetched", "new", "updated", "unchanged", "duplicate", "near_duplicate", "off_topic", "gone",
          "not_modified", "failed")

Result = TypeVar("Result")


class Workshop:
    """The shared tools of all crawls of a process; an async context manager.

    ``patience`` is how long it waits for a database that is away, in seconds. When that is over, or the database is
    damaged, ``failure`` says so, and everything stops.
    """

    def __init__(self, database_url: str, *, workers: int | None = None, learns: bool = False,
                 patience: float = PATIENCE) -> None:
        map_large_blocks(BODIES_FROM)  # before there are threads, each of which would take a heap of its own
        self.failure: DatabaseError | None = None
        self._swept = time.monotonic()
        self._patience = patience
        self._unread = Outage()  # of reads: a database that only reads is not back when one succeeds
        self.learns = learns  # whether sites' memories learn from each page; it adds less than a tenth to a crawl's CPU
        self.database: Database = open_database(database_url)
        self.stopping = asyncio.Event()
        self.gate = HostGate(self.stopping)
        self.writer = Writer(self.database, patience=patience)
        self.guestbook = GuestBook(self.gate, read=self.query, write=partial(self.write, urgent=True), now=utcnow)
        self.robots = RobotsMemory(self.guestbook)
        self.readers = Readers(workers, memory=READER_MEMORY)
        self.reach = Reachability()
        self.searched: dict[str, datetime] = {}  # when the site of a place that is gone was searched for another
        self.leases = Leases(lambda job: self.write(job, urgent=True))
        self.connections: Connections
        self.on_run_end: Callable[[Run, RunReport, Changes], None] = lambda run, report, changes: None

    async def __aenter__(self) -> Self:
        self.connect()
        self._hurrying = asyncio.ensure_future(self._hurry_at_the_end())
        gc.freeze()  # libraries stay loaded: the collector need not look at them again
        gc.set_threshold(50_000, 20, 50)
        self.readers.warm_up()
        self._keeping = asyncio.ensure_future(self.leases.keep())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._hurrying.cancel()
        self._keeping.cancel()
        await self.close()

    async def _hurry_at_the_end(self) -> None:
        await self.stopping.wait()
        self.writer.hurry()

    def connect(self) -> None:
        """Open for requests; needs a running event loop."""
        self.connections = Connections()

    def sweep(self) -> None:
        """Give back what ended runs have left behind, now and then."""
        if time.monotonic() - self._swept >= SWEEP_EVERY:
            give_back(whole=True)
            self._swept = time.monotonic()

    async def close(self) -> None:
        """Write what was handed over, then end: no acknowledged record is lost."""
        await self.guestbook.flush()
        await self.connections.close()
        await asyncio.to_thread(self._close)

    def _close(self) -> None:
        self.writer.close()
        self.readers.close()
        self.database.close()

    async def write(self, job: Callable[[Session], Result], *, urgent: bool = False) -> Result:
        """Hand a job to the one writer; complete when its transaction is committed."""
        try:
            return await asyncio.wrap_future(self.writer.submit(job, urgent=urgent))
        except DatabaseError as error:
            self._fail(error)
            raise

    async def query(self, job: Callable[[Session], Result]) -> Result:
        """Read from the database, off the event loop; wait for one that is away as the writer does."""
        started, pause = time.monotonic(), FIRST_PAUSE
        while True:
            try:
                result = await asyncio.to_thread(self._query, job)
            except DatabaseError as error:
                if not error.passing or self.stopping.is_set() or time.monotonic() - started >= self._patience:
                    self._fail(error)
                    raise
                self._unread.note(error)
            else:
                self._unread.end()
                return result
            await wait_for_event(self.stopping, pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    def _fail(self, error: DatabaseError) -> None:
        """Stop everything: there is no use in fetching what cannot be stored."""
        if self.failure is None:
            self.failure = error
            self.stopping.set()

    def _query(self, job: Callable[[Session], Result]) -> Result:
        with self.database.read() as session:
            return job(session)

    async def unless_stopped(self, work: Awaitable[Result]) -> Result:
        """Await the work; when avvisi stops give it a short grace, then raise RefusedRequest("stopped")."""
        task = asyncio.ensure_future(work)
        stop = asyncio.ensure_future(self.stopping.wait())
        try:
            await asyncio.wait({task, stop}, return_when=asyncio.FIRST_COMPLETED)
            if not task.done():
                await asyncio.wait({task}, timeout=GRACE)
            if not task.done():
                raise RefusedRequest("stopped", temporary=True)
            return task.result()
        finally:
            stop.cancel()
            task.cancel()


@dataclass(frozen=True)
class FetchedPage:
    """A page as it came, and what is to be written in the transaction that keeps it, or not at all.

    Validators that outlived a page which did not would have its next answer be "304, as you know".
    """

    page: Page
    also: tuple[Callable[[Session], object], ...] = ()


@dataclass(frozen=True, kw_only=True)
class PageFailure:
    """A page, or a place that announces pages, that came to nothing, and the word for why.

    ``place`` is the address in the catalogue where ``url`` is that place, and no sitemap that it led to. What was not
    asked for waits ``until`` then; ``cause`` is what the host did to be left alone.
    """

    url: str
    reason: str
    detail: str = ""
    place: str | None = None
    until: datetime | None = None
    cause: str = ""


@dataclass(frozen=True, kw_only=True)
class RunReport:
    """What one run of one source came to.

    ``outcome`` is ``ok``, ``stopped``, ``busy`` (another process runs this source now), or the reason of the first
    place that could not be read; ``failures`` are the pages that could not.
    """

    source: str
    outcome: str
    counts: dict[str, int]
    requests: int
    seconds: float
    error: str | None = None
    failures: tuple[PageFailure, ...] = ()

    @property
    def is_ok(self) -> bool:
        """Whether everything that announces articles could be read."""
        return self.outcome in ("ok", "stopped", "busy")

    def as_dict(self) -> dict[str, Any]:
        """The report under the names of `crawl --json`."""
        return {
            "source": self.source,
            "outcome": self.outcome,
            "counts": self.counts,
            "requests": self.requests,
            "seconds": round(self.seconds, 3),
            "error": self.error,
            "failures": [{"url": f.url, "reason": f.reason, "detail": f.detail} for f in self.failures],
        }


@dataclass(frozen=True, kw_only=True)
class Gap:
    """A time in which nothing could be read, and the sitemaps that may list what was published then."""

    since: datetime
    until: datetime
    sitemaps: tuple[str, ...]


@dataclass(kw_only=True)
class Run:
    """One source being crawled now."""

    source: Source
    workshop: Workshop
    limit: int | None = None
    on_change: Callable[["Run"], None] = lambda run: None
    requests: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    failures: list[PageFailure] = field(default_factory=list)
    problems: list[PageFailure] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    sites: set[str] = field(default_factory=set)
    sight: Sight = field(default_factory=Sight)
    answered: int = 0  # places that could be read, or had not changed
    checked: datetime | None = None  # when the first of them answered
    published: list[datetime | None] = field(default_factory=list)  # of new articles, as their places state it
    wishes: list[Wishes] = field(default_factory=list)
    moves: dict[str, str] = field(default_factory=dict)  # places that are asked elsewhere now
    knows_none: bool = True  # whether no place has listed anything that is known
    gap: Gap | None = None
    not_before: datetime | None = None  # when a server wants to be asked again
    lost: asyncio.Event = field(default_factory=asyncio.Event)  # another process has taken the source over
    started: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.own: frozenset[Place] = find_own_addresses(self.source.addresses)

    def check_time(self) -> None:
        """Raise RefusedRequest ``run_time`` when the run has held its place long enough; the next one goes on."""
        if time.monotonic() - self.started > LONGEST_RUN:
            detail = f"the run took more than {LONGEST_RUN:.0f} s"
            raise RefusedRequest("run_time", detail, temporary=True, puts_off=True)

    def leave_out(self, trapped: Mapping[str, int]) -> None:
        """Note links that are not followed, by the word for the trap that they are."""
        for word, amount in trapped.items():
            log.info("%s: %d links left out: %s", self.source.id, amount, word)
            self.count("left_out", amount)
            self.count(f"left_out_{word}", amount)

    def put_off(self, url: str, refused: RefusedRequest) -> None:
        """Note a page that stays in the queue since it is not the moment to ask for it."""
        log.info("%s: put off: %s: %s %s", self.source.id, refused.reason, url, refused)
        self.count("put_off")
        self.count(f"put_off_{refused.reason}")

    def count(self, word: str, amount: int = 1) -> None:
        """Add to a counter and tell whoever watches."""
        self.counts[word] += amount
        self.on_change(self)

    def fail_page(self, failure: PageFailure) -> None:
        """Note a page that could not be had or read."""
        log.info("%s: %s: %s %s", self.source.id, failure.reason, failure.url, failure.detail)
        self.failures.append(failure)
        self.sight.fail_page(failure.reason)
        self.count("failed")
        self.count(f"failed_{failure.reason}")

    def fail_place(self, failure: PageFailure) -> None:
        """Note a feed, sitemap or section page that could not be had or read."""
        log.info("%s: %s: %s %s", self.source.id, failure.reason, failure.url, failure.detail)
        self.problems.append(failure)
        if failure.place:
            self.sight.of(failure.place).fail(failure.cause or failure.reason)

    def note_answer(self) -> None:
        """Note that a place could be read, or had not changed."""
        self.answered += 1
        self.checked = self.checked or utcnow()

    def mend_place(self, url: str) -> None:
        """Forget that a place could not be had: what it was is found elsewhere."""
        self.problems[:] = [problem for problem in self.problems if problem.url != url]
        if url in self.sight.places:
            self.sight.places[url].outcome = None

    def take_page(self, key: str) -> bool:
        """Claim a page for this run: False when it was asked for already or the limit is reached."""
        if key in self.asked or (self.limit is not None and len(self.asked) >= self.limit):
            return False
        self.asked.add(key)
        return True

    def wait_for(self, moment: datetime) -> None:
        """Keep what a server asked for: not to be asked before this."""
        self.not_before = max(moment, self.not_before or moment)

    def report(self) -> RunReport:
        """Close the run's books."""
        first = self.problems[0] if self.problems else None
        stopped = self.workshop.stopping.is_set()
        return RunReport(
            source=self.source.id,
            outcome="stopped" if stopped else first.reason if first else "ok",
            counts={word: self.counts[word] for word in dict.fromkeys((*COUNTS, *sorted(self.counts)))},
            requests=self.requests,
            seconds=time.monotonic() - self.started,
            error=f"{first.url}: {first.detail or first.reason}" if first else None,
            failures=tuple(self.failures),
        )


def utcnow() -> datetime:
    """The current time, aware; asked for at the edge only and handed down."""
    return clock.utcnow()
