"""What a line looks like by itself: a dateline, a short heading, a short exclamation. These recur and are text."""

import re

from crawler.extract.boilerplate.appeals import ADDRESSES, ASKS, QUOTED
from crawler.extract.line_keys import NUMBER, tokenize
from crawler.extract.line_keys import UNSPACED as UNSPACED_RANGE
from crawler.extract.text import fold

LONGEST_DATELINE = 90  # characters
MOST_PLACE_WORDS = 4  # "Sharm el Sheikh", "Washington, D.C."
MOST_DATELINE_WORDS = 9  # "Rio de Janeiro, 5 de março de 2026"
LONGEST_HEADING = 60  # characters
MOST_HEADING_WORDS = 7
LONGEST_UNSPACED_HEADING = 16  # ideographs
MOST_EXCLAIMED_WORDS = 5
SHORTEST_PROSE = 80  # characters; of a script without spaces half as many

UNSPACED = re.compile(f"[{UNSPACED_RANGE}]")
SENTENCE_END = re.compile(r"[.!?…。！？।۔؟]['\"”’»›」』)\]]*$")
CLOCK = re.compile(r"\d{1,2}[:.h]\d\d(?!\d)")
PLACE = re.compile(r"^[(\[（【]?(?P<place>[^\d,،、(（\[【:：|/–—-]{2,40}?)[)\]）】]?\s*(?P<mark>[,،、(（\[【/–—-]|$)")
UNSPACED_DATELINE = re.compile(
    r"^[（【(\[]?[^\d，、,。]{0,8}[，、,]?\s*(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日\s*[^\d。，、]{0,4}(?:电|電|讯|訊|発|发|＝|=)?[）】)\]]?$"
)
PARTICLES = frozenset("am an de del der di do el la las le les los of on over sur und upon al as ash".split())
JANEIRO = re.compile(r"\bde [^\W\d_]+")  # a month in a place's name is no date
CONTACT = re.compile(
    r"[@©®]|https?:|www\.|\b[\w-]{2,}\.(?:com|org|net|info|[a-z]{2})\b(?!\.)", re.IGNORECASE
)
LABELLED = re.compile(r"[:：]\s*\S|[|»›→•]")


def is_unspaced(text: str) -> bool:
    """Tell whether a line is mostly written without spaces between words."""
    return len(UNSPACED.findall(text)) * 2 > len(text)


def is_prose(text: str) -> bool:
    """Tell whether a line is long enough to be told from a label, and ends as a sentence does."""
    return len(text) >= (SHORTEST_PROSE // 2 if is_unspaced(text) else SHORTEST_PROSE) and ends_sentence(text)


def ends_sentence(text: str) -> bool:
    """Tell whether a line ends with the mark of a sentence's end."""
    return bool(SENTENCE_END.search(text))


def is_dateline(text: str) -> bool:
    """Tell whether a short line says where and when a text was written: "Kyiv, 5 March 2024", "BRUSSELS (AP) —".

    A place comes first, a comma, bracket or dash sets it off, and a date or an agency follows; a clock time does not.
    """
    if len(text) > LONGEST_DATELINE or CLOCK.search(text):
        return False
    tokens = tokenize(text)
    if is_unspaced(text):
        return bool(UNSPACED_DATELINE.match(text))
    if len(tokens) > MOST_DATELINE_WORDS:
        return False
    found = PLACE.match(text)
    if not found or not is_place(found["place"]):
        return False
    rest = text[found.end("place"):]
    return NUMBER in tokens or (bool(found["mark"]) and (rest.rstrip().endswith(("–", "—", "-")) or is_shouted(text)))


def is_place(name: str) -> bool:
    """Tell whether a few words may name a place: each with a capital where the script has them, no date among them."""
    words = name.strip().split()
    if not 1 <= len(words) <= MOST_PLACE_WORDS or NUMBER in tokenize(JANEIRO.sub("", name)):
        return False
    return all(word[0].isupper() or word in PARTICLES or word[0].lower() == word[0].upper() for word in words)


def is_shouted(text: str) -> bool:
    """Tell whether a line of a script with two cases is in capitals."""
    return text.upper() == text != text.lower()


def is_heading_like(text: str) -> bool:
    """Tell whether a line could be a heading within a text: short, no sentence, no label with its value, no address."""
    if CONTACT.search(text) or LABELLED.search(text) or ends_sentence(text):
        return ends_sentence(text) and text.rstrip("”\"»’' ").endswith(("?", "？", "؟")) and _is_short(text)
    return _is_short(text)


def is_exclamation(text: str) -> bool:
    """Tell whether a line is a sentence of a few words, as those that close a speech: "Glory to the heroes!"."""
    return ends_sentence(text) and not CONTACT.search(text) and not LABELLED.search(text) and (
        len(UNSPACED.findall(text)) <= LONGEST_UNSPACED_HEADING and len(text.split()) <= MOST_EXCLAIMED_WORDS)


def asks_the_reader(text: str) -> bool:
    """Tell whether a line asks who reads it for something, outside quotation marks: sites do, articles seldom."""
    folded = fold(text)
    return not QUOTED.search(text) and bool(ADDRESSES.search(folded)) and bool(ASKS.search(folded))


def _is_short(text: str) -> bool:
    if is_unspaced(text):
        return len(text) <= LONGEST_UNSPACED_HEADING
    return len(text) <= LONGEST_HEADING and len(text.split()) <= MOST_HEADING_WORDS
