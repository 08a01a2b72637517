"""Cut a text into hashed shingles: runs of words, or of characters where a script writes no spaces. Pure.

Everything is arithmetic on arrays of 64-bit numbers, so that a text of 500 words takes a tenth of a millisecond, and
the same text gives the same numbers on every machine and in every release: they are stored.
"""

import unicodedata
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.uint64]

WORDS = 3  # words a shingle
CHARACTERS = 5  # characters a shingle, in a script without spaces
RUN_WORDS = 5  # units a run; runs are longer than shingles and found in few texts, so they make keys of an index
RUN_CHARACTERS = 8

# Thai, Lao, Burmese, Khmer, kana, bopomofo, Han with its extensions, and the marks between them.
_UNSPACED = np.array([
    (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x19E0, 0x19FF), (0x3005, 0x3007), (0x3021, 0x3029),
    (0x3031, 0x3035), (0x3040, 0x312F), (0x31A0, 0x31BF), (0x31F0, 0x31FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF),
    (0xA9E0, 0xA9FF), (0xAA60, 0xAA7F), (0xF900, 0xFAFF), (0x20000, 0x3FFFF),
], dtype=np.uint32).ravel()
_UNSPACED[1::2] += 1

_BLANK = 0x20
_APOSTROPHES = "'\u2019\u02bc\u02bb\u00b4`"

# Of splitmix64 (Steele, Lea and Flood 2014), whose mixing every bit of the input reaches every bit of the output.
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)
_FACTORS = np.array([0xD1342543DE82EF95, 0xAF251AF3B0F025B5, 0x9FB21C651E98DF25, 0xD6E8FEB86659FD93,
                     0xC2B2AE3D27D4EB4F, 0x94D049BB133111EB, 0xBF58476D1CE4E5B9, 0x9E6C63D0876A9A47], dtype=np.uint64)


_DROPPED = 0x1  # in the table below, for what makes no difference; no text has it there, for it is a control character
_ALONE = 0x80000000  # set for a character of a script without spaces


class _Written:
    """What each character is written as, in a table that is filled as characters are met.

    A letter is itself, with a mark where its script has no spaces; what does not count within a word is dropped, the
    rest is a blank. A look into an array takes a tenth of what ``str.translate`` takes.
    """

    def __init__(self) -> None:
        self._table = np.zeros(0x110000, dtype=np.uint32)  # of which the system gives only the pages that are used

    def read(self, codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
        """Read a text's characters; zero would be one that was never met."""
        written: npt.NDArray[np.uint32] = self._table[codes]
        if not written.all():
            for code in np.unique(codes[written == 0]).tolist():
                self._table[code] = _write(code)
            written = self._table[codes]
        kept: npt.NDArray[np.uint32] = written[written != _DROPPED]
        return kept


def _write(code: int) -> int:
    character = chr(code)
    category = unicodedata.category(character)
    if character in _APOSTROPHES or category == "Cf":  # within a word: it's, a soft hyphen
        return _DROPPED
    if category[0] in "ZPC" or category == "Sk":
        return _BLANK
    return code | (_ALONE if np.searchsorted(_UNSPACED, code, side="right") % 2 else 0)


_WRITTEN = _Written()


@dataclass(frozen=True, kw_only=True, eq=False)
class Shingles:
    """A text's shingles in reading order, and the same as a sorted set; ``runs`` are the longer ones, a sorted set."""

    ordered: Numbers
    distinct: Numbers
    runs: Numbers

    def __len__(self) -> int:
        return len(self.distinct)


def cut_shingles(text: str) -> Shingles:
    """Cut a text into shingles; typography, case and line breaks do not count.

    A text in which most letters belong to a script without spaces gives runs of 5 characters, any other runs of 3
    words; single characters of such scripts within it count as words.
    """
    units, is_unspaced = _hash_units(text)
    ordered = _join(units, CHARACTERS if is_unspaced else WORDS)
    runs = _join(units, RUN_CHARACTERS if is_unspaced else RUN_WORDS)
    return Shingles(ordered=ordered, distinct=_sort_out(ordered), runs=_sort_out(runs))


def _sort_out(numbers: Numbers) -> Numbers:
    """Sort numbers, each once; for so few ``np.unique`` takes several times as long."""
    numbers = np.sort(numbers)
    if len(numbers) < 2:
        return numbers
    is_first = np.empty(len(numbers), dtype=np.bool_)
    is_first[0] = True
    np.not_equal(numbers[1:], numbers[:-1], out=is_first[1:])
    return numbers[is_first]


def mix(numbers: Numbers) -> Numbers:
    """Scatter numbers over all 64 bits, one to one."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * _FIRST
    numbers = (numbers ^ (numbers >> np.uint64(27))) * _SECOND
    return numbers ^ (numbers >> np.uint64(31))


def _hash_units(text: str) -> tuple[Numbers, bool]:
    """Hash each word, or each character where there are no words; say which."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    codes = _WRITTEN.read(np.frombuffer(folded.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint32))
    written = codes != _BLANK
    alone = (codes & _ALONE) != 0
    letters = (codes[written] & ~np.uint32(_ALONE)).astype(np.uint64)
    if len(letters) == 0:
        return letters, False
    if 2 * np.count_nonzero(alone) > len(letters):
        return mix(letters * _GOLDEN), True
    begins = written.copy()
    begins[1:] &= ~written[:-1] | alone[1:] | alone[:-1]
    starts = np.flatnonzero(begins[written])
    places = np.arange(len(letters), dtype=np.uint64)
    places -= np.repeat(places[starts], np.diff(np.append(starts, len(letters))))
    return mix(np.add.reduceat(mix(letters * _GOLDEN + places * _SECOND), starts)), False


def _join(units: Numbers, length: int) -> Numbers:
    """Hash each run of so many units; a text shorter than one run is a run of its own."""
    length = min(length, len(units))
    if length == 0:
        return units
    count = len(units) - length + 1
    joined = np.zeros(count, dtype=np.uint64)
    for place in range(length):
        joined += units[place : place + count] * _FACTORS[place]
    return mix(joined)
