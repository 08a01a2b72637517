import gzip
from datetime import UTC, datetime

import pytest
import zstandard
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response
from scrapy.utils.test import get_crawler

from crawler.middlewares import LONGEST_RETRY, MOST_PIECES, UnpackingMiddleware, parse_retry_after

NOW = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (b"120", 120.0),
        (b" 0 ", 0.0),
        (b"Sun, 01 Nov 2026 08:00:30 GMT", 30.0),
        (b"Sun, 01 Nov 2026 07:00:00 GMT", 0.0),
        (b"soon", None),
        (b"9" * 400, LONGEST_RETRY),
        (b"Fri, 31 Dec 9999 23:59:59 GMT", LONGEST_RETRY),
        (b"Fri, 31 Dec 99999999999999999999 00:00:00 GMT", None),
        (b"Fri, 31 Dec 9999 23:59:59 -2359", None),
        (b"-5", None),
        (b"", None),
        (None, None),
    ],
)
def test_retry_after_is_read_in_both_forms(value: bytes | None, seconds: float | None) -> None:
    assert parse_retry_after(value, now=NOW) == seconds


PACKED = {"gzip": gzip.compress(b"word", mtime=0), "zstd": zstandard.compress(b"word")}


def unpack(body: bytes, encoding: str) -> bytes:
    middleware = UnpackingMiddleware.from_crawler(get_crawler())
    answer = Response("http://a.example/", body=body, headers={"Content-Encoding": encoding})
    unpacked = middleware.process_response(Request("http://a.example/"), answer)
    assert isinstance(unpacked, Response)
    return unpacked.body


@pytest.mark.parametrize("encoding", PACKED)
def test_a_body_in_several_pieces_is_unpacked_and_one_in_thousands_refused(encoding: str) -> None:
    assert unpack(PACKED[encoding] * 9, encoding) == b"word" * 9
    with pytest.raises(IgnoreRequest, match="packed"):
        unpack(PACKED[encoding] * (MOST_PIECES + 1), encoding)


def test_pieces_are_counted_in_each_wrapping() -> None:
    with pytest.raises(IgnoreRequest, match="packed"):
        unpack(gzip.compress(PACKED["zstd"] * (MOST_PIECES + 1)), "zstd, gzip")
