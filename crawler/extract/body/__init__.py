"""Body: which lines of a page are its article, for sites nobody wrote a rule for.

``blocks`` cuts the page into blocks, ``readings`` asks others what they read there (trafilatura first of all),
``features`` measures each block, ``model`` gives its chance to be the article's, ``choice`` keeps or drops it.
How it was made and what it scores: docs/design/line-filter.md.
"""

from dataclasses import dataclass

from lxml import html

from crawler.extract.body.blocks import Blocks, walk
from crawler.extract.body.choice import choose
from crawler.extract.body.features import Measure, measure
from crawler.extract.body.lines import write_lines
from crawler.extract.body.model import shipped
from crawler.extract.body.readings import read_with_others, strip
from crawler.extract.line import Line


@dataclass(frozen=True, slots=True)
class Body:
    """The lines of a page's article, and the blocks of the page that they were chosen from."""

    lines: tuple[Line, ...]
    blocks: Blocks


def read_body(tree: html.HtmlElement, *, url: str) -> tuple[Line, ...]:
    """Read the lines of a page's article, as ``read_with_blocks`` does; the tree is used up."""
    return read_with_blocks(tree, url=url).lines


def read_with_blocks(tree: html.HtmlElement, *, url: str) -> Body:
    """Read the lines of a page's article in reading order; none where the page has no text.

    A line that trafilatura read and the line filter does not believe comes back with ``dropped_by`` set; a line that
    trafilatura lost and the filter restores is simply there. The tree is used up: a copy of it would cost a fortieth of
    all reading.
    """
    page, measured = measure_page(tree, url=url)
    if measured is None:
        return Body((), page)
    chances = shipped().trees.chances(measured.rows)
    return Body(write_lines(page, kept=choose(measured, chances), read=measured.was_read.tolist()), page)


def measure_page(tree: html.HtmlElement, *, url: str) -> tuple[Blocks, Measure | None]:
    """Cut a page into blocks and measure them; None where it has none. The tree is used up."""
    strip(tree)
    page, elements = walk(tree, url=url)
    return page, measure(page, read_with_others(tree, page, elements)) if page.blocks else None
