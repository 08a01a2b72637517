"""Asking a site politely and once, outside a crawl: what `sources check --online` and `sources add` use.

robots.txt is obeyed, one host never sees two requests at a time, and everything is bounded: redirects, time, decoded
size. Cookies are neither kept nor sent. A proxy named in the environment (http_proxy, https_proxy, no_proxy) is used
and trusted; without one only public addresses are asked, unless the owner wrote a private one out in full.
"""

import asyncio
import ipaddress
import socket
import time
import urllib.request
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import DefaultResolver
from protego import Protego  # type: ignore[import-untyped,unused-ignore]  # the package has no types

from store.errors import ReasonedError

MAX_SIZE = 16 * 1024 * 1024  # bytes, decoded; as for a crawl
MAX_REDIRECTS = 5  # RFC 9309 2.3.1.2 asks for at least five for robots.txt
MAX_ROBOTS = 500 * 1024  # bytes that a crawler must be ready to read, RFC 9309 2.5
MAX_PAUSE = 30.0  # seconds; a longer Crawl-delay is meant for crawls, and a person is waiting here
PERMANENT = (301, 308)
_REDIRECTS = (301, 302, 303, 307, 308)


class FetchError(ReasonedError):
    """No answer may be had: ``unreachable``, ``timeout``, ``too_large``, ``robots``, ``redirects``, ``private``."""


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
    obeys_robots: bool = True


@dataclass(frozen=True, kw_only=True)
class _Answer:
    status: int
    body: bytes
    content_type: str | None
    location: str | None


@dataclass(frozen=True)
class _Robots:
    """What one robots.txt says; ``rules`` is None where it may not be known, and then nothing may be fetched."""

    rules: Protego | None
    text: bytes = b""
    why_not: str = ""


@dataclass
class _Host:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0  # on the monotonic clock
    crawl_delay: float = 0.0


class Probe:
    """A short visit to some sites; made by ``open_probe``."""

    def __init__(self, session: aiohttp.ClientSession, *, manners: Manners, guard: "_PublicOnly") -> None:
        self._session = session
        self._manners = manners
        self._guard = guard
        self._hosts: dict[str, _Host] = {}
        self._robots: dict[str, asyncio.Task[_Robots]] = {}

    async def fetch(self, url: str) -> Fetched:
        """Ask for ``url`` and follow its redirects; raise FetchError if no answer may be had."""
        current, permanent = url, True
        for _ in range(MAX_REDIRECTS + 1):
            await self._ask_robots(current)
            answer = await self._get(current)
            if answer.status not in _REDIRECTS or answer.location is None:
                moved_to = current if permanent and current != url else None
                return Fetched(requested_url=url, url=current, status=answer.status, body=answer.body,
                               content_type=answer.content_type, moved_to=moved_to)
            permanent = permanent and answer.status in PERMANENT
            current = _next_address(current, answer.location)
        raise FetchError("redirects", f"more than {MAX_REDIRECTS} from {url}")

    async def fetch_robots(self, url: str) -> bytes:
        """Return the text of the robots.txt that governs ``url``; empty where there is none."""
        return (await self._robots_of(url)).text

    async def _ask_robots(self, url: str) -> None:
        if not self._manners.obeys_robots:
            return
        robots = await self._robots_of(url)
        if robots.rules is None:
            raise FetchError("robots", robots.why_not)
        if not robots.rules.can_fetch(url, self._manners.user_agent):
            raise FetchError("robots", f"{_origin(url)}/robots.txt disallows it")

    async def _robots_of(self, url: str) -> _Robots:
        origin = _origin(url)
        if origin not in self._robots:
            self._robots[origin] = asyncio.create_task(self._fetch_robots(origin))
        return await self._robots[origin]

    async def _fetch_robots(self, origin: str) -> _Robots:
        """Read robots.txt as RFC 9309 asks: a 4xx allows all; a 5xx allows nothing."""
        url = f"{origin}/robots.txt"
        for _ in range(MAX_REDIRECTS + 1):
            answer = await self._get(url)
            if answer.status not in _REDIRECTS or answer.location is None:
                break
            url = _next_address(url, answer.location)
        if answer.status >= 500:
            return _Robots(None, why_not=f"{origin}/robots.txt answers {answer.status}, so nothing may be fetched")
        text = answer.body[:MAX_ROBOTS] if answer.status == 200 else b""
        rules = Protego.parse(text.decode("utf-8", "replace"))
        self._host(origin).crawl_delay = min(float(rules.crawl_delay(self._manners.user_agent) or 0), MAX_PAUSE)
        return _Robots(rules, text=text)

    async def _get(self, url: str) -> _Answer:
        """Make one request, alone on its host and no sooner than the host's pause allows."""
        host = self._host(url)
        async with host.lock:
            await asyncio.sleep(max(0.0, host.free_at - time.monotonic()))
            try:
                return await self._request(url)
            finally:
                host.free_at = time.monotonic() + max(self._manners.delay, host.crawl_delay)

    async def _request(self, url: str) -> _Answer:
        self._guard.check(url)
        try:
            async with self._session.get(url, allow_redirects=False) as response:
                body = await _read(response, max_size=self._manners.max_size)
                return _Answer(status=response.status, body=body, content_type=response.headers.get("Content-Type"),
                               location=response.headers.get("Location"))
        except TimeoutError as error:
            raise FetchError("timeout", f"no whole answer in {self._manners.timeout:g} s from {url}") from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise FetchError("unreachable", f"{error or type(error).__name__}") from error

    def _host(self, url: str) -> _Host:
        return self._hosts.setdefault(urlsplit(url).netloc.lower(), _Host())


@asynccontextmanager
async def open_probe(manners: Manners, *, trusted: tuple[str, ...] = ()) -> AsyncIterator[Probe]:
    """Open a visit. ``trusted`` are addresses the owner wrote: their hosts may be private ones, others may not."""
    guard = _PublicOnly(trusted)
    connector = aiohttp.TCPConnector(resolver=guard, limit=16, limit_per_host=1)
    async with aiohttp.ClientSession(
            connector=connector, cookie_jar=aiohttp.DummyCookieJar(), trust_env=True,
            timeout=aiohttp.ClientTimeout(total=manners.timeout),
            headers={"User-Agent": manners.user_agent}) as session:
        yield Probe(session, manners=manners, guard=guard)


def fetch_once(url: str, *, user_agent: str, timeout: float = 20.0, max_size: int = MAX_SIZE) -> Fetched:
    """Ask for one address from code that is not asynchronous; raise FetchError if no answer may be had."""

    async def visit() -> Fetched:
        manners = Manners(user_agent=user_agent, timeout=timeout, delay=0.0, max_size=max_size)
        async with open_probe(manners, trusted=(url,)) as probe:
            return await probe.fetch(url)

    return asyncio.run(visit())


class _PublicOnly(AbstractResolver):
    """Resolve names to public addresses only, so that no page can send us into the network of its reader.

    The check stands where the name is resolved for the connection itself: a name that answers differently the second
    time gains nothing. Addresses that are numbers already never reach a resolver; ``check`` sees those.
    """

    def __init__(self, trusted: tuple[str, ...]) -> None:
        self._resolver = DefaultResolver()
        proxies = urllib.request.getproxies()
        self._trusted = {urlsplit(url).hostname for url in (*trusted, *proxies.values())}
        self._proxied = {scheme for scheme in ("http", "https") if scheme in proxies}

    def check(self, url: str) -> None:
        """Raise FetchError if ``url`` names a private address by its number and no proxy stands between."""
        parts = urlsplit(url)
        host = parts.hostname or ""
        if host in self._trusted or (parts.scheme in self._proxied and not urllib.request.proxy_bypass(host)):
            return
        if _is_number(host) and not _is_public(host):
            raise FetchError("private", f"{host} is not a public address")

    async def resolve(self, host: str, port: int = 0,
                      family: socket.AddressFamily = socket.AF_INET) -> list[ResolveResult]:
        """Resolve ``host``; raise FetchError where it leads to a private address."""
        found = await self._resolver.resolve(host, port, family)
        if host in self._trusted:
            return found
        public = [address for address in found if _is_public(address["host"])]
        if found and not public:
            raise FetchError("private", f"{host} leads to {found[0]['host']}, which is not a public address")
        return public

    async def close(self) -> None:
        """Release the resolver."""
        await self._resolver.close()


async def _read(response: aiohttp.ClientResponse, *, max_size: int) -> bytes:
    """Read a body while it is decoded, no further than ``max_size``."""
    body = bytearray()
    async for chunk in response.content.iter_chunked(64 * 1024):
        body += chunk
        if len(body) > max_size:
            raise FetchError("too_large", f"more than {max_size} bytes")
    return bytes(body)


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


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_public(host: str) -> bool:
    address = ipaddress.ip_address(host.partition("%")[0])
    mapped = getattr(address, "ipv4_mapped", None)  # ::ffff:10.0.0.1 is 10.0.0.1
    address = mapped or address
    return address.is_global and not address.is_multicast
