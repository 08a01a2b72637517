"""What an article is to the store, over the whole life of addresses and texts."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from store import models
from store.articles import Ingested, ingest
from store.database import Database
from store.fingerprint import make_id
from store.records import get_record
from store.values import Article, Moment, Outcome, Precision, Removal

A_WEEK = timedelta(days=7)


@pytest.fixture
def put(database: Database, now: datetime) -> Callable[..., Ingested]:
    def put_one(article: Article, at: datetime = now, page_id: int | None = None) -> Ingested:
        with database.begin() as session:
            return ingest(session, article, page_id=page_id, now=at)

    return put_one


@pytest.fixture
def count(database: Database) -> Callable[..., int]:
    def count_rows(table: type[models.Base]) -> int:
        with database.read() as session:
            return session.scalar(select(func.count()).select_from(table))

    return count_rows


@pytest.fixture
def get(database: Database) -> Callable[[str], dict]:
    def get_one(article_id: str) -> dict:
        with database.read() as session:
            return get_record(session, article_id)

    return get_one


def at(day: int) -> Moment:
    return Moment(at=datetime(2023, 3, day, tzinfo=UTC), precision=Precision.DAY, origin="meta")


def test_an_unknown_article_is_new_and_its_id_is_made_from_its_own_address(put, make_article):
    article = make_article(keys=("example.org/a", "example.org/canonical"))
    assert put(article) == Ingested(outcome=Outcome.NEW, id=make_id("example.org/a"))


def test_the_same_article_again_is_unchanged_and_only_its_last_seen_moves(put, make_article, count, get, now):
    id = put(make_article()).id
    for day in range(1, 20):
        assert put(make_article(), at=now + timedelta(days=day)).outcome is Outcome.UNCHANGED
    assert [count(table) for table in (models.Article, models.Revision, models.Sighting)] == [1, 1, 1]
    record = get(id)
    assert record["first_seen"] == now.isoformat()
    assert record["last_seen"] == (now + timedelta(days=19)).isoformat()
    assert record["addresses"][0]["times"] == 20


def test_typography_alone_is_no_change(put, make_article):
    put(make_article(text="“Peace,” she said – twice."))
    assert put(make_article(text='"Peace", she said — twice.')).outcome is Outcome.UNCHANGED


def test_a_corrected_figure_is_a_change(put, make_article):
    put(make_article(text="They sent 1.5 million."))
    assert put(make_article(text="They sent 15 million.")).outcome is Outcome.UPDATED


def test_a_changed_text_is_a_revision_and_every_version_is_kept(put, make_article, get, now):
    removed = (Removal(text="Share this", rule="share_bar", where="line 3"),)
    id = put(make_article(text="One.", title="First", removed=removed)).id
    assert put(make_article(text="Two.", title="Second"), at=now + A_WEEK) == Ingested(outcome=Outcome.UPDATED, id=id)
    record = get(id)
    assert (record["text"], record["title"], record["revision"]) == ("Two.", "Second", 2)
    assert [(version["number"], version["text"], version["title"]) for version in record["revisions"]] == [
        (1, "One.", "First"), (2, "Two.", "Second")]
    assert record["removed"] == []
    assert record["revisions"][0]["removed"] == [{"text": "Share this", "rule": "share_bar", "where": "line 3"}]


def test_an_update_leaves_published_as_it_was(put, make_article, get):
    id = put(make_article(text="One.", published=at(5))).id
    put(make_article(text="Two.", published=at(9), modified=at(9)))
    assert (get(id)["published"], get(id)["modified"]) == ("2023-03-05", "2023-03-09")


def test_an_update_forgets_no_fact_that_the_new_page_leaves_out(put, make_article, get):
    id = put(make_article(text="One.", language="sq", tags=("Kina",))).id
    put(make_article(text="Two."))
    assert (get(id)["language"], get(id)["tags"]) == ("sq", ["Kina"])


def test_a_text_that_is_reverted_becomes_a_third_revision(put, make_article, get):
    id = put(make_article(text="One.")).id
    put(make_article(text="Two."))
    assert put(make_article(text="One.")).outcome is Outcome.UPDATED
    assert get(id)["revision"] == 3


def test_missing_facts_are_filled_when_the_same_text_is_read_again(put, make_article, get):
    id = put(make_article()).id
    put(make_article(title="Talks", published=at(5), authors=("Ana",), language="sq", modified=at(6)))
    record = get(id)
    assert (record["title"], record["published"], record["published_precision"], record["authors"]) == (
        "Talks", "2023-03-05", "day", ["Ana"])
    assert (record["language"], record["modified"]) == ("sq", "2023-03-06")


def test_facts_that_are_there_are_not_overwritten(put, make_article, get):
    id = put(make_article(title="Talks", published=at(5), authors=("Ana",))).id
    put(make_article(title="TALKS", published=at(7), authors=("Ben",)))
    assert (get(id)["title"], get(id)["published"], get(id)["authors"]) == ("Talks", "2023-03-05", ["Ana"])


def test_another_headline_over_the_same_text_is_a_revision(put, make_article, get):
    id = put(make_article(title="Talks", published=at(5))).id
    assert put(make_article(title="Talks fail", published=at(7))) == Ingested(outcome=Outcome.UPDATED, id=id)
    assert put(make_article(title="Talks fail")).outcome is Outcome.UNCHANGED
    assert put(make_article()).outcome is Outcome.UNCHANGED
    assert (get(id)["title"], get(id)["published"], get(id)["revision"]) == ("Talks fail", "2023-03-05", 2)


def test_another_headline_at_a_copys_address_is_none_of_the_records(put, make_article, get):
    id = put(make_article(title="Talks")).id
    put(make_article("copy.org/b", title="Envoys meet"))
    assert put(make_article("copy.org/b", title="Envoys part")).outcome is Outcome.UNCHANGED
    assert get(id)["title"] == "Talks"


def test_a_known_text_at_an_unknown_address_is_a_duplicate_and_a_sighting(put, make_article, count, get):
    id = put(make_article("example.org/a")).id
    assert put(make_article("copy.org/b", source="copy")) == Ingested(outcome=Outcome.DUPLICATE, id=id)
    assert count(models.Article) == 1
    record = get(id)
    assert record["sightings"] == 2
    assert [(row["key"], row["role"]) for row in record["addresses"]] == [
        ("example.org/a", "own"), ("copy.org/b", "copy")]


def test_a_copy_keeps_its_own_credit_and_outlet(put, make_article, get):
    id = put(make_article("example.org/a", source="one", credits=("AFP",))).id
    put(make_article("copy.org/b", source="two", credits=("Reuters",)))
    assert [(row["source"], row["credits"]) for row in get(id)["addresses"]] == [("one", ["AFP"]), ("two", ["Reuters"])]
    assert get(id)["credits"] == ["AFP"]


def test_a_copy_seen_again_is_unchanged(put, make_article):
    id = put(make_article("example.org/a")).id
    put(make_article("copy.org/b"))
    assert put(make_article("copy.org/b")) == Ingested(outcome=Outcome.UNCHANGED, id=id)


def test_a_copy_of_a_former_revision_is_a_duplicate(put, make_article):
    id = put(make_article(text="One.")).id
    put(make_article(text="Two."))
    assert put(make_article("copy.org/b", text="One.")) == Ingested(outcome=Outcome.DUPLICATE, id=id)


def test_a_copy_that_still_shows_the_former_text_is_unchanged(put, make_article):
    id = put(make_article(text="One.")).id
    put(make_article("copy.org/b", text="One."))
    put(make_article(text="Two."))
    assert put(make_article("copy.org/b", text="One.")) == Ingested(outcome=Outcome.UNCHANGED, id=id)


def test_a_copy_whose_text_changes_becomes_its_own_record_and_its_history_stays(put, make_article, get, now):
    id = put(make_article("example.org/a", text="One.")).id
    put(make_article("copy.org/b", text="One."))
    changed = put(make_article("copy.org/b", text="Another story."), at=now + A_WEEK)
    assert changed == Ingested(outcome=Outcome.NEW, id=make_id("copy.org/b"))
    assert (get(id)["sightings"], get(changed.id)["sightings"]) == (1, 1)
    assert [(row["key"], row["ended_at"]) for row in get(id)["addresses"]] == [
        ("example.org/a", None), ("copy.org/b", (now + A_WEEK).isoformat())]


def test_an_address_that_shows_another_records_text_is_a_duplicate_of_that_one(put, make_article, get):
    first = put(make_article("example.org/a", text="One.")).id
    second = put(make_article("example.org/b", text="Two.")).id
    assert put(make_article("example.org/a", text="Two.")) == Ingested(outcome=Outcome.DUPLICATE, id=second)
    assert get(first)["text"] == "One."


def test_an_address_that_comes_home_to_its_own_text_is_unchanged(put, make_article, get):
    first = put(make_article("example.org/a", text="One.")).id
    put(make_article("example.org/b", text="Two."))
    put(make_article("example.org/a", text="Two."))
    assert put(make_article("example.org/a", text="One.")) == Ingested(outcome=Outcome.UNCHANGED, id=first)
    assert [row["role"] for row in get(first)["addresses"]] == ["own", "own"]
    assert get(first)["sightings"] == 1


def test_an_address_that_comes_home_with_a_new_text_revises_its_own_record(put, make_article):
    first = put(make_article("example.org/a", text="One.")).id
    put(make_article("example.org/b", text="Two."))
    put(make_article("example.org/a", text="Two."))
    assert put(make_article("example.org/a", text="Three.")) == Ingested(outcome=Outcome.UPDATED, id=first)


def test_the_canonical_address_of_a_record_leads_to_it(put, make_article):
    id = put(make_article("example.org/amp/a", keys=("example.org/amp/a", "example.org/a"))).id
    assert put(make_article("example.org/a")).outcome is Outcome.UNCHANGED
    assert put(make_article("example.org/a", text="Ministers met.\nThey agreed on trade.")) == Ingested(
        outcome=Outcome.UPDATED, id=id)


def test_a_page_that_declares_a_records_address_is_a_version_of_it(put, make_article):
    id = put(make_article("example.org/a", text="Ministers met.\nThey agreed on trade and on borders.")).id
    other = make_article("example.org/print/a", "Ministers met.\nThey agreed on trade and on borders. More soon.",
                         keys=("example.org/print/a", "example.org/a"))
    assert put(other) == Ingested(outcome=Outcome.UPDATED, id=id)
    assert put(other) == Ingested(outcome=Outcome.UNCHANGED, id=id)


def test_one_canonical_address_on_every_page_of_a_site_does_not_merge_its_articles(put, make_article, count):
    everywhere = "example.org/news"
    stories = ["Ministers met in Tirana on Monday.", "A port was closed after the storm.", "Envoys left Cairo at dawn."]
    outcomes = [put(make_article(f"example.org/{n}", story, keys=(f"example.org/{n}", everywhere))).outcome
                for n, story in enumerate(stories)]
    assert outcomes == [Outcome.NEW] * 3
    assert put(make_article(everywhere, "All the news of the day in one list.")).outcome is Outcome.NEW
    assert count(models.Article) == 4


def test_an_article_without_words_is_refused(put, make_article):
    with pytest.raises(ValueError, match="needs a text"):
        put(make_article(text="… —\n!"))


def test_text_that_a_database_cannot_hold_is_made_storable(put, make_article, get):
    id = put(make_article(text="One\0two \ud83d three.", title="\0", tags=("a\0b",))).id
    assert get(id)["text"] == "Onetwo \ufffd three."
    assert get(id)["tags"] == ["ab"]


def test_an_address_longer_than_an_index_allows_is_stored(put, make_article):
    long = "example.org/" + "ф" * 5000
    assert put(make_article(long)).outcome is Outcome.NEW
    assert put(make_article(long)).outcome is Outcome.UNCHANGED
    assert put(make_article(long + "x", "Something else.")).outcome is Outcome.NEW


def test_a_date_before_the_calendar_is_kept_as_written(put, make_article, get):
    first = datetime.fromisoformat("0001-01-01T00:30:00+02:00")
    id = put(make_article(published=Moment(at=first, precision=Precision.MINUTE, origin="meta"))).id
    assert get(id)["published"] == "0001-01-01T00:30+02:00"


def test_a_record_keeps_its_rival_dates(put, make_article, get):
    id = put(make_article(published=at(5), dates=(at(5), at(7)))).id
    assert [date["at"][:10] for date in get(id)["dates"]] == ["2023-03-05", "2023-03-07"]
