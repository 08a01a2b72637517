"""Find articles in feeds."""

from collections.abc import Iterable

from scrapy.http import Response

from crawler.discover.feeds import parse_feed
from crawler.spiders.base import Discovered, SourceSpider, header


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
        return Discovered(links=feed.links, wishes=feed.wishes)
