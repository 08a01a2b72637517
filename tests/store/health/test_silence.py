"""How long a source may be silent."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import fsum, log

import pytest

from store.health.silence import Week, bound, find_silence, learn_week, merge
from tests.quality.silence import HOUR, OPEN, PACES, live, watch

MONDAY = datetime(2026, 11, 2, tzinfo=UTC)
HALF = HOUR / 2


def hourly(count: int, start: datetime = MONDAY) -> list[datetime]:
    return [start + n * HOUR for n in range(count)]


def test_a_source_that_stopped_is_named_soon():
    events = hourly(100)
    found = find_silence(events, looked_at=events[-1] + 2 * HOUR, every=HALF)
    assert found is not None
    assert (found.since, found.lasted, found.usual) == (events[-1], 2 * HOUR, HOUR)
    assert found.evidence["silent_seconds"] == 7200
    assert found.evidence["articles_due"] == pytest.approx(2, abs=0.2)


def test_a_source_that_is_on_time_is_not_named():
    events = hourly(100)
    assert find_silence(events, looked_at=events[-1] + HOUR, every=HALF) is None


def test_what_usually_lies_between_publication_and_discovery_is_allowed():
    events = hourly(100)
    assert find_silence(events, looked_at=events[-1] + 2 * HOUR, every=HALF, lag=HOUR) is None


def test_two_looks_without_news_are_needed():
    events = hourly(100)
    assert find_silence(events, looked_at=events[-1] + 2 * HOUR, every=2 * HOUR) is None


def test_the_first_weekend_of_a_source_is_no_alarm_and_the_monday_after_is():
    events = [at for at in hourly(119) if 6 <= at.hour < 20]  # Monday to Friday
    look = MONDAY + timedelta(days=6, hours=12)
    assert find_silence(events, looked_at=look, every=HALF) is None
    assert find_silence(events, looked_at=look + timedelta(hours=24), every=HALF) is not None


def test_a_weekend_lies_where_the_country_has_it():
    events = [at for at in hourly(95) if 6 <= at.hour < 20]  # Monday to Thursday
    friday_noon = MONDAY + timedelta(days=4, hours=12)
    assert find_silence(events, looked_at=friday_noon, every=HALF, rest_days=(4, 5)) is None
    assert find_silence(events, looked_at=friday_noon, every=HALF, rest_days=(5, 6)) is not None


def test_a_source_that_publishes_on_saturdays_may_not_be_silent_on_one():
    events = hourly(13 * 24)
    assert find_silence(events, looked_at=events[-1] + 3 * HOUR, every=HALF) is not None


def test_too_few_articles_tell_no_rhythm():
    assert find_silence(hourly(3), looked_at=MONDAY + timedelta(days=100), every=HALF) is None
    assert find_silence([], looked_at=MONDAY, every=HALF) is None


def test_a_few_articles_are_judged_by_the_clock_and_by_working_days():
    events = [MONDAY + n * timedelta(hours=12) for n in range(7, 11)]  # the last one as Saturday begins
    assert find_silence(events, looked_at=MONDAY + timedelta(days=7), every=HOUR) is None
    assert find_silence(events, looked_at=MONDAY + timedelta(days=9), every=HOUR) is not None


def test_a_few_gaps_that_are_alike_by_chance_are_no_beat():
    hours = (0, 12, 46, 60, 97, 110, 142, 160, 195, 216, 258, 266)  # one a day at no hour of its own
    events = [MONDAY + hour * HOUR for hour in hours]
    assert find_silence(events, looked_at=events[-1] + timedelta(days=5), every=HOUR) is None
    assert find_silence(events, looked_at=events[-1] + timedelta(days=15), every=HOUR) is not None


def test_a_burst_is_one_event_and_the_pause_behind_it_no_silence():
    events = [MONDAY + 6 * HOUR * n + timedelta(minutes=4 * one) for n in range(60) for one in range(6)]
    assert find_silence(events, looked_at=events[-1] + 6 * HOUR, every=HOUR) is None
    assert find_silence(events, looked_at=events[-1] + 10 * HOUR, every=HOUR) is not None


def test_a_rare_source_is_named_after_long():
    events = [MONDAY + timedelta(weeks=n) for n in range(12)]
    assert find_silence(events, looked_at=events[-1] + timedelta(days=8), every=HOUR) is None
    assert find_silence(events, looked_at=events[-1] + timedelta(days=15), every=HOUR) is not None


def test_a_gap_that_was_an_alarm_does_not_blind_for_the_next():
    events = hourly(60) + hourly(60, MONDAY + timedelta(hours=100))
    look = events[-1] + 5 * HOUR
    assert find_silence(events, looked_at=look, every=HALF) is None
    alarm = (MONDAY + timedelta(hours=62), MONDAY + timedelta(hours=100))
    assert find_silence(events, looked_at=look, every=HALF, excepted=[alarm]) is not None


def test_what_comes_between_two_looks_is_one_event():
    assert merge([MONDAY + 2 * HOUR, MONDAY, MONDAY + HALF / 2], within=HALF) == [MONDAY + HALF / 2, MONDAY + 2 * HOUR]


def test_the_night_of_a_source_counts_for_nothing():
    week = learn_week([at for at in hourly(24 * 20) if 8 <= at.hour < 20])
    by_day, by_night = (week.due(MONDAY + hour * HOUR, MONDAY + (hour + 4) * HOUR) for hour in (12, 0))
    assert by_day == pytest.approx(4, rel=0.1)
    assert by_night < 0.1


def test_a_week_counts_across_its_end():
    week = Week(tuple(float(hour) for hour in range(168)))
    assert week.due(MONDAY - HOUR, MONDAY + HOUR) == pytest.approx(167)
    assert week.due(MONDAY, MONDAY + timedelta(days=14)) == pytest.approx(2 * sum(range(168)))
    assert week.due(MONDAY, MONDAY - HOUR) == 0


def test_the_bound_is_tight_for_what_is_regular_and_wide_for_what_is_not():
    assert bound([1.0] * 50, 1e-6) == 1.25
    assert 1.25 < bound([0.9, 1.0, 1.1] * 20, 1e-6) < 2.5
    assert bound([0.1, 0.2, 0.4, 0.8, 1.6, 3.2] * 10, 1e-6) > bound([0.1, 0.2, 0.4, 0.8, 1.6, 3.2] * 10, 1e-3) > 8


@pytest.mark.parametrize("hours", OPEN)
@pytest.mark.parametrize("pace", PACES)
def test_a_living_source_is_never_named_and_a_dead_one_is(pace: str, hours: str):
    result = watch(live(pace, hours, gap=2 * HOUR, days=16, seed=5), every=HOUR, seed=5)
    assert result.false_alarms == 0
    most = {"regular": 2, "loose": 8, "random": 16, "bursts": 24}[pace]
    assert result.beyond < most


def test_a_first_issue_of_many_articles_tells_nothing_of_the_week_until_the_next():
    issue = [MONDAY + timedelta(minutes=12 * n) for n in range(10)]
    assert find_silence(issue, looked_at=MONDAY + timedelta(days=7, hours=2), every=6 * HOUR) is None
    assert find_silence(issue, looked_at=MONDAY + timedelta(days=9), every=6 * HOUR) is not None


def test_a_source_with_one_article_a_working_day_is_missed_within_two():
    days = [MONDAY + timedelta(days=day, hours=7, minutes=10 * (day % 3)) for day in range(75) if day % 7 < 5]
    friday = next(at for at in reversed(days) if at.weekday() == 4)
    events = [at for at in days if at <= friday]
    assert find_silence(events, looked_at=friday + timedelta(days=3, hours=2), every=HOUR) is None
    assert find_silence(events, looked_at=friday + timedelta(days=5), every=HOUR) is not None


def test_silences_that_come_again_are_the_rhythm_and_those_that_are_rare_are_not():
    spoken = [MONDAY + timedelta(days=20 * burst, hours=9 * n) for burst in range(4) for n in range(5)]
    pauses = [(before + timedelta(days=8), after) for before, after in pairwise(spoken)
              if after - before > timedelta(days=8)]
    later = spoken[-1] + timedelta(days=18)
    assert len(pauses) == 3
    assert find_silence(spoken, looked_at=later, every=HOUR, alarms=pauses) is None
    assert find_silence(spoken, looked_at=later, every=HOUR, excepted=pauses) is not None
    busy = [at for at in hourly(240) if not MONDAY + 100 * HOUR < at < MONDAY + 130 * HOUR]
    outage = (MONDAY + 104 * HOUR, MONDAY + 130 * HOUR)
    assert find_silence(busy, looked_at=busy[-1] + 4 * HOUR, every=HALF, alarms=[outage]) is not None
    assert find_silence(busy, looked_at=busy[-1] + 4 * HOUR, every=HALF) is None


def test_a_tail_that_goes_on_and_on_widens_the_bound_and_one_of_chance_does_not():
    def sample(shape: float) -> list[float]:
        """The quantiles of a Weibull distribution with mean 1."""
        gaps = [(-log(1 - (n + 0.5) / 200)) ** (1 / shape) for n in range(200)]
        return [gap * 200 / fsum(gaps) for gap in gaps]

    heavy, chance = bound(sample(0.6), 1e-5), bound(sample(1.0), 1e-5)
    assert 10 < chance < 14  # of chance alone it is 11.5
    assert heavy > 1.5 * chance


def test_a_few_gaps_with_a_beat_are_bounded_closely():
    gaps = [0.6, 1.3, 0.9, 1.1, 1.4, 0.7, 1.0, 0.8, 1.2, 1.0]
    assert 1.25 * max(gaps) < bound(gaps, 1e-4) < 3.5
