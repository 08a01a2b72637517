import asyncio
import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from crawler.network.politeness import (
    FIRST_PAUSE,
    LONGEST_CRAWL_DELAY,
    LONGEST_RETRY,
    LONGEST_WAIT,
    STRIKES,
    HostGate,
    RefusedRequest,
    Robots,
    RobotsMemory,
    parse_retry_after,
    parse_robots,
)
from store.guestbook import KeptRobots

AGENT = "avvisi/1.0"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


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
        gate.hold("a.example", LONGEST_WAIT + 60, cause="http_503")
        gate.hold("a.example", 1, cause="http_429")  # a shorter pause than the one that it has
        with pytest.raises(RefusedRequest) as refused:
            await hold_turn(gate, "a.example", [])
        assert LONGEST_WAIT < refused.value.wait <= LONGEST_WAIT + 60
        return f"{refused.value.reason} {refused.value.cause}"

    assert asyncio.run(scene()) == "host_paused http_503"


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


class Shelf:
    def __init__(self, kept: KeptRobots | None) -> None:
        self.kept = kept

    async def recall(self, origin: str) -> KeptRobots | None:
        return self.kept

    async def keep(self, origin: str, robots: Robots) -> None:
        pass

    def now(self) -> datetime:
        return NOW


@pytest.mark.parametrize(
    ("days_old", "unreachable_days", "status", "asked", "may_fetch"),
    [
        (0.5, None, 503, 0, False),  # of today: not asked for again
        (2, None, 404, 1, True),  # older: asked for
        (2, None, 503, 1, False),  # unreachable: the copy forbids still
        (40, 5, 503, 1, False),  # the copy is too old: nothing may be fetched
        (None, 40, 503, 1, True),  # unreachable for a month: as if there were none
        (None, 1, 503, 1, False),
    ],
)
def test_a_copy_of_robots_serves_while_it_cannot_be_had(
    days_old: float | None, unreachable_days: float | None, status: int, asked: int, may_fetch: bool
) -> None:
    def ago(days: float | None) -> datetime | None:
        return None if days is None else NOW - timedelta(days=days)

    kept = KeptRobots(status=200, body=b"User-agent: *\nDisallow: /", fetched_at=ago(days_old),
                      unreachable_since=ago(unreachable_days))
    urls: list[str] = []

    async def fetch(url: str) -> Robots:
        urls.append(url)
        return parse_robots(status, b"")

    robots = asyncio.run(RobotsMemory(Shelf(kept)).get("http://a.example/story", fetch))
    assert (len(urls), robots.may_fetch("http://a.example/story", AGENT)) == (asked, may_fetch)


def test_thousands_of_groups_for_others_take_no_time_and_ours_is_obeyed() -> None:
    others = "\n".join(f"User-agent: a{n}" for n in range(12_000)) + "\n" + "Disallow: /\n" * 10_000
    started = time.monotonic()
    robots = parse_robots(200, f"{others}\nUser-agent: x\nUser-agent: Avvisi/1\nDisallow: /private\nSitemap: http://s".encode())
    assert time.monotonic() - started < 5
    assert robots.may_fetch("http://a.example/story", AGENT)
    assert not robots.may_fetch("http://a.example/private/1", AGENT)
    assert robots.sitemaps == ("http://s",)


def test_long_rules_of_other_hosts_are_laid_aside_and_asked_for_again() -> None:
    rules = "User-agent: *\n" + "\n".join(f"Disallow: /private/{n}" for n in range(20_000))
    asked: list[str] = []

    async def fetch(url: str) -> Robots:
        asked.append(url)
        return parse_robots(200, rules.encode() if "long" in url else b"User-agent: *\nDisallow: /private")

    async def scene() -> None:
        memory = RobotsMemory()
        for host in ("short.example", "long1.example", "long2.example", "long1.example", "short.example"):
            robots = await memory.get(f"http://{host}/", fetch)
            assert not robots.may_fetch(f"http://{host}/private/7")

    asyncio.run(scene())
    assert [url.split("/")[2] for url in asked] == ["short.example", "long1.example", "long2.example", "long1.example"]


def test_a_contact_is_no_name_that_a_rule_may_mean() -> None:
    robots = parse_robots(200, b"User-agent: example\nDisallow: /")
    assert robots.may_fetch("http://a.example/", "avvisi/1.0 (+https://example.org)")


def test_a_failing_host_gets_longer_rests_and_a_good_answer_shortens_them_to_none() -> None:
    gate = HostGate(asyncio.Event())
    rests = []
    for is_good in (False, False, False, *(True,) * 9):
        gate.pace("a.example", delay=1.0, seconds=0.1, is_good=is_good)
        rests.append(gate._hosts["a.example"].rest)
    assert rests[:3] == [2.0, 4.0, 8.0]
    assert rests[3:] == sorted(rests[3:], reverse=True) and rests[-1] == 0.0
    gate.pace("a.example", delay=1.0, seconds=9.0, is_good=True)
    assert gate._hosts["a.example"].rest == 9.0


def test_a_host_that_fails_again_and_again_is_left_alone_ever_longer() -> None:
    gate = HostGate(asyncio.Event())
    pauses = [gate.pace("a.example", delay=0, seconds=1, is_good=False) for _ in range(3 * STRIKES)]
    assert [pause for pause in pauses if pause] == [FIRST_PAUSE, 2 * FIRST_PAUSE, 4 * FIRST_PAUSE]
    gate.pace("a.example", delay=0, seconds=1, is_good=True)
    assert gate.leave_alone("a.example", 300) == 300


def test_the_more_patient_of_two_sources_sets_the_pause() -> None:
    async def scene() -> list[tuple[str, float]]:
        gate, seen = HostGate(asyncio.Event()), []
        await hold_turn(gate, "a.example", seen, delay=0.0)
        await hold_turn(gate, "a.example", seen, delay=0.3)
        return seen

    seen = asyncio.run(scene())
    assert seen[2][1] - seen[1][1] >= 0.29


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (b"120", 120.0),
        (b" 0 ", 0.0),
        (b"Sun, 22 Nov 2026 12:00:30 GMT", 30.0),
        (b"Sun, 22 Nov 2026 11:00:00 GMT", 0.0),
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
