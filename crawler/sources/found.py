"""A site that nobody has written down yet: its feeds and sitemaps found, each of them tried, and the site described."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from crawler.discover.hosts import registrable_domain
from crawler.discover.sites import find_feeds, find_sitemaps, guess_addresses
from crawler.sources.announced import Announced, Kind, parse_announced
from crawler.sources.probe import Fetched, FetchError, Manners, Probe, open_probe
from store.errors import AvvisiError, DiscoveryError

MOST_FEEDS = 12  # some sites declare a feed for each topic and each author; more than this many are not even tried
MOST_SITEMAPS = 6


class NothingFound(AvvisiError):
    """A site was looked at and announces nothing that avvisi can read."""


@dataclass(frozen=True, kw_only=True)
class Tried:
    """An address that was tried and left out, and why."""

    url: str
    why: str


@dataclass(frozen=True, kw_only=True)
class FoundSite:
    """What a site announces and what it says of itself; ``home`` is its front page as fetched, if it was."""

    site: str
    feeds: tuple[Announced, ...]
    sitemaps: tuple[Announced, ...]
    sections: tuple[Announced, ...]
    left_out: tuple[Tried, ...]
    home: Fetched | None = None


def find_site(url: str, *, manners: Manners, tell: Callable[[str], None]) -> FoundSite:
    """Look at the site at ``url`` (its front page, a part of it, or a feed itself) and try what it announces.

    ``tell`` hears of each step. Raise NothingFound with the reason when there is nothing to read.
    """

    async def visit() -> FoundSite:
        async with open_probe(manners, trusted=(url,)) as probe:
            return await _Search(probe, tell).look_at(url)

    return asyncio.run(visit())


@dataclass
class _Search:
    """One look at one site: what was kept so far and what was left out."""

    probe: Probe
    tell: Callable[[str], None]
    kept: list[Announced] = field(default_factory=list)
    left_out: list[Tried] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    domain: str = ""

    async def look_at(self, url: str) -> FoundSite:
        self.tell(f"asking {url}")
        home = await self._fetch_home(url)
        self.asked |= {url, home.url}
        self.domain = _domain(home.url)
        itself = _read_as(home, (Kind.FEED, Kind.SITEMAP))
        if itself is not None:
            self.kept.append(itself)
            return self._found(urljoin(home.url, "/"), home=None)
        await self._try_declared(home)
        if not self.kept:
            await self._try_guesses(home)
        if not self.kept:
            self._take_as_section(home)
        if not self.kept:
            raise NothingFound(f"{home.url}: no feed, no sitemap and no list of articles was found"
                               f"{self._tried_in_words()}")
        return self._found(home.url, home=home)

    async def _fetch_home(self, url: str) -> Fetched:
        try:
            home = await self.probe.fetch(url)
        except FetchError as error:
            raise NothingFound(f"{url}: {error}") from error
        if not 200 <= home.status < 300:
            raise NothingFound(f"{url}: answers {home.status}")
        return home

    async def _try_declared(self, home: Fetched) -> None:
        """Try what the page points to and what robots.txt declares for the site."""
        for feed in find_feeds(home.body, url=home.url)[:MOST_FEEDS]:
            await self._try(feed.url, (Kind.SITEMAP,) if feed.kind == "sitemap" else (Kind.FEED,))
        robots = await self.probe.fetch_robots(home.url)
        for url in find_sitemaps(robots, url=urljoin(home.url, "/robots.txt"))[:MOST_SITEMAPS]:
            await self._try(url, (Kind.SITEMAP,))

    async def _try_guesses(self, home: Fetched) -> None:
        """Try the common addresses, feeds first, until one gives something: each further one is the same again."""
        for url in guess_addresses(home.url):
            if self.kept:
                return
            await self._try(url, (Kind.FEED, Kind.SITEMAP), guessed=True)

    async def _try(self, url: str, kinds: tuple[Kind, ...], *, guessed: bool = False) -> None:
        if url in self.asked:
            return
        self.asked.add(url)
        self.tell(f"trying {url}")
        why = await self._why_not(url, kinds)
        if why and not guessed:
            self.left_out.append(Tried(url=url, why=why))

    async def _why_not(self, url: str, kinds: tuple[Kind, ...]) -> str | None:
        """Keep what stands at ``url``, or say why it is not kept."""
        try:
            fetched = await self.probe.fetch(url)
        except FetchError as error:
            return str(error)
        if not 200 <= fetched.status < 300:
            return f"answers {fetched.status}"
        announced = _read_as(fetched, kinds)
        if announced is None:
            return f"is no {' and no '.join(kinds)}"
        if not announced.count:
            return "lists nothing"
        return self._keep(announced)

    def _keep(self, announced: Announced) -> str | None:
        """Keep what says something new. An Atom twin of an RSS feed does not, nor does the archive beside a feed."""
        if any(other.url == announced.url for other in self.kept):
            return "leads to an address that is already kept"
        if not _is_from(self.domain, announced):
            return "is another site's"
        if announced.links and _keys(announced) <= _keys(*self.kept):
            return "lists the same articles as those already kept"
        if announced.kind is Kind.SITEMAP and not _is_for_news(announced) and self.kept:
            return f"is a sitemap of the whole site ({announced.count} entries); the feeds say what is new"
        self.kept.append(announced)
        return None

    def _take_as_section(self, home: Fetched) -> None:
        section = _read_as(home, (Kind.SECTION,))
        if section is not None and section.links:
            self.kept.append(section)

    def _found(self, site: str, *, home: Fetched | None) -> FoundSite:
        def of(kind: Kind) -> tuple[Announced, ...]:
            return tuple(announced for announced in self.kept if announced.kind is kind)

        return FoundSite(site=site, feeds=of(Kind.FEED), sitemaps=of(Kind.SITEMAP), sections=of(Kind.SECTION),
                         left_out=tuple(self.left_out), home=home)

    def _tried_in_words(self) -> str:
        return "".join(f"; {tried.url} {tried.why}" for tried in self.left_out)


def _read_as(fetched: Fetched, kinds: Iterable[Kind]) -> Announced | None:
    for kind in kinds:
        try:
            return parse_announced(kind, fetched)
        except DiscoveryError:
            continue  # it is something else, which is what was asked
    return None


def _keys(*announced: Announced) -> set[str]:
    return {link.key for one in announced for link in one.links}


def _is_from(domain: str, announced: Announced) -> bool:
    """Tell whether an address speaks for a site: it is the site's own, or elsewhere with articles of the site's."""
    return _domain(announced.url) == domain or any(_domain(link.url) == domain for link in announced.links)


def _domain(url: str) -> str:
    return registrable_domain(urlsplit(url).hostname or "")


def _is_for_news(sitemap: Announced) -> bool:
    """Tell whether a sitemap follows the news: it gives titles, as only news sitemaps do, or it says so in its name."""
    return any(link.title for link in sitemap.links) or "news" in urlsplit(sitemap.url).path.lower()
