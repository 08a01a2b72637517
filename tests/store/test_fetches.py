"""The queue of links, and what is known of an address."""

from datetime import UTC, datetime, timedelta

import pytest

from store.articles import ingest
from store.fetches import (
    FIRST_PAUSE,
    MAX_ATTEMPTS,
    Validators,
    count_queued,
    get_queued_links,
    get_validators,
    queue_links,
    record_failure,
    record_fetch,
    record_put_off,
)
from store.pages import keep_page
from store.values import Link, Moment, Page, Precision

FEED = "https://example.org/feed"
FIRST = Validators(etag='"1"', last_modified="Sun, 22 Nov 2026 12:00:00 GMT")


@pytest.fixture
def session(database):
    with database.begin() as opened:
        yield opened


def link(name, **hints):
    return Link(url=f"https://example.org/{name}", key=f"example.org/{name}", **hints)


def fail(session, name, now, *, temporary=True):
    return record_failure(session, key=f"example.org/{name}", reason="timeout", temporary=temporary, now=now)


def test_an_address_never_asked_has_no_validators(session):
    assert get_validators(session, FEED) == Validators()


def test_validators_come_back_as_they_were_sent(session, now):
    record_fetch(session, url=FEED, status=200, validators=FIRST, now=now)
    assert get_validators(session, FEED) == FIRST


def test_a_whole_answer_replaces_the_validators_even_by_none(session, now):
    record_fetch(session, url=FEED, status=200, validators=FIRST, now=now)
    record_fetch(session, url=FEED, status=200, validators=Validators(etag='"2"'), now=now)
    assert get_validators(session, FEED) == Validators(etag='"2"')


@pytest.mark.parametrize("status", [304, 500, 429])
def test_other_answers_keep_the_validators(session, now, status):
    record_fetch(session, url=FEED, status=200, validators=FIRST, now=now)
    record_fetch(session, url=FEED, status=status, validators=Validators(), now=now)
    assert get_validators(session, FEED) == FIRST


def test_a_304_may_bring_a_new_validator(session, now):
    record_fetch(session, url=FEED, status=200, validators=FIRST, now=now)
    record_fetch(session, url=FEED, status=304, validators=Validators(etag='"2"'), now=now)
    assert get_validators(session, FEED) == Validators(etag='"2"', last_modified=FIRST.last_modified)


def test_only_links_never_seen_before_come_back_in_their_order(session, now):
    assert queue_links(session, source="a", links=[link("2"), link("1")], now=now) == (link("2"), link("1"))
    assert queue_links(session, source="b", links=[link("3"), link("2"), link("0")], now=now) == (link("3"), link("0"))


def test_of_two_links_with_one_key_the_first_counts(session, now):
    links = [link("1", title="First"), link("1", title="Second")]
    assert queue_links(session, source="a", links=links, now=now) == (links[0],)


def test_no_links_are_no_new_links(session, now):
    assert queue_links(session, source="a", links=[], now=now) == ()


def test_thousands_of_links_fit_any_database(session, now):
    links = [link(str(number)) for number in range(5000)]
    assert queue_links(session, source="a", links=links, now=now) == tuple(links)
    assert queue_links(session, source="a", links=[*links, link("new")], now=now) == (link("new"),)


def test_the_address_of_a_stored_record_counts_as_seen(session, now, make_article):
    stored = make_article("example.org/1", keys=("example.org/1", "example.org/canonical"))
    ingest(session, stored, page_id=None, now=now)
    links = [link("1"), link("canonical"), link("2")]
    assert queue_links(session, source="a", links=links, now=now) == (link("2"),)


def test_what_an_earlier_run_left_is_found_with_all_its_hints(session, now):
    moment = Moment(at=datetime(2023, 3, 5, tzinfo=UTC), precision=Precision.DAY, origin="feed")
    left = link("1", title="Talks", published=moment, modified=moment)
    queue_links(session, source="a", links=[left], now=now)
    queue_links(session, source="b", links=[link("2")], now=now)
    assert get_queued_links(session, source="a", now=now) == (left,)


def test_the_oldest_links_come_first_and_no_more_than_asked(session, now):
    queue_links(session, source="a", links=[link("3"), link("1"), link("2")], now=now)
    assert get_queued_links(session, source="a", now=now, limit=2) == (link("3"), link("1"))


def test_a_fetched_link_leaves_the_queue_with_its_page(session, now):
    queue_links(session, source="a", links=[link("1")], now=now)
    page = Page(url="https://example.org/1", requested_url="https://example.org/1", body=b"x", fetched_at=now)
    keep_page(session, page, key="example.org/1")
    assert get_queued_links(session, source="a", now=now) == ()
    assert queue_links(session, source="a", links=[link("1")], now=now) == ()


def test_a_temporary_failure_is_due_again_after_pauses_that_double(session, now):
    queue_links(session, source="a", links=[link("1")], now=now)
    for attempt in range(MAX_ATTEMPTS - 1):
        assert fail(session, "1", now) is True
        pause = FIRST_PAUSE * 2**attempt
        assert get_queued_links(session, source="a", now=now + pause - timedelta(seconds=1)) == ()
        assert get_queued_links(session, source="a", now=now + pause) == (link("1"),)
        assert count_queued(session, source="a", now=now) == (0, 1)
        now += pause
    assert fail(session, "1", now) is False
    assert get_queued_links(session, source="a", now=now + timedelta(days=365)) == ()


def test_a_lasting_failure_is_not_tried_again_nor_queued_again(session, now):
    queue_links(session, source="a", links=[link("1")], now=now)
    assert fail(session, "1", now, temporary=False) is False
    assert get_queued_links(session, source="a", now=now + timedelta(days=365)) == ()
    assert queue_links(session, source="a", links=[link("1")], now=now) == ()


def test_a_link_put_off_until_tomorrow_waits_for_as_long(session, now):
    queue_links(session, source="a", links=[link("1")], now=now)
    record_put_off(session, key="example.org/1", reason="budget", until=now + timedelta(hours=12))
    assert get_queued_links(session, source="a", now=now + timedelta(hours=1)) == ()
    assert get_queued_links(session, source="a", now=now + timedelta(hours=12)) == (link("1"),)


def test_a_failure_of_an_address_that_was_never_queued_is_nothing(session, now):
    assert fail(session, "1", now) is False


def test_a_key_too_long_for_an_index_is_seen_again(session, now):
    long = Link(url="https://example.org/" + "ф" * 3000, key="example.org/" + "ф" * 3000)
    assert queue_links(session, source="a", links=[long], now=now) == (long,)
    (left,) = get_queued_links(session, source="a", now=now)
    assert queue_links(session, source="a", links=[long, left], now=now) == ()
    assert record_failure(session, key=left.key, reason="timeout", temporary=True, now=now)
