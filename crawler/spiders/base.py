"""What every spider does: ask the places that announce articles, then fetch the articles never seen before.

    feed.py      RSS, Atom, JSON Feed          sitemap.py   news sitemaps, indexes, plain sitemaps
    section.py   pages that list articles
"""

import logging
import re
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Self

import scrapy
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from sqlalchemy.orm import Session
from twisted.python.failure import Failure

from crawler.discover.hosts import path_of
from crawler.discover.identity import identify
from crawler.discover.traps import leave_traps
from crawler.network.failures import name_failure, name_status
from crawler.network.politeness import RefusedRequest, parse_retry_after, read_http_date
from crawler.workers.readers import DEATHS, name_reading_error
from crawler.workshop import FetchedPage, PageFailure, Run, utcnow
from store.errors import ReasonedError
from store.fetches import (
    LONGEST_PAUSE,
    Validators,
    count_queued,
    find_new_links,
    get_queued_links,
    queue_links,
    record_failure,
    record_fetch,
    record_put_off,
)
from store.timetable.dues import end_move, record_move
from store.timetable.rechecks import GONE, DueRecheck, get_due_rechecks, record_gone, record_recheck, record_still_there
from store.timetable.schedule import Wishes
from store.values import Link, Outcome, Page, Precision

log = logging.getLogger(__name__)

RECHECKS_AT_ONCE = 50  # stored pages that one run looks at again
PUT_OFF_AT_ONCE = 200  # links in one job of the writer
QUEUE_BATCH = 10_000  # links of earlier runs taken up by one run
MOST_QUEUED = 50_000  # links of one source that wait; what is offered beyond is left out until there is room
PERMANENT = {301, 308}
FRONT_PAGE = "front_page"
MOST_FRESH = 28 * 86_400  # seconds
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})")
_NUMBER = re.compile(r"\d{1,9}", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Discovered:
    """What a place announces: links to articles, addresses of further places, and when it wants to be asked again.

    ``is_whole``: its answer came to its end.
    """

    links: tuple[Link, ...]
    places: tuple[str, ...] = ()
    is_whole: bool = True
    wishes: Wishes = field(default_factory=Wishes)


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
    async def discover(self, response: Response) -> Discovered:
        """Read what a place's answer announces."""

    async def start(self) -> AsyncIterator[Request]:
        """Ask each place, then take up what earlier runs found and did not fetch."""
        for url in self.addresses():
            yield await self.request_place(self.run.moves.get(url, url), origin=url)
        source, now = self.run.source.id, utcnow()
        queued = await self.run.workshop.query(
            lambda session: get_queued_links(session, source=source, now=now, limit=QUEUE_BATCH)
        )
        for request in self.request_pages(queued):
            yield request
        async for request in self.request_rechecks():
            yield request

    async def request_place(
        self, url: str, *, origin: str | None = None, how: str | None = None, root: str | None = None
    ) -> Request:
        """Ask for a place, if it has changed.

        ``origin`` is its address in the catalogue, ``how`` it was found; ``root`` is the one that led to a sitemap.
        """
        return Request(
            url,
            callback=self.parse_place,
            errback=self.fail_place,
            priority=10,
            dont_filter=True,
            meta={"place": url, "origin": origin, "how": how, "root": root or origin or url, "conditional": True,
                  "download_maxsize": self.most_bytes},
        )

    async def parse_place(self, response: Response) -> AsyncIterator[Request]:
        """Queue the links that were never seen and ask for their pages."""
        run, place, root = self.run, response.meta["place"], response.meta["root"]
        if response.meta["how"] and (response.meta["origin"] in run.moves or not 200 <= response.status < 300):
            return  # one of several that could be what is gone: another was, or this one is not there
        seen = run.sight.of(root)
        if response.status == 304:
            run.count("not_modified")
            run.note_answer()
            seen.note_not_modified()
            run.knows_none = False
            return
        if not 200 <= response.status < 300:
            if (moment := read_retry_after(response)) is not None:
                run.wait_for(moment)
            reason = name_status(response.status)[0]
            run.fail_place(PageFailure(url=place, reason=reason, place=place_of(response.meta)))
            if response.status in GONE:
                async for request in self.search_place(place, origin=response.meta["origin"]):
                    yield request
            return
        seen.note_size(len(response.body))
        try:
            found = await self.discover(response)
        except (ReasonedError, *DEATHS) as error:
            named = name_reading_error(error)
            if not response.meta["how"]:
                run.fail_place(PageFailure(url=place, reason=named.reason, detail=named.detail,
                                           place=place_of(response.meta)))
            return
        run.count("found", len(found.links))
        run.note_answer()
        pause = max(found.wishes.pause, read_freshness(response, now=utcnow()))
        run.wishes.append(replace(found.wishes, pause=pause))
        for url in found.places:
            yield await self.request_place(url, root=root)
        if found.links:
            await self.note_move(response)
        # A place that leads to others is asked for whole each time: unchanged itself, it may lead to changed ones, and
        # a kill before they were asked must not leave them behind a 304. Nor must what an answer was cut off before.
        validators = read_validators(response) if found.is_whole and not found.places else Validators()
        links, trapped = leave_traps(found.links, is_page=self.reads_pages)
        run.leave_out(trapped)
        new = await self.queue(links, place, response, validators)
        seen.note_links(links, new)
        run.knows_none &= len(new) == len(links)
        run.published.extend(stated_time(link) for link in new)
        for request in self.request_pages(new):
            yield request

    async def note_move(self, response: Response) -> None:
        """Note where a place went, when it says that this is for good, or when it was found elsewhere."""
        run, origin = self.run, response.meta["origin"]
        reasons = response.meta.get("redirect_reasons", [])
        how = response.meta["how"] or (str(reasons[0]) if reasons and set(reasons) <= PERMANENT else None)
        if how is None or origin is None or response.url == run.moves.get(origin, origin):
            return
        now, moved_to = utcnow(), response.url

        def job(session: Session) -> None:
            end_move(session, run.source.id, from_url=origin, now=now)
            if moved_to != origin:
                record_move(session, run.source.id, from_url=origin, to_url=moved_to, how=how, now=now)

        await run.workshop.write(job, urgent=True)
        run.moves[origin] = moved_to
        run.mend_place(origin)
        log.info("%s: %s is asked at %s now (%s)", run.source.id, origin, moved_to, how)

    async def search_place(self, place: str, *, origin: str | None) -> AsyncIterator[Request]:
        """Search for a place that is gone: where it moved to and is gone again, at its own address next time."""
        run, now = self.run, utcnow()
        if origin is not None and place == run.moves.get(origin):
            await run.workshop.write(
                lambda session: end_move(session, run.source.id, from_url=origin, now=now), urgent=True)
        return
        yield  # a spider of feeds knows more

    async def queue(
        self, links: tuple[Link, ...], place: str, response: Response, validators: Validators
    ) -> tuple[Link, ...]:
        """Keep the new links and the place's validators in one transaction: a kill in between loses neither."""
        source, now, status = self.run.source.id, utcnow(), response.status
        room = self.most_new - self._new

        def job(session: Any) -> tuple[tuple[Link, ...], int]:
            free = max(0, min(room, MOST_QUEUED - sum(count_queued(session, source=source, now=now))))
            fitting = links if len(links) <= free else find_new_links(session, links)
            new = queue_links(session, source=source, links=fitting[:free], now=now)
            beyond = len(fitting[free:])
            if response.url != place:  # validators hold for the address that gave them
                record_fetch(session, url=place, status=status, validators=Validators(), now=now)
            # A place that offers more than fits is read again, changed or not: its validators are not kept.
            kept = Validators() if beyond else validators
            record_fetch(session, url=response.url, status=status, validators=kept, now=now)
            return new, beyond

        new, beyond = await self.run.workshop.write(job, urgent=True)
        self._new += len(new)
        self.run.leave_out({"too_many": beyond} if beyond else {})
        return new

    def request_pages(self, links: Iterable[Link]) -> Iterable[Request]:
        """Ask for the pages that this run may still fetch."""
        for link in links:
            if self.run.take_page(link.key):
                try:
                    request = Request(link.url, callback=self.parse_page, errback=self.fail_page, dont_filter=True,
                                      meta={"link": link})
                except ValueError as error:  # queued by an earlier avvisi; one of them must not keep back all others
                    self.leave_link(link, str(error))
                else:
                    yield request

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

    async def parse_recheck(self, response: Response) -> AsyncIterator[FetchedPage]:
        """Note what became of a stored article's page; a changed one goes the way of all pages."""
        due: DueRecheck = response.meta["recheck"]
        now = utcnow()
        self.run.count("rechecked")
        noted = partial(record_recheck, article_id=due.article_id, now=now)
        if leads_home(response, due.key):
            await self.run.workshop.write(noted)
            self.run.fail_page(PageFailure(url=due.url, reason=FRONT_PAGE))
            return
        if 200 <= response.status < 300:
            yield self.take_up(response, Link(url=due.url, key=due.key), noted)
            return

        def job(session: Session) -> bool:
            noted(session)
            if response.status == 304:
                record_still_there(session, due.article_id, now=now)
            return response.status in GONE and record_gone(session, key=due.key, status=response.status, now=now)

        if await self.run.workshop.write(job):
            self.run.count("gone")
        if response.status == 304:
            self.run.count(Outcome.UNCHANGED)
        elif response.status not in GONE:
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

    async def parse_page(self, response: Response) -> AsyncIterator[FetchedPage]:
        """Hand an article's page to the pipeline, unread."""
        link: Link = response.meta["link"]
        if not 200 <= response.status < 300:
            await self.drop_link(link, *name_status(response.status))
        elif leads_home(response, link.key):
            await self.drop_link(link, FRONT_PAGE, temporary=True)  # a site under repair sends everybody there
        else:
            yield self.take_up(response, link)

    def take_up(self, response: Response, link: Link, *also: Callable[[Session], object]) -> FetchedPage:
        """Make a page of an answer; remember its validators where it will be asked for again."""
        self.run.count("fetched")
        if self.run.source.recheck:
            also += (partial(record_fetch, url=response.url, status=response.status,
                             validators=read_validators(response), now=utcnow()),)
        page = Page(
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
        return FetchedPage(page, also)

    def leave_link(self, link: Link, detail: str) -> None:
        """Give up a link that cannot be asked for."""
        self.run.fail_page(PageFailure(url=link.url, reason="bad_address", detail=detail))
        self.run.workshop.writer.submit(
            partial(record_failure, key=link.key, reason="bad_address", temporary=False, now=utcnow()))

    def fail_place(self, failure: Failure) -> None:
        """Name why a place could not be fetched."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it on errbacks
        reason, _, detail = name_failure(failure, request)
        if reason != "stopped" and not request.meta["how"]:
            refused = failure.value if isinstance(failure.value, RefusedRequest) else None
            waits = refused is not None and refused.puts_off
            self.run.fail_place(PageFailure(
                url=request.meta["place"], reason=reason, detail=detail, place=place_of(request.meta),
                until=utcnow() + timedelta(seconds=refused.wait) if refused and waits else None,
                cause=refused.cause if refused else ""))

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
        pause = min(timedelta(seconds=refused.wait), LONGEST_PAUSE)
        self._waiting.append((link.key, refused.reason, utcnow() + pause))
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


def leads_home(response: Response, key: str) -> bool:
    """Tell whether an address led to a front page: many sites send whoever asks for what is gone there."""
    return path_of(identify(response.url)) == "/" != path_of(key)


def place_of(meta: dict[str, Any]) -> str | None:
    """Name the place of the catalogue that was asked; None for a sitemap that one led to."""
    origin: str | None = meta["origin"]
    return origin


def read_validators(response: Response) -> Validators:
    """Read what a server gave us to ask "has it changed?" with."""
    return Validators(etag=header(response, "ETag"), last_modified=header(response, "Last-Modified"))


def read_freshness(response: Response, *, now: datetime) -> timedelta:
    """Read for how long an answer is to be taken as fresh: Cache-Control's max-age, or Expires (RFC 9111, 4.2.1)."""
    directives = (header(response, "Cache-Control") or "").lower()
    if "no-cache" in directives or "no-store" in directives:
        return timedelta(0)
    if stated := _MAX_AGE.search(directives):
        age = header(response, "Age") or ""
        return timedelta(seconds=max(0, min(int(stated[1]), MOST_FRESH) - int(age if _NUMBER.fullmatch(age) else 0)))
    expires, date = (read_http_date(header(response, name) or "") for name in ("Expires", "Date"))
    seconds = (expires - (date or now)).total_seconds() if expires else 0.0
    return timedelta(seconds=min(max(seconds, 0.0), MOST_FRESH))


def read_retry_after(response: Response) -> datetime | None:
    """Read when a server wants to be asked again."""
    now = utcnow()
    seconds = parse_retry_after(response.headers.get("Retry-After"), now=now)
    return None if seconds is None else now + timedelta(seconds=min(seconds, MOST_FRESH))


def stated_time(link: Link) -> datetime | None:
    """When a new article was published, where that is stated to the minute."""
    moment = link.published
    return moment.at if moment and moment.precision in (Precision.SECOND, Precision.MINUTE) else None


def header(response: Response, name: str) -> str | None:
    """Read one header of a response as text."""
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None


