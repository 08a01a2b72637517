"""The title again: a page repeats it as the first line of its text."""

import functools

from crawler.extract.reading import Reading, Rule
from crawler.extract.text import fold

NAME = "repeated_title"
MOST_SIGNS = 100  # characters of a title's other writing that are no letters


def strip_title(reading: Reading) -> Reading:
    """Drop the first line when it says what the title says and more lines follow."""
    if not reading.title or len(reading.lines) < 2:
        return reading
    first = reading.lines[0]
    if len(first.text) > 2 * len(reading.title) + MOST_SIGNS:  # most pages: no need to look at every letter
        return reading
    return reading.drop([first], NAME) if letters(first.text) == letters(reading.title) else reading


@functools.lru_cache(maxsize=256)  # the title is compared with many lines; the cache only remembers
def letters(text: str) -> str:
    """Return a text's letters and digits, folded; quotation marks and dashes differ between a title's two writings."""
    return "".join(filter(str.isalnum, fold(text)))


REPEATED_TITLE = Rule(name=NAME, apply=strip_title)
