"""Body: which lines of a page are its article, for sites nobody wrote a rule for.

``blocks`` cuts the page into blocks, ``readings`` asks others what they read there (trafilatura first of all),
``features`` measures each block, ``model`` gives its chance to be the article's, ``choice`` keeps or drops it.
How it was made and what it scores: docs/design/line-filter.md.
"""

from lxml import html

from crawler.extract.body.blocks import find_blocks
from crawler.extract.body.choice import choose
from crawler.extract.body.features import Measure
from crawler.extract.body.lines import write_lines
from crawler.extract.body.model import shipped
from crawler.extract.body.readings import read_with_others
from crawler.extract.line import Line


def read_body(tree: html.HtmlElement, *, url: str) -> tuple[Line, ...]:
    """Read the lines of a page's article in reading order; empty where the page has no text.

    A line that trafilatura read and the line filter does not believe comes back with ``dropped_by`` set; a line that
    trafilatura lost and the filter restores is simply there. The tree is left as it was.
    """
    page = find_blocks(tree)
    if not page.blocks:
        return ()
    measure = Measure(page, read_with_others(tree, url=url))
    chances = shipped().chances(measure)
    return write_lines(page, kept=choose(measure, chances), read=measure.was_read)
