"""Read dates as pages and feeds write them, and choose the one on which an article was published."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone

from crawler.extract.facts.calendars import BUDDHIST, YEARS, buddhist_day
from store.values import Moment, Precision

FIRST_YEAR = 1990  # the first web page; 1970-01-01 and 0001-01-01 are empty fields, not dates
ONE_DAY_ANYWHERE = timedelta(hours=38)  # a day begins in the far east, and it is 14 o'clock of it in the far west
ZONE_TOLERANCE = timedelta(days=1)  # a page written east of its reader is dated tomorrow

# RFC 822 names these; those after it mean one thing wherever a page writes them, unlike IST or BST.
ZONES = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8,
    "pdt": -7, "wet": 0, "west": 1, "cet": 1, "cest": 2, "mez": 1, "mesz": 2, "eet": 2, "eest": 3, "msk": 3, "jst": 9,
    "kst": 9, "akst": -9, "akdt": -8, "hst": -10, "nzst": 12, "nzdt": 13, "aest": 10, "aedt": 11,
}  # fmt: skip
MONTHS = {name: number for number, name in enumerate(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1)}

_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?\s*(?P<half>[ap]m)?"
_ZONE = r"(?:\s*\(?(?P<zone>(?:UTC|GMT)?\s?[+-]\d{1,2}:?(?:\d{2})?|[A-Z]{1,4}\b)\)?(?:\s*[\[(][\w/+ .:-]{1,60}[\])])?)?"
_ISO = re.compile(
    r"(?P<year>\d{4})(?P<sep>[-/.])(?P<month>\d{1,2})(?:(?P=sep)(?P<day>\d{1,2})(?:(?:T|\s|,){1,3}" + _CLOCK + _ZONE
    + r")?)?", re.ASCII | re.IGNORECASE)
_COMPACT = re.compile(
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?:T?(?P<hour>\d{2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2}))?"
    + _ZONE + ")?", re.ASCII | re.IGNORECASE)
_RFC822 = re.compile(
    r"(?:[a-z]{3,9},?\s+)?(?P<day>\d{1,2})[\s-](?P<name>[a-z]{3,9})\.?[\s-](?P<year>\d{4}|\d{2})(?:,?\s+"
    + _CLOCK + _ZONE + ")?", re.ASCII | re.IGNORECASE)
_JAVASCRIPT = re.compile(
    r"(?:[a-z]{3,9}\.?,?\s+)?(?P<name>[a-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd"
    r"|th)?,?\s+(?P<year>\d{4})(?:,?\s+(?:at\s+)?"
    + _CLOCK + _ZONE + ")?", re.ASCII | re.IGNORECASE)
_CTIME = re.compile(
    r"[a-z]{3}\s+(?P<name>[a-z]{3})\s+(?P<day>\d{1,2})\s+(?P<hour>\d{2}):(?P<minute>\d{2}):(?P<second>\d{2})"
    r"(?:\s+(?P<zone>[A-Z]{1,4}))?\s+(?P<year>\d{4})", re.ASCII | re.IGNORECASE)
_FORMS = (_ISO, _COMPACT, _RFC822, _JAVASCRIPT, _CTIME)
_UNTIL = re.compile(r"\d-\d{1,2}:\d{2}")  # "10:00-12:00" in a line for people is a time from and to, and no offset
_CLOCK_AFTER = re.compile(r"\W{0,3}(?:at\s|um\s|à\s|às\s|a\s las\s)?\s*" + _CLOCK + _ZONE, re.ASCII | re.IGNORECASE)
_EPOCH = re.compile(r"\d{10}|\d{13}", re.ASCII)
_OFFSET = re.compile(r"(?:UTC|GMT)?\s?([+-])(\d{1,2}):?(\d{2})?", re.IGNORECASE)
_URL_DATE = re.compile(
    r"[/_=-](?P<year>(?:19|20)\d{2})(?P<sep>[/_.-]?)(?P<month>0[1-9]|1[0-2])(?P=sep)(?P<day>0[1-9]|[12]\d|3[01])(?!\d)",
    re.ASCII)
_URL_SLASHED = re.compile(r"/(?P<year>(?:19|20)\d{2})/(?P<month>\d{1,2}|[a-z]{3})/(?P<day>\d{1,2})(?=/)", re.ASCII)
_URL_MONTH = re.compile(r"/(?P<year>(?:19|20)\d{2})[/-](?P<month>0[1-9]|1[0-2])/", re.ASCII)
LONGEST_DATE = 80


def parse_moment(text: str, origin: str) -> Moment | None:
    """Read a moment written for machines: ISO 8601, RFC 822, JavaScript, English, seconds since 1970; else None.

    The whole text must be the date. The precision is what was written; a clock time without a zone is known to the
    day only, since a zone is never invented. A year before 1990 is no date.
    """
    text = " ".join(text[: LONGEST_DATE + 1].split())
    if not text or len(text) > LONGEST_DATE:
        return None
    if _EPOCH.fullmatch(text):
        return _from_epoch(int(text), origin)
    for form in _FORMS:
        match = form.fullmatch(text)
        if match:
            return _from_match(match, origin)
    return None


def parse_url_date(url: str) -> Moment | None:
    """Read the day, or the month, that an address carries: ``/2024/03/05/``, ``/20240305/``, ``/2024-03/``."""
    path = url.split("?", 1)[0].split("#", 1)[0]
    for form in (_URL_SLASHED, _URL_DATE, _URL_MONTH):
        match = form.search(path)
        moment = match and _from_match(match, "url")
        if moment:
            return moment
    return None


def is_plausible(moment: Moment, *, fetched_at: datetime) -> bool:
    """Whether a page fetched then may carry this date: not before the web, not in the future."""
    return moment.at.year >= FIRST_YEAR and moment.at <= fetched_at + ZONE_TOLERANCE


def unique(moments: Iterable[Moment]) -> tuple[Moment, ...]:
    """Keep the first of moments that say the same at the same place, in order."""
    return tuple(dict.fromkeys(moments))


def agree(one: Moment, other: Moment) -> bool:
    """Whether two moments may mean the same day, whatever their zones; a month agrees with each of its days."""
    if Precision.MONTH in (one.precision, other.precision):
        return (one.at.year, one.at.month) == (other.at.year, other.at.month)
    return abs(one.at - other.at) <= ONE_DAY_ANYWHERE


def clock_after(text: str, day: datetime, origin: str) -> Moment | None:
    """Read the clock time and zone that stand behind a date; None where either is missing."""
    match = _CLOCK_AFTER.match(text)
    if not match or _UNTIL.search(match[0]):
        return None
    try:
        zone = _zone(match["zone"])
        if zone is None:
            return None
        hour = _hour(int(match["hour"]), match["half"])
        at = day.replace(hour=hour, minute=int(match["minute"]), second=int(match["second"] or 0), tzinfo=zone)
    except ValueError:
        return None
    return Moment(at=at, precision=Precision.SECOND if match["second"] else Precision.MINUTE, origin=origin)


def _from_epoch(number: int, origin: str) -> Moment | None:
    at = datetime.fromtimestamp(number / 1000 if number >= 10**12 else number, UTC).replace(microsecond=0)
    return Moment(at=at, precision=Precision.SECOND, origin=origin) if at.year >= FIRST_YEAR else None


def _from_match(match: re.Match[str], origin: str) -> Moment | None:
    said = match.groupdict()
    try:
        return _build(said, origin)
    except (ValueError, OverflowError):  # the 31st of June, 25 o'clock, a month named Foo
        return None


def _build(said: dict[str, str | None], origin: str) -> Moment | None:
    month = _month(said.get("month") or said.get("name") or "")
    year = int(said["year"] or 0)
    if len(said["year"] or "") == 2:
        year += 2000 if year < 70 else 1900
    if year in YEARS[buddhist_day]:
        year -= BUDDHIST
    if year < FIRST_YEAR:
        return None
    day = said.get("day")
    midnight = datetime(year, month, int(day or 1), tzinfo=UTC)
    zone = _zone(said.get("zone"))
    if said.get("hour") is None or zone is None:
        return Moment(at=midnight, precision=Precision.DAY if day else Precision.MONTH, origin=origin)
    hour = _hour(int(said["hour"] or 0), said.get("half"))
    second = said.get("second")
    at = midnight.replace(hour=hour, minute=int(said["minute"] or 0), second=int(second or 0), tzinfo=zone)
    return Moment(at=at, precision=Precision.SECOND if second else Precision.MINUTE, origin=origin)


def _month(text: str) -> int:
    return int(text) if text.isdigit() else MONTHS.get(text[:3].lower(), 0)


def _hour(hour: int, half: str | None) -> int:
    if half is None:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError(f"no such hour: {hour} {half}")
    return hour % 12 + (12 if half.lower() == "pm" else 0)


def _zone(text: str | None) -> timezone | None:
    """Read an offset or a zone's name; None where it is absent or means nothing certain."""
    if not text:
        return None
    text = text.strip().lower()
    if text in ZONES:
        return UTC if ZONES[text] == 0 else timezone(timedelta(hours=ZONES[text]))
    match = _OFFSET.fullmatch(text)
    if not match:
        return None
    offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    if offset > timedelta(hours=14):
        raise ValueError(f"no such offset: {text}")
    return UTC if not offset else timezone(-offset if match[1] == "-" else offset)
