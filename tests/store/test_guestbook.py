from datetime import UTC, datetime, timedelta

from store.database import Database
from store.guestbook import (
    HostDay,
    Pause,
    add_days,
    get_days,
    get_pause,
    get_requests,
    get_robots,
    record_pause,
    record_robots,
    record_unreachable_robots,
    sum_days,
)

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def day(**fields: object) -> HostDay:
    return HostDay(**{"host": "a.example", "day": "2026-11-22", **fields})


def test_what_two_processes_counted_adds_up(database: Database) -> None:
    first = day(requests=3, bytes=10, pause=2.0, spacing=2.1, answers={"200": 2, "304": 1})
    second = day(requests=2, bytes=5, crawl_delay=5.0, pause=5.0, spacing=1.9, hurried=1, answers={"304": 2})
    with database.begin() as session:
        assert add_days(session, [first]) == {("a.example", "2026-11-22"): 3}
        assert add_days(session, [second]) == {("a.example", "2026-11-22"): 5}
        assert get_requests(session, "a.example", "2026-11-22") == 5
        assert get_requests(session, "a.example", "2026-11-23") == 0
        (kept,) = get_days(session, "a.example", since="2026-11-01")
    assert (kept.pause, kept.crawl_delay, kept.spacing, kept.hurried, kept.bytes) == (5.0, 5.0, 1.9, 1, 15)
    assert kept.answers == {"200": 2, "304": 3}
    assert sum_days("a.example", [kept, kept]).answers["304"] == 6


def test_a_day_before_the_period_is_not_told(database: Database) -> None:
    with database.begin() as session:
        add_days(session, [day(requests=1)])
        assert get_days(session, "a.example", since="2026-11-23") == ()


def test_the_longer_pause_stays_and_ends_by_itself(database: Database) -> None:
    long, short = NOW + timedelta(hours=2), NOW + timedelta(minutes=1)
    with database.begin() as session:
        record_pause(session, Pause(host="a.example", until=long, reason="429"))
        record_pause(session, Pause(host="a.example", until=short, reason="timeout"))
        pause = get_pause(session, "a.example", now=NOW)
        assert pause is not None and (pause.until, pause.reason) == (long, "429")
        assert get_pause(session, "a.example", now=long) is None
        assert get_pause(session, "b.example", now=NOW) is None


def test_robots_that_cannot_be_had_leave_the_copy(database: Database) -> None:
    with database.begin() as session:
        record_robots(session, "http://a.example", status=200, body=b"User-agent: *", now=NOW)
        record_unreachable_robots(session, "http://a.example", now=NOW + timedelta(days=1))
        record_unreachable_robots(session, "http://a.example", now=NOW + timedelta(days=2))
        kept = get_robots(session, "http://a.example")
        assert kept is not None and kept.body == b"User-agent: *" and kept.fetched_at == NOW
        assert kept.unreachable_since == NOW + timedelta(days=1)
        record_robots(session, "http://a.example", status=404, body=b"", now=NOW + timedelta(days=3))
        assert get_robots(session, "http://a.example").unreachable_since is None
        assert get_robots(session, "http://b.example") is None
