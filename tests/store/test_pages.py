"""The archive of raw pages."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from store import models
from store.pages import find_unread_pages, get_page, keep_page, record_reading
from store.values import Link, Moment, Page, Precision

KEY = "example.org/1"


@pytest.fixture
def session(database):
    with database.begin() as opened:
        yield opened


@pytest.fixture
def page(now):
    moment = Moment(at=datetime(2023, 3, 5, 10, tzinfo=UTC), precision=Precision.MINUTE, origin="feed")
    return Page(
        url="https://example.org/1", requested_url="https://example.org/1?from=feed", body=b"<p>\x00\xff</p>" * 9000,
        fetched_at=now, content_type="text/html; charset=windows-1251", status=203, source="a", language="sq",
        link=Link(url="https://example.org/1?from=feed", key=KEY, title="Talks", published=moment),
    )


def test_a_page_comes_back_whole(session, page):
    assert get_page(session, keep_page(session, page, key=KEY)) == page


def test_an_empty_page_comes_back_empty(session, page):
    bare = replace(page, body=b"", link=None, source=None, language=None)
    assert get_page(session, keep_page(session, bare, key=KEY)) == bare


def test_a_page_is_kept_compressed(session, page):
    id = keep_page(session, page, key=KEY)
    assert len(session.get_one(models.Page, id).body) < len(page.body) / 20


def test_the_same_bytes_again_are_kept_once_and_read_again(session, page, now):
    id = keep_page(session, page, key=KEY)
    record_reading(session, id, outcome="too_short", now=now)
    later = replace(page, fetched_at=now + timedelta(days=1))
    assert keep_page(session, later, key=KEY) == id
    assert find_unread_pages(session, source="a") == (id,)
    row = session.get_one(models.Page, id)
    assert (row.fetched_at, row.last_fetched_at) == (now, later.fetched_at)


def test_other_bytes_or_another_address_are_another_page(session, page):
    ids = {keep_page(session, page, key=KEY), keep_page(session, replace(page, body=b"x"), key=KEY),
           keep_page(session, page, key="example.org/2")}
    assert len(ids) == 3


def test_a_page_that_is_not_there_is_a_key_error(session):
    with pytest.raises(KeyError):
        get_page(session, 7)


def test_unread_pages_are_found_by_source_until_they_are_read(session, page, now):
    first = keep_page(session, page, key=KEY)
    other = keep_page(session, replace(page, source="b"), key="example.org/2")
    unsourced = keep_page(session, replace(page, source=None), key="example.org/3")
    assert find_unread_pages(session, source="a") == (first,)
    assert find_unread_pages(session) == (first, other, unsourced)
    record_reading(session, first, outcome="new", now=now)
    record_reading(session, other, outcome="too_short", detail="31 characters", now=now)
    assert find_unread_pages(session) == (unsourced,)


def test_a_page_whose_reading_was_killed_is_read_once_more_and_no_more(session, page, now):
    kept = keep_page(session, page, key=KEY)
    record_reading(session, kept, outcome="crashed", now=now)
    assert find_unread_pages(session) == (kept,)
    record_reading(session, kept, outcome="timeout", now=now)
    assert find_unread_pages(session) == ()


def test_a_reading_says_how_it_ended(session, page, now):
    first, second = keep_page(session, page, key=KEY), keep_page(session, page, key="example.org/2")
    record_reading(session, first, outcome="duplicate", now=now)
    record_reading(session, second, outcome="too_short", detail="31 characters", now=now)
    rows = session.execute(select(models.Page.state, models.Page.outcome, models.Page.detail, models.Page.read_at)
                           .order_by(models.Page.id)).all()
    assert rows == [("read", "duplicate", None, now), ("failed", "too_short", "31 characters", now)]
