"""Find articles in sitemaps."""

from collections.abc import Iterable

from scrapy.http import Response

from crawler.discover.sitemaps import parse_sitemap
from crawler.spiders.base import Discovered, SourceSpider

PLACES_A_RUN = 50  # sitemaps that one run asks for, indexes included: enough for a paper's year, no trap


class SitemapSpider(SourceSpider):
    """Read a source's news sitemaps, plain sitemaps and sitemap indexes."""

    name = "sitemap"
    most_bytes = 16 << 20
    places = PLACES_A_RUN

    def addresses(self) -> Iterable[str]:
        """The source's sitemaps."""
        self._asked = set(self.run.source.sitemaps)
        return self.run.source.sitemaps

    async def discover(self, response: Response) -> Discovered:
        """Read the sitemap's pages, and the sitemaps that an index names."""
        sitemap = await self.run.workshop.readers.call(parse_sitemap, response.body, url=response.url)
        further = [url for url in dict.fromkeys(sitemap.sitemaps) if url not in self._asked]
        further = further[: max(0, self.places - len(self._asked))]
        self._asked.update(further)
        return Discovered(links=sitemap.links, places=tuple(further), is_whole=sitemap.is_whole)
