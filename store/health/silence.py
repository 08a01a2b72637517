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
from math import exp
from statistics import fmean, pstdev

HOUR = timedelta(hours=1)
WEEK_HOURS = 168
MONDAY = datetime(1970, 1, 5, tzinfo=UTC)

FEWEST_GAPS = 8  # fewer say nothing of the hours of a day, and little of the longest gap to come
FEWEST_GAPS_AT_ALL = 3
PATIENCE = timedelta(days=30 * 365)  # between two false alarms of a source: of 360 one a month is named wrongly
TAIL = 0.2  # the share of the longest gaps, from which the bound is drawn
WIDE_TAIL = 0.5  # and that of a source whose gaps are no more uneven than chance makes them: it says more, if it may
EVEN = 1.0  # the standard deviation of such gaps, in their mean
MARGIN = 1.25  # beyond the longest gap ever seen
# Articles: how strongly an hour is believed to be like the others, where it had fewer and where it had more: what an
# hour makes due that was busy by chance is an alarm without a cause. A weekday never counts for more than the usual.
PRIOR_FEWER, PRIOR_MORE, PRIOR_DAY = 0.25, 2.0, 1.0
WIDEST = 3.0  # hours: how far those around an hour speak for it where the fewest articles are known
RARE = 1.0  # articles a day; fewer show no hours of the day: a weekly letter may come a day late
SEEN_HOURS = 6.0  # a weekday of which less was seen is not known
BEAT = 0.4  # the standard deviation of the gaps of a source with a beat, in their mean; without one
UNEVEN = 12  # mean gaps may pass by chance, where nothing better is known: a few gaps do not show the longest
FEW, UNEVEN_FEW = 30, 9  # with fewer gaps than this, at least so many; those that seem alike may be so by chance
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


def find_silence(events: Sequence[datetime], *, looked_at: datetime, every: timedelta,
                 lag: timedelta = timedelta(), rest_days: Iterable[int] = (5, 6),
                 excepted: Sequence[tuple[datetime, datetime]] = ()) -> Silence | None:
    """Tell whether a source is silent for longer than its rhythm allows, at the last look at it.

    ``events`` are the times at which it published, ``every`` the pause between looks, ``lag`` what usually lies
    between publication and discovery. ``rest_days`` (Monday is 0) may be without news until the source has shown that
    they are not. Gaps that touch an ``excepted`` span (from, to) were alarms or our own absence and are not learnt.
    """
    times = merge(events, within=timedelta(seconds=1))
    if _is_bursty(times, rest_days):  # its bursts are its events
        times = merge(events, within=every / 2)
    gaps = [pair for pair in pairwise(times) if not any(a < pair[1] and b > pair[0] for a, b in excepted)]
    if len(gaps) < FEWEST_GAPS_AT_ALL:
        return None
    looked_at -= lag
    lengths, lasted = [b - a for a, b in gaps], looked_at - times[-1]
    if lasted < 2 * every:
        return None
    usual, longest = middle(lengths), max(lengths)
    mean = sum(lengths, timedelta()) / len(lengths)
    shortest = timedelta() if _are_even([length / mean for length in lengths], BEAT) else UNEVEN * mean
    if len(gaps) < FEWEST_GAPS:  # too few for a rhythm of hours: by the clock, which stands still on rest days
        clock = Week(tuple(float(day not in set(rest_days)) for day in range(7) for _ in range(24)))
        is_silent = clock.due(times[-1], looked_at) > max(3 * longest, timedelta(days=1), shortest) / HOUR
        due = lasted / usual
    else:
        week = learn_week(times, rest_days=rest_days)
        due = week.due(times[-1], looked_at)
        usual_end = bound([week.due(a, b) for a, b in gaps], mean / PATIENCE)
        is_silent = due > usual_end or lasted > max(LONGEST_WAIT, 2 * longest, shortest)
    return Silence(since=times[-1], lasted=lasted, usual=usual, longest=longest, due=due) if is_silent else None


def _is_bursty(times: Sequence[datetime], rest_days: Iterable[int]) -> bool:
    """Tell whether articles come in bursts: the gaps between them, in articles due, are more uneven than by chance."""
    if len(times) <= FEWEST_GAPS:
        return True
    week = learn_week(times, rest_days=rest_days)
    return not _are_even([week.due(a, b) for a, b in pairwise(times)], EVEN)


def _are_even(gaps: Sequence[float], most: float) -> bool:
    """Tell whether the standard deviation of some gaps is at most so many times their mean."""
    return pstdev(gaps) <= most * fmean(gaps)


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

    The longest fifth of the gaps speaks for a source that comes in bursts; of the others the longer half does, too,
    and the lower bound holds.
    """
    ordered = sorted(gaps)
    has_beat = _are_even(ordered, BEAT)
    least = 0.0 if has_beat or len(ordered) >= FEW else UNEVEN_FEW * fmean(ordered)
    shares = (TAIL, WIDE_TAIL) if _are_even(ordered, EVEN) else (TAIL,)
    lowest = min(_bound_by_tail(ordered, share, chance) for share in shares)
    return max(lowest, ordered[-1] * MARGIN, least)


def _bound_by_tail(ordered: Sequence[float], share: float, chance: float) -> float:
    """Bound the next gap by the longest ones, which are taken to exceed the others exponentially.

    Where k of n gaps exceed u by b in the mean, the next one exceeds u + x with the probability k/n (1 + x / kb)^-k,
    which allows for few observations (the predictive distribution of an exponential sample: Lawless, Statistical Models
    and Methods for Lifetime Data).
    """
    k = max(2, round(share * len(ordered)))
    u = ordered[-k - 1]
    excess = sum(gap - u for gap in ordered[-k:]) / k
    beyond: float = k * excess * ((k / len(ordered) / chance) ** (1 / k) - 1)
    return u + beyond


def learn_week(times: Sequence[datetime], *, rest_days: Iterable[int] = (5, 6)) -> Week:
    """Learn how many articles are due in each hour of the week: what the hour of the day and the weekday say, joined.

    What was never seen counts for nothing where a source may rest (its first night, its first weekend). The fewer
    articles there are, the more an hour is taken to be like those around it: a few would else make their own hours the
    only ones, and the gaps between them all alike.
    """
    start, end = times[0], times[-1]
    seen = [start + HOUR * n for n in range(int((end - start) / HOUR) + 1)]
    usual = len(times) / len(seen)
    if usual * 24 < RARE:
        return Week((usual,) * WEEK_HOURS)
    hours_seen, days_seen = Counter(at.hour for at in seen), Counter(at.weekday() for at in seen)
    width = max(1.0, WIDEST * (FEWEST_GAPS / len(times)) ** 0.5)
    by_hour = _spread(Counter(at.hour for at in times), hours_seen, usual, width)
    days = Counter(at.weekday() for at in times)
    resting = {day for day in rest_days if days_seen[day] < SEEN_HOURS}
    by_day = [0.0 if day in resting else min(1.0, _share(days[day], usual * days_seen[day], PRIOR_DAY))
              if days_seen[day] >= SEEN_HOURS else 1.0 for day in range(7)]
    return Week(tuple(usual * by_day[day] * by_hour[hour] for day in range(7) for hour in range(24)))


def _spread(counts: Counter[int], seen: Counter[int], usual: float, width: float) -> list[float]:
    """How many times the usual rate came around each hour of the day, within some ``width`` hours (a deviation)."""
    weights = [exp(-(min(away, 24 - away) ** 2) / (2 * width**2)) for away in range(24)]
    rates = []
    for hour in range(24):
        around = [(weights[abs(hour - each)], each) for each in seen]
        total = sum(weight for weight, _ in around)
        came = sum(weight * counts[each] for weight, each in around) / total
        watched = sum(weight * seen[each] for weight, each in around) / total
        expected = usual * watched
        rates.append(_share(came, expected, PRIOR_MORE if came > expected else PRIOR_FEWER) if seen[hour] else 0.0)
    return rates


def _share(came: float, expected: float, lean: float) -> float:
    """How many times what was expected came, leaning on once as strongly as so many articles do."""
    return (came + lean) / (expected + lean)
