"""Date stubs: a labelled date glued to the head of a text: "date 2023-03 The president ..."."""

import re
from dataclasses import replace
from datetime import UTC, datetime

from crawler.extract.reading import HEAD, Reading, Rule
from crawler.extract.text import fold
from crawler.extract.words import words
from crawler.extract.words.dates import LABELS
from store.values import Moment, Precision

NAME = "date_stub"

LABEL = frozenset(words(LABELS))
STUB = re.compile(
    r"^[\s\W]{0,3}(?P<label>[^\d:：=]{2,24}?)\s*[:：=]?\s*"
    r"(?P<date>(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)(?:-(?P<day>\d\d))?)"
    r"(?P<clock>[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?(?=\s|$)[\s|–—-]*"
)


def find_stub(text: str) -> tuple[str, Moment] | None:
    """Return the stub at the head of a line and the moment it states; None when there is none.

    A clock time is not read: beside the label it comes without a zone more often than with one.
    """
    found = STUB.match(text)
    if not found or fold(found["label"]) not in LABEL:
        return None
    if text[found.end():][:1].islower():  # "Posted 2026-11-02 to Vienna, she ...": the label is the sentence's own word
        return None
    try:
        at = datetime(int(found["year"]), int(found["month"]), int(found["day"] or 1), tzinfo=UTC)
    except ValueError:  # 2023-13 is a number of something else
        return None
    precision = Precision.DAY if found["day"] else Precision.MONTH
    return found.group(), Moment(at=at, precision=precision, origin="text")


def strip_date_stub(reading: Reading) -> Reading:
    """Take a stub off the first line; it becomes the date of publication."""
    if not reading.lines:
        return reading
    found = find_stub(reading.lines[0].text)
    if not found:
        return reading
    piece, moment = found
    return replace(reading.cut(reading.lines[0], piece, side=HEAD, rule=NAME), published=moment)


DATE_STUB = Rule(name=NAME, apply=strip_date_stub)
