"""When each source is due, and what each pass over it did."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from store import models
from store.upsert import dialect_of, insert

INTERRUPTED = "interrupted"  # the outcome of a run whose process ended before it did


class Scheduled(Protocol):
    """What the store needs of a source."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def site(self) -> str: ...
    @property
    def language(self) -> str | None: ...
    @property
    def country(self) -> str | None: ...
    @property
    def every(self) -> timedelta: ...


def sync_sources(session: Session, sources: Iterable[Scheduled]) -> None:
    """Write the catalogue's sources into the database, their rhythm untouched; those it no longer names stay."""
    rows = [
        {"id": source.id, "name": source.name, "site": source.site, "language": source.language,
         "country": source.country, "every_seconds": int(source.every.total_seconds()), "failures": 0}
        for source in sources
    ]
    if not rows:
        return
    statement = insert(dialect_of(session), models.Source)
    changes = {name: statement.excluded[name] for name in ("name", "site", "language", "country", "every_seconds")}
    session.execute(statement.on_conflict_do_update(index_elements=["id"], set_=changes), rows)


def get_due_times(session: Session) -> dict[str, datetime | None]:
    """Get when each known source is due next; None where it never ran."""
    query = select(models.Source.id, models.Source.next_due_at)
    return {row.id: row.next_due_at for row in session.execute(query)}


def get_due_time(session: Session, source_id: str) -> datetime | None:
    """Get when a source is due next; None where it never ran."""
    return session.scalar(select(models.Source.next_due_at).where(models.Source.id == source_id))


def start_run(session: Session, source_id: str, *, now: datetime) -> int:
    """Open a run and return its id; a run of this source that never ended is closed as interrupted."""
    session.execute(insert(dialect_of(session), models.Source).values(id=source_id, failures=0)
                    .on_conflict_do_nothing(index_elements=["id"]))
    session.execute(update(models.Run).where(models.Run.source_id == source_id, models.Run.finished_at.is_(None))
                    .values(finished_at=now, outcome=INTERRUPTED))
    session.execute(update(models.Source).where(models.Source.id == source_id).values(last_started_at=now))
    run = models.Run(source_id=source_id, started_at=now, counts={}, requests=0)
    session.add(run)
    session.flush()
    return run.id


def finish_run(session: Session, run_id: int, *, outcome: str, counts: Mapping[str, int], requests: int,
               seconds: float, error: str | None = None, now: datetime, next_due_at: datetime | None = None) -> None:
    """Close a run with its counts and say when its source is due next; an error counts as a failure of the source."""
    source_id = session.scalars(update(models.Run).where(models.Run.id == run_id).values(
        finished_at=now, outcome=outcome, counts=dict(counts), requests=requests, seconds=seconds, error=error,
    ).returning(models.Run.source_id)).one()
    changes = {"last_finished_at": now, "last_outcome": outcome,
               "failures": models.Source.failures + 1 if error else 0}
    if next_due_at is not None:
        changes["next_due_at"] = next_due_at
    session.execute(update(models.Source).where(models.Source.id == source_id).values(changes))
