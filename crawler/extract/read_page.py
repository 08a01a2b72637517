"""What reading a page gives to the process that asked for it, which need not hold the readers to take it."""

from dataclasses import dataclass

from store.page_lines import PageLines
from store.values import Article


@dataclass(frozen=True, kw_only=True)
class ReadPage:
    """An article, and the lines of the page it was read on: what the memory of its site learns from."""

    article: Article
    lines: PageLines
