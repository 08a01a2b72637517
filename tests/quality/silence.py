"""How soon a dead source is named, and how often one that keeps its rhythm is: made-up lives of a month each.

    python -m tests.quality.silence [SEEDS]

Delays are given in mean gaps beyond the usual gap, which is the longest that a source of this pace makes in thirty
years (nights and weekends included; docs/design/conditions.md), and beyond the longest that it had made so far. Exit
status 1 for a false alarm, or when fewer than FLOOR of the sources are named within two mean gaps beyond their usual
one, at the next look.
"""

import random
import sys
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise, product

from store.health.silence import find_silence

START = datetime(2026, 9, 1, tzinfo=UTC)
EVENTS = 400  # of the past are looked at
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
USUAL = timedelta(days=30 * 365)  # in which the longest gap is made that is still usual
WITHIN = 2.0  # mean gaps beyond it
FLOOR = 0.8  # of the sources; those with bounded bursts cannot know that theirs are

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
    """Look at a source all its life, and after its end until it is named."""
    chance, at, looks, alarms, was_named = random.Random(seed), events[0], 0, 0, False
    gaps = sorted(b - a for a, b in pairwise(events))
    while (at := at + every * chance.uniform(0.9, 1.1)) < events[-1]:
        looks += 1
        is_named = _is_named(events[:bisect_right(events, at)], at, every)
        alarms += is_named and not was_named
        was_named = is_named
    end = events[-1] + max(timedelta(days=21), 20 * gaps[-1])
    while (at := at + every) < end:
        if _is_named(events, at, every):
            break
    return Result(looks=looks, false_alarms=alarms, delay=at - events[-1] if at < end else None,
                  usual=sum(gaps, timedelta()) / len(gaps), longest=gaps[-1])


def _is_named(events: list[datetime], at: datetime, every: timedelta) -> bool:
    return find_silence(events[-EVENTS:], looked_at=at, every=every) is not None


def measure(seeds: int, *, days: int = 28, gaps: tuple[timedelta, ...] = (HOUR / 2, HOUR * 2, HOUR * 8)) -> Iterator[
        tuple[str, str, timedelta, list[Result]]]:
    """Every pace with every opening, some lives of each."""
    for pace, hours, gap in product(PACES, OPEN, gaps):
        yield pace, hours, gap, [
            watch(live(pace, hours, gap=gap, days=days, seed=seed), every=gap / 2, seed=seed) for seed in range(seeds)]


def main() -> None:
    """Print the table."""
    seeds, looks, alarms, late, lives = int(sys.argv[1]) if len(sys.argv) > 1 else 3, 0, 0, 0, 0
    print(f"{'pace':8} {'open':13} {'gap h':>5} {'alarms':>6}  beyond the usual gap, in mean gaps | the longest yet")
    for pace, hours, gap, results in measure(seeds):
        usual = find_usual(pace, hours, gap=gap)
        alarms += sum(result.false_alarms for result in results)
        looks += sum(result.looks for result in results)
        beyond = [result.beyond_gap(usual) for result in results]
        late += sum(each > WITHIN + gap / 2 / result.usual for each, result in zip(beyond, results, strict=True))
        lives += len(results)
        figures = [" ".join(f"{each:.1f}" for each in each_life) for each_life in (beyond, [r.beyond for r in results])]
        print(f"{pace:8} {hours:13} {gap / HOUR:5.1f} {sum(r.false_alarms for r in results):6}  {' | '.join(figures)}",
              flush=True)
    print(f"{alarms} false alarms at {looks} looks; {lives - late} of {lives} named within {WITHIN:g} mean gaps beyond "
          "the usual one, at the next look")
    sys.exit(bool(alarms or late > (1 - FLOOR) * lives))


if __name__ == "__main__":
    main()
