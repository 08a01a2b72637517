"""The schedule in real processes: two daemons on one database, and a faster clock."""

import signal
import sqlite3
import time
from contextlib import closing
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from tests.acceptance.avvisi import Avvisi, article_page
from tests.acceptance.test_run import wait_for
from tests.localweb import LocalWeb

HOST = "north.example"


@pytest.fixture
def avvisi(tmp_path: Path, web: LocalWeb) -> Avvisi:
    made = Avvisi(tmp_path, web)
    made.write_sources([HOST], feeds="/feed.xml")
    web.add_site(HOST, {f"/{n}.html": article_page(f"Round {n}", f"dossier {n}") for n in range(2)})
    return made


def ask(avvisi: Avvisi, query: str) -> list[tuple]:
    with closing(sqlite3.connect(avvisi.folder / "avvisi.db")) as database, database:
        return database.execute(query).fetchall()


def asked(web: LocalWeb, since: int = 0) -> list[str]:
    return [served.path for served in list(web.log)[since:] if served.path != "/robots.txt"]


def runs_of(avvisi: Avvisi) -> list[tuple]:
    return ask(avvisi, "select source_id, started_at, finished_at, outcome from run order by source_id, started_at")


def test_two_daemons_share_the_sources_and_the_one_that_is_left_takes_over(avvisi: Avvisi, web: LocalWeb) -> None:
    hosts = [f"paper{n}.example" for n in range(4)]
    for host in hosts:
        web.add_site(host, {f"/{n}.html": article_page(f"{host} {n}", f"{host} dossier {n}") for n in range(2)},
                     delay=0.4)
    avvisi.write_sources(hosts, feeds="/feed.xml", every="2s")
    avvisi.environment["AVVISI_LEASE_SECONDS"] = "3"
    avvisi.run("migrate")
    daemons = [avvisi.start("run") for _ in range(2)]
    try:
        feeds = lambda: [served for served in list(web.log) if served.path == "/feed.xml"]  # noqa: E731
        wait_for(lambda: len(feeds()) >= 8, seconds=60)
        daemons[0].kill()
        daemons[0].communicate()
        killed = len(feeds())
        wait_for(lambda: {served.host for served in feeds()[killed:]} == set(hosts), seconds=30)
    finally:
        for daemon in daemons:
            if daemon.poll() is None:
                daemon.send_signal(signal.SIGTERM)
                _, err = daemon.communicate(timeout=30)
                assert "Traceback" not in err
    for (source, _, finished, outcome), (after, started, _, _) in pairwise(runs_of(avvisi)):
        assert source != after or outcome == "interrupted" or finished <= started
    articles = [(served.host, served.path) for served in web.log if served.path.endswith(".html")]
    assert len(articles) <= len(set(articles)) + 2  # what the killed one had asked for and not kept
    assert ask(avvisi, "select count(*) from article") == [(8,)]


def test_on_a_fast_clock_the_service_keeps_its_intervals(avvisi: Avvisi, web: LocalWeb) -> None:
    avvisi.environment |= {"AVVISI_CLOCK_RATE": "600", "AVVISI_CLOCK_ORIGIN": str(time.time())}
    service = avvisi.start("run")
    wait_for(lambda: asked(web).count("/feed.xml") >= 4, seconds=60)
    service.send_signal(signal.SIGTERM)
    _, err = service.communicate(timeout=30)
    assert service.returncode == 0, err
    started = [datetime.fromisoformat(row[1]) for row in runs_of(avvisi)]
    gaps = [later - former for former, later in pairwise(started[1:])]  # the first run waits for its readers to start
    assert gaps and all(timedelta(minutes=25) < gap < timedelta(minutes=70) for gap in gaps), gaps
