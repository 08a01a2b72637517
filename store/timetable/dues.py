"""When each source is due, and why: the rows that ``store.timetable.schedule`` decides on and a person can read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from store import models
from store.timetable.rhythm import learn, read_rhythm, write_rhythm
from store.timetable.schedule import (
    WAIT,
    WEIGHTS,
    Bounds,
    Due,
    Wishes,
    correct_due,
    merge_wishes,
    plan_check,
    plan_retry,
    read_wishes,
    write_wishes,
)


@dataclass(frozen=True, kw_only=True)
class Check:
    """What a run came to, for the schedule.

    ``failure`` is ``hard``, ``soft``, ``temporary`` or, where we ourselves cannot reach anything, ``offline``; None
    when at least one place could be read. Then ``published`` says when each new article was, None where it does not
    say. ``not_before`` is when the server wants to be asked again; what was not asked for, since its host is left
    alone, is ``put_off`` until then.
    """

    checked: datetime
    failure: str | None = None
    reason: str = ""
    published: tuple[datetime | None, ...] = ()
    wishes: tuple[Wishes, ...] = ()
    not_before: datetime | None = None
    put_off: datetime | None = None


def plan_next(session: Session, source_id: str, check: Check, *, bounds: Bounds, now: datetime, chance: float) -> Due:
    """Learn from a check, write the source's next due time, and return it."""
    row = session.get_one(models.Source, source_id, populate_existing=True)
    return _plan_good(row, check, bounds, now, chance) if check.failure is None else _plan_bad(
        row, check, bounds, now, chance)


def _plan_good(row: models.Source, check: Check, bounds: Bounds, now: datetime, chance: float) -> Due:
    rhythm = learn(read_rhythm(row.rhythm), published=check.published, now=check.checked)
    wishes = merge_wishes(check.wishes) if check.wishes else read_wishes(row.wishes)  # a 304 repeats none
    due = plan_check(rhythm, bounds=bounds, checked=check.checked, wishes=wishes, chance=chance)
    if check.not_before is not None and check.not_before > due.at:
        due = Due(at=check.not_before, reason=f"{WAIT}, though it answered elsewhere")
    row.rhythm, row.wishes = write_rhythm(rhythm), write_wishes(wishes)
    row.last_good_at, row.failing_since, row.failure_weight = check.checked, None, 0.0
    if check.published:
        row.last_new_at = now
    row.next_due_at, row.due_reason = max(due.at, now), due.reason
    return due


def _plan_bad(row: models.Source, check: Check, bounds: Bounds, now: datetime, chance: float) -> Due:
    row.failing_since = min(row.failing_since or now, now)
    row.failure_weight += WEIGHTS.get(check.failure or "", 0.0)
    due = plan_retry(weight=row.failure_weight, failing_since=row.failing_since, bounds=bounds, now=now,
                     reason=f"{check.failure} failure, {check.reason}", not_before=check.not_before,
                     put_off=check.put_off, chance=chance)
    row.next_due_at, row.due_reason = due.at, due.reason
    return due


def find_corrections(session: Session, bounds: Mapping[str, Bounds], *, now: datetime) -> dict[str, Due]:
    """Find due times that cannot be meant: a clock went back since they were planned, or the owner's wish changed."""
    row = models.Source
    query = select(row.id, row.next_due_at, row.last_finished_at, row.failing_since, row.due_reason).where(
        row.next_due_at > now)
    found = {}
    for id, due, finished, failing, reason in session.execute(query):
        if id in bounds and due is not None:
            keeps = failing is not None or WAIT in (reason or "")
            right = correct_due(due, now=now, finished=finished, most=None if keeps else bounds[id].most)
            if right < due:
                went_back = finished is not None and finished > now
                said = "the clock went back" if went_back else "its interval is shorter now"
                found[id] = Due(at=right, reason=f"{said}; {WAIT}" if WAIT in (reason or "") else said)
    return found


def correct_dues(session: Session, bounds: Mapping[str, Bounds], *, now: datetime) -> None:
    """Bring forward what ``find_corrections`` finds."""
    row = models.Source
    for id, due in find_corrections(session, bounds, now=now).items():
        session.execute(update(row).where(row.id == id).values(next_due_at=due.at, due_reason=due.reason))
        session.execute(update(row).where(row.id == id, row.last_finished_at > now).values(last_finished_at=now))


def get_last_good(session: Session, source_id: str) -> datetime | None:
    """Get when a source was last read."""
    return session.scalar(select(models.Source.last_good_at).where(models.Source.id == source_id))


def list_moves(session: Session, source_id: str) -> dict[str, str]:
    """List where places of a source went: from -> to."""
    row = models.Move
    query = select(row.from_url, row.to_url).where(row.source_id == source_id, row.ended_at.is_(None)).order_by(row.id)
    return {before: after for before, after in session.execute(query)}


def record_move(session: Session, source_id: str, *, from_url: str, to_url: str, how: str, now: datetime) -> None:
    """Note where a place went; a former note on it ends."""
    end_move(session, source_id, from_url=from_url, now=now)
    session.add(models.Move(source_id=source_id, from_url=from_url, to_url=to_url, how=how, found_at=now))


def end_move(session: Session, source_id: str, *, from_url: str, now: datetime) -> None:
    """Note that a place is asked at its own address again."""
    row = models.Move
    session.execute(update(row).where(row.source_id == source_id, row.from_url == from_url, row.ended_at.is_(None))
                    .values(ended_at=now))

