"""The lines of a page, all of them and not only the article's: what a site's memory learns from.

What recurs is told from what does not by looking at everything that a page shows: a reader that leaves a line out on
most pages and lets it in on some has said what the line is.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import lxml.html
from lxml import etree

from crawler.extract.line_keys import LONGEST, exact_key, line_keys
from crawler.extract.text import normalise_line

MOST_LINES = 400  # outside the text; what follows is the tail of an endless page
MOST_WALKED = 60_000  # steps of the walk
SAMPLE = 300  # characters that are kept of a line, for people to read
HEAD_LINES = 2  # of a text
TAIL_LINES = 4
LINKED = 0.5  # share of a block's characters in links, from which it is a way to other pages and shows their titles
STRONG = 0.9  # share of a block's characters in bold, from which it is a heading

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
UNSEEN = frozenset({
    "head", "script", "style", "noscript", "template", "svg", "iframe", "select", "textarea", "object", "title", "nav",
    "math", "video", "audio", "canvas",
})
INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
    "wbr",
})


class Place(StrEnum):
    """Where a line stands: in the article's text, or outside of it."""

    HEAD = "head"
    BODY = "body"
    TAIL = "tail"
    OUTSIDE = "outside"


@dataclass(frozen=True, kw_only=True, slots=True)
class SeenLine:
    """A line as one page shows it.

    ``keys`` are those of ``line_keys``, the line's own first. ``is_apart``: its element is another kind than that of
    the text's paragraphs. ``is_repeated``: the text has it twice or more.
    """

    keys: tuple[int, ...]
    text: str
    place: Place
    is_apart: bool = False
    is_heading: bool = False
    is_repeated: bool = False


@dataclass(slots=True)
class _Block:
    """A run of text between two boundaries of blocks."""

    text: str
    dress: str
    is_heading: bool
    is_linked: bool


def see_lines(paragraphs: Sequence[str], tree: lxml.html.HtmlElement | None = None) -> tuple[SeenLine, ...]:
    """Return the lines of a page, each once: the article's paragraphs first, then those outside the text.

    Without a tree there is only the text. Lines without words, and blocks that are links, are left out.
    """
    blocks = {} if tree is None else _index(_walk(tree), frozenset(paragraphs))
    prose = _find_dress(paragraphs, blocks)
    times = Counter(map(exact_key, paragraphs))
    seen: dict[int, SeenLine] = {}
    for number, paragraph in enumerate(paragraphs):
        keys = line_keys(paragraph)
        if keys and keys[0] not in seen:
            block = blocks.get(keys[0])
            seen[keys[0]] = SeenLine(
                keys=keys,
                text=paragraph[:SAMPLE],
                place=place_of(number, len(paragraphs)),
                is_apart=block is not None and bool(prose) and block.dress != prose,
                is_heading=block is not None and block.is_heading,
                is_repeated=times[keys[0]] > 1,
            )
    outside = ((key, block) for key, block in blocks.items() if key not in seen and not block.is_linked)
    for (key, block), _ in zip(outside, range(MOST_LINES), strict=False):
        seen[key] = SeenLine(keys=(key,), text=block.text[:SAMPLE], place=Place.OUTSIDE, is_apart=block.dress != prose,
                             is_heading=block.is_heading)
    return tuple(seen.values())


def place_of(number: int, count: int) -> Place:
    """Say where a line of a text stands, by its number from 0."""
    if number < min(HEAD_LINES, count // 2):
        return Place.HEAD
    return Place.TAIL if number >= count - TAIL_LINES else Place.BODY


def _index(blocks: Iterable[_Block], text: frozenset[str]) -> dict[int, _Block]:
    """Index blocks by their key; of several that say the same the first stands for all. Links count in a text only."""
    found: dict[int, _Block] = {}
    for block in blocks:
        key = exact_key(block.text) if not block.is_linked or block.text in text else None
        if key is not None:
            found.setdefault(key, block)
    return found


def _find_dress(paragraphs: Iterable[str], blocks: dict[int, _Block]) -> str:
    """Find the kind of element that most of a text stands in; none where the text is not found on the page."""
    weights = Counter[str]()
    for paragraph in paragraphs:
        key = exact_key(paragraph)
        if key is not None and key in blocks:
            weights[blocks[key].dress] += len(paragraph)
    return weights.most_common(1)[0][0] if weights else ""


def _walk(tree: lxml.html.HtmlElement) -> list[_Block]:
    """Cut a page into its blocks, in reading order, in one walk without recursion."""
    walker = _Walker()
    steps = etree.iterwalk(tree, events=("start", "end"))
    for (event, element), _ in zip(steps, range(MOST_WALKED), strict=False):
        if not isinstance(element.tag, str):
            continue
        if event == "end":
            walker.leave(element)
        elif walker.enter(element):
            steps.skip_subtree()
    walker.flush()
    return walker.blocks


class _Walker:
    """What a walk over a page holds: the block being read, and the elements it stands in."""

    def __init__(self) -> None:
        self.blocks: list[_Block] = []
        self._around: list[etree._Element] = []
        self._pieces: list[str] = []
        self._links = self._bold = 0
        self._linked = self._strong = 0

    def enter(self, element: etree._Element) -> bool:
        """Begin an element; tell whether to skip what is in it."""
        tag = element.tag
        if tag in UNSEEN:
            return True
        if tag in INLINE:
            self._links += tag == "a"
            self._bold += tag in ("b", "strong")
        else:
            self.flush()
            self._around.append(element)
        self._add(element.text)
        return False

    def leave(self, element: etree._Element) -> None:
        """End an element."""
        tag = element.tag
        if tag in INLINE:
            self._links -= tag == "a"
            self._bold -= tag in ("b", "strong")
        elif tag not in UNSEEN:
            self.flush()
            self._around.pop()
        self._add(element.tail)

    def _add(self, text: str | None) -> None:
        if text:
            self._pieces.append(text)
            if self._links:
                self._linked += len(text)
            if self._bold:
                self._strong += len(text)

    def flush(self) -> None:
        """End the block being read."""
        pieces, linked, strong = self._pieces, self._linked, self._strong
        self._pieces, self._linked, self._strong = [], 0, 0
        if not pieces:
            return
        joined = "".join(pieces)[:LONGEST * 2]
        text = "" if joined.isspace() else normalise_line(joined)
        if not text or not self._around:
            return
        element = self._around[-1]
        self.blocks.append(_Block(
            text=text[:LONGEST],
            dress=_dress_of(self._around),
            is_heading=element.tag in HEADINGS or strong >= len(text) * STRONG,
            is_linked=linked > len(text) * LINKED,
        ))


def _dress_of(around: list[etree._Element]) -> str:
    """Name the kind of an element: its tag and class, and those of what it stands in."""
    return " ".join(f"{element.tag}.{element.get('class') or ''}" for element in around[-2:])
