"""What is measured of each block: its own text, where it stands, what stands beside it, who else read it.

Nothing here knows a language, a site or a word of an article: lengths, shares, distances, punctuation and the hints of
``blocks.ROLE_WORDS``. One row a block, one column a feature.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from crawler.extract.body.blocks import NEAREST, Block, Blocks
from crawler.extract.body.characters import UNSPACED, count_kinds
from crawler.extract.body.readings import NO_READINGS, SENTENCE, Readings, squeeze_all
from crawler.extract.body.words import find_words, share_text, share_title

Matrix = NDArray[np.float32]
Column = NDArray[np.float64]

_ENDING = tuple(".!?…。！？؟।։።\"”»’'")
_TAGS = {tag: number for number, tag in enumerate([
    "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "figcaption", "td", "th", "span",
    "section", "article", "header", "footer", "dd", "dt", "button", "pre", "aside", "center", "main", "address",
    "figure", "label", "summary", "body",
], start=1)}
_LONG = 80  # squeezed letters of a block that is surely a paragraph
_READ = 0.6  # of a block in a reading: it was read
_START = 2_000  # characters of a block whose kinds are counted
_COUNTED = ("linked", "strong", "slanted", "links", "abroad", "times")
_TELLING = [number for number, kind in enumerate(NEAREST) if kind not in ("aside", "quote")]
"""The kinds of ancestors that are asked for; what the others say the words of class names say as well."""
_WORDY = 20  # letters of a block whose words are looked at
_FAR = 40.0
_NOWHERE = -99.0  # without a headline to stand apart from
_DENSE = 2.5  # letters that one sign of an unspaced script stands for


@dataclass(frozen=True, eq=False)
class Measure:
    """The measurements of one page: a row a block, and what the choice needs besides."""

    rows: Matrix
    sizes: Column
    """Length in characters, those of unspaced scripts counted as ``_DENSE`` ones."""
    was_read: NDArray[np.bool_]
    """Whether trafilatura's reading has most of the block."""
    is_paragraph: NDArray[np.bool_]
    """Whether it is as long as prose, and not a link."""


def measure(page: Blocks, readings: Readings) -> Measure:
    """Measure every block of a page that has at least one."""
    page_measure = _Measure(page, readings)
    columns = list(page_measure.columns().values())
    rows = np.concatenate(columns).astype(np.float32).reshape(len(columns), -1).T
    return Measure(rows=rows, sizes=page_measure.size, was_read=page_measure.read > _READ,
                   is_paragraph=(page_measure.length >= SENTENCE) & (page_measure.density < 0.5))


def feature_names() -> tuple[str, ...]:
    """The columns of ``measure``, in order."""
    page = Blocks(blocks=[Block("a", 0)])
    return tuple(_Measure(page, NO_READINGS).columns())


class _Measure:
    """The columns of one page, computed once; shared intermediate values stand as attributes."""

    def __init__(self, page: Blocks, readings: Readings) -> None:
        self.page, self.readings = page, readings
        blocks = page.blocks
        self.count = len(blocks)
        texts = [block.text for block in blocks]
        self.keys = squeeze_all(texts)
        self.counts = dict(zip(_COUNTED, np.array(list(map(attrgetter(*_COUNTED), blocks)), dtype=np.float64).T,
                               strict=True))
        self.length = np.array([len(key) for key in self.keys], dtype=np.float64)
        self.dense = _are_dense(texts)
        characters = np.array(list(map(len, texts)), dtype=np.float64)
        scale = np.where(self.dense, _DENSE, 1.0)
        self.length *= scale
        self.size = characters * scale
        self.node = np.array([block.node for block in blocks], dtype=np.intp)
        self.linked = np.minimum(self.counts["linked"] * scale, self.size)
        self.scale = scale
        self.density = self.linked / np.maximum(self.size, 1)
        self.plain = self.size - self.linked
        self.parent = np.maximum(np.array(page.nodes.parents, dtype=np.intp), 0)
        self.ends_at = _find_ends(page.nodes.parents)
        self.tag_of = np.array([_TAGS.get(tag, 0) for tag in page.nodes.tags], dtype=np.float64)
        self.depth = np.array(page.nodes.depths, dtype=np.float64)
        self.total = max(self.size.sum(), 1.0)
        self.held = [bool(readings.held) and readings.held[block.node] for block in blocks]
        self.read = find_in(readings.trafilatura, self.keys, self.held)
        self.node_size = self._sum_up(self.size)
        self.before = np.cumsum(self.size) - self.size
        self.title = _compare(self.keys, readings.titles)
        self.make = np.array(page.nodes.makes, dtype=np.intp) + 1
        self.full_make = _number(self.make[self.node] * (len(self.make) + 1) + self.make[self.parent[self.node]])

    def columns(self) -> dict[str, Column]:
        """All columns by name."""
        return {**self._text(), **self._markup(), **self._ancestors(), **self._reading(), **self._signature(),
                **self._containers(), **self._position(), **self._meta(), **self._page_wide(), **self._neighbours(),
                **self._twins(), **self._spread(), **self._headline(), **self._last_heading(),
                **self._shared_words()}

    def _text(self) -> dict[str, Column]:
        # a link of a menu that nobody read says all it has to say by its place: no need to look at its letters
        quiet = ((self.density > 0.95) & (self.read == 0)).tolist()
        texts = ["" if silent else block.text for block, silent in zip(self.page.blocks, quiet, strict=True)]
        size = np.maximum(self.size, 1)
        shares = {kind: count / np.minimum(size, _START)
                  for kind, count in count_kinds([text[:_START] for text in texts]).items()}
        self.unspaced = self.dense.astype(np.float64)
        self.words = np.array([block.text.count(" ") + 1 for block in self.page.blocks], dtype=np.float64)
        self.words = np.where(self.dense, self.length / 6, self.words)
        self.ends = np.array([text.endswith(_ENDING) for text in texts], dtype=np.float64)
        return {
            "size": self.size, "words": self.words, "unspaced": self.unspaced, "ends": self.ends,
            "word_length": self.length / self.words,
            "stops": shares["stops"], "stop_count": shares["stops"] * size, "upper": shares["upper"],
            "signs": shares["signs"],
        }

    def _markup(self) -> dict[str, Column]:
        nodes = self.page.nodes
        size = np.maximum(self.size / self.scale, 1)
        heads = self.tag_of[self.node] == _TAGS["h1"]
        times = self.counts["times"]
        return {
            "density": self.density, "links": self.counts["links"], "plain": self.plain,
            "strong": np.minimum(self.counts["strong"] / size, 1),
            "slanted": np.minimum(self.counts["slanted"] / size, 1),
            "abroad": self.counts["abroad"],
            "heads_before": np.cumsum(heads).astype(np.float64), "heads_all": np.full(self.count, float(heads.sum())),
            "times_before": np.cumsum(times) - times, "times_all": np.full(self.count, times.sum()),
            "tag": self.tag_of[self.node], "parent_tag": self.tag_of[self.parent[self.node]],
            "named": np.array(list(map(bool, nodes.names)), dtype=np.float64)[self.node],
            "depth": self.depth[self.node],
            "child": np.array(nodes.positions, dtype=np.float64)[self.node],
            "siblings": np.array(nodes.children, dtype=np.float64)[self.parent[self.node]],
        }

    def _ancestors(self) -> dict[str, Column]:
        """How near the nearest ancestor of each kind is, and how much of the page's text stands in it."""
        nearest = self._find_nearest()
        found = nearest >= 0
        distance = np.where(found, self.depth[self.node] - self.depth[nearest], _FAR)
        share = np.where(found, self.node_size[nearest] / self.total, -1.0)
        columns = {}
        for number in _TELLING:
            kind = NEAREST[number]
            columns[f"{kind}_distance"] = distance[number]
            columns[f"{kind}_share"] = share[number]
        return columns

    def _find_nearest(self) -> NDArray[np.intp]:
        """The nearest element of each kind, a row a kind, that each block stands in; -1 without one."""
        nearest = np.full((len(NEAREST), len(self.parent)), -1, dtype=np.intp)
        ends = self.ends_at.tolist()
        for number, kinds in enumerate(self.page.nodes.kinds):  # from the outermost in: what is nearer comes later
            for kind in kinds:
                nearest[kind, number:ends[number]] = number
        return nearest[:, self.node]

    def _reading(self) -> dict[str, Column]:
        """Where trafilatura's reading stands around the block."""
        read = self.read
        body = find_in(self.readings.article_body, self.keys, self.held)
        mass = read * self.length
        before = np.cumsum(mass) - mass
        total = max(mass.sum(), 1.0)
        self.mass, self.mass_total = mass, total
        accepted = np.flatnonzero((read > _READ) & (self.length >= _LONG))
        first, last = (accepted[0], accepted[-1]) if len(accepted) else (0, self.count - 1)
        index = np.arange(self.count)
        self.since_first, self.since_last = index - first, index - last
        return {
            "read": read, "read_before": before / total,
            "read_gap_before": _gap(read, self.size), "read_gap_after": _gap(read[::-1], self.size[::-1])[::-1],
            "since_first": self.since_first.astype(np.float64), "since_last": self.since_last.astype(np.float64),
            "body": body if self.readings.article_body else np.full(self.count, -1.0),
            "read_around": (_window(read * self.size, 3) / np.maximum(_window(self.size, 3), 1)),
        }

    def _signature(self) -> dict[str, Column]:
        """What blocks of the same make (tag and class, own and parent's) are like, over the page."""
        above = self.parent[self.node]
        wide = _number(self.make[self.node] * (len(_TAGS) + 1) + self.tag_of[above].astype(np.intp))
        columns = {}
        for label, group in (("make", wide), ("full_make", self.full_make)):
            count = np.maximum(np.bincount(group), 1)
            size = np.bincount(group, self.size)
            columns[f"{label}_share"] = (size / self.total)[group]
            columns[f"{label}_count"] = count[group].astype(np.float64)
            columns[f"{label}_size"] = (size / count)[group]
            columns[f"{label}_density"] = (np.bincount(group, self.linked) / np.maximum(size, 1))[group]
            columns[f"{label}_read"] = (np.bincount(group, self.read * self.size) / np.maximum(size, 1))[group]
            columns[f"{label}_ends"] = (np.bincount(group, self.ends) / count)[group]
        return columns

    def _containers(self) -> dict[str, Column]:
        """How the block stands to its parent, to the readability-like centre and to the centre of the reading."""
        node_linked = self._sum_up(self.linked)
        node_read = self._sum_up(self.read * self.size)
        columns: dict[str, Column] = {}
        here = self.node
        for label in ("own", "parent", "grandparent", "great"):
            size = self.node_size[here]
            columns[f"{label}_share"] = size / self.total
            columns[f"{label}_density"] = node_linked[here] / np.maximum(size, 1)
            columns[f"{label}_read"] = node_read[here] / np.maximum(size, 1)
            here = self.parent[here]
        long = np.where((self.plain >= 60) & (self.density < 0.4), self.plain, 0.0)
        for label, weight in (("text", long), ("reading", self.mass)):
            top = self._find_centre(weight)
            shared = self._shared_depth(top)[self.node]
            columns[f"{label}_centre_up"] = self.depth[top] - shared
            columns[f"{label}_centre_down"] = self.depth[self.node] - shared
        return columns

    def _find_centre(self, weight: Column) -> int:
        """The deepest element that holds most of the weight."""
        held = self._sum_up(weight)
        enough = np.flatnonzero(held >= 0.6 * max(held[0], 1e-9))
        return int(enough[np.argmax(self.depth[enough])]) if held[0] > 0 and len(enough) else 0

    def _shared_depth(self, top: int) -> Column:
        """For each element, the depth of the deepest ancestor that it shares with ``top``."""
        chain = [top]
        while chain[-1] > 0:
            chain.append(int(self.parent[chain[-1]]))
        shared = np.zeros(len(self.parent))
        for node in reversed(chain):
            shared[node:self.ends_at[node]] = self.depth[node]
        return shared

    def _position(self) -> dict[str, Column]:
        heads = np.flatnonzero(self.tag_of[self.node] == _TAGS["h1"])
        index = np.arange(self.count)
        seen: dict[str, int] = {}
        earlier = []
        for key in self.keys:
            times = seen.get(key, 0)
            earlier.append(times)
            seen[key] = times + 1
        return {
            "index": index.astype(np.float64), "index_share": index / self.count,
            "before": self.before / self.total,
            "since_head": (index - heads[0]).astype(np.float64) if len(heads) else np.full(self.count, -_FAR * 10),
            "copies": np.array([seen[key] for key in self.keys], dtype=np.float64),
            "earlier_copies": np.array(earlier, dtype=np.float64),
        }

    def _meta(self) -> dict[str, Column]:
        readings = self.readings
        return {
            "title": self.title,
            "author": np.array([_part_held(key, readings.authors) for key in self.keys]),
            "description": _compare(self.keys, readings.descriptions),
        }

    def _page_wide(self) -> dict[str, Column]:
        ones = np.ones(self.count)
        return {
            "page_size": ones * self.total, "page_blocks": ones * self.count,
            "page_density": ones * (self.linked.sum() / self.total),
            "page_read": ones * (self.mass.sum() / self.total),
            "page_long": ones * float((self.length >= _LONG).sum()),
            "page_body": ones * (len(self.readings.article_body) / self.total),
        }

    def _neighbours(self) -> dict[str, Column]:
        tag = self.tag_of[self.node]
        columns: dict[str, Column] = {}
        own = {"size": self.size, "density": self.density}
        for step in (-2, -1, 1, 2):
            for name, column in own.items():
                columns[f"{name}{step:+d}"] = shift(column, step)
        for step in (-1, 1):
            for name, column in {"read": self.read, "ends": self.ends, "tag": tag}.items():
                columns[f"{name}{step:+d}"] = shift(column, step)
        read = self.size[(self.read > _READ) & (self.length >= _LONG)]
        columns["relative_size"] = self.size / (float(np.median(read)) if len(read) else 200.0)
        columns["long_before"] = _since(self.length >= _LONG)
        columns["long_after"] = _since((self.length >= _LONG)[::-1])[::-1]
        return columns

    def _twins(self) -> dict[str, Column]:
        """How many children of the same make stand beside the block's element, its parent and its grandparent."""
        group = _number(self.parent * (len(self.make) + 1) + self.make)
        count = np.bincount(group).astype(np.float64)
        size = np.bincount(group, self.node_size)
        columns = {}
        here = self.node
        for label in ("own", "parent", "grandparent"):
            columns[f"{label}_twins"] = count[group[here]]
            columns[f"{label}_twin_share"] = self.node_size[here] / np.maximum(size[group[here]], 1)
            here = self.parent[here]
        return columns

    def _spread(self) -> dict[str, Column]:
        """Where on the page the first and the last block of the same make stand, and how many come before and after."""
        make, count = self.full_make, np.bincount(self.full_make)
        order = np.argsort(make, kind="stable")
        ends = np.cumsum(count)
        rank = np.empty(self.count)
        rank[order] = np.arange(self.count) - (ends - count)[make[order]]
        return {
            "make_first": (self.before[order[ends - count]] / self.total)[make],
            "make_last": (self.before[order[ends - 1]] / self.total)[make],
            "make_rank": rank, "make_rest": count[make] - 1 - rank,
        }

    def _headline(self) -> dict[str, Column]:
        """How the block stands to the page's own headline, and how many are built like that one in between.

        The next article of an endless page has a headline built like the first one's.
        """
        place = self._find_headline()
        if place < 0:
            return {name: np.full(self.count, _NOWHERE) for name in (
                "since_headline", "after_headline", "headlines_between", "headline_up", "headline_down",
                "headline_likeness")}
        alike = self.full_make == self.full_make[place]
        alike[place] = False
        passed = np.cumsum(alike).astype(np.float64)
        index, top = np.arange(self.count), int(self.node[place])
        shared = self._shared_depth(top)[self.node]
        return {
            "since_headline": (index - place).astype(np.float64), "after_headline": self.before - self.before[place],
            "headlines_between": passed - passed[place] - (index < place),
            "headline_up": self.depth[top] - shared, "headline_down": self.depth[self.node] - shared,
            "headline_likeness": np.full(self.count, self.title[place]),
        }

    def _find_headline(self) -> int:
        """The block that is most like the page's title, rather a heading; else the first h1; -1 without one."""
        tag = self.tag_of[self.node]
        likeness = self.title * np.where(self._are_headings(), 2.0, 1.0) + ((tag == _TAGS["h1"]) & (self.title > 0))
        if likeness.max() >= 0.5:
            return int(np.argmax(likeness))
        heads = np.flatnonzero(tag == _TAGS["h1"])
        return int(heads[0]) if len(heads) else -1

    def _are_headings(self) -> NDArray[np.bool_]:
        tag = self.tag_of[self.node]
        return (tag >= _TAGS["h1"]) & (tag <= _TAGS["h4"])

    def _last_heading(self) -> dict[str, Column]:
        """What the last heading above the block is like, how far it is, and how far the next one."""
        headings = np.flatnonzero(self._are_headings())
        if not len(headings):
            return {name: np.full(self.count, -1.0) for name in (
                "after_heading", "heading_tag", "heading_title", "heading_up", "heading_make_count",
                "next_heading", "next_heading_density")}
        place = np.searchsorted(headings, np.arange(self.count), side="right")
        last, following = headings[np.maximum(place - 1, 0)], headings[np.minimum(place, len(headings) - 1)]
        is_below, has_next = place > 0, place < len(headings)
        depth = self.depth[self.node]
        return {
            "after_heading": np.where(is_below, self.before - self.before[last], -1.0),
            "heading_tag": np.where(is_below, self.tag_of[self.node][last], -1.0),
            "heading_title": np.where(is_below, self.title[last], -1.0),
            "heading_up": np.where(is_below, depth[last] - depth, _NOWHERE),
            "heading_make_count": np.where(is_below, np.bincount(self.full_make)[self.full_make[last]], -1.0),
            "next_heading": np.where(has_next, self.before[following] - self.before, -1.0),
            "next_heading_density": np.where(has_next, self.density[following], -1.0),
        }

    def _shared_words(self) -> dict[str, Column]:
        """How many of the block's words the page's title and the other blocks that were read have, and those around."""
        wordy = np.flatnonzero((self.length >= _WORDY) & ((self.density <= 0.95) | (self.read > 0)))
        about = self.readings.about.replace("\n", " ")
        texts = [self.page.blocks[number].text for number in wordy.tolist()]
        *words, title = find_words([*texts, about],
                                   [*self.dense[wordy].tolist(), UNSPACED.search(about) is not None])
        was_read = (self.read > _READ) & (self.length >= _LONG) & (self.density < 0.5)
        many, in_title, in_text = np.zeros((3, self.count))
        many[wordy] = list(map(len, words))
        in_title[wordy] = share_title(words, title)
        in_text[wordy] = share_text(words, was_read[wordy].tolist())
        around = np.maximum(_window(many, 3), 1)
        return {
            "title_words": in_title,
            "title_words_share": np.where(many > 0, in_title / np.maximum(many, 1), -1.0),
            "title_words_around": _window(in_title, 3) / around,
            "text_words_share": np.where(many > 0, in_text / np.maximum(many, 1), -1.0),
            "text_words_around": _window(in_text, 3) / around,
        }

    def _sum_up(self, weight: Column) -> Column:
        """Sum a weight of blocks over each element and all below it."""
        sums = np.zeros(len(self.parent) + 1)
        np.cumsum(np.bincount(self.node, weight, minlength=len(self.parent)), out=sums[1:])
        return sums[self.ends_at] - sums[:-1]


def _find_ends(parents: Sequence[int]) -> NDArray[np.intp]:
    """The number after the last element below each one; elements are numbered in the page's order."""
    ends = list(range(1, len(parents) + 1))
    for number in range(len(parents) - 1, 0, -1):
        if ends[parents[number]] < ends[number]:
            ends[parents[number]] = ends[number]
    return np.array(ends, dtype=np.intp)


def _are_dense(texts: Sequence[str]) -> NDArray[np.bool_]:
    """Whether each text is in a script without spaces."""
    if not UNSPACED.search("\n".join(texts)):
        return np.zeros(len(texts), dtype=np.bool_)
    return np.array([UNSPACED.search(text[:200]) is not None for text in texts])


def find_in(text: str, keys: Sequence[str], held: Sequence[bool]) -> Column:
    """How much of each squeezed block stands in a squeezed text (0..1), looked for in the text's order first.

    ``held``: whether the reader of the text saw the block at all; a menu's words stand in most texts.
    """
    found = np.zeros(len(keys))
    cursor = 0
    for number in [number for number, key in enumerate(keys) if key and held[number]] if text else ():
        key = keys[number]
        place = text.find(key, cursor)
        if place < 0:
            place = text.find(key, 0, cursor + len(key) - 1)
        if place >= 0:
            found[number] = 1.0
            if len(key) >= 20:
                cursor = place + len(key)
        elif len(key) > 40:
            found[number] = _pieces_in(text, key)
    return found


def _pieces_in(text: str, key: str) -> float:
    """The share of four pieces of a block that stand in the text: a reading may lose a link or a note inside it."""
    step = len(key) // 4
    return sum(key[start:start + min(step, 24)] in text for start in range(0, 4 * step, step)) / 4


def shift(column: Column, step: int) -> Column:
    """The value of the block ``step`` places on; -1 beyond the ends."""
    moved = np.full(len(column), -1.0)
    if step < 0:
        moved[-step:] = column[:step]
    else:
        moved[:max(len(column) - step, 0)] = column[step:]
    return moved


def _window(column: Column, reach: int) -> Column:
    padded: Column = np.concatenate([np.zeros(reach + 1), np.cumsum(column), np.full(reach, column.sum())])
    return padded[2 * reach + 1:] - padded[:-2 * reach - 1]


def _gap(read: Column, size: Column) -> Column:
    """Characters since the last block that was read; a large number before the first one."""
    gaps, gap = [], 1e5
    for part, length in zip(read.tolist(), size.tolist(), strict=True):
        gaps.append(gap)
        gap = 0.0 if part > _READ else gap + length
    return np.array(gaps)


def _since(marks: NDArray[np.bool_]) -> Column:
    counts, count = [], 1e3
    for mark in marks.tolist():
        counts.append(count)
        count = 0.0 if mark else count + 1
    return np.array(counts)


def _number(things: NDArray[np.intp]) -> NDArray[np.intp]:
    """Number things from 0, the same for the same."""
    return np.unique(things, return_inverse=True)[1]


def _compare(keys: Sequence[str], others: Sequence[str]) -> Column:
    """How much of the longer of two texts the shorter one is, where one holds the other; 0 elsewhere."""
    likeness, joined = np.zeros(len(keys)), "\n".join(others)
    shortest = min(map(len, others), default=0)
    for number, key in enumerate(keys):
        if len(key) >= 3 and others and (key in joined or len(key) > shortest):
            likeness[number] = max(_likeness(key, other) for other in others)
    return likeness


def _likeness(key: str, other: str) -> float:
    short, long = (key, other) if len(key) <= len(other) else (other, key)
    return len(short) / len(long) if short in long else 0.0


def _part_held(key: str, names: Sequence[str]) -> float:
    """How much of a block is a name that it holds."""
    for name in names:
        if name in key:
            return len(name) / len(key)
    return 0.0
