"""Find the entries of a table in a text, in any inflection, in time linear in the text.

An entry is written as a word or several, joined by ``_``:

    kina        the word alone
    kinez*      the word and anything that begins with it
    rusi+       the word and up to four letters more: an ending, no compound
    US          capitals: found only in capitals ("US", never "us")
    Turkey      a capital first letter: found only with one ("Turkey", never "turkey")

Signs before an entry say what it is: ``@`` the seat of a government, ``#`` another place, ``%`` a person,
``~`` a mark of home (a currency, a ministry) that counts only where no state is named, ``?`` a word that is also a
personal name. What is not a plain name is written with a capital in every script that has them. A label ``-`` marks what looks like an entry and is none.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from crawler.extract.actors.reading import UNSPACED, Reading, Word, normalise

LONGEST_ENDING = 4
_ANY_ENDING = 99
_OPENING = 2  # letters by which most words are told to be in no table at all
NOTHING = "-"


class Sort(StrEnum):
    """What a word says about a country: its name (adjective, people), its government's seat, a place, a person."""

    NAME = "name"
    SEAT = "seat"
    PLACE = "place"
    PERSON = "person"
    HOME = "home"


_SORTS = {"@": Sort.SEAT, "#": Sort.PLACE, "%": Sort.PERSON, "~": Sort.HOME}


@dataclass(frozen=True, slots=True)
class Part:
    """One word of an entry: its key, how many letters may follow, how many of its first letters must be capitals."""

    key: str
    ending: int
    capitals: int

    def fits(self, word: Word) -> bool:
        """Whether a word of the text is this one."""
        return any(
            key.startswith(self.key) and len(key) - len(self.key) <= self.ending for key in word.keys
        ) and is_capital(word.text, self.capitals)


@dataclass(frozen=True, slots=True)
class Entry:
    """What an entry means, and the words after its first one."""

    label: str
    sort: Sort
    doubtful: bool
    first: Part
    rest: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry found: where in the line, in which sentence, as which words (``first`` to ``last``, -1 if unspaced)."""

    label: str
    sort: Sort
    doubtful: bool
    start: int
    end: int
    sentence: int
    first: int = -1
    last: int = -1


def is_capital(text: str, count: int) -> bool:
    """Whether the first letters are capitals, behind at most four small ones that a language sets before a name."""
    if not count:
        return True
    head = text.replace(".", "")
    if count == 1:
        return head[:1].isupper() or any(char.isupper() for char in head[1:4])
    return head[:count].isupper() or not head[:1].isalpha()


def is_cut(line: str, place: int, length: int) -> bool:
    """Whether a find is a piece of a longer Katakana word: "タイ" (Thailand) within "スタイル"."""
    before, first = line[place - 1:place], line[place]
    last, after = line[place + length - 1], line[place + length:place + length + 1]
    return (_is_katakana(first) and _is_katakana(before)) or (_is_katakana(last) and _is_katakana(after))


def _is_katakana(char: str) -> bool:
    return "\u30a1" <= char <= "\u30fa" or char == "\u30fc"


class Lexicon:
    """Tables compiled for one language."""

    def __init__(self, rows: Iterable[tuple[str, str]], language: str) -> None:
        """Compile (label, entry) rows; where two are alike the later row wins nothing, the first stays."""
        self._language = language
        self._unspaced = language in UNSPACED
        self._entries: dict[str, list[Entry]] = {}
        self._lines: dict[str, Entry] = {}
        self._lengths: dict[str, tuple[int, ...]] = {}
        for label, written in rows:
            self._add(label, written)
        self._openings = frozenset(key[:_OPENING] for key in self._entries)
        for line in sorted(self._lines, key=len, reverse=True):
            lengths = self._lengths.get(line[0], ())
            if len(line) not in lengths:
                self._lengths[line[0]] = (*lengths, len(line))

    def _add(self, label: str, written: str) -> None:
        sort, doubtful = Sort.NAME, False
        while written[:1] in "@#%~?":
            sort, doubtful, written = _SORTS.get(written[0], sort), doubtful or written[0] == "?", written[1:]
        written = written.replace("-", "_").replace("'", "_")  # as texts are cut into words
        if self._unspaced and not written.isascii():
            line = written.replace("_", "").rstrip("*+")
            self._lines.setdefault(line, Entry(label, sort, doubtful, Part(line, 0, 0), ()))
            return
        first, *rest = (self._part(piece) for piece in written.split("_"))
        if sort in (Sort.SEAT, Sort.PLACE, Sort.PERSON) and not first.capitals and written[0].isalpha():
            first = Part(first.key, first.ending, int(written[0].upper() != written[0]))
        self._entries.setdefault(first.key, []).append(Entry(label, sort, doubtful, first, tuple(rest)))

    def _part(self, piece: str) -> Part:
        ending = {"*": _ANY_ENDING, "+": LONGEST_ENDING}.get(piece[-1:], 0)
        word = piece.rstrip("*+") if ending else piece
        if self._language == "ko" and not ending and not word.isascii():
            ending = _ANY_ENDING  # particles and titles follow without a space
        letters = word.replace("'", "")
        capitals = 0
        if letters[:1].isupper():
            capitals = len(word) if len(letters) > 1 and letters.isupper() else 1
        return Part(normalise(word, self._language), ending, capitals)

    def find(self, reading: Reading) -> list[Hit]:
        """Find all entries, the longest where several begin at one place, in order."""
        hits = list(self._find_words(reading))
        if self._unspaced:
            hits.extend(self._find_lines(reading))
            hits.sort(key=lambda hit: hit.start)
        return hits

    def _find_words(self, reading: Reading) -> Iterator[Hit]:
        words = reading.words
        memo: dict[tuple[str, ...], tuple[Entry, ...]] = {}
        place = 0
        while place < len(words):
            word = words[place]
            entries = memo.get(word.keys)
            if entries is None:
                entries = memo[word.keys] = tuple(self._starting_with(word.keys))
            last, entry = self._longest(entries, words, place) if entries else (place, None)
            if entry is not None:
                if entry.label != NOTHING:
                    yield Hit(entry.label, entry.sort, entry.doubtful, word.start, words[last].end, word.sentence,
                              place, last)
                place = last
            place += 1

    def _starting_with(self, keys: tuple[str, ...]) -> Iterator[Entry]:
        for key in keys:
            if key[:_OPENING] not in self._openings and key[:1] not in self._openings:
                continue
            for length in range(len(key), 0, -1):
                for entry in self._entries.get(key[:length], ()):
                    if len(key) - length <= entry.first.ending:
                        yield entry

    def _longest(self, entries: tuple[Entry, ...], words: tuple[Word, ...], place: int) -> tuple[int, Entry | None]:
        best: Entry | None = None
        for entry in entries:
            more = len(entry.rest)
            if (best is not None and more <= len(best.rest)) or place + more >= len(words) + (not more):
                continue
            if not is_capital(words[place].text, entry.first.capitals):
                continue
            if all(part.fits(words[place + step]) for step, part in enumerate(entry.rest, start=1)):
                best = entry
        return (place + len(best.rest) if best else place), best

    def _find_lines(self, reading: Reading) -> Iterator[Hit]:
        line = reading.folded
        place = 0
        while place < len(line):
            for length in self._lengths.get(line[place], ()):
                entry = self._lines.get(line[place:place + length])
                if entry is not None and not is_cut(line, place, length):
                    if entry.label != NOTHING:
                        yield Hit(entry.label, entry.sort, entry.doubtful, place, place + length,
                                  reading.sentence_at(place))
                    place += length - 1
                    break
            place += 1
