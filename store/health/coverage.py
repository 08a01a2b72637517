"""The coverage ledger: for every source and day what was expected, seen and stored, and why the rest was not."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from statistics import median
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from store import models
from store.upsert import dialect_of
from store.values import Outcome

WEEKS = 4  # before a day, that say what is expected on its weekday
DAYS = 7  # before a day, where its weekday is not known
FEWEST = 2  # days that say what is expected
WAITING = frozenset(("queued", "fetched", "unread"))
NO_FAILURE = frozenset(("ok", "stopped"))


@dataclass(frozen=True, kw_only=True)
class Day:
    """A source's day (UTC), by when its links were found.

    ``expected`` is the usual number for that weekday, None while it is not known. ``not_stored`` counts the reasons,
    ``runs_failed`` the outcomes of runs in which something could not be read; ``conditions`` were open that day.
    """

    source: str
    day: date
    expected: float | None
    seen: int
    stored: int
    waiting: int
    not_stored: Mapping[str, int] = field(default_factory=dict)
    runs: int = 0
    runs_failed: Mapping[str, int] = field(default_factory=dict)
    conditions: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The day under the names of `coverage --json`."""
        return {**vars(self), "day": self.day.isoformat(), "conditions": list(self.conditions)}


def get_coverage(session: Session, *, since: date, until: date, source: str | None = None) -> tuple[Day, ...]:
    """Get the ledger from one day to another, both included, of one source or of all that ever ran."""
    links = _count_links(session, since - timedelta(weeks=WEEKS), until, source)
    runs = _count_runs(session, since, until, source)
    conditions = _find_conditions(session, since, until, source)
    first = _find_first_days(session, source)
    rows = []
    for name, day in _list_days(first, since, until):
        outcomes, ends = links.get((name, day), Counter()), runs.get((name, day), Counter())
        stored = {word for word in outcomes if word in set(Outcome)}
        rows.append(Day(
            source=name,
            day=day,
            expected=_expect(links, name, day, first[name]),
            seen=outcomes.total(),
            stored=sum(outcomes[word] for word in stored),
            waiting=sum(outcomes[word] for word in WAITING),
            not_stored=dict(sorted((word, n) for word, n in outcomes.items() if word not in stored | WAITING)),
            runs=ends.total(),
            runs_failed=dict(sorted((word, n) for word, n in ends.items() if word not in NO_FAILURE)),
            conditions=tuple(sorted({each for each, opened, closed in conditions.get(name, ())
                                     if opened <= day <= closed})),
        ))
    return tuple(rows)


def _expect(links: Mapping[tuple[str, date], Counter[str]], source: str, day: date, first: date) -> float | None:
    """The median of the same weekday, or else of the days before; a source's first day holds its whole backlog."""
    for former in ([day - timedelta(weeks=n) for n in range(1, WEEKS + 1)],
                   [day - timedelta(days=n) for n in range(1, DAYS + 1)]):
        seen = [links.get((source, each), Counter()).total() for each in former if each > first]
        if len(seen) >= FEWEST:
            return float(median(seen))
    return None


def _count_links(session: Session, since: date, until: date,
                 source: str | None) -> dict[tuple[str, date], Counter[str]]:
    view = models.coverage.c
    query = select(view.source, view.day, view.outcome, view.links).where(
        view.day >= since.isoformat(), view.day <= until.isoformat())
    if source is not None:
        query = query.where(view.source == source)
    return _gather(session.execute(query))


def _count_runs(session: Session, since: date, until: date,
                source: str | None) -> dict[tuple[str, date], Counter[str]]:
    row = models.Run
    day = (func.substr(row.started_at, 1, 10) if dialect_of(session) == "sqlite"
           else func.to_char(func.timezone("UTC", row.started_at), "YYYY-MM-DD"))
    query = select(row.source_id, day, func.coalesce(row.outcome, "running"), func.count()).where(
        row.started_at >= _midnight(since), row.started_at < _midnight(until + timedelta(days=1)),
    ).group_by(row.source_id, day, row.outcome)
    if source is not None:
        query = query.where(row.source_id == source)
    return _gather(session.execute(query))


def _gather(rows: Any) -> dict[tuple[str, date], Counter[str]]:
    found: dict[tuple[str, date], Counter[str]] = {}
    for source, day, word, amount in rows:
        found.setdefault((source, date.fromisoformat(day)), Counter())[word] += amount
    return found


def _find_conditions(session: Session, since: date, until: date,
                     source: str | None) -> dict[str, list[tuple[str, date, date]]]:
    row = models.Condition
    query = select(row.source_id, row.name, row.opened_at, row.closed_at).where(
        row.opened_at < _midnight(until + timedelta(days=1)),
        or_(row.closed_at.is_(None), row.closed_at >= _midnight(since)))
    if source is not None:
        query = query.where(row.source_id == source)
    found: dict[str, list[tuple[str, date, date]]] = {}
    for name, condition, opened, closed in session.execute(query):
        found.setdefault(name, []).append((condition, opened.date(), closed.date() if closed else date.max))
    return found


def _find_first_days(session: Session, source: str | None) -> dict[str, date]:
    row = models.Run
    query = select(row.source_id, func.min(row.started_at)).group_by(row.source_id)
    if source is not None:
        query = query.where(row.source_id == source)
    return {name: at.date() for name, at in session.execute(query)}


def _list_days(first: Mapping[str, date], since: date, until: date) -> Iterator[tuple[str, date]]:
    """Each source with each day since its first."""
    for source in sorted(first):
        start = max(since, first[source])
        for n in range((until - start).days + 1):
            yield source, start + timedelta(days=n)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def summarise(rows: Sequence[Day]) -> dict[str, Any]:
    """Sum some days."""
    reasons = sum((Counter(row.not_stored) for row in rows), Counter[str]())
    return {"seen": sum(row.seen for row in rows), "stored": sum(row.stored for row in rows),
            "waiting": sum(row.waiting for row in rows), "not_stored": dict(sorted(reasons.items()))}
