"""What is wrong with a source, from its history alone."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from store.health.conditions import Condition, Finding, History, Look, Reading, find_overdue, judge

START = datetime(2026, 11, 2, tzinfo=UTC)
HOUR = timedelta(hours=1)
FEED = "https://a.example/feed"
OTHER = "https://a.example/other"


def look(hour: float, *, place: str = FEED, entries: int = 20, fresh: int = 1, **facts: object) -> Look:
    """A look that found something new, dated when it was found."""
    at = START + hour * HOUR
    values = {"size": 9000, "digest": f"{hour}", "kept": entries - fresh, "newest": at,
              "news": (at,) * fresh, "first_at": at, "last_at": at}
    return Look(place=place, entries=entries, fresh=fresh, **{**values, **facts})


def days(number: int, **facts: object) -> list[Look]:
    return [look(hour, **facts) for hour in range(24 * number)]


def again(last: Look, *, until: float, same: int = 0, not_modified: int = 0) -> Look:
    """The same row, looked at for longer."""
    return replace(last, last_at=START + until * HOUR, same=last.same + same,
                   not_modified=last.not_modified + not_modified)


def fail(hour: float, outcome: str, *, times: int = 1, place: str = FEED, size: int | None = None) -> Look:
    at = START + hour * HOUR
    return Look(place=place, first_at=at, last_at=at + times * HOUR / 4, outcome=outcome, same=times, size=size)


def find(looks: Iterable[Look] = (), **facts: object) -> dict[str, Finding]:
    ordered = sorted(looks, key=lambda each: each.first_at)
    found = judge(History(source="a", every=HOUR / 2, looks=ordered, **facts))
    assert len({(each.name, each.place) for each in found}) == len(found)
    return {each.name: each for each in found}


def test_nothing_is_wrong_with_a_source_that_keeps_its_rhythm():
    assert find(days(10)) == {}


def test_nothing_is_said_of_a_source_that_was_never_looked_at():
    assert find() == {}


def test_a_source_that_answers_304_for_ever_is_silent():
    looks = days(10)
    found = find([*looks[:-1], again(looks[-1], until=245, not_modified=10)])
    assert set(found) == {"silent"}
    assert found["silent"].evidence["not_modified"] == 10


def test_a_source_that_answers_200_with_the_same_for_ever_is_a_zombie():
    looks = days(10)
    found = find([*looks[:-1], again(looks[-1], until=245, same=10)])
    assert set(found) == {"zombie"}
    assert found["zombie"].evidence["same_answers"] == 10
    assert found["zombie"].evidence["last_new_at"] == looks[-1].first_at.isoformat()


def test_the_pause_between_two_articles_is_neither():
    looks = days(10)
    assert find([*looks[:-1], again(looks[-1], until=240, same=2)]) == {}


def test_a_source_that_was_dead_when_it_was_added_is_stale():
    old = tuple(START - timedelta(days=400) + n * HOUR for n in range(20))
    found = find([again(look(0, fresh=20, news=old, newest=old[-1]), until=2, same=3)])
    assert set(found) == {"stale"}


def test_a_sparse_source_whose_newest_item_is_old_is_stale():
    newest = START - timedelta(days=45)
    first = again(look(0, entries=2, fresh=2, news=(newest, newest), newest=newest), until=2, same=3)
    assert find([first])["stale"].evidence["age_seconds"] == (timedelta(days=45) + 2 * HOUR).total_seconds()
    recent = replace(first, newest=START - timedelta(days=5), news=(START - timedelta(days=5),) * 2)
    assert find([recent]) == {}


def test_one_dead_feed_of_two_is_named_with_its_place():
    other = [look(hour, place=OTHER) for hour in range(100)]
    other[-1] = again(other[-1], until=239, same=140)
    looks = sorted([*days(10), *other], key=lambda each: each.first_at)
    found = judge(History(source="a", every=HOUR / 2, looks=looks))
    assert [(each.name, each.place) for each in found] == [("zombie", OTHER)]


def test_our_own_absence_is_no_silence_and_is_not_learnt():
    undated = [replace(each, newest=None) for each in days(5)]
    back = [look(24 * 9 + hour) for hour in range(48)]
    assert find([*undated, *back]) == {}
    back[-1] = again(back[-1], until=24 * 11 + 5, not_modified=10)
    assert set(find([*undated, *back])) == {"silent"}


def test_a_feed_whose_entries_collapse_is_named():
    few = [look(240 + n, entries=2) for n in range(3)]
    found = find([*days(10), *few])
    assert found["collapsed"].evidence["entries"] == 2
    assert found["collapsed"].evidence["usual_entries"] == 20


@pytest.mark.parametrize("entries", [15, 5])
def test_a_feed_that_is_a_little_shorter_is_not(entries: int):
    assert find([*days(10), *(look(240 + n, entries=entries) for n in range(3))]) == {}


def test_a_short_answer_is_believed_at_the_second_time():
    assert find([*days(10), look(240, entries=1)]) == {}
    assert set(find([*days(10), look(240, entries=1), look(241, entries=1)])) == {"collapsed"}


def test_a_feed_of_the_day_that_begins_each_day_with_few_entries_has_not_collapsed():
    assert find([look(hour, entries=1 + hour % 24) for hour in range(241)]) == {}


def test_a_collapse_stays_one_while_it_is_open():
    opened = Condition(name="collapsed", place=FEED, opened_at=START + 241 * HOUR)
    few = [look(240 + n, entries=2) for n in range(200)]
    assert "collapsed" in find([*days(10), *few], conditions=(opened,))


@pytest.mark.parametrize(("facts", "of"), [
    ({"renamed": 19, "fresh": 20, "kept": 0}, "addresses"),
    ({"reissued": 19}, "identifiers"),
    ({"fresh": 20, "kept": 0}, "turnover"),
])
def test_entries_that_change_their_names_each_time_churn(facts: dict[str, int], of: str):
    found = find([*days(5), *(look(120 + n, **facts) for n in range(6))])
    assert set(found) == {"churning"}
    assert found["churning"].evidence["of"] == of


def test_entries_under_new_dates_at_three_looks_churn_and_at_two_do_not():
    redated = [look(120, fresh=0, outcome="redated"), look(121, fresh=0, outcome="redated")]
    assert find([*days(5), *redated]) == {}
    found = find([*days(5), *redated, look(122, fresh=0, outcome="redated")])
    assert set(found) == {"churning"}
    assert (found["churning"].evidence["of"], found["churning"].evidence["looks"]) == ("dates", 3)


def test_a_source_that_repeats_itself_under_other_dates_says_so_when_it_is_called_a_zombie():
    repeated = look(240, fresh=0, outcome="redated", digest="239")
    found = find([*days(10), replace(repeated, last_at=START + 250 * HOUR, same=11)])
    assert set(found) == {"churning", "zombie"}
    assert found["zombie"].evidence["redated"] == 11


def test_articles_that_are_all_old_ones_three_runs_in_a_row_are_copies():
    readings = [Reading(at=START + n * HOUR, pages=4, read=4, text_length=900, copies=4 * (n >= 2)) for n in range(5)]
    assert find(days(1), readings=readings[:-1]) == {}
    found = find(days(1), readings=readings)
    assert found["churning"].evidence == {"of": "copies", "looks": 3, "pages": 12,
                                          "since": (START + 2 * HOUR).isoformat()}
    assert find(days(1), readings=[*readings, replace(readings[-1], copies=3)]) == {}


def test_one_move_to_new_addresses_is_no_churn():
    assert find([*days(5), look(120, renamed=19, fresh=20, kept=0), look(121), look(122)]) == {}


def test_a_short_feed_of_which_nothing_stays_is_no_churn():
    assert find(look(hour, entries=5, fresh=5, kept=0) for hour in range(120)) == {}


def test_entries_dated_in_the_future_are_named_and_one_announcement_is_not():
    assert find([*days(5), look(120, future=1), look(121, future=1)]) == {}
    found = find([*days(5), look(120, future=5), look(121, future=5)])
    assert set(found) == {"future_dates"}
    assert found["future_dates"].evidence["future"] == 5


def test_a_web_page_under_a_feeds_name_is_named_at_the_second_time():
    assert find([*days(5), fail(120, "not_a_feed", size=40_000)]) == {}
    assert find([*days(5), fail(120, "not_a_feed", times=2, size=40_000)])["not_a_feed"].evidence["bytes"] == 40_000


def test_eleven_bytes_are_tiny_whatever_they_are_taken_for():
    for outcome in ("empty", "not_a_feed", "broken_feed"):
        assert set(find([*days(5), fail(120, outcome, times=2, size=11)])) == {"tiny"}
    assert set(find([*days(5), look(120, entries=0, fresh=0, size=90, news=()),
                     look(121, entries=0, fresh=0, size=90, news=())])) == {"tiny"}


def test_a_place_that_fails_for_now_is_named_at_the_third_time_and_one_that_is_gone_at_the_second():
    assert find([*days(5), fail(120, "timeout", times=2)]) == {}
    assert find([*days(5), fail(120, "timeout"), fail(121, "http_500", times=2)])["failing"].evidence == {
        "reason": "http_500", "looks": 3, "since": "2026-11-07T00:00:00+00:00"}
    assert set(find([*days(5), fail(120, "http_404", times=2)])) == {"failing"}


def test_a_place_that_answers_again_is_no_longer_wrong():
    assert find([*days(5), fail(120, "http_404", times=9), look(123)]) == {}


def test_a_place_that_the_source_no_longer_has_is_no_longer_wrong():
    looks = [*days(5), fail(100, "http_404", times=9, place=OTHER)]
    assert set(find(looks)) == {"failing"}
    assert find(looks, current=frozenset((FEED,))) == {}


def read(hour: float, pages: int = 5, read: int | None = None, length: int = 4000, **reasons: int) -> Reading:
    return Reading(at=START + hour * HOUR, pages=pages, read=pages if read is None else read, text_length=length,
                   reasons=reasons)


def test_pages_that_can_no_longer_be_read_are_named():
    found = find(days(5), readings=[*(read(hour) for hour in range(9)), read(9, read=0, too_short=5)])
    assert set(found) == {"unreadable"}
    assert found["unreadable"].evidence["reasons"] == {"too_short": 5}
    assert found["unreadable"].evidence["usual_share_read"] == 1


def test_pages_that_are_refused_are_told_apart_from_those_that_cannot_be_read():
    readings = [*(read(hour) for hour in range(9)), read(9, read=1, http_403=4)]
    assert set(find(days(5), readings=readings)) == {"refused"}


def test_a_few_unreadable_pages_are_usual():
    usual = [read(hour, read=4, too_short=1) for hour in range(20)]
    assert find(days(5), readings=usual) == {}
    assert find(days(5), readings=[*usual, read(20, pages=3, read=0, too_short=3)]) == {}


def test_a_source_whose_pages_can_hardly_ever_be_read_is_named():
    assert set(find(days(5), readings=[read(hour, read=1, consent_wall=4) for hour in range(4)])) == {"unreadable"}


def test_unreadable_pages_stay_wrong_however_long_they_were():
    opened = Condition(name="unreadable", opened_at=START + 9 * HOUR)
    readings = [*(read(hour) for hour in range(9)), *(read(9 + hour, read=2, too_short=3) for hour in range(40))]
    assert set(find(days(5), readings=readings, conditions=(opened,))) == {"unreadable"}


def test_texts_that_shrink_are_named_and_a_day_of_short_news_is_not():
    usual = [read(hour, length=4000 + 100 * (hour % 7)) for hour in range(20)]
    assert find(days(5), readings=[*usual, read(20, length=300)])["shrunk"].evidence["usual_characters"] == 4300
    assert find(days(5), readings=[*usual, read(20, length=1800)]) == {}
    mixed = [read(hour, length=300 if hour % 4 == 0 else 4000) for hour in range(20)]
    assert find(days(5), readings=[*mixed, read(20, length=300)]) == {}


def test_a_source_that_is_due_and_not_run_is_overdue():
    due = {"next_due_at": START, "last_started_at": None, "every": HOUR, "watched_since": START - HOUR}
    assert find_overdue(**due, now=START + 2 * HOUR) is None
    found = find_overdue(**due, now=START + 3 * HOUR)
    assert found is not None
    assert found.evidence["late_seconds"] == 10800
    assert find_overdue(**{**due, "watched_since": START + 2 * HOUR}, now=START + 3 * HOUR) is None
