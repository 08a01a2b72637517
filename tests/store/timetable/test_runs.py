"""Runs and the rhythm of sources."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from store import models
from store.timetable.runs import finish_run, get_due_times, start_run, sync_sources


@dataclass(frozen=True, kw_only=True)
class Source:
    id: str
    name: str = "Example"
    site: str = "https://example.org/"
    language: str | None = "sq"
    country: str | None = "XK"
    every: timedelta = timedelta(minutes=30)


@pytest.fixture
def session(database):
    with database.begin() as opened:
        yield opened


def get_source(session, id="a"):
    return session.get_one(models.Source, id, populate_existing=True)


def end(session, run, now, **facts):
    finish_run(session, run, **({"outcome": "finished", "counts": {"new": 3}, "requests": 5, "seconds": 1.5,
                                 "error": None, "now": now, "next_due_at": now + timedelta(minutes=30)} | facts))


def test_a_source_that_never_ran_has_no_due_time(session):
    sync_sources(session, [Source(id="a"), Source(id="b")])
    assert get_due_times(session) == {"a": None, "b": None}


def test_no_sources_are_fine(session):
    sync_sources(session, [])
    assert get_due_times(session) == {}


def test_a_changed_catalogue_changes_the_source_and_not_its_rhythm(session, now):
    sync_sources(session, [Source(id="a"), Source(id="gone")])
    end(session, start_run(session, "a", now=now), now)
    sync_sources(session, [replace(Source(id="a"), name="Other", every=timedelta(hours=1))])
    source = get_source(session)
    assert (source.name, source.every_seconds, source.next_due_at) == ("Other", 3600, now + timedelta(minutes=30))
    assert set(get_due_times(session)) == {"a", "gone"}


def test_a_run_is_closed_with_its_counts_and_the_source_is_due_again(session, now):
    run = start_run(session, "a", now=now)
    end(session, run, now + timedelta(seconds=2))
    row = session.get_one(models.Run, run, populate_existing=True)
    assert (row.outcome, row.counts, row.requests, row.seconds, row.error) == ("finished", {"new": 3}, 5, 1.5, None)
    source = get_source(session)
    assert (source.last_started_at, source.last_finished_at, source.last_outcome, source.failures) == (
        now, now + timedelta(seconds=2), "finished", 0)
    assert get_due_times(session) == {"a": now + timedelta(minutes=30, seconds=2)}


def test_failures_are_counted_until_a_good_run(session, now):
    for expected in (1, 2):
        end(session, start_run(session, "a", now=now), now, outcome="failed", error="timeout")
        assert get_source(session).failures == expected
    end(session, start_run(session, "a", now=now), now)
    assert get_source(session).failures == 0


def test_a_run_that_never_ended_is_closed_by_the_next(session, now):
    lost = start_run(session, "a", now=now)
    other = start_run(session, "b", now=now)
    later = now + timedelta(hours=1)
    start_run(session, "a", now=later)
    rows = {row.id: (row.outcome, row.finished_at) for row in session.execute(
        select(models.Run.id, models.Run.outcome, models.Run.finished_at))}
    assert rows[lost] == ("interrupted", later)
    assert rows[other] == (None, None)


def test_without_a_due_time_the_former_one_stays(session, now):
    end(session, start_run(session, "a", now=now), now)
    end(session, start_run(session, "a", now=now), now, next_due_at=None)
    assert get_due_times(session) == {"a": now + timedelta(minutes=30)}
