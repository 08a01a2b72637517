"""How soon a dead source is named, and how often one that keeps its rhythm is: made-up lives of a month each.

    python -m tests.quality.silence [SEEDS] [--hold-out FIRST]

Delays are given in mean gaps beyond the usual gap, which is the longest that a source of this pace makes in thirty
years (nights and weekends included; docs/design/conditions.md), and beyond the longest that it had made so far. Exit
status 1 for a false alarm, or when fewer than FLOOR of the sources are named within two mean gaps beyond their usual
one, at the next look.

With ``--hold-out``, the lives of ``tests.quality.lives`` instead, as many of each kind from seed FIRST on: tails that
go on and on, bursts weeks apart, holidays, a summer's rest, an election, a weekly that turns daily and back. They are
judged as the service does, alarms of the past included; how many of them are called silent while they live says how far
the made-up paces above are from life. Exit status 1 for more than HELD_OUT alarms in a year of such a life, or fewer
than HELD_OUT_FLOOR of them named in time.
"""

import argparse
import random
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise, product

from store.health.silence import Span, find_silence
from tests.quality import lives
from tests.quality.lives import Lived

START = datetime(2026, 9, 1, tzinfo=UTC)
EVENTS = 400  # of the past are looked at
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
USUAL = timedelta(days=30 * 365)  # in which the longest gap is made that is still usual
WITHIN = 2.0  # mean gaps beyond it
FLOOR = 0.8  # of the sources; those with bounded bursts cannot know that theirs are
HELD_OUT = 1.0  # alarms in a year of a held-out life; most are of tails that the gaps so far did not show
HELD_OUT_FLOOR = 0.7  # of the held-out sources
YEAR = timedelta(days=365)
LONGEST = 1600  # looks at a dead source

PACES: dict[str, Callable[[random.Random], float]] = {  # gaps of mean 1
    "regular": lambda chance: chance.uniform(0.8, 1.2),
    "loose": lambda chance: chance.gammavariate(4, 0.25),
    "random": lambda chance: chance.expovariate(1),
    "bursts": lambda chance: 0.1 * chance.random() if chance.random() < 0.7 else 3 * chance.uniform(0.5, 1.5),
}
OPEN: dict[str, tuple[float, float, int]] = {  # from which hour to which, and on how many days of a week
    "always": (0, 24, 7), "by day": (6, 20, 7), "working days": (6, 20, 5)}


@dataclass(frozen=True, kw_only=True)
class Result:
    """One life: alarms while it lived, and how long after its last article it was named."""

    looks: int
    false_alarms: int
    delay: timedelta | None
    usual: timedelta
    longest: timedelta

    @property
    def beyond(self) -> float:
        """The delay beyond the longest gap yet, in mean gaps; infinite where it was never named."""
        return self.beyond_gap(self.longest)

    def beyond_gap(self, gap: timedelta) -> float:
        """The same beyond any gap."""
        return (self.delay - gap) / self.usual if self.delay is not None else float("inf")


def live(pace: str, hours: str, *, gap: timedelta, days: int, seed: int) -> list[datetime]:
    """The articles of a source that publishes each ``gap`` of its open hours."""
    opens, closes, open_days = OPEN[hours]
    chance, hour, events = random.Random(seed), 0.0, list[datetime]()
    while hour < days * 24:
        left = gap / HOUR * PACES[pace](chance)
        while left > 0:
            day, now = divmod(hour, 24)
            is_open = (START.weekday() + day) % 7 < open_days and now < closes
            hour = day * 24 + max(now, opens) if is_open else (day + 1) * 24 + opens
            if is_open:
                step = min(left, day * 24 + closes - hour)
                hour, left = hour + step, left - step if left - step > 1e-9 else 0.0
        events.append(START + hour * HOUR)
    return events


def find_usual(pace: str, hours: str, *, gap: timedelta) -> timedelta:
    """The longest time that such a source is silent in thirty years."""
    events = live(pace, hours, gap=gap, days=USUAL // DAY, seed=-1)
    return max(after - before for before, after in pairwise(events))


def watch(events: list[datetime], *, every: timedelta, seed: int) -> Result:
    """Look at a source all its life, and after its end until it is named.

    Of the looks between two articles the last one tells: who is not silent then, was not before.
    """
    chance, at, looks, alarms = random.Random(seed), events[0], list[datetime](), 0
    gaps = sorted(b - a for a, b in pairwise(events))
    while (at := at + every * chance.uniform(0.9, 1.1)) < events[-1]:
        looks.append(at)
    for moment, following in pairwise((*looks, events[-1])):
        known = bisect_right(events, moment)
        if bisect_right(events, following) > known:
            alarms += _is_named(events[:known], moment, every)
    most = int((events[-1] + max(timedelta(days=21), 20 * gaps[-1]) - at) / every)
    after = [at + every * n for n in range(1, most)]
    named = bisect_left(after, True, key=lambda moment: _is_named(events, moment, every))
    delay = after[named] - events[-1] if named < len(after) else None
    usual = sum(gaps, timedelta()) / len(gaps)
    return Result(looks=len(looks), false_alarms=alarms, delay=delay, usual=usual, longest=gaps[-1])


def _is_named(events: list[datetime], at: datetime, every: timedelta) -> bool:
    return find_silence(events[-EVENTS:], looked_at=at, every=every) is not None


def measure(seeds: int, *, days: int = 28, gaps: tuple[timedelta, ...] = (HOUR / 2, HOUR * 2, HOUR * 8)) -> Iterator[
        tuple[str, str, timedelta, list[Result]]]:
    """Every pace with every opening, some lives of each."""
    for pace, hours, gap in product(PACES, OPEN, gaps):
        yield pace, hours, gap, [
            watch(live(pace, hours, gap=gap, days=days, seed=seed), every=gap / 2, seed=seed) for seed in range(seeds)]


@dataclass(frozen=True, kw_only=True)
class Held:
    """One held-out life: alarms while it kept its rhythm and in its breaks; delays in mean gaps, as in ``Result``."""

    looks: int
    false_alarms: int
    in_breaks: int
    lived: timedelta
    delay: float
    beyond: float
    is_late: bool


def watch_held_out(lived: Lived, *, every: timedelta, usual: timedelta, seed: int) -> Held:
    """Watch a life as the service does, past alarms included.

    Of the looks between two articles the last one tells: who is not silent then, was not before.
    """
    events, chance, looks, false_alarms, in_breaks = lived.events, random.Random(seed), 0, 0, 0
    at, alarms = events[0], list[Span]()

    def is_named(number: int, moment: datetime) -> bool:
        return find_silence(events[max(0, number - EVENTS):number], looked_at=moment, every=every,
                            alarms=alarms) is not None

    for number, (before, after) in enumerate(pairwise(events), start=1):
        last = before
        while at < after:
            last, at, looks = at, at + every * chance.uniform(0.9, 1.1), looks + 1
        if is_named(number, last):
            alarms.append((last, at))
            is_break = any(begin < after and before < end for begin, end in lived.breaks)
            in_breaks, false_alarms = in_breaks + is_break, false_alarms + (not is_break)
    mean = (events[-1] - events[0]) / (len(events) - 1)
    delay = every * bisect_left(range(LONGEST), True, key=lambda n: is_named(len(events), events[-1] + n * every))
    return Held(looks=looks, false_alarms=false_alarms, in_breaks=in_breaks, lived=events[-1] - events[0],
                delay=delay / mean, beyond=(delay - usual) / mean, is_late=delay > usual + WITHIN * mean + every)


def hold_out(seeds: range) -> bool:
    """Print the table of the held-out lives; tell whether they are judged as well as they must be."""
    watched = list[Held]()
    print(f"{'kind':10} {'alarms':>6} {'in breaks':>9}  named after, in mean gaps | beyond the usual gap")
    for name, kind in lives.KINDS.items():
        usual = lives.find_usual(name)
        found = [watch_held_out(lives.live(name, seed), every=kind.every, usual=usual, seed=seed) for seed in seeds]
        watched += found
        figures = [" ".join(f"{delay:.1f}" for delay in delays) for delays in (
            [each.delay for each in found], [each.beyond for each in found])]
        print(f"{name:10} {sum(each.false_alarms for each in found):6} {sum(each.in_breaks for each in found):9}  "
              f"{' | '.join(figures)}", flush=True)
    alarms, late = sum(each.false_alarms for each in watched), sum(each.is_late for each in watched)
    years = sum((each.lived for each in watched), timedelta()) / YEAR
    print(f"{alarms} false alarms at {sum(each.looks for each in watched)} looks, {alarms / years:.2f} in a year of a "
          f"source, and {sum(each.in_breaks for each in watched)} in breaks; {len(watched) - late} of {len(watched)} "
          f"named within {WITHIN:g} mean gaps beyond the usual one, at the next look")
    return alarms <= HELD_OUT * years and late <= (1 - HELD_OUT_FLOOR) * len(watched)


def main() -> None:
    """Print a table; see the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("seeds", type=int, nargs="?", default=3, help="lives of each kind")
    parser.add_argument("--hold-out", type=int, metavar="FIRST", help="the held-out lives, from this seed on")
    options = parser.parse_args()
    if options.hold_out is None:
        is_good = judge_paces(options.seeds)
    else:
        is_good = hold_out(range(options.hold_out, options.hold_out + options.seeds))
    sys.exit(not is_good)


def judge_paces(seeds: int) -> bool:
    """Print the table of the paces; tell whether they are judged as well as they must be."""
    looks = alarms = late = count = 0
    print(f"{'pace':8} {'open':13} {'gap h':>5} {'alarms':>6}  beyond the usual gap, in mean gaps | the longest yet")
    for pace, hours, gap, results in measure(seeds):
        usual = find_usual(pace, hours, gap=gap)
        alarms += sum(result.false_alarms for result in results)
        looks += sum(result.looks for result in results)
        beyond = [result.beyond_gap(usual) for result in results]
        late += sum(each > WITHIN + gap / 2 / result.usual for each, result in zip(beyond, results, strict=True))
        count += len(results)
        figures = [" ".join(f"{each:.1f}" for each in each_life) for each_life in (beyond, [r.beyond for r in results])]
        print(f"{pace:8} {hours:13} {gap / HOUR:5.1f} {sum(r.false_alarms for r in results):6}  {' | '.join(figures)}",
              flush=True)
    print(f"{alarms} false alarms at {looks} looks; {count - late} of {count} named within {WITHIN:g} mean gaps beyond "
          "the usual one, at the next look")
    return not alarms and late <= (1 - FLOOR) * count


if __name__ == "__main__":
    main()
