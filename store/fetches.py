"""What is known of an address: its validators, whether it was seen before, when to try it again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, case, func, or_, select, update
from sqlalchemy.orm import Session

from store import models
from store.fingerprint import shorten_key
from store.upsert import dialect_of, insert
from store.values import Link

FIRST_PAUSE = timedelta(minutes=15)  # before a link that failed for now is tried again; doubled each time
MAX_ATTEMPTS = 5  # then it has failed for good: 15 min, 30 min, 1 h and 2 h lie between them
LONGEST_PAUSE = timedelta(days=1)  # of a link that is put off, as until its host's next daily budget
CHUNK = 500  # rows a statement: SQLite takes 32,766 variables, ten a row


class LinkState(StrEnum):
    """Where a link stands in the queue."""

    QUEUED = "queued"
    FETCHED = "fetched"
    FAILED = "failed"


_link = models.table_of(models.Link)
MARK_FETCHED = _link.update().where(_link.c.key == bindparam("of_key")).values(
    state=LinkState.FETCHED, attempts=_link.c.attempts + 1, reason=None, next_try_at=None)


@dataclass(frozen=True, kw_only=True)
class Validators:
    """What a server gave us to ask "has it changed?" with, as sent."""

    etag: str | None = None
    last_modified: str | None = None


def get_validators(session: Session, url: str) -> Validators:
    """Get the validators of an address; both None if it is not known."""
    query = select(models.Fetch.etag, models.Fetch.last_modified).where(models.Fetch.url == shorten_key(url))
    row = session.execute(query).one_or_none()
    return Validators(etag=row.etag, last_modified=row.last_modified) if row else Validators()


def record_fetch(session: Session, *, url: str, status: int, validators: Validators, now: datetime) -> None:
    """Remember the answer of an address.

    A 200 replaces the validators. Any other answer keeps them where it brings none: a 304 may leave them out, and an
    error says nothing about the version that we have.
    """
    session.execute(_record_fetch(dialect_of(session), is_whole=status == 200), {
        "url": shorten_key(url), "status": status, "fetched_at": now, "changed_at": now if status == 200 else None,
        "etag": validators.etag, "last_modified": validators.last_modified,
    })


@cache
def _record_fetch(dialect: str, *, is_whole: bool) -> Any:
    """Write the statement once: SQLAlchemy takes milliseconds to spell it."""
    statement = insert(dialect, models.Fetch)
    new, old = statement.excluded, models.Fetch
    kept = {} if is_whole else {
        "etag": func.coalesce(new.etag, old.etag),
        "last_modified": func.coalesce(new.last_modified, old.last_modified),
        "changed_at": old.changed_at,
    }
    changes = {name: new[name] for name in ("status", "fetched_at", "etag", "last_modified", "changed_at")} | kept
    return statement.on_conflict_do_update(index_elements=["url"], set_=changes)


def _is_seen(keys: Sequence[str]) -> Select[str]:
    """Find which of these addresses led to a record; one that is over goes on elsewhere, under the same key.

    Only addresses that are not over are in an index: without that word the whole table was read for each feed.
    """
    return select(models.Sighting.key).where(models.Sighting.key.in_(keys), models.Sighting.ended_at.is_(None))


def queue_links(session: Session, *, source: str, links: Sequence[Link], now: datetime) -> tuple[Link, ...]:
    """Queue the links whose key was never seen before, neither in the queue nor as an address of a record; return them.

    Of several links with one key the first counts. The order stays.
    """
    fresh: dict[str, Link] = {}
    for link in links:
        fresh.setdefault(shorten_key(link.key), link)
    new: set[str] = set()
    for keys in _cut(list(fresh), CHUNK):
        known = set(session.scalars(_is_seen(keys)))
        rows = [_make_row(key, fresh[key], source, now) for key in keys if key not in known]
        if rows:
            statement = insert(dialect_of(session), models.Link).on_conflict_do_nothing(index_elements=["key"])
            new.update(session.scalars(statement.returning(models.Link.key), rows))
    return tuple(link for key, link in fresh.items() if key in new)


def find_new_links(session: Session, links: Sequence[Link]) -> tuple[Link, ...]:
    """Find the links whose key was never seen before, in their order; of several with one key the first."""
    fresh: dict[str, Link] = {}
    for link in links:
        fresh.setdefault(shorten_key(link.key), link)
    known: set[str] = set()
    for keys in _cut(list(fresh), CHUNK):
        known.update(session.scalars(_is_seen(keys)))
        known.update(session.scalars(select(models.Link.key).where(models.Link.key.in_(keys))))
    return tuple(link for key, link in fresh.items() if key not in known)


def get_queued_links(session: Session, *, source: str, now: datetime, limit: int | None = None) -> tuple[Link, ...]:
    """Get what waits to be fetched, oldest first: found by an earlier run, or failed for now and due again."""
    query = (
        select(models.Link.url, models.Link.key, models.Link.title, models.Link.published, models.Link.modified)
        .where(models.Link.source == source, models.Link.state == LinkState.QUEUED)
        .where(_is_due(now))
        .order_by(models.Link.id)
        .limit(limit)
    )
    return tuple(Link(**row) for row in session.execute(query).mappings())


def _is_due(now: datetime) -> ColumnElement[bool]:
    """Whether a link may be tried; a time that no pause explains was written by a clock that was ahead."""
    moment = models.Link.next_try_at
    return or_(moment.is_(None), moment <= now, moment > now + LONGEST_PAUSE)


def record_failure(session: Session, *, key: str, reason: str, temporary: bool, now: datetime) -> bool:
    """Remember that a link could not be fetched; return whether it will be tried again.

    A temporary failure is tried again after FIRST_PAUSE, doubled each time, MAX_ATTEMPTS in all.
    """
    key = shorten_key(key)
    attempts = session.scalar(select(models.Link.attempts).where(models.Link.key == key))
    if attempts is None:
        return False
    attempts += 1
    again = temporary and attempts < MAX_ATTEMPTS
    session.execute(update(models.Link).where(models.Link.key == key).values(
        attempts=attempts,
        reason=reason,
        state=LinkState.QUEUED if again else LinkState.FAILED,
        next_try_at=now + FIRST_PAUSE * 2 ** (attempts - 1) if again else None,
    ))
    return again


def record_put_off(session: Session, *, key: str, reason: str, until: datetime) -> None:
    """Leave a link in the queue until a better moment, and remember why; it is no attempt, for nothing was asked."""
    waits = models.Link.key == shorten_key(key), models.Link.state == LinkState.QUEUED
    session.execute(update(models.Link).where(*waits).values(reason=reason, next_try_at=until))


def mark_fetched(session: Session, key: str) -> None:
    """Take a link out of the queue: its page is here."""
    session.execute(MARK_FETCHED, {"of_key": shorten_key(key)})


def count_queued(session: Session, *, source: str, now: datetime) -> tuple[int, int]:
    """Count a source's links that wait: those due now, and those that wait for another attempt."""
    due = case((_is_due(now), 1), else_=0)
    query = select(func.coalesce(func.sum(due), 0), func.count()).where(
        models.Link.source == source, models.Link.state == LinkState.QUEUED)
    ready, waiting = session.execute(query).one()
    return int(ready), int(waiting) - int(ready)


def _make_row(key: str, link: Link, source: str, now: datetime) -> dict[str, object]:
    return {
        "key": key, "url": link.url, "source": source, "title": link.title, "published": link.published,
        "modified": link.modified, "found_at": now, "state": LinkState.QUEUED, "attempts": 0,
    }


def _cut(keys: list[str], size: int) -> Iterator[list[str]]:
    for start in range(0, len(keys), size):
        yield keys[start : start + size]
