"""The lines of a page as a site's memory counts them: keys, where each stood, and how they are kept with the page.

Most lines of a page are its article's own and never come again. They are kept in one piece with the page; only a line
that comes a second time gets a row (``store.sites``). A row a line cost five times as much as storing the article.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

OUTSIDE, HEAD, TAIL, APART, HEADING, REPEATED, TEMPLATE = (1 << place for place in range(7))
COUNTED = {"outside": OUTSIDE, "head": HEAD, "tail": TAIL, "apart": APART, "heading": HEADING, "repeated": REPEATED}
"""What is counted of a line, by the name of its column. ``TEMPLATE`` is no count: it says what kind a key is."""

KEY = np.dtype("<i8")
MARK_BITS = 8
MOST_RECENT = 4000  # keys that a Once looks up one by one, before it sorts them in


@dataclass(frozen=True, kw_only=True, slots=True)
class PageLines:
    """A page's lines: ``keys``, each once, and a byte of ``marks`` for each; ``samples`` are the words of the first.

    ``paragraphs`` are the keys of each paragraph of the text, its own first, those of its templates after.
    """

    keys: tuple[int, ...] = ()
    marks: bytes = b""
    samples: tuple[str, ...] = ()
    paragraphs: tuple[tuple[int, ...], ...] = ()

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def in_text(self) -> tuple[int, ...]:
        """The keys of lines that stand in the text."""
        return tuple(key for key, mark in zip(self.keys, self.marks, strict=True) if not mark & OUTSIDE)


def pack(lines: PageLines) -> bytes:
    """Write keys and marks as bytes: nine a key."""
    return np.array(lines.keys, dtype=KEY).tobytes() + lines.marks


def unpack(packed: bytes) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """Read keys and marks."""
    count = len(packed) // (KEY.itemsize + 1)
    return np.frombuffer(packed, KEY, count), np.frombuffer(packed, np.uint8, count, count * KEY.itemsize)


@dataclass(frozen=True, slots=True)
class SeenOnce:
    """Where a line was seen that one page showed: the number of the page, and its marks there."""

    page: int
    marks: int


class Once:
    """The lines of a site's latest pages, for finding those that were seen once; of a line's pages the last counts."""

    def __init__(self, pages: Iterable[tuple[int, bytes]]) -> None:
        keys, places = [np.empty(0, KEY)], [np.empty(0, np.int64)]
        for number, packed in pages:
            found, marks = unpack(packed)
            keys.append(found)
            places.append((number << MARK_BITS) + marks.astype(np.int64))
        self._recent: dict[int, int] = {}
        self._sort(np.concatenate(keys), np.concatenate(places))

    def add(self, number: int, lines: PageLines) -> None:
        """Add a page's lines."""
        self._recent.update(_places(number, lines))
        if len(self._recent) > MOST_RECENT:
            keys = np.fromiter(self._recent.keys(), np.int64, len(self._recent))
            places = np.fromiter(self._recent.values(), np.int64, len(self._recent))
            self._recent = {}
            self._sort(np.concatenate([self._keys, keys]), np.concatenate([self._places, places]))

    def find(self, keys: Sequence[int]) -> dict[int, SeenOnce]:
        """Find where lines were seen."""
        found = {}
        if len(self._keys) and keys:
            wanted = np.array(keys, np.int64)
            indices = np.minimum(np.searchsorted(self._keys, wanted), len(self._keys) - 1)
            hits = np.flatnonzero(self._keys[indices] == wanted)
            found = {keys[hit]: int(self._places[indices[hit]]) for hit in hits.tolist()}
        found |= {key: self._recent[key] for key in keys if key in self._recent}
        return {key: SeenOnce(place >> MARK_BITS, place & 0xFF) for key, place in found.items()}

    def _sort(self, keys: NDArray[np.int64], places: NDArray[np.int64]) -> None:
        order = np.argsort(keys, kind="stable")
        self._keys, self._places = keys[order], places[order]


def _places(number: int, lines: PageLines) -> Iterator[tuple[int, int]]:
    start = number << MARK_BITS
    return ((key, start + mark) for key, mark in zip(lines.keys, lines.marks, strict=True))
