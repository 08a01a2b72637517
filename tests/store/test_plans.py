"""What a run asks of the database is looked up, whatever there is in it: no table is read from end to end."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event, text

from store.articles import ingest
from store.database import Database, open_database
from store.fetches import (
    Validators,
    count_queued,
    find_new_links,
    get_queued_links,
    get_validators,
    queue_links,
    record_failure,
    record_fetch,
    record_put_off,
)
from store.guestbook import HostDay, Pause, add_days, get_pause, get_requests, get_robots, record_pause, record_robots
from store.health.observations import Answer, record_answers
from store.health.observations import record_reading as observe_pages
from store.health.watching import examine, judge_source
from store.lens import find_unlooked
from store.models import Base
from store.page_lines import PageLines
from store.pages import find_unread_pages, get_page, keep_page, record_reading
from store.sites import find_due, find_site, put_off, remember
from store.timetable.dues import Check, get_last_good, list_moves, plan_next, record_move
from store.timetable.leases import holds_lease, release_lease, renew_leases, take_lease
from store.timetable.rechecks import (
    get_due_rechecks,
    plan_recheck,
    record_gone,
    record_recheck,
    record_still_there,
)
from store.timetable.runs import finish_run, get_due_time, start_run
from store.timetable.schedule import make_bounds
from store.values import Link, Outcome, Page

EVERY = timedelta(minutes=30)
FEED = "https://example.org/feed"


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    with open_database(sqlite_url) as opened:
        yield opened


@contextmanager
def statements(database: Database) -> Iterator[list[tuple[str, object]]]:
    """Collect what is executed, each statement once."""
    seen: dict[str, object] = {}

    def note(connection, cursor, statement, parameters, context, many):
        if statement.startswith(("SELECT", "UPDATE", "DELETE")):
            seen.setdefault(statement, parameters[0] if many else parameters)

    event.listen(database._engine, "before_cursor_execute", note)
    rows: list[tuple[str, object]] = []
    try:
        yield rows
    finally:
        event.remove(database._engine, "before_cursor_execute", note)
        rows += seen.items()


def find_scans(database: Database, rows: list[tuple[str, object]]) -> list[str]:
    """Name each table that a statement reads from end to end, with the statement."""
    with database._engine.connect() as connection:
        return [f"{line.detail}: {statement}" for statement, parameters in rows
                for line in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
                if any(line.detail.startswith(f"SCAN {table}") for table in Base.metadata.tables)]


def run_a_source(session, now, make_article):
    """All that a run reads and writes."""
    assert take_lease(session, "a", holder="me", length=60.0, due_by=now) is None
    run = start_run(session, "a", now=now)
    renew_leases(session, ["a"], holder="me", length=60.0)
    find_unread_pages(session, source="a", with_off_topic=True)
    list_moves(session, "a")
    get_last_good(session, "a")
    record_move(session, "a", from_url="x", to_url="y", how="301", now=now)
    record_fetch(session, url=FEED, status=200, validators=Validators(etag="1"), now=now)
    get_validators(session, FEED)
    links = [Link(url=f"https://example.org/{n}", key=f"example.org/{n}") for n in range(9)]
    find_new_links(session, links)
    queue_links(session, source="a", links=links, now=now)
    get_queued_links(session, source="a", now=now)
    count_queued(session, source="a", now=now)
    record_failure(session, key="example.org/1", reason="timeout", temporary=True, now=now)
    record_put_off(session, key="example.org/2", reason="budget", until=now)
    read_pages(session, now, make_article)
    get_due_rechecks(session, "a", now, 50)
    keep_the_guestbook(session, now)
    find_unlooked(session, source="a", limit=50)
    record_answers(session, "a", [Answer(place=FEED, links=links)], every=EVERY, now=now)
    observe_pages(session, "a", lengths=[100], reasons={}, now=now)
    finish_run(session, run, outcome="ok", counts={}, requests=1, seconds=1.0, now=now)
    plan_next(session, "a", Check(checked=now), bounds=make_bounds(EVERY), now=now, chance=0.0)
    judge_source(session, "a", every=EVERY, rest_days=frozenset(), now=now)
    examine(session, "a", every=EVERY, rest_days=frozenset())
    assert holds_lease(session, "a", holder="me")
    release_lease(session, "a", holder="me")
    get_due_time(session, "a")


def read_pages(session, now, make_article):
    """New, changed, copied, nearly copied, cleaned, looked at again, gone."""
    words = " ".join(f"word{n}" for n in range(90))
    for address, words_there in (("example.org/a", words), ("example.org/a", f"{words} more"),
                                 ("example.org/b", f"{words} more"), ("other.example/a", f"other {words}")):
        article = replace(make_article(address, words_there), source="a")
        page = Page(url=article.url, requested_url=article.url, body=words_there.encode(), fetched_at=now, source="a")
        page_id = keep_page(session, page, key=address)
        get_page(session, page_id)
        stored = ingest(session, article, page_id=page_id, now=now)
        record_reading(session, page_id, outcome=stored.outcome, article_id=stored.id, now=now)
        plan_recheck(session, article_id=stored.id, source="a", url=article.url, now=now)
        record_recheck(session, stored.id, now=now)
        record_still_there(session, stored.id, now=now)
        remember(session, "example.org", stored.id, PageLines(keys=(1, 2), marks=b"\x01\x02"), now=now)
    site = find_site(session, "example.org")
    put_off(session, find_due(session, site), site=site)
    record_gone(session, key="example.org/a", status=404, now=now)
    assert stored.outcome in (Outcome.NEAR_DUPLICATE, Outcome.UNCHANGED)


def keep_the_guestbook(session, now):
    add_days(session, [HostDay(host="example.org", day="2026-11-22", requests=1)])
    get_requests(session, "example.org", "2026-11-22")
    record_pause(session, Pause(host="example.org", until=now, reason="429"))
    get_pause(session, "example.org", now=now)
    record_robots(session, "https://example.org", status=200, body=b"", now=now)
    get_robots(session, "https://example.org")


def test_nothing_that_a_run_asks_reads_a_whole_table(database, now, make_article):
    with statements(database) as rows:
        for number in range(2):
            with database.begin() as session:
                run_a_source(session, now + number * EVERY, make_article)
    assert len(rows) > 50
    assert find_scans(database, rows) == []


def test_a_scan_would_be_found(database):
    with statements(database) as rows, database.read() as session:
        session.execute(text("SELECT id FROM link WHERE url = 'x'")).all()
    assert find_scans(database, rows) == ["SCAN link: SELECT id FROM link WHERE url = 'x'"]
