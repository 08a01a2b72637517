"""Which words blocks share with the page's title and with each other: what is about something else shares few.

No list of words and no language: words of four letters or more as they stand, pairs of signs in scripts without spaces.
"""

import itertools
import unicodedata
from collections.abc import Sequence, Set

SHORTEST = 4
_START = 1_500  # characters of a block that are looked at


def find_words(texts: Sequence[str], dense: Sequence[bool]) -> list[Set[str]]:
    """The distinct words of each text of one line; of those in a script without spaces the pairs of its signs."""
    lines = _leave_words("\n".join(text[:_START] for text in texts)).split("\n")
    return [_pair(line) if is_dense else {word for word in line.split() if len(word) >= SHORTEST}
            for line, is_dense in zip(lines, dense, strict=True)]


def share_title(words: Sequence[Set[str]], title: Set[str]) -> list[float]:
    """How many words of each block the title has."""
    return [float(len(own & title)) for own in words]


def share_text(words: Sequence[Set[str]], was_read: Sequence[bool]) -> list[float]:
    """How many words of each block stand in another block that was read."""
    once: set[str] = set()
    several: set[str] = set()
    for own in itertools.compress(words, was_read):
        several |= once & own
        once |= own
    return [float(len(own & (several if read else once))) for own, read in zip(words, was_read, strict=True)]


def _leave_words(text: str) -> str:
    for character in set(text) - {"\n"}:
        if not character.isalnum() and unicodedata.category(character)[0] != "M":  # a vowel sign is part of its word
            text = text.replace(character, " ")
    return text.lower()


def _pair(line: str) -> Set[str]:
    signs = line.replace(" ", "")
    return {signs[start:start + 2] for start in range(len(signs) - 1)}
