"""Lengths of time as people write them."""

from datetime import timedelta

import pytest

from crawler.sources.duration import parse_duration, write_duration


@pytest.mark.parametrize(("text", "length"), [
    ("30m", timedelta(minutes=30)),
    ("2s", timedelta(seconds=2)),
    ("90s", timedelta(seconds=90)),
    ("1h", timedelta(hours=1)),
    ("1d", timedelta(days=1)),
    ("1h30m", timedelta(hours=1, minutes=30)),
    ("0s", timedelta(0)),
])
def test_a_duration_is_read_as_it_is_spoken(text: str, length: timedelta) -> None:
    assert parse_duration(text) == length


@pytest.mark.parametrize("text", ["", "30", "m", "1.5h", "-2s", "30m1h", "2 s", "1w", "30min", "٣m", "9999999d"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_duration(text)


@pytest.mark.parametrize("text", ["0s", "2s", "30m", "1h30m", "1d"])
def test_a_duration_is_written_as_it_was_read(text: str) -> None:
    assert write_duration(parse_duration(text)) == text


def test_ninety_seconds_are_written_in_larger_units() -> None:
    assert write_duration(timedelta(seconds=90)) == "1m30s"
