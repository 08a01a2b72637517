"""What a site's memory counts, and how stored texts are cleaned and restored, on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from store import models, sites
from store.articles import ingest
from store.page_lines import OUTSIDE, TAIL, PageLines
from store.records import get_record
from store.sites import CleanedLine
from store.values import Outcome, Removal

FURNITURE = "This house has principles."
TEXT = f"Ministers met.\n{FURNITURE}\nThey agreed.\n{FURNITURE}"
LINES = PageLines(keys=(1, 2**63 - 1), marks=bytes((TAIL, OUTSIDE)), samples=("One",))


@pytest.fixture
def put(database, make_article, now):
    def put_one(address="site.example/a", text=TEXT, at=now, **facts):
        with database.begin() as session:
            return ingest(session, make_article(address, text, **facts), page_id=None, now=at).id

    return put_one


@pytest.fixture
def learn(database, now):
    def learn_one(article_id, lines=LINES, name="site.example", at=now):
        with database.begin() as session:
            return sites.remember(session, name, article_id, lines, now=at)

    return learn_one


@pytest.fixture
def clean(database, now):
    def clean_one(article_id, *numbers):
        with database.begin() as session:
            site = sites.open_site(session, "site.example")
            revision_id, _ = sites.get_current_revision(session, article_id)
            text = sites.get_stored_text(session, revision_id)
            lines = [CleanedLine(paragraph=number, text=text.paragraphs[number], key=7, evidence="on 9 of 9 pages")
                     for number in numbers]
            return sites.set_cleaning(session, text, lines, site=site, now=now)

    return clean_one


def get(database, article_id):
    with database.read() as session:
        return get_record(session, article_id)


def test_lines_are_counted_once_an_article_with_where_they_stood(database, put, learn, now):
    ids = [put(f"site.example/{n}", f"Text number {n} of the site.") for n in range(3)]
    later = now + timedelta(days=3)
    assert [learn(id, at=later) for id in ids] == [True] * 3
    assert learn(ids[0]) is False
    with database.read() as session:
        site = sites.find_site(session, "site.example")
        known = sites.recall(session, site, [1, 2, 2**63 - 1])
        rows = session.execute(select(models.SiteLine.sample, models.SiteLine.last_seen)).all()
    assert site.pages == 3
    assert known.keys() == {1, 2**63 - 1}
    assert (known[1].pages, known[1].tail, known[1].outside, known[1].first_page) == (3, 3, 0, 1)
    assert known[2**63 - 1].outside == 3
    assert {row.sample for row in rows} == {"One", None} and {row.last_seen for row in rows} == {later}


def test_a_line_seen_once_is_with_its_page_and_gets_a_row_when_it_comes_again(database, put, learn, now):
    learn(put("site.example/a", "The first text of the site."))
    with database.read() as session:
        site = sites.find_site(session, "site.example")
        known = sites.recall(session, site, [1, 5])
        assert (known[1].pages, known[1].tail, known[1].first_page, known[1].is_row) == (1, 1, 1, False)
        assert session.execute(select(models.SiteLine.key)).all() == []
    learn(put("site.example/b", "The second text of the site."), PageLines(keys=(1, 5), marks=bytes((OUTSIDE, 0))))
    with database.read() as session:
        row = session.execute(select(models.SiteLine)).scalar_one()
    assert (row.key, row.pages, row.tail, row.outside, row.first_page, row.last_page) == (1, 2, 1, 1, 1, 2)
    assert row.first_seen == now


def test_what_was_rolled_back_was_never_seen(database, put, now):
    ids = [put(f"site.example/{n}", f"Text number {n} of the site.") for n in range(3)]
    with database.begin() as session:
        sites.remember(session, "site.example", ids[0], LINES, now=now)
    with pytest.raises(RuntimeError), database.begin() as session:
        sites.remember(session, "site.example", ids[1], PageLines(keys=(1, 7), marks=bytes(2)), now=now)
        raise RuntimeError("killed")
    with database.begin() as session:
        site = sites.find_site(session, "site.example")
        assert site.pages == 1
        assert sites.recall(session, site, [1, 7]).keys() == {1}
        sites.remember(session, "site.example", ids[2], PageLines(keys=(7,), marks=bytes(1)), now=now)
        assert sites.recall(session, site, [1, 7])[7].pages == 1


def test_a_ruling_on_a_line_seen_once_keeps_its_count(database, put, learn, now):
    learn(put())
    with database.begin() as session:
        site = sites.find_site(session, "site.example")
        assert sites.knows_line(session, site, 1) and not sites.knows_line(session, site, 9)
        sites.rule_on(session, site, 1, ruling="drop", sample="One", now=now)
        known = sites.recall(session, site, [1])[1]
    assert (known.pages, known.tail, known.first_page, known.ruling) == (1, 1, 1, "drop")


def test_lines_of_one_site_are_no_lines_of_another(database, put, learn):
    learn(put())
    with database.begin() as session:
        assert sites.recall(session, sites.open_site(session, "other.example"), [1]) == {}


def test_a_line_seen_once_and_long_ago_is_forgotten_and_a_ruling_never(database, put, learn, now):
    learn(put())
    with database.begin() as session:
        site = sites.find_site(session, "site.example")
        sites.rule_on(session, site, 1, ruling="keep", sample="One", now=now)
        sites.forget(session, site.id, before=2)
        assert sites.recall(session, site, [1, 2**63 - 1]).keys() == {1}


def test_an_article_is_looked_at_again_ever_later_and_then_no_more(database, put, learn):
    first = put()
    learn(first)
    looked_at = []
    for n in range(120):
        learn(put(f"site.example/{n}", f"Text number {n} of the site."), lines=PageLines())
        with database.begin() as session:
            site = sites.find_site(session, "site.example")
            if first in sites.find_due(session, site):
                sites.put_off(session, [first], site=site)
                looked_at.append(site.pages)
    assert looked_at == [1 + after for after in sites.LOOK_AGAIN]


def test_a_cleaned_text_says_what_went_and_why_and_is_no_revision(database, put, clean):
    id = put(removed=(Removal(text="Share", rule="share_bar", where="line 1"),))
    assert clean(id, 1, 3) == 2
    record = get(database, id)
    assert record["text"] == "Ministers met.\nThey agreed."
    assert record["revision"] == 1
    assert [(line["rule"], line["where"], line.get("evidence")) for line in record["removed"]] == [
        ("share_bar", "line 1", None), ("site_memory", "line 3", "on 9 of 9 pages"),
        ("site_memory", "line 5", "on 9 of 9 pages")]


def test_lines_come_back_one_by_one_where_they_stood(database, put, clean):
    id = put()
    before = get(database, id)
    clean(id, 0, 1, 3)
    assert get(database, id)["text"] == "They agreed."
    assert clean(id, 1) == 2
    assert get(database, id)["text"] == f"Ministers met.\nThey agreed.\n{FURNITURE}"
    clean(id)
    assert get(database, id) == before


def test_what_was_cleaned_and_restored_stays_noted(database, put, clean, now):
    id = put()
    clean(id, 1)
    clean(id)
    with database.read() as session:
        (row,) = session.scalars(select(models.Cleaning)).all()
    assert (row.text, row.paragraph, row.restored_at) == (FURNITURE, 1, now)


def test_the_same_text_cleaned_is_the_same_article_when_it_comes_again(database, put, clean, make_article, now):
    id = put()
    clean(id, 1, 3)
    with database.begin() as session:
        again = ingest(session, make_article("site.example/a", "Ministers met.\nThey agreed."), page_id=None, now=now)
    assert again.outcome is Outcome.UNCHANGED
    with database.read() as session:
        assert sites.find_by_whole_text(session, TEXT) == sites.get_current_revision(session, id)[0]


def test_a_text_is_not_cleaned_into_another_record_nor_into_nothing(database, put, clean):
    id = put()
    put("site.example/b", "Ministers met.\nThey agreed.")
    assert clean(id, 1, 3) == 0
    assert clean(id, 0, 1, 2, 3) == 0
    assert get(database, id)["text"] == TEXT
