"""What records are about: written with each text, renewed with the next, looked for where it is missing."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from store import models
from store.articles import ingest, is_known
from store.errors import UsageError
from store.export import About, iter_records, parse_actor, parse_pair
from store.fields import article_fields
from store.lens import count_unlooked, find_unlooked, finish_rebuild, record_look, start_rebuild
from store.records import get_record
from store.subject import Kind
from store.values import Outcome
from tests.store.subjects import make_subject

TALKS = make_subject("US", "CN", "FR", passing=("IS",), organisations=("NATO", "UN"))


@pytest.fixture
def put(database, now):
    def put_all(*articles, at=now):
        with database.begin() as session:
            return [ingest(session, article, page_id=None, now=at) for article in articles]

    return put_all


@pytest.fixture
def export(database):
    def export_all(**about):
        with database.read() as session:
            return list(iter_records(session, about=About(**about)))

    return export_all


def test_a_record_says_what_it_is_about_as_the_article_did(put, export, make_article):
    article = make_article(subject=TALKS)
    put(article)
    (record,) = export()
    assert {name: record[name] for name in ("relevance", "countries", "organisations", "offices", "dyads", "kind")} == {
        "relevance": 0.9, "countries": ["US", "CN", "FR"], "organisations": ["NATO", "UN"],
        "offices": ["US foreign_minister"], "dyads": ["CN-US"], "kind": "report"}
    assert record["relevance_reasons"] == [
        {"term": "treaty", "where": "title", "language": "en", "weight": 1.5}]
    assert {name: record[name] for name in article_fields(article)} == article_fields(article)


def test_a_record_that_nobody_looked_at_says_nothing(put, export, make_article):
    put(make_article())
    (record,) = export()
    assert (record["relevance"], record["kind"]) == (None, None)
    assert record["countries"] == record["dyads"] == record["relevance_reasons"] == []


def test_each_actor_has_its_evidence(database, put, make_article):
    (stored,) = put(make_article(subject=TALKS))
    with database.read() as session:
        record = get_record(session, stored.id)
    first = record["actors"][0]
    assert (first["sort"], first["code"], first["role"], first["mentions"]) == ("country", "US", "main", 2)
    assert first["evidence"] == [{"term": "US", "where": "text", "start": start} for start in (0, 40)]
    assert [actor["code"] for actor in record["actors"] if actor["role"] == "passing"] == ["IS"]
    assert record["dyad_strengths"] == [{"dyad": "CN-US", "strength": 3.0, "sentences": 2}]


def test_a_new_revision_is_about_what_its_text_says(put, export, make_article, now):
    put(make_article(text="The envoys of two states met on Monday.", subject=TALKS))
    later = make_article(text="Two other delegations signed a treaty instead.", subject=make_subject("RU", "TR"))
    assert put(later, at=now + timedelta(hours=1))[0].outcome is Outcome.UPDATED
    (record,) = export()
    assert (record["countries"], record["dyads"]) == (["RU", "TR"], ["RU-TR"])
    assert export(between=(("US", "CN"),)) == []


def test_the_same_text_fills_in_what_was_missing_and_changes_nothing_else(put, export, make_article):
    put(make_article())
    assert put(make_article(subject=TALKS))[0].outcome is Outcome.UNCHANGED
    assert export()[0]["dyads"] == ["CN-US"]
    put(make_article(subject=make_subject("RU", "TR")))
    assert export()[0]["dyads"] == ["CN-US"]


def test_a_pair_is_found_in_either_order_and_among_several(put, export, make_article):
    put(make_article("a.org/1", "One text about the first pair of states.", subject=make_subject("US", "CN")),
        make_article("a.org/2", "Another on the second, and nothing else.", subject=make_subject("RU", "US")),
        make_article("a.org/3", "A third that names one of them alone.", subject=make_subject("US")))
    assert [r["url"][-1] for r in export(between=(("US", "CN"),))] == ["1"]
    assert [r["url"][-1] for r in export(between=(("CN", "US"),))] == ["1"]
    assert sorted(r["url"][-1] for r in export(between=(("CN", "US"), ("US", "RU")))) == ["1", "2"]
    assert export(between=(("CN", "RU"),)) == []


def test_records_are_chosen_by_actor_relevance_and_kind(put, export, make_article):
    put(make_article("a.org/1", "One text about the alliance and a state.",
                     subject=make_subject("US", passing=("FR",), organisations=("NATO",), score=0.8)),
        make_article("a.org/2", "Another, an opinion about something else.",
                     subject=make_subject("FR", score=0.2, kind=Kind.OPINION)))
    assert [r["url"][-1] for r in export(about=(("country", "FR"),))] == ["2"]
    assert [r["url"][-1] for r in export(about=(("organisation", "NATO"),))] == ["1"]
    assert [r["url"][-1] for r in export(min_relevance=0.5)] == ["1"]
    assert [r["url"][-1] for r in export(kinds=("opinion",))] == ["2"]
    assert export(kinds=("opinion",), min_relevance=0.5) == []


@pytest.mark.parametrize(("written", "pair"), [
    ("US,CN", ("US", "CN")), (" cn , eu ", ("CN", "EU")), ("ru-us", ("RU", "US"))])
def test_a_pair_is_two_codes(written, pair):
    assert parse_pair(written) == pair


@pytest.mark.parametrize("written", ["US", "US,CN,RU", "USA,CN", "US,US", "", "U1,CN"])
def test_what_is_no_pair_is_refused_with_an_example(written):
    with pytest.raises(UsageError, match="as in US,CN"):
        parse_pair(written)


@pytest.mark.parametrize(("written", "actor"), [
    ("us", ("country", "US")), ("AU", ("country", "AU")), ("org:AU", ("organisation", "AU")),
    ("eu", ("organisation", "EU")), ("nato", ("organisation", "NATO")), ("coe", ("organisation", "CoE"))])
def test_an_actor_is_a_state_or_an_organisation(written, actor):
    assert parse_actor(written) == actor


def test_what_was_stored_before_is_found_and_looked_at_once(database, put, make_article):
    put(make_article("a.org/1", "One text that nobody has looked at.", source="dw"),
        make_article("a.org/2", "Another that somebody has looked at.", subject=TALKS))
    with database.begin() as session:
        assert count_unlooked(session, source="voa") == 0
        (record,) = find_unlooked(session, limit=9, source="dw")
        assert record_look(session, [(record, TALKS)]) == 1
        assert count_unlooked(session) == 0


def test_a_text_that_changed_while_it_was_looked_at_is_left_for_the_next_time(database, put, make_article, now):
    put(make_article(text="The envoys of two states met on Monday."))
    with database.read() as session:
        (record,) = find_unlooked(session, limit=9)
    put(make_article(text="Two other delegations signed a treaty instead."), at=now + timedelta(hours=1))
    with database.begin() as session:
        assert record_look(session, [(record, TALKS)]) == 0
        assert session.scalars(select(models.Actor.code)).all() == []
        assert count_unlooked(session) == 1


def test_a_rebuild_that_was_stopped_goes_on(database, put, make_article, now):
    put(make_article("a.org/1", "One text that was looked at.", subject=TALKS),
        make_article("a.org/2", "Another that was looked at, too.", subject=TALKS))
    assert start_rebuild(database, now=now)
    with database.begin() as session:
        record, _ = find_unlooked(session, limit=9)
        record_look(session, [(record, TALKS)])
    assert not start_rebuild(database, now=now)
    with database.begin() as session:
        assert count_unlooked(session) == 1
        finish_rebuild(session, now=now)
    assert start_rebuild(database, now=now)


def test_an_address_is_known_by_its_record(database, put, make_article):
    put(make_article("a.org/1"))
    with database.read() as session:
        assert is_known(session, ["b.org/9", "a.org/1"])
        assert not is_known(session, ["b.org/9"])


def test_sql_finds_pairs_by_their_rows(database, put, make_article):
    (stored,) = put(make_article(subject=TALKS))
    with database.read() as session:
        query = text("SELECT article_id FROM dyad WHERE first = 'CN' AND second = 'US'")
        assert session.execute(query).scalars().all() == [stored.id]
