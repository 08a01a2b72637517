"""What records are about, through the real commands: kept by topic, found by pair, looked at again."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from store.articles import ingest
from store.database import open_database
from store.export import iter_records
from store.records import get_record
from store.values import Article
from tests.acceptance.avvisi import Avvisi
from tests.localweb import LocalWeb

TALKS = "The foreign ministers of China and Russia signed a treaty after talks between Beijing and Moscow. " * 3
MATCH = "The striker scored two goals in the football match and the team celebrated its victory in the league. " * 3


def page(title: str, text: str) -> bytes:
    return (
        f"<html lang='en'><head><title>{title}</title></head><body><article><h1>{title}</h1>"
        + "".join(f"<p>{number}. {text}</p>" for number in ("First", "Second")) + "</article></body></html>").encode()


@pytest.fixture
def avvisi(tmp_path: Path, web: LocalWeb) -> Avvisi:
    web.add_site("north.example", {"/world/2026/talks.html": page("China and Russia sign a treaty", TALKS),
                                   "/sport/2026/match.html": page("Two goals in the league", MATCH)})
    return Avvisi(tmp_path, web)


def keep(avvisi: Avvisi, what: str) -> None:
    avvisi.write_sources(["north.example"], feeds="/feed.xml", keep=what)


def test_a_source_that_keeps_diplomacy_leaves_the_rest_aside_until_all_is_asked_for(
    avvisi: Avvisi, web: LocalWeb
) -> None:
    keep(avvisi, "diplomacy")
    first = avvisi.crawl()["totals"]
    assert (first["new"], first["off_topic"], first["failed"]) == (1, 1, 0)
    (record,) = avvisi.records()
    assert (record["dyads"], record["kind"], record["relevance"] > 0.8) == (["CN-RU"], "report", True)
    asked = len(web.log)
    keep(avvisi, "all")
    assert avvisi.crawl()["totals"]["new"] == 1
    assert [served for served in web.log[asked:] if "2026" in served.path] == []
    assert [record["relevance"] < 0.5 for record in avvisi.records()].count(True) == 1


def test_lens_looks_at_what_was_stored_without_it(avvisi: Avvisi) -> None:
    with open_database(avvisi.database_url) as database:
        with database.begin() as session:
            for host, text in (("a.org", TALKS), ("b.org", MATCH)):
                article = Article(url=f"https://{host}/1", keys=(f"{host}/1",), paragraphs=(text,), language="en")
                ingest(session, article, page_id=None, now=datetime.now(UTC))
        done = avvisi.run("lens", "--json", "--jobs", "1")
        assert '{"looked_at": 2, "left": 0}' in done.stdout, done.stderr
        with database.read() as session:
            talks, match = sorted(iter_records(session), key=lambda record: record["url"])
            shown = get_record(session, talks["id"])
    assert (talks["dyads"], match["dyads"]) == (["CN-RU"], [])
    assert talks["relevance"] > 0.8 > 0.2 > match["relevance"]
    assert shown["actors"][0]["evidence"][0]["term"] in ("China", "Russia")
