"""Texts and questions cut into words, in any script, so that the index of either database finds one by the other.

Letters are folded: case, accents, the widths and forms of one letter. Where a script sets no blanks (Chinese, Japanese,
Thai, Khmer...; Korean is cut so, too, since it joins endings to words) each pair of neighbours is a word, and a run
ends with its last letter alone: so any piece of such a text, down to one letter, is found as a row of pairs.
docs/design/search.md weighs this against the tokenizers of the databases.
"""

import re
import unicodedata
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LONGEST_WORD = 64  # letters; PostgreSQL refuses words of more than 2,046 bytes
MOST_WORDS = 16_000  # of a title or a text; PostgreSQL knows no place beyond 16,383
EXCERPT = 70  # letters on either side of what was found

_PAIRED = ("\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3041-\u30ff\u3131-\u318f\u31f0-\u31ff"
           "\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uaa60-\uaa7f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff")
_IS_PAIRED = re.compile(f"[{_PAIRED}]")
# Signs that belong to a letter and are none to Python: vowels of India and Tibet, marks of Thailand and Burma.
_MARKS = [letter for letter in map(chr, [*range(0x0900, 0x1100), *range(0x1780, 0x1800)])
          if unicodedata.category(letter)[0] == "M"]
_MARKS_APART = "".join(mark for mark in _MARKS if not _IS_PAIRED.match(mark))
_MARKS_PAIRED = "".join(filter(_IS_PAIRED.match, _MARKS))
_WORD = re.compile(f"(?:[^\\W_{_PAIRED}]|[{_MARKS_APART}])+|(?:(?=[{_PAIRED}])[^\\W_]|[{_MARKS_PAIRED}])+")
# What accents are in Latin, Greek and Cyrillic letters, vowel signs in Hebrew and Arabic ones, and a stretched line.
_ACCENTS = re.compile("[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"
                      "\u00ad\u200c-\u200f]")
_ALIKE = str.maketrans("ıłøđħ\u06cc\u06a9\u0649", "ilodh\u064a\u0643\u064a")  # as Persian and Arabic write one letter

_PIECE = re.compile(r'(-?)(?:"([^"]*)"?|(\S+))')


@dataclass(frozen=True, kw_only=True)
class Phrase:
    """Words that stand side by side; ``is_open`` where the last one may go on, ``is_unwanted`` where none may be."""

    words: tuple[str, ...]
    is_open: bool = False
    is_unwanted: bool = False


@dataclass(frozen=True, kw_only=True)
class Excerpt:
    """A piece of a text: what was found, and what stands before and behind it."""

    before: str
    found: str
    after: str

    def __str__(self) -> str:
        return self.before + self.found + self.after


def fold(text: str) -> str:
    """Write alike what is one word to a reader: ``Shqipëri`` and ``SHQIPERI``, ``ＮＡＴＯ`` and ``nato``."""
    if text.isascii():
        return text.lower()
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize("NFC", plain).translate(_ALIKE)


def cut(text: str) -> list[str]:
    """Cut a text into folded words, in the order they stand."""
    found = _WORD.findall(fold(text))
    if text.isascii() or not _IS_PAIRED.search(text):
        return [word[:LONGEST_WORD] for word in found][:MOST_WORDS]
    return [word for run in found for word in _cut_run(run)][:MOST_WORDS]


def _cut_run(run: str) -> Iterable[str]:
    if not _IS_PAIRED.match(run):
        return (run[:LONGEST_WORD],)
    return (run[place : place + 2] for place in range(len(run)))


def parse_question(written: str) -> tuple[Phrase, ...]:
    """Read what a person looks for: words, ``"a phrase"``, ``sanction*``, ``-unwanted``; empty where it has no word."""
    found = []
    for minus, quoted, word in _PIECE.findall(written):
        words = cut(quoted or word)
        if not words:
            continue
        is_open = word.endswith("*")
        if _IS_PAIRED.match(words[-1]):
            words, is_open = _end_run(words)
        found.append(Phrase(words=tuple(words), is_open=is_open, is_unwanted=bool(minus)))
    return tuple(found)


def _end_run(words: list[str]) -> tuple[list[str], bool]:
    """Let a question end in a pair, which may stand in mid-run; a letter that stands alone may begin a pair."""
    if len(words) > 1 and len(words[-2]) == 2 and words[-2][1] == words[-1]:
        return words[:-1], False
    return words, len(words[-1]) == 1


def find_excerpt(text: str, question: Iterable[Phrase]) -> Excerpt | None:
    """Find the first place of a text where a phrase stands, in one line; None where it has none of them."""
    wanted = [phrase for phrase in question if not phrase.is_unwanted]
    longest = max((len(phrase.words) for phrase in wanted), default=1)
    last: deque[tuple[str, int, int]] = deque(maxlen=longest)
    for piece in _locate(text):
        last.append(piece)
        for phrase in wanted:
            row = list(last)[-len(phrase.words) :]
            if _is_row_of(row, phrase):
                return _take(text, row[0][1], row[-1][2])
    return None


def _locate(text: str) -> Iterator[tuple[str, int, int]]:
    """Cut a text that is not folded, each word with where it begins and ends."""
    for match in _WORD.finditer(text):
        run = fold(match[0])
        if not _IS_PAIRED.match(match[0]) or len(run) != len(match[0]):
            yield from ((word, match.start(), match.end()) for word in cut(match[0]))
        else:
            for place, pair in enumerate(_cut_run(run)):
                yield pair, match.start() + place, match.start() + place + len(pair)


def _is_row_of(row: list[tuple[str, int, int]], phrase: Phrase) -> bool:
    *there, last = (word for word, _, _ in row)
    if there != list(phrase.words[:-1]):
        return False
    return last.startswith(phrase.words[-1]) if phrase.is_open else last == phrase.words[-1]


def _take(text: str, start: int, end: int) -> Excerpt:
    before, after = text[max(0, start - EXCERPT) : start], text[end : end + EXCERPT]
    if start > EXCERPT:
        before = "…" + (before.split(" ", 1)[1] if " " in before else before)
    if end + EXCERPT < len(text):
        after = (after.rsplit(" ", 1)[0] if " " in after else after) + "…"
    return Excerpt(before=before.replace("\n", " "), found=text[start:end].replace("\n", " "),
                   after=after.replace("\n", " "))
