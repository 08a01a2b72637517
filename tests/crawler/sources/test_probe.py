"""Asking once and politely, against a real server."""

import asyncio
import gzip
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest

from crawler.sources.probe import Fetched, FetchError, Manners, Probe, open_probe
from tests.crawler.sources.web import FEED, Answer, serve

T = TypeVar("T")
QUICK = Manners(user_agent="avvisi-test (+https://example.org/)", timeout=2.0, delay=0.0)


def visit(look: Callable[[Probe], Awaitable[T]], *, trusted: str, manners: Manners = QUICK) -> T:
    async def go() -> T:
        async with open_probe(manners, trusted=(trusted,)) as probe:
            return await look(probe)

    return asyncio.run(go())


def ask(url: str, *, trusted: str | None = None, manners: Manners = QUICK) -> Fetched:
    return visit(lambda probe: probe.fetch(url), trusted=trusted or url, manners=manners)


def why_not(url: str, *, trusted: str | None = None, manners: Manners = QUICK) -> FetchError:
    with pytest.raises(FetchError) as caught:
        ask(url, trusted=trusted, manners=manners)
    return caught.value


def test_an_answer_comes_back_whole_whatever_its_status() -> None:
    with serve({"/feed": Answer(FEED, headers={"Content-Type": "application/rss+xml"})}) as web:
        found, missing = ask(f"{web.root}/feed"), ask(f"{web.root}/nothing")
    assert (found.status, found.content_type) == (200, "application/rss+xml")
    assert b"Talks resume" in found.body
    assert missing.status == 404


def test_it_says_who_asks_and_sends_no_cookie_back() -> None:
    with serve({"/a": Answer("a", headers={"Set-Cookie": "me=you; Path=/"}), "/b": Answer("b")}) as web:
        async def look(probe: Probe) -> None:
            await probe.fetch(f"{web.root}/a")
            await probe.fetch(f"{web.root}/b")

        visit(look, trusted=web.root)
        headers = [headers for _, headers in web.asked]
    assert {one["User-Agent"] for one in headers} == {QUICK.user_agent}
    assert not [one for one in headers if "Cookie" in one]


def test_a_redirect_keeps_the_requested_url() -> None:
    with serve({"/old": Answer(status=301, headers={"Location": "/new"}), "/new": Answer("new")}) as web:
        fetched = ask(f"{web.root}/old")
        assert (fetched.requested_url, fetched.url) == (f"{web.root}/old", f"{web.root}/new")
        assert fetched.moved_to == f"{web.root}/new"


def test_a_temporary_redirect_is_not_a_move() -> None:
    with serve({"/old": Answer(status=302, headers={"Location": "/new"}), "/new": Answer("new")}) as web:
        fetched = ask(f"{web.root}/old")
    assert fetched.body == b"new"
    assert fetched.moved_to is None


def test_redirects_that_never_end_are_left_after_five() -> None:
    with serve({"/loop": Answer(status=302, headers={"Location": "/loop"})}) as web:
        assert why_not(f"{web.root}/loop").reason == "redirects"
        assert web.paths().count("/loop") == 6


@pytest.mark.parametrize(("status", "headers"), [(429, {"Retry-After": "3600"}), (429, {}), (503, {})])
def test_a_host_that_wants_a_pause_is_asked_nothing_more(status: int, headers: dict[str, str]) -> None:
    with serve({"/busy": Answer(status=status, headers=headers), "/b": Answer("b")}) as web:
        async def look(probe: Probe) -> int:
            answer = await probe.fetch(f"{web.root}/busy")
            with pytest.raises(FetchError) as caught:
                await probe.fetch(f"{web.root}/b")
            assert caught.value.reason == "host_paused"
            return answer.status

        assert visit(look, trusted=web.root) == status
        assert "/b" not in web.paths()


@pytest.mark.parametrize("location", ["ftp://example.org/feed", "file:///etc/hostname", "http://[broken"])
def test_a_redirect_out_of_the_web_is_refused(location: str) -> None:
    with serve({"/old": Answer(status=301, headers={"Location": location})}) as web:
        assert why_not(f"{web.root}/old").reason == "redirects"


def test_robots_txt_is_obeyed_and_asked_once() -> None:
    rules = "User-agent: *\nDisallow: /private\n"
    with serve({"/robots.txt": Answer(rules), "/private": Answer("no"), "/open": Answer("yes")}) as web:
        async def look(probe: Probe) -> tuple[Fetched, FetchError]:
            with pytest.raises(FetchError) as caught:
                await probe.fetch(f"{web.root}/private")
            return await probe.fetch(f"{web.root}/open"), caught.value

        fetched, refusal = visit(look, trusted=web.root)
        assert (fetched.status, refusal.reason) == (200, "robots")
        assert web.paths() == ["/robots.txt", "/open"]


def test_robots_txt_is_asked_about_the_target_of_a_redirect() -> None:
    rules = "User-agent: avvisi-test\nDisallow: /private\n"
    with serve({"/robots.txt": Answer(rules), "/old": Answer(status=302, headers={"Location": "/private"})}) as web:
        assert why_not(f"{web.root}/old").reason == "robots"
        assert "/private" not in web.paths()


def test_where_robots_txt_fails_nothing_is_fetched() -> None:
    with serve({"/robots.txt": Answer("broken", status=503), "/feed": Answer(FEED)}) as web:
        error = why_not(f"{web.root}/feed")
        assert error.reason == "robots"
        assert "does not answer" in error.detail
        assert "/feed" not in web.paths()


def test_where_robots_txt_is_missing_all_may_be_fetched() -> None:
    with serve({"/feed": Answer(FEED)}) as web:
        assert ask(f"{web.root}/feed").status == 200


def test_the_text_of_robots_txt_can_be_had() -> None:
    with serve({"/robots.txt": Answer("Sitemap: {root}/news.xml\n")}) as web:
        text = visit(lambda probe: probe.fetch_robots(f"{web.root}/any"), trusted=web.root)
        assert text.decode() == f"Sitemap: {web.root}/news.xml\n"


def test_one_host_never_sees_two_requests_at_a_time() -> None:
    with serve({f"/{n}": Answer("x", wait=0.02) for n in range(5)}) as web:
        async def look(probe: Probe) -> None:
            await asyncio.gather(*(probe.fetch(f"{web.root}/{n}") for n in range(5)))

        visit(look, trusted=web.root)
        assert len(web.asked) == 6
        assert web.most_at_once == 1


def test_the_pause_between_two_requests_is_kept() -> None:
    patient = Manners(user_agent="avvisi-test", timeout=2.0, delay=0.15)
    with serve({"/a": Answer("a")}) as web:
        began = time.monotonic()
        ask(f"{web.root}/a", manners=patient)
        assert time.monotonic() - began >= 0.15


def test_a_crawl_delay_in_robots_txt_is_kept() -> None:
    with serve({"/robots.txt": Answer("User-agent: *\nCrawl-delay: 0.2\n"), "/a": Answer("a")}) as web:
        async def look(probe: Probe) -> float:
            await probe.fetch(f"{web.root}/a")
            began = time.monotonic()
            await probe.fetch(f"{web.root}/a")
            return time.monotonic() - began

        assert visit(look, trusted=web.root) >= 0.15


def test_a_slow_answer_is_given_up() -> None:
    hasty = Manners(user_agent="avvisi-test", timeout=0.2, delay=0.0)
    with serve({"/slow": Answer("late", wait=0.6)}) as web:
        assert why_not(f"{web.root}/slow", manners=hasty).reason == "timeout"


def test_a_large_answer_is_given_up_where_the_limit_is() -> None:
    narrow = Manners(user_agent="avvisi-test", timeout=2.0, delay=0.0, max_size=100_000)
    with serve({"/large": Answer(b"x" * 100_001), "/fits": Answer(b"x" * 100_000)}) as web:
        assert why_not(f"{web.root}/large", manners=narrow).reason == "too_large"
        assert len(ask(f"{web.root}/fits", manners=narrow).body) == 100_000


def test_a_bomb_is_measured_as_it_unfolds() -> None:
    narrow = Manners(user_agent="avvisi-test", timeout=5.0, delay=0.0, max_size=1_000_000)
    bomb = gzip.compress(b"\0" * 50_000_000)
    with serve({"/bomb": Answer(bomb, headers={"Content-Encoding": "gzip"})}) as web:
        assert why_not(f"{web.root}/bomb", manners=narrow).reason == "too_large"


def test_a_compressed_answer_is_unfolded() -> None:
    with serve({"/gz": Answer(gzip.compress(b"<rss/>"), headers={"Content-Encoding": "gzip"})}) as web:
        assert ask(f"{web.root}/gz").body == b"<rss/>"


def test_a_closed_port_is_unreachable() -> None:
    with serve({}) as web:
        root = web.root
    assert why_not(f"{root}/feed").reason == "unreachable"


def test_a_lying_encoding_is_unreachable_and_no_traceback() -> None:
    with serve({"/lie": Answer("plain", headers={"Content-Encoding": "gzip"})}) as web:
        assert why_not(f"{web.root}/lie").reason == "unreachable"


@pytest.mark.parametrize("host", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "[::1]", "[::ffff:192.168.1.1]",
                                  "0.0.0.0", "localhost"])
def test_a_private_address_is_not_asked(host: str) -> None:
    assert why_not(f"http://{host}:9/feed", trusted="https://example.org/").reason == "private_address"


def test_a_site_cannot_send_us_to_another_private_address() -> None:
    with serve({}) as inner, serve({"/": Answer(status=302, headers={"Location": inner.root.replace(
            "127.0.0.1", "localhost")})}) as outer:
        assert why_not(f"{outer.root}/").reason == "private_address"
        assert inner.asked == []


def test_a_proxy_from_the_environment_is_used_and_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    with serve({"http://envoy.test/feed": Answer(FEED)}) as proxy:
        monkeypatch.setenv("http_proxy", proxy.root)
        fetched = ask("http://envoy.test/feed")
        assert fetched.status == 200
        assert proxy.paths() == ["http://envoy.test/robots.txt", "http://envoy.test/feed"]


@pytest.mark.parametrize("host", ["169.254.169.254", "127.0.0.1", "localhost"])
def test_nobody_sends_us_through_a_proxy_to_its_own_machine(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    with serve({"http://envoy.test/": Answer(status=302, headers={"Location": f"http://{host}/secret"})}) as proxy:
        monkeypatch.setenv("http_proxy", proxy.root)
        assert why_not("http://envoy.test/").reason == "private_address"
        assert proxy.paths() == ["http://envoy.test/robots.txt", "http://envoy.test/"]
