"""Read dates as people write them for people, in some eighty languages: ``19. Dezember 2023``, ``2023年12月19日``."""

import functools
import re
from datetime import UTC, datetime

from crawler.extract.dates import FIRST_YEAR, clock_after
from crawler.extract.months import month_number
from store.values import Moment, Precision

LONGEST_TEXT = 200  # of a date line; what is longer is prose, and its dates are not the article's

_DIGIT = re.compile(r"\d")
# Letters with their marks: the vowel signs of Indic scripts are no \\w.
_LETTERS = r"[^\s\d.,/:;()|·–—-]"
_WORD = rf"(?P<word>[^\W\d_]{_LETTERS}{{1,19}}(?:\s{_LETTERS}{{2,7}})?)\.?"
_YEAR = r"(?P<year>\d{4})"
_DAY = r"(?P<day>\d{1,2})"
_MONTH = r"(?P<month>\d{1,2})"
_DAY_FIRST = re.compile(
    rf"(?<![\d:.,/-]){_DAY}(?:st|nd|rd|th|er|\.|º|ª|-?го|-?a)?(?:\s+(?:de|of|d[’']|di|ng))?[\s./-]+{_WORD},?"
    rf"(?:\s+(?:de|del|do))?[\s./,-]+{_YEAR}(?!\d)", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"(?<![^\W\d_]){_WORD}\s*{_DAY}(?:st|nd|rd|th)?,?\s+{_YEAR}(?!\d)", re.IGNORECASE)
_YEAR_FIRST = re.compile(
    rf"(?<!\d){_YEAR}(?:\.|[^\W\d_]{{1,4}}\.?)?[\s-]+(?:[^\W\d_]\.\s)?{_WORD}[\s-]+{_DAY}(?!\d)", re.IGNORECASE)
_IDEOGRAPHS = re.compile(rf"(?<!\d){_YEAR}\s?[年년]\s?{_MONTH}\s?[月월]\s?{_DAY}\s?[日일号號]?")
_VIETNAMESE = re.compile(rf"(?<!\d){_DAY}\s+tháng\s+{_MONTH}(?:,|\s+năm)?\s+{_YEAR}", re.IGNORECASE)
_YEAR_NUMBERS = re.compile(rf"(?<![\d.:/-]){_YEAR}(?P<sep>[./-])\s?{_MONTH}(?P=sep)\s?{_DAY}(?!\d|[./-]\d)")
_NUMBERS = re.compile(rf"(?<![\d.:/-]){_DAY}(?P<sep>[./-])\s?{_MONTH}(?P=sep)\s?{_YEAR}(?!\d|[./-]\d)")
_FORMS = (_IDEOGRAPHS, _VIETNAMESE, _YEAR_NUMBERS, _NUMBERS, _DAY_FIRST, _MONTH_FIRST, _YEAR_FIRST)


@functools.lru_cache(maxsize=256)  # several judge one line; the cache only remembers
def find_written_date(text: str, origin: str, language: str | None = None) -> Moment | None:
    """Find the first date that a short text states; the day, or the minute where clock and zone stand behind it.

    ``03/05/2024`` is the third of May where people write it so; in English it may be either, and is refused.
    """
    text = " ".join(text[: LONGEST_TEXT + 1].split())
    if len(text) > LONGEST_TEXT or not _DIGIT.search(text):
        return None
    found = [(match.start(), match, at) for form in _FORMS for match in form.finditer(text)
             if (at := _date(match, language))]
    if not found:
        return None
    _, match, at = min(found, key=lambda entry: entry[0])
    return clock_after(text[match.end() : match.end() + 40], at, origin) or Moment(
        at=at, precision=Precision.DAY, origin=origin)


def cut_dates(text: str, separator: str) -> str:
    """Replace each written date in a short text."""
    if _DIGIT.search(text):
        for form in _FORMS:
            text = form.sub(lambda match: separator if _date(match, "xx") else match[0], text)
    return text


def _date(match: re.Match[str], language: str | None) -> datetime | None:
    said = match.groupdict()
    month = _named(said["word"], language) if said.get("word") else int(said["month"])
    day, year = int(said["day"]), int(said["year"])
    if month and match.re is _NUMBERS and said["sep"] == "/":
        day, month = _order(day, month, language)
    try:
        return datetime(year, month or 0, day, tzinfo=UTC) if year >= FIRST_YEAR else None
    except ValueError:  # the 31st of June, or no month at all
        return None


def _named(words: str, language: str | None) -> int | None:
    return month_number(words, language) or month_number(words.split()[0], language)


def _order(first: int, second: int, language: str | None) -> tuple[int, int]:
    """Tell day from month; (0, 0), which is no date, where it cannot be told."""
    if second > 12:
        return second, first
    if first > 12 or first == second or (language or "en").split("-")[0].lower() != "en":
        return first, second
    return 0, 0
