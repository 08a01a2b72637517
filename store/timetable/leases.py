"""Who runs a source now: a lease in the source's row, so that two daemons on one database never run it twice.

It is won by one conditional update and renewed by changing ``lease_beat`` while the run lasts. Nobody compares clocks
of two machines, and none is trusted not to jump: whoever waits for a lease watches its beat, and takes it over when
that stood still for a while of the watcher's own monotonic time. Of a process on this machine the system knows at once
whether it lives.
"""

import os
import secrets
import socket
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import and_, false, or_, select, update
from sqlalchemy.orm import Session

from store import models
from store.errors import UsageError
from store.upsert import dialect_of, insert

SECONDS = "AVVISI_LEASE_SECONDS"
LENGTH = 60.0  # seconds
BEATS = 3  # a length
DEAD = 0.8  # of a length without a beat
LOOKS = 6  # a length, of a daemon at the leases of others


def lease_length() -> float:
    """Read how long a lease is, in seconds, from the environment; raise UsageError where that is no length."""
    written = os.environ.get(SECONDS, "")
    try:
        length = float(written) if written else LENGTH
    except ValueError:
        length = -1.0
    if not 0.1 <= length <= 3600:
        raise UsageError(f"{SECONDS}={written}: write seconds from 0.1 to 3600, or unset it")
    return length


@dataclass(frozen=True, kw_only=True)
class Lease:
    """A lease as its row has it."""

    source: str
    holder: str
    beat: int
    until: datetime | None = None


@dataclass
class BeatWatch:
    """One daemon's view of the leases of others: since when each beat stands still, in its monotonic seconds."""

    length: float
    _seen: dict[str, tuple[str, int, float]] = field(default_factory=dict)
    _looked: float | None = None

    def look(self, leases: Collection[Lease], *, now: float) -> None:
        """Look at all leases. After a time without looking, as while a database was gone, watching begins anew."""
        if self._looked is not None and now - self._looked > 3 * self.length / LOOKS:
            self._seen.clear()
        self._looked = now
        former, self._seen = self._seen, {}
        for lease in leases:
            holder, beat, since = former.get(lease.source, (None, None, now))
            same = (holder, beat) == (lease.holder, lease.beat)
            self._seen[lease.source] = lease.holder, lease.beat, since if same else now

    def is_dead(self, lease: Lease, *, now: float) -> bool:
        """Whether a lease has had no beat for so long that its holder must be dead."""
        holder, beat, since = self._seen.get(lease.source, (None, None, now))
        return (holder, beat) == (lease.holder, lease.beat) and now - since >= DEAD * self.length


def name_holder() -> str:
    """Name this process for a lease: machine, process, and what tells it from a later one of that number."""
    pid = os.getpid()
    return f"{socket.gethostname()}/{pid}/{_name_place() or '-'}/{_find_start(pid) or secrets.token_hex(4)}"


def is_gone(holder: str) -> bool:
    """Tell whether the system knows that a holder no longer lives; False for one that it cannot know."""
    place = _name_place()
    parts = holder.rsplit("/", 3)
    if place is None or len(parts) != 4 or parts[2] != place or not parts[1].isdecimal():
        return False
    return _find_start(int(parts[1])) != parts[3]


def _name_place() -> str | None:
    """Name where process numbers mean the same: this start of this machine, this container of it."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot}:{Path('/proc/self/ns/pid').stat().st_ino}"
    except OSError:
        return None


def _find_start(pid: int) -> str | None:
    """Find when a process was started, in ticks since the machine was; None when it is gone, or only its shell is."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] in "ZX" else fields[19]


def list_leases(session: Session, source: str | None = None) -> tuple[Lease, ...]:
    """List the leases that are held, or the one on a source."""
    row = models.Source
    query = select(row.id, row.lease_holder, row.lease_beat, row.lease_until).where(row.lease_holder.is_not(None))
    if source is not None:
        query = query.where(row.id == source)
    return tuple(Lease(source=id, holder=holder or "", beat=beat, until=until)
                 for id, holder, beat, until in session.execute(query))


def take_lease(session: Session, source: str, *, holder: str, length: float, due_by: datetime | None = None,
               watch: BeatWatch | None = None, monotonic: float = 0.0) -> Lease | None:
    """Take the lease of a source; return the one that is in the way, or None when it is ours.

    With ``due_by`` only a source that is due by then is taken: it is not when another daemon has just run it, and then
    what is in the way has no holder. A lease in the way is taken over when its holder is gone: when the system says so,
    or a watch; without a watch, when the lease ended a whole length ago.
    """
    session.execute(insert(dialect_of(session), models.Source).values(id=source, failures=0)
                    .on_conflict_do_nothing(index_elements=["id"]))
    row = models.Source
    held = next(iter(list_leases(session, source)), None)
    is_dead = held is not None and _is_dead(held, length=length, watch=watch, monotonic=monotonic)
    ended = and_(row.lease_holder == held.holder, row.lease_beat == held.beat) if held and is_dead else false()
    may_take = [row.id == source, or_(row.lease_holder.is_(None), row.lease_holder == holder, ended)]
    if due_by is not None:
        may_take.append(or_(row.next_due_at.is_(None), row.next_due_at <= due_by))
    taken = session.execute(
        update(row).where(*may_take)
        .values(lease_holder=holder, lease_beat=row.lease_beat + 1, lease_until=_until(length))
        .returning(row.id)
    ).one_or_none()
    return None if taken else held or Lease(source=source, holder="", beat=0)


def _is_dead(held: Lease, *, length: float, watch: BeatWatch | None, monotonic: float) -> bool:
    if is_gone(held.holder):
        return True
    if watch is not None:
        return watch.is_dead(held, now=monotonic)
    return held.until is not None and datetime.now(UTC) > held.until + timedelta(seconds=length)


def renew_leases(session: Session, sources: Collection[str], *, holder: str, length: float) -> frozenset[str]:
    """Renew the leases on these sources; return those that are still ours."""
    row = models.Source
    kept = session.scalars(
        update(row).where(row.id.in_(sources), row.lease_holder == holder)
        .values(lease_beat=row.lease_beat + 1, lease_until=_until(length)).returning(row.id))
    return frozenset(kept)


def release_lease(session: Session, source: str, *, holder: str) -> bool:
    """Give a lease back; say whether it was still ours."""
    row = models.Source
    released = session.scalars(
        update(row).where(row.id == source, row.lease_holder == holder)
        .values(lease_holder=None, lease_until=None).returning(row.id))
    return released.one_or_none() is not None


def holds_lease(session: Session, source: str, *, holder: str) -> bool:
    """Whether a lease is ours."""
    row = models.Source
    return session.scalar(select(row.id).where(row.id == source, row.lease_holder == holder)) is not None


def _until(length: float) -> datetime:
    return datetime.now(UTC) + timedelta(seconds=length)


def shorten_holder(holder: str) -> str:
    """Shorten a holder for a person: machine and process."""
    return "/".join(holder.rsplit("/", 3)[:2])
