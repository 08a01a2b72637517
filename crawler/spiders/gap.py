"""Find what a feed no longer lists: after a time without a good answer, in the sitemaps that the site announces."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from scrapy.http import Response

from crawler.discover.hosts import host_of, registrable_domain
from crawler.sources import Source
from crawler.spiders.base import Discovered
from crawler.spiders.sitemap import SitemapSpider
from crawler.workshop import Gap
from store.values import Link

PLACES = 8  # sitemaps that one gap is worth, indexes included
MOST = 500  # articles


class GapSpider(SitemapSpider):
    """Read the sitemaps of a site for the articles of a gap."""

    name = "gap"
    places = PLACES

    @property
    def gap(self) -> Gap:
        """What is to be filled."""
        assert self.run.gap is not None  # who starts this spider has found one
        return self.run.gap

    def addresses(self) -> Iterable[str]:
        """The sitemaps that the site's robots.txt announces, those for news first."""
        self._asked = set(self.gap.sitemaps)
        return self.gap.sitemaps

    async def discover(self, response: Response) -> Discovered:
        """Read a sitemap's pages of that time."""
        found = await super().discover(response)
        since, until = self.gap.since, self.gap.until
        links = [link for link in found.links if is_of(link, self.run.source) and is_between(link, since, until)]
        return replace(found, links=tuple(links[:MOST]))


def is_between(link: Link, since: datetime, until: datetime) -> bool:
    """Whether a sitemap dates a page into a time; without a date it may be of any."""
    stated = link.published or link.modified
    return stated is not None and since <= stated.at <= until


def is_of(link: Link, source: Source) -> bool:
    """Whether a page is a source's: a sitemap is its whole site's, and the source may be a part of it."""
    site, page = urlsplit(source.site), urlsplit(link.url)
    if registrable_domain(host_of(link.url)) != registrable_domain(host_of(source.site)):
        return False
    return page.path.startswith(site.path) or site.path in ("", "/")
