"""crawl(sources) -> RunReports: one pass over each source, several sources at once.

One Scrapy crawl runs per source and way of finding, all on one event loop; the ``Workshop`` holds what they share.
"""

import asyncio
import copy
import functools
import logging
import signal
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import Any

from scrapy.crawler import Crawler
from scrapy.settings import Settings

from crawler import settings as crawl_settings
from crawler.pipelines import read_unread_pages, tidy_sites
from crawler.sources import Source
from crawler.spiders.base import SourceSpider
from crawler.spiders.feed import FeedSpider
from crawler.spiders.section import SectionSpider
from crawler.spiders.sitemap import SitemapSpider
from crawler.workshop import PageFailure, Run, RunReport, Workshop, utcnow
from store.errors import AvvisiError
from store.runs import finish_run, start_run, sync_sources

log = logging.getLogger(__name__)

SOURCES_AT_ONCE = 16
SPIDERS: tuple[type[SourceSpider], ...] = (FeedSpider, SitemapSpider, SectionSpider)

Watch = Callable[[Run], None]


def crawl(
    sources: Sequence[Source],
    *,
    database_url: str,
    limit: int | None = None,
    contact: str | None = None,
    workers: int | None = None,
    learns: bool = False,
    watch: Watch = lambda run: None,
) -> tuple[RunReport, ...]:
    """Make one pass over the sources, now; SIGINT or SIGTERM ends it cleanly with what was done so far.

    ``limit`` bounds the pages fetched a source; with ``learns`` the memories of their sites learn from the pages;
    ``watch`` is called whenever a run's counts change.
    """
    workshop = Workshop(database_url, workers=workers, learns=learns)
    return asyncio.run(_crawl(sources, workshop, limit, contact, watch))


async def _crawl(
    sources: Sequence[Source], workshop: Workshop, limit: int | None, contact: str | None, watch: Watch
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
    watch: Watch = lambda run: None,
) -> RunReport:
    """Crawl one source once and keep the run's books; a failure inside is named in the report, never raised."""
    run = Run(source=source, workshop=workshop, limit=limit, on_change=watch)
    try:
        started = utcnow()
        run_id = await workshop.write(lambda session: start_run(session, source.id, now=started), urgent=True)
        await _run_spiders(run, contact)
        await tidy_sites(run)
        await workshop.guestbook.flush()
        report = run.report()
        await workshop.write(lambda session: _finish(session, run_id, report, source.every), urgent=True)
    except AvvisiError as error:
        run.fail_place(PageFailure(url=source.site, reason="store_failed", detail=str(error)))
        report = run.report()
    except Exception as error:
        log.exception("%s: the crawl failed", source.id)
        run.fail_place(PageFailure(url=source.site, reason="internal_error", detail=f"{type(error).__name__}: {error}"))
        report = run.report()
    watch(run)
    return report


async def _run_spiders(run: Run, contact: str | None) -> None:
    await read_unread_pages(run)
    for spider in spiders_for(run.source):
        if not run.workshop.stopping.is_set():
            await _run_spider(spider, run, contact)


def spiders_for(source: Source) -> Iterable[type[SourceSpider]]:
    """The ways of finding that a source asks for."""
    asked = {FeedSpider: source.feeds, SitemapSpider: source.sitemaps, SectionSpider: source.sections}
    return [spider for spider in SPIDERS if asked[spider]]


async def _run_spider(spider: type[SourceSpider], run: Run, contact: str | None) -> None:
    crawler = Crawler(spider, _settings(contact))
    stopper = asyncio.ensure_future(_stop_with(run.workshop.stopping, crawler))
    try:
        await crawler.crawl_async(run=run)
    finally:
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


def _finish(session: Any, run_id: int, report: RunReport, every: timedelta) -> None:
    now = utcnow()
    finish_run(
        session,
        run_id,
        outcome=report.outcome,
        counts=report.counts,
        requests=report.requests,
        seconds=report.seconds,
        error=report.error,
        now=now,
        next_due_at=now + every,
    )


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

