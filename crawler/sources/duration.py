"""Lengths of time as people write them: ``30m``, ``2s``, ``1h30m``, ``1d``."""

import re
from datetime import timedelta

_WRITTEN = re.compile(r"(?:(\d{1,6})d)?(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,6})s)?", re.ASCII)


def parse_duration(text: str) -> timedelta:
    """Read a length of time, its units from days to seconds in falling order; raise ValueError if it is none."""
    match = _WRITTEN.fullmatch(text)
    if not text or match is None:
        raise ValueError(text)
    days, hours, minutes, seconds = (int(number or 0) for number in match.groups())
    return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)


def write_duration(length: timedelta) -> str:
    """Write a length of time as ``parse_duration`` reads it, in whole seconds: ``1h30m``, ``0s``."""
    minutes, seconds = divmod(int(length.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    parts = ((days, "d"), (hours, "h"), (minutes, "m"), (seconds, "s"))
    return "".join(f"{number}{unit}" for number, unit in parts if number) or "0s"
