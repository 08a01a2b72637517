"""The background service as a real process that gets real signals."""


import json
import signal
import sqlite3
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from tests.acceptance.avvisi import Avvisi, article_page
from tests.localweb import LocalWeb

HOSTS = tuple(f"paper{n}.example" for n in range(12))
PAGES = 6


@pytest.fixture
def avvisi(tmp_path: Path, web: LocalWeb) -> Avvisi:
    for host in HOSTS:
        pages = {f"/{n}.html": article_page(f"Round {n} at {host}", f"{host} dossier {n}") for n in range(PAGES)}
        web.add_site(host, pages, delay=0.02)
    made = Avvisi(tmp_path, web)
    made.write_sources(HOSTS, feeds="/feed.xml", every="2s")
    return made


def pages_asked(web: LocalWeb) -> Counter[tuple[str, str]]:
    return Counter((served.host, served.path) for served in list(web.log) if served.path.endswith(".html"))


def wait_for(condition, seconds: float = 30.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_in_mid_crawl_ends_it_soon_and_loses_nothing(
    avvisi: Avvisi, web: LocalWeb, number: signal.Signals
) -> None:
    service = avvisi.start("run")
    wait_for(lambda: len(pages_asked(web)) >= 15)
    stopped = time.monotonic()
    service.send_signal(number)
    _, err = service.communicate(timeout=10)
    assert time.monotonic() - stopped < 5
    assert service.returncode == 0, err
    assert "Traceback" not in err
    with sqlite3.connect(avvisi.folder / "avvisi.db") as database:
        kept = {url for (url,) in database.execute("select requested_url from page")}
        queued = {url for (url,) in database.execute("select url from link where state = 'queued'")}
    known = kept | queued
    asked = {f"http://{host}{path}" for host, path in pages_asked(web)}
    assert asked <= known
    avvisi.crawl()
    assert len(avvisi.records()) == len(HOSTS) * PAGES


def test_every_source_runs_again_at_its_interval_and_never_twice_at_once(avvisi: Avvisi, web: LocalWeb) -> None:
    service = avvisi.start("run")
    feeds = lambda: Counter(served.host for served in list(web.log) if served.path == "/feed.xml")  # noqa: E731
    wait_for(lambda: len(feeds()) == len(HOSTS) and min(feeds().values()) >= 3)
    service.send_signal(signal.SIGTERM)
    service.communicate(timeout=10)
    assert max(pages_asked(web).values()) == 1
    with sqlite3.connect(avvisi.folder / "avvisi.db") as database:
        rows = database.execute("select source_id, started_at, finished_at from run order by source_id, started_at")
        runs = rows.fetchall()
    for (source, _, finished), (after, started, _) in pairwise(runs):
        assert source != after or finished is None or finished <= started


def test_due_times_survive_a_restart(avvisi: Avvisi, web: LocalWeb) -> None:
    avvisi.write_sources(HOSTS[:2], feeds="/feed.xml", every="1h")
    avvisi.crawl()
    asked = len(web.log)
    service = avvisi.start("run")
    time.sleep(4)
    service.send_signal(signal.SIGTERM)
    service.communicate(timeout=10)
    assert len(web.log) == asked


def test_the_crawl_command_stops_cleanly_at_ctrl_c(avvisi: Avvisi, web: LocalWeb) -> None:
    process = avvisi.start("crawl", "--json")
    wait_for(lambda: len(pages_asked(web)) >= 5)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=10)
    assert "Traceback" not in err
    assert json.loads(out)["totals"]["sources"] >= 1
    avvisi.crawl()
    assert len(avvisi.records()) == len(HOSTS) * PAGES
