"""The schedule: what is known of a source -> when it is checked next, and why."""

import random
import time
from datetime import UTC, datetime, timedelta

import pytest

from store.timetable.rhythm import Expectation, Rhythm, learn, read_rhythm, write_rhythm
from store.timetable.schedule import (
    Wishes,
    correct_due,
    make_bounds,
    merge_wishes,
    plan_check,
    plan_retry,
    read_wishes,
    write_span,
    write_wishes,
)

START = datetime(2026, 3, 2, tzinfo=UTC)  # a Monday
HALF_HOUR = timedelta(minutes=30)
BOUNDS = make_bounds(HALF_HOUR)
DAY = timedelta(days=1)


def watch(published, *, until, step=HALF_HOUR, rhythm=None, start=START):
    rhythm, last = rhythm or Rhythm(), start
    moment = start
    while moment <= until:
        rhythm = learn(rhythm, published=[at for at in published if last < at <= moment], now=moment)
        last, moment = moment, moment + step
    return rhythm


@pytest.fixture(scope="module")
def office():
    """Three weeks of a press office: every 20 minutes from 8 to 16, give or take."""
    published = [START + DAY * day + timedelta(hours=8, minutes=20 * n + (7 * n + 3 * day) % 11)
                 for day in range(21) for n in range(24)]
    return watch(published, until=START + 21 * DAY)


def test_a_source_of_which_nothing_is_known_is_checked_within_its_interval():
    due = plan_check(Rhythm(), bounds=BOUNDS, checked=START)
    assert HALF_HOUR * 0.9 < due.at - START <= HALF_HOUR
    assert due.reason == "its usual rhythm"


def test_the_rates_of_the_day_are_learnt(office):
    expectation = Expectation(office)
    noon = [expectation.by_calendar(START + timedelta(hours=11, minutes=15 * n)) for n in range(8)]
    assert sum(noon) / len(noon) == pytest.approx(3, rel=0.2)
    assert expectation.by_calendar(START + timedelta(hours=2)) < 0.2


def test_a_quiet_night_is_slept_through_and_the_morning_is_not(office):
    evening = START + 20 * DAY + timedelta(hours=18)
    rhythm = watch([], until=evening + timedelta(hours=2), rhythm=office, start=evening)
    night = plan_check(rhythm, bounds=BOUNDS, checked=evening + timedelta(hours=2))
    assert timedelta(hours=2) < night.at - evening - timedelta(hours=2) <= BOUNDS.most
    assert night.reason == "a quiet time"
    dawn = START + 22 * DAY + timedelta(hours=7, minutes=50)
    assert plan_check(learn(office, published=[], now=dawn), bounds=BOUNDS, checked=dawn).at - dawn <= HALF_HOUR * 1.5


def test_in_waking_hours_no_gap_is_longer_than_the_promise(office):
    for minute in range(8 * 60, 16 * 60, 10):
        moment = START + 22 * DAY + timedelta(minutes=minute)
        assert plan_check(office, bounds=BOUNDS, checked=moment).at - moment <= HALF_HOUR * 1.25


def test_a_burst_is_followed_sooner():
    starts = [START + timedelta(hours=n * 9 % 24, days=n * 9 // 24) for n in range(60)]
    published = [start + timedelta(minutes=6 * n) for start in starts for n in range(8)]
    rhythm = watch(published, until=published[-8] + timedelta(minutes=7), step=timedelta(minutes=10))
    due = plan_check(rhythm, bounds=BOUNDS, checked=rhythm.until)
    assert due.reason == "news flows"
    assert BOUNDS.least <= due.at - rhythm.until < HALF_HOUR / 2


def test_a_source_with_much_news_is_checked_more_often_than_one_with_little():
    each_day = {}
    for gap in (timedelta(minutes=15), timedelta(hours=4)):
        chance, published = random.Random(7), [START]
        while published[-1] < START + 14 * DAY:
            published.append(published[-1] + gap * chance.expovariate(1))
        rhythm = watch(published, until=START + 14 * DAY)
        each_day[gap] = DAY / (plan_check(rhythm, bounds=BOUNDS, checked=rhythm.until).at - rhythm.until)
    rare, busy = sorted(each_day.values())
    assert busy > 1.2 * rare
    assert rare == pytest.approx(DAY / (0.97 * HALF_HOUR), rel=0.05)  # chance alone: haste would find nothing sooner


def test_the_owners_bounds_hold():
    bounds = make_bounds(timedelta(hours=1), least=timedelta(minutes=50), most=timedelta(hours=2))
    assert (bounds.least, bounds.most) == (timedelta(minutes=50), timedelta(hours=2))
    assert make_bounds(timedelta(hours=1), least=timedelta(hours=3)).least == timedelta(hours=1)
    assert make_bounds(timedelta(hours=1), most=timedelta(minutes=3)).most == timedelta(hours=1)
    silent = Rhythm(since=START, until=START + 90 * DAY, last=START)
    assert plan_check(silent, bounds=bounds, checked=START + 90 * DAY).at - START - 90 * DAY == bounds.most


def test_a_short_interval_is_no_shorter_for_haste():
    bounds = make_bounds(timedelta(seconds=2))
    assert bounds.least == timedelta(seconds=2)
    assert plan_check(Rhythm(), bounds=bounds, checked=START).at > START


def test_a_source_that_fell_silent_is_asked_less_often_by_and_by():
    rhythm = watch([START + timedelta(hours=6 * n) for n in range(40)], until=START + 10 * DAY)
    gaps = []
    for days in (1, 3, 6, 12, 24):
        checked = START + (10 + days) * DAY
        due = plan_check(learn(rhythm, published=[], now=checked), bounds=BOUNDS, checked=checked)
        gaps.append(due.at - checked)
    assert gaps[0] <= HALF_HOUR * 2
    assert gaps == sorted(gaps)
    assert gaps[-1] == BOUNDS.most
    assert due.reason.startswith("silent for 24d")


def test_jitter_only_ever_comes_sooner():
    early, late = (plan_check(Rhythm(), bounds=BOUNDS, checked=START, chance=chance).at for chance in (0.99, 0.0))
    assert late - HALF_HOUR * 0.05 <= early < late


def test_what_a_feed_asks_for_is_kept_as_far_as_the_promise_allows():
    busy = make_bounds(HALF_HOUR)
    silent_hours = Wishes(skip_hours=tuple(range(24)))
    assert plan_check(Rhythm(), bounds=busy, checked=START, wishes=silent_hours).at - START == busy.most
    weekend = Wishes(skip_days=(5, 6))
    saturday = START + 5 * DAY
    assert plan_check(Rhythm(), bounds=busy, checked=saturday, wishes=weekend).at - saturday == busy.most
    assert plan_check(Rhythm(), bounds=busy, checked=START, wishes=weekend).at - START <= HALF_HOUR
    patient = Wishes(pause=timedelta(hours=5))
    assert plan_check(Rhythm(), bounds=busy, checked=START, wishes=patient).at - START <= HALF_HOUR


def test_a_pause_that_a_feed_asks_for_slows_haste_down():
    starts = [START + timedelta(hours=9 * n) for n in range(60)]
    published = [start + timedelta(minutes=6 * n) for start in starts for n in range(8)]
    rhythm = watch(published, until=published[-8] + timedelta(minutes=7), step=timedelta(minutes=10))
    due = plan_check(rhythm, bounds=BOUNDS, checked=rhythm.until, wishes=Wishes(pause=timedelta(minutes=25)))
    assert due.at - rhythm.until == timedelta(minutes=25)
    assert due.reason == "the source asks for a pause of 25m"


def test_of_several_feeds_only_what_all_of_them_say_counts():
    merged = merge_wishes([Wishes(pause=HALF_HOUR, skip_hours=(1, 2)), Wishes(pause=DAY, skip_hours=(2, 3))])
    assert merged == Wishes(pause=HALF_HOUR, skip_hours=(2,))
    assert read_wishes(write_wishes(merged)) == merged
    assert read_wishes(None) == Wishes()


def test_a_rhythm_survives_being_written(office):
    again = read_rhythm(write_rhythm(office))
    assert (again.last, again.until, len(again.scores)) == (office.last, office.until, len(office.scores))
    assert again.seen == pytest.approx(office.seen, rel=1e-3)
    assert read_rhythm(None) == read_rhythm({"seen": [1]}) == Rhythm()


def test_the_first_look_learns_from_what_a_feed_still_lists():
    listed = [START - timedelta(hours=n) for n in range(1, 40)]
    rhythm = learn(Rhythm(), published=listed, now=START)
    assert rhythm.a_day == pytest.approx(24, rel=0.2)
    assert rhythm.last == START - timedelta(hours=1)


def test_times_that_cannot_be_are_spread_over_the_time_between_the_checks():
    rhythm = watch([], until=START + DAY)
    later = START + DAY + timedelta(hours=2)
    for said in (None, later + DAY, START + timedelta(hours=1)):
        learnt = learn(rhythm, published=[said], now=later)
        assert START + DAY < learnt.last < later
    assert learn(rhythm, published=[START - 900 * DAY], now=later).last is None  # an archive is no news


def test_a_clock_that_goes_back_harms_no_rhythm(office):
    back = office.until - timedelta(hours=5)
    learnt = learn(office, published=[back], now=back)
    assert learnt.seen == office.seen
    due = plan_check(learnt, bounds=BOUNDS, checked=back)
    assert back < due.at <= back + BOUNDS.most


def retry(weight, **facts):
    facts = {"failing_since": START, "bounds": BOUNDS, "now": START, "reason": "x"} | facts
    return plan_retry(weight=weight, **facts).at - facts["now"]


def test_hard_failures_widen_the_pause_sooner_than_soft_and_those_sooner_than_temporary_ones():
    assert retry(0.25) < retry(0.5) < retry(1.0)
    assert retry(0.25) < HALF_HOUR
    assert retry(1.0) == HALF_HOUR
    assert retry(16 * 0.25) == retry(8 * 0.5) == retry(4 * 1.0)


def test_the_pause_is_a_day_at_most_then_weeks_and_never_for_ever():
    assert retry(1000.0) == DAY
    assert retry(1000.0, now=START + 70 * DAY) == 10 * DAY
    assert retry(1000.0, now=START + 3000 * DAY) == 28 * DAY


def test_what_a_server_asked_for_is_kept():
    due = plan_retry(weight=0.25, failing_since=START, bounds=BOUNDS, now=START, reason="http_429",
                     not_before=START + timedelta(hours=9))
    assert (due.at, due.reason) == (START + timedelta(hours=9), "http_429: the server asked to wait")


def test_a_host_that_is_left_alone_is_not_due_before_that_is_over():
    facts = {"weight": 0.25, "failing_since": START, "bounds": BOUNDS, "now": START, "reason": "http_503"}
    later = plan_retry(**facts, put_off=START + timedelta(hours=9))
    assert (later.at, later.reason) == (START + timedelta(hours=9), "http_503: the host is left alone until then")
    assert plan_retry(**facts, put_off=START + timedelta(seconds=1)) == plan_retry(**facts)


def test_a_due_time_that_a_clock_left_in_the_future_is_brought_forward():
    due, finished = START + timedelta(hours=10), START + timedelta(hours=9, minutes=30)
    assert correct_due(due, now=START, finished=finished, most=DAY) == START + HALF_HOUR
    assert correct_due(due, now=START + timedelta(hours=9, minutes=40), finished=finished, most=DAY) == due


def test_a_shorter_wish_counts_from_the_last_check():
    due = START + timedelta(hours=6)
    assert correct_due(due, now=START + HALF_HOUR, finished=START, most=timedelta(hours=1)) == START + 2 * HALF_HOUR
    assert correct_due(due, now=START, finished=None, most=timedelta(hours=1)) == due
    assert correct_due(due, now=START, finished=START, most=None) == due


@pytest.mark.parametrize(("seconds", "written"), [(0, "0s"), (8, "8s"), (60, "1m"), (1500, "25m"), (5400, "1h30m"),
                                                  (86_400, "1d"), (273_600, "3d4h"), (-5, "0s")])
def test_a_span_is_written_for_people(seconds, written):
    assert write_span(timedelta(seconds=seconds)) == written


def test_hundreds_without_a_date_after_a_long_absence_are_spread_over_it_in_a_moment():
    start = datetime(2026, 11, 2, tzinfo=UTC)
    known = learn(Rhythm(), published=[], now=start)
    began = time.process_time()
    rhythm = learn(known, published=[None] * 300, now=start + timedelta(days=14))
    assert time.process_time() - began < 0.2  # 5 ms; 640 when the two weeks were cut anew for each
    assert sum(rhythm.seen) == pytest.approx(300)
    assert max(rhythm.seen) == pytest.approx(300 / 96)
