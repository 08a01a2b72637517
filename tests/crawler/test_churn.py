"""Feeds that show the same articles under other names, over several crawls in this process: nothing is stored twice."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from crawler.runner import crawl
from crawler.sources import Source
from crawler.workshop import RunReport
from store import models
from store.database import open_database
from store.health.watching import open_conditions
from store.timetable.dues import list_moves
from tests.acceptance.avvisi import article_page
from tests.localweb import Answer, LocalWeb

HOST, NEW_HOST = "churn.example", "elsewhere.example"
NOW = datetime(2026, 11, 20, tzinfo=UTC)
ARTICLES = range(6)
SOURCE = Source(id="churn", name="Churn", site=f"http://{HOST}/", feeds=(f"http://{HOST}/feed.xml",),
                delay=timedelta(0), recheck=False)

Entry = tuple[str, str, str, datetime]  # title, identifier, address, date


@pytest.fixture
def file(tmp_path: Path, web: LocalWeb, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("http_proxy", web.proxy_url)
    monkeypatch.setenv("no_proxy", "")
    for host in (HOST, NEW_HOST):
        web.add(host, "/robots.txt", Answer(b"User-agent: *\nAllow: /\n"))
    return tmp_path / "avvisi.db"


def announce(web: LocalWeb, entries: list[Entry], *, host: str = HOST) -> None:
    items = "".join(f"<item><title>{title}</title><guid isPermaLink='false'>{guid}</guid><link>{url}</link>"
                    f"<pubDate>{format_datetime(at)}</pubDate></item>" for title, guid, url, at in entries)
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Churn</title>{items}</channel></rss>'
    web.add(host, "/feed.xml", Answer(feed.encode(), headers={"Content-Type": "application/rss+xml"}))


def publish(web: LocalWeb, path: str, number: int, *, host: str = HOST) -> str:
    page = article_page(f"Dossier {number} of the talks", f"churn {number}")
    web.add(host, path, Answer(page, headers={"Content-Type": "text/html"}))
    return f"http://{host}{path}"


def visit(file: Path) -> RunReport:
    (report,) = crawl([SOURCE], database_url=f"sqlite:///{file}", workers=1)
    return report


def tell(file: Path) -> tuple[int, list[tuple[str, object]]]:
    """How many records there are, and what is named, of what."""
    with open_database(f"sqlite:///{file}") as database, database.read() as session:
        named = [(each.name, each.evidence.get("of")) for each in open_conditions(session)]
        return session.scalar(select(func.count()).select_from(models.Article)) or 0, named


def known(number: int, look: int, web: LocalWeb) -> Entry:
    return f"Dossier {number}", f"n{number}", publish(web, f"/{number}.html", number), NOW - timedelta(hours=number)


def moved_path(number: int, look: int, web: LocalWeb) -> Entry:
    title, guid, _, at = known(number, look, web)
    return title, guid, publish(web, f"/v{look}/{number}.html", number), at


def retitled(number: int, look: int, web: LocalWeb) -> Entry:
    _, guid, url, at = moved_path(number, look, web)
    return f"Dossier {number} ({look})", guid, url, at


def copied(number: int, look: int, web: LocalWeb) -> Entry:
    title, guid, url, at = retitled(number, look, web)
    return title, f"{guid}-{look}", url, at + timedelta(hours=look)


def redated(number: int, look: int, web: LocalWeb) -> Entry:
    title, guid, url, at = known(number, look, web)
    return title, guid, url, at + timedelta(hours=look)


def tracked(number: int, look: int, web: LocalWeb) -> Entry:
    title, guid, url, at = known(number, look, web)
    return title, guid, f"{url}?utm_source=rss&amp;utm_campaign={look}", at


def secured(number: int, look: int, web: LocalWeb) -> Entry:
    title, guid, url, at = known(number, look, web)
    return title, guid, url if look < 2 else url.replace("http://", "https://www."), at


def renumbered(number: int, look: int, web: LocalWeb) -> Entry:
    title, guid, url, at = known(number, look, web)
    return title, guid if look < 2 else f"tag:{guid}", url, at


@pytest.mark.parametrize(("show", "named"), [
    (moved_path, [("churning", "addresses")]), (retitled, [("churning", "addresses")]),
    (copied, [("churning", "copies")]), (redated, [("churning", "dates")]),
    (tracked, []), (secured, []), (renumbered, []),
])
def test_the_same_articles_under_other_names_are_stored_once_and_named(
        file: Path, web: LocalWeb, show: Callable[[int, int, LocalWeb], Entry], named: list[tuple[str, str]]) -> None:
    for look in range(4):
        announce(web, [(show if look else known)(number, look, web) for number in ARTICLES])
        visit(file)
    assert tell(file) == (len(ARTICLES), named)


def test_a_site_that_moves_to_another_domain_is_followed_and_nothing_is_stored_twice(
        file: Path, web: LocalWeb) -> None:
    for look in range(4):
        host = HOST if look < 2 else NEW_HOST
        entries = [(f"Dossier {number}", f"n{number}", publish(web, f"/{number}.html", number, host=host),
                    NOW - timedelta(hours=20 - number)) for number in range(len(ARTICLES) + look)]
        announce(web, entries, host=host)
        if host == NEW_HOST:
            for path in ("/feed.xml", *(f"/{number}.html" for number in range(len(ARTICLES) + 1))):
                web.add(HOST, path, Answer(status=301, headers={"Location": f"http://{NEW_HOST}{path}"}))
        assert visit(file).counts["new"] == (len(ARTICLES) if look == 0 else 1)
    assert tell(file) == (len(ARTICLES) + 3, [])
    with open_database(f"sqlite:///{file}") as database, database.read() as session:
        assert list_moves(session, SOURCE.id) == {f"http://{HOST}/feed.xml": f"http://{NEW_HOST}/feed.xml"}
