"""crawl(sources) -> RunReports: one pass over each source, several sources at once.

One Scrapy crawl runs per source and way of finding, all on one event loop; the ``Workshop`` holds what they share.
"""

import asyncio
import copy
import functools
import logging
import signal
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from random import random

from scrapy.crawler import Crawler
from scrapy.settings import Settings
from sqlalchemy.orm import Session

from crawler import settings as crawl_settings
from crawler.discover.markup import absolute
from crawler.network.failures import Kind, weigh_failure
from crawler.observing import examine_source, log_changes, observe
from crawler.pipelines import look_again, read_unread_pages, tidy_sites
from crawler.sources import Source
from crawler.spiders.base import SourceSpider
from crawler.spiders.feed import FeedSpider
from crawler.spiders.gap import GapSpider
from crawler.spiders.section import SectionSpider
from crawler.spiders.sitemap import SitemapSpider
from crawler.workshop import Gap, PageFailure, Run, RunReport, Workshop, utcnow
from store.errors import AvvisiError
from store.health.watching import Changes, settle
from store.timetable.dues import Check, get_last_good, list_moves, plan_next
from store.timetable.leases import holds_lease, release_lease
from store.timetable.runs import finish_run, start_run, sync_sources
from store.timetable.schedule import Bounds, make_bounds

log = logging.getLogger(__name__)

SOURCES_AT_ONCE = 16
GAP_SITEMAPS = 3
SPIDERS: tuple[type[SourceSpider], ...] = (FeedSpider, SitemapSpider, SectionSpider)

OnChange = Callable[[Run], None]


def crawl(
    sources: Sequence[Source],
    *,
    database_url: str,
    limit: int | None = None,
    contact: str | None = None,
    workers: int | None = None,
    learns: bool = False,
    watch: OnChange = lambda run: None,
) -> tuple[RunReport, ...]:
    """Make one pass over the sources, now; SIGINT or SIGTERM ends it cleanly with what was done so far.

    ``limit`` bounds the pages fetched a source; with ``learns`` the memories of their sites learn from the pages;
    ``watch`` is called whenever a run's counts change.
    """
    workshop = Workshop(database_url, workers=workers, learns=learns)
    return asyncio.run(_crawl(sources, workshop, limit, contact, watch))


async def _crawl(
    sources: Sequence[Source], workshop: Workshop, limit: int | None, contact: str | None, watch: OnChange
) -> tuple[RunReport, ...]:
    async with workshop:
        stop_on_signals(workshop.stopping)
        await workshop.write(lambda session: sync_sources(session, sources), urgent=True)
        places = asyncio.Semaphore(SOURCES_AT_ONCE)

        async def one(source: Source) -> RunReport | None:
            async with places:
                if workshop.stopping.is_set():
                    return None
                return await run_source(source, workshop, limit=limit, contact=contact, watch=watch)

        reports = await asyncio.gather(*map(one, sources))
    if workshop.failure is not None:
        raise workshop.failure
    return tuple(report for report in reports if report)


def stop_on_signals(stopping: asyncio.Event) -> None:
    """Set the event at SIGINT or SIGTERM; a second signal ends the process as it would without us."""
    loop = asyncio.get_running_loop()

    def stop(number: signal.Signals) -> None:
        log.warning("stopping at %s; again to end at once", number.name)
        stopping.set()
        for each in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(each)

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop, number)


async def run_source(
    source: Source,
    workshop: Workshop,
    *,
    limit: int | None = None,
    contact: str | None = None,
    watch: OnChange = lambda run: None,
    due_by: datetime | None = None,
) -> RunReport:
    """Crawl one source once and keep the run's books; a failure inside is named in the report, never raised.

    While another process runs the source, or with ``due_by`` when it has just done so, the report says ``busy``.
    """
    run = Run(source=source, workshop=workshop, limit=limit, on_change=watch)
    try:
        in_the_way = await workshop.leases.take(source.id, lost=run.lost, due_by=due_by)
        if in_the_way is not None:
            return replace(run.report(), outcome="busy", error=None)
        await _run_and_note(run, contact)
    except Exception as error:  # noqa: BLE001  # the edge of a job: one bad source must not stop the others
        _blame(run, error)
    finally:
        workshop.leases.forget(source.id)
    watch(run)
    workshop.sweep()
    return run.report()


async def _run_and_note(run: Run, contact: str | None) -> None:
    """Run, and write down what came of it, also after a fault of ours: the source must not be due again at once."""
    started = utcnow()
    run_id = await run.workshop.write(lambda session: _start(session, run, started), urgent=True)
    if run_id is None:
        return
    try:
        await _run_spiders(run, contact)
        await tidy_sites(run)
        await look_again(run)
    except Exception as error:  # noqa: BLE001  # named in the report, which is still written
        _blame(run, error)
    await run.workshop.guestbook.flush()
    report, check = run.report(), check_of(run, started)
    await run.workshop.write(lambda session: _finish(session, run, run_id, report, check), urgent=True)
    run.workshop.on_run_end(run, report, await _judge(run))


def _start(session: Session, run: Run, now: datetime) -> int | None:
    """Open the run; None where the lease was lost since it was taken, as by a process that stood still in between."""
    if not holds_lease(session, run.source.id, holder=run.workshop.leases.holder):
        run.lost.set()
        return None
    return start_run(session, run.source.id, now=now)


def _blame(run: Run, error: Exception) -> None:
    """Name what ended a run."""
    if isinstance(error, AvvisiError):
        run.fail_place(PageFailure(url=run.source.site, reason="store_failed", detail=str(error)))
        return
    log.error("%s: the crawl failed", run.source.id, exc_info=error)
    detail = f"{type(error).__name__}: {error}"
    run.fail_place(PageFailure(url=run.source.site, reason="internal_error", detail=detail))


def check_of(run: Run, started: datetime) -> Check | None:
    """Say what a run came to for the schedule; None when it was stopped before it could ask."""
    problem = run.problems[0] if run.problems and not run.answered else None
    reason = None if run.answered else problem.reason if problem else "no_answer"
    if reason is not None and (run.workshop.stopping.is_set() or run.lost.is_set()):
        return None
    if problem is None or problem.until is None:  # else nobody was asked
        run.workshop.reach.note(run.source.id, reason)
    failure = None if reason is None else Kind.OFFLINE if run.workshop.reach.is_offline else weigh_failure(reason)
    return Check(checked=run.checked or started, failure=failure,
                 reason=(problem.cause if problem else "") or reason or "", published=tuple(run.published),
                 wishes=tuple(run.wishes), not_before=run.not_before, put_off=problem.until if problem else None)


async def _run_spiders(run: Run, contact: str | None) -> None:
    await read_unread_pages(run)
    run.moves, last_good = await run.workshop.query(lambda session: (
        list_moves(session, run.source.id), get_last_good(session, run.source.id)))
    for spider in spiders_for(run.source):
        if not run.workshop.stopping.is_set() and not run.lost.is_set():
            await _run_spider(spider, run, contact)
    run.gap = find_gap(run, last_good)
    if run.gap is not None and not run.workshop.stopping.is_set() and not run.lost.is_set():
        await _fill_gap(run, contact)


async def _fill_gap(run: Run, contact: str | None) -> None:
    """Ask the sitemaps of a gap; that they cannot be had is no failure of the source, nor are their wishes its own."""
    problems, wishes = list(run.problems), list(run.wishes)
    found = run.counts["found"]
    await _run_spider(GapSpider, run, contact)
    run.problems[:], run.wishes[:] = problems, wishes
    run.count("gap_found", run.counts["found"] - found)


def find_gap(run: Run, last_good: datetime | None) -> Gap | None:
    """Find what a source may have published while it could not be read, or avvisi did not run.

    There is a gap when the last good answer is older than any schedule makes it, and the feeds list nothing that was
    known by then. A source with sitemaps of its own needs no help: they list it.
    """
    now = utcnow()
    if last_good is None or not run.answered or not run.counts["found"] or not run.knows_none or run.source.sitemaps:
        return None
    if now - last_good <= bounds_of(run.source).most + run.source.every:
        return None
    robots, site = run.workshop.robots.find(run.source.site), run.source.site
    named = (absolute(address, base=site) for address in robots.sitemaps) if robots else ()
    sitemaps = tuple(filter(None, named))[:GAP_SITEMAPS]
    return Gap(since=last_good - run.source.every, until=now, sitemaps=sitemaps) if sitemaps else None


def spiders_for(source: Source) -> Iterable[type[SourceSpider]]:
    """The ways of finding that a source asks for."""
    asked = {FeedSpider: source.feeds, SitemapSpider: source.sitemaps, SectionSpider: source.sections}
    return [spider for spider in SPIDERS if asked[spider]]


async def _run_spider(spider: type[SourceSpider], run: Run, contact: str | None) -> None:
    crawler = Crawler(spider, _settings(contact))
    stoppers = [asyncio.ensure_future(_stop_with(event, crawler)) for event in (run.workshop.stopping, run.lost)]
    try:
        await crawler.crawl_async(run=run)
    finally:
        for stopper in stoppers:
            stopper.cancel()
    errors = crawler.stats.get_value("spider_exceptions/count", 0) + crawler.stats.get_value("item_error_count", 0)
    if errors:
        detail = f"{errors} errors; --verbose shows them"
        run.fail_place(PageFailure(url=run.source.site, reason="internal_error", detail=detail))


async def _stop_with(stopping: asyncio.Event, crawler: Crawler) -> None:
    await stopping.wait()
    await crawler.stop_async()


class RunSettings(Settings):
    """Scrapy's settings, shared by all crawls of the process."""

    def copy(self) -> "RunSettings":
        """Copy shallowly: ours are the same in every crawl, and Scrapy's deep copy costs 10 ms and more a crawl."""
        return copy.copy(self)


@functools.cache
def _settings(contact: str | None) -> Settings:
    settings = RunSettings()
    settings.setmodule(crawl_settings, priority="project")
    if contact:
        settings.set("USER_AGENT", crawl_settings.user_agent(contact), priority="cmdline")
    return settings


async def _judge(run: Run) -> Changes:
    """Hold the source against its history; off the writer, which others wait for."""
    findings = await run.workshop.query(functools.partial(examine_source, source=run.source, now=utcnow()))
    if findings is None:
        return Changes()
    job = functools.partial(settle, source_id=run.source.id, findings=findings, now=utcnow())
    changes = await run.workshop.write(job, urgent=True)
    log_changes(changes)
    return changes


def _finish(session: Session, run: Run, run_id: int, report: RunReport, check: Check | None) -> None:
    """Close the run, plan the next and give the lease back in one transaction; who lost it leaves all to the other."""
    holder, now = run.workshop.leases.holder, utcnow()
    if not holds_lease(session, run.source.id, holder=holder):
        return
    observe(session, run.source, run.sight, now=now)
    finish_run(
        session,
        run_id,
        outcome=report.outcome,
        counts=report.counts,
        requests=report.requests,
        seconds=report.seconds,
        error=report.error,
        now=now,
    )
    if check is not None:
        plan_next(session, run.source.id, check, bounds=bounds_of(run.source), now=now, chance=random())  # noqa: S311
    release_lease(session, run.source.id, holder=holder)


def bounds_of(source: Source) -> Bounds:
    """What the owner of a source wants of its schedule."""
    return make_bounds(source.every, least=source.every_min, most=source.every_max)


def total(reports: Iterable[RunReport]) -> dict[str, float]:
    """Sum the counts, requests and seconds of several runs, under the names of one."""
    sums: dict[str, float] = {"sources": 0, "sources_failed": 0, "requests": 0, "seconds": 0.0}
    for report in reports:
        sums["sources"] += 1
        sums["sources_failed"] += not report.is_ok
        sums["requests"] += report.requests
        sums["seconds"] = round(sums["seconds"] + report.seconds, 3)
        for word, amount in report.counts.items():
            sums[word] = sums.get(word, 0) + amount
    return sums

