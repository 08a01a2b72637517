"""The listener: small answers, bounded against whoever asks."""

import asyncio
import time

import pytest

from crawler.service.listen import CONNECTIONS, HEAD, Listener, Reply, parse_place
from store.errors import UsageError


async def hello() -> Reply:
    return Reply(body=b"hello\n", content_type="text/plain")


async def fail() -> Reply:
    raise ValueError("secret")


async def large() -> Reply:
    return Reply(body=b"x" * 20_000_000, content_type="text/plain")


def listen(test, *, seconds: float = 5.0):
    async def run():
        repliers = {"/hello": hello, "/fail": fail, "/large": large}
        async with Listener(parse_place("127.0.0.1:0"), repliers, seconds=seconds) as listener:
            return await test(listener.port)

    return asyncio.run(run())


async def ask(port: int, request: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(request)
        await writer.drain()
        return await reader.read()
    except ConnectionError:
        return b""
    finally:
        writer.close()


@pytest.mark.parametrize(("request_", "status"), [
    (b"GET /hello HTTP/1.1\r\nHost: a\r\n\r\n", b"200 OK"),
    (b"GET /hello?a=1 HTTP/1.1\r\n\r\n", b"200 OK"),
    (b"GET /other HTTP/1.1\r\n\r\n", b"404 Not Found"),
    (b"POST /hello HTTP/1.1\r\n\r\n", b"405 Method Not Allowed"),
    (b"\x16\x03\x01 nonsense\r\n\r\n", b"405 Method Not Allowed"),
    (b"GET /fail HTTP/1.1\r\n\r\n", b"500 Internal Server Error"),
])
def test_each_request_gets_its_status(request_: bytes, status: bytes):
    answer = listen(lambda port: ask(port, request_))
    assert answer.startswith(b"HTTP/1.1 " + status + b"\r\n")
    assert b"secret" not in answer


def test_an_answer_is_whole_and_a_head_has_no_body():
    answer = listen(lambda port: ask(port, b"GET /hello HTTP/1.1\r\n\r\n"))
    assert answer.endswith(b"\r\n\r\nhello\n")
    assert b"Content-Length: 6\r\n" in answer
    assert listen(lambda port: ask(port, b"HEAD /hello HTTP/1.1\r\n\r\n")).endswith(b"\r\n\r\n")
    assert len(listen(lambda port: ask(port, b"GET /large HTTP/1.1\r\n\r\n"))) > 20_000_000


def test_an_endless_head_is_cut_off():
    started = time.monotonic()
    assert listen(lambda port: ask(port, b"GET /hello HTTP/1.1\r\n" + b"a: b\r\n" * HEAD)) == b""
    assert time.monotonic() - started < 4


def test_a_slow_asker_and_a_slow_reader_are_let_go():
    async def dawdle(port: int) -> float:
        started = time.monotonic()
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET /hel")
        assert await reader.read() == b""
        writer.close()
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1000)
        writer.write(b"GET /large HTTP/1.1\r\n\r\n")
        await asyncio.sleep(0.6)
        with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
            await reader.readexactly(20_000_000)
        writer.close()
        return time.monotonic() - started

    assert listen(dawdle, seconds=0.2) < 4


def test_too_many_at_once_are_turned_away_and_the_next_are_served():
    async def crowd(port: int) -> bytes:
        idle = [await asyncio.open_connection("127.0.0.1", port) for _ in range(CONNECTIONS)]
        await asyncio.sleep(0.1)
        assert await ask(port, b"GET /hello HTTP/1.1\r\n\r\n") == b""
        for _, writer in idle:
            writer.close()
        async with asyncio.timeout(20):
            while not (answer := await ask(port, b"GET /hello HTTP/1.1\r\n\r\n")):  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        return answer

    assert listen(crowd, seconds=60).endswith(b"hello\n")


def test_a_port_that_is_taken_is_named():
    async def again(port: int) -> None:
        async with Listener(parse_place(f"127.0.0.1:{port}"), {}):
            pass

    with pytest.raises(UsageError, match="cannot listen on"):
        listen(again)


@pytest.mark.parametrize("text", ["9477", ":9477", "127.0.0.1", "127.0.0.1:x", "127.0.0.1:70000", "host.example:1"])
def test_an_address_is_always_named(text: str):
    with pytest.raises(UsageError, match=r"127\.0\.0\.1:9477"):
        parse_place(text)


def test_addresses_of_both_families_are_read():
    assert parse_place("[::1]:9477").is_loopback
    assert parse_place("localhost:1").is_loopback
    assert not parse_place("0.0.0.0:9477").is_loopback
