"""How often a source publishes, and when: learnt from what each check found. Pure.

The expected publications an hour at a moment are a product: of the quarter of the day (in UTC), of the day of the week,
and of the time since the last publication, which makes a burst or a beat visible. Each factor leans on what was counted
and, as long as that is little, on the one above it; old counts fade. docs/design/schedule.md weighs the ways.
"""

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

QUARTERS = 96  # of an hour, a day
QUARTER = timedelta(minutes=15)
AGES = 48  # steps of the time since the last publication
FIRST_AGE = timedelta(minutes=1)  # what comes sooner is the same batch
AGE_STEP = 1.18  # from one age to the next: 1 minute to two days in all
SCORES = 96  # publications remembered with what was expected of their moment

DAY_FADES = 0.5 ** (1 / 14)  # a quarter of the day weighs half after 14 days of watching it
WEEK_FADES = 0.5 ** (1 / (28 * QUARTERS))  # and a day of the week after 28
AGE_FADES = 0.5 ** (1 / 200)  # and an age after 200 publications
LONGEST_FADES = 0.98
LEAN = 2.0  # publications' worth of belief in the factor above
LEAN_WEEK = 8.0
BACKLOG = timedelta(days=14)  # how far back the first look at a feed teaches
ARCHIVE = timedelta(days=2)  # what says to be older than the last check by so much is no news
MOST = 300  # publications that one check teaches

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_AGE_EDGES = tuple(FIRST_AGE.total_seconds() * AGE_STEP**step for step in range(AGES + 1))


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """What was counted: publications and hours watched a quarter and a day, and how publications follow each other.

    ``scores`` are the last publications, each as the number an hour that was expected at its moment; ``since`` is when
    watching began, ``until`` the last good check, ``last`` the last publication, ``longest`` the longest usual gap in
    hours.
    """

    seen: tuple[float, ...] = (0.0,) * QUARTERS
    watched: tuple[float, ...] = (0.0,) * QUARTERS
    week_seen: tuple[float, ...] = (0.0,) * 7
    week_watched: tuple[float, ...] = (0.0,) * 7
    followed: tuple[float, ...] = (0.0,) * AGES
    expected: tuple[float, ...] = (0.0,) * AGES
    scores: tuple[float, ...] = ()
    longest: float = 0.0
    since: datetime | None = None
    until: datetime | None = None
    last: datetime | None = None

    @property
    def a_day(self) -> float:
        """How many publications a day it has, by what was counted."""
        hours = sum(self.watched)
        return 24 * sum(self.seen) / hours if hours else 0.0


def write_rhythm(rhythm: Rhythm) -> dict[str, Any]:
    """Write a rhythm as JSON; four digits are more than it knows."""
    written: dict[str, Any] = {}
    for name, value in vars(rhythm).items():
        if isinstance(value, tuple):
            written[name] = [float(f"{number:.4g}") for number in value]
        else:
            written[name] = value.isoformat() if isinstance(value, datetime) else value
    return written


def read_rhythm(written: dict[str, Any] | None) -> Rhythm:
    """Read what ``write_rhythm`` wrote; None, or the form of another version, is a rhythm that knows nothing yet."""
    if not written or len(written.get("seen", ())) != QUARTERS or len(written.get("followed", ())) != AGES:
        return Rhythm()
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value
                              for name, value in written.items()}
    for name in ("since", "until", "last"):
        values[name] = datetime.fromisoformat(values[name]) if values.get(name) else None
    return Rhythm(**values)


class Expectation:
    """What a rhythm expects; made once a decision."""

    def __init__(self, rhythm: Rhythm) -> None:
        self.last = rhythm.last
        hours, count = sum(rhythm.watched), sum(rhythm.seen)
        self.mean = (count + 0.1) / (hours + 2)
        self._hours = _lean_hours(rhythm, self.mean)
        self._quarters = tuple(map(_lean, rhythm.seen, rhythm.watched, self._hours))
        self._days = _lean_days(rhythm, self.mean)
        self._ages = tuple((found + LEAN) / (expected + LEAN) for found, expected in
                           zip(_spread(rhythm.followed), _spread(rhythm.expected), strict=True))

    def at(self, moment: datetime) -> float:
        """The publications an hour that are expected at a moment after the last one known."""
        return self.by_calendar(moment) * self._by_age(moment)

    def by_calendar(self, moment: datetime) -> float:
        """The same by the time of the day and the day of the week alone."""
        return self._quarters[quarter_of(moment)] * self._days[moment.weekday()]

    def usual(self, share: float) -> float:
        """The rate of the hours of the day below which this share of all is published."""
        left = share * sum(self._hours)
        for rate in sorted(self._hours):
            left -= rate
            if left <= 0:
                return rate
        return self.mean

    def _by_age(self, moment: datetime) -> float:
        if self.last is None:
            return 1.0
        age = age_of((moment - self.last).total_seconds())
        return 1.0 if age is None else self._ages[age]


def quarter_of(moment: datetime) -> int:
    """Number the quarter of an hour of the day, in UTC."""
    return int((moment - _EPOCH) / QUARTER) % QUARTERS


def age_of(seconds: float) -> int | None:
    """Number the step of a time since the last publication; None for the same batch and beyond the last step."""
    step = bisect_left(_AGE_EDGES, seconds) - 1
    return step if 0 <= step < AGES else None


def learn(rhythm: Rhythm, *, published: Iterable[datetime | None], now: datetime) -> Rhythm:
    """Learn from a good check at ``now``: when each article that was new is said to be published, None if not said.

    What is said counts where it can be true: between the last check and this one. Else the moment of publication is
    somewhere in between. The first check learns from all that its feed still lists.
    """
    if rhythm.until is not None and now <= rhythm.until:  # the clock went back; what it taught stays
        return replace(rhythm, until=now)
    said = list(published)[:MOST]
    if rhythm.until is None:
        moments = sorted(moment for moment in said if moment and now - BACKLOG <= moment <= now)
        start = moments[0] if moments else now
        known: list[tuple[datetime, bool]] = [(moment, True) for moment in moments[1:]]
        rhythm = replace(rhythm, since=start, until=start, last=moments[0] if moments else None)
    else:
        start = rhythm.until
        known = sorted(_place(said, since=start, now=now))
    return _Learning.of(rhythm).take(known, start=max(start, now - BACKLOG), now=now)


def _place(said: Sequence[datetime | None], *, since: datetime, now: datetime) -> Iterator[tuple[datetime, bool]]:
    """Give each publication a moment between two checks, and say whether it was stated."""
    for moment in said:
        if moment is not None and since < moment <= now:
            yield moment, True
        elif moment is None or moment > now or moment > since - ARCHIVE:
            yield since + (now - since) / 2, False


@dataclass
class _Learning:
    """A rhythm in the making."""

    base: Rhythm
    seen: list[float]
    watched: list[float]
    week_seen: list[float]
    week_watched: list[float]
    followed: list[float]
    expected: list[float]
    scores: list[float] = field(default_factory=list)

    @classmethod
    def of(cls, rhythm: Rhythm) -> "_Learning":
        return cls(rhythm, list(rhythm.seen), list(rhythm.watched), list(rhythm.week_seen), list(rhythm.week_watched),
                   list(rhythm.followed), list(rhythm.expected), list(rhythm.scores))

    def take(self, known: Sequence[tuple[datetime, bool]], *, start: datetime, now: datetime) -> Rhythm:
        expectation = Expectation(self.base)
        last, longest = self.base.last, self.base.longest
        for moment, _ in known:
            self.scores.append(expectation.at(moment))
            if last is not None and moment > last:
                self._follow(last, moment, expectation)
                longest = max((moment - last) / timedelta(hours=1), longest * LONGEST_FADES)
            last = expectation.last = moment
        self._watch(start, now)
        for moment, is_stated in known:
            if is_stated:
                self._count(moment, 1.0)
        self._count_between(start, now, sum(not is_stated for _, is_stated in known))
        return Rhythm(
            seen=tuple(self.seen), watched=tuple(self.watched), week_seen=tuple(self.week_seen),
            week_watched=tuple(self.week_watched), followed=tuple(self.followed), expected=tuple(self.expected),
            scores=tuple(self.scores[-SCORES:]), longest=longest, since=self.base.since, until=now, last=last,
        )

    def _watch(self, start: datetime, now: datetime) -> None:
        """Add the hours watched; what was counted before fades by as much."""
        for moment, hours in _cut(start, now):
            quarter, day, share = quarter_of(moment), moment.weekday(), hours * 4
            self.seen[quarter] *= DAY_FADES**share
            self.watched[quarter] = self.watched[quarter] * DAY_FADES**share + hours
            self.week_seen[day] *= WEEK_FADES**share
            self.week_watched[day] = self.week_watched[day] * WEEK_FADES**share + hours

    def _count(self, moment: datetime, share: float) -> None:
        self.seen[quarter_of(moment)] += share
        self.week_seen[moment.weekday()] += share

    def _count_between(self, start: datetime, now: datetime, publications: int) -> None:
        """Count those whose moment is not known a little in each quarter that they may be in."""
        hours_in_all = (now - start) / timedelta(hours=1)
        for moment, hours in _cut(start, now) if publications else ():
            self._count(moment, publications * hours / hours_in_all)

    def _follow(self, last: datetime, moment: datetime, expectation: Expectation) -> None:
        """Note how long after the last publication this one came, and how many were expected until then."""
        for name in (self.followed, self.expected):
            name[:] = [number * AGE_FADES for number in name]
        seconds = (moment - last).total_seconds()
        if (reached := age_of(seconds)) is not None:
            self.followed[reached] += 1
        for step, (begin, end) in enumerate(pairwise(_AGE_EDGES)):
            if begin >= seconds:
                break
            end = min(end, seconds)
            for at, hours in _cut(last + timedelta(seconds=begin), last + timedelta(seconds=end)):
                self.expected[step] += hours * expectation.by_calendar(at)


def _cut(start: datetime, end: datetime) -> Iterator[tuple[datetime, float]]:
    """Cut a time at the quarters of the hour: the beginning of each piece and its hours."""
    while start < end:
        border = _EPOCH + QUARTER * (int((start - _EPOCH) / QUARTER) + 1)
        piece = min(border, end)
        yield start, (piece - start) / timedelta(hours=1)
        start = piece


def _lean_hours(rhythm: Rhythm, mean: float) -> tuple[float, ...]:
    """The rate of the hour around each quarter, leaning on the mean."""
    rates = []
    for quarter in range(QUARTERS):
        around = [(quarter + step) % QUARTERS for step in (-2, -1, 0, 1, 2)]
        rates.append(_lean(sum(rhythm.seen[q] for q in around), sum(rhythm.watched[q] for q in around), mean))
    return tuple(rates)


def _lean_days(rhythm: Rhythm, mean: float) -> tuple[float, ...]:
    counts = zip(rhythm.week_seen, rhythm.week_watched, strict=True)
    return tuple((seen + LEAN_WEEK) / (watched * mean + LEAN_WEEK) for seen, watched in counts)


def _lean(seen: float, hours: float, rate: float) -> float:
    """Estimate a rate from a count that leans on what is believed, as if ``LEAN`` publications had shown that."""
    return (seen + LEAN) / (hours + LEAN / rate) if rate > 0 else 0.0


def _spread(counts: Sequence[float]) -> list[float]:
    """Let neighbouring ages speak for each other: few publications fall into each."""
    ends = (counts[0], *counts, counts[-1])
    return [math.fsum((0.25 * ends[i], 0.5 * ends[i + 1], 0.25 * ends[i + 2])) for i in range(len(counts))]
