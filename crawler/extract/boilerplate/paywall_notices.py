"""Notices below a lead that the rest must be paid or signed in for: "This article is for members, log in to continue".

They close a text. An article about subscriptions says such things in sentences of its own, in quotation marks, or
before its last paragraph.
"""

import re
from dataclasses import replace

from crawler.extract.boilerplate.appeals import ADDRESSES, QUOTED
from crawler.extract.line_forms import SHORTEST_PROSE, UNSPACED, asks_the_reader, is_prose, is_unspaced
from crawler.extract.reading import Reading, Rule
from crawler.extract.text import fold
from crawler.extract.walls import LONGEST_NOTICE, SENTENCE
from crawler.extract.words import any_of, words
from crawler.extract.words.walls import AUDIENCES, NOTICES, PAYWALLS, SUBSCRIBING, SUBSCRIBING_UNSPACED

NAME = "paywall_notice"
NEAR_THE_END = 12  # lines among which the first notice stands: after it come prices and buttons
WORD = re.compile(r"\w+")
# A quick look before the search: most lines have none of the words with which a notice begins.
FIRST_WORDS = frozenset(WORD.findall(phrase)[0] for phrase in words(PAYWALLS) + words(NOTICES) + words(AUDIENCES))
NOTICE = re.compile(
    rf"{SENTENCE}(?:{any_of(PAYWALLS)}|{any_of(NOTICES)}|{any_of(AUDIENCES)}\s*(?:$|[.!…।|()\[\]–—-]))")
PRICE = re.compile(r"\d\s?[€£$¥₽₴₺₹%]|[€£$¥₽₴₺₹]\s?\d|\d\s?(?:EUR|USD|GBP|CHF|PLN|zł|Kč|kr|Ft|лв|руб|грн|円|元|원)\b")
SUBSCRIBE = re.compile(rf"\b{any_of(SUBSCRIBING)}|{any_of(SUBSCRIBING_UNSPACED)}")


def is_notice(text: str) -> bool:
    """Tell whether a line says that one must subscribe or sign in, and is no sentence of an article.

    A sentence of some length counts only if it says so twice or to the reader: "To read on, choose your plan".
    """
    if len(text) > LONGEST_NOTICE:
        return False
    folded = fold(text)
    if FIRST_WORDS.isdisjoint(WORD.findall(folded)) and not UNSPACED.search(folded):
        return False
    if QUOTED.search(text) or not SUBSCRIBE.search(folded):
        return False
    said = len(NOTICE.findall(folded))
    return said > 1 or (said == 1 and (not is_prose(text) or bool(ADDRESSES.search(folded))))


def strip_notices(reading: Reading) -> Reading:
    """Drop the notices that close a text, and the prices, buttons and invitations after the first of them."""
    lines = reading.lines
    notices = [place for place in range(max(1, len(lines) - NEAR_THE_END), len(lines)) if is_notice(lines[place].text)]
    first = next((place for place in notices if not any(is_paragraph(line.text) for line in lines[place:])), None)
    if first is None or not any(is_paragraph(line.text) for line in lines[:first]):
        return reading
    unwanted = [line for line in lines[first:] if is_notice(line.text) or is_offer(line.text)]
    return replace(reading.drop(unwanted, NAME), is_walled=True)


def is_offer(text: str) -> bool:
    """Tell whether a line after a notice is a price, a button or an invitation."""
    return asks_the_reader(text) or bool(PRICE.search(text)) or bool(SUBSCRIBE.search(fold(text)))


def is_paragraph(text: str) -> bool:
    """Tell whether a line is long enough for the article's own text, and no notice, nor an offer to the reader."""
    shortest = SHORTEST_PROSE // 2 if is_unspaced(text) else SHORTEST_PROSE
    return len(text) >= shortest and not is_notice(text) and not asks_the_reader(text)


PAYWALL_NOTICES = Rule(name=NAME, apply=strip_notices, matches=is_notice)
