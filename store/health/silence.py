"""How long a source may be silent, learnt from its own gaps. Pure; why so: docs/design/conditions.md.

Time is measured in articles that were due: an hour of the night, or of a weekend, in which a source never publishes
counts for nothing, a busy hour for much. In that time the gaps of a source are alike, and one bound holds for all.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import accumulate, pairwise
from math import exp, fsum, log
from statistics import fmean, pstdev

HOUR = timedelta(hours=1)
WEEK_HOURS = 168
RARE_ALARMS = 30  # articles for each silence that was an alarm; where there are fewer, it is learnt as it was
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
RARE = 1.0  # articles a day; fewer show no hours of the day
RARE_DAYS = 0.4  # and fewer than this no weekdays: a weekly letter may come a day late
SEEN_HOURS = 6.0  # a weekday of which less was seen is not known
BEAT = 0.4  # the standard deviation of the gaps of a source with a beat, in their mean; without one
UNEVEN = 12  # mean gaps may pass by chance, where nothing better is known: a few gaps do not show the longest
FEW, UNEVEN_FEW = 30, 9  # with fewer gaps than this, at least so many; those that seem alike may be so by chance
# Shapes of the tail of gaps (Weibull's), and how much each is believed before any is seen: 1 is chance alone, less is
# a tail that goes on and on. Of those the bound knows nothing unless the gaps show it.
SHAPES = {1.0: 0.98, 0.85: 0.005, 0.7: 0.005, 0.55: 0.005, 0.4: 0.005}
BEATS = {2.0: 1.0, 2.5: 1.0, 3.0: 1.0, 4.0: 1.0, 5.0: 1.0, 7.0: 1.0, 10.0: 1.0}  # and of gaps with a beat
A_DAY, A_WEEK = timedelta(days=1), timedelta(days=8)  # what is known of less shows no night, and no weekly rhythm
LONGEST_WAIT = timedelta(days=4)  # after which a silence is named whatever is not known yet of nights and weekends
TINY = 1e-9  # of the longest gap
HALVINGS = 20  # of the place where a bound may lie

Span = tuple[datetime, datetime]


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
                 excepted: Sequence[Span] = (), alarms: Sequence[Span] = ()) -> Silence | None:
    """Tell whether a source is silent for longer than its rhythm allows, at the last look at it.

    ``events`` are the times at which it published, ``every`` the pause between looks, ``lag`` what usually lies
    between publication and discovery. ``rest_days`` (Monday is 0) may be without news until the source has shown that
    they are not. Gaps that touch an ``excepted`` span (from, to) were our own absence and are not learnt, nor are those
    that touch ``alarms``, as long as these are rare: outages are, and what is not is the source's own rhythm.
    """
    times = merge(events, within=timedelta(seconds=1))
    alarms = [span for span in alarms if times and span[1] > times[0]]
    if RARE_ALARMS * len(alarms) <= len(times):
        excepted = [*excepted, *alarms]
    if _is_bursty(times, rest_days):  # its bursts are its events
        times = merge(events, within=every / 2)
    gaps = [pair for pair in pairwise(times) if not any(a < pair[1] and b > pair[0] for a, b in excepted)]
    if len(gaps) < FEWEST_GAPS_AT_ALL:
        return None
    looked_at -= lag
    lengths, lasted = [b - a for a, b in gaps], looked_at - times[-1]
    if lasted < 2 * every:
        return None
    usual, longest, mean = middle(lengths), max(lengths), sum(lengths, timedelta()) / len(lengths)
    has_beat = _are_even([length / mean for length in lengths], BEAT)
    is_known = times[-1] - times[0] > (A_DAY if has_beat or len(gaps) >= FEW else A_WEEK)
    least = A_DAY if is_known else A_WEEK
    shortest = max(least, timedelta() if has_beat else UNEVEN * mean)
    if len(gaps) < FEWEST_GAPS:  # too few for a rhythm of hours: by the clock, which stands still on rest days
        clock = Week(tuple(float(day not in set(rest_days)) for day in range(7) for _ in range(24)))
        is_silent = clock.due(times[-1], looked_at) > max(3 * longest, shortest) / HOUR
        due = lasted / usual
    else:
        week = learn_week(times, rest_days=rest_days)
        due = week.due(times[-1], looked_at)
        usual_end = bound([week.due(a, b) for a, b in gaps], mean / PATIENCE)
        is_silent = (due > usual_end and is_known) or lasted > max(
            LONGEST_WAIT, (3 if len(gaps) < FEW else 2) * longest, shortest)
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
    and the lower bound holds. Of a few gaps with a beat all speak.
    """
    ordered = sorted(gaps)
    is_few = len(ordered) < FEW
    if is_few and _are_even(ordered, BEAT):
        lowest = _bound_by_tail(ordered, len(ordered), chance, BEATS)
    else:
        shares = (TAIL, WIDE_TAIL) if _are_even(ordered, EVEN) else (TAIL,)
        lowest = min(_bound_by_tail(ordered, max(2, round(share * len(ordered))), chance, SHAPES) for share in shares)
        lowest = max(lowest, UNEVEN_FEW * fmean(ordered) if is_few else 0.0)
    return max(lowest, ordered[-1] * MARGIN)


def _bound_by_tail(ordered: Sequence[float], k: int, chance: float, shapes: Mapping[float, float]) -> float:
    """Bound the next gap by the ``k`` longest, which are taken to go on as a Weibull distribution does.

    Of a known shape a, what exceeds u^a in gap^a is exponential. Where k of n gaps exceed u, and s is the sum of what
    they exceed it by, the next one exceeds x with the probability k/n (1 + (x^a - u^a) / s)^-k, which allows for few
    observations (Lawless, Statistical Models and Methods for Lifetime Data). The shapes count by how likely each makes
    the gaps that were seen.
    """
    longest, u = [gap / ordered[-1] for gap in ordered[-k:]], ordered[-k - 1] / ordered[-1] if k < len(ordered) else 0.0
    logs = sum(log(max(gap, TINY)) for gap in longest)
    sums = {a: max(sum(gap**a for gap in longest) - k * u**a, TINY) for a in shapes}
    known = {a: log(believed) + k * log(a / sums[a]) + (a - 1) * logs for a, believed in shapes.items()}
    most = max(known.values())
    weights = {a: exp(each - most) for a, each in known.items()}
    chance *= len(ordered) / k * sum(weights.values())

    def passes(x: float) -> bool:
        return fsum(weights[a] * (1 + (x**a - u**a) / sums[a]) ** -k for a in shapes) > chance

    low, high = u, 1.0
    while passes(high):
        low, high = high, 2 * high
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if passes(middle) else (low, middle)
    return high * ordered[-1]


def learn_week(times: Sequence[datetime], *, rest_days: Iterable[int] = (5, 6)) -> Week:
    """Learn how many articles are due in each hour of the week: what the hour of the day and the weekday say, joined.

    What was never seen counts for nothing where a source may rest (its first night, its first weekend). The fewer
    articles there are, the more an hour is taken to be like those around it: a few would else make their own hours the
    only ones, and the gaps between them all alike.
    """
    start, end = times[0], times[-1]
    seen = [start + HOUR * n for n in range(int((end - start) / HOUR) + 1)]
    usual = len(times) / len(seen)
    if usual * 24 < RARE_DAYS:
        return Week((usual,) * WEEK_HOURS)
    hours_seen, days_seen = Counter(at.hour for at in seen), Counter(at.weekday() for at in seen)
    width = max(1.0, WIDEST * (FEWEST_GAPS / len(times)) ** 0.5)
    by_hour = [1.0] * 24 if usual * 24 < RARE else _spread(Counter(at.hour for at in times), hours_seen, usual, width)
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
