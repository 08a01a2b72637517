"""The background service as a real process that gets real signals."""

import json
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.avvisi import Avvisi, article_page
from tests.localweb import Answer, LocalWeb

HOSTS = tuple(f"paper{n}.example" for n in range(8))
PAGES = 5


@pytest.fixture
def avvisi(tmp_path: Path, web: LocalWeb) -> Avvisi:
    for host in HOSTS:
        pages = {f"/{n}.html": article_page(f"Round {n} at {host}", f"{host} dossier {n}") for n in range(PAGES)}
        web.add_site(host, pages, delay=0.02)
    made = Avvisi(tmp_path, web)
    made.write_sources(HOSTS, feeds="/feed.xml", every="1s")
    return made


def hold_last_pages(web: LocalWeb) -> Callable[[], None]:
    """Let half of the hosts not come out with their last pages, so that no crawl ends; return what ends it."""
    held = {(host, f"/{n}.html"): web.get(host, f"/{n}.html") for host in HOSTS[::2] for n in range(2, PAGES)}
    for host, path in held:
        web.add(host, path, Answer(delay=600))

    def let_go() -> None:
        for (host, path), answer in held.items():
            web.add(host, path, answer)

    return let_go


def pages_asked(web: LocalWeb) -> Counter[tuple[str, str]]:
    """The articles that were answered, by host and path."""
    return Counter((served.host, served.path) for served in list(web.log) if served.path.endswith(".html"))


def feeds_asked(web: LocalWeb) -> Counter[str]:
    return Counter(served.host for served in list(web.log) if served.path == "/feed.xml")


def ask(avvisi: Avvisi, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(avvisi.folder / "avvisi.db", timeout=30)) as database, database:
        return database.execute(query).fetchall()


def wait_for(condition: Callable[[], object], seconds: float = 60.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_in_mid_crawl_ends_it_soon_and_loses_nothing(
    avvisi: Avvisi, web: LocalWeb, number: signal.Signals
) -> None:
    let_go = hold_last_pages(web)
    service = avvisi.start("run")
    wait_for(lambda: len(pages_asked(web)) >= 10)
    stopped = time.monotonic()
    service.send_signal(number)
    _, err = service.communicate(timeout=10)
    assert time.monotonic() - stopped < 5
    assert service.returncode == 0, err
    assert "Traceback" not in err
    kept = {url for (url,) in ask(avvisi, "select requested_url from page")}
    queued = {url for (url,) in ask(avvisi, "select url from link where state = 'queued'")}
    assert {f"http://{host}{path}" for host, path in pages_asked(web)} <= kept | queued
    assert queued
    let_go()
    avvisi.crawl()
    assert len(avvisi.records()) == len(HOSTS) * PAGES


def test_every_source_runs_again_at_its_interval_and_never_twice_at_once(avvisi: Avvisi, web: LocalWeb) -> None:
    service = avvisi.start("run")
    wait_for(lambda: len(feeds_asked(web)) == len(HOSTS) and min(feeds_asked(web).values()) >= 3)
    service.send_signal(signal.SIGTERM)
    service.communicate(timeout=10)
    assert max(pages_asked(web).values()) == 1
    runs = ask(avvisi, "select source_id, started_at, finished_at from run order by source_id, started_at")
    assert len(runs) >= 2 * len(HOSTS)
    for (source, _, finished), (after, started, _) in pairwise(runs):
        assert source != after or finished is None or finished <= started


def test_due_times_survive_a_restart(avvisi: Avvisi, web: LocalWeb) -> None:
    avvisi.write_sources(HOSTS[:2], feeds="/feed.xml", every="1h")
    avvisi.crawl()
    avvisi.write_sources(HOSTS[:3], feeds="/feed.xml", every="1h")
    asked = len(web.log)
    service = avvisi.start("run")
    wait_for(lambda: ask(avvisi, "select 1 from run where source_id = 'paper2-example' and outcome = 'ok'"))
    service.send_signal(signal.SIGTERM)
    service.communicate(timeout=10)
    assert {served.host for served in web.log[asked:]} == {HOSTS[2]}, "only the source that is new was due"


def test_the_crawl_command_stops_cleanly_at_ctrl_c(avvisi: Avvisi, web: LocalWeb) -> None:
    let_go = hold_last_pages(web)
    process = avvisi.start("crawl", "--json")
    wait_for(lambda: len(pages_asked(web)) >= 5)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=10)
    assert "Traceback" not in err
    assert json.loads(out)["totals"]["sources"] >= 1
    let_go()
    avvisi.crawl()
    assert len(avvisi.records()) == len(HOSTS) * PAGES
