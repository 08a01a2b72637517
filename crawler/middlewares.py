"""Downloader middlewares: robots.txt and validators before a request, Retry-After behind a response."""

import asyncio
import traceback
from typing import TYPE_CHECKING, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawler.network.failures import name_status
from crawler.network.handler import CONDITIONAL, host_of
from crawler.network.politeness import (
    BUSY_PAUSE,
    LONGEST_WAIT,
    ROBOTS_RETRY,
    RefusedRequest,
    Robots,
    parse_retry_after,
    parse_robots,
)
from store.fetches import get_validators

if TYPE_CHECKING:
    from crawler.workshop import Run

MOST_PACKINGS = 4  # encodings of one body; one is usual
MOST_PIECES = 1000  # members or frames in one packing; a million empty ones took 8 s of the event loop
PIECES = {b"gzip": (b"\x1f\x8b\x08",), b"x-gzip": (b"\x1f\x8b\x08",),
          b"zstd": (b"\x28\xb5\x2f\xfd", b"\x2a\x4d\x18")}  # how each begins; RFC 1952, RFC 8878
RETRY_AFTER_TIMES = 2  # within one run


class RobotsMiddleware:
    """Obey robots.txt: what it forbids is not fetched, and its crawl delay widens ours."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._user_agent = crawler.settings["USER_AGENT"]

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it as Scrapy asks."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raise RefusedRequest where robots.txt forbids or cannot be had."""
        if request.meta.get("is_robots"):
            return
        run: Run = self._crawler.spider.run  # type: ignore[union-attr]  # a spider is open while requests flow
        robots = await run.workshop.robots.get(request.url, self._fetch)
        if not robots.reachable:
            run.workshop.guestbook.note_refusal(host_of(request.url), "robots_unreachable")
            raise RefusedRequest("robots_unreachable", "robots.txt could not be fetched", temporary=True, puts_off=True,
                                 wait=ROBOTS_RETRY)
        if not robots.may_fetch(request.url, self._user_agent):
            run.workshop.guestbook.note_refusal(host_of(request.url), "robots_forbidden")
            raise RefusedRequest("robots_forbidden", "robots.txt forbids it")
        request.meta["crawl_delay"] = robots.crawl_delay(self._user_agent).total_seconds()

    async def _fetch(self, url: str) -> Robots:
        request = Request(url, meta={"is_robots": True}, dont_filter=True)
        try:
            response = await self._crawler.engine.download_async(request)
        except RefusedRequest:
            raise
        except Exception as error:  # noqa: BLE001  # whatever the network did, the file could not be had
            if isinstance(error, IgnoreRequest) and "redirect" in str(error):
                return Robots(None, status=310)  # RFC 9309, 2.3.1.2: it may be taken as absent
            self._crawler.spider.logger.info("robots.txt of %s: %s", url, " ".join(str(error).split()))  # type: ignore[union-attr]  # as above
            return Robots(None, reachable=False)
        return await asyncio.to_thread(parse_robots, response.status, response.body)


class ValidatorsMiddleware:
    """Ask an address with the validators that it gave itself, and no other: an ETag holds for one address.

    A redirected request passes here again, with its new address.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it as Scrapy asks."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Give the validators exactly as sent; what cannot be sent back as it came is not sent."""
        for name in CONDITIONAL:
            request.headers.pop(name, None)
        if not request.meta.get("conditional"):
            return
        run: Run = self._crawler.spider.run  # type: ignore[union-attr]  # a spider is open while requests flow
        known = await run.workshop.query(lambda session: get_validators(session, request.url))
        for name, value in zip(CONDITIONAL, (known.etag, known.last_modified), strict=True):
            if value and value.isascii() and value.isprintable():
                request.headers[name] = value


class UnpackingMiddleware(HttpCompressionMiddleware):
    """Unpack bodies as Scrapy does, but no wrapping of wrappings, and let go of a bomb at once.

    The error of a bomb holds what was unpacked so far in its frames, for as long as anything holds the error.
    """

    def process_response(self, request: Request, response: Response, spider: None = None) -> Request | Response:  # type: ignore[override]  # nobody gives a spider any more
        """Unpack a body; raise IgnoreRequest for what is too large or too often packed."""
        packings = b",".join(response.headers.getlist("Content-Encoding")).count(b",") + 1
        if packings > MOST_PACKINGS:
            raise IgnoreRequest(f"packed {packings} times")
        try:
            return super().process_response(request, response)
        except IgnoreRequest as error:
            for each in (error, error.__cause__):
                traceback.clear_frames(each.__traceback__ if each else None)
            raise IgnoreRequest(str(error)) from None

    @staticmethod
    def _decode(body: bytes, encoding: bytes, max_size: int) -> bytes:
        if any(body.count(mark) > MOST_PIECES for mark in PIECES.get(encoding, ())):
            raise IgnoreRequest(f"packed in more than {MOST_PIECES} pieces")
        return HttpCompressionMiddleware._decode(body, encoding, max_size)

    def _warn_unknown_encoding(self, response: Response, encodings: list[bytes]) -> None:
        """Say nothing: Scrapy would decode what a site wrote there, and what it is shows when it is read."""


class RetryAfterMiddleware:
    """Do as 429 and 503 say: leave the whole host alone until the time they name, then ask again."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it as Scrapy asks."""
        return cls(crawler)

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        """Return the request for another try after a short pause; a long pause is left to the next run."""
        if response.status not in (429, 503):
            return response
        run: Run = self._crawler.spider.run  # type: ignore[union-attr]  # a spider is open while responses come
        host, workshop, (cause, _) = host_of(request.url), run.workshop, name_status(response.status)
        seconds = parse_retry_after(response.headers.get("Retry-After"), now=workshop.guestbook.now())
        if seconds is None:
            seconds = workshop.gate.leave_alone(host, BUSY_PAUSE, cause=cause)
        workshop.gate.hold(host, seconds, cause=cause)
        await workshop.guestbook.note_pause(host, seconds, reason=str(response.status), is_asked=True)
        tried = request.meta.get("retry_after_times", 0)
        if seconds > LONGEST_WAIT or tried >= RETRY_AFTER_TIMES:
            return response
        return request.replace(dont_filter=True, meta={**request.meta, "retry_after_times": tried + 1})
