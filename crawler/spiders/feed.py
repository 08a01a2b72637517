"""Find articles in feeds, and feeds that went elsewhere."""

from collections.abc import AsyncIterator, Iterable
from datetime import timedelta
from difflib import SequenceMatcher

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.discover.feeds import parse_feed
from crawler.discover.sites import FoundFeed, find_feeds
from crawler.spiders.base import Discovered, SourceSpider, header
from crawler.workshop import utcnow

SEARCH_PAUSE = timedelta(days=1)
CANDIDATES = 2


class FeedSpider(SourceSpider):
    """Read a source's RSS, Atom and JSON feeds."""

    name = "feed"

    def addresses(self) -> Iterable[str]:
        """The source's feeds."""
        return self.run.source.feeds

    async def discover(self, response: Response) -> Discovered:
        """Read the feed's entries."""
        feed = await self.run.workshop.readers.call(
            parse_feed, response.body, url=response.url, content_type=header(response, "Content-Type")
        )
        return Discovered(links=feed.links, wishes=feed.wishes, is_whole=feed.is_whole)

    async def search_place(self, place: str, *, origin: str | None) -> AsyncIterator[Request]:
        """Look for a feed that the site announces instead of one that is gone; once a day at most."""
        async for request in super().search_place(place, origin=origin):
            yield request
        now, searched = utcnow(), self.run.workshop.searched
        if place == origin and now - searched.get(place, now - SEARCH_PAUSE) >= SEARCH_PAUSE:
            searched[place] = now
            yield Request(self.run.source.site, callback=self.parse_site, errback=self.leave_site, dont_filter=True,
                          priority=10, meta={"origin": origin})

    async def parse_site(self, response: Response) -> AsyncIterator[Request]:
        """Try the feeds that the site announces and the source does not have, the one named most like it first."""
        origin = response.meta["origin"]
        if 200 <= response.status < 300:
            announced = await self.run.workshop.readers.call(find_feeds, response.body, url=response.url)
            taken = {*self.run.source.feeds, *self.run.moves.values()}
            for url in choose_feeds(announced, gone=origin, taken=taken)[:CANDIDATES]:
                yield await self.request_place(url, origin=origin, how="autodiscovery")

    def leave_site(self, failure: Failure) -> None:
        """Leave it: the feed that is gone is named in the report already."""


def choose_feeds(announced: Iterable[FoundFeed], *, gone: str, taken: set[str]) -> list[str]:
    """Order the feeds that a site announces by how much they may be the one that is gone."""
    addresses = [feed.url for feed in announced if feed.kind != "sitemap" and feed.url not in taken]
    return sorted(addresses, key=lambda url: -SequenceMatcher(None, url, gone, autojunk=False).ratio())
