"""What an address announces: one way of reading for feeds, sitemaps and section pages."""

from dataclasses import dataclass
from enum import StrEnum

from crawler.discover.feeds import parse_feed
from crawler.discover.sections import parse_section
from crawler.discover.sitemaps import parse_sitemap
from crawler.sources.probe import Fetched
from store.values import Link


class Kind(StrEnum):
    """How an address announces articles."""

    FEED = "feed"
    SITEMAP = "sitemap"
    SECTION = "section"


@dataclass(frozen=True, kw_only=True)
class Announced:
    """The articles at an address, or the ``sitemaps`` that an index leads to; ``language`` as the feed wrote it."""

    kind: Kind
    url: str
    links: tuple[Link, ...]
    sitemaps: tuple[str, ...] = ()
    title: str | None = None
    language: str | None = None

    @property
    def count(self) -> int:
        """How many things it leads to."""
        return len(self.links) + len(self.sitemaps)


def parse_announced(kind: Kind, fetched: Fetched) -> Announced:
    """Read an answer as what it is taken for; raise DiscoveryError if it is something else."""
    match kind:
        case Kind.FEED:
            feed = parse_feed(fetched.body, url=fetched.url, content_type=fetched.content_type)
            return Announced(kind=kind, url=fetched.url, links=feed.links, title=feed.title, language=feed.language)
        case Kind.SITEMAP:
            sitemap = parse_sitemap(fetched.body, url=fetched.url)
            return Announced(kind=kind, url=fetched.url, links=sitemap.links, sitemaps=sitemap.sitemaps)
        case Kind.SECTION:
            links = parse_section(fetched.body, url=fetched.url, content_type=fetched.content_type)
            return Announced(kind=kind, url=fetched.url, links=links)
