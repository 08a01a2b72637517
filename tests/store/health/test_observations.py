"""What sources answered, kept; conditions opened, closed and told; the ledger."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlalchemy import func, select

from store import models
from store.fetches import queue_links, record_failure
from store.health.conditions import Finding
from store.health.coverage import get_coverage, summarise
from store.health.observations import ROWS, Answer, load_history, record_answers, record_reading
from store.health.watching import (
    claim_untold,
    get_conditions,
    judge_clocks,
    judge_source,
    note_told,
    open_conditions,
    settle,
)
from store.pages import keep_page
from store.pages import record_reading as end_page
from store.timetable.runs import finish_run, start_run, sync_sources
from store.values import Link, Moment, Page, Precision
from tests.store.timetable.test_runs import Source

FEED = "https://a.example/feed"
EVERY = timedelta(minutes=30)


@pytest.fixture
def session(database):
    with database.begin() as opened:
        sync_sources(opened, [Source(id="a"), Source(id="b")])
        yield opened


def make_link(name: str, *, at=None, title: str | None = None, guid: str | None = None) -> Link:
    published = Moment(at=at, precision=Precision.SECOND, origin="feed") if at else None
    return Link(url=f"https://{name}", key=name, title=title, published=published, guid=guid)


def answer(session, now, links=(), fresh=(), **facts):
    keys = frozenset(link.key for link in fresh)
    said = Answer(**{"place": FEED, "size": 5000, "links": tuple(links), "fresh": keys} | facts)
    record_answers(session, "a", [said], every=EVERY, now=now)


def looks(session):
    return load_history(session, "a", every=EVERY).looks


def test_the_same_answer_again_is_one_row(session, now):
    links = [make_link("a/1"), make_link("a/2")]
    answer(session, now, links, links)
    answer(session, now + EVERY, links)
    answer(session, now + 2 * EVERY, is_modified=False)
    (look,) = looks(session)
    assert (look.same, look.not_modified, look.entries, look.first_at, look.last_at) == (2, 1, 2, now, now + 2 * EVERY)


def test_another_answer_another_failure_and_a_long_pause_are_rows_of_their_own(session, now):
    links = [make_link("a/1"), make_link("a/2")]
    answer(session, now, links[:1], links[:1])
    answer(session, now + EVERY, links, links[1:])
    answer(session, now + 2 * EVERY, outcome="timeout", size=None)
    answer(session, now + 3 * EVERY, outcome="timeout", size=None)
    answer(session, now + 4 * EVERY, is_modified=False)
    answer(session, now + 20 * EVERY, is_modified=False)
    assert [(each.outcome, each.times) for each in looks(session)] == [
        ("ok", 1), ("ok", 1), ("timeout", 2), ("ok", 1), ("ok", 1)]


def test_a_date_beyond_the_end_of_the_calendar_in_utc_is_kept_as_its_end(session, now):
    last = make_link("a/1", at=datetime(9999, 12, 31, 23, 59, tzinfo=timezone(-timedelta(hours=12))))
    answer(session, now, [last], [last])
    assert looks(session)[-1].newest == datetime.max.replace(tzinfo=UTC)


def test_what_was_noted_by_a_clock_that_was_ahead_does_not_hide_what_comes_after(session, now):
    ahead = now + timedelta(days=365)
    for n in range(3):
        answer(session, ahead + n * EVERY, outcome="http_500")
        record_reading(session, "a", lengths=(), reasons={"http_500": 1}, now=ahead + n * EVERY)
    assert [each.name for each in judge_source(session, "a", every=EVERY, rest_days=frozenset(), now=ahead).opened] == [
        "failing"]
    links = [make_link(f"a/{n}") for n in range(3)]
    answer(session, now, links[:2], links[:2])
    answer(session, now + EVERY, links, links[2:])
    record_reading(session, "a", lengths=[100], reasons={}, now=now + EVERY)
    assert [(each.outcome, each.last_at, each.kept) for each in looks(session)] == [
        ("http_500", now, 0), ("ok", now, 0), ("ok", now + EVERY, 2)]
    assert [each.at for each in load_history(session, "a", every=EVERY).readings] == [
        now, now, now, now + EVERY]
    closed = judge_source(session, "a", every=EVERY, rest_days=frozenset(), now=now + EVERY).closed
    assert [each.name for each in closed] == ["failing"]


def test_news_come_when_they_are_dated_and_else_when_they_are_found(session, now):
    dated = make_link("a/1", at=now - timedelta(hours=3))
    undated = make_link("a/2")
    answer(session, now, [dated, undated], [dated, undated])
    assert looks(session)[-1].news == (now - timedelta(hours=3),)  # the first look finds what may be old
    ahead, past, recent = (make_link(f"a/{n}", at=now + timedelta(hours=hours))
                           for n, hours in ((3, 9), (4, -900), (5, -1)))
    answer(session, now + EVERY, [ahead, past, recent], [ahead, past, recent, make_link("a/6")])
    assert looks(session)[-1].news == (now - timedelta(hours=1), now + EVERY, now + EVERY)
    assert looks(session)[-1].future == 1


def test_new_names_for_old_entries_are_counted(session, now):
    titles = [f"Story {n}" for n in range(4)]
    first = [make_link(f"a/{n}", title=title, guid=f"g{n}") for n, title in enumerate(titles)]
    answer(session, now, first, first)
    moved = [make_link(f"b/{n}", title=title) for n, title in enumerate(titles)]
    answer(session, now + EVERY, moved, moved)
    assert (looks(session)[-1].renamed, looks(session)[-1].kept) == (4, 0)
    answer(session, now + 2 * EVERY, first)
    reissued = [make_link(link.key, title=link.title, guid=f"new-{link.guid}") for link in first]
    answer(session, now + 3 * EVERY, reissued)
    assert (looks(session)[-1].reissued, looks(session)[-1].kept, looks(session)[-1].renamed) == (4, 4, 0)


def test_an_identifier_that_stays_tells_a_new_address_where_titles_change_and_one_that_all_share_does_not(session, now):
    first = [make_link(f"a/{n}", title=f"Story {n}", guid=f"g{n}") for n in range(4)]
    answer(session, now, first, first)
    moved = [make_link(f"b/{n}", title=f"Story {n} (updated)", guid=f"g{n}") for n in range(4)]
    answer(session, now + EVERY, moved, moved)
    assert looks(session)[-1].renamed == 4
    for look in (2, 3):
        shared = [make_link(f"{look}/{n}", title=f"Another {look} {n}", guid="feed") for n in range(4)]
        answer(session, now + look * EVERY, shared, shared)
    assert looks(session)[-1].renamed == 0


def test_entries_that_stay_under_new_dates_are_told_look_by_look(session, now):
    def dated(look: int, redated: int = 6) -> list[Link]:
        return [make_link(f"a/{n}", title=f"Story {n}", at=now - timedelta(days=1) + (look * EVERY if n < redated else
                                                                                     timedelta())) for n in range(6)]

    answer(session, now, dated(0), dated(0))
    answer(session, now + EVERY, dated(1, redated=3))
    assert looks(session)[-1].outcome == "ok"  # half of them may well have been edited
    for look in (2, 3, 4):
        answer(session, now + look * EVERY, dated(look))
    row = looks(session)[-1]
    assert (row.outcome, row.times, row.newest) == ("redated", 3, now - timedelta(days=1) + 4 * EVERY)
    answer(session, now + 5 * EVERY, dated(4))
    assert looks(session)[-1].outcome == "ok"


def test_texts_that_a_source_published_before_are_kept_apart_from_the_reasons(session, now):
    record_reading(session, "a", lengths=[900, 950], reasons={"too_short": 1}, copies=2, now=now)
    (reading,) = load_history(session, "a", every=EVERY).readings
    assert (reading.pages, reading.read, reading.copies, reading.reasons) == (3, 2, 2, {"too_short": 1})


def test_only_the_newest_row_of_a_place_keeps_its_entries(session, now):
    for n in range(3):
        links = [make_link(f"a/{n}")]
        answer(session, now + n * EVERY, links, links)
    row = models.Observation
    assert session.scalar(select(func.count()).where(row.items.is_not(None))) == 1
    assert session.scalar(select(func.count()).where(row.source_id == "a")) == 3


def test_rows_of_long_ago_are_forgotten(session, now):
    session.add_all([models.Reading(source_id="a", at=now + n * EVERY, pages=1, read=1, text_length=9, reasons={})
                     for n in range(ROWS + 5)])
    session.flush()
    answer(session, now + 2 * ROWS * EVERY)
    assert len(load_history(session, "a", every=EVERY).readings) == ROWS
    assert session.scalar(select(func.count()).select_from(models.Reading)) == ROWS


def test_the_pages_of_a_run_are_one_row_and_a_run_without_any_none(session, now):
    record_reading(session, "a", lengths=[10, 900, 500], reasons={"too_short": 2}, now=now)
    record_reading(session, "a", lengths=[], reasons={}, now=now)
    (reading,) = load_history(session, "a", every=EVERY).readings
    assert (reading.pages, reading.read, reading.text_length, reading.reasons) == (5, 3, 500, {"too_short": 2})


def test_a_dead_source_is_judged_from_its_rows(session, now):
    for n in range(60):
        links = [make_link(f"a/{n}", at=now + n * EVERY)]
        answer(session, now + n * EVERY, links, links)
    judged = {"every": EVERY, "rest_days": frozenset((5, 6))}
    assert not judge_source(session, "a", **judged, now=now + 60 * EVERY)
    for n in range(60, 70):
        answer(session, now + n * EVERY, is_modified=False)
    changes = judge_source(session, "a", **judged, now=now + 70 * EVERY)
    assert [(each.name, each.source, each.state) for each in changes.opened] == [("silent", "a", "opened")]
    links = [make_link("a/70", at=now + 70 * EVERY)]
    answer(session, now + 70 * EVERY, links, links)
    changes = judge_source(session, "a", **judged, now=now + 71 * EVERY)
    assert [(each.name, each.state, each.closed_at) for each in changes.closed] == [
        ("silent", "closed", now + 71 * EVERY)]
    assert open_conditions(session) == ()


def test_a_condition_is_opened_once_renewed_and_closed(session, now):
    finding = Finding(name="tiny", place=FEED, evidence={"bytes": 11})
    assert settle(session, "a", [finding], now=now).opened
    assert not settle(session, "a", [Finding(name="tiny", place=FEED, evidence={"bytes": 12})], now=now + EVERY)
    (standing,) = open_conditions(session, source="a")
    assert (standing.evidence, standing.opened_at) == ({"bytes": 12}, now)
    assert open_conditions(session, source="b") == ()
    assert settle(session, "a", [], now=now + 2 * EVERY).closed
    assert settle(session, "a", [finding], now=now + 3 * EVERY).opened
    assert [each.state for each in get_conditions(session)] == ["opened", "closed"]


def test_whoever_claims_a_condition_tells_it_and_nobody_else_does(session, now):
    settle(session, "a", [Finding(name="silent")], now=now)
    (claimed,) = claim_untold(session, now=now)
    assert claim_untold(session, now=now + timedelta(minutes=1)) == ()
    assert claim_untold(session, now=now + timedelta(days=365)) == (claimed,)  # it was not told; a clock is ahead
    assert claim_untold(session, now=now + timedelta(minutes=6)) == (claimed,)  # and set right
    note_told(session, claimed)
    assert claim_untold(session, now=now + timedelta(hours=1)) == ()
    settle(session, "a", [], now=now + EVERY)
    (over,) = claim_untold(session, now=now + timedelta(hours=1))
    assert over.state == "closed"
    note_told(session, over)
    assert claim_untold(session, now=now + timedelta(hours=2)) == ()


def test_what_was_over_before_anybody_heard_of_it_is_not_told(session, now):
    settle(session, "a", [Finding(name="silent")], now=now)
    settle(session, "a", [], now=now)
    assert claim_untold(session, now=now) == ()


def test_a_source_that_nobody_runs_is_found_by_the_clock(session, now):
    for id in ("a", "b"):
        run = start_run(session, id, now=now)
        finish_run(session, run, outcome="ok", counts={}, requests=1, seconds=1, now=now, next_due_at=now + EVERY)
    look = {"watched_since": now, "sources": ["a"]}
    assert not judge_clocks(session, **look, now=now + 2 * EVERY)
    changes = judge_clocks(session, **look, now=now + 4 * EVERY)
    assert [(each.source, each.name) for each in changes.opened] == [("a", "overdue")]
    assert not judge_clocks(session, **look, now=now + 5 * EVERY)
    assert judge_source(session, "a", every=EVERY, rest_days=frozenset(), now=now + 5 * EVERY).closed


def run_once(session, now, outcome="ok"):
    finish_run(session, start_run(session, "a", now=now), outcome=outcome, counts={}, requests=1, seconds=1, now=now)


def test_the_ledger_says_what_became_of_each_link(session, now):
    links = [make_link(f"a/{n}") for n in range(5)]
    run_once(session, now)
    queue_links(session, source="a", links=links, now=now)
    for link, outcome in zip(links, ("new", "near_duplicate", "too_short"), strict=False):
        page = Page(url=link.url, requested_url=link.url, body=link.key.encode(), fetched_at=now, source="a", link=link)
        end_page(session, keep_page(session, page, key=link.key), outcome=outcome, now=now)
    record_failure(session, key=links[3].key, reason="http_404", temporary=False, now=now)
    settle(session, "a", [Finding(name="unreadable")], now=now)
    run_once(session, now + timedelta(hours=1), outcome="timeout")
    (day,) = get_coverage(session, since=now.date(), until=now.date(), source="a")
    assert (day.seen, day.stored, day.waiting, day.not_stored) == (5, 2, 1, {"http_404": 1, "too_short": 1})
    assert (day.expected, day.runs, day.runs_failed, day.conditions) == (None, 2, {"timeout": 1}, ("unreadable",))
    assert summarise([day, day]) == {"seen": 10, "stored": 4, "waiting": 2,
                                     "not_stored": {"http_404": 2, "too_short": 2}}


def test_a_day_without_anything_is_in_the_ledger_with_what_was_expected(session, now):
    for n in range(10):
        run_once(session, now + timedelta(days=n))
        if n < 9:
            queue_links(session, source="a", links=[make_link(f"a/{n}/{m}") for m in range(4)],
                        now=now + timedelta(days=n))
    rows = get_coverage(session, since=date(2026, 11, 1), until=(now + timedelta(days=9)).date())
    assert [(row.expected, row.seen) for row in rows] == [(None, 4), (None, 4), (None, 4), *[(4.0, 4)] * 6, (4.0, 0)]
    assert {row.source for row in rows} == {"a"}
