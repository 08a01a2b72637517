"""What a run saw of its source."""

from datetime import UTC, datetime, timedelta

import pytest

from crawler.observing import MOST_LINKS, SeenPlace, Sight
from store.values import Link, Moment, Outcome, Page, Precision

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
INDEX = "https://a.example/sitemap.xml"


def make_link(name: str, *, at: datetime | None = None, precision: Precision = Precision.SECOND) -> Link:
    published = Moment(at=at, precision=precision, origin="feed") if at else None
    return Link(url=f"https://a.example/{name}", key=f"a.example/{name}", published=published)


def make_page(link: Link | None) -> Page:
    return Page(url="https://a.example/1", requested_url="https://a.example/1", body=b"", fetched_at=NOW, link=link)


def test_a_place_that_was_not_asked_to_an_end_has_no_answer():
    assert SeenPlace(place=INDEX).answer is None


def test_an_index_answers_with_what_its_sitemaps_list_each_link_once():
    seen, links = SeenPlace(place=INDEX), [make_link(str(n)) for n in range(3)]
    seen.note_size(300)
    seen.note_links([], [])
    seen.note_size(700)
    seen.note_links(links[:2], links[:1])
    seen.note_not_modified()
    seen.note_links(links[1:], links[2:])
    answer = seen.answer
    assert answer is not None
    assert (answer.outcome, answer.is_modified, answer.size, answer.links) == ("ok", True, 1000, tuple(links))
    assert answer.fresh == {links[0].key, links[2].key}


def test_an_index_without_end_is_held_up_to_a_bound():
    seen, links = SeenPlace(place=INDEX), [make_link(str(n)) for n in range(5_000)]
    for _ in range(6):
        seen.note_links(links, links[:1])
    assert len(seen.links) == MOST_LINKS
    assert seen.answer is not None and seen.answer.fresh == {links[0].key}


def test_a_place_that_failed_has_failed_and_its_size_is_kept():
    seen = SeenPlace(place=INDEX)
    seen.note_size(11)
    seen.fail("not_a_feed")
    assert seen.answer is not None
    assert (seen.answer.outcome, seen.answer.size) == ("not_a_feed", 11)


def test_an_unmodified_place_says_so():
    seen = SeenPlace(place=INDEX)
    seen.note_not_modified()
    assert seen.answer is not None
    assert (seen.answer.outcome, seen.answer.is_modified, seen.answer.size) == ("ok", False, None)


def test_what_is_our_fault_says_nothing_of_the_source():
    sight = Sight()
    for reason in ("too_short", "not_stored", "internal_error", "too_short"):
        sight.fail_page(reason)
    assert sight.reasons == {"too_short": 2}


@pytest.mark.parametrize(("link", "outcome", "expected"), [
    (make_link("1", at=NOW - timedelta(minutes=5)), Outcome.NEW, [300.0]),
    (make_link("1", at=NOW + timedelta(minutes=5)), Outcome.NEAR_DUPLICATE, [0.0]),
    (make_link("1", at=NOW - timedelta(minutes=5)), Outcome.UNCHANGED, []),
    (make_link("1", at=NOW, precision=Precision.DAY), Outcome.NEW, []),
    (make_link("1"), Outcome.NEW, []),
    (None, Outcome.NEW, []),
])
def test_a_latency_needs_an_exact_time_and_a_new_article(link: Link | None, outcome: Outcome, expected: list[float]):
    sight = Sight()
    sight.read_page(make_page(link), "A text.", outcome, now=NOW)
    assert sight.latencies == expected
    assert sight.lengths == [7]
