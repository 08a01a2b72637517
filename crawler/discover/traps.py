"""Spider traps: addresses without end that lead to nothing new. Links -> the links worth a request.

A calendar links to every month for ever, a session puts a new token into each address, a broken relative link adds the
same folder again and again. Each kind has its word, by which what was left out is counted.
"""

import re
from collections import Counter
from collections.abc import Iterable

from crawler.discover.hosts import path_of
from store.values import Link

LONGEST_ADDRESS = 4000  # characters; a headline of 200 letters in percent-encoded Arabic or Cyrillic takes 1,200
DEEPEST_PATH = 20  # folders; as Heritrix's TooManyPathSegmentsDecideRule
MOST_REPEATED = 3  # times that one folder may stand in a path; as Heritrix's PathologicalPathDecideRule
MOST_DATES = 10  # addresses of one form, of one page, that say nothing but a day: a daily briefing, no calendar
MOST_TOKENS = 5  # addresses of one page that differ in a random token alone

_DATE_ALONE = re.compile(r"(?:/|[?&](?:date|day|d|week|month|m|year|y|from|to|start|end|cal\w*)=)"
                         r"(?:\d{4}(?:[-/.]?\d{1,2}){1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})/?$"
                         r"|[?&](?:year|y|month|m|day|d|week)=\d{1,4}&(?:year|y|month|m|day|d|week)=\d{1,4}", re.I)
_TOKEN = re.compile(r"(?<![0-9a-z])(?:[0-9a-f]{16,}|(?=[a-z]*\d)(?=\d*[a-z])[a-z0-9]{16,})(?![0-9a-z])", re.I)
_DIGITS = re.compile(r"\d+")


def leave_traps(links: Iterable[Link], *, is_page: bool) -> tuple[tuple[Link, ...], Counter[str]]:
    """Leave out what is no article but a trap; return the others, and how many were left out for which word.

    ``too_long`` and ``repeating`` hold for all links, ``calendar`` and ``session`` for those of a web page
    (``is_page``): feeds and sitemaps list articles by number and by day.
    """
    kept: list[Link] = []
    left_out: Counter[str] = Counter()
    forms: Counter[str] = Counter()
    for link in links:
        word = find_trap(link) or (_count_form(link, forms) if is_page else None)
        if word:
            left_out[word] += 1
        else:
            kept.append(link)
    return tuple(kept), left_out


def find_trap(link: Link) -> str | None:
    """Find the word for an address that is a trap by itself."""
    if len(link.url) > LONGEST_ADDRESS:
        return "too_long"
    folders = [folder for folder in path_of(link.key).partition("?")[0].split("/") if folder]
    if len(folders) > DEEPEST_PATH or max(Counter(folders).values(), default=0) > MOST_REPEATED:
        return "repeating"
    return None


def _count_form(link: Link, forms: Counter[str]) -> str | None:
    """Count an address under its form; find the word when there are too many of it."""
    path = path_of(link.key)
    if _DATE_ALONE.search(path):
        form = "date " + _DIGITS.sub("0", path)
        forms[form] += 1
        return "calendar" if forms[form] > MOST_DATES else None
    without = _TOKEN.sub("*", path)
    if without != path:
        forms[without] += 1
        return "session" if forms[without] > MOST_TOKENS else None
    return None
