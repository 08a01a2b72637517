"""Stored pages that are looked at again, and pages that are gone."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from store import models
from store.articles import ingest
from store.records import get_record
from store.timetable.rechecks import (
    AGES,
    get_due_rechecks,
    next_recheck,
    plan_recheck,
    record_gone,
    record_recheck,
    record_still_there,
)
from store.values import Moment, Outcome, Precision
from tests.store.texts import make_text

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def write(database):
    def run(job, *arguments, **facts):
        with database.begin() as session:
            return job(session, *arguments, **facts)

    return run


@pytest.fixture
def get(database):
    def get_one(article_id):
        with database.read() as session:
            return get_record(session, article_id)

    return get_one


def test_a_page_is_looked_at_often_in_its_first_day_then_by_days_then_by_weeks():
    ages, age = [], timedelta(0)
    while (pause := next_recheck(age)) is not None:
        assert pause > timedelta(0)
        age += pause
        ages.append(age)
    assert tuple(ages) == AGES
    assert sum(age <= DAY for age in ages) >= 3
    assert sum(DAY < age <= 7 * DAY for age in ages) >= 2
    assert ages[-1] > 28 * DAY


def test_a_recheck_that_came_late_is_not_made_up_for():
    assert next_recheck(5 * HOUR) == 3 * HOUR
    assert next_recheck(AGES[-1]) is None


def test_a_record_is_due_at_its_time_and_for_its_source_only(write, make_article, now):
    id = write(ingest, make_article("one.org/a", source="one"), page_id=None, now=now).id
    for _ in range(2):
        write(plan_recheck, article_id=id, source="one", url="https://one.org/a", now=now)
    assert write(get_due_rechecks, "one", now + HOUR / 2, 10) == ()
    assert [due.key for due in write(get_due_rechecks, "one", now + HOUR, 10)] == ["one.org/a"]
    assert write(get_due_rechecks, "two", now + HOUR, 10) == ()
    write(record_recheck, id, now=now + HOUR)
    assert write(get_due_rechecks, "one", now + 2 * HOUR, 10) == ()
    assert len(write(get_due_rechecks, "one", now + 3 * HOUR, 10)) == 1
    write(record_recheck, id, now=now + AGES[-1])
    assert write(get_due_rechecks, "one", now + 1000 * DAY, 10) == ()


def test_the_life_of_an_article(write, make_article, get, now):
    """Typo fixed, figure corrected, headline changed, paragraph added, reverted, removed, restored."""
    first = make_text(1) + "\nThe goverment sent 5 ships."
    typo = first.replace("goverment", "government")
    figure = typo.replace("5 ships", "6 ships")
    longer = figure + "\n" + make_text(2)
    published = Moment(at=now - HOUR, precision=Precision.MINUTE, origin="meta")

    def see(hours, text, title="Ships"):
        article = make_article("one.org/a", text, title=title, published=published)
        return write(ingest, article, page_id=None, now=now + hours * HOUR)

    id = see(0, first).id
    outcomes = [see(1, typo), see(2, figure), see(3, figure, "Six ships"), see(4, longer), see(5, figure)]
    assert [each.outcome for each in outcomes] == ["updated", "updated", "updated", "updated", "updated"]
    assert write(record_gone, key="one.org/a", status=410, now=now + 6 * HOUR)
    assert not write(record_gone, key="one.org/a", status=410, now=now + 7 * HOUR)
    gone = get(id)
    assert (gone["gone_at"], gone["text"]) == ((now + 6 * HOUR).isoformat(), figure)
    assert see(8, figure).outcome is Outcome.UNCHANGED
    record = get(id)
    assert (record["gone_at"], record["published"]) == (None, str(published))
    assert [(stone["gone_at"], stone["back_at"]) for stone in record["tombstones"]] == [
        ((now + 6 * HOUR).isoformat(), (now + 8 * HOUR).isoformat())]
    changes = [revision["change"] for revision in record["revisions"]]
    assert changes[0] is None
    assert [change["cosmetic"] for change in changes[1:]] == [True, False, False, False, False]
    assert [change["headline"] for change in changes[1:]] == [False, False, True, True, False]
    assert [change["figures"] for change in changes[1:]] == [False, True, False, False, False]
    assert [revision["title"] for revision in record["revisions"]] == ["Ships", "Ships", "Ships", "Six ships"] + [
        "Ships"] * 2
    assert [revision["seen_at"] for revision in record["revisions"]] == [
        (now + hours * HOUR).isoformat() for hours in range(6)]


def test_a_hundred_unchanged_refetches_add_no_row(write, make_article, get, database, now):
    def count():
        with database.read() as session:
            return {name: session.scalar(select(func.count()).select_from(table))
                    for name, table in models.Base.metadata.tables.items()}

    id = write(ingest, make_article("one.org/a", make_text(1)), page_id=None, now=now).id
    before = count()
    for number in range(1, 101):
        if number % 2:
            write(record_still_there, id, now=now + number * HOUR)
        else:
            again = write(ingest, make_article("one.org/a", make_text(1)), page_id=None, now=now + number * HOUR)
            assert again.outcome is Outcome.UNCHANGED
    assert count() == before
    assert get(id)["last_seen"] == (now + 100 * HOUR).isoformat()
    assert get(id)["addresses"][0]["times"] == 101


def test_a_page_that_was_never_stored_gets_no_tombstone(write, now):
    assert not write(record_gone, key="one.org/unknown", status=404, now=now)
