"""Due times as rows: learnt from runs, widened by failures, corrected when they cannot be meant."""

from datetime import timedelta

import pytest

from store import models
from store.timetable.dues import (
    Check,
    correct_dues,
    end_move,
    find_corrections,
    get_last_good,
    list_moves,
    plan_next,
    record_move,
)
from store.timetable.schedule import Wishes, make_bounds

BOUNDS = make_bounds(timedelta(minutes=30))
MINUTE = timedelta(minutes=1)


@pytest.fixture
def session(database):
    with database.begin() as opened:
        opened.add(models.Source(id="a", failures=0))
        opened.flush()
        yield opened


def get_source(session):
    return session.get_one(models.Source, "a", populate_existing=True)


def plan(session, now, **facts):
    due = plan_next(session, "a", Check(checked=now, **facts), bounds=BOUNDS, now=now, chance=0.0)
    session.flush()
    return due


def test_a_good_check_is_learnt_and_its_due_time_is_a_row_with_its_reason(session, now):
    due = plan(session, now, published=(now - MINUTE,), wishes=(Wishes(pause=2 * MINUTE),))
    source = get_source(session)
    assert (source.next_due_at, source.due_reason) == (due.at, "its usual rhythm")
    assert now < due.at <= now + BOUNDS.every
    assert (source.last_good_at, source.last_new_at, source.failing_since) == (now, now, None)
    assert source.wishes == {"pause": 120.0, "skip_hours": [], "skip_days": []}
    assert get_last_good(session, "a") == now


def test_what_a_feed_wishes_outlives_an_answer_that_says_nothing(session, now):
    plan(session, now, wishes=(Wishes(skip_hours=(3,)),))
    plan(session, now + 30 * MINUTE)
    assert get_source(session).wishes["skip_hours"] == [3]


def test_failures_add_up_by_their_weight_and_the_first_good_check_forgets_them(session, now):
    pauses = []
    for failure in ("temporary", "temporary", "soft", "hard", "hard"):
        due = plan(session, now, failure=failure, reason="x")
        pauses.append(due.at - now)
    assert pauses == sorted(pauses)
    source = get_source(session)
    assert (source.failure_weight, source.failing_since, source.due_reason[:12]) == (3.0, now, "hard failure")
    due = plan(session, now + timedelta(days=3))
    source = get_source(session)
    assert (source.failure_weight, source.failing_since) == (0.0, None)
    assert due.at - now - timedelta(days=3) <= BOUNDS.every


def test_where_we_reach_nothing_no_source_is_blamed(session, now):
    for _ in range(9):
        due = plan(session, now, failure="offline", reason="unknown_host")
    assert get_source(session).failure_weight == 0
    assert due.at - now < BOUNDS.every


def test_a_clock_that_went_back_leaves_no_source_alone(session, now):
    source = get_source(session)
    source.last_finished_at, source.next_due_at = now + timedelta(days=9), now + timedelta(days=9, minutes=20)
    session.flush()
    assert find_corrections(session, {"a": BOUNDS}, now=now)["a"].reason == "the clock went back"
    correct_dues(session, {"a": BOUNDS}, now=now)
    source = get_source(session)
    assert (source.next_due_at, source.last_finished_at) == (now + 20 * MINUTE, now)
    assert find_corrections(session, {"a": BOUNDS}, now=now) == {}


def test_a_back_off_and_a_servers_wish_are_no_mistakes(session, now):
    source = get_source(session)
    source.last_finished_at, source.next_due_at, source.failing_since = now, now + timedelta(days=20), now
    session.flush()
    assert find_corrections(session, {"a": BOUNDS}, now=now) == {}
    source.failing_since, source.due_reason = None, "the server asked to wait, though it answered elsewhere"
    session.flush()
    assert find_corrections(session, {"a": BOUNDS}, now=now) == {}
    source.due_reason = "a quiet time"
    session.flush()
    assert list(find_corrections(session, {"a": BOUNDS}, now=now)) == ["a"]


def test_a_servers_wish_outlives_a_clock_that_went_back(session, now):
    source = get_source(session)
    source.last_finished_at, source.next_due_at = now + MINUTE, now + timedelta(days=20)
    source.due_reason = "the server asked to wait, though it answered elsewhere"
    session.flush()
    for moment in (now, now + MINUTE):
        correct_dues(session, {"a": BOUNDS}, now=moment)
    source = get_source(session)
    assert source.next_due_at == now + timedelta(days=20) - MINUTE
    assert source.due_reason == "the clock went back; the server asked to wait"


def test_a_move_counts_until_it_ends_and_stays_written(session, now):
    record_move(session, "a", from_url="x", to_url="y", how="301", now=now)
    assert list_moves(session, "a") == {"x": "y"}
    end_move(session, "a", from_url="x", now=now + MINUTE)
    assert list_moves(session, "a") == {}
    assert session.query(models.Move).count() == 1
