"""How soon a dead source is named, and how often one that keeps its rhythm is: made-up lives of a month each.

    python -m tests.quality.silence [SEEDS]

Delays are given beyond the longest gap that the source ever made (nights and weekends included), in mean gaps.
"""

import random
import sys
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise, product

from store.silence import find_silence

START = datetime(2026, 9, 1, tzinfo=UTC)
EVENTS = 400  # of the past are looked at
HOUR = timedelta(hours=1)
STEP = timedelta(minutes=3)

PACES: dict[str, Callable[[random.Random], float]] = {  # gaps of mean 1
    "regular": lambda chance: chance.uniform(0.8, 1.2),
    "loose": lambda chance: chance.gammavariate(4, 0.25),
    "random": lambda chance: chance.expovariate(1),
    "bursts": lambda chance: 0.1 * chance.random() if chance.random() < 0.7 else 3 * chance.uniform(0.5, 1.5),
}
OPEN: dict[str, Callable[[datetime], bool]] = {
    "always": lambda at: True,
    "by day": lambda at: 6 <= at.hour < 20,
    "working days": lambda at: 6 <= at.hour < 20 and at.weekday() < 5,
}


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
        """The delay beyond the longest gap, in mean gaps; infinite where it was never named."""
        return (self.delay - self.longest) / self.usual if self.delay is not None else float("inf")


def live(pace: str, hours: str, *, gap: timedelta, days: int, seed: int) -> list[datetime]:
    """The articles of a source that publishes each ``gap`` of its open hours."""
    chance, at, events = random.Random(seed), START, list[datetime]()
    while at < START + timedelta(days=days):
        left = gap * PACES[pace](chance)
        while left > timedelta():
            step = min(left, STEP)
            at += step
            left -= step if OPEN[hours](at) else timedelta()
        events.append(at)
    return events


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
    seeds, looks, alarms = int(sys.argv[1]) if len(sys.argv) > 1 else 3, 0, 0
    print(f"{'pace':8} {'open':13} {'gap h':>5} {'alarms':>6}  beyond the longest gap, in mean gaps")
    for pace, hours, gap, results in measure(seeds):
        alarms += sum(result.false_alarms for result in results)
        looks += sum(result.looks for result in results)
        beyond = " ".join(f"{result.beyond:.1f}" for result in results)
        print(f"{pace:8} {hours:13} {gap / HOUR:5.1f} {sum(r.false_alarms for r in results):6}  {beyond}", flush=True)
    print(f"{alarms} false alarms at {looks} looks")


if __name__ == "__main__":
    main()
