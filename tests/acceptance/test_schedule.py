"""The schedule in real processes: leases between daemons, feeds that moved, gaps, a faster clock."""

import json
import signal
import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from store.leases import name_holder
from tests.acceptance.avvisi import Avvisi, article_page
from tests.acceptance.test_run import wait_for
from tests.localweb import Answer, LocalWeb

HOST = "north.example"
XML = {"Content-Type": "application/xml"}


@pytest.fixture
def avvisi(tmp_path: Path, web: LocalWeb) -> Avvisi:
    made = Avvisi(tmp_path, web)
    made.write_sources([HOST], feeds="/feed.xml")
    web.add_site(HOST, {f"/{n}.html": article_page(f"Round {n}", f"dossier {n}") for n in range(2)})
    return made


def ask(avvisi: Avvisi, query: str) -> list[tuple]:
    with closing(sqlite3.connect(avvisi.folder / "avvisi.db")) as database, database:
        return database.execute(query).fetchall()


def status(avvisi: Avvisi) -> list[dict]:
    done = avvisi.run("status", "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["sources"]


def asked(web: LocalWeb, since: int = 0) -> list[str]:
    return [served.path for served in list(web.log)[since:] if served.path != "/robots.txt"]


def test_status_says_when_a_source_is_due_and_why(avvisi: Avvisi) -> None:
    assert "no source has been crawled" in avvisi.run("status").stderr
    avvisi.crawl()
    (source,) = status(avvisi)
    assert (source["source"], source["last_outcome"], source["failures"]) == ("north-example", "ok", 0)
    due = datetime.fromisoformat(source["due_at"]) - datetime.fromisoformat(source["last_good_at"])
    assert timedelta(minutes=25) < due <= timedelta(minutes=30)
    assert source["due_reason"] == "its usual rhythm"
    table = avvisi.run("status")
    assert "north-example" in table.stdout and "its usual rhythm" in table.stdout
    unknown = avvisi.run("status", "south")
    assert (unknown.returncode, "avvisi status lists" in unknown.stderr) == (2, True)


def test_a_feed_that_moved_for_good_is_followed_and_asked_there_from_then_on(avvisi: Avvisi, web: LocalWeb) -> None:
    feed = web.get(HOST, "/feed.xml")
    web.add(HOST, "/feed.xml", Answer(status=301, headers={"Location": "/new-feed.xml"}))
    web.add(HOST, "/new-feed.xml", feed)
    assert avvisi.crawl()["totals"]["new"] == 2
    before = len(web.log)
    avvisi.crawl()
    assert asked(web, before) == ["/new-feed.xml"]
    (moved,) = status(avvisi)[0]["moved"]
    assert (moved["from"], moved["to"], moved["how"]) == (f"http://{HOST}/feed.xml", f"http://{HOST}/new-feed.xml", "301")
    web.add(HOST, "/new-feed.xml", Answer(status=404))  # it was gone there, too, and is back at home
    web.add(HOST, "/feed.xml", feed)
    assert avvisi.crawl()["runs"][0]["outcome"] == "http_404"
    assert avvisi.crawl()["runs"][0]["outcome"] == "ok"
    assert status(avvisi)[0]["moved"] == []


def test_a_feed_that_is_elsewhere_for_now_is_no_move(avvisi: Avvisi, web: LocalWeb) -> None:
    web.add(HOST, "/other.xml", web.get(HOST, "/feed.xml"))
    web.add(HOST, "/feed.xml", Answer(status=302, headers={"Location": "/other.xml"}))
    assert avvisi.crawl()["totals"]["new"] == 2
    assert status(avvisi)[0]["moved"] == []


def test_a_feed_that_is_gone_is_found_where_the_site_announces_it(avvisi: Avvisi, web: LocalWeb) -> None:
    web.add(HOST, "/rss/feed-2.xml", web.get(HOST, "/feed.xml"))
    web.add(HOST, "/feed.xml", Answer(status=410))
    links = "".join(f'<link rel="alternate" type="application/rss+xml" href="/{path}">' for path in
                    ("comments/feed", "sport.rss", "rss/feed-2.xml"))
    web.add(HOST, "/", Answer(f"<html><head>{links}</head><body>News</body></html>".encode(),
                              headers={"Content-Type": "text/html"}))
    (run,) = avvisi.crawl()["runs"]
    assert (run["outcome"], run["counts"]["new"]) == ("ok", 2)
    assert status(avvisi)[0]["moved"][0]["how"] == "autodiscovery"
    before = len(web.log)
    avvisi.crawl()
    assert asked(web, before) == ["/rss/feed-2.xml"]


def test_a_feed_that_is_gone_for_good_is_a_hard_failure_and_not_asked_soon(avvisi: Avvisi, web: LocalWeb) -> None:
    web.add(HOST, "/feed.xml", Answer(status=410))
    for _ in range(3):
        assert avvisi.crawl()["runs"][0]["outcome"] == "http_410"
    (source,) = status(avvisi)
    assert source["due_reason"].startswith("hard failure, http_410")
    assert source["failing_since"]
    gap = datetime.fromisoformat(source["due_at"]) - datetime.fromisoformat(source["last_run_at"])
    assert gap > timedelta(hours=7)


def sitemap(dates: dict[str, datetime]) -> Answer:
    entries = "".join(f"<url><loc>http://{HOST}{path}</loc><lastmod>{date.isoformat()}</lastmod></url>"
                      for path, date in dates.items())
    return Answer(f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'.encode(), headers=XML)


def test_after_a_long_silence_the_gap_is_filled_from_the_sitemaps_of_the_site(avvisi: Avvisi, web: LocalWeb) -> None:
    feed = web.get(HOST, "/feed.xml")
    avvisi.crawl()
    now = datetime.now(UTC)
    ask(avvisi, f"update source set last_good_at = '{now - timedelta(days=9):%Y-%m-%dT%H:%M:%S.%fZ}'")
    later = {f"/later{n}.html": article_page(f"Later {n}", f"later matter {n}") for n in range(3)}
    web.add_site(HOST, later)
    web.add(HOST, "/sitemap.xml", sitemap({"/later0.html": now, "/later1.html": now - timedelta(days=3),
                                           "/later2.html": now - timedelta(days=400)}))
    web.add(HOST, "/robots.txt", Answer(f"Sitemap: http://{HOST}/sitemap.xml\n".encode()))
    one = f"<rss><channel><item><link>http://{HOST}/later0.html</link></item></channel></rss>".encode()
    web.add(HOST, "/feed.xml", Answer(one, headers=XML))
    (run,) = avvisi.crawl()["runs"]
    assert (run["outcome"], run["counts"]["new"], run["counts"]["gap_found"]) == ("ok", 2, 2)
    web.add(HOST, "/feed.xml", feed)
    before = len(web.log)
    avvisi.crawl()
    assert "/sitemap.xml" not in asked(web, before)


def test_without_a_gap_no_sitemap_is_asked(avvisi: Avvisi, web: LocalWeb) -> None:
    web.add(HOST, "/robots.txt", Answer(f"Sitemap: http://{HOST}/sitemap.xml\n".encode()))
    avvisi.crawl()
    avvisi.crawl()
    assert "/sitemap.xml" not in asked(web)


def test_a_source_that_another_process_runs_is_busy_and_no_failure(avvisi: Avvisi, web: LocalWeb) -> None:
    avvisi.crawl()
    ask(avvisi, f"update source set lease_holder = '{name_holder()}', lease_beat = 1")
    before = len(web.log)
    second = avvisi.run("crawl", "--json", "--quiet")
    report = json.loads(second.stdout)
    assert (second.returncode, report["runs"][0]["outcome"], report["totals"]["sources_failed"]) == (0, "busy", 0)
    assert status(avvisi)[0]["held_by"]
    assert asked(web, before) == []


def test_a_source_of_a_process_that_is_gone_is_taken_over_at_once(avvisi: Avvisi) -> None:
    avvisi.crawl()
    dead = name_holder().rpartition("/")[0] + "/1"
    ask(avvisi, f"update source set lease_holder = '{dead}', lease_beat = 1")
    assert avvisi.crawl()["runs"][0]["outcome"] == "ok"
    assert status(avvisi)[0]["held_by"] is None


def runs_of(avvisi: Avvisi) -> list[tuple]:
    return ask(avvisi, "select source_id, started_at, finished_at, outcome from run order by source_id, started_at")


def test_two_daemons_share_the_sources_and_the_one_that_is_left_takes_over(avvisi: Avvisi, web: LocalWeb) -> None:
    hosts = [f"paper{n}.example" for n in range(5)]
    for host in hosts:
        web.add_site(host, {f"/{n}.html": article_page(f"{host} {n}", f"{host} dossier {n}") for n in range(2)},
                     delay=0.4)
    avvisi.write_sources(hosts, feeds="/feed.xml", every="2s")
    avvisi.environment["AVVISI_LEASE_SECONDS"] = "3"
    avvisi.run("migrate")
    daemons = [avvisi.start("run") for _ in range(2)]
    try:
        feeds = lambda: [served for served in list(web.log) if served.path == "/feed.xml"]  # noqa: E731
        wait_for(lambda: len(feeds()) >= 20, seconds=60)
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
    assert len(avvisi.records()) == 10


def test_on_a_fast_clock_the_service_keeps_its_intervals(avvisi: Avvisi, web: LocalWeb) -> None:
    avvisi.environment |= {"AVVISI_CLOCK_RATE": "600", "AVVISI_CLOCK_ORIGIN": str(time.time())}
    service = avvisi.start("run")
    wait_for(lambda: asked(web).count("/feed.xml") >= 4, seconds=60)
    service.send_signal(signal.SIGTERM)
    _, err = service.communicate(timeout=30)
    assert service.returncode == 0, err
    started = [datetime.fromisoformat(row[1]) for row in runs_of(avvisi)]
    gaps = [later - former for former, later in pairwise(started)]
    assert all(timedelta(minutes=25) < gap < timedelta(minutes=60) for gap in gaps), gaps
