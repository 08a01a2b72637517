"""The one door to the network: every request, of whatever crawl, redirect or robots.txt, leaves through here.

It waits for the host's turn, refuses addresses that are not public, and lets go at once when avvisi stops.
"""

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import aiohttp
from scrapy import Request
from scrapy.core.downloader.handlers._aiohttp import AiohttpDownloadHandler, _ClientResponse
from scrapy.core.downloader.handlers._base_streaming import BaseStreamingDownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadConnectionRefusedError
from scrapy.http import Response

from crawler.guard import Place, PrivateAddress, guarded_connector, refuse_literal
from crawler.politeness import RefusedRequest

if TYPE_CHECKING:
    from crawler.workshop import Run


class Connections:
    """The connections of all crawls of a process: one set of certificates, sockets kept open between requests.

    Scrapy would build these anew for each crawl, and loading the certificates alone takes 50 ms.
    """

    def __init__(self) -> None:
        self.own: set[Place] = set()
        self.tls = ssl.create_default_context()
        self.direct = _open_session(guarded_connector(self.own.__contains__))
        self.proxied = _open_session(aiohttp.TCPConnector(limit=0))

    async def close(self) -> None:
        """Close all connections."""
        await self.direct.close()
        await self.proxied.close()


def _open_session(connector: aiohttp.TCPConnector) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,  # Scrapy unpacks, within DOWNLOAD_MAXSIZE
        response_class=_ClientResponse,
        skip_auto_headers=("Accept", "Accept-Encoding", "Content-Type", "User-Agent"),
    )


class PoliteDownloadHandler(AiohttpDownloadHandler):
    """Scrapy's aiohttp handler behind avvisi's gate and guard, on the connections that all crawls share."""

    experimental = False  # upstream warns at each start; that our use of it works is what our tests show

    def __init__(self, crawler: Crawler) -> None:
        BaseStreamingDownloadHandler.__init__(self, crawler)
        self._run: Run = crawler.spider.run  # type: ignore[union-attr]  # set before the engine starts
        self._connections = self._run.workshop.connections
        self._ssl_context = self._connections.tls

    async def download_request(self, request: Request) -> Response:
        """Fetch when it is the host's turn; raise RefusedRequest where avvisi will not."""
        run, host = self._run, urlsplit(request.url).hostname or ""
        if request.meta.get("proxy"):
            refuse_literal(host)
        async with run.workshop.gate.turn(host, request.meta.get("pause", run.source.delay.total_seconds())):
            run.requests += 1
            try:
                return await run.workshop.unless_stopped(super().download_request(request))
            except DownloadConnectionRefusedError as error:
                if isinstance(getattr(error.__cause__, "os_error", None), PrivateAddress):
                    raise RefusedRequest("private_address", f"{host} is not a public address") from error
                raise

    @asynccontextmanager
    async def _make_request(self, request: Request, timeout: float) -> AsyncIterator[_ClientResponse]:  # noqa: ASYNC109
        # A proxy is trusted to be where the owner says; everything else must be a public address.
        self._session = self._connections.proxied if request.meta.get("proxy") else self._connections.direct
        async with super()._make_request(request, timeout) as response:
            yield response

    async def close(self) -> None:
        """Leave the connections open for the other crawls."""
