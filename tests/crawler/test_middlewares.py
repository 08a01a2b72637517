import gzip

import pytest
import zstandard
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response
from scrapy.utils.test import get_crawler

from crawler.middlewares import MOST_PIECES, UnpackingMiddleware

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
