"""Copies of a text at many outlets: records of their own that know of each other."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from store import models
from store.articles import ingest
from store.copies.neardup import CROWD
from store.export import iter_records
from store.records import get_record
from store.values import Moment, Outcome, Precision
from tests.store.texts import make_sentence, make_text

TEXT = make_text(1)
CREDITED = TEXT + "\nReporting by our correspondent with the agency."


@pytest.fixture
def put(database, make_article, now):
    def put_one(address, text, at=now, **facts):
        with database.begin() as session:
            return ingest(session, make_article(address, text, **facts), page_id=None, now=at)

    return put_one


@pytest.fixture
def get(database):
    def get_one(article_id):
        with database.read() as session:
            return get_record(session, article_id)

    return get_one


@pytest.fixture
def groups(database):
    def list_groups():
        with database.read() as session:
            return {record["id"]: record["near_group"] for record in iter_records(session)}

    return list_groups


def at(day, hour=None):
    precision = Precision.DAY if hour is None else Precision.MINUTE
    return Moment(at=datetime(2026, 11, day, hour or 0, tzinfo=UTC), precision=precision, origin="meta")


def test_a_copy_at_another_outlet_is_a_record_of_its_own_in_one_group(put, get):
    first = put("one.org/a", TEXT, source="one", credits=("Reuters",), published=at(20, 9))
    second = put("two.org/b", CREDITED, source="two", credits=("AFP",), published=at(20, 12))
    assert (first.outcome, second.outcome) == (Outcome.NEW, Outcome.NEAR_DUPLICATE)
    one, two = get(first.id), get(second.id)
    assert one["near_group"] == two["near_group"] is not None
    assert (two["source"], two["credits"], two["published"]) == ("two", ["AFP"], "2026-11-20T12:00+00:00")
    assert two["text"] == CREDITED


def test_a_record_without_copies_is_in_no_group(put, get):
    id = put("one.org/a", TEXT).id
    put("two.org/b", make_text(2))
    record = get(id)
    assert [record[name] for name in ("near_group", "group_earliest", "group_members", "group_credits")] == [None] * 4


def test_a_group_knows_its_earliest_member_even_if_it_comes_last(put, get):
    put("one.org/a", TEXT, published=at(20, 9))
    put("two.org/b", CREDITED, published=at(20, 12))
    early = put("three.org/c", TEXT + "\nOne line more.", published=at(19, 7)).id
    assert (get(early)["group_earliest"], get(early)["group_members"]) == (early, 3)


def test_a_copy_known_to_the_day_is_not_taken_for_earlier_than_one_of_that_morning(put, get):
    morning = put("one.org/a", TEXT, published=at(20, 9)).id
    put("two.org/b", CREDITED, published=at(20))
    assert get(morning)["group_earliest"] == morning


def test_a_wire_story_in_thirty_papers_is_one_origin(put, get):
    for number in range(30):
        credit = ("Reuters",) if number % 3 else ("Reuters", f"Paper {number}") if number % 2 else ()
        id = put(f"paper{number}.org/a", f"{TEXT}\nPrinted in paper {number}.", credits=credit).id
    record = get(id)
    assert (record["group_members"], record["group_origins"]) == (30, 1)
    assert "Reuters" in record["group_credits"]


def test_two_agencies_are_two_origins_until_a_copy_credits_both(put, get):
    put("one.org/a", TEXT, credits=("Reuters",))
    id = put("two.org/b", CREDITED, credits=("AFP",)).id
    assert (get(id)["group_origins"], get(id)["group_credits"]) == (2, ["AFP", "Reuters"])
    put("three.org/c", TEXT + "\nOne line more.", credits=("AFP", "Reuters"))
    assert get(id)["group_origins"] == 1


def test_a_cut_lead_joins_the_whole_and_the_whole_joins_a_cut_lead(put, groups):
    text = make_text(5, sentences=40)
    lead = text[: len(text) * 35 // 100]
    put("one.org/a", text)
    assert put("two.org/b", lead).outcome is Outcome.NEAR_DUPLICATE
    other = make_text(6, sentences=40)
    put("one.org/c", other[: len(other) * 35 // 100])
    assert put("two.org/d", other).outcome is Outcome.NEAR_DUPLICATE
    assert len(set(groups().values())) == 2


def test_a_text_that_quotes_two_stories_does_not_make_them_one(put, groups):
    one, two = put("one.org/a", make_text(1)).id, put("two.org/b", make_text(2)).id
    put("three.org/c", "\n".join([make_text(3), make_text(1), make_text(4), make_text(2), make_text(5)]))
    assert len({groups()[one], groups()[two]}) == 2


def test_a_copy_of_the_whole_of_two_groups_makes_them_one(put, groups):
    lines = make_text(1, sentences=40).split("\n")
    put("one.org/a", "\n".join(lines[:5]))
    put("two.org/b", "\n".join(lines[5:]))
    assert set(groups().values()) == {None}
    put("three.org/c", "\n".join(lines))
    assert len(set(groups().values())) == 1


def test_a_republication_by_the_same_outlet_is_a_sighting_or_a_revision(put, get):
    id = put("one.org/a", TEXT).id
    again = put("one.org/2026/a-print", TEXT.rsplit("\n", 1)[0])
    assert (again.outcome, again.id) == (Outcome.DUPLICATE, id)
    longer = put("news.one.org/b", CREDITED)
    assert (longer.outcome, longer.id) == (Outcome.UPDATED, id)
    record = get(id)
    assert (record["revision"], record["sightings"], record["near_group"]) == (2, 3, None)


def test_a_republication_that_is_met_again_changes_nothing(put, get):
    id = put("one.org/a", TEXT).id
    put("one.org/b", CREDITED)
    for _ in range(2):
        assert put("one.org/a", TEXT).outcome is Outcome.UNCHANGED
        assert put("one.org/b", CREDITED).outcome is Outcome.UNCHANGED
    assert get(id)["revision"] == 2


def test_two_stories_of_one_outlet_from_one_mould_stay_apart(put, groups):
    mould = make_text(9) + "\nThe rate was {} per cent in {}."
    put("bank.org/1", mould.format(3, "Monday"), title="Rates")
    later = put("bank.org/2", mould.format(4, "Tuesday"), title="Rates of Tuesday")
    assert later.outcome is Outcome.NEW
    assert set(groups().values()) == {None}


def test_two_stories_of_one_outlet_that_differ_in_plain_words_only_stay_apart(put):
    mould = "\n".join(f"{line} So said the envoy about {{0}}, for {{0}} matters." for line in make_text(9).split("\n"))
    put("one.org/1", mould.format("fish"), title="On fish")
    assert put("one.org/2", mould.format("grain"), title="On grain").outcome is Outcome.NEW
    assert put("one.org/3", mould.format("water"), title="On fish").outcome is not Outcome.NEW


def test_a_corrected_figure_under_a_new_address_and_the_same_headline_is_a_revision(put, now):
    mould = make_text(9) + "\nThe rate was {} per cent."
    id = put("one.org/1", mould.format(3), title="Rates").id
    soon = put("one.org/2", mould.format(4), title="Rates", at=now + timedelta(hours=2))
    assert (soon.outcome, soon.id) == (Outcome.UPDATED, id)
    assert put("one.org/3", mould.format(5), title="Rates", at=now + timedelta(days=7)).outcome is Outcome.NEW


def test_what_an_outlet_prints_under_all_its_articles_is_no_part_of_them(put, groups):
    footer = make_text(7, sentences=12, paragraph=12)
    outcomes = [put(f"one.org/{n}", make_text(100 + n, sentences=3) + "\n" + footer).outcome for n in range(6)]
    assert set(outcomes) == {Outcome.NEW}
    copy = put("two.org/a", make_text(105, sentences=3)[:-1])
    assert copy.outcome is Outcome.NEAR_DUPLICATE
    assert sum(group is not None for group in groups().values()) == 2


def test_files_have_no_outlet_and_their_copies_are_copies(put, make_article, database, now):
    def put_file(name, text):
        article = make_article(name, text)
        with database.begin() as session:
            return ingest(session, type(article)(**{**vars(article), "url": f"file:///{name}"}), page_id=None, now=now)

    put_file("a.txt", TEXT)
    assert put_file("b.txt", CREDITED).outcome is Outcome.NEAR_DUPLICATE


def test_a_revision_leads_a_record_to_its_copies(put, groups, get):
    put("one.org/a", TEXT)
    id = put("two.org/b", make_text(2)).id
    assert groups()[id] is None
    assert put("two.org/b", CREDITED).outcome is Outcome.UPDATED
    assert get(id)["group_members"] == 2


def test_a_record_whose_text_is_another_story_now_leaves_for_its_copies(put, groups):
    """A page of news of the day keeps its address and changes its stories."""
    one, daily, two = put("one.org/a", TEXT).id, put("daily.org/", CREDITED).id, put("two.org/b", make_text(2)).id
    assert groups()[daily] == groups()[one]
    put("daily.org/", make_text(2) + "\nOne line more.")
    assert groups()[daily] == groups()[two] is not None
    assert groups()[one] is None


def test_a_record_that_founded_a_group_and_left_it_can_found_another(put, groups):
    daily = put("daily.org/", TEXT).id
    put("one.org/a", CREDITED)
    put("two.org/b", TEXT + "\nOne line more.")
    put("three.org/c", make_text(2))
    put("daily.org/", make_text(2) + "\nOne line more.")
    put("three.org/c", TEXT + "\nTwo lines more.")
    assert groups()[daily] is None
    last = put("four.org/d", make_text(2) + "\nThree lines more.").id
    assert groups()[daily] == groups()[last] is not None
    assert len(set(groups().values())) == 2


def test_a_record_that_is_rewritten_stays_among_its_copies(put, groups):
    one, two = put("one.org/a", TEXT).id, put("two.org/b", CREDITED).id
    put("two.org/b", make_text(2))
    assert groups()[one] == groups()[two] is not None


def test_a_former_text_is_no_longer_in_the_index(put, database):
    put("one.org/a", TEXT)
    put("one.org/a", make_text(2))
    assert put("two.org/b", CREDITED).outcome is Outcome.NEW
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(models.Fingerprint)) == 2


def test_short_texts_are_never_near_copies(put):
    put("one.org/a", "Ministers met in Tirana on Monday and agreed on trade.")
    assert put("two.org/b", "Ministers met in Tirana on Monday and agreed on water.").outcome is Outcome.NEW


def test_a_key_that_many_texts_have_is_capped_and_copies_are_still_found(put, database, chance):
    for number in range(CROWD + 6):
        put(f"paper{number}.org/a", f"{TEXT}\n{make_sentence(chance)}")
    with database.read() as session:
        crowds = session.scalars(select(func.count()).select_from(models.NearKey).group_by(models.NearKey.key)).all()
        assert max(crowds) == CROWD
        assert session.scalars(select(models.NearGroup.members)).all() == [CROWD + 6]


@pytest.fixture
def chance():
    import random

    return random.Random(0)
