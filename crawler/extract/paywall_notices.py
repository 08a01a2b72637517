"""Notices below a lead that the rest must be paid or signed in for: "This article is for members, log in to continue".

They close a text. An article about subscriptions says such things in sentences of its own, in quotation marks, or
before its last paragraph.
"""

import re
from dataclasses import replace

from crawler.extract.appeals import ADDRESSES, QUOTED
from crawler.extract.line_forms import SHORTEST_PROSE, asks_the_reader, is_prose, is_unspaced
from crawler.extract.reading import Reading, Rule
from crawler.extract.text import fold
from crawler.extract.walls import SENTENCE
from crawler.extract.words import any_of
from crawler.extract.words.walls import NOTICES, PAYWALLS, SUBSCRIBING, SUBSCRIBING_UNSPACED

NAME = "paywall_notice"
LONGEST = 300  # characters
NOTICE = re.compile(f"{SENTENCE}(?:{any_of(PAYWALLS)}|{any_of(NOTICES)})")
PRICE = re.compile(r"\d\s?[€£$¥₽₴₺₹%]|[€£$¥₽₴₺₹]\s?\d|\d\s?(?:EUR|USD|GBP|CHF|PLN|zł|Kč|kr|Ft|лв|руб|грн|円|元|원)\b")
SUBSCRIBE = re.compile(rf"\b{any_of(SUBSCRIBING)}|{any_of(SUBSCRIBING_UNSPACED)}")


def is_notice(text: str) -> bool:
    """Tell whether a line says that one must subscribe or sign in, and is no sentence of an article.

    A sentence of some length counts only if it says so twice or to the reader: "To read on, choose your plan".
    """
    if len(text) > LONGEST or QUOTED.search(text):
        return False
    folded = fold(text)
    said = len(NOTICE.findall(folded))
    return bool(said) and bool(SUBSCRIBE.search(folded)) and (
        said > 1 or not is_prose(text) or bool(ADDRESSES.search(folded)))


def strip_notices(reading: Reading) -> Reading:
    """Drop the notices that close a text, and the prices, buttons and invitations after the first of them."""
    lines, end = reading.lines, len(reading.lines)
    while end and not is_paragraph(lines[end - 1].text):
        end -= 1
    tail = lines[end:]
    first = next((place for place, line in enumerate(tail) if is_notice(line.text)), None)
    if first is None or not end:
        return reading
    unwanted = [line for line in tail[first:] if is_notice(line.text) or is_offer(line.text)]
    return replace(reading.drop(unwanted, NAME), is_walled=True)


def is_offer(text: str) -> bool:
    """Tell whether a line after a notice is a price, a button or an invitation."""
    return asks_the_reader(text) or bool(PRICE.search(text)) or bool(SUBSCRIBE.search(fold(text)))


def is_paragraph(text: str) -> bool:
    """Tell whether a line is long enough for the article's own text, and no notice, nor an offer to the reader."""
    shortest = SHORTEST_PROSE // 2 if is_unspaced(text) else SHORTEST_PROSE
    return len(text) >= shortest and not is_notice(text) and not asks_the_reader(text)


PAYWALL_NOTICES = Rule(name=NAME, apply=strip_notices)
