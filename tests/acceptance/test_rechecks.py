"""Stored pages looked at again by real crawls: corrected, unchanged, gone, back."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import pytest

from tests.acceptance.avvisi import Avvisi, article_page
from tests.localweb import Answer, LocalWeb, Served, conditional

STEADY, LIVELY, LEFT = "steady.example", "lively.example", "left.example"
TITLES = ("Talks resume", "Ships arrive", "Envoys leave")


def print_page(web: LocalWeb, host: str, number: int, **change: str) -> None:
    """Put a page on the web, with one word exchanged for others."""
    page = article_page(TITLES[number], f"{host} case {number}")
    for word, words in change.items():
        assert word.encode() in page
        page = page.replace(word.encode(), words.encode())
    web.add(host, f"/{number}.html", conditional(page, "text/html"))


def open_papers(web: LocalWeb) -> None:
    for host in (STEADY, LIVELY, LEFT):
        web.add_site(host, dict.fromkeys((f"/{number}.html" for number in range(3)), b""))
        for number in range(3):
            print_page(web, host, number)


def make_due(avvisi: Avvisi) -> None:
    with closing(sqlite3.connect(avvisi.folder / "avvisi.db")) as database, database:
        database.execute("UPDATE recheck SET next_check_at = '2020-01-01T00:00:00.000000Z'")


@dataclass(frozen=True)
class Pass:
    """What one pass came to, what the web saw of it, and the records of the lively paper after it."""

    counts: dict[str, dict[str, int]]
    log: list[Served]
    lively: dict[str, dict[str, Any]]

    def asked(self, host: str) -> list[Served]:
        return [served for served in self.log if served.host == host]

    def of(self, host: str, *names: str) -> tuple[int, ...]:
        return tuple(self.counts[host.replace(".", "-")].get(name, 0) for name in names)


@pytest.fixture(scope="module")
def passes(tmp_path_factory: pytest.TempPathFactory) -> list[Pass]:
    """At first; soon after; when all is due and some has changed; when all is due again and one page is back."""
    with LocalWeb() as web:
        avvisi = Avvisi(tmp_path_factory.mktemp("rechecks"), web)
        open_papers(web)
        avvisi.write_sources([STEADY, LIVELY, LEFT], feeds="/feed.xml")

        def make_pass() -> Pass:
            before = len(web.log)
            counts = {run["source"]: run["counts"] for run in avvisi.crawl()["runs"]}
            records = (record for record in avvisi.records() if LIVELY in record["url"])
            return Pass(counts, web.log[before:], {record["title"]: record for record in records})

        made = [make_pass(), make_pass()]
        avvisi.catalogue.write_text(avvisi.catalogue.read_text().rstrip() + "\nrecheck = false\n")  # in the last entry
        make_due(avvisi)
        print_page(web, LIVELY, 0, Friday="Saturday, after 3 hours,")
        web.add(LIVELY, "/1.html", Answer(b"gone", status=410))
        made.append(make_pass())
        make_due(avvisi)
        print_page(web, LIVELY, 1)
        return [*made, make_pass()]


def test_a_stored_page_is_asked_for_again_with_its_validators_when_it_is_due(passes: list[Pass]) -> None:
    first, soon, due, _ = passes
    assert first.of(STEADY, "new") == (3,)
    assert {served.path for served in soon.asked(STEADY)} == {"/feed.xml"}  # robots.txt is of today
    assert due.of(STEADY, "rechecked", "unchanged", "fetched") == (3, 3, 0)
    assert [served.status for served in due.asked(STEADY)[-3:]] == [304, 304, 304]


def test_a_corrected_page_is_a_revision_and_a_page_that_is_gone_gets_a_tombstone(passes: list[Pass]) -> None:
    first, _, due, again = passes
    assert first.of(LIVELY, "new") == (3,)
    assert due.of(LIVELY, "updated", "gone", "unchanged", "failed") == (1, 1, 1, 0)
    assert due.lively["Talks resume"]["revision"] == 2
    assert due.lively["Ships arrive"]["gone_at"] is not None
    assert due.lively["Ships arrive"]["text"]
    assert again.of(LIVELY, "unchanged") == (3,)
    assert again.lively["Ships arrive"]["gone_at"] is None


def test_a_source_that_says_so_is_not_looked_at_again(passes: list[Pass]) -> None:
    first, _, due, _ = passes
    assert first.of(LEFT, "new") == (3,)
    assert {served.path for served in due.asked(LEFT)} == {"/feed.xml"}  # robots.txt is of today
