import asyncio
import time
from itertools import pairwise

import pytest

from crawler.politeness import LONGEST_CRAWL_DELAY, LONGEST_WAIT, HostGate, RefusedRequest, Robots, RobotsMemory, parse_robots

AGENT = "avvisi/1.0"


async def hold_turn(gate: HostGate, host: str, seen: list[tuple[str, float]], delay: float = 0.0) -> None:
    async with gate.turn(host, delay):
        seen.append((host, time.monotonic()))
        await asyncio.sleep(0.05)
        seen.append((host, time.monotonic()))


def test_a_host_never_gets_two_requests_at_a_time() -> None:
    async def scene() -> list[tuple[str, float]]:
        gate, seen = HostGate(asyncio.Event()), []
        await asyncio.gather(*(hold_turn(gate, "a.example", seen) for _ in range(4)))
        return seen

    times = [moment for _, moment in asyncio.run(scene())]
    spans = sorted(zip(times[::2], times[1::2], strict=True))
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))


def test_the_delay_counts_from_the_end_of_the_last_request() -> None:
    async def scene() -> list[tuple[str, float]]:
        gate, seen = HostGate(asyncio.Event()), []
        await asyncio.gather(*(hold_turn(gate, "a.example", seen, delay=0.2) for _ in range(2)))
        return seen

    seen = asyncio.run(scene())
    assert seen[2][1] - seen[1][1] >= 0.19


def test_different_hosts_do_not_wait_for_each_other() -> None:
    async def scene() -> float:
        gate, started = HostGate(asyncio.Event()), time.monotonic()
        await asyncio.gather(*(hold_turn(gate, f"{n}.example", []) for n in range(10)))
        return time.monotonic() - started

    assert asyncio.run(scene()) < 0.3


def test_a_stop_frees_whoever_waits_for_a_host() -> None:
    async def scene() -> str:
        stopping = asyncio.Event()
        gate = HostGate(stopping)
        gate.hold("a.example", 60)
        asyncio.get_running_loop().call_later(0.05, stopping.set)
        with pytest.raises(RefusedRequest) as refused:
            await hold_turn(gate, "a.example", [])
        return refused.value.reason

    assert asyncio.run(scene()) == "stopped"


def test_a_host_that_asks_for_a_long_pause_is_left_to_the_next_run() -> None:
    async def scene() -> str:
        gate = HostGate(asyncio.Event())
        gate.hold("a.example", LONGEST_WAIT + 60)
        with pytest.raises(RefusedRequest) as refused:
            await hold_turn(gate, "a.example", [])
        return refused.value.reason

    assert asyncio.run(scene()) == "host_paused"


@pytest.mark.parametrize(
    ("status", "body", "allowed"),
    [
        (200, b"User-agent: *\nDisallow: /private/", True),
        (200, b"User-agent: avvisi\nDisallow: /", False),
        (200, b"\xff\xfe\x00 not text at all", True),
        (404, b"", True),
        (403, b"", True),
        (429, b"", False),
        (503, b"", False),
    ],
)
def test_robots_failure_modes_are_those_of_rfc_9309(status: int, body: bytes, allowed: bool) -> None:
    assert parse_robots(status, body).may_fetch("http://a.example/story", AGENT) is allowed


def test_a_crawl_delay_is_obeyed_up_to_a_bound() -> None:
    slow = parse_robots(200, b"User-agent: *\nCrawl-delay: 7")
    endless = parse_robots(200, b"User-agent: *\nCrawl-delay: 1e12")
    assert slow.crawl_delay(AGENT).total_seconds() == 7
    assert endless.crawl_delay(AGENT).total_seconds() == LONGEST_CRAWL_DELAY


def test_robots_is_fetched_once_for_all_crawls_of_an_origin() -> None:
    asked = []

    async def fetch(url: str) -> Robots:
        asked.append(url)
        await asyncio.sleep(0.01)
        return Robots(None)

    async def scene() -> None:
        memory = RobotsMemory()
        pages = ("http://a.example/1", "http://a.example/2", "https://a.example/3")
        await asyncio.gather(*(memory.get(url, fetch) for url in pages))

    asyncio.run(scene())
    assert sorted(asked) == ["http://a.example/robots.txt", "https://a.example/robots.txt"]
