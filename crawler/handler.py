"""The one door to the network: every request, of whatever crawl, redirect or robots.txt, leaves through here.

It waits for the host's turn, refuses addresses that are not public, and lets go at once when avvisi stops. The address
is checked where the connection is made, so a name that resolves to a private address, or to another one the second
time it is asked for, does not pass.
"""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import aiohttp
from aiohttp.connector import AddrInfoType
from scrapy import Request
from scrapy.core.downloader.handlers._aiohttp import AiohttpDownloadHandler, _ClientResponse
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadConnectionRefusedError
from scrapy.http import Response

from crawler.politeness import RefusedRequest

if TYPE_CHECKING:
    from crawler.workshop import Run


class PrivateAddress(OSError):
    """A connection to an address that is not public was about to be made."""


class PoliteDownloadHandler(AiohttpDownloadHandler):
    """Scrapy's aiohttp handler behind avvisi's gate and guard."""

    experimental = False  # upstream warns at each start; that our use of it works is what our tests show

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._run: Run = crawler.spider.run  # type: ignore[union-attr]  # set before the engine starts
        self._proxied = self._session
        self._direct: aiohttp.ClientSession | None = None

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
        self._session = self._proxied if request.meta.get("proxy") else self._guarded_session()
        async with super()._make_request(request, timeout) as response:
            yield response

    def _guarded_session(self) -> aiohttp.ClientSession:
        if self._direct is None:
            connector = aiohttp.TCPConnector(socket_factory=self._open_socket, limit=self._pool_size_total)
            self._direct = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                response_class=_ClientResponse,
                skip_auto_headers=("Accept", "Accept-Encoding", "Content-Type", "User-Agent"),
            )
        return self._direct

    def _open_socket(self, info: AddrInfoType) -> socket.socket:
        family, kind, protocol, _, address = info
        if not is_public(str(address[0])) and (str(address[0]), int(address[1])) not in self._run.own_addresses:
            raise PrivateAddress(f"{address[0]} is not a public address")
        opened = socket.socket(family=family, type=kind, proto=protocol)
        opened.setblocking(False)
        return opened

    async def close(self) -> None:
        """Close the connections."""
        await self._proxied.close()
        if self._direct is not None:
            await self._direct.close()


def refuse_literal(host: str) -> None:
    """Raise RefusedRequest for a host that is itself a private address; what a proxy resolves is the proxy's care."""
    try:
        literal = str(ip_address(host.strip("[]")))
    except ValueError:
        try:  # 0x7f000001, 2130706433, 127.1: forms that a C library takes for addresses
            literal = socket.inet_ntoa(socket.inet_aton(host))
        except OSError:
            literal = "127.0.0.1" if host.rstrip(".").endswith("localhost") else ""
    if literal and not is_public(literal):
        raise RefusedRequest("private_address", f"{host} is not a public address")


def is_public(address: str) -> bool:
    """Whether an IP address is reachable from everywhere; an IPv4 address inside an IPv6 one counts as itself."""
    parsed: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if isinstance(parsed, IPv6Address):
        parsed = parsed.ipv4_mapped or parsed.sixtofour or parsed
    return parsed.is_global and not parsed.is_multicast


def find_own_addresses(urls: tuple[str, ...]) -> frozenset[tuple[str, int]]:
    """The loopback and private addresses that a source names itself: its owner wrote them, so they are meant."""
    found: set[tuple[str, int]] = set()
    for url in urls:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        if parts.hostname == "localhost":
            found |= {("127.0.0.1", port), ("::1", port)}
        elif parts.hostname and _is_literal(parts.hostname):
            found.add((str(ip_address(parts.hostname)), port))
    return frozenset(found)


def _is_literal(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
