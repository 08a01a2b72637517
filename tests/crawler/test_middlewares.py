from datetime import UTC, datetime

import pytest

from crawler.middlewares import parse_retry_after

NOW = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (b"120", 120.0),
        (b" 0 ", 0.0),
        (b"Sun, 01 Nov 2026 08:00:30 GMT", 30.0),
        (b"Sun, 01 Nov 2026 07:00:00 GMT", 0.0),
        (b"soon", None),
        (b"-5", None),
        (b"", None),
        (None, None),
    ],
)
def test_retry_after_is_read_in_both_forms(value: bytes | None, seconds: float | None) -> None:
    assert parse_retry_after(value, now=NOW) == seconds
