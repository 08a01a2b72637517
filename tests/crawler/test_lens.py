"""What a source keeps by what its pages are about, over two crawls in this process."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.runner import crawl
from crawler.sources import Source
from store.database import open_database
from store.export import iter_records
from tests.localweb import LocalWeb

HOST = "north.example"
SOURCE = Source(id="north-example", name="North", site=f"http://{HOST}/", feeds=(f"http://{HOST}/feed.xml",),
                delay=timedelta(0), recheck=False)
TALKS = "The foreign ministers of China and Russia signed a treaty after talks between Beijing and Moscow. " * 3
MATCH = "The striker scored two goals in the football match and the team celebrated its victory in the league. " * 3


def page(title: str, text: str) -> bytes:
    return (
        f"<html lang='en'><head><title>{title}</title></head><body><article><h1>{title}</h1>"
        + "".join(f"<p>{number}. {text}</p>" for number in ("First", "Second")) + "</article></body></html>").encode()


@pytest.fixture
def url(tmp_path: Path, web: LocalWeb, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("http_proxy", web.proxy_url)
    monkeypatch.setenv("no_proxy", "")
    web.add_site(HOST, {"/world/2026/talks.html": page("China and Russia sign a treaty", TALKS),
                        "/sport/2026/match.html": page("Two goals in the league", MATCH)})
    return f"sqlite:///{tmp_path / 'avvisi.db'}"


def count(url: str, keep: str) -> dict[str, int]:
    (report,) = crawl([replace(SOURCE, keep=keep)], database_url=url, workers=1)
    return report.counts


def records(url: str) -> list[dict[str, Any]]:
    with open_database(url) as database, database.read() as session:
        return list(iter_records(session))


def test_a_source_that_keeps_diplomacy_leaves_the_rest_aside_until_all_is_asked_for(url: str, web: LocalWeb) -> None:
    first = count(url, "diplomacy")
    assert (first["new"], first["off_topic"], first.get("failed", 0)) == (1, 1, 0)
    (record,) = records(url)
    assert (record["dyads"], record["kind"], record["relevance"] > 0.8) == (["CN-RU"], "report", True)
    asked = len(web.log)
    assert count(url, "all")["new"] == 1
    assert [served for served in web.log[asked:] if "2026" in served.path] == []
    assert [record["relevance"] < 0.5 for record in records(url)].count(True) == 1
