"""py3langid's model, packed: naive Bayes over byte n-grams, which an automaton finds in one walk over a text.

The automaton's table takes 42 MB as it comes, and every service carries it. Three quarters of its entries are those of
its first state, so that blocks of sixteen of them recur: kept once each, they take 10 MB and are walked as fast.
"""

import lzma
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, Self
from unicodedata import normalize

import numpy as np
from numpy.typing import NDArray
from py3langid.langid import MODEL_DIR, MODEL_FILE

WIDTH = 16  # entries of a block: the half of a byte
_HIGH = bytes(byte >> 4 for byte in range(256))
_LOW = bytes(byte & 15 for byte in range(256))
_FLOOR = float(np.finfo(np.float32).min)

Table = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Automaton:
    """Which n-grams stand in some bytes. States are numbered by sixteens: ``blocks[places[state + high] + low]``."""

    places: memoryview
    blocks: memoryview
    features: Table  # of each state the n-gram that ends there, or -1

    @classmethod
    def pack(cls, entries: Table, row_of: Table, features: Table) -> Self:
        """Pack a table of 256 entries a row; ``row_of`` names the row of each state."""
        pieces = entries.reshape(-1, WIDTH).astype(np.uint32, copy=False)
        kept, place_of = _deduplicate(pieces)
        places = (place_of * WIDTH).astype(np.uint32).reshape(-1, 256 // WIDTH)[row_of]
        return cls(places.reshape(-1).data, (kept * WIDTH).reshape(-1).data, features.astype(np.int32))

    def count(self, text: bytes) -> Counter[int]:
        """Count the n-grams of a text, in the order in which each is first seen."""
        places, blocks, state, states = self.places, self.blocks, 0, []
        for high, low in zip(text.translate(_HIGH), text.translate(_LOW), strict=True):
            state = blocks[places[state + high] + low]
            states.append(state)
        found = self.features[np.array(states, dtype=np.intp) // WIDTH]
        return Counter(found[found >= 0].tolist())


def _deduplicate(pieces: Table) -> tuple[Table, Table]:
    """Return the distinct rows of a table, and which of them each row is.

    By a sum of products, which is ten times as fast as comparing rows; that no two of them met is looked at after.
    """
    marks = np.zeros(len(pieces), dtype=np.uint64)
    for column, factor in zip(pieces.T, np.random.default_rng(0).integers(1 << 62, size=WIDTH, dtype=np.uint64),
                              strict=True):
        marks += column * factor
    _, first, place_of = np.unique(marks, return_index=True, return_inverse=True)
    kept = pieces[first]
    if not all(np.array_equal(whole[place_of], column) for whole, column in zip(kept.T, pieces.T, strict=True)):
        kept, place_of = np.unique(pieces, axis=0, return_inverse=True)
    return kept, place_of.reshape(-1)


@dataclass(frozen=True, slots=True)
class Weights:
    """What an n-gram speaks for each language: mostly what one speaks that it never showed, and only the rest is kept.

    So they take 8 MB, and 21 as a whole table.
    """

    usual: Table  # of each language
    starts: Table  # of each n-gram, where its own weights begin, and behind all of them
    languages: Table
    values: Table

    @classmethod
    def pack(cls, table: Table) -> Self:
        """Pack a table of n-grams by languages."""
        bits = np.ascontiguousarray(table).view(np.uint16)  # to compare numbers of two bytes as such is slow
        usual = np.array([np.bincount(column).argmax() for column in np.ascontiguousarray(bits.T)], dtype=np.uint16)
        is_own = bits != usual
        starts = np.concatenate(([0], np.cumsum(np.count_nonzero(is_own, axis=1))))
        own = np.flatnonzero(is_own)
        return cls(usual.view(table.dtype).astype(np.float32), starts.astype(np.int32),
                   (own % table.shape[1]).astype(np.uint8), bits.reshape(-1)[own].view(table.dtype))

    def of(self, numbers: Table) -> Table:
        """Return the rows of some n-grams as they were."""
        starts, languages = self.starts[numbers], len(self.usual)
        lengths = self.starts[numbers + 1] - starts
        ends = np.cumsum(lengths)
        own = np.repeat(starts - (ends - lengths), lengths) + np.arange(ends[-1], dtype=np.int32)
        rows = np.empty((len(numbers), languages), dtype=np.float32)
        rows[:] = self.usual
        places = np.repeat(np.arange(len(numbers), dtype=np.int32) * languages, lengths) + self.languages[own]
        rows.reshape(-1)[places] = self.values[own]
        return rows


class LanguageModel:
    """Ranks languages by how likely a text is of them; the ranking is py3langid's own, to the last digit."""

    def __init__(self, languages: frozenset[str], path: Path = MODEL_DIR / MODEL_FILE) -> None:
        with _unpack(path) as model:  # one table at a time: together they take more than all that is kept
            self._automaton = Automaton.pack(model["nextmove"], model["nextmove_row"], model["out_feat"])
            labels: list[str] = model["classes"].tolist()
            columns = [number for number, label in enumerate(labels) if label in languages]
            self.labels = [labels[number] for number in columns]
            self._weights = Weights.pack(model["ptc"][:, columns])
            self._priors = model["pc"][columns]

    def rank(self, text: str) -> Sequence[tuple[str, float]]:
        """Return the languages with the logarithms of their chances, the most likely first."""
        merged: dict[str, float] = {}
        for label, score in zip(self.labels, self._score(_encode(text)).tolist(), strict=True):
            merged[label] = max(score, merged.get(label, _FLOOR))  # a language of two scripts has two columns
        return sorted(merged.items(), key=itemgetter(1), reverse=True)

    def _score(self, text: bytes) -> Table:
        visits = self._automaton.count(text)
        if not visits:
            return np.full(len(self.labels), _FLOOR, dtype=np.float32)
        numbers = np.fromiter(visits.keys(), dtype=np.intp, count=len(visits))
        counts = np.fromiter(visits.values(), dtype=np.float32, count=len(visits))
        scores: Table = np.log1p(counts) @ self._weights.of(numbers) + self._priors
        return scores


@contextmanager
def _unpack(path: Path) -> Iterator[Mapping[str, Table]]:
    """Open a model's tables, as py3langid writes them (py3langid.modelio.save_model)."""
    with TemporaryFile() as unpacked:
        with lzma.open(path) as packed:
            shutil.copyfileobj(packed, unpacked, length=1 << 20)
        unpacked.seek(0)
        with np.load(unpacked, allow_pickle=False) as tables:
            yield tables


def _encode(text: str) -> bytes:
    return normalize("NFC", text.lower() if text.isupper() else text).encode("utf-8", "surrogatepass")
