"""Find articles on pages that list them."""

from collections.abc import Iterable

from scrapy.http import Response

from crawler.discover.sections import parse_section
from crawler.spiders.base import Discovered, SourceSpider, header
from store.errors import DiscoveryError


class SectionSpider(SourceSpider):
    """Read the links of a source's section pages that look like articles."""

    name = "section"
    reads_pages = True
    most_new = 500  # a front page shows some hundred articles; who shows more new ones each time shows no articles

    def addresses(self) -> Iterable[str]:
        """The source's section pages."""
        return self.run.source.sections

    async def discover(self, response: Response) -> Discovered:
        """Read the page's links to articles; a page without any is named, not passed over."""
        links = await self.run.workshop.readers.call(
            parse_section, response.body, url=response.url, content_type=header(response, "Content-Type")
        )
        if not links:
            raise DiscoveryError("no_links", "the page lists nothing that looks like an article")
        return Discovered(links=links)
