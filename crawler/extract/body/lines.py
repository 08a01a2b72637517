"""From blocks to lines: what a block is marked as, and the cells of one table row as one line."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from crawler.extract.body.blocks import Block, Blocks, Nodes
from crawler.extract.line import Line

FILTER = "line_filter"
"""The name under which the filter's removals stand."""

_CELLS = ("td", "th")
_TAGS = {**{f"h{level}": f"h{level}" for level in range(1, 7)}, "li": "li", "dd": "li", "dt": "li", "pre": "pre",
         "blockquote": "blockquote", "figcaption": "caption", "caption": "caption"}
_REACH = 3  # a paragraph in a list item is the item


def write_lines(page: Blocks, *, kept: Sequence[bool], read: Sequence[bool]) -> tuple[Line, ...]:
    """Write the blocks that are kept, and with the filter's name those that were read and are not kept."""
    chosen = [(block, keep) for block, keep, was_read in zip(page.blocks, kept, read, strict=True)
              if keep or was_read]
    return tuple(_write(page, chosen))


def _write(page: Blocks, chosen: Sequence[tuple[Block, bool]]) -> Iterator[Line]:
    numbered = enumerate(chosen)
    for _, group in groupby(numbered, key=lambda item: _row(page.nodes, item[0], *item[1])):
        parts = [part for _, part in group]
        block, keep = parts[0]
        yield Line(text=" | ".join(part.text for part, _ in parts), tag=_tag(page.nodes, block.node),
                   dropped_by=None if keep else FILTER)


def _row(nodes: Nodes, number: int, block: Block, keep: bool) -> tuple[int, int, bool]:
    """What blocks of one line share: the row of a table cell; every other block stands alone."""
    is_cell = nodes.tags[block.node] in _CELLS
    return (nodes.parents[block.node], -1, keep) if is_cell else (-1, number, keep)


def _tag(nodes: Nodes, index: int) -> str:
    """The mark of the nearest element that has one; a cell counts only where the text stands in it directly."""
    if nodes.tags[index] in _CELLS:
        return "tr"
    for _ in range(_REACH):
        if nodes.tags[index] in _TAGS:
            return _TAGS[nodes.tags[index]]
        index = nodes.parents[index]
        if index <= 0:
            break
    return "p"
