"""Records as an Atom feed: read by our own reader of feeds, as any other feed is."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from crawler.discover.feeds import parse_feed
from store.articles import ingest
from store.cli import export
from store.database import open_database
from store.feed import NEWEST, SUMMARY
from store.values import Moment, Precision
from tests.store.subjects import make_subject

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def write(sqlite_url, now):
    def put_and_write(*articles, arguments=()):
        with open_database(sqlite_url) as database, database.begin() as session:
            for number, article in enumerate(articles):
                ingest(session, article, page_id=None, now=now + timedelta(minutes=number))
        result = CliRunner().invoke(export, ["--database", sqlite_url, "--format", "atom", *arguments])
        assert result.exit_code == 0, result.stderr
        return result.stdout

    return put_and_write


def test_a_feed_has_what_a_reader_shows_the_newest_first(write, make_article):
    published = Moment(at=datetime(2026, 11, 3, 9, tzinfo=UTC), precision=Precision.MINUTE, origin="meta")
    feed = write(
        make_article("a.org/1", "The first one of all.", title="Fish & <chips>", published=published, authors=("Ana",),
                     language="sq", subject=make_subject("US", "CN", organisations=("NATO",))),
        make_article("b.org/2", "Quite another story, of a summit.", source="dw"))
    second, first = ElementTree.fromstring(feed).findall(f"{ATOM}entry")
    assert first.findtext(f"{ATOM}title") == "Fish & <chips>"
    assert first.find(f"{ATOM}link").get("href") == "https://a.org/1"
    assert first.findtext(f"{ATOM}published") == "2026-11-03T09:00:00+00:00"
    assert first.findtext(f"{ATOM}author/{ATOM}name") == "Ana"
    assert [each.get("term") for each in first.findall(f"{ATOM}category")] == ["US", "CN", "NATO"]
    assert second.findtext(f"{ATOM}author/{ATOM}name") == "dw"
    assert second.findtext(f"{ATOM}summary") == "Quite another story, of a summit."
    assert second.find(f"{ATOM}published") is None


def test_our_own_reader_takes_the_feed(write, make_article):
    feed = write(make_article("a.org/1", title="Talks"))
    (link,) = parse_feed(feed.encode(), url="https://desk.example/feed.xml").links
    assert (link.url, link.title) == ("https://a.org/1", "Talks")


def test_a_feed_does_not_publish_the_texts(write, make_article):
    feed = write(make_article("a.org/1", "word " * 1000))
    summary = ElementTree.fromstring(feed).findtext(f"{ATOM}entry/{ATOM}summary")
    assert len(summary) <= SUMMARY + 1 and summary.endswith("word…")


def test_what_xml_cannot_hold_is_left_out(write, make_article):
    feed = write(make_article("a.org/1", "One\x0b and\uffff two.", title="A\x1b[31m"))
    entry = ElementTree.fromstring(feed).find(f"{ATOM}entry")
    assert (entry.findtext(f"{ATOM}title"), entry.findtext(f"{ATOM}summary")) == ("A[31m", "One and two.")


def test_filters_hold_and_nothing_is_a_feed_too(write, make_article):
    feed = write(make_article("a.org/1", language="sq"), arguments=["--language", "de"])
    assert ElementTree.fromstring(feed).findall(f"{ATOM}entry") == []


def test_only_the_newest_are_in_it(write, make_article):
    articles = [make_article(f"a{n}.org/1", f"Text of number {n}, and nothing else.") for n in range(NEWEST + 3)]
    entries = ElementTree.fromstring(write(*articles)).findall(f"{ATOM}entry")
    assert len(entries) == NEWEST
    assert entries[0].find(f"{ATOM}link").get("href") == f"https://a{NEWEST + 2}.org/1"
