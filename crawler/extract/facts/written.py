"""Read dates as people write them for people, in some 110 languages: ``19. Dezember 2023``, ``2023年12月19日``."""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from crawler.extract.facts.calendars import (
    ERAS,
    MINGUO,
    find_calendar,
    find_numeric_calendar,
    hijri_day,
    is_year_of,
)
from crawler.extract.facts.dates import FIRST_YEAR, clock_after
from crawler.extract.facts.months import month_number
from crawler.extract.facts.weekdays import WEEKDAYS_BY_LANGUAGE
from store.values import Moment, Precision

LONGEST_TEXT = 200  # of a date line; what is longer is prose, and its dates are not the article's

_DIGIT = re.compile("[\\d〇○零]")
# Letters with their marks: the vowel signs of Indic scripts are no \\w.
_LETTERS = r"[^\s\d.,/:;()|·–—-]"
_WORD = rf"(?P<word>[^\W\d_]{_LETTERS}{{1,19}}(?:\s{_LETTERS}{{2,7}})?)\.?"
_YEAR = r"(?P<year>\d{4})"
_DAY = r"(?P<day>\d{1,2})"
_MONTH = r"(?P<month>\d{1,2})"
_DAY_FIRST = re.compile(
    rf"(?<![\d:.,/-]){_DAY}(?:st|nd|rd|th|er|\.|º|ª|-?го|-?a|ኛ)?(?:\s+(?:de|of|di|ng|ta[’'])(?=\s))?"
    rf"(?:[\s./-]+|\s+d[’']){_WORD}(?:\s?/\s?{_LETTERS}{{3,9}}(?:\s{_LETTERS}{{2,7}})?)?,?"
    rf"(?:\s+(?:de|del|do))?[\s./,-]+{_YEAR}(?!\d)", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"(?<![^\W\d_]){_WORD}\s*{_DAY}(?:st|nd|rd|th|\sቀን)?(?:,?\s+|\s?[/፣]\s?){_YEAR}(?!\d)",
                          re.IGNORECASE)
_YEAR_FIRST = re.compile(
    rf"(?<!\d){_YEAR}(?:\.|[^\W\d_]{{1,4}}\.?)?[\s-]+(?:[^\W\d_]\.\s)?{_WORD}[\s-]+{_DAY}(?!\d)", re.IGNORECASE)
_YEAR_DAY = re.compile(
    rf"(?<!\d){_YEAR}[\s.-]{{0,2}}(?:gada|жылғы|жылдың|елның|йил|yil)\s+{_DAY}[\s.-]+{_WORD}", re.IGNORECASE)
_IDEOGRAPHS = re.compile(rf"(?<!\d){_YEAR}\s?[年년]\s?{_MONTH}\s?[月월]\s?{_DAY}\s?[日일号號]?")
_ERA = re.compile(rf"(?P<era>{'|'.join(ERAS)}|民國|民国)\s?(?P<year>\d{{1,3}}|元)\s?年\s?{_MONTH}\s?月\s?{_DAY}\s?日")
_CHINESE = re.compile(
    r"(?P<year>[〇○零一二三四五六七八九]{4})年(?P<month>[一二三四五六七八九十]{1,2})月(?P<day>[一二三四五六七八九十]{1,3})[日号號]")
_MONGOLIAN = re.compile(rf"(?<!\d){_YEAR}\s?(?:оны|он)\s+{_MONTH}\s?(?:-?р|д[уү]г[аэ]{{2}}р)?\s?сарын\s+{_DAY}")
_VIETNAMESE = re.compile(rf"(?<!\d){_DAY}\s+tháng\s+{_MONTH}(?:,|\s+năm)?\s+{_YEAR}", re.IGNORECASE)
# Thai and Lao write no spaces, abbreviate with points within, and the year of the Buddhist era, or its last two digits.
_THAI = re.compile(
    rf"(?<!\d){_DAY}\s?(?P<word>[\u0e01-\u0eff][\u0e01-\u0e4f\u0e81-\u0ecf.]{{1,12}}?)\.?\s?(?:[พคພ]\.?\s?[ศສ]\.?\s?)?"
    r"(?P<year>\d{4}|\d{2})(?!\d|[.:]\d)")
_YEAR_NUMBERS = re.compile(rf"(?<![\d.:/-]){_YEAR}(?P<sep>[./-])\s?{_MONTH}(?P=sep)\s?{_DAY}(?!\d|[./-]\d)")
_NUMBERS = re.compile(rf"(?<![\d.:/-]){_DAY}(?P<sep>[./-])\s?{_MONTH}(?P=sep)\s?{_YEAR}(?!\d|[./-]\d)")
_SHORT_YEAR = re.compile(rf"(?<![\d.:/-]){_DAY}\.\s?{_MONTH}\.\s?(?P<year>\d{{2}})(?!\d|[.:,]\d|\s?[%€$])")
# A form is tried where one of its signs is in the text: most lines have a Gregorian date in words, or none.
_FORMS = (
    (_IDEOGRAPHS, "年년"), (_ERA, "年"), (_CHINESE, "年"), (_MONGOLIAN, ("сарын",)), (_VIETNAMESE, ("tháng",)),
    (_YEAR_NUMBERS, "./-"), (_NUMBERS, "./-"), (_THAI, tuple("กมพเสตธາຍນພມກຕທ")), (_DAY_FIRST, ()), (_MONTH_FIRST, ()),
    (_YEAR_FIRST, ()), (_YEAR_DAY, ("gada", "жыл", "елның", "йил", "yil")), (_SHORT_YEAR, "."),
)
# Where "05.03.24" is the fifth of March; elsewhere the year may stand first.
_DOTTED = frozenset("de ru uk be bg pl cs sk tr az fi sv no nb nn da et lv ro sr hr bs mk sl is ka hy kk it fr".split())
_BRITISH = frozenset("en-gb en-in en-au en-nz en-za en-ie en-ng en-ke en-pk en-sg en-hk en-mt en-gh en-ug".split())
_CHINESE_DIGITS = {sign: number for number, signs in enumerate(("〇○零", *"一二三四五六七八九")) for sign in signs}
_ARABIC_WEEKDAYS = {
    name.replace("_", " "): number for language in ("ar", "fa", "ur")
    for number, group in enumerate(WEEKDAYS_BY_LANGUAGE[language].split(" ")) for name in group.split("|")
} | {"الإثنين": 0, "الأثنين": 0, "الاربعاء": 2, "پنج‌شنبه": 3, "سه شنبه": 1}


@dataclass(frozen=True)
class _Found:
    """A date in a text, and where it stands; ``sharp`` if its day is certain."""

    at: datetime
    start: int
    end: int
    sharp: bool = True


def may_hold_date(text: str) -> bool:
    """Tell whether a text has a digit at all, in whatever script."""
    return _DIGIT.search(text) is not None


@functools.lru_cache(maxsize=256)  # several judge one line; the cache only remembers
def find_written_date(text: str, origin: str, language: str | None = None) -> Moment | None:
    """Find the first date that a short text states; the day, or the minute where clock and zone stand behind it.

    ``03/05/2024`` is the third of May where people write it so; in English it may be either, and is refused.
    A Gregorian date goes before one of another calendar. Of an Islamic date the month alone is certain, since the moon
    is seen a day sooner or later, unless the name of the weekday stands beside it.
    """
    text = " ".join(text[: LONGEST_TEXT + 1].split())
    found = _first(text, language) if len(text) <= LONGEST_TEXT and may_hold_date(text) else None
    if found is None:
        return None
    if not found.sharp:
        return Moment(at=found.at.replace(day=1), precision=Precision.MONTH, origin=origin)
    day = Moment(at=found.at, precision=Precision.DAY, origin=origin)
    if (language or "").startswith("zh") and "CST" in text:  # China's own time, and not America's
        return day
    return clock_after(text[found.end : found.end + 40], found.at, origin) or day


def find_wall_clock(text: str, language: str | None = None) -> datetime | None:
    """Find the day and the clock time that a short text shows, as if in UTC; None where no clock follows a date."""
    text = " ".join(text[: LONGEST_TEXT + 1].split())
    found = _first(text, language) if len(text) <= LONGEST_TEXT and may_hold_date(text) else None
    clock = clock_after(f"{_until_zone(text[found.end : found.end + 40])} UTC", found.at, "text") if found else None
    return clock.at if clock else None


def cut_dates(text: str, separator: str) -> str:
    """Replace each written date in a short text."""
    if may_hold_date(text):
        for form in _forms_for(text):
            text = form.sub(lambda match: separator if _date(match, "xx") else match[0], text)
    return text


def _until_zone(text: str) -> str:
    clock = re.match(r"\D{0,12}\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]m\b)?", text, re.IGNORECASE)
    return clock[0] if clock else ""


def _first(text: str, language: str | None) -> _Found | None:
    found = [date for form in _forms_for(text) for match in form.finditer(text) if (date := _date(match, language))]
    return min(found, key=lambda date: (not date.sharp, date.start), default=None)


def _forms_for(text: str) -> Iterator[re.Pattern[str]]:
    return (form for form, signs in _FORMS if not signs or any(sign in text for sign in signs))


def _date(match: re.Match[str], language: str | None) -> _Found | None:
    try:
        day, sharp = _day(match, language)
    except (ValueError, OverflowError, KeyError):  # the 31st of June, no month at all, numerals that are no number
        return None
    if day is None or day.year < FIRST_YEAR:
        return None
    at = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return _Found(at=at, start=match.start(), end=match.end(), sharp=sharp)


def _day(match: re.Match[str], language: str | None) -> tuple[date | None, bool]:
    """Give the Gregorian day that a match states, and whether it is certain; or ValueError."""
    said = match.groupdict()
    if said.get("word"):
        return _named_day(match, said["word"], language)
    if match.re is _CHINESE:
        return date(*(_chinese_number(said[name]) for name in ("year", "month", "day"))), True
    year = 1 if said["year"] == "元" else int(said["year"])
    day, month = int(said["day"]), int(said["month"])
    if match.re is _ERA:
        return date(year + ERAS.get(said["era"], MINGUO), month, day), True
    if match.re is _SHORT_YEAR:
        dotted = (language or "").lower().split("-")[0] in _DOTTED
        return (date(year + (2000 if year < 70 else 1900), month, day) if dotted else None), True
    if match.re is _NUMBERS and (said["sep"] == "/" or month > 12):
        day, month = _order(day, month, language)
    reckoning = find_numeric_calendar(year, language) or date
    return reckoning(year, month, day), True


def _named_day(match: re.Match[str], words: str, language: str | None) -> tuple[date | None, bool]:
    day, year = int(match["day"]), int(match["year"])
    names = dict.fromkeys((words, words.split()[-1], words.split()[0], words.removeprefix("ב")))
    calendar = next((found for name in names if (found := find_calendar(name, language))), None)
    if calendar and is_year_of(calendar[0], year):
        at = calendar[0](year, calendar[1], day)
        return _by_the_moon(at, match.string) if calendar[0] is hijri_day else (at, True)
    month = next((number for name in names if (number := month_number(name, language))), None)
    if year < 100:  # of the Thai: the last two digits
        year += 2500
    reckoning = find_numeric_calendar(year, None) or date
    return (reckoning(year, month, day), True) if month else (None, False)


def _by_the_moon(day: date, text: str) -> tuple[date | None, bool]:
    """Correct a reckoned Islamic date by the weekday beside it; without one only its month is known, if at all."""
    near = [day + timedelta(days=shift) for shift in (0, -1, 1)]
    weekdays = {number for name, number in _ARABIC_WEEKDAYS.items() if re.search(rf"(?<!\w){name}(?!\w)", text)}
    certain = [candidate for candidate in near if weekdays == {candidate.weekday()}]
    if certain:
        return certain[0], True
    return (day, False) if near[1].month == near[2].month else (None, False)


def _chinese_number(text: str) -> int:
    if "十" in text:
        tens, _, ones = text.partition("十")
        return 10 * (_CHINESE_DIGITS[tens] if tens else 1) + (_CHINESE_DIGITS[ones] if ones else 0)
    return int("".join(str(_CHINESE_DIGITS[sign]) for sign in text))


def _order(first: int, second: int, language: str | None) -> tuple[int, int]:
    """Tell day from month; (0, 0), which is no date, where it cannot be told."""
    if second > 12:
        return second, first
    tag = (language or "en").replace("_", "-").lower()
    if first > 12 or first == second or tag in _BRITISH or tag.split("-")[0] != "en":
        return first, second
    return 0, 0
