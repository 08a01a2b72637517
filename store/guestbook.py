"""What each host was asked and answered, day by day; the pauses that it wants; its robots.txt."""

import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from store import models
from store.upsert import dialect_of, insert

ROBOTS_BYTES = 512_000  # RFC 9309, 2.5: at least 500 KiB are read; what follows is ignored

_ADDED = ("requests", "conditional", "bytes", "seconds", "waits", "hurried")


@dataclass(kw_only=True)
class HostDay:
    """What a host was asked on a day, or, taken together, on several; fields as in the table ``host_day``.

    ``answers`` says how often it came to which word: statuses, failures, and our own refusals to ask.
    """

    host: str
    day: str
    requests: int = 0
    conditional: int = 0
    bytes: int = 0
    seconds: float = 0.0
    waits: int = 0
    hurried: int = 0
    pause: float | None = None
    crawl_delay: float | None = None
    spacing: float | None = None
    answers: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, kw_only=True)
class Pause:
    """Until when nothing is asked of a host, and why, in a word."""

    host: str
    until: datetime
    reason: str

    @property
    def cause(self) -> str:
        """The reason in the words for answers: ``http_503``, ``timeout``."""
        return f"http_{self.reason}" if self.reason.isdecimal() else self.reason


@dataclass(frozen=True, kw_only=True)
class KeptRobots:
    """An origin's robots.txt as it was last had; ``fetched_at`` is None where it never was."""

    status: int
    body: bytes
    fetched_at: datetime | None
    unreachable_since: datetime | None


def add_days(session: Session, days: Iterable[HostDay]) -> dict[tuple[str, str], int]:
    """Add what happened since the last time; return the requests of each host and day so far, of all processes."""
    totals: dict[tuple[str, str], int] = {}
    for day in days:
        totals[day.host, day.day] = _add_day(session, day)
        rows = [{"host": day.host, "day": day.day, "word": word[:40], "times": times}
                for word, times in day.answers.items()]
        if rows:
            statement = insert(dialect_of(session), models.HostAnswer)
            counted = statement.on_conflict_do_update(
                index_elements=["host", "day", "word"],
                set_={"times": models.HostAnswer.times + statement.excluded.times})
            session.execute(counted, rows)
    return totals


def _add_day(session: Session, day: HostDay) -> int:
    old, names = models.HostDay, [column.name for column in models.table_of(models.HostDay).columns]
    statement = insert(dialect_of(session), old).values({name: getattr(day, name) for name in names})
    new = statement.excluded
    changes = {name: getattr(old, name) + new[name] for name in _ADDED}
    for name in ("pause", "crawl_delay"):
        changes[name] = _pick(getattr(old, name), new[name], largest=True)
    changes["spacing"] = _pick(old.spacing, new["spacing"], largest=False)
    updated = statement.on_conflict_do_update(index_elements=["host", "day"], set_=changes)
    return int(session.scalars(updated.returning(old.requests)).one())


def _pick(old: Any, new: Any, *, largest: bool) -> Any:
    """The larger or smaller of two numbers, in SQL; what is unknown does not count."""
    keeps = old >= new if largest else old <= new
    return case((or_(new.is_(None), keeps), old), else_=new)


def get_requests(session: Session, host: str, day: str) -> int:
    """Count what a host was asked on a day, by all processes."""
    query = select(models.HostDay.requests).where(models.HostDay.host == host, models.HostDay.day == day)
    return session.scalar(query) or 0


def get_pause(session: Session, host: str, *, now: datetime) -> Pause | None:
    """Get the pause that a host still wants."""
    row = session.get(models.Host, host)
    if row is None or row.paused_until is None or row.paused_until <= now:
        return None
    return Pause(host=host, until=row.paused_until, reason=row.reason or "")


def list_pauses(session: Session, *, now: datetime) -> tuple[Pause, ...]:
    """List the hosts that are left alone now."""
    row = models.Host
    query = select(row.name, row.paused_until, row.reason).where(row.paused_until > now).order_by(row.name)
    return tuple(Pause(host=host, until=until, reason=reason or "")
                 for host, until, reason in session.execute(query) if until is not None)


def record_pause(session: Session, pause: Pause) -> None:
    """Remember that nothing is to be asked of a host for a time; a longer pause stays."""
    statement = insert(dialect_of(session), models.Host).values(
        name=pause.host, paused_until=pause.until, reason=pause.reason)
    new = statement.excluded
    is_later = or_(models.Host.paused_until.is_(None), models.Host.paused_until < new.paused_until)
    session.execute(statement.on_conflict_do_update(
        index_elements=["name"], set_={"paused_until": new.paused_until, "reason": new.reason}, where=is_later))


def get_robots(session: Session, origin: str) -> KeptRobots | None:
    """Get what is kept of an origin's robots.txt."""
    row = session.get(models.Robots, origin)
    if row is None:
        return None
    body = zlib.decompressobj().decompress(row.body, ROBOTS_BYTES) if row.body else b""
    return KeptRobots(status=row.status, body=body, fetched_at=row.fetched_at, unreachable_since=row.unreachable_since)


def record_robots(session: Session, origin: str, *, status: int, body: bytes, now: datetime) -> None:
    """Keep an origin's robots.txt as it was had."""
    _put_robots(session, origin, status=status, body=zlib.compress(body[:ROBOTS_BYTES]), fetched_at=now,
                unreachable_since=None)


def record_unreachable_robots(session: Session, origin: str, *, now: datetime) -> None:
    """Remember since when robots.txt cannot be had; what was had before is kept."""
    statement = insert(dialect_of(session), models.Robots).values(
        origin=origin, status=0, body=b"", fetched_at=None, unreachable_since=now)
    since = func.coalesce(models.Robots.unreachable_since, statement.excluded.unreachable_since)
    session.execute(statement.on_conflict_do_update(index_elements=["origin"], set_={"unreachable_since": since}))


def _put_robots(session: Session, origin: str, **values: object) -> None:
    statement = insert(dialect_of(session), models.Robots).values(origin=origin, **values)
    session.execute(statement.on_conflict_do_update(
        index_elements=["origin"], set_={name: statement.excluded[name] for name in values}))


def get_days(session: Session, host: str, *, since: str) -> tuple[HostDay, ...]:
    """Get a host's days from ``since`` on (``2026-11-22``), oldest first."""
    words: dict[str, Counter[str]] = {}
    answers = select(models.HostAnswer).where(models.HostAnswer.host == host, models.HostAnswer.day >= since)
    for answer in session.scalars(answers.order_by(models.HostAnswer.word)):
        words.setdefault(answer.day, Counter())[answer.word] = answer.times
    days = select(models.HostDay).where(models.HostDay.host == host, models.HostDay.day >= since)
    names = [column.name for column in models.table_of(models.HostDay).columns]
    return tuple(
        HostDay(**{name: getattr(row, name) for name in names}, answers=words.get(row.day, Counter()))
        for row in session.scalars(days.order_by(models.HostDay.day)))


def list_hosts(session: Session, *, like: str = "", limit: int = 10) -> tuple[str, ...]:
    """List the hosts that were asked whose name contains a word, the busiest first."""
    query = select(models.HostDay.host).where(models.HostDay.host.contains(like, autoescape=True))
    return tuple(session.scalars(
        query.group_by(models.HostDay.host).order_by(func.sum(models.HostDay.requests).desc()).limit(limit)))


def sum_days(host: str, days: Iterable[HostDay]) -> HostDay:
    """Take days together; the day is that of the first."""
    days = tuple(days)
    answers: Counter[str] = Counter()
    for day in days:
        answers.update(day.answers)
    return HostDay(
        host=host, day=days[0].day if days else "", answers=Counter(dict(sorted(answers.items()))),
        pause=max((day.pause for day in days if day.pause is not None), default=None),
        crawl_delay=max((day.crawl_delay for day in days if day.crawl_delay is not None), default=None),
        spacing=min((day.spacing for day in days if day.spacing is not None), default=None),
        **{name: sum(getattr(day, name) for day in days) for name in _ADDED})
