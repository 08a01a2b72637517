"""The lines of a page, all of them and not only the article's: what a site's memory learns from.

What recurs is told from what does not by looking at everything that a page shows: a reader that leaves a line out on
most pages and lets it in on some has said what the line is.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from crawler.extract.body.blocks import NEAREST, Block, Blocks
from crawler.extract.line_keys import LONGEST, exact_key, line_keys
from crawler.extract.text import INVISIBLE
from store import page_lines
from store.memo import remember
from store.page_lines import PageLines

MOST_LINES = 400  # outside the text; what follows is the tail of an endless page
SAMPLE = 160  # characters that are kept of a line, for people to read
HEAD_LINES = 2  # of a text
TAIL_LINES = 4
LINKED = 0.5  # share of a block's characters in links, from which it is a way to other pages and shows their titles
STRONG = 0.9  # share of a block's characters in bold, from which it is a heading

LONGEST_NAME = 300  # characters of an element's names

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_NAV = NEAREST.index("nav")
_DIGIT = re.compile(r"\d")  # in a name that may be another one on each element


class Place(StrEnum):
    """Where a line stands: in the article's text, or outside of it."""

    HEAD = "head"
    BODY = "body"
    TAIL = "tail"
    OUTSIDE = "outside"


_MARKS = {Place.HEAD: page_lines.HEAD, Place.TAIL: page_lines.TAIL, Place.OUTSIDE: page_lines.OUTSIDE}


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


_Dress = tuple[str, str, str, str]


@dataclass(slots=True)
class _Seen:
    """A block of the page, with the kind of element that it stands in."""

    text: str
    dress: _Dress
    is_heading: bool


def see_lines(paragraphs: Sequence[str], page: Blocks | None = None) -> tuple[SeenLine, ...]:
    """Return the lines of a page, each once: the article's paragraphs first, then those outside the text.

    Without a page there is only the text. Lines without words, and blocks that are links, are left out.
    """
    return _see_lines(paragraphs, [line_keys(paragraph) for paragraph in paragraphs], page)


def _see_lines(paragraphs: Sequence[str], keys_of: Sequence[tuple[int, ...]],
               page: Blocks | None) -> tuple[SeenLine, ...]:
    exact = [keys[0] if keys else None for keys in keys_of]
    blocks = {} if page is None else _index(page, dict(zip(paragraphs, exact, strict=True)))
    prose = _find_dress(zip(paragraphs, exact, strict=True), blocks)
    times = Counter(exact)
    seen: dict[int, SeenLine] = {}
    for number, (paragraph, keys) in enumerate(zip(paragraphs, keys_of, strict=True)):
        if keys and keys[0] not in seen:
            block = blocks.get(keys[0])
            seen[keys[0]] = SeenLine(
                keys=keys,
                text=paragraph[:SAMPLE],
                place=place_of(number, len(paragraphs)),
                is_apart=block is not None and prose is not None and block.dress != prose,
                is_heading=block is not None and block.is_heading,
                is_repeated=times[keys[0]] > 1,
            )
    outside = ((key, block) for key, block in blocks.items() if key not in seen)
    for (key, block), _ in zip(outside, range(MOST_LINES), strict=False):
        seen[key] = SeenLine(keys=(key,), text=block.text[:SAMPLE], place=Place.OUTSIDE, is_apart=block.dress != prose,
                             is_heading=block.is_heading)
    return tuple(seen.values())


def gather(paragraphs: Sequence[str], page: Blocks | None = None) -> PageLines:
    """Return the lines of a page as its site's memory counts them: small, for they travel from process to process."""
    keys_of = tuple(map(line_keys, paragraphs))
    seen = _see_lines(paragraphs, keys_of, page)
    marks = {line.keys[0]: _mark(line) for line in seen}
    for line in seen:
        mark = marks[line.keys[0]] | page_lines.TEMPLATE
        for key in line.keys[1:]:
            marks.setdefault(key, mark)
    return PageLines(keys=tuple(marks), marks=bytes(marks.values()), samples=tuple(line.text for line in seen),
                     paragraphs=keys_of)


def _mark(line: SeenLine) -> int:
    mark = _MARKS.get(line.place, 0)
    mark |= page_lines.APART * line.is_apart | page_lines.HEADING * line.is_heading
    return mark | page_lines.REPEATED * line.is_repeated


def place_of(number: int, count: int) -> Place:
    """Say where a line of a text stands, by its number from 0."""
    if number < min(HEAD_LINES, count // 2):
        return Place.HEAD
    return Place.TAIL if number >= count - TAIL_LINES else Place.BODY


def _index(page: Blocks, text: Mapping[str, int | None]) -> dict[int, _Seen]:
    """Index blocks by their key; of several that say the same the first stands for all. Links count in a text only."""
    found: dict[int, _Seen] = {}
    for line, block in _look(page):
        if line in text:
            key = text[line]
        elif block.linked > len(line) * LINKED:
            continue
        else:
            key = exact_key(line)
        if key is not None and key not in found:
            is_heading = page.nodes.tags[block.node] in HEADINGS or block.strong >= len(line) * STRONG
            found[key] = _Seen(line, _dress_of(page, block), is_heading)
    return found


def _find_dress(paragraphs: Iterable[tuple[str, int | None]], blocks: dict[int, _Seen]) -> _Dress | None:
    """Find the kind of element that most of a text stands in; none where the text is not found on the page."""
    weights = Counter[_Dress]()
    for paragraph, key in paragraphs:
        if key is not None and key in blocks:
            weights[blocks[key].dress] += len(paragraph)
    return weights.most_common(1)[0][0] if weights else None


def _look(page: Blocks) -> Iterator[tuple[str, Block]]:
    """See the lines of a page outside its navigation, in reading order."""
    is_in_navigation = page.nodes.inside(_NAV)
    for block in page.blocks:
        if not is_in_navigation[block.node]:
            yield (block.text if block.text.isascii() else INVISIBLE.sub("", block.text))[:LONGEST], block


def _dress_of(page: Blocks, block: Block) -> _Dress:
    """Name the kind of an element: its tag and names, and those of what it stands in."""
    nodes, node = page.nodes, block.node
    parent = max(nodes.parents[node], 0)
    return (nodes.tags[parent], _leave_lasting(nodes.names[parent]), nodes.tags[node],
            _leave_lasting(nodes.names[node]))


@remember(4096, longest=256)  # names recur from element to element
def _leave_lasting(name: str) -> str:
    return " ".join(word for word in name[:LONGEST_NAME].split() if not _DIGIT.search(word))
