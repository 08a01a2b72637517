"""The dates of feeds and sitemaps: RFC 822 and ISO 8601, read strictly."""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz

from store.values import Moment, Precision

_CLOCK = re.compile(r"\d{1,2}:\d{2}(:\d{2})?")
_ISO = re.compile(r"\d{4}-\d{2}(-\d{2})?")
_ZONES = {"CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "WET": 0, "WEST": 1, "JST": 9, "KST": 9, "UTC": 0}


def parse_moment(text: str, origin: str) -> Moment | None:
    """Read one date; None when it is none. A clock time without a zone is known to the day only."""
    text = text.strip()
    if not 7 <= len(text) <= 64:
        return None
    try:
        at = _iso(text) if _ISO.match(text) else _rfc822(text)
    except (ValueError, OverflowError):
        return None
    if at is None:
        return None
    clock = _CLOCK.search(text)
    if len(text) == 7:
        return Moment(at=at.replace(tzinfo=UTC), precision=Precision.MONTH, origin=origin)
    if clock is None or at.tzinfo is None:
        midnight = at.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=UTC)
        return Moment(at=midnight, precision=Precision.DAY, origin=origin)
    return Moment(at=at, precision=Precision.SECOND if clock[1] else Precision.MINUTE, origin=origin)


def _iso(text: str) -> datetime:
    if len(text) == 7:
        text += "-01"
    zone = re.fullmatch(r"(.*\d)\s*(UTC|GMT|Z)", text)
    return datetime.fromisoformat(f"{zone[1]}+00:00" if zone else re.sub(r"(\d) ([+-]\d)", r"\1\2", text))


def _rfc822(text: str) -> datetime | None:
    named = re.search(r"\b([A-Z]{3,4})$", text)
    if named and named[1] in _ZONES:
        text = f"{text[:named.start()]}+{_ZONES[named[1]]:02d}00"
    parts = parsedate_tz(text)
    if parts is None or parts[0] < 1990:
        return None
    zone = None if parts[9] is None else timezone(timedelta(seconds=parts[9]))
    return datetime(*parts[:6], tzinfo=zone)
