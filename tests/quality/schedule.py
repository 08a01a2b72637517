"""What the learnt schedule saves: ``python -m tests.quality.schedule [--days 42]``.

Made-up sources with scripted lives are watched for some weeks, each by the schedule that learns and by fixed intervals.
The first two weeks are for learning and are not counted. For each life: publications a day; the 50th and 95th
percentile of the time from publication to the check that finds it, as a share of ``every``; checks a day; those of the
fixed interval that gives the same median, and the share saved. Exit status 1 below a floor.
"""

import argparse
import math
import random
import sys
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from store.timetable.rhythm import Rhythm, learn
from store.timetable.schedule import make_bounds, plan_check

SAVED = 0.30  # of the checks, all lives together
P95 = 1.0  # of ``every``, for each life and for all
LEARNING = timedelta(days=14)
START = datetime(2026, 3, 2, tzinfo=UTC)  # a Monday
EVERY = timedelta(minutes=30)

Rate = Callable[[datetime], float]


@dataclass(frozen=True, kw_only=True)
class Life:
    """When a source published."""

    name: str
    published: tuple[datetime, ...]
    steady: bool = False  # whether chance alone decides, so that nothing can be learnt


@dataclass(frozen=True, kw_only=True)
class Watched:
    """What watching a life came to; lags are shares of ``every``."""

    lags: tuple[float, ...]
    checks: int

    def percentile(self, share: float) -> float:
        """The lag that this share of the publications stayed within."""
        ordered = sorted(self.lags)
        return ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)] if ordered else 0.0


def scatter(rate: Rate, *, days: int, seed: int, most: float) -> list[datetime]:
    """Publish by chance at a rate an hour that changes with time."""
    chance, moment, end, found = random.Random(seed), START, START + timedelta(days=days), []
    while (moment := moment + timedelta(hours=chance.expovariate(most))) < end:
        if chance.random() < rate(moment) / most:
            found.append(moment)
    return found


def burst(starts: Sequence[datetime], *, seed: int, size: float, minutes: float) -> list[datetime]:
    """Follow each publication by some more, so many minutes apart."""
    chance, found = random.Random(seed), []
    for start in starts:
        moment = start
        for _ in range(1 + int(chance.expovariate(1 / size))):
            found.append(moment)
            moment += timedelta(minutes=chance.expovariate(1 / minutes))
    return sorted(found)


def by_hour(moment: datetime, *, peak: float, width: float) -> float:
    """A bell over the hours of the day, at most 1."""
    hour = moment.hour + moment.minute / 60
    away = min(abs(hour - peak), 24 - abs(hour - peak))
    return math.exp(-((away / width) ** 2) / 2)


def at_minutes(days: int, minutes: Sequence[int], *, seed: int, spread: float, weekdays: int = 7) -> list[datetime]:
    """Publish at fixed minutes of the day, give or take ``spread`` minutes."""
    chance = random.Random(seed)
    return sorted(START + timedelta(days=day, minutes=minute + chance.gauss(0, spread))
                  for day in range(days) for minute in minutes if (START + timedelta(days=day)).weekday() < weekdays)


def make_lives(days: int) -> Iterator[Life]:
    """Make the lives: newsrooms, ministries, wires, briefings, and two that nothing can be learnt of."""
    def weekday(moment: datetime) -> float:
        return 1.0 if moment.weekday() < 5 else 0.25

    def office(moment: datetime) -> float:
        return 1.0 if moment.weekday() < 5 and 7 <= moment.hour < 16 else 0.004

    def life(name: str, published: Sequence[datetime], *, steady: bool = False) -> Life:
        return Life(name=name, published=tuple(published), steady=steady)

    yield life("newsroom, 60 a day", scatter(lambda m: 7 * by_hour(m, peak=12, width=3.5) * weekday(m) + 0.02,
                                             days=days, seed=1, most=8))
    yield life("newsroom of another zone, 20 a day", scatter(
        lambda m: 2.5 * by_hour(m, peak=23, width=3) * weekday(m) + 0.01, days=days, seed=2, most=4))
    yield life("ministry, office hours", scatter(lambda m: 0.8 * office(m), days=days, seed=3, most=1))
    yield life("ministry, rarely", scatter(lambda m: 0.25 * office(m), days=days, seed=4, most=1))
    yield life("wire with bursts", burst(scatter(lambda m: 0.25 * by_hour(m, peak=14, width=5), days=days, seed=5,
                                                 most=1), seed=6, size=6, minutes=8))
    yield life("bursts at any hour", burst(scatter(lambda m: 0.12, days=days, seed=7, most=1), seed=8, size=8,
                                           minutes=6))
    yield life("batches, three a day", burst(at_minutes(days, (420, 780, 1110), seed=9, spread=10), seed=10, size=5,
                                             minutes=0.2))
    yield life("daily briefing", at_minutes(days, (960,), seed=11, spread=6, weekdays=5))
    yield life("on the hour", at_minutes(days, range(5, 1440, 60), seed=12, spread=2))
    yield life("every four hours", at_minutes(days, range(40, 1440, 240), seed=13, spread=5))
    yield life("broadcaster, 150 a day", scatter(lambda m: 12 * by_hour(m, peak=11, width=5) + 0.4, days=days,
                                                 seed=14, most=14))
    yield life("chance, 24 a day", scatter(lambda m: 1.0, days=days, seed=15, most=1), steady=True)
    yield life("chance, 1 a day", scatter(lambda m: 1 / 24, days=days, seed=16, most=1), steady=True)


def watch_learning(life: Life, *, days: int) -> Watched:
    """Watch a life by the schedule that learns."""
    chance = random.Random(life.name)
    rhythm, bounds, moment, end = Rhythm(), make_bounds(EVERY), START, START + timedelta(days=days)
    checks: list[datetime] = []
    found = 0
    while moment < end:
        until = bisect_right(life.published, moment)
        rhythm = learn(rhythm, published=life.published[found:until], now=moment)
        found = until
        checks.append(moment)
        moment = plan_check(rhythm, bounds=bounds, checked=moment, chance=chance.random()).at
    return measure(life, checks)


def watch_fixed(life: Life, *, days: int, interval: timedelta) -> Watched:
    """Watch a life at a fixed interval."""
    return measure(life, [START + interval * n for n in range(int(timedelta(days=days) / interval) + 1)])


def measure(life: Life, checks: Sequence[datetime]) -> Watched:
    """Take the lags and the checks after the learning."""
    lags = []
    for published in life.published:
        place = bisect_right(checks, published)
        if published >= START + LEARNING and place < len(checks):
            lags.append((checks[place] - published) / EVERY)
    return Watched(lags=tuple(lags), checks=sum(check >= START + LEARNING for check in checks))


def match_median(life: Life, *, days: int, median: float) -> Watched:
    """Find the fixed interval that gives a life this median."""
    shortest, longest = timedelta(seconds=30), EVERY * 8
    for _ in range(14):
        interval = (shortest + longest) / 2
        if watch_fixed(life, days=days, interval=interval).percentile(0.5) > median:
            longest = interval
        else:
            shortest = interval
    return watch_fixed(life, days=days, interval=shortest)


def main() -> None:
    """Print a line a life and the sums."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--days", type=int, default=42)
    days = parser.parse_args().days
    counted = days - LEARNING.days
    print(f"{'life':36} {'a day':>6} {'p50':>5} {'p95':>5} {'checks':>7} {'fixed':>7} {'saved':>6} {'to every':>8}")
    sums, all_lags, failures = [0, 0], [], []
    owner = counted * timedelta(days=1) / EVERY
    for life in make_lives(days):
        learnt = watch_learning(life, days=days)
        fixed = match_median(life, days=days, median=learnt.percentile(0.5))
        p50, p95 = learnt.percentile(0.5), learnt.percentile(0.95)
        print(f"{life.name:36} {len(learnt.lags) / counted:6.1f} {p50:5.2f} {p95:5.2f} {learnt.checks / counted:7.1f} "
              f"{fixed.checks / counted:7.1f} {1 - learnt.checks / fixed.checks:6.0%} {learnt.checks / owner:8.0%}")
        sums[0] += learnt.checks
        sums[1] += fixed.checks
        all_lags += learnt.lags
        if p95 > P95:
            failures.append(f"{life.name}: p95 {p95:.2f} of every, floor {P95}")
    saved = 1 - sums[0] / sums[1]
    print(f"{'all lives':36} {'':6} {'':5} {'':5} {sums[0] / counted:7.1f} {sums[1] / counted:7.1f} {saved:6.0%}")
    if saved < SAVED:
        failures.append(f"{saved:.0%} saved, floor {SAVED:.0%}")
    print("\n".join(failures) or "all floors held")
    sys.exit(bool(failures))


if __name__ == "__main__":
    main()
