"""The way of a fetched page: kept raw, read in a worker, ingested, counted."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import partial
from typing import Self, TypeVar

from scrapy.crawler import Crawler
from sqlalchemy.orm import Session

from crawler.discover.identity import identify
from crawler.learning import ingest_page, name_site, tidy_due
from crawler.network.politeness import RefusedRequest
from crawler.sources import Source
from crawler.workshop import FetchedPage, PageFailure, Run, Workshop, utcnow
from store.articles import Ingested, ingest, is_known
from store.errors import AvvisiError, ExtractionError
from store.fetches import record_failure
from store.fields import RELEVANT
from store.lens import find_unlooked, record_look
from store.page_lines import PageLines
from store.pages import OFF_TOPIC, find_unread_pages, get_page, keep_page, record_reading
from store.timetable.rechecks import plan_recheck
from store.values import Article, Outcome, Page

log = logging.getLogger(__name__)

Result = TypeVar("Result")

PASSING = ("challenge", "empty")  # ends of a page that say nothing of its article: what was fetched is not its page
UNREAD_AT_ONCE = 8  # pages of an earlier run, held in memory while they wait for a worker
MOST_LOOKED_AT = 500  # stored texts that a run looks at again: a second of work
AT_ONCE = 50  # stored texts that are looked at again in one job of the writer: some 100 ms


class ReadingPipeline:
    """Keep and read each page that a spider fetched."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it as Scrapy asks."""
        return cls(crawler)

    async def process_item(self, item: FetchedPage) -> FetchedPage:
        """Keep the page, read it, and store what was read."""
        run: Run = self._crawler.spider.run  # type: ignore[union-attr]  # a spider is open while items come
        kept = KeptPage(page=item.page, recheck=run.source.recheck, keep_all=keeps_all(run.source), also=item.also)
        kept.hand_over(run)
        await read_page(run, kept)
        return item


@dataclass
class KeptPage:
    """A page and its row; the row's id is known to the jobs of the writer that come after ``keep``."""

    page: Page
    id: int | None = None
    recheck: bool = False  # whether its article is to be looked at again
    keep_all: bool = True  # whether it is stored whatever it is about
    also: tuple[Callable[[Session], object], ...] = ()  # what is true only once the page is kept
    keeping: "Future[None] | None" = None

    def hand_over(self, run: Run) -> None:
        """Have it kept: one writer, first come first served, keeps it before what is read on it is stored."""
        self.keeping = run.workshop.writer.submit(self.keep)

    def keep(self, session: Session) -> None:
        """Keep the raw page, and whatever must not outlive it, in one transaction."""
        self.id = keep_page(session, self.page, key=key_of(self.page))
        for job in self.also:
            job(session)

    def _keep_at_last(self, session: Session) -> None:
        """Keep it now where that was given up before: its id is void, or another page's."""
        if self.keeping is not None and self.keeping.done() and self.keeping.exception() is not None:
            self.keep(session)

    def store(self, session: Session, article: Article, lines: PageLines | None = None) -> Ingested:
        """Ingest what was read and note that it was read; ``lines`` are what its site's memory learns from the page."""
        now = utcnow()
        self._keep_at_last(session)
        if lines is None:
            stored = ingest(session, article, page_id=self.id, now=now)
        else:
            stored = ingest_page(session, article, lines, page_id=self.id, now=now)
        if self.id is not None:
            record_reading(session, self.id, outcome=stored.outcome, article_id=stored.id, now=now)
        if self.recheck and self.page.source is not None and stored.outcome in (Outcome.NEW, Outcome.NEAR_DUPLICATE):
            plan_recheck(session, article_id=stored.id, source=self.page.source, url=article.url, now=now)
        return stored

    def keep_or_store(self, session: Session, article: Article,
                      lines: PageLines | None = None) -> Outcome | str:
        """Store what was read, unless it is off the topic that its source keeps; say what became of it."""
        if not self.is_wanted(article) and not is_known(session, article.keys):
            self._keep_at_last(session)
            if self.id is not None:
                record_reading(session, self.id, outcome=OFF_TOPIC, now=utcnow())
            return OFF_TOPIC
        return self.store(session, article, lines).outcome

    def is_wanted(self, article: Article) -> bool:
        """Tell whether an article is of the topic that its source keeps."""
        return self.keep_all or article.subject is None or article.subject.relevance.score >= RELEVANT

    def fail(self, session: Session, reason: str, detail: str) -> None:
        """Note why it could not be read."""
        self._keep_at_last(session)
        now, key = utcnow(), key_of(self.page)
        if self.id is not None:
            record_reading(session, self.id, outcome=reason, detail=detail, now=now)
        if reason in PASSING and not is_known(session, (key,)):  # what was asked for is still to come
            record_failure(session, key=key, reason=reason, temporary=True, now=now)


async def read_page(run: Run, kept: KeptPage) -> None:
    """Read a kept page and ingest the article; when avvisi stops meanwhile the page stays unread for the next run."""
    workshop, page = run.workshop, kept.page
    try:
        if workshop.learns:
            article, outcome = await _store_and_learn(run, kept)
        else:
            article = with_requested_key(await workshop.unless_stopped(workshop.readers.read(page)), page)
            outcome = await _write_in_time(workshop, lambda session: kept.keep_or_store(session, article))
        run.sight.read_page(page, article.text, outcome, now=utcnow())
        run.count(outcome)
    except RefusedRequest:
        log.info("%s: stopped before reading %s", run.source.id, page.url)
    except ExtractionError as error:
        reason, detail = error.reason, error.detail
        run.fail_page(PageFailure(url=page.url, reason=reason, detail=detail))
        await _write_in_time(workshop, lambda session: kept.fail(session, reason, detail))
    except AvvisiError as error:
        run.fail_page(PageFailure(url=page.url, reason="not_stored", detail=str(error)))


async def _store_and_learn(run: Run, kept: KeptPage) -> tuple[Article, str]:
    """Read and store a page as ever, clean it of what its site repeats, and let the site's memory learn from it."""
    workshop = run.workshop
    read, lines = await workshop.unless_stopped(workshop.readers.read_with_lines(kept.page))
    article = with_requested_key(read, kept.page)
    outcome = await _write_in_time(workshop, lambda session: kept.keep_or_store(session, article, lines))
    if site := name_site(article.url):
        run.sites.add(site)
    return article, outcome


async def _write_in_time(workshop: Workshop, job: Callable[[Session], Result]) -> Result:
    """Write with the batch; at once where a reading process has nothing to do: its next page may wait for this one.

    A crawl fetches no more while too much of what it fetched is not written. The last pages of a run, and those of the
    slowest sources, would else each wait for the writer's whole second.
    """
    return await workshop.write(job, urgent=workshop.readers.has_room)


async def read_unread_pages(run: Run) -> None:
    """Read what an earlier run kept and had no time to read, or left aside while its source kept one topic only."""
    job = partial(find_unread_pages, source=run.source.id, with_off_topic=keeps_all(run.source))
    unread: Sequence[int] = await run.workshop.query(job)
    places = asyncio.Semaphore(UNREAD_AT_ONCE)

    async def one(page_id: int) -> None:
        async with places:
            if not run.workshop.stopping.is_set():
                page = await run.workshop.query(lambda session: get_page(session, page_id))
                kept = KeptPage(page=page, id=page_id, recheck=run.source.recheck, keep_all=keeps_all(run.source))
                await read_page(run, kept)

    await asyncio.gather(*map(one, unread))


async def tidy_sites(run: Run) -> None:
    """Clean what was stored before this run's sites were known as well as they are now; count it as ``cleaned``."""
    for name in sorted(run.sites):
        looked_at = AT_ONCE
        while looked_at == AT_ONCE and not run.workshop.stopping.is_set():
            job = partial(tidy_due, name=name, most=AT_ONCE, now=utcnow())
            looked_at, tidied = await run.workshop.write(job, urgent=True)
            if tidied.texts:
                run.count("cleaned", tidied.texts)
                log.info("%s: %d lines taken out of %d texts, %d put back", name, tidied.cleaned, tidied.texts,
                         tidied.restored)


async def look_again(run: Run) -> None:
    """Look again at texts of this source that lines were taken out of."""
    workshop, source = run.workshop, run.source.id
    if not run.sites or workshop.stopping.is_set():
        return
    unlooked = await workshop.query(lambda session: find_unlooked(session, source=source, limit=MOST_LOOKED_AT))
    for start in range(0, len(unlooked), AT_ONCE):
        records = unlooked[start : start + AT_ONCE]
        subjects = await workshop.unless_stopped(workshop.readers.look(records))
        await workshop.write(partial(record_look, looked=tuple(zip(records, subjects, strict=True))), urgent=True)


def keeps_all(source: Source) -> bool:
    """Tell whether a source's articles are stored whatever they are about."""
    return source.keep == "all"


def with_requested_key(article: Article, page: Page) -> Article:
    """Let the article be known by the address that was asked for, too: redirects lead elsewhere."""
    return replace(article, keys=tuple(dict.fromkeys((*article.keys, key_of(page)))))


def key_of(page: Page) -> str:
    """The identity of the address that was asked for."""
    return page.link.key if page.link else identify(page.requested_url)
