"""What every spider does: ask the places that announce articles, then fetch the articles never seen before.

    feed.py      RSS, Atom, JSON Feed          sitemap.py   news sitemaps, indexes, plain sitemaps
    section.py   pages that list articles
"""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Self

import scrapy
from pebble import ProcessExpired
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.discover.traps import leave_traps
from crawler.failures import name_failure, name_status
from crawler.politeness import RefusedRequest
from crawler.readers import name_reading_error
from crawler.workshop import PageFailure, Run, utcnow
from store.errors import ReasonedError
from store.fetches import (
    Validators,
    count_queued,
    find_new_links,
    get_queued_links,
    queue_links,
    record_failure,
    record_fetch,
    record_put_off,
)
from store.rechecks import GONE, DueRecheck, get_due_rechecks, record_gone, record_recheck, record_still_there
from store.values import Link, Outcome, Page

RECHECKS_AT_ONCE = 50  # stored pages that one run looks at again
PUT_OFF_AT_ONCE = 200  # links in one job of the writer
QUEUE_BATCH = 10_000  # links of earlier runs taken up by one run
MOST_QUEUED = 50_000  # links of one source that wait; what is offered beyond is left out until there is room


class SourceSpider(scrapy.Spider, ABC):
    """Crawl one source in one way of finding; ``run`` carries everything it needs."""

    reads_pages = False  # whether its places are web pages, on which traps are set
    most_bytes = 8 << 20  # of one place's answer, on the wire and unpacked
    most_new = 10_000  # links that one run puts into the queue

    def __init__(self, *, run: Run, **options: Any) -> None:
        super().__init__(**options)
        self.run = run
        self._new = 0
        self._waiting: list[tuple[str, str, datetime]] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **options: Any) -> Self:
        """Build it with a run, or, under the `scrapy` command, with `-a source=ID`."""
        if "run" not in options:
            from crawler.standalone import open_run

            options = {"run": open_run(crawler, options)}
        spider = cls(**options)
        spider._set_crawler(crawler)
        return spider

    @abstractmethod
    def addresses(self) -> Iterable[str]:
        """The source's places of this spider's kind."""

    @abstractmethod
    async def discover(self, response: Response) -> tuple[tuple[Link, ...], tuple[str, ...]]:
        """Read links to articles, and addresses of further places, from a place's answer."""

    async def start(self) -> AsyncIterator[Request]:
        """Ask each place, then take up what earlier runs found and did not fetch."""
        for url in self.addresses():
            yield await self.request_place(url)
        source, now = self.run.source.id, utcnow()
        queued = await self.run.workshop.query(
            lambda session: get_queued_links(session, source=source, now=now, limit=QUEUE_BATCH)
        )
        for request in self.request_pages(queued):
            yield request
        async for request in self.request_rechecks():
            yield request

    async def request_place(self, url: str) -> Request:
        """Ask for a place, if it has changed."""
        return Request(
            url,
            callback=self.parse_place,
            errback=self.fail_place,
            priority=10,
            dont_filter=True,
            meta={"place": url, "conditional": True, "download_maxsize": self.most_bytes},
        )

    async def parse_place(self, response: Response) -> AsyncIterator[Request]:
        """Queue the links that were never seen and ask for their pages."""
        run, place = self.run, response.meta["place"]
        if response.status == 304:
            run.count("not_modified")
            return
        if not 200 <= response.status < 300:
            run.fail_place(PageFailure(url=place, reason=name_status(response.status)[0]))
            return
        try:
            links, places = await self.discover(response)
        except (ReasonedError, TimeoutError, ProcessExpired) as error:
            named = name_reading_error(error)
            run.fail_place(PageFailure(url=place, reason=named.reason, detail=named.detail))
            return
        run.count("found", len(links))
        links, trapped = leave_traps(links, is_page=self.reads_pages)
        run.leave_out(trapped)
        for url in places:
            yield await self.request_place(url)
        for request in self.request_pages(await self.queue(links, place, response)):
            yield request

    async def queue(self, links: tuple[Link, ...], place: str, response: Response) -> tuple[Link, ...]:
        """Keep the new links and the place's validators in one transaction: a kill in between loses neither."""
        source, now = self.run.source.id, utcnow()
        validators = read_validators(response)

        room = self.most_new - self._new

        def job(session: Any) -> tuple[tuple[Link, ...], int]:
            free = max(0, min(room, MOST_QUEUED - sum(count_queued(session, source=source, now=now))))
            fitting = links if len(links) <= free else find_new_links(session, links)
            new = queue_links(session, source=source, links=fitting[:free], now=now)
            beyond = len(fitting[free:])
            if response.url != place:  # validators hold for the address that gave them
                record_fetch(session, url=place, status=response.status, validators=Validators(), now=now)
            # A place that offers more than fits is read again, changed or not: its validators are not kept.
            kept = Validators() if beyond else validators
            record_fetch(session, url=response.url, status=response.status, validators=kept, now=now)
            return new, beyond

        new, beyond = await self.run.workshop.write(job, urgent=True)
        self._new += len(new)
        self.run.leave_out({"too_many": beyond} if beyond else {})
        return new

    def request_pages(self, links: Iterable[Link]) -> Iterable[Request]:
        """Ask for the pages that this run may still fetch."""
        for link in links:
            if self.run.take_page(link.key):
                yield Request(
                    link.url,
                    callback=self.parse_page,
                    errback=self.fail_page,
                    dont_filter=True,
                    meta={"link": link},
                )

    async def request_rechecks(self) -> AsyncIterator[Request]:
        """Ask for stored articles whose time has come, if they have changed; new ones come first."""
        source, now = self.run.source, utcnow()
        if not source.recheck:
            return
        due = await self.run.workshop.query(
            lambda session: get_due_rechecks(session, source.id, now, RECHECKS_AT_ONCE))
        for each in due:
            if self.run.take_page(each.key):
                yield Request(
                    each.url,
                    callback=self.parse_recheck,
                    errback=self.fail_recheck,
                    priority=-10,
                    dont_filter=True,
                    meta={"recheck": each, "conditional": True},
                )

    async def parse_recheck(self, response: Response) -> AsyncIterator[Page]:
        """Note what became of a stored article's page; a changed one goes the way of all pages."""
        due: DueRecheck = response.meta["recheck"]
        now = utcnow()
        self.run.count("rechecked")
        await self.run.workshop.write(lambda session: record_recheck(session, due.article_id, now=now))
        if response.status == 304:
            await self.run.workshop.write(lambda session: record_still_there(session, due.article_id, now=now))
            self.run.count(Outcome.UNCHANGED)
        elif response.status in GONE:
            job = partial(record_gone, key=due.key, status=response.status, now=now)
            if await self.run.workshop.write(job):
                self.run.count("gone")
        elif 200 <= response.status < 300:
            yield self.take_up(response, Link(url=due.url, key=due.key))
        else:
            self.run.fail_page(PageFailure(url=due.url, reason=name_status(response.status)[0]))

    async def fail_recheck(self, failure: Failure) -> None:
        """Name why a stored article's page could not be asked for; it waits for its next time."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it on errbacks
        reason, _, detail = name_failure(failure, request)
        if isinstance(failure.value, RefusedRequest) and failure.value.puts_off:
            self.run.put_off(request.url, failure.value)  # it stays due
        elif reason != "stopped":
            due: DueRecheck = request.meta["recheck"]
            self.run.fail_page(PageFailure(url=due.url, reason=reason, detail=detail))
            now = utcnow()
            await self.run.workshop.write(lambda session: record_recheck(session, due.article_id, now=now))

    async def parse_page(self, response: Response) -> AsyncIterator[Page]:
        """Hand an article's page to the pipeline, unread."""
        link: Link = response.meta["link"]
        if not 200 <= response.status < 300:
            await self.drop_link(link, *name_status(response.status))
            return
        yield self.take_up(response, link)

    def take_up(self, response: Response, link: Link) -> Page:
        """Make a page of an answer; remember its validators where it will be asked for again."""
        self.run.count("fetched")
        if self.run.source.recheck:
            job = partial(record_fetch, url=response.url, status=response.status, validators=read_validators(response),
                          now=utcnow())
            self.run.workshop.writer.submit(job)
        return Page(
            url=response.url,
            requested_url=link.url,
            body=response.body,
            content_type=header(response, "Content-Type") or "text/html",
            status=response.status,
            fetched_at=utcnow(),
            source=self.run.source.id,
            language=self.run.source.language,
            link=link,
        )

    def fail_place(self, failure: Failure) -> None:
        """Name why a place could not be fetched."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it on errbacks
        reason, _, detail = name_failure(failure, request)
        if reason != "stopped":
            self.run.fail_place(PageFailure(url=request.meta["place"], reason=reason, detail=detail))

    async def fail_page(self, failure: Failure) -> None:
        """Name why a page could not be fetched; a link that was not asked for since avvisi stops stays queued."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it on errbacks
        reason, temporary, detail = name_failure(failure, request)
        if isinstance(failure.value, RefusedRequest) and failure.value.puts_off:
            self.put_off(request.meta["link"], failure.value)
        elif reason != "stopped":
            await self.drop_link(request.meta["link"], reason, temporary, detail)

    def put_off(self, link: Link, refused: RefusedRequest) -> None:
        """Leave a link in the queue for a better moment; that nobody asked for it is no failure of the page's.

        Thousands may be refused at once; who awaited the writing of each would hold thousands of errors in memory.
        """
        self.run.put_off(link.url, refused)
        self._waiting.append((link.key, refused.reason, utcnow() + timedelta(seconds=refused.wait)))
        if len(self._waiting) >= PUT_OFF_AT_ONCE:
            self._write_waiting()

    def _write_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []

        def job(session: Any) -> None:
            for key, reason, until in waiting:
                record_put_off(session, key=key, reason=reason, until=until)

        if waiting:
            self.run.workshop.writer.submit(job)

    def closed(self, reason: str) -> None:
        """Write what still has to be written; Scrapy calls this at the end of a crawl."""
        self._write_waiting()

    async def drop_link(self, link: Link, reason: str, temporary: bool, detail: str = "") -> None:
        """Count a page that was not had and remember whether to try again."""
        self.run.fail_page(PageFailure(url=link.url, reason=reason, detail=detail))
        now = utcnow()
        await self.run.workshop.write(
            lambda session: record_failure(session, key=link.key, reason=reason, temporary=temporary, now=now)
        )


def read_validators(response: Response) -> Validators:
    """Read what a server gave us to ask "has it changed?" with."""
    return Validators(etag=header(response, "ETag"), last_modified=header(response, "Last-Modified"))


def header(response: Response, name: str) -> str | None:
    """Read one header of a response as text."""
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None


