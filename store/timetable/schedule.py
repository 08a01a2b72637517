"""When a source is checked next: what is known of it -> a due time and the reason. Pure.

The promise is the owner's ``every``: of the articles of a source, 95 in 100 are found within it. So a gap between two
checks is longer than ``every`` only where publications are so unlikely that fewer than those five are late, and shorter
where news flows.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from store.timetable.rhythm import Expectation, Rhythm

HASTE = 6  # a busy source is checked up to so many times an ``every`` by default
LEAST = timedelta(minutes=1)  # and no more often than this
REST = 8  # a quiet one once in so many, by default
LONGEST_REST = timedelta(hours=12)
PROMISED = 0.97  # of ``every``: the longest gap of waking hours, with room for the run itself
JITTER = 0.04  # of a gap, always sooner

QUIET_SHARE = 0.03  # of all publications may fall into quiet times
QUIET_RATE = 0.5  # of the mean: what is above is never quiet
USUAL_SHARE = 0.4  # of all publications are made in hours that are no busier than usual
AWAITED = 0.1  # publications expected since the last check, or
AWAITED_SHARE = 0.01  # of a day's: when more are, no time is quiet before they were looked for
PATIENCE = 0.4  # of the waiting that a usual hour causes in one ``every``: what a check is worth
WORTH = 0.4  # articles that have waited for a whole ``every`` are worth a check at any source
FORESEEN = 0.15  # by how much, in logarithms, the moments of publication must have been expected above the mean
QUIET_MARGIN = 0.7  # of the level of the rarest: levels are estimates
ENOUGH = 24  # publications known before any time counts as quiet
STEPS = 48  # an ``every``: how finely the future is looked at
SILENT_AFTER = 2.0  # times the longest usual gap
LEAST_SILENCE = timedelta(days=2)

FIRST_PAUSE = 4  # the first of many failures is tried again after so small a part of ``every``
GIVES_UP_TO = timedelta(days=1)  # the longest back-off in the first week of failures
WEEK_OF_FAILURES = timedelta(days=7)  # then it grows: a seventh of the time that the source has been failing
LONGEST_BACK_OFF = timedelta(days=28)

MOST_WEIGHT = 15.0  # by then a second has become weeks
WAIT = "the server asked to wait"  # in the reason of a due time that nothing brings forward
WEIGHTS = {"hard": 1.0, "soft": 0.5, "temporary": 0.25}  # of a failure; as in Media Cloud's rss-fetcher


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """What the owner wants: a check ``every`` so often; never more often than ``least``, nor seldomer than ``most``."""

    every: timedelta
    least: timedelta
    most: timedelta


def make_bounds(every: timedelta, *, least: timedelta | None = None, most: timedelta | None = None) -> Bounds:
    """Fill in the bounds that the owner leaves open."""
    lowest = min(every, max(LEAST, every / HASTE)) if least is None else min(least, every)
    highest = max(every, min(every * REST, LONGEST_REST)) if most is None else max(most, every)
    return Bounds(every=every, least=lowest, most=highest)


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What a feed says of itself: not to be asked again within ``pause``, and at which hours and days (UTC) never.

    ``skip_hours`` are 0 to 23, ``skip_days`` 0 (Monday) to 6.
    """

    pause: timedelta = timedelta(0)
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()

    def skips(self, moment: datetime) -> bool:
        """Whether it says that nothing is published at this moment."""
        return moment.hour in self.skip_hours or moment.weekday() in self.skip_days


def merge_wishes(wishes: Sequence[Wishes]) -> Wishes:
    """Take what all the places of a source say: the shortest pause, and the hours and days that each of them skips."""
    if not wishes:
        return Wishes()
    return Wishes(
        pause=min(wish.pause for wish in wishes),
        skip_hours=tuple(sorted(set.intersection(*(set(wish.skip_hours) for wish in wishes)))),
        skip_days=tuple(sorted(set.intersection(*(set(wish.skip_days) for wish in wishes)))),
    )


def write_wishes(wishes: Wishes) -> dict[str, Any]:
    """Write wishes as JSON."""
    return {"pause": wishes.pause.total_seconds(), "skip_hours": list(wishes.skip_hours),
            "skip_days": list(wishes.skip_days)}


def read_wishes(written: dict[str, Any] | None) -> Wishes:
    """Read what ``write_wishes`` wrote."""
    if not written:
        return Wishes()
    return Wishes(pause=timedelta(seconds=written["pause"]), skip_hours=tuple(written["skip_hours"]),
                  skip_days=tuple(written["skip_days"]))


@dataclass(frozen=True, kw_only=True)
class Due:
    """When a source is checked next, and why then, in a few words."""

    at: datetime
    reason: str


def plan_check(rhythm: Rhythm, *, bounds: Bounds, checked: datetime, wishes: Wishes | None = None,
               chance: float = 0.0) -> Due:
    """Plan the check after a good one at ``checked``; ``chance``, from 0 to 1, spreads sources that march in step."""
    wishes = wishes or Wishes()
    longest = bounds.every * PROMISED
    silent = _find_silence(rhythm, now=checked)
    if silent > 1:
        gap, reason = min(bounds.most, longest * silent), f"silent for {write_span(checked - _last(rhythm, checked))}"
    else:
        gap, reason = _look_ahead(rhythm, bounds=bounds, checked=checked, wishes=wishes)
    if gap < (pause := min(wishes.pause, longest)):
        gap, reason = pause, f"the source asks for a pause of {write_span(wishes.pause)}"
    gap = min(max(gap, min(bounds.least, longest)), bounds.most)
    return Due(at=checked + gap * (1 - JITTER * chance), reason=reason)


def _look_ahead(rhythm: Rhythm, *, bounds: Bounds, checked: datetime, wishes: Wishes) -> tuple[timedelta, str]:
    """Walk into the future until a check has become due.

    It is due when the promise says so, whose clock stands still in quiet times; and sooner when, of what is likely to
    have been published by then, enough has waited for long enough.
    """
    expectation, quiet_rate = Expectation(rhythm), _find_quiet_rate(rhythm)
    longest, step = bounds.every * PROMISED, bounds.every / STEPS
    share, hours = step / longest, step / timedelta(hours=1)
    bearable = max(AWAITED, AWAITED_SHARE * rhythm.a_day)
    enough = WORTH
    if _can_be_foreseen(rhythm, expectation):
        enough = min(enough, expectation.usual(USUAL_SHARE) * (longest / timedelta(hours=1)) * PATIENCE)
    moment, promise, awaited, waited, quiet = checked, 0.0, 0.0, 0.0, False
    while promise < 1 and waited < enough and moment - checked < bounds.most:
        unbroken = math.exp(-awaited)  # the chance that nothing came: else the time since the last tells no more
        is_skipped = wishes.skips(moment)
        rate = unbroken * expectation.at(moment) + (1 - unbroken) * expectation.by_calendar(moment)
        rate = 0.0 if is_skipped else rate
        awaited += rate * hours
        waited += awaited * share
        if is_skipped or (rate < quiet_rate and awaited < bearable):
            quiet = True
        else:
            promise += share
        moment += step
    gap = moment - checked
    return gap, "a quiet time" if quiet and gap > longest else "news flows" if promise < 0.8 else "its usual rhythm"


def _can_be_foreseen(rhythm: Rhythm, expectation: Expectation) -> bool:
    """Tell whether the source published when that was expected; of one that does so by chance, haste finds nothing."""
    if len(rhythm.scores) < ENOUGH or not all(score > 0 for score in rhythm.scores):
        return False
    return math.fsum(map(math.log, rhythm.scores)) / len(rhythm.scores) > math.log(expectation.mean) + FORESEEN


def _find_quiet_rate(rhythm: Rhythm) -> float:
    """Find the publications an hour below which hardly any are made.

    That is what was expected of the moments at which it did publish: this level needs no belief in the expectation.
    """
    scores = sorted(rhythm.scores)
    if len(scores) < ENOUGH:
        return 0.0
    rarest, usual = (scores[int(len(scores) * share)] for share in (QUIET_SHARE, USUAL_SHARE))
    return min(QUIET_MARGIN * rarest, QUIET_RATE * usual)


def _find_silence(rhythm: Rhythm, *, now: datetime) -> float:
    """How many times longer than usual the source has said nothing; up to 1 is usual."""
    usual = max(SILENT_AFTER * timedelta(hours=rhythm.longest), LEAST_SILENCE)
    return (now - _last(rhythm, now)) / usual


def _last(rhythm: Rhythm, now: datetime) -> datetime:
    return rhythm.last or rhythm.since or now


def plan_retry(*, weight: float, failing_since: datetime, bounds: Bounds, now: datetime, reason: str,
               not_before: datetime | None = None, put_off: datetime | None = None, chance: float = 0.0) -> Due:
    """Plan the check after a failure; ``weight`` is the sum of the weights of all since the last good check.

    Four hard failures, eight soft ones or sixteen temporary ones widen the pause as much. It is a day at most in the
    first week, then a seventh of the time that the failing has lasted, four weeks at most: it never ends. What a server
    asked for (``not_before``) is kept whatever it is, and so is the pause that its host is given (``put_off``).
    """
    failing = max(now - failing_since, timedelta(0))
    most = min(max(GIVES_UP_TO, failing / WEEK_OF_FAILURES * GIVES_UP_TO), LONGEST_BACK_OFF)
    most = max(most, bounds.every)
    pause = most if weight > MOST_WEIGHT else min(bounds.every / FIRST_PAUSE * 4**weight, most)
    pause = max(pause, min(bounds.least, bounds.every)) * (1 - JITTER * chance)
    at = now + pause
    if not_before is not None and not_before > at:
        return Due(at=not_before, reason=f"{reason}: {WAIT}")
    if put_off is not None and put_off > at:
        return Due(at=put_off, reason=f"{reason}: the host is left alone until then")
    return Due(at=at, reason=f"{reason}: again after {write_span(pause)}")


def correct_due(due: datetime, *, now: datetime, finished: datetime | None, most: timedelta | None) -> datetime:
    """Give a stored due time that can be meant.

    A clock that went back must not leave a source alone for long, and an interval that the owner shortened counts from
    the last check; ``most`` is the longest gap, None for a source that fails.
    """
    if finished is None:
        return due
    if finished > now:
        due = max(now, now + (due - finished))
        finished = now
    return due if most is None else max(min(due, finished + most), min(due, now))


def write_span(span: timedelta) -> str:
    """Write a length of time for a person, in its largest two units: ``3d4h``, ``25m``, ``8s``."""
    seconds = max(0, round(span.total_seconds()))
    units = ((86_400, "d"), (3600, "h"), (60, "m"), (1, "s"))
    words: list[str] = []
    for size, letter in units:
        count, seconds = divmod(seconds, size)
        if count or words:
            words.append(f"{count}{letter}" if count else "")
        if len(words) == 2:
            break
    return "".join(words) or "0s"
