"""Asking a site politely and once, outside a crawl: what `sources check --online` and `sources add` use.

By the same rules as a crawl: robots.txt is obeyed, one host never sees two requests at a time, only public addresses
are asked unless the owner wrote a private one, a proxy named in the environment is used and trusted to resolve names,
and redirects, time and decoded size are bounded. Cookies are neither kept nor sent.
"""

import asyncio
import urllib.request
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import aiohttp

from crawler.network.guard import PrivateAddress, find_own_addresses, guarded_connector, refuse_literal
from crawler.network.politeness import (
    BUSY_PAUSE,
    HostGate,
    RefusedRequest,
    Robots,
    RobotsMemory,
    parse_retry_after,
    parse_robots,
)
from store.clock import utcnow
from store.errors import ReasonedError

MAX_SIZE = 16 * 1024 * 1024  # bytes, decoded; as for a crawl
MAX_REDIRECTS = 5  # RFC 9309 2.3.1.2 asks for at least five for robots.txt
PERMANENT = (301, 308)
_REDIRECTS = (301, 302, 303, 307, 308)


class FetchError(ReasonedError):
    """No answer may be had.

    ``unreachable``, ``timeout``, ``too_large``, ``robots``, ``redirects``, ``private_address``, ``host_paused``.
    """


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """An answer, whatever its status; ``url`` is where it came from after redirects.

    ``moved_to`` is the address that the site says is the lasting one: set when every redirect on the way was permanent.
    """

    requested_url: str
    url: str
    status: int
    body: bytes
    content_type: str | None = None
    moved_to: str | None = None


@dataclass(frozen=True, kw_only=True)
class Manners:
    """How to ask. ``timeout`` and ``delay`` (between two requests to one host) are seconds, ``max_size`` bytes."""

    user_agent: str
    timeout: float = 20.0
    delay: float = 1.0
    max_size: int = MAX_SIZE


@dataclass(frozen=True, kw_only=True)
class _Answer:
    status: int
    body: bytes
    content_type: str | None
    location: str | None
    retry_after: str | None


class Probe:
    """A short visit to some sites; made by ``open_probe``."""

    def __init__(self, *, direct: aiohttp.ClientSession, proxied: aiohttp.ClientSession, manners: Manners,
                 own: frozenset[tuple[str, int]]) -> None:
        self._direct = direct
        self._proxied = proxied
        self._manners = manners
        self._own = own
        self._gate = HostGate(asyncio.Event())
        self._memory = RobotsMemory()
        self._robots_texts: dict[str, bytes] = {}

    async def fetch(self, url: str) -> Fetched:
        """Ask for ``url`` and follow its redirects; raise FetchError if no answer may be had."""
        current, permanent = url, True
        for _ in range(MAX_REDIRECTS + 1):
            robots = await self._memory.get(current, self._fetch_robots)
            if not robots.may_fetch(current, self._manners.user_agent):
                why = "disallows it" if robots.reachable else "does not answer, so nothing may be fetched"
                raise FetchError("robots", f"{_origin(current)}/robots.txt {why}")
            answer = await self._get(current, robots=robots)
            if answer.status not in _REDIRECTS or answer.location is None:
                moved_to = current if permanent and current != url else None
                return Fetched(requested_url=url, url=current, status=answer.status, body=answer.body,
                               content_type=answer.content_type, moved_to=moved_to)
            permanent = permanent and answer.status in PERMANENT
            current = _next_address(current, answer.location)
        raise FetchError("redirects", f"more than {MAX_REDIRECTS} from {url}")

    async def fetch_robots(self, url: str) -> bytes:
        """Return the text of the robots.txt that governs ``url``; empty where there is none."""
        await self._memory.get(url, self._fetch_robots)
        return self._robots_texts.get(_origin(url), b"")

    async def _fetch_robots(self, url: str) -> Robots:
        origin = _origin(url)
        for _ in range(MAX_REDIRECTS + 1):
            answer = await self._get(url)
            if answer.status not in _REDIRECTS or answer.location is None:
                break
            url = _next_address(url, answer.location)
        else:
            return parse_robots(404, b"")  # RFC 9309 2.3.1.2: after five redirects it may be taken as absent
        if answer.status == 200:
            self._robots_texts[origin] = answer.body
        return parse_robots(answer.status, answer.body)

    async def _get(self, url: str, *, robots: Robots | None = None) -> _Answer:
        """Make one request, alone on its host and no sooner than its pause allows."""
        host = urlsplit(url).netloc.lower()
        wanted = robots.crawl_delay(self._manners.user_agent).total_seconds() if robots else 0.0
        try:
            async with self._gate.turn(host, max(self._manners.delay, wanted)):
                answer = await self._request(url)
        except RefusedRequest as error:
            raise FetchError(error.reason, str(error)) from error
        if answer.status in (429, 503):  # it wants to be left alone, as all that is asked of it after this
            pause = parse_retry_after((answer.retry_after or "").encode("latin-1", "replace"), now=utcnow())
            self._gate.hold(host, BUSY_PAUSE if pause is None else pause)
        return answer

    async def _request(self, url: str) -> _Answer:
        proxy = _find_proxy(url)
        if proxy and not find_own_addresses((url,)) & self._own:
            refuse_literal(urlsplit(url).hostname or "")
        session = self._proxied if proxy else self._direct
        try:
            async with session.get(url, proxy=proxy, allow_redirects=False) as response:
                body = await _read(response, max_size=self._manners.max_size)
                return _Answer(status=response.status, body=body, content_type=response.headers.get("Content-Type"),
                               location=response.headers.get("Location"),
                               retry_after=response.headers.get("Retry-After"))
        except TimeoutError as error:
            raise FetchError("timeout", f"no whole answer in {self._manners.timeout:g} s from {url}") from error
        except aiohttp.ClientConnectorError as error:
            reason = "private_address" if isinstance(error.os_error, PrivateAddress) else "unreachable"
            raise FetchError(reason, str(error)) from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise FetchError("unreachable", f"{error or type(error).__name__}") from error


@asynccontextmanager
async def open_probe(manners: Manners, *, trusted: tuple[str, ...] = ()) -> AsyncIterator[Probe]:
    """Open a visit. ``trusted`` are addresses the owner wrote: those among them that are private numbers are meant."""
    own = find_own_addresses(trusted)

    def open_session(connector: aiohttp.TCPConnector) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(
            connector=connector, cookie_jar=aiohttp.DummyCookieJar(), timeout=aiohttp.ClientTimeout(manners.timeout),
            headers={"User-Agent": manners.user_agent})

    async with AsyncExitStack() as stack:
        direct = await stack.enter_async_context(open_session(guarded_connector(own.__contains__)))
        proxied = await stack.enter_async_context(open_session(aiohttp.TCPConnector()))
        yield Probe(direct=direct, proxied=proxied, manners=manners, own=own)


async def _read(response: aiohttp.ClientResponse, *, max_size: int) -> bytes:
    """Read a body while it is decoded, no further than ``max_size``."""
    body = bytearray()
    async for chunk in response.content.iter_chunked(64 * 1024):
        body += chunk
        if len(body) > max_size:
            raise FetchError("too_large", f"more than {max_size} bytes")
    return bytes(body)


def _find_proxy(url: str) -> str | None:
    """Return the proxy that the environment names for an address, unless no_proxy exempts its host."""
    parts = urlsplit(url)
    if urllib.request.proxy_bypass(parts.netloc):
        return None
    return urllib.request.getproxies().get(parts.scheme)


def _next_address(url: str, location: str) -> str:
    try:
        target = urljoin(url, location.strip())
        parts = urlsplit(target)
    except ValueError as error:
        raise FetchError("redirects", f"{url} leads to {location!r}, which is no address") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise FetchError("redirects", f"{url} leads to {location!r}, which is not http or https")
    return target


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
