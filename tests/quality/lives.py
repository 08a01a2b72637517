"""Lives of sources as they are met outside: a hold-out for ``tests.quality.silence``, on which nothing was tuned.

Nothing here is shared with the generator there. A life is a stream of moments of publication, drawn from a rate that
goes with the hour, the weekday and the calendar, from articles that call forth others, or from pauses with a heavy
tail; and it has ``breaks``, in which it is silent or changes its rhythm by its own will. Who has not been told of a
summer break calls it a silence, and rightly: such alarms are counted apart.
"""

import math
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

START = datetime(2026, 1, 5, tzinfo=UTC)  # a Monday
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
HOLIDAYS = frozenset(((1, 1), (1, 6), (5, 1), (8, 15), (10, 3), (11, 1), (12, 24), (12, 25), (12, 26), (12, 31)))
EASTERS = ((4, 3), (4, 6))  # Friday and Monday, here in each year

Span = tuple[datetime, datetime]


@dataclass(frozen=True, kw_only=True)
class Lived:
    """What a source published, and the times in which it broke its own rhythm."""

    events: list[datetime]
    breaks: list[Span] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of source: how it lives for so many days (with its breaks or without), and how often it is looked at."""

    live: Callable[[random.Random, int, bool], Lived]
    days: int
    every: timedelta


def _at(day: int, hour: float) -> datetime:
    return START + day * DAY + hour * HOUR


def _is_holiday(day: date) -> bool:
    return (day.month, day.day) in HOLIDAYS or (day.month, day.day) in EASTERS


def _is_working(day: int) -> bool:
    return day % 7 < 5


def _poisson(chance: random.Random, mean: float) -> int:
    """Draw how many come where so many are expected."""
    count, left = 0, chance.expovariate(1)
    while left < mean:
        count, left = count + 1, left + chance.expovariate(1)
    return count


def _by_rate(chance: random.Random, days: int, rate: Callable[[int, int], float]) -> list[datetime]:
    """Publish by chance at so many articles an hour, by day and hour of the day."""
    return sorted(_at(day, hour + chance.random()) for day in range(days) for hour in range(24)
                  for _ in range(_poisson(chance, rate(day, hour))))


def _office(hour: int, *, peak: float = 11.0, width: float = 3.5) -> float:
    """How busy an office is in an hour of the day; 1 in all of a day."""
    return math.exp(-((hour + 0.5 - peak) ** 2) / (2 * width**2)) / (width * math.sqrt(2 * math.pi))


def _newsroom(chance: random.Random, days: int, breaks: bool) -> Lived:
    """Twelve a day around noon, half of it at weekends, and days that are busier or calmer than others in rows."""
    mood, moods = 0.0, list[float]()
    for _ in range(days):
        mood = 0.7 * mood + chance.gauss(0, 0.3)
        moods.append(math.exp(mood))
    return Lived(events=_by_rate(chance, days, lambda day, hour: 12 * moods[day] * _office(hour, peak=13, width=4.5)
                                 * (1.0 if _is_working(day) else 0.5)))


def _gaps(draw: Callable[[random.Random], float], mean: timedelta) -> Callable[[random.Random, int, bool], Lived]:
    def live(chance: random.Random, days: int, breaks: bool) -> Lived:
        at, events, end = START, list[datetime](), START + days * DAY
        while (at := at + mean * draw(chance)) < end:
            events.append(at)
        return Lived(events=events)
    return live


def _ministry(chance: random.Random, days: int, breaks: bool) -> Lived:
    """Something happens once in three working days, and calls forth statements for some hours."""
    events = []
    for day in range(days):
        if _is_working(day) and chance.random() < 1 / 3:
            hour = chance.uniform(8, 16)
            while True:
                events.append(_at(day, hour))
                hour += chance.lognormvariate(-0.7, 0.8)
                if chance.random() < 0.25 or hour > 20:
                    break
    return Lived(events=events)


def _envoy(chance: random.Random, days: int, breaks: bool) -> Lived:
    """A mission that speaks every two to five weeks, several times in two days."""
    day, events = chance.uniform(0, 20), list[datetime]()
    while day < days:
        for _ in range(1 + _poisson(chance, 4)):
            events.append(_at(int(day), 24 * chance.uniform(0, 2)))
        day += max(2.5, chance.gammavariate(4, 5.5))
    return Lived(events=sorted(at for at in events if at < START + days * DAY))


def _weekly(chance: random.Random, days: int, breaks: bool) -> Lived:
    """An issue each Thursday morning, one in twenty a day late; none in the week of Christmas."""
    events, spans = [], []
    for week in range(days // 7):
        day = 7 * week + 3 + (chance.random() < 0.05)
        if breaks and (START + day * DAY).strftime("%m%d") in ("1224", "1225", "1226", "1227", "1228", "1229", "1230"):
            spans.append((_at(day - 1, 0), _at(day + 7, 0)))
            continue
        begins = chance.gauss(8, 1.0)
        events += [_at(day, begins + 0.2 * n) for n in range(chance.randint(4, 9))]
    return Lived(events=events, breaks=spans)


def _briefing(chance: random.Random, days: int, breaks: bool) -> Lived:
    """One a working day at seven, never on holidays."""
    events, spans = [], []
    for day in range(days):
        if breaks and _is_holiday((START + day * DAY).date()):
            spans.append((_at(day, 0), _at(day + 1, 0)))
        elif _is_working(day):
            events.append(_at(day, chance.gauss(7, 0.3)))
    return Lived(events=events, breaks=spans)


def _closing(chance: random.Random, days: int, breaks: bool) -> Lived:
    """An office with five a day that rests on holidays, and for a fortnight in summer."""
    spans = []
    if breaks:
        summer = chance.randrange(days // 2, days // 2 + 20)
        spans = [(_at(day, 0), _at(day + 1, 0)) for day in range(days) if _is_holiday((START + day * DAY).date())]
        spans.append((_at(summer, 0), _at(summer + 14, 0)))
    events = _by_rate(chance, days, lambda day, hour: 5 * _office(hour) * _is_working(day))
    return Lived(events=[at for at in events if not any(a <= at < b for a, b in spans)], breaks=spans)


def _campaign(chance: random.Random, days: int, breaks: bool) -> Lived:
    """Three a day, and eight times as many in the fortnight before an election."""
    vote = chance.randrange(days // 3, days // 2)

    def rate(day: int, hour: int) -> float:
        haste = 8.0 if breaks and vote - 14 <= day < vote else 1.0
        return 3 * haste * _office(hour, width=4.5) * (1.0 if _is_working(day) else 0.4)
    return Lived(events=_by_rate(chance, days, rate))


def _parliament(chance: random.Random, days: int, breaks: bool) -> Lived:
    """Eight a working day in three weeks of sittings, one in the week between."""
    return Lived(events=_by_rate(chance, days, lambda day, hour: _is_working(day) * _office(hour)
                                 * (1.0 if day // 7 % 4 == 3 else 8.0)))


def _turned(chance: random.Random, days: int, breaks: bool) -> Lived:
    """A weekly that turns daily for a third of its time, and back: then a week is its rhythm again."""
    if not breaks:
        return _weekly(chance, days, breaks=False)
    first, last = days // 3 // 7 * 7, 2 * days // 3 // 7 * 7
    issues = [at for at in _weekly(chance, days, breaks=False).events if not _at(first, 0) <= at < _at(last, 0)]
    daily = [_at(day, chance.gauss(8, 1.0) + 2 * n) for day in range(first, last) if _is_working(day)
             for n in range(chance.randint(1, 4))]
    return Lived(events=sorted(issues + daily), breaks=[(_at(last, 0), _at(last + 28, 0))])


KINDS: dict[str, Kind] = {
    "newsroom": Kind(live=_newsroom, days=90, every=HOUR),
    "lognormal": Kind(live=_gaps(lambda chance: chance.lognormvariate(-0.5, 1.0), 4 * HOUR), days=90, every=2 * HOUR),
    "pareto": Kind(live=_gaps(lambda chance: 0.6 * chance.paretovariate(2.5), 8 * HOUR), days=90, every=4 * HOUR),
    "ministry": Kind(live=_ministry, days=120, every=4 * HOUR),
    "envoy": Kind(live=_envoy, days=400, every=6 * HOUR),
    "weekly": Kind(live=_weekly, days=400, every=6 * HOUR),
    "briefing": Kind(live=_briefing, days=150, every=4 * HOUR),
    "closing": Kind(live=_closing, days=240, every=2 * HOUR),
    "campaign": Kind(live=_campaign, days=120, every=2 * HOUR),
    "parliament": Kind(live=_parliament, days=120, every=2 * HOUR),
    "turned": Kind(live=_turned, days=360, every=6 * HOUR),
}


def live(name: str, seed: int) -> Lived:
    """Live one life of a kind, and let it end in its last fifth."""
    kind, chance = KINDS[name], random.Random(f"{name} {seed}")
    lived = kind.live(chance, kind.days, True)
    return Lived(events=lived.events[:int(len(lived.events) * chance.uniform(0.8, 1.0))], breaks=lived.breaks)


def find_usual(name: str) -> timedelta:
    """The longest time that a source of a kind is silent in thirty years without breaks."""
    events = KINDS[name].live(random.Random(f"{name} usual"), 30 * 365, False).events
    return max(after - before for before, after in pairwise(events))
