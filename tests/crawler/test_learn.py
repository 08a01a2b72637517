"""`avvisi learn`: what is stored is cleaned, a person overrules the memory, and everything can be undone."""

import json

import lxml.html
import pytest
from click.testing import CliRunner
from sqlalchemy import select

from crawler.extract.body.blocks import find_blocks
from crawler.extract.page_lines import gather
from crawler.learn import learn
from crawler.learning import ingest_page
from store import models
from store.articles import ingest
from store.database import open_database
from store.records import get_record
from store.values import Article, Outcome
from tests.quality.memory import NOW, MadeSite
from tests.quality.memory_words import LANGUAGES

STANDARDS = LANGUAGES["en"].fixed.split("|")[0]


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path / 'avvisi.db'}"


@pytest.fixture
def call(url):
    def run(*arguments):
        result = CliRunner().invoke(learn, ["--database", url, "--json", *arguments])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return json.loads(result.stdout) if result.stdout else result

    return run


@pytest.fixture
def pages():
    return list(MadeSite("en", LANGUAGES["en"], seed=3, number=0).make_pages(12))


@pytest.fixture
def stored(url, pages):
    """Store the pages as an avvisi without a memory would have."""
    with open_database(url) as database, database.begin() as session:
        return [ingest(session, page.article, page_id=None, now=NOW).id for page in pages]


def texts(url):
    with open_database(url) as database, database.read() as session:
        return {row.article_id: row.text for row in session.execute(
            select(models.Revision.article_id, models.Revision.text))}


def hashes(url):
    with open_database(url) as database, database.read() as session:
        return [tuple(row) for row in session.execute(
            select(models.Article.id, models.Article.text_hash, models.Revision.text_hash, models.Sighting.text_hash)
            .join(models.Revision, models.Revision.article_id == models.Article.id)
            .join(models.Sighting, models.Sighting.article_id == models.Article.id).order_by(models.Article.id))]


def show(url, article_id):
    with open_database(url) as database, database.read() as session:
        return get_record(session, article_id)


def test_learning_cleans_what_was_stored_before_and_says_why(call, url, pages, stored):
    (result,) = call()["sites"]
    assert (result["site"], result["pages"], result["texts"]) == ("en.example", 12, 12)
    record = show(url, stored[0])
    assert STANDARDS in pages[0].article.paragraphs and STANDARDS not in record["text"]
    removed = {line["text"]: line for line in record["removed"]}
    assert removed[STANDARDS]["rule"] == "site_memory"
    assert removed[STANDARDS]["evidence"] == "on 12 of 12 pages"
    assert removed[STANDARDS]["where"] == f"line {pages[0].article.paragraphs.index(STANDARDS) + 1}"
    assert len(record["revisions"]) == 1, "a cleaning is no revision"


def test_a_second_look_changes_nothing(call, stored):
    call()
    assert [site["texts"] for site in call()["sites"]] == [0]


def test_undoing_restores_every_byte_and_every_hash(call, url, stored):
    before = texts(url), hashes(url), [show(url, id)["removed"] for id in stored]
    call()
    assert texts(url) != before[0]
    call("--undo")
    assert (texts(url), hashes(url), [show(url, id)["removed"] for id in stored]) == before


def test_after_undoing_nothing_is_taken_out_until_it_is_asked_for(call, url, stored):
    call()
    call("--undo", "en.example")
    (more,) = list(MadeSite("en", LANGUAGES["en"], seed=4, number=0).make_pages(1))
    article = Article(url="https://en.example/new", keys=("en.example/new",), paragraphs=more.article.paragraphs)
    with open_database(url) as database, database.begin() as session:
        id = ingest_page(session, article, gather(article.paragraphs), page_id=None, now=NOW).id
    assert show(url, id)["text"] == article.text
    call()
    assert STANDARDS not in show(url, id)["text"]


def test_a_line_that_is_kept_comes_back_and_stays(call, url, pages, stored):
    call()
    (result,) = call("--keep", STANDARDS)["sites"]
    assert result["restored"] == 12
    call()
    assert all(STANDARDS in text for text in texts(url).values())


def test_a_line_that_is_dropped_goes_everywhere_however_rare(call, url, pages, stored):
    rare = pages[3].article.paragraphs[5]
    call()
    assert rare in texts(url)[stored[3]]
    call("en.example", "--drop", rare)
    assert rare not in texts(url)[stored[3]]
    call("--reset", rare)
    call("--undo")
    assert texts(url)[stored[3]] == pages[3].article.text


def test_the_lines_taken_out_are_listed_with_their_counts(call, stored):
    call()
    call("--keep", LANGUAGES["en"].headings.split("|")[1])
    (site,) = call("--list")["sites"]
    assert {"text": STANDARDS, "texts": 12, "pages": 12, "ruling": None} in site["removed"]
    assert [line["ruling"] for line in site["ruled"]] == ["keep"]


@pytest.mark.parametrize("arguments", [
    ("nowhere.example",), ("--keep", "a line that nobody saw"), ("--drop", "2024"), ("--keep", "a", "--undo"),
])
def test_what_means_nothing_is_one_line_and_status_two(call, stored, arguments):
    result = call(*arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith("avvisi: ") and result.stderr.count("\n") == 1


def test_a_page_that_comes_again_after_it_was_cleaned_is_unchanged(call, url, pages, stored):
    call()
    with open_database(url) as database, database.begin() as session:
        lines = gather(pages[0].article.paragraphs, find_blocks(lxml.html.document_fromstring(pages[0].markup)))
        assert ingest_page(session, pages[0].article, lines, page_id=None, now=NOW).outcome is Outcome.UNCHANGED
    assert len(show(url, stored[0])["revisions"]) == 1


def test_what_the_furniture_says_and_what_it_hid_is_heard(url, pages):
    credited = "Source: Example Courier"
    with open_database(url) as database, database.begin() as session:
        for number, page in enumerate(pages):
            *prose, last = [line for line in page.article.paragraphs if line not in page.furniture | page.protected]
            text = (*prose, f"{last} (Reuters)", credited, "This house has a charter for what it prints",
                    "It is kept in the hall of the house")
            article = Article(url=f"https://wire.example/{number}", keys=(f"wire.example/{number}",), paragraphs=text)
            id = ingest_page(session, article, gather(text), page_id=None, now=NOW).id
    record = show(url, id)
    assert record["text"].endswith("(Reuters)")
    assert set(record["credits"]) == {"Example Courier", "Reuters"}
