"""A source's history -> what is wrong with it now. Pure: each check reads looks and readings, and gives a finding.

    silent         nothing new for longer than its rhythm allows            zombie        the same, and it answers 200
    stale          its newest item was old when we first looked             collapsed     far fewer entries than ever
    churning       entries change their address or identifier each time     future_dates  entries dated in the future
    not_a_feed     a web page under a feed's name                           tiny          next to nothing under a 200
    failing        a place cannot be read                                   overdue       due, and nobody ran it
    unreadable     pages that could be read can no longer                   shrunk        pages give far less text
    refused        articles are announced, and their pages refused

What each means to an owner: docs/operating.md.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby, pairwise, takewhile
from statistics import median
from typing import TypeVar

from store.health.silence import Silence, find_silence, middle

ANSWERED = "ok"  # the outcome of a look that gave entries
REDATED = "redated"  # and of one that gave the former ones under other dates; all others are words for why not
ANSWERS = frozenset((ANSWERED, REDATED))

LOOKS = 2  # in a row, before a single odd answer is believed
FAILURES = 3  # in a row
PERMANENT = frozenset(("http_404", "http_410", "robots_forbidden", "bad_address"))
TINY = 200  # bytes: no feed with an entry is as short
MANY = 5  # entries or pages, fewer prove nothing
FORMER = 10  # pages that say what is usual
FEW = 0.2  # of the usual entries
CHANGED = 0.5  # of the entries, and of the readable pages
SHORT = 0.3  # of the usual text, and the readable pages of a source that hardly gives any
RENEWALS = 3  # in a row, of all entries under new names
FEWEST_ROWS = 3  # different answers, to say how many entries are usual
FUTURE_SHARE = 0.1
STALE = timedelta(days=30)
FEWEST_NEWS = 4  # more have gaps that are judged by ``store.health.silence``
OVERDUE = timedelta(minutes=30)
MISTAKEN = frozenset(("not_a_feed", "not_a_sitemap", "not_html"))
UNREACHED = frozenset(("timeout", "unknown_host", "connection_refused", "connection_lost", "robots_unreachable"))
REFUSALS = UNREACHED | {"cut_off", "broken_answer", "redirect_loop", "bad_address"}

Row = TypeVar("Row", "Look", "Reading")


@dataclass(frozen=True, kw_only=True)
class Look:
    """What a place that announces articles answered, from ``first_at`` to ``last_at``, as long as it was the same.

    ``same`` counts the whole answers, ``not_modified`` the 304s, both 0 or more. ``fresh`` entries were never seen
    before, at the times ``news``; ``kept`` were there at the former look, ``renamed`` under another address,
    ``reissued`` under another identifier; where most were under another date, the outcome is ``redated``. ``digest``
    names the set of entries.
    """

    place: str
    first_at: datetime
    last_at: datetime
    outcome: str = ANSWERED
    same: int = 1
    not_modified: int = 0
    size: int | None = None
    digest: str | None = None
    entries: int | None = None
    fresh: int = 0
    kept: int = 0
    renamed: int = 0
    reissued: int = 0
    future: int = 0
    newest: datetime | None = None
    news: tuple[datetime, ...] = ()

    @property
    def times(self) -> int:
        """How often we looked."""
        return self.same + self.not_modified

    @property
    def is_answered(self) -> bool:
        """Whether it gave entries, if only the former ones."""
        return self.outcome in ANSWERS


@dataclass(frozen=True, kw_only=True)
class Reading:
    """The pages of one run: how many were tried and read, their median length, and why the others were not read.

    Of those that were read, ``copies`` say what the source had published before, word for word.
    """

    at: datetime
    pages: int
    read: int
    text_length: int | None = None
    reasons: Mapping[str, int] = field(default_factory=dict)
    copies: int = 0


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Something that is wrong with a source now; ``place`` is empty where it is not one place's."""

    name: str
    place: str = ""
    evidence: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Condition:
    """A finding with its times; ``closed_at`` is empty while it lasts."""

    name: str
    opened_at: datetime
    place: str = ""
    closed_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class History:
    """What is known of a source. Looks and readings are in the order of time; ``rest_days`` as in ``find_silence``.

    ``current`` are the places that it has now, where that is known: nothing is wrong with former ones. The hosts of
    ``pauses`` (by place) are left alone until then.
    """

    source: str
    every: timedelta
    looks: Sequence[Look] = ()
    readings: Sequence[Reading] = ()
    conditions: Sequence[Condition] = ()
    rest_days: frozenset[int] = frozenset((5, 6))
    current: frozenset[str] | None = None
    pauses: Mapping[str, datetime] = field(default_factory=dict)

    def places(self) -> dict[str, list[Look]]:
        """The looks at each place that the source has now."""
        found: dict[str, list[Look]] = {}
        for look in self.looks:
            if self.current is None or look.place in self.current:
                found.setdefault(look.place, []).append(look)
        return found

    def opened_at(self, name: str, place: str = "") -> datetime | None:
        """Since when a condition is open; what came later is not the usual that it is measured against."""
        for each in self.conditions:
            if (each.name, each.place) == (name, place) and each.closed_at is None:
                return each.opened_at
        return None


def judge(history: History) -> tuple[Finding, ...]:
    """Find what is wrong with a source, as of the last look at it: what came since nobody knows."""
    places = history.places()
    found = [finding for looks in places.values() for finding in _judge_place(history, looks)]
    found += _judge_silence(history, places)
    found += _judge_pages(history)
    if not any(finding.name == "churning" for finding in found):
        found += _find_copies(history)
    return tuple(found)


# One place


def _judge_place(history: History, looks: Sequence[Look]) -> Iterator[Finding]:
    trouble = _find_trouble(history, looks)
    if trouble:
        yield trouble
    elif looks[-1].is_answered:
        answered = [look for look in looks if look.is_answered and look.entries is not None]
        for find in (_find_collapse, _find_churn, _find_future):
            if answered and (finding := find(history, answered)):
                yield finding


def _find_trouble(history: History, looks: Sequence[Look]) -> Finding | None:
    """Name a place that gives nothing: an answer that is no feed, next to nothing, or a failure."""
    kind = _kind_of(looks[-1])
    in_a_row = _last_while(looks, lambda look: _kind_of(look) == kind)
    times, reason = _count(in_a_row), looks[-1].outcome
    patience = FAILURES if kind == "failing" and reason not in PERMANENT else LOOKS
    if kind == ANSWERED or times < patience:
        return None
    evidence: dict[str, object] = {"reason": reason, "looks": times, "since": _write(in_a_row[0].first_at)}
    if pause := history.pauses.get(looks[-1].place):
        evidence["left_alone_until"] = _write(pause)
    if looks[-1].size is not None:
        evidence["bytes"] = looks[-1].size
    return Finding(name=kind, place=looks[-1].place, evidence=evidence)


def _kind_of(look: Look) -> str:
    if look.outcome == "empty" or (look.size is not None and look.size < TINY and not look.entries):
        return "tiny"
    if look.outcome in MISTAKEN:
        return "not_a_feed"
    return ANSWERED if look.is_answered else "failing"


def _find_collapse(history: History, looks: Sequence[Look]) -> Finding | None:
    """Compare the entries with the fewest and the usual number that the place ever had."""
    last = looks[-1]
    few = _last_while(looks, lambda look: (look.entries or 0) <= (last.entries or 0))
    former = [look.entries or 0 for look in _before(looks[:-len(few)], history.opened_at("collapsed", last.place))]
    if len(former) < FEWEST_ROWS or _count(few) < LOOKS:
        return None
    usual, entries = median(former), last.entries or 0
    if usual < MANY or entries > FEW * usual or entries > CHANGED * min(former):
        return None
    return Finding(name="collapsed", place=last.place,
                   evidence={"entries": entries, "usual_entries": round(usual), "since": _write(few[0].first_at)})


def _find_churn(_history: History, looks: Sequence[Look]) -> Finding | None:
    """Find entries that are the same and go by new names, look after look; or feeds of which nothing ever stays."""
    changed = [look for before, look in pairwise(looks) if look.digest != before.digest or look.reissued]
    tests: tuple[tuple[str, int, Callable[[Look], bool]], ...] = (
        ("addresses", RENEWALS, lambda look: look.renamed > CHANGED * (look.entries or 0)),
        ("identifiers", RENEWALS, lambda look: look.reissued > CHANGED * (look.entries or 0)),
        ("turnover", 2 * RENEWALS, lambda look: not look.kept and look.fresh == look.entries and look.fresh >= FORMER),
    )
    for kind, least, is_renewed in tests:
        renewed = _last_while(changed, is_renewed)
        if len(renewed) >= least:
            return _name_churn(kind, renewed, len(renewed))
    redated = _last_while(looks, lambda look: look.outcome == REDATED)
    return _name_churn("dates", redated, _count(redated)) if _count(redated) >= RENEWALS else None


def _name_churn(kind: str, looks: Sequence[Look], times: int) -> Finding:
    return Finding(name="churning", place=looks[-1].place, evidence={
        "of": kind, "looks": times, "entries": looks[-1].entries, "since": _write(looks[0].first_at)})


def _find_future(_history: History, looks: Sequence[Look]) -> Finding | None:
    """Find feeds whose entries are dated ahead of their discovery; one such entry may be an announcement."""
    ahead = _last_while(looks, _is_ahead)
    if _count(ahead) < LOOKS:
        return None
    return Finding(name="future_dates", place=looks[-1].place, evidence={
        "future": ahead[-1].future, "entries": ahead[-1].entries, "newest": _write(ahead[-1].newest),
        "since": _write(ahead[0].first_at)})


def _is_ahead(look: Look) -> bool:
    entries = look.entries or 0
    return look.future > 0 and (look.future == entries or look.future >= max(2, FUTURE_SHARE * entries))


# Silence


def _judge_silence(history: History, places: Mapping[str, Sequence[Look]]) -> Iterator[Finding]:
    news = [at for look in history.looks for at in look.news]
    found = _listen(history, history.looks, news)
    if found:
        yield _name_silence(found, history.looks, place="")
    elif finding := _find_stale(history, news):
        yield finding
    elif len(places) > 1:  # the source lives: does one of its places not?
        for place, looks in places.items():
            changes = [look.first_at for before, look in pairwise(_answered(looks)) if look.digest != before.digest]
            if found := _listen(history, looks, changes, has_dates=False):
                yield _name_silence(found, looks, place=place)


def _listen(history: History, looks: Sequence[Look], events: Sequence[datetime], *,
            has_dates: bool = True) -> Silence | None:
    answered = _answered(looks)
    if not answered or not events:
        return None
    pause = _usual_pause(looks) or history.every
    return find_silence(
        events,
        looked_at=max(look.last_at for look in answered),
        every=pause,
        lag=_usual_lag(looks) if has_dates else timedelta(),
        rest_days=history.rest_days,
        excepted=_absences(looks, pause, history.every),
        alarms=_alarms(history),
    )


def _name_silence(found: Silence, looks: Sequence[Look], *, place: str) -> Finding:
    """Tell a source that pauses from one that repeats itself, and from one that never moved under our eyes."""
    after = [look for look in _answered(looks) if look.last_at > found.since]
    whole = sum(look.same - bool(look.fresh) for look in after)
    unmodified = sum(look.not_modified for look in after)
    if found.since < min(look.first_at for look in looks):
        name = "stale"
    else:
        name = "zombie" if whole >= LOOKS and whole > unmodified else "silent"
    evidence = found.evidence | {"same_answers": max(0, whole), "not_modified": unmodified}
    if redated := _count(look for look in after if look.outcome == REDATED):
        evidence["redated"] = redated
    return Finding(name=name, place=place, evidence=evidence)


def _find_stale(history: History, news: Sequence[datetime]) -> Finding | None:
    """Find a source too sparse to have a rhythm, whose newest entry is old all the same."""
    answered = _answered(history.looks)
    newest = max((look.newest for look in answered if look.newest), default=None)
    if newest is None or len(set(news)) > FEWEST_NEWS:
        return None
    age = max(look.last_at for look in answered) - newest
    gaps = [b - a for a, b in pairwise(sorted(news))]
    if age <= max(STALE, 3 * max(gaps, default=timedelta())):
        return None
    return Finding(name="stale", evidence={"newest": _write(newest), "age_seconds": round(age.total_seconds())})


def _alarms(history: History) -> list[tuple[datetime, datetime]]:
    """The silences that ended."""
    return [(each.opened_at, each.closed_at) for each in history.conditions
            if each.closed_at and each.name in ("silent", "zombie", "stale")]


def _absences(looks: Sequence[Look], pause: timedelta, every: timedelta) -> list[tuple[datetime, datetime]]:
    """The times when nobody looked: what was published meanwhile may be dated by when we came back."""
    away = max(6 * pause, 3 * every)
    ordered = sorted(looks, key=lambda look: look.first_at)
    return [(a.last_at, b.first_at) for a, b in pairwise(ordered) if b.first_at - a.last_at > away]


def _usual_pause(looks: Sequence[Look]) -> timedelta | None:
    """The median time between two looks at a place."""
    pauses: list[timedelta] = []
    for _, group in groupby(sorted(looks, key=lambda look: (look.place, look.first_at)), key=lambda look: look.place):
        rows = list(group)
        pauses += [b.first_at - a.last_at for a, b in pairwise(rows)]
        pauses += [(row.last_at - row.first_at) / (row.times - 1) for row in rows if row.times > 1]
    return middle(pauses) if pauses else None


def _usual_lag(looks: Sequence[Look]) -> timedelta:
    """What nine of ten entries take from publication to discovery; the first look at a place finds old ones."""
    first = {look.place: look.first_at for look in reversed(looks)}
    lags = sorted(look.first_at - at for look in looks if look.first_at > first[look.place] for at in look.news)
    return min(max(lags[int(0.9 * len(lags))], timedelta()), timedelta(days=1)) if lags else timedelta()


# Pages


def _judge_pages(history: History) -> Iterator[Finding]:
    """Compare the latest pages with the former ones: how many can be read, and how much text they give."""
    readings = [reading for reading in history.readings if reading.pages]
    latest = _latest(readings)
    earlier = readings[:len(readings) - len(latest)]
    if (finding := _find_unread(history, latest, earlier)) or (finding := _find_shrunk(history, latest, earlier)):
        yield finding


def _latest(readings: Sequence[Reading]) -> Sequence[Reading]:
    pages = 0
    for number, reading in enumerate(reversed(readings), start=1):
        pages += reading.pages
        if pages >= MANY:
            return readings[-number:]
    return readings


def _find_unread(history: History, latest: Sequence[Reading], earlier: Sequence[Reading]) -> Finding | None:
    reasons = sum((Counter(reading.reasons) for reading in latest), Counter[str]())
    is_refused = 2 * sum(amount for reason, amount in reasons.items() if _is_refusal(reason)) > reasons.total()
    name = "refused" if is_refused else "unreadable"
    former = _before(earlier, history.opened_at(name))
    pages, read = _sum_pages(latest)
    former_pages, former_read = _sum_pages(former)
    if pages < MANY or read == pages:
        return None
    share = read / pages
    is_sudden = former_pages >= FORMER and share < CHANGED * former_read / former_pages
    is_lasting = pages + former_pages >= FORMER and (read + former_read) < SHORT * (pages + former_pages)
    if not (is_sudden or (is_lasting and share < SHORT)):
        return None
    evidence = {"pages": pages, "read": read, "reasons": dict(reasons), "since": _write(latest[0].at)}
    if former_pages:
        evidence["usual_share_read"] = round(former_read / former_pages, 2)
    return Finding(name=name, evidence=evidence)


def _find_copies(history: History) -> Iterator[Finding]:
    """Find a source whose new articles are its old ones, run after run, whatever they are called."""
    copies = _last_while([each for each in history.readings if each.pages], lambda each: each.copies == each.pages)
    pages = sum(reading.pages for reading in copies)
    if len(copies) >= RENEWALS and pages >= FORMER:
        yield Finding(name="churning", evidence={"of": "copies", "looks": len(copies), "pages": pages,
                                                 "since": _write(copies[0].at)})


def _is_refusal(reason: str) -> bool:
    return reason.startswith(("http_", "robots_")) or reason in REFUSALS


def _find_shrunk(history: History, latest: Sequence[Reading], earlier: Sequence[Reading]) -> Finding | None:
    lengths = _lengths(latest)
    former = _lengths(_before(earlier, history.opened_at("shrunk")))
    if len(lengths) < MANY or len(former) < FORMER:
        return None
    now, usual = median(lengths), median(former)
    if now >= SHORT * usual or now >= former[len(former) // 10]:
        return None
    return Finding(name="shrunk", evidence={"characters": round(now), "usual_characters": round(usual),
                                            "since": _write(latest[0].at)})


def _lengths(readings: Sequence[Reading]) -> list[int]:
    """The lengths of the texts, in order of length, each run's median standing for all of its texts."""
    return sorted(reading.text_length for reading in readings if reading.text_length is not None
                  for _ in range(reading.read))


def _sum_pages(readings: Sequence[Reading]) -> tuple[int, int]:
    return sum(reading.pages for reading in readings), sum(reading.read for reading in readings)


# The clock


def find_overdue(*, next_due_at: datetime, last_started_at: datetime | None, every: timedelta, watched_since: datetime,
                 now: datetime) -> Finding | None:
    """Find a source that is due and that nobody runs: a run that hangs, a scheduler that died.

    ``watched_since`` is when the process that should run it began: what was due before is no fault of the scheduler.
    """
    late = now - max(next_due_at, watched_since)
    if late <= max(OVERDUE, 2 * every):
        return None
    return Finding(name="overdue", evidence={
        "due_at": _write(next_due_at), "late_seconds": round(late.total_seconds()),
        "last_started_at": _write(last_started_at)})


# Rows


def _answered(looks: Sequence[Look]) -> list[Look]:
    return [look for look in looks if look.is_answered]


def _count(looks: Iterable[Look]) -> int:
    return sum(look.times for look in looks)


def _last_while(rows: Sequence[Row], holds: Callable[[Row], bool]) -> list[Row]:
    return list(takewhile(holds, reversed(rows)))[::-1]


def _before(rows: Sequence[Row], at: datetime | None) -> list[Row]:
    """The rows that say what was usual before a condition was opened."""
    return [row for row in rows if at is None or (row.at if isinstance(row, Reading) else row.last_at) < at]


def _write(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None
