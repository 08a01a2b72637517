"""When a stored page is looked at again, and what is learnt there: that it stands, or that it is gone.

Articles are corrected within hours and withdrawn within weeks; so a page is looked at again at the ages of ``AGES``,
and then no more. Each time is data of the record; a page that answers 304 costs its site next to nothing.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from store import models
from store.fingerprint import shorten_key
from store.upsert import dialect_of, insert

# Several in the first day, then days, then weeks: eleven requests in ten weeks.
AGES = tuple(timedelta(hours=hours) for hours in (1, 3, 8, 24)) + tuple(
    timedelta(days=days) for days in (2, 4, 7, 14, 28, 49, 70))
GONE = (404, 410)


@dataclass(frozen=True, kw_only=True)
class DueRecheck:
    """A record whose page is to be looked at again."""

    article_id: str
    url: str
    key: str


def next_recheck(age: timedelta) -> timedelta | None:
    """Say how long after now a page of this age is looked at next; None when no more."""
    place = bisect_right(AGES, age)
    return AGES[place] - age if place < len(AGES) else None


def plan_recheck(session: Session, *, article_id: str, source: str, url: str, now: datetime) -> None:
    """Have a record's page looked at again, if that is not planned yet."""
    pause = next_recheck(timedelta(0))
    session.execute(_plan(dialect_of(session)), {
        "article_id": article_id, "source": source, "url": url, "checks": 0, "last_checked_at": None,
        "next_check_at": now + pause if pause else None,
    })


@cache
def _plan(dialect: str) -> Any:
    return insert(dialect, models.Recheck).on_conflict_do_nothing(index_elements=["article_id"])


def get_due_rechecks(session: Session, source: str, now: datetime, limit: int) -> tuple[DueRecheck, ...]:
    """Get the records of a source whose pages are due, those due longest first."""
    recheck = models.Recheck
    query = (
        select(recheck.article_id, recheck.url, models.Article.key)
        .join(models.Article, models.Article.id == recheck.article_id)
        # A time that no pause explains was written by a clock that was ahead.
        .where(recheck.source == source, or_(recheck.next_check_at <= now, recheck.next_check_at > now + AGES[-1]))
        .order_by(recheck.next_check_at, recheck.article_id)
        .limit(limit)
    )
    return tuple(DueRecheck(**row) for row in session.execute(query).mappings())


def record_recheck(session: Session, article_id: str, *, now: datetime) -> None:
    """Remember that a page was asked for, whatever it answered, and when it is asked for next."""
    first_seen = session.scalar(select(models.Article.first_seen).where(models.Article.id == article_id))
    pause = next_recheck(now - first_seen) if first_seen is not None else None
    session.execute(update(models.Recheck).where(models.Recheck.article_id == article_id).values(
        last_checked_at=now, checks=models.Recheck.checks + 1, next_check_at=now + pause if pause else None))


def record_still_there(session: Session, article_id: str, *, now: datetime) -> None:
    """Remember that a page answered that it has not changed."""
    session.execute(update(models.Article).where(models.Article.id == article_id).values(last_seen=now))
    key = select(models.Article.key).where(models.Article.id == article_id).scalar_subquery()
    session.execute(
        update(models.Sighting)
        .where(models.Sighting.key == key, models.Sighting.ended_at.is_(None))
        .values(last_seen=now, times=models.Sighting.times + 1))
    session.execute(update(models.Tombstone).where(models.Tombstone.key == key, models.Tombstone.back_at.is_(None))
                    .values(back_at=now))


def record_gone(session: Session, *, key: str, status: int, now: datetime) -> bool:
    """Set a tombstone for a page that was there and answers 404 or 410; return whether it is a new one."""
    key = shorten_key(key)
    article_id = session.scalar(select(models.Sighting.article_id).where(
        models.Sighting.key == key, models.Sighting.ended_at.is_(None)))
    is_marked = select(models.Tombstone.id).where(models.Tombstone.key == key, models.Tombstone.back_at.is_(None))
    if article_id is None or session.scalar(is_marked) is not None:
        return False
    session.add(models.Tombstone(article_id=article_id, key=key, status=status, gone_at=now))
    session.flush()
    return True
