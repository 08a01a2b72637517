"""What a crawl leaves for the next: due times, leases, moves of feeds, gaps; in this process, against a local web."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from crawler.runner import crawl
from crawler.sources import Source
from crawler.workshop import RunReport
from store.health.status import status as status_command
from store.timetable.leases import name_holder
from tests.acceptance.avvisi import article_page
from tests.localweb import Answer, LocalWeb

HOST = "north.example"
XML = {"Content-Type": "application/xml"}
SOURCE = Source(id="north-example", name="North", site=f"http://{HOST}/", feeds=(f"http://{HOST}/feed.xml",),
                delay=timedelta(0), recheck=False)


class Avvisi:
    """A database, and one source of the local web."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "avvisi.db"
        self.url = f"sqlite:///{self.file}"

    def crawl(self) -> RunReport:
        (report,) = crawl([SOURCE], database_url=self.url, workers=1)
        return report

    def status(self, *arguments: str) -> Result:
        return CliRunner().invoke(status_command, ["--database", self.url, *arguments])


@pytest.fixture
def avvisi(tmp_path: Path, web: LocalWeb, monkeypatch: pytest.MonkeyPatch) -> Avvisi:
    monkeypatch.setenv("http_proxy", web.proxy_url)
    monkeypatch.setenv("no_proxy", "")
    web.add_site(HOST, {f"/{n}.html": article_page(f"Round {n}", f"dossier {n}") for n in range(2)})
    return Avvisi(tmp_path)


def ask(avvisi: Avvisi, query: str) -> list[tuple]:
    with closing(sqlite3.connect(avvisi.file)) as database, database:
        return database.execute(query).fetchall()


def status(avvisi: Avvisi) -> dict:
    (source,) = json.loads(avvisi.status("--json").stdout)["sources"]
    return source


def asked(web: LocalWeb, since: int = 0) -> list[str]:
    return [served.path for served in list(web.log)[since:] if served.path != "/robots.txt"]


def test_status_says_when_a_source_is_due_and_why(avvisi: Avvisi) -> None:
    assert "no source has been crawled" in avvisi.status().stderr
    avvisi.crawl()
    source = status(avvisi)
    assert (source["source"], source["last_outcome"], source["failures"]) == ("north-example", "ok", 0)
    due = datetime.fromisoformat(source["due_at"]) - datetime.fromisoformat(source["last_good_at"])
    assert timedelta(minutes=25) < due <= timedelta(minutes=30)
    assert source["due_reason"] == "its usual rhythm"
    table = avvisi.status()
    assert "north-example" in table.stdout and "its usual rhythm" in table.stdout
    assert table.stdout.splitlines()[-1] == "1 source: 1 well"
    unknown = avvisi.status("south")
    assert (unknown.exit_code, "`avvisi status` lists" in unknown.stderr) == (2, True)


def test_a_feed_that_moved_for_good_is_followed_and_asked_there_from_then_on(avvisi: Avvisi, web: LocalWeb) -> None:
    feed = web.get(HOST, "/feed.xml")
    web.add(HOST, "/feed.xml", Answer(status=301, headers={"Location": "/new-feed.xml"}))
    web.add(HOST, "/new-feed.xml", feed)
    assert avvisi.crawl().counts["new"] == 2
    before = len(web.log)
    avvisi.crawl()
    assert asked(web, before) == ["/new-feed.xml"]
    (moved,) = status(avvisi)["moved"]
    assert [moved[key].removeprefix(f"http://{HOST}") for key in ("from", "to", "how")] == [
        "/feed.xml", "/new-feed.xml", "301"]
    web.add(HOST, "/new-feed.xml", Answer(status=404))  # it was gone there, too, and is back at home
    web.add(HOST, "/feed.xml", feed)
    assert avvisi.crawl().outcome == "http_404"
    assert avvisi.crawl().outcome == "ok"
    assert status(avvisi)["moved"] == []


def test_a_feed_that_is_elsewhere_for_now_is_no_move(avvisi: Avvisi, web: LocalWeb) -> None:
    web.add(HOST, "/other.xml", web.get(HOST, "/feed.xml"))
    web.add(HOST, "/feed.xml", Answer(status=302, headers={"Location": "/other.xml"}))
    assert avvisi.crawl().counts["new"] == 2
    assert status(avvisi)["moved"] == []


def test_a_feed_that_is_gone_is_found_where_the_site_announces_it(avvisi: Avvisi, web: LocalWeb) -> None:
    web.add(HOST, "/rss/feed-2.xml", web.get(HOST, "/feed.xml"))
    web.add(HOST, "/feed.xml", Answer(status=410))
    links = "".join(f'<link rel="alternate" type="application/rss+xml" href="/{path}">' for path in
                    ("comments/feed", "sport.rss", "rss/feed-2.xml"))
    web.add(HOST, "/", Answer(f"<html><head>{links}</head><body>News</body></html>".encode(),
                              headers={"Content-Type": "text/html"}))
    run = avvisi.crawl()
    assert (run.outcome, run.counts["new"]) == ("ok", 2)
    assert status(avvisi)["moved"][0]["how"] == "autodiscovery"
    before = len(web.log)
    avvisi.crawl()
    assert asked(web, before) == ["/rss/feed-2.xml"]


def test_a_feed_that_is_gone_for_good_is_a_hard_failure_and_not_asked_soon(avvisi: Avvisi, web: LocalWeb) -> None:
    web.add(HOST, "/feed.xml", Answer(status=410))
    for _ in range(3):
        assert avvisi.crawl().outcome == "http_410"
    source = status(avvisi)
    assert source["due_reason"].startswith("hard failure, http_410")
    assert source["failing_since"]
    gap = datetime.fromisoformat(source["due_at"]) - datetime.fromisoformat(source["last_run_at"])
    assert gap > timedelta(hours=7)


def sitemap(dates: dict[str, datetime]) -> Answer:
    entries = "".join(f"<url><loc>http://{HOST}{path}</loc><lastmod>{date.isoformat()}</lastmod></url>"
                      for path, date in dates.items())
    body = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'
    return Answer(body.encode(), headers=XML)


@pytest.mark.parametrize("named", [f"http://{HOST}/sitemap.xml", "/sitemap.xml"])
def test_after_a_long_silence_the_gap_is_filled_from_the_sitemaps_of_the_site(
        avvisi: Avvisi, web: LocalWeb, named: str) -> None:
    feed = web.get(HOST, "/feed.xml")
    web.add(HOST, "/robots.txt", Answer(f"Sitemap: {named}\n".encode()))
    avvisi.crawl()
    now = datetime.now(UTC)
    ask(avvisi, f"update source set last_good_at = '{now - timedelta(days=9):%Y-%m-%dT%H:%M:%S.%fZ}'")
    later = {f"/later{n}.html": article_page(f"Later {n}", f"later matter {n}") for n in range(3)}
    web.add_site(HOST, later)
    web.add(HOST, "/sitemap.xml", sitemap({"/later0.html": now, "/later1.html": now - timedelta(days=3),
                                           "/later2.html": now - timedelta(days=400)}))
    one = f"<rss><channel><item><link>http://{HOST}/later0.html</link></item></channel></rss>".encode()
    web.add(HOST, "/feed.xml", Answer(one, headers=XML))
    run = avvisi.crawl()
    assert (run.outcome, run.counts["new"], run.counts["gap_found"]) == ("ok", 2, 2)
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
    until = datetime.now(UTC) + timedelta(seconds=60)
    ask(avvisi, f"update source set lease_holder = 'elsewhere/1/-/x', lease_until = '{until:%Y-%m-%dT%H:%M:%S.%fZ}'")
    before = len(web.log)
    report = avvisi.crawl()
    assert (report.outcome, report.is_ok, report.error) == ("busy", True, None)
    assert status(avvisi)["held_by"] == "elsewhere/1"
    assert asked(web, before) == []


def test_a_source_of_a_process_that_is_gone_is_taken_over_at_once(avvisi: Avvisi) -> None:
    avvisi.crawl()
    dead = name_holder().rpartition("/")[0] + "/1"
    ask(avvisi, f"update source set lease_holder = '{dead}', lease_beat = 1")
    assert avvisi.crawl().outcome == "ok"
    assert status(avvisi)["held_by"] is None
