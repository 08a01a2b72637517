"""Appeals for support in mid-text: "We depend on your support. Support us".

An appeal is short, speaks to the reader, and asks for money or a subscription for an outlet. Each of these is said in
many ways, so signs are counted, and no single sign is enough.
"""

import re

from crawler.extract.reading import Reading, Rule
from crawler.extract.text import fold
from crawler.extract.words import any_of
from crawler.extract.words.appeals import (
    ADDRESSING,
    ADDRESSING_UNSPACED,
    ASKING,
    ASKING_UNSPACED,
    JOURNALISM,
    JOURNALISM_UNSPACED,
)

NAME = "support_appeal"
LONGEST_APPEAL = 300  # characters
SHORTEST_APPEAL = 12

ASKS = re.compile(rf"\b{any_of(ASKING)}|{any_of(ASKING_UNSPACED)}")
ADDRESSES = re.compile(rf"\b{any_of(ADDRESSING)}\b|{any_of(ADDRESSING_UNSPACED)}")
SPEAKS_OF_JOURNALISM = re.compile(rf"\b{any_of(JOURNALISM)}|{any_of(JOURNALISM_UNSPACED)}")
DOMAIN = re.compile(r"(?<![@/\w.])(?:[\w-]{2,}\.)+[a-z]{2,8}(?![\w.])")
# A capital that begins a new piece in mid-line, after a small letter and no punctuation: buttons glued to one another.
GLUED_PIECE = re.compile(r"(?<=[^\W\d_A-Z] )[^\W\d_a-z][^\W\d_A-Z]{3,}")
ENDED = re.compile(r"[.!?…。！？।؟:;]['\"”’»)\]]*$")
QUOTED = re.compile(r"[\"“”„«»「」]")


def is_appeal(text: str) -> bool:
    """Tell whether a paragraph asks the reader to support an outlet.

    It must ask and address, and be no sentence: end without punctuation or name a domain. Then a second sign must
    agree, out of these two, of journalism, and of glued pieces. Whoever is quoted asks for something else.
    """
    if not SHORTEST_APPEAL <= len(text) <= LONGEST_APPEAL or QUOTED.search(text):
        return False
    unended, named = not ENDED.search(text), bool(DOMAIN.search(text))
    if not unended and not named:
        return False
    folded = fold(text)
    if not ADDRESSES.search(folded) or not ASKS.search(folded):
        return False
    return (unended and named) or bool(SPEAKS_OF_JOURNALISM.search(folded)) or asks_in_pieces(text)


def asks_in_pieces(text: str) -> bool:
    """Tell whether pieces without punctuation between them follow each other, one of them asking."""
    if is_title_case(text):
        return False
    return any(ASKS.match(fold(piece.group())) for piece in GLUED_PIECE.finditer(text))


def is_title_case(text: str) -> bool:
    """Tell whether most longer words begin with a capital, as in English headings and in German nouns."""
    longer = [word for word in text.split() if len(word) > 3]
    return sum(word[0].isupper() for word in longer) * 5 > len(longer) * 3


def strip_appeals(reading: Reading) -> Reading:
    """Drop the appeals below the first line."""
    return reading.drop([line for line in reading.lines[1:] if is_appeal(line.text)], NAME)


APPEALS = Rule(name=NAME, apply=strip_appeals)
