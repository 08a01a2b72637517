"""How long a source may be silent, learnt from its own gaps. Pure; why so: docs/design/conditions.md.

Time is measured in articles that were due: an hour of the night, or of a weekend, in which a source never publishes
counts for nothing, a busy hour for much. In that time the gaps of a source are alike, and one bound holds for all.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import accumulate, pairwise

HOUR = timedelta(hours=1)
WEEK_HOURS = 168
MONDAY = datetime(1970, 1, 5, tzinfo=UTC)

FEWEST_GAPS = 8  # fewer say nothing of the hours of a day, and little of the longest gap to come
FEWEST_GAPS_AT_ALL = 3
PATIENCE = timedelta(days=36_500)  # between two false alarms of a source that keeps its rhythm
TAIL = 0.2  # the share of the longest gaps, from which the bound is drawn
MARGIN = 1.25  # beyond the longest gap ever seen
PRIOR = 0.25  # articles: how strongly an hour or weekday without any is still believed to be like the others
RARE = 1.0  # articles a day; fewer show no hours of the day: a weekly letter may come a day late
SEEN_HOURS = 6.0  # a weekday of which less was seen is not known
LONGEST_WAIT = timedelta(days=4)  # after which a silence is named whatever is not known yet of nights and weekends


@dataclass(frozen=True, kw_only=True)
class Silence:
    """How long nothing came, against what is usual. ``due``: so many articles should have come meanwhile."""

    since: datetime
    lasted: timedelta
    usual: timedelta
    longest: timedelta
    due: float

    @property
    def evidence(self) -> dict[str, object]:
        """The figures as they are shown."""
        return {"last_new_at": self.since.isoformat(timespec="seconds"),
                "silent_seconds": round(self.lasted.total_seconds()),
                "usual_gap_seconds": round(self.usual.total_seconds()),
                "longest_gap_seconds": round(self.longest.total_seconds()),
                "articles_due": round(self.due, 1)}


@dataclass(frozen=True)
class Week:
    """The articles due in each hour of a week, Monday 0 h UTC first."""

    rates: tuple[float, ...]

    @cached_property
    def _sums(self) -> tuple[float, ...]:
        return tuple(accumulate(self.rates, initial=0.0))

    def due(self, start: datetime, end: datetime) -> float:
        """How many articles are due from start to end; 0 where the end comes first."""
        return max(0.0, self._until(end) - self._until(start))

    def _until(self, at: datetime) -> float:
        weeks, hours = divmod((at - MONDAY) / HOUR, WEEK_HOURS)
        hour = min(int(hours), WEEK_HOURS - 1)
        return weeks * self._sums[-1] + self._sums[hour] + (hours - hour) * self.rates[hour]


def find_silence(events: Iterable[datetime], *, looked_at: datetime, every: timedelta,
                 lag: timedelta = timedelta(), rest_days: Iterable[int] = (5, 6),
                 excepted: Sequence[tuple[datetime, datetime]] = ()) -> Silence | None:
    """Tell whether a source is silent for longer than its rhythm allows, at the last look at it.

    ``events`` are the times at which it published, ``every`` the pause between looks, ``lag`` what usually lies
    between publication and discovery. ``rest_days`` (Monday is 0) may be without news until the source has shown that
    they are not. Gaps that touch an ``excepted`` span (from, to) were alarms or our own absence and are not learnt.
    """
    times = merge(events, within=max(timedelta(seconds=1), every / 2))
    gaps = [pair for pair in pairwise(times) if not any(a < pair[1] and b > pair[0] for a, b in excepted)]
    if len(gaps) < FEWEST_GAPS_AT_ALL:
        return None
    looked_at -= lag
    lengths, lasted = [b - a for a, b in gaps], looked_at - times[-1]
    if lasted < 2 * every:
        return None
    usual, longest = middle(lengths), max(lengths)
    if len(gaps) < FEWEST_GAPS:  # too few for a rhythm of hours: by the clock, which stands still on rest days
        clock = Week(tuple(float(day not in set(rest_days)) for day in range(7) for _ in range(24)))
        is_silent = clock.due(times[-1], looked_at) > max(3 * longest, timedelta(days=1)) / HOUR
        due = lasted / usual
    else:
        week = learn_week(times, rest_days=rest_days)
        due = week.due(times[-1], looked_at)
        chance = (sum(lengths, timedelta()) / len(lengths)) / PATIENCE
        is_silent = due > bound([week.due(a, b) for a, b in gaps], chance) or lasted > max(LONGEST_WAIT, 2 * longest)
    return Silence(since=times[-1], lasted=lasted, usual=usual, longest=longest, due=due) if is_silent else None


def middle(spans: Sequence[timedelta]) -> timedelta:
    """The median of some spans of time, the upper one of two."""
    return sorted(spans)[len(spans) // 2]


def merge(events: Iterable[datetime], *, within: timedelta) -> list[datetime]:
    """Sort, and take as one what came within the time that lies between two looks at most."""
    merged: list[datetime] = []
    for at in sorted(events):
        if not merged or at - merged[-1] > within:
            merged.append(at)
        else:
            merged[-1] = at
    return merged


def bound(gaps: Sequence[float], chance: float) -> float:
    """Bound the next gap so that it is passed with a probability of ``chance``.

    The longest fifth of the gaps is taken to exceed the others exponentially. Where k of n gaps exceed u by b in the
    mean, the next one exceeds u + x with the probability k/n (1 + x / kb)^-k, which allows for few observations
    (the predictive distribution of an exponential sample: Lawless, Statistical Models and Methods for Lifetime Data).
    """
    ordered = sorted(gaps)
    k = max(2, round(TAIL * len(ordered)))
    u = ordered[-k - 1]
    excess = sum(gap - u for gap in ordered[-k:]) / k
    beyond: float = k * excess * ((k / len(ordered) / chance) ** (1 / k) - 1)
    return max(u + beyond, ordered[-1] * MARGIN)


def learn_week(times: Sequence[datetime], *, rest_days: Iterable[int] = (5, 6)) -> Week:
    """Learn how many articles are due in each hour of the week: what the hour of the day and the weekday say, joined.

    What was never seen counts for nothing where a source may rest (its first night, its first weekend).
    """
    start, end = times[0], times[-1]
    seen = [start + HOUR * n for n in range(int((end - start) / HOUR) + 1)]
    usual = len(times) / len(seen)
    if usual * 24 < RARE:
        return Week((usual,) * WEEK_HOURS)
    hours = _shares(Counter(at.hour for at in times), Counter(at.hour for at in seen), usual)
    days = _shares(Counter(at.weekday() for at in times), Counter(at.weekday() for at in seen), usual)
    by_hour = [hours.get(hour) for hour in range(24)]
    smooth = [_mean(by_hour[hour - 1], by_hour[hour], by_hour[(hour + 1) % 24]) for hour in range(24)]
    known = Counter(at.weekday() for at in seen)
    resting = {day for day in rest_days if known[day] < SEEN_HOURS}
    by_day = [0.0 if day in resting else days.get(day, 1.0) if known[day] >= SEEN_HOURS else 1.0 for day in range(7)]
    return Week(tuple(usual * by_day[day] * smooth[hour] for day in range(7) for hour in range(24)))


def _shares(counts: Counter[int], seen: Counter[int], usual: float) -> dict[int, float]:
    """How many times the usual rate came in each class of hours."""
    return {each: (counts[each] + PRIOR) / (usual * seen[each] + PRIOR) for each in seen}


def _mean(before: float | None, here: float | None, after: float | None) -> float:
    if here is None:
        return 0.0
    near = [share for share in (before, here, here, after) if share is not None]
    return sum(near) / len(near)
