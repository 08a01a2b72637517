"""The forms under which a line recurs: as it is but for numbers and dates, and as a template with a gap.

A key is a number of 63 bits: two lines of a site with one key are the same line, or have most of their words in common,
in one order, from the start, to the end, or at both.
"""

import re
from functools import lru_cache
from hashlib import blake2b

from crawler.extract.facts.months import MONTHS_BY_LANGUAGE
from crawler.extract.facts.weekdays import WEEKDAYS_BY_LANGUAGE
from crawler.extract.text import fold

NUMBER = "0"  # what every number and date is written as
KEY_BYTES = 8
LONGEST = 1500  # characters; the longest furniture seen in the corpora, a disclaimer, has 1,200
SHORT = 200  # characters, up to which what was read of a line is kept at hand
LONGEST_TEMPLATE = 90  # tokens
SHORTEST_DATE_WORD = 4  # letters; shorter ones ("so", "di", "may") are words, but for those beside a number
# Lengths in tokens that templates are cut at, each half as long again: a fixed part of three quarters of a line or more
# always holds one that is at least half of it.
STEPS = (4, 6, 9, 13, 19, 28, 42, 63)
HALF_STEPS = (2, 3, 5, 7, 10, 15, 22, 32)
LEAST_SHARE = 0.5  # of a line's tokens that a template must hold
UNSPACED_STEPS = STEPS[2:]  # an ideograph says about half as much as a word
UNSPACED_HALF_STEPS = HALF_STEPS[2:]

UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
_PUNCTUATION = (
    r"\s!-/:-@\[-`{-~\u00a0-\u00a9\u00ab-\u00b1\u00b4-\u00b9\u00bb-\u00bf\u2010-\u206f\u20a0-\u2bff\u3000-\u303f"
    r"\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65،؛؟۔।॥…"
)
TOKEN = re.compile(rf"[{UNSPACED}]|[^{UNSPACED}{_PUNCTUATION}]+")
WITHIN_WORDS = str.maketrans("", "", "'\u2018\u2019\u02bc")  # apostrophes, written in many ways
DIGITS = re.compile(r"\d+")
BEGINS_WITH_DIGIT = re.compile(r"\d")


def _date_words() -> frozenset[str]:
    tables = (*MONTHS_BY_LANGUAGE.values(), *WEEKDAYS_BY_LANGUAGE.values())
    names = {name.replace("_", " ") for table in tables for group in table.split(" ") for name in group.split("|")}
    cut = [TOKEN.findall(fold(name).translate(WITHIN_WORDS)) for name in names]
    return frozenset(tokens[0] for tokens in cut if len(tokens) == 1)


DATE_WORDS = _date_words()


def tokenize(text: str) -> tuple[str, ...]:
    """Cut a line into folded words, ideographs one by one; a run of numbers and names of days and months is one ``0``.

    "12.", "3rd" and "2024" are numbers; so is "5 марта 2024, 12:30" as a whole.
    """
    return _tokenize_short(text) if len(text) <= SHORT else _tokenize(text[:LONGEST])


@lru_cache(maxsize=2048)  # what recurs on a site is asked for page after page; what is long seldom recurs, and is large
def _tokenize_short(text: str) -> tuple[str, ...]:
    return _tokenize(text)


def _tokenize(text: str) -> tuple[str, ...]:
    found = TOKEN.findall(fold(text).translate(WITHIN_WORDS))
    tokens: list[str] = []
    done = 0
    for place in [place for place, token in enumerate(found) if not token.isalpha() or token in DATE_WORDS]:
        tokens += found[done:place]
        done = place + 1
        written = _write(found[place], found, place)
        if written == NUMBER or (len(written) <= 3 and BEGINS_WITH_DIGIT.match(written)):
            written = NUMBER
            if tokens and tokens[-1] == NUMBER:
                continue
        tokens.append(written)
    return tuple(tokens + found[done:]) if done else tuple(found)


def _write(token: str, tokens: list[str], place: int) -> str:
    """Write a token that is no plain word: numbers as one, and words for days and months too."""
    if token in DATE_WORDS:
        return NUMBER if _is_date_word(token, tokens, place) else token
    return DIGITS.sub(NUMBER, token)


def _is_date_word(token: str, tokens: list[str], place: int) -> bool:
    """Tell whether one of the words for days and months is meant as that."""
    if len(token) >= SHORTEST_DATE_WORD:
        return True
    beside = (tokens[place - 1] if place else "", tokens[place + 1] if place + 1 < len(tokens) else "")
    return any(BEGINS_WITH_DIGIT.match(token) for token in beside)


def exact_key(text: str) -> int | None:
    """Return the key of a line as it is, but for numbers and dates; None where it has no other words."""
    return _exact_key(tokenize(text))


def line_keys(text: str) -> tuple[int, ...]:
    """Return a line's keys, that of the line as it is first; none where it is all numbers and dates."""
    tokens = tokenize(text)
    exact = _exact_key(tokens)
    return () if exact is None else (exact, *_template_keys(tokens))


def _exact_key(tokens: tuple[str, ...]) -> int | None:
    if tokens in ((), (NUMBER,)):
        return None
    return _hash("=", tokens)


def _template_keys(tokens: tuple[str, ...]) -> tuple[int, ...]:
    """Make the keys of the templates that a line may be made from: same start, same end, same start and end."""
    size = len(tokens)
    if size > LONGEST_TEMPLATE:
        return ()
    is_unspaced = [*map(len, tokens)].count(1) * 2 > size
    steps, halves = (UNSPACED_STEPS, UNSPACED_HALF_STEPS) if is_unspaced else (STEPS, HALF_STEPS)
    keys = []
    for step in steps:
        if size * LEAST_SHARE <= step < size:
            keys += [_hash("<", tokens[:step]), _hash(">", tokens[-step:])]
    keys += [_hash("^", (*tokens[:half], "", *tokens[-half:])) for half in halves
             if size * LEAST_SHARE <= 2 * half < size]
    return tuple(keys)


def _hash(kind: str, tokens: tuple[str, ...]) -> int:
    digest = blake2b("\x1f".join((kind, *tokens)).encode("utf-8", "surrogatepass"), digest_size=KEY_BYTES).digest()
    return int.from_bytes(digest, "big") >> 1  # databases count with a sign
