"""The soak's script and its verdicts; the soak itself is run by hand."""

from datetime import timedelta
from itertools import pairwise
from random import Random

from tests.acceptance.soak import EVERY, HOUR, KINDS, START, Clock, Pace, find_fixed, judge_kind, percentile, script

DAYS = timedelta(days=4)


def test_the_script_is_the_same_each_time_and_another_with_another_seed() -> None:
    first, again, other = (script(DAYS, seed) for seed in (1, 1, 2))
    assert [life.published for life in first] == [life.published for life in again]
    assert [life.published for life in first] != [life.published for life in other]
    assert len(first) == sum(KINDS.values()) == 200
    for life in first:
        assert life.published == sorted(life.published)
        assert life.kind not in ("zombie", "silent", "dying") or life.published[-1] <= life.turn


def test_a_life_sleeps_at_night_and_keeps_its_pace_by_day() -> None:
    pace = Pace(a_day=6.0, spread=0.25, wakes=8.0, hours=12.0, weekend=0.5)
    life = next(life for life in script(DAYS, 1) if life.kind == "regular")
    published = pace.publish(Random(1), START, START + timedelta(days=28))
    assert all(8 <= moment.hour < 20 for moment in published)
    weekend = sum(moment.weekday() >= 5 for moment in published)
    assert 0.12 < weekend / len(published) < 0.22  # two days at half the pace of five
    assert life.usual >= max(after - before for before, after in pairwise(life.published))


def test_a_silent_life_that_is_named_late_or_never_breaks_the_promise() -> None:
    life = next(life for life in script(timedelta(days=20), 1) if life.kind == "silent")
    words, end = frozenset(("silent",)), life.deadline + HOUR
    for named, holds in ((life.deadline, True), (life.deadline + HOUR / 2, False), (None, False)):
        opened = {life.id: [("silent", named)] if named else []}
        verdict, _ = judge_kind("silent", [life], opened, words, end)
        assert verdict.holds == holds
    verdict, _ = judge_kind("silent", [life], {life.id: []}, words, life.deadline - HOUR)
    assert not verdict.holds  # nothing to judge is no success


def test_the_clock_shows_what_it_is_told_and_runs_faster() -> None:
    clock = Clock.showing(START, 1440.0)
    assert abs(clock.now() - START) < timedelta(hours=1)


def test_the_fixed_interval_of_comparison_has_the_median_that_is_asked_for() -> None:
    moments = [START + HOUR * 0.37 * n for n in range(2000)]
    assert abs(find_fixed(moments, EVERY / 2, START) - EVERY) < EVERY / 20
    assert percentile([timedelta(hours=n) for n in range(1, 101)], 95) == timedelta(hours=95)
