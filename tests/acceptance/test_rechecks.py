"""Stored pages looked at again by real crawls: corrected, unchanged, gone, back."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.avvisi import Avvisi, article_page
from tests.localweb import Answer, LocalWeb, conditional

HOST = "north.example"
TITLES = ("Talks resume", "Ships arrive", "Envoys leave")


@pytest.fixture
def avvisi(tmp_path: Path, web: LocalWeb) -> Avvisi:
    web.add_site(HOST, {})
    pages = {f"/{n}.html": article_page(title, f"case {n}") for n, title in enumerate(TITLES)}
    web.add_site(HOST, pages)
    for path, body in pages.items():
        web.add(HOST, path, conditional(body, "text/html"))
    made = Avvisi(tmp_path, web)
    made.write_sources([HOST], feeds="/feed.xml")
    return made


def make_due(avvisi: Avvisi) -> None:
    with sqlite3.connect(avvisi.folder / "avvisi.db") as database:
        database.execute("UPDATE recheck SET next_check_at = '2020-01-01T00:00:00.000000Z'")


def by_title(avvisi: Avvisi) -> dict[str, dict[str, Any]]:
    return {record["title"]: record for record in avvisi.records()}


def test_a_stored_page_is_asked_for_again_with_its_validators_when_it_is_due(avvisi: Avvisi, web: LocalWeb) -> None:
    assert avvisi.crawl()["totals"]["new"] == 3
    asked = len(web.log)
    avvisi.crawl()
    assert {served.path for served in web.log[asked:]} == {"/feed.xml"}  # robots.txt is of today
    make_due(avvisi)
    totals = avvisi.crawl()["totals"]
    assert (totals["rechecked"], totals["unchanged"], totals["fetched"]) == (3, 3, 0)
    assert [served.status for served in web.log[-3:]] == [304, 304, 304]


def test_a_corrected_page_is_a_revision_and_a_page_that_is_gone_gets_a_tombstone(avvisi: Avvisi, web: LocalWeb) -> None:
    avvisi.crawl()
    changed = article_page("Talks resume", "case 0").replace(b"On Friday", b"On Saturday, after 3 hours")
    web.add(HOST, "/0.html", conditional(changed, "text/html"))
    web.add(HOST, "/1.html", Answer(b"gone", status=410))
    make_due(avvisi)
    totals = avvisi.crawl()["totals"]
    assert (totals["updated"], totals["gone"], totals["unchanged"], totals["failed"]) == (1, 1, 1, 0)
    records = by_title(avvisi)
    assert records["Talks resume"]["revision"] == 2
    assert records["Ships arrive"]["gone_at"] is not None
    assert records["Ships arrive"]["text"]
    web.add(HOST, "/1.html", Answer(article_page("Ships arrive", "case 1")))
    make_due(avvisi)
    assert avvisi.crawl()["totals"]["unchanged"] == 3
    assert by_title(avvisi)["Ships arrive"]["gone_at"] is None


def test_a_source_that_says_so_is_not_looked_at_again(avvisi: Avvisi, web: LocalWeb) -> None:
    avvisi.crawl()
    make_due(avvisi)
    avvisi.catalogue.write_text(avvisi.catalogue.read_text().replace('delay = "0s"', 'delay = "0s"\nrecheck = false'))
    asked = len(web.log)
    avvisi.crawl()
    assert {served.path for served in web.log[asked:]} == {"/feed.xml"}  # robots.txt is of today
