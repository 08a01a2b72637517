"""A good guest over several crawls: the day's budget, what the owner is told, validators, pauses; in this process."""

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import update

from crawler.network.guest_report import guest_report
from crawler.runner import crawl
from crawler.sources import Source
from crawler.workshop import RunReport, utcnow
from store import models
from store.database import open_database
from store.health.status import list_statuses
from store.health.watching import open_conditions
from store.metrics import Metrics, take_snapshot
from tests.acceptance.avvisi import article_page
from tests.localweb import Answer, LocalWeb, conditional, rss

HOST = "north.example"
SOURCE = Source(id="north-example", name="North", site=f"http://{HOST}/", feeds=(f"http://{HOST}/feed.xml",),
                delay=timedelta(0), recheck=False)


@pytest.fixture
def file(tmp_path: Path, web: LocalWeb, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("http_proxy", web.proxy_url)
    monkeypatch.setenv("no_proxy", "")
    web.add_site(HOST, {f"/2026/{n}.html": article_page(f"Talks enter round {n}", f"case {n}") for n in range(5)})
    return tmp_path / "avvisi.db"


def visit(file: Path, source: Source = SOURCE) -> RunReport:
    (report,) = crawl([source], database_url=f"sqlite:///{file}", workers=1)
    return report


def tell(file: Path, *arguments: str) -> Result:
    return CliRunner().invoke(guest_report, ["--database", f"sqlite:///{file}", *arguments])


def test_what_is_over_the_budget_stays_queued_and_the_owner_is_told(file: Path, web: LocalWeb) -> None:
    frugal = replace(SOURCE, budget=4)
    first = visit(file, frugal).counts
    assert (first["new"], first["put_off_budget"], first.get("failed", 0)) == (2, 3, 0)
    assert visit(file, frugal).outcome == "budget"
    assert len(web.log) == 4
    with closing(sqlite3.connect(file)) as database:
        waiting = database.execute("select reason, attempts from link where state = 'queued'").fetchall()
    assert waiting == [("budget", 0)] * 3
    told = json.loads(tell(file, f"http://{HOST}/feed.xml", "--json").stdout)["total"]
    assert (told["requests"], told["answers"], told["too_soon"]) == (4, {"200": 4}, 0)
    assert told["refused"]["budget"] >= 3
    assert "avvisi/" in tell(file, HOST).stdout
    assert tell(file, "south.example").exit_code == 1


def test_the_owner_is_told_of_the_sources_that_ran_and_of_no_other(file: Path, tmp_path: Path) -> None:
    visit(file)
    catalogue = tmp_path / "sources.toml"
    catalogue.write_text("".join(
        f'[[source]]\nid = "{id}"\nname = "N"\nsite = "http://{HOST}/"\nfeeds = ["http://{HOST}/{id}.xml"]\n'
        for id in (SOURCE.id, "another-catalogue")))
    told = json.loads(tell(file, HOST, "--json", "--sources", str(catalogue)).stdout)
    assert [source["id"] for source in told["sources"]] == [SOURCE.id]


def test_a_report_without_a_contact_is_not_sent_unnoticed(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AVVISI_CONTACT", raising=False)
    visit(file)
    assert "names no contact" in tell(file, HOST).stderr
    told = tell(file, HOST, "--contact", "https://desk.example/who")
    assert told.stderr == ""
    assert "Contact      https://desk.example/who" in told.stdout


def test_what_was_asked_is_written_while_a_run_goes_on(
        file: Path, web: LocalWeb, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.network.guestbook.FLUSH_SECONDS", 0.0)
    written: list[int] = []

    def look(headers: Mapping[str, str]) -> Answer:
        with closing(sqlite3.connect(file)) as database:
            written.append(*database.execute("select coalesce(sum(requests), 0) from host_day").fetchone())
        return Answer(article_page("Talks end", "the last case"))

    for path in (f"/2026/{n}.html" for n in range(5)):
        web.add(HOST, path, look)
    assert visit(file).counts["fetched"] == 5
    assert len(written) == 5 and all(written), "robots.txt and the feed came first"


def test_a_crawl_delay_that_is_longer_than_a_wait_leaves_no_article_behind(
        file: Path, web: LocalWeb, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.network.politeness.LONGEST_WAIT", 0.1)
    web.add(HOST, "/robots.txt", Answer(b"User-agent: *\nCrawl-delay: 0.4\n"))
    assert visit(file).counts["new"] == 5
    asked = sorted((served.started, served.ended) for served in web.log)
    assert all(later - ended >= 0.39 for (_, ended), (later, _) in pairwise(asked))


def test_no_other_host_learns_the_address_of_a_feed(file: Path, web: LocalWeb) -> None:
    links = [f"http://{HOST}/2026/0.html", "http://south.example/1.html"]
    web.add(HOST, "/feed.xml?key=secret", Answer(rss(HOST, links), headers={"Content-Type": "text/xml"}))
    web.add_site("south.example", {"/1.html": article_page("Talks end", "the south")})
    assert visit(file, replace(SOURCE, feeds=(f"http://{HOST}/feed.xml?key=secret",))).counts["new"] == 2
    told = {served.path: served.headers.get("referer") for served in web.log if served.path.endswith(".html")}
    assert told == {"/2026/0.html": f"http://{HOST}/feed.xml?key=secret", "/1.html": f"http://{HOST}/"}


def test_validators_go_to_the_address_that_gave_them_and_to_no_other(file: Path, web: LocalWeb) -> None:
    web.add(HOST, "/feed.xml", Answer(status=302, headers={"Location": f"http://{HOST}/real.xml", "ETag": '"no"'}))
    web.add(HOST, "/real.xml", conditional(rss("x", []), "text/xml"))
    visit(file)
    assert visit(file).counts["not_modified"] == 1
    sent = [(served.path, "if-none-match" in served.headers) for served in web.log if served.path.endswith(".xml")]
    assert sent == [("/feed.xml", False), ("/real.xml", False), ("/feed.xml", False), ("/real.xml", True)]


def test_429_slows_the_whole_host_and_a_restart_does_not_forget_it(file: Path, web: LocalWeb) -> None:
    web.add(HOST, "/2026/0.html", Answer(status=429, headers={"Retry-After": "3600"}))
    counts = visit(file).counts
    asked = [served.path for served in web.log if served.path.startswith("/2026/")]
    assert counts["put_off_host_paused"] == 5 - len(asked) > 0
    before = len(web.log)
    assert visit(file).outcome == "host_paused"
    assert len(web.log) == before
    told = json.loads(tell(file, HOST, "--json").stdout)
    assert told["total"]["pauses_asked"] == 1 and told["paused_until"]


def test_a_host_left_alone_does_not_hide_what_it_answered(file: Path, web: LocalWeb) -> None:
    web.add(HOST, "/feed.xml", Answer(status=503, headers={"Retry-After": "7200"}))
    assert [visit(file).outcome for _ in range(3)] == ["http_503", "host_paused", "host_paused"]
    with open_database(f"sqlite:///{file}") as database, database.read() as session:
        (failing,) = open_conditions(session)
        (status,) = list_statuses(session)
        metrics = Metrics({})
        metrics.snapshot = take_snapshot(session, sources=[SOURCE.id], now=utcnow())
    until = failing.evidence["left_alone_until"]
    assert (failing.name, failing.evidence["reason"], failing.evidence["looks"]) == ("failing", "http_503", 3)
    assert failing.evidence["since"] < until
    assert status.describe("failing") == f"failing (http_503, host left alone until {until})"
    assert status.due_reason == "temporary failure, http_503: the host is left alone until then"
    written = metrics.write().decode()
    assert 'avvisi_failing_places{reason="http_503",source="north-example"} 1.0' in written
    assert f'avvisi_host_left_alone_until_timestamp_seconds{{host="{HOST}",reason="http_503"}}' in written


def test_a_host_that_answers_again_is_no_longer_blamed(file: Path, web: LocalWeb) -> None:
    feed = web.get(HOST, "/feed.xml")
    web.add(HOST, "/feed.xml", Answer(status=503, headers={"Retry-After": "7200"}))
    for _ in range(3):
        visit(file)
    web.add(HOST, "/feed.xml", feed)
    with open_database(f"sqlite:///{file}") as database, database.begin() as session:
        session.execute(update(models.Host).values(paused_until=utcnow()))
    assert visit(file).outcome == "ok"
    with open_database(f"sqlite:///{file}") as database, database.read() as session:
        assert open_conditions(session) == ()
        assert list_statuses(session)[0].failures == 0
