"""The one door to the network: every request, of whatever crawl, redirect or robots.txt, leaves through here.

It waits for the host's turn, keeps to its budget, refuses addresses that are not public, notes what was asked and
answered, and lets go at once when avvisi stops.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING, Any

import aiohttp
import yarl
from scrapy import Request
from scrapy.core.downloader.handlers._aiohttp import AiohttpDownloadHandler, _ClientResponse
from scrapy.core.downloader.handlers._base_streaming import BaseStreamingDownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadConnectionRefusedError, UnsupportedURLSchemeError
from scrapy.http import Headers, Response
from scrapy.utils._download_handlers import make_response

from crawler.network.failures import name_error
from crawler.network.guard import PrivateAddress, guarded_connector, meant, read_literal, refuse_literal
from crawler.network.politeness import LONGEST_PACE, ROBOTS_MAX_BYTES, RefusedRequest
from crawler.settings import allowed_addresses
from crawler.workers.allocation import give_back

if TYPE_CHECKING:
    from crawler.workshop import Run

CONNECTING = 10.0  # seconds until a connection must stand
SILENCE = 15.0  # seconds without a byte, the first included, before a host is given up
LARGE = 1 << 19  # bytes of a body; few pages and feeds are larger
LARGE_AT_ONCE = 2
WORTH_TIDYING = 64 * 1024  # bytes of a body as it was sent; packed, it may have been a thousand times as much
TIDYING = 1.0  # seconds until then; it takes 5 ms and more
TIDYING_SOON = 0.3  # seconds, after what failed or was large
CONDITIONAL = ("If-None-Match", "If-Modified-Since")


class Connections:
    """The connections of all crawls of a process: sockets kept open between requests.

    Scrapy would build these anew for each crawl, and load the certificates, which alone takes 50 ms. aiohttp has
    loaded them once already, as ``ssl.create_default_context`` does.
    """

    def __init__(self) -> None:
        self.allowed = allowed_addresses()
        self._tidying: asyncio.TimerHandle | None = None
        self.large = asyncio.Semaphore(LARGE_AT_ONCE)
        self.direct = _Patient(_open_session(guarded_connector(allowed=self.allowed)))
        self.proxied = _Patient(_open_session(aiohttp.TCPConnector(limit=0)))

    def tidy_soon(self, seconds: float = TIDYING_SOON) -> None:
        """Give back the memory of what was read, in a moment: large bodies hang in cycles of errors and tasks."""
        loop = asyncio.get_running_loop()
        if self._tidying is not None and self._tidying.when() >= loop.time():
            if self._tidying.when() <= loop.time() + seconds:
                return
            self._tidying.cancel()
        self._tidying = loop.call_later(seconds, give_back)

    async def close(self) -> None:
        """Close all connections."""
        if self._tidying:
            self._tidying.cancel()
        await self.direct.session.close()
        await self.proxied.session.close()


class _Patient:
    """A session whose requests have a time for each of their steps; Scrapy gives one for the whole alone."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self.session = session

    def request(self, method: str, url: Any, *, timeout: aiohttp.ClientTimeout, **options: Any) -> Any:
        """Make a request as the session does."""
        steps = aiohttp.ClientTimeout(total=timeout.total, connect=CONNECTING, sock_read=SILENCE)
        return self.session.request(method, url, timeout=steps, **options)


def _open_session(connector: aiohttp.TCPConnector) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,  # Scrapy unpacks, within DOWNLOAD_MAXSIZE
        response_class=_ClientResponse,
        skip_auto_headers=("Accept", "Accept-Encoding", "Content-Type", "User-Agent"),
    )


def host_of(url: str) -> str:
    """Name the host that a request goes to, as the connection will read the address, and not as anybody else does."""
    try:
        return (yarl.URL(url).raw_host or "").rstrip(".").lower()
    except ValueError as error:
        raise UnsupportedURLSchemeError(str(error)) from error


class PoliteDownloadHandler(AiohttpDownloadHandler):
    """Scrapy's aiohttp handler behind avvisi's gate and guard, on the connections that all crawls share."""

    experimental = False  # upstream warns at each start; that our use of it works is what our tests show

    def __init__(self, crawler: Crawler) -> None:
        BaseStreamingDownloadHandler.__init__(self, crawler)
        self._run: Run = crawler.spider.run  # type: ignore[union-attr]  # set before the engine starts
        self._connections = self._run.workshop.connections
        self._ssl_context = True  # type: ignore[assignment]  # given to aiohttp: verify, with the context that it has

    async def download_request(self, request: Request) -> Response:
        """Fetch when it is the host's turn; raise RefusedRequest where avvisi will not."""
        host, book = host_of(request.url), self._run.workshop.guestbook
        await book.open(host)
        try:
            return await self._ask(request, host)
        except RefusedRequest as refused:
            if refused.reason != "stopped":
                book.note_refusal(host, refused.reason)
            raise

    async def _ask(self, request: Request, host: str) -> Response:
        run, book = self._run, self._run.workshop.guestbook
        crawl_delay: float = request.meta.get("crawl_delay", 0.0)
        pause = max(run.source.delay.total_seconds(), crawl_delay)
        self._guard(request, host)
        run.check_time()
        book.check_budget(host, run.source.budget)
        async with run.workshop.gate.turn(host, pause, patience=LONGEST_PACE) as turn:
            book.check_budget(host, run.source.budget)  # whoever waited beside us has spent of it
            run.requests += 1
            is_conditional = any(name in request.headers for name in CONDITIONAL)
            book.note_request(host, turn, pause=pause, crawl_delay=crawl_delay, is_conditional=is_conditional)
            return await self._fetch(request, host, pause)

    def _guard(self, request: Request, host: str) -> None:
        """Refuse a private address that is not meant; let the sockets of this request know which are."""
        allowed, own = self._connections.allowed, self._run.own
        port = yarl.URL(request.url).port or 80
        literal = read_literal(host)
        is_named = literal is not None and ((literal, port) in own or allowed.has_network_of(literal))
        is_allowed = allowed.has_name(host)
        if not is_named and not is_allowed:
            refuse_literal(host)
        meant.set((lambda place: True) if is_allowed else own.__contains__)

    async def _fetch(self, request: Request, host: str, pause: float) -> Response:
        """Make the request, note what it came to, and let the host's pace follow."""
        run, book, started = self._run, self._run.workshop.guestbook, time.monotonic()
        try:
            response = await run.workshop.unless_stopped(super().download_request(request))
        except Exception as error:
            refused = _find_refusal(error, host)
            word, is_passing, _ = name_error(refused or error, request)
            seconds = time.monotonic() - started
            self._connections.tidy_soon()
            if refused is None:
                book.note_answer(host, word, seconds=seconds)
            if refused is None and is_passing:
                await self._pace(host, word, pause=pause, seconds=seconds, is_good=False)
            if refused:
                raise refused from error
            raise
        seconds = time.monotonic() - started
        book.note_answer(host, str(response.status), seconds=seconds, size=len(response.body))
        if len(response.body) > WORTH_TIDYING:
            self._connections.tidy_soon(TIDYING if len(response.body) < 2 * LARGE else TIDYING_SOON)
        is_good = response.status < 500 and response.status != 429
        await self._pace(host, str(response.status), pause=pause, seconds=seconds, is_good=is_good)
        return response

    async def _pace(self, host: str, word: str, *, pause: float, seconds: float, is_good: bool) -> None:
        cause = f"http_{word}" if word.isdecimal() else word
        alone = self._run.workshop.gate.pace(host, delay=pause, seconds=seconds, is_good=is_good, cause=cause)
        if alone:
            await self._run.workshop.guestbook.note_pause(host, alone, reason=word)

    @asynccontextmanager
    async def _make_request(self, request: Request, timeout: float) -> AsyncIterator[_ClientResponse]:  # noqa: ASYNC109
        # A proxy is trusted to be where the owner says; everything else must be a public address.
        session = self._connections.proxied if request.meta.get("proxy") else self._connections.direct
        self._session = session  # all that is asked of it is ``request``
        async with super()._make_request(request, timeout) as response:
            yield response

    async def _read_response(self, response: _ClientResponse, request: Request) -> Response:
        if not request.meta.get("is_robots"):
            return await super()._read_response(response, request)
        body = bytearray()
        async for chunk in response.content.iter_any():
            body += chunk
            if len(body) > ROBOTS_MAX_BYTES:  # RFC 9309, 2.5: what follows is ignored, and need not be fetched
                break
        headers = self._extract_headers(response)
        return make_response(**self._build_base_response_args(response, request, headers),
                             body=bytes(body[:ROBOTS_MAX_BYTES]))

    async def _iter_body_chunks(self, response: _ClientResponse) -> AsyncIterator[bytes]:  # type: ignore[override]  # a static method upstream
        """Read on; of the bodies that are large a few at a time, whatever the number of sources."""
        size = 0
        async with AsyncExitStack() as places:
            async for chunk in response.content.iter_any():
                if size <= LARGE < size + len(chunk):
                    await places.enter_async_context(self._connections.large)
                size += len(chunk)
                yield chunk

    @staticmethod
    def _extract_headers(response: _ClientResponse) -> Headers:
        """Take the headers as the bytes they came in: some are no UTF-8."""
        return Headers([(name.decode("latin-1"), value) for name, value in response.raw_headers])

    async def close(self) -> None:
        """Leave the connections open for the other crawls."""


def _find_refusal(error: Exception, host: str) -> RefusedRequest | None:
    """Tell our own refusal from a failure of the host's."""
    if isinstance(error, RefusedRequest):
        return error
    if isinstance(error, DownloadConnectionRefusedError) and isinstance(
            getattr(error.__cause__, "os_error", None), PrivateAddress):
        return RefusedRequest("private_address", f"{host} is not a public address")
    return None
