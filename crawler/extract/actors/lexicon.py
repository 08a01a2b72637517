"""Find the entries of a table in a text, in any inflection, in time linear in the text.

An entry is written as a word or several, joined by ``_``:

    kina        the word alone
    kinez*      the word and anything that begins with it
    rusi+       the word and up to four letters more: an ending, no compound
    US          capitals: found only in capitals ("US", never "us")
    Turkey      a capital first letter: found only with one ("Turkey", never "turkey")

Signs before an entry say what it is: ``@`` the seat of a government, ``#`` another place, ``%`` a person, ``~`` a mark
of home (a currency, a ministry) that counts only where no state is named, ``?`` a word that is also a personal name.
Seats, places and persons need a capital in every script that has them. A label ``-`` marks what looks like an entry
and is none.
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from operator import add
from sys import intern
from typing import ClassVar, NamedTuple

from crawler.extract.actors.reading import UNSPACED, Reading, is_plain, keys_of, normalise

LONGEST_ENDING = 4
_ANY_ENDING = 99
_ENDINGS = {"*": _ANY_ENDING, "+": LONGEST_ENDING}
_MOST_MET = 6_000  # words whose entries are remembered from text to text: nine in ten of a text's, in half a megabyte
_LONGEST_MET = 40  # letters of such a word; longer ones are in no table
_MOST_AT_HAND = 12  # lexicons that remember, those used last: there are two for each language, of a hundred
_OPENING = 4  # letters by which most words are told to be in no table at all
NOTHING = "-"


class Sort(StrEnum):
    """What a word says about a country: its name (adjective, people), its government's seat, a place, a person."""

    NAME = "name"
    SEAT = "seat"
    PLACE = "place"
    PERSON = "person"
    HOME = "home"


_SORTS = {"@": Sort.SEAT, "#": Sort.PLACE, "%": Sort.PERSON, "~": Sort.HOME}
_ALWAYS_CAPITAL = (Sort.SEAT, Sort.PLACE, Sort.PERSON)


class Part(NamedTuple):
    """A word of an entry: its key, how many letters may follow, how many of its first letters are capitals."""

    key: str
    ending: int
    capitals: int

    def fits(self, text: str, language: str) -> bool:
        """Whether a word of the text is this one."""
        for key in (text.lower(),) if is_plain(text) else keys_of(text, language):
            if key.startswith(self.key) and len(key) - len(self.key) <= self.ending:
                return is_capital(text, self.capitals)
        return False


class Entry(NamedTuple):
    """What an entry means, what may follow its first word's key, and the words after it.

    The key itself is the dictionary's: entries of one word that mean the same are one object (all languages in 21 MB).
    """

    label: str
    sort: Sort
    doubtful: bool
    ending: int
    capitals: int
    rest: tuple[Part, ...]


class Hit(NamedTuple):
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


_Meaning = tuple[str, Sort, bool, int, int, tuple[Part, ...]]  # an entry that is not made yet


def has_capital(letter: str) -> bool:
    """Whether texts write a capital for a letter; Georgian ones do not, though Unicode has them."""
    return letter.upper() != letter and not "\u10d0" <= letter <= "\u10ff"


def is_cut(line: str, place: int, length: int) -> bool:
    """Whether a find is a piece of a longer Katakana word: "タイ" (Thailand) within "スタイル"."""
    before, first = line[place - 1:place], line[place]
    last, after = line[place + length - 1], line[place + length:place + length + 1]
    return (_is_katakana(first) and _is_katakana(before)) or (_is_katakana(last) and _is_katakana(after))


def _is_katakana(char: str) -> bool:
    return "\u30a1" <= char <= "\u30fa" or char == "\u30fc"


class Lexicon:
    """Tables compiled for one language, upon others that several languages share."""

    _at_hand: ClassVar[dict["Lexicon", None]] = {}

    def __init__(self, rows: Iterable[tuple[str, str]], language: str, shared: "Lexicon | None" = None) -> None:
        """Compile (label, entry) rows; of two alike the first stays."""
        self._language = language
        self._shared = shared
        self._unspaced = language in UNSPACED
        self._entries: dict[str, tuple[Entry, ...]] = {}
        self._lines: dict[str, Entry] = {}
        self._lengths: dict[str, tuple[int, ...]] = {}
        self._met: dict[str, tuple[Entry, ...]] = {}  # words of late, and of the time before: what recurs stays
        self._met_before: dict[str, tuple[Entry, ...]] = {}
        known: dict[_Meaning, tuple[Entry, ...]] = {}
        for label, written in rows:
            self._add(label, written, known)
        stems = [key for key, entries in self._entries.items() if any(entry.ending for entry in entries)]
        self._shortest = tuple(key for key in stems if len(key) < _OPENING)
        self._stems = _lengths(key for key in stems if len(key) >= _OPENING)
        for line in sorted(self._lines, key=len, reverse=True):
            lengths = self._lengths.get(line[:2], ())
            if len(line) not in lengths:
                self._lengths[line[:2]] = (*lengths, len(line))
        for opening, lengths in self._lengths.items():
            if len(opening) > 1 and opening[0] in self._lines:
                self._lengths[opening] = (*lengths, 1)

    def _add(self, label: str, written: str, known: dict[_Meaning, tuple[Entry, ...]]) -> None:
        sort, doubtful = Sort.NAME, False
        while written[:1] in "@#%~?":
            sort, doubtful, written = _SORTS.get(written[0], sort), doubtful or written[0] == "?", written[1:]
        written = written.replace("-", "_").replace("'", "_")  # as texts are cut into words
        if self._unspaced and not written.isascii():
            line = written.replace("_", "").rstrip("*+")
            self._lines.setdefault(line, Entry(intern(label), sort, doubtful, 0, 0, ()))
            return
        first, _, further = written.lstrip("_").partition("_")
        rest = tuple(Part(*self._read(piece)) for piece in further.split("_") if piece) if further else ()
        key, ending, capitals = self._read(first)
        if sort in _ALWAYS_CAPITAL and not capitals and has_capital(first[0]):
            capitals = 1
        meaning = (intern(label), sort, doubtful, ending, capitals, rest)
        alone = known.get(meaning)
        if alone is None:
            alone = known[meaning] = (Entry(*meaning),)
        rivals = self._entries.get(key)
        if rivals is None:
            self._entries[key] = alone
        elif not any(rival[3:] == meaning[3:] for rival in rivals):  # what is fixed as no entry is asked first
            self._entries[key] = (*rivals, *alone) if label != NOTHING else (*alone, *rivals)

    def _read(self, piece: str) -> tuple[str, int, int]:
        """Read a word of an entry: its key, how many letters may follow, how many of its first letters are capitals."""
        ending = _ENDINGS.get(piece[-1:], 0)
        word = piece.rstrip("*+") if ending else piece
        if self._language == "ko" and not ending and not word.isascii():
            ending = _ANY_ENDING  # particles and titles follow without a space
        capitals = 0
        if word[:1].isupper():
            capitals = len(word) if len(word) > 1 and word.isupper() else 1
        return normalise(word, self._language), ending, capitals

    def find(self, reading: Reading) -> list[Hit]:
        """Find all entries, the longest where several begin at one place, in order."""
        hits = list(self._find_words(reading))
        if self._unspaced:
            hits.extend(self._find_lines(reading))
            hits.sort(key=lambda hit: hit.start)
        return hits

    def _find_words(self, reading: Reading) -> Iterator[Hit]:
        entries_of = self._entries_of(reading)
        words, starts = reading.words, reading.starts
        behind = 0
        met = [(place, entries) for place, entries in enumerate(map(entries_of.get, words)) if entries]
        for place, entries in met:
            if place < behind:
                continue
            entry = _first_fit(entries, reading, place) if entries[0].rest else entries[0]
            if entry is None:
                continue
            last = place + len(entry.rest)
            behind = last + 1
            if entry.label != NOTHING:
                yield Hit(entry.label, entry.sort, entry.doubtful, starts[place], starts[last] + len(words[last]),
                          reading.sentence_at(starts[place]), place, last)

    def _entries_of(self, reading: Reading) -> dict[str, tuple[Entry, ...]]:
        """Look up the words of a text that were not met of late; give all that are remembered."""
        if len(self._met) > _MOST_MET:
            self._met_before, self._met = self._met, {}
        self._come_to_hand()
        met, before = self._met, self._met_before
        for text in reading.vocabulary.difference(met):
            if len(text) <= _LONGEST_MET:
                entries = before.get(text)
                met[text] = self._beginning_with(text, reading.language) if entries is None else entries
        return met

    def _come_to_hand(self) -> None:
        """Let the lexicon that was not used for longest forget the words it met."""
        hand = self._at_hand
        hand.pop(self, None)
        hand[self] = None
        if len(hand) > _MOST_AT_HAND:
            idle = next(iter(hand))
            del hand[idle]
            idle._met, idle._met_before = {}, {}

    def _beginning_with(self, text: str, language: str) -> tuple[Entry, ...]:
        """Give the entries that may begin with a word of a text, as they are to be tried: those of most words first.

        Among equals marks of home come last, for they say least; then those come first that say most of the word, then
        the language's own. What stands behind an entry of one word is never asked.
        """
        keys = (text.lower(),) if is_plain(text) else keys_of(text, language)
        found = [pair for pair in self._starting_with(keys) if is_capital(text, pair[1].capitals)]
        if not found:
            return ()
        found.sort(key=lambda pair: (-len(pair[1].rest), pair[1].sort is Sort.HOME, -pair[0] if self._shared else 0))
        entries = [entry for _, entry in found]
        alone = next((place for place, entry in enumerate(entries) if not entry.rest), len(entries))
        return tuple(entries[:alone + 1])

    def _starting_with(self, keys: tuple[str, ...]) -> list[tuple[int, Entry]]:
        """Give the entries that begin with a word, each with the letters that it says; own ones before shared ones."""
        found: list[tuple[int, Entry]] = []
        lexicon: Lexicon | None = self
        while lexicon is not None:
            entries, stems, shortest = lexicon._entries, lexicon._stems, lexicon._shortest
            for key in keys:
                if key in entries:
                    found.extend((len(key), entry) for entry in entries[key])
                if key[:_OPENING] in stems or key.startswith(shortest):
                    found.extend(lexicon._with_endings(key))
            lexicon = lexicon._shared
        return found

    def _with_endings(self, key: str) -> Iterator[tuple[int, Entry]]:
        """Give the entries whose word a key is with an ending, those that say most of it first."""
        lengths = (*self._stems.get(key[:_OPENING], ()), *range(_OPENING - 1, 0, -1))
        for length in lengths:
            if length < len(key):
                for entry in self._entries.get(key[:length], ()):
                    if len(key) - length <= entry.ending:
                        yield length, entry

    def _find_lines(self, reading: Reading) -> Iterator[Hit]:
        line = reading.folded
        lengths_of = self._lengths.get
        # Hardly any place of a text begins an entry: most are passed over in C, by two characters or else by one.
        possible = map(lengths_of, map(add, line, line[1:] + " "), map(lengths_of, line))
        begun = [(place, lengths) for place, lengths in enumerate(possible) if lengths]
        behind = 0
        for place, lengths in begun:
            if place < behind:
                continue
            for length in lengths:
                entry = self._lines.get(line[place:place + length])
                if entry is not None and place + length <= len(line) and not is_cut(line, place, length):
                    behind = place + length
                    if entry.label != NOTHING:
                        yield Hit(entry.label, entry.sort, entry.doubtful, place, behind, reading.sentence_at(place))
                    break


def _lengths(stems: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """Say how long the stems are that begin with the same letters, the longest first."""
    lengths: dict[str, set[int]] = {}
    for stem in stems:
        lengths.setdefault(stem[:_OPENING], set()).add(len(stem))
    return {opening: tuple(sorted(found, reverse=True)) for opening, found in lengths.items()}


def _first_fit(entries: tuple[Entry, ...], reading: Reading, place: int) -> Entry | None:
    """Give the first entry all of whose further words follow."""
    words, language = reading.words, reading.language
    for entry in entries:
        rest = entry.rest
        if not rest:
            return entry
        if place + len(rest) < len(words) and rest[0].fits(words[place + 1], language) and all(
            part.fits(words[place + step], language) for step, part in enumerate(rest[1:], start=2)
        ):
            return entry
    return None
