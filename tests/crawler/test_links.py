"""Links that are not what they seem, over whole crawls: what cannot be asked for, what is long, what leads home."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.discover.identity import identify
from crawler.runner import crawl
from crawler.sources import Source
from crawler.workshop import RunReport
from store.database import open_database
from store.fetches import queue_links
from store.timetable.runs import sync_sources
from store.values import Link
from tests.acceptance.avvisi import article_page
from tests.localweb import Answer, LocalWeb, rss

HOST = "north.example"
SOURCE = Source(id="north-example", name="North", site=f"http://{HOST}/", feeds=(f"http://{HOST}/feed.xml",),
                delay=timedelta(0), recheck=False)
PATHS = tuple(f"/2026/{n}.html" for n in range(3))


@pytest.fixture
def file(tmp_path: Path, web: LocalWeb, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("http_proxy", web.proxy_url)
    monkeypatch.setenv("no_proxy", "")
    web.add_site(HOST, {path: article_page(f"Talks enter round {path}", f"case {path}") for path in PATHS})
    return tmp_path / "avvisi.db"


def visit(file: Path, source: Source = SOURCE) -> RunReport:
    (report,) = crawl([source], database_url=f"sqlite:///{file}", workers=1)
    return report


def ask(file: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as database:
        return database.execute(query).fetchall()


def announce(web: LocalWeb, *links: str) -> None:
    web.add(HOST, "/feed.xml", Answer(rss(HOST, list(links)), headers={"Content-Type": "application/rss+xml"}))


def test_a_link_with_a_port_that_is_none_keeps_back_no_other(file: Path, web: LocalWeb) -> None:
    announce(web, f"http://{HOST}:99999/x.html", f"http://{HOST}:port/y.html", *(f"http://{HOST}{p}" for p in PATHS))
    report = visit(file)
    assert (report.outcome, report.counts["new"]) == ("ok", 3)


def test_a_link_queued_before_that_nobody_can_ask_for_is_given_up(file: Path) -> None:
    url = f"http://{HOST}:99999/x.html"
    with open_database(f"sqlite:///{file}") as database, database.begin() as session:
        sync_sources(session, [SOURCE])
        now = datetime(2026, 11, 1, tzinfo=UTC)
        queue_links(session, source=SOURCE.id, links=[Link(url=url, key=identify(url))], now=now)
    report = visit(file)
    assert (report.outcome, report.counts["new"], report.counts["failed_bad_address"]) == ("ok", 3, 1)
    assert ask(file, f"select state, reason from link where url = '{url}'") == [("failed", "bad_address")]


def test_an_address_as_long_as_a_headline_in_arabic_is_asked_for(file: Path, web: LocalWeb) -> None:
    path = "/2026/" + "%D8%A7" * 400
    web.add(HOST, path, Answer(article_page("Talks enter the last round", "the last case")))
    announce(web, f"http://{HOST}{path}")
    assert visit(file).counts["new"] == 1


def test_an_article_that_leads_to_the_front_page_is_none(file: Path, web: LocalWeb) -> None:
    web.add(HOST, PATHS[0], Answer(status=302, headers={"Location": "/"}))
    web.add(HOST, "/", Answer(article_page("Today", "the front page")))
    counts = visit(file).counts
    assert (counts["new"], counts["failed_front_page"]) == (2, 1)
    assert ask(file, f"select reason, state from link where url like '%{PATHS[0]}'") == [("front_page", "queued")]
    assert not ask(file, f"select id from article where url = 'http://{HOST}/'")


def test_a_stored_article_that_leads_to_the_front_page_stays_as_it_is(file: Path, web: LocalWeb) -> None:
    source = replace(SOURCE, recheck=True)
    assert visit(file, source).counts["new"] == 3
    web.add(HOST, PATHS[0], Answer(status=301, headers={"Location": "/"}))
    web.add(HOST, "/", Answer(article_page("Today", "the front page")))
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("update recheck set next_check_at = '2020-01-01T00:00:00.000000Z'")
    counts = visit(file, source).counts
    assert (counts["rechecked"], counts["unchanged"], counts["failed_front_page"]) == (3, 2, 1)
    assert ask(file, "select count(*) from article") == [(3,)]


@pytest.mark.parametrize(("answer", "reason"), [
    (Answer(status=404), "http_404"),
    (Answer(b"<html><body><p>Verifying you are human. This may take a few seconds.</p></body></html>"), "challenge"),
    (Answer(b""), "empty"),
])
def test_an_article_that_was_announced_before_it_could_be_had_is_asked_for_again(
        file: Path, web: LocalWeb, answer: Answer, reason: str) -> None:
    page = web.get(HOST, PATHS[0])
    web.add(HOST, PATHS[0], answer)
    counts = visit(file).counts
    assert (counts["new"], counts[f"failed_{reason}"]) == (2, 1)
    assert ask(file, f"select state, reason from link where url like '%{PATHS[0]}'") == [("queued", reason)]
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("update link set next_try_at = '2020-01-01T00:00:00.000000Z' where state = 'queued'")
    web.add(HOST, PATHS[0], page)
    assert visit(file).counts["new"] == 1


def test_an_article_that_is_never_there_is_given_up(file: Path, web: LocalWeb) -> None:
    web.add(HOST, PATHS[0], Answer(b""))
    for _ in range(5):
        visit(file)
        with closing(sqlite3.connect(file)) as database, database:
            database.execute("update link set next_try_at = '2020-01-01T00:00:00.000000Z' where state = 'queued'")
    assert ask(file, f"select state, reason from link where url like '%{PATHS[0]}'") == [("failed", "empty")]
    assert sum(served.path == PATHS[0] for served in web.log) == 3


@pytest.mark.parametrize(("place", "source"), [
    ("/feed.xml", SOURCE), ("/sitemap-news.xml", replace(SOURCE, feeds=(), sitemaps=(f"http://{HOST}/sitemap-news.xml",))),
])
def test_what_a_place_was_cut_off_before_is_no_304(file: Path, web: LocalWeb, place: str, source: Source) -> None:
    whole = web.get(HOST, place)
    assert callable(whole)

    def cut(headers: Mapping[str, str]) -> Answer:
        answer = whole(headers)
        return replace(answer, body=answer.body[: answer.body.index(PATHS[1].encode())])

    web.add(HOST, place, cut)
    assert visit(file, source).counts["new"] == 1
    web.add(HOST, place, whole)
    assert visit(file, source).counts["new"] == 2
    assert visit(file, source).counts["not_modified"] == 1
