"""Markers of slots that outlived the advertisement: "[Anzeige_2]", "Advertisement - continue reading below"."""

import re

from crawler.extract.reading import drop_matching
from crawler.extract.text import fold
from crawler.extract.words import words
from crawler.extract.words.adverts import CONTINUATIONS, LABELS, SHORT_LABELS

NAME = "ad_slot"
LONGEST_MARKER = 80  # characters: a label, a dash and "continue reading below"

LABEL, SHORT, CONTINUATION = (frozenset(words(table)) for table in (LABELS, SHORT_LABELS, CONTINUATIONS))
BRACKETED = re.compile(r"^[\[({<]\s*(?P<word>[^\d\[\](){}<>]{2,30}?)[\s_#-]*\d*\s*[\])}>]$")
NUMBERED = re.compile(r"^(?P<word>[^\d]{2,30}?)[\s_#-]*\d{0,3}$")
PARTS = re.compile(r"\s*[-–—:|/•·.…↓▼]+\s*")
IN_BRACKETS = LABEL | SHORT
ALONE = frozenset(word for word in CONTINUATION if len(word.split()) > 2 or not word.isascii())


def is_ad_slot(text: str) -> bool:
    """Tell whether a whole line is the marker of a slot."""
    if len(text) > LONGEST_MARKER:
        return False
    folded = fold(text)
    if bracketed := BRACKETED.match(folded):
        return bracketed["word"].strip() in IN_BRACKETS
    parts = [part for part in PARTS.split(folded) if part]
    if not parts:
        return False
    if parts[0] in LABEL or ((numbered := NUMBERED.match(parts[0])) and numbered["word"] in LABEL):
        return all(part in CONTINUATION or part in LABEL for part in parts[1:])
    return len(parts) == 1 and parts[0] in ALONE


AD_SLOTS = drop_matching(NAME, is_ad_slot)
