"""Open and close conditions as a source's history says, and remember who was told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from store import models
from store.health.conditions import UNREACHED, Finding, find_overdue, judge
from store.health.observations import load_history
from store.upsert import dialect_of, insert

TELLING = timedelta(minutes=5)  # one process has to tell of a condition before another may


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A condition as it stands in the database."""

    id: int
    source: str
    name: str
    place: str
    evidence: dict[str, Any]
    opened_at: datetime
    closed_at: datetime | None = None

    @property
    def state(self) -> str:
        """``opened`` or ``closed``."""
        return "closed" if self.closed_at else "opened"

    def as_dict(self) -> dict[str, Any]:
        """The condition under the names of `conditions --json`."""
        return {"source": self.source, "condition": self.name, "state": self.state, "place": self.place or None,
                "opened_at": _write(self.opened_at), "closed_at": _write(self.closed_at), "evidence": self.evidence}


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What one judgement opened and closed."""

    opened: tuple[Standing, ...] = ()
    closed: tuple[Standing, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return bool(self.opened or self.closed)


_condition = models.table_of(models.Condition)
_COLUMNS = (_condition.c.id, _condition.c.source_id.label("source"), _condition.c.name, _condition.c.place,
            _condition.c.evidence, _condition.c.opened_at, _condition.c.closed_at)


def judge_source(session: Session, source_id: str, *, every: timedelta, rest_days: frozenset[int],
                 now: datetime) -> Changes:
    """Hold a source against its history; open and close its conditions."""
    findings = examine(session, source_id, every=every, rest_days=rest_days)
    return Changes() if findings is None else settle(session, source_id, findings, now=now)


def examine(session: Session, source_id: str, *, every: timedelta, rest_days: frozenset[int],
            places: frozenset[str] | None = None,
            pauses: Mapping[str, datetime] | None = None) -> tuple[Finding, ...] | None:
    """Hold a source against its history, reading only: what is wrong now, None where that is what stands already."""
    history = load_history(session, source_id, every=every, rest_days=rest_days)
    findings = judge(replace(history, current=places, pauses=pauses or {}))
    standing = {(each.name, each.place): each.evidence for each in open_conditions(session, source=source_id)}
    return None if standing == {(each.name, each.place): each.evidence for each in findings} else findings


def judge_clocks(session: Session, *, watched_since: datetime, sources: Iterable[str], now: datetime) -> Changes:
    """Find the sources that are due and that nobody runs; a run closes what is opened here."""
    row = models.Source
    rows = session.execute(select(row.id, row.every_seconds, row.next_due_at, row.last_started_at)).all()
    wanted, opened = set(sources), list[Standing]()
    for each in rows:
        if each.id in wanted and each.next_due_at is not None:
            finding = find_overdue(next_due_at=each.next_due_at, last_started_at=each.last_started_at,
                                   every=timedelta(seconds=each.every_seconds or 0), watched_since=watched_since,
                                   now=now)
            if finding:
                opened += _open(session, each.id, finding, now=now)
    return Changes(opened=tuple(opened))


def settle(session: Session, source_id: str, findings: Sequence[Finding], *, now: datetime) -> Changes:
    """Make the open conditions of a source those that were found: open new ones, close the others."""
    standing = {(each.name, each.place): each for each in open_conditions(session, source=source_id)}
    opened, found = list[Standing](), {(finding.name, finding.place) for finding in findings}
    for finding in findings:
        known = standing.get((finding.name, finding.place))
        if known is None:
            opened += _open(session, source_id, finding, now=now)
        elif known.evidence != finding.evidence:
            session.execute(update(_condition).where(_condition.c.id == known.id)
                            .values(evidence=dict(finding.evidence)))
    over = [each for key, each in standing.items() if key not in found]
    session.execute(update(_condition).where(_condition.c.id.in_([each.id for each in over])).values(closed_at=now))
    closed = tuple(Standing(**{**vars(each), "closed_at": now}) for each in over)
    return Changes(opened=tuple(opened), closed=closed)


def open_conditions(session: Session, *, source: str | None = None) -> tuple[Standing, ...]:
    """Get what is wrong now, with one source or with all, the newest first."""
    return get_conditions(session, source=source, all=False)


def get_conditions(session: Session, *, source: str | None = None, all: bool = True) -> tuple[Standing, ...]:
    """Get the conditions, the newest first; without ``all`` those that are open."""
    query = select(*_COLUMNS).order_by(_condition.c.opened_at.desc(), _condition.c.id.desc())
    if source is not None:
        query = query.where(_condition.c.source_id == source)
    if not all:
        query = query.where(_condition.c.closed_at.is_(None))
    return tuple(Standing(**row) for row in session.execute(query).mappings())


def find_unreachable(conditions: Iterable[Standing]) -> frozenset[str]:
    """Find the sources that no connection leads to."""
    return frozenset(each.source for each in conditions
                     if each.name == "failing" and each.evidence.get("reason") in UNREACHED)


def claim_untold(session: Session, *, now: datetime, limit: int = 50) -> tuple[Standing, ...]:
    """Take on the conditions that nobody was told of, oldest first; no other process takes them meanwhile.

    What was closed before anybody heard of it is not told.
    """
    c = _condition.c
    untold = or_(c.closed_at.is_(None) & c.told.is_(None), c.closed_at.is_not(None) & (c.told == "opened"))
    free = or_(c.telling_until.is_(None), c.telling_until < now, c.telling_until > now + TELLING)  # of a clock ahead
    rows = session.execute(select(*_COLUMNS).where(untold, free).order_by(c.opened_at, c.id).limit(limit)).mappings()
    claimed = []
    for row in rows.all():
        taken = session.execute(update(_condition).where(c.id == row["id"], untold, free)
                                .values(telling_until=now + TELLING).returning(c.id)).first()
        if taken:
            claimed.append(Standing(**row))
    return tuple(claimed)


def note_told(session: Session, told: Standing) -> None:
    """Remember that a condition was told, in the state it was told in."""
    session.execute(update(_condition).where(_condition.c.id == told.id).values(told=told.state, telling_until=None))


def _open(session: Session, source_id: str, finding: Finding, *, now: datetime) -> tuple[Standing, ...]:
    """Open a condition; empty where another process did."""
    evidence = dict(finding.evidence)
    row = session.execute(insert(dialect_of(session), models.Condition).values(
        source_id=source_id, name=finding.name, place=finding.place, evidence=evidence, opened_at=now,
    ).on_conflict_do_nothing().returning(_condition.c.id)).first()
    return () if row is None else (Standing(id=row.id, source=source_id, name=finding.name, place=finding.place,
                                            evidence=evidence, opened_at=now),)


def _write(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None
