"""The one writer: a thread that runs many small jobs in few transactions.

A commit is the dear part of a write (SQLite in WAL: 1.6 thousand rows a second one by one, 24 thousand in batches), and
it would block an event loop. So jobs are queued, run together, and their futures complete only after the commit.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, wait
from dataclasses import dataclass, field
from random import uniform
from typing import Any, TypeVar

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from store.database import Database, is_its_own
from store.errors import DatabaseError
from store.outage import Outage

log = logging.getLogger(__name__)

T = TypeVar("T")

FIRST_PAUSE = 0.05
LONGEST_PAUSE = 5.0
CLOSING_PATIENCE = 12.0  # longer than a wait for a lock, so that one that was in vain is tried again once


@dataclass(frozen=True, kw_only=True, eq=False)
class _Job:
    run: Callable[[Session], Any]
    urgent: bool
    future: Future[Any] = field(default_factory=Future)
    submitted: float = field(default_factory=time.monotonic)


class Writer:
    """Runs jobs in batches, one transaction a batch; where a job fails, each in its own SAVEPOINT.

    A batch is committed when ``batch`` jobs wait, ``seconds`` after its first one came, or at once when an urgent one
    comes. A job that raises is undone alone and its future gets the exception. When the database is locked, full or
    gone the batch is tried again, ever less often, for ``patience`` seconds (``math.inf``: until it is back); then its
    futures fail with DatabaseError. One that is damaged fails them at once. A job may therefore run more than once,
    and should do nothing outside its session.

    A submitted job cannot be cancelled: who no longer waits for a write still wants it written. At most ``limit`` jobs
    wait; then ``submit`` blocks. An event loop asks ``is_full`` first, or awaits its futures and never gets there.
    """

    def __init__(self, database: Database, *, batch: int = 100, seconds: float = 1.0, patience: float = 60.0,
                 limit: int = 2000) -> None:
        self._database = database
        self._batch = batch
        self._seconds = seconds
        self._patience = patience
        self._limit = limit
        self._waiting: deque[_Job] = deque()
        self._urgent = 0
        self._is_closing = False
        self._hurried: float | None = None  # since when
        self._given_up: tuple[float, DatabaseError] | None = None  # when a batch was last, and why
        self.outage = Outage()
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._work, name="avvisi-writer", daemon=True)
        self._thread.start()

    @property
    def is_full(self) -> bool:
        """Whether ``submit`` would block now."""
        return len(self._waiting) >= self._limit

    @property
    def is_down(self) -> bool:
        """Whether the last batch was given up, and the database has not answered since."""
        return self._given_up is not None

    @property
    def is_alive(self) -> bool:
        """Whether its thread lives."""
        return self._thread.is_alive()

    @property
    def waiting(self) -> int:
        """How many jobs wait."""
        return len(self._waiting)

    def submit(self, job: Callable[[Session], T], *, urgent: bool = False) -> Future[T]:
        """Queue a job; its future completes when what it wrote is committed."""
        entry = _Job(run=job, urgent=urgent)
        entry.future.set_running_or_notify_cancel()  # from here on nobody can cancel it
        with self._changed:
            # The writer's own thread (a future's callback) must not wait for itself.
            while self.is_full and not self._is_closing and threading.current_thread() is not self._thread:
                self._changed.wait()
            if self._is_closing:
                raise RuntimeError("the writer is closed")
            self._waiting.append(entry)
            self._urgent += urgent
            if len(self._waiting) == 1 or self._is_due():  # to wake for each job costs more than to take it in
                self._changed.notify_all()
        return entry.future

    def flush(self) -> None:
        """Wait until everything submitted so far is committed or has failed; each future says which."""
        wait([self.submit(lambda _session: None, urgent=True)])

    def hurry(self) -> None:
        """Wait no longer than CLOSING_PATIENCE for a database that is away: the end is near."""
        with self._changed:
            self._hurried = self._hurried or time.monotonic()
            self._changed.notify_all()

    def close(self) -> None:
        """Write everything that waits, then stop; may be called twice."""
        self.hurry()
        with self._changed:
            self._is_closing = True
            self._changed.notify_all()
        self._thread.join()

    def __enter__(self) -> "Writer":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _work(self) -> None:
        while batch := self._take_batch():
            try:
                results = self._write_patiently(batch)
            except Exception as error:  # the edge of the jobs: whoever waits for them must hear of it
                if not isinstance(error, DatabaseError):
                    log.exception("writing a batch of %d failed", len(batch))
                for job in batch:
                    job.future.set_exception(error)
                continue
            for job, (result, failure) in zip(batch, results, strict=True):
                if failure is not None:
                    job.future.set_exception(failure)
                else:
                    job.future.set_result(result)

    def _take_batch(self) -> list[_Job]:
        """Wait for a batch to be due; empty when all is written and the writer closes."""
        with self._changed:
            while not self._is_due():
                pause = self._waiting[0].submitted + self._seconds - time.monotonic() if self._waiting else None
                self._changed.wait(pause)
            taken = [self._waiting.popleft() for _ in range(min(self._batch, len(self._waiting)))]
            self._urgent -= sum(job.urgent for job in taken)
            self._changed.notify_all()
            return taken

    def _is_due(self) -> bool:
        if self._is_closing or self._urgent or len(self._waiting) >= self._batch:
            return True
        return bool(self._waiting) and time.monotonic() >= self._waiting[0].submitted + self._seconds

    def _write_patiently(self, batch: list[_Job]) -> list[tuple[Any, Exception | None]]:
        """Write a batch, again and again while the database is locked or gone."""
        started = time.monotonic()
        pause = FIRST_PAUSE
        while True:
            try:
                self._refuse_at_the_end(started)
                results = self._write(batch)
            except DatabaseError as error:
                if not error.passing or time.monotonic() >= self._get_end(started):
                    if self._given_up is None or error is not self._given_up[1]:
                        self._given_up = time.monotonic(), error
                    log.error("%s; %d writes are given up", error, len(batch))
                    raise
                self.outage.note(error)
            else:
                self._given_up = None
                self.outage.end()
                return results
            # Two writers that met in a deadlock must not meet again.
            self._rest(uniform(pause / 2, pause))  # noqa: S311 no secret
            pause = min(pause * 2, LONGEST_PAUSE)

    def _refuse_at_the_end(self, started: float) -> None:
        """When the end is near, do not try what comes behind a batch that was given up: each waits 10 s for a lock."""
        if self._hurried is not None and self._given_up is not None:
            at, error = self._given_up
            if started < at + CLOSING_PATIENCE:
                raise error

    def _get_end(self, started: float) -> float:
        """When a batch is given up; after one was, the next ones are tried once, until one succeeds."""
        if self.is_down:
            return started
        end = started + self._patience
        return end if self._hurried is None else min(end, max(started, self._hurried) + CLOSING_PATIENCE)

    def _rest(self, seconds: float) -> None:
        with self._changed:
            until = time.monotonic() + seconds
            before = self._hurried
            while (left := until - time.monotonic()) > 0 and self._hurried == before:
                self._changed.wait(left)

    def _write(self, batch: list[_Job]) -> list[tuple[Any, Exception | None]]:
        """Run the jobs in one transaction; where one fails once more, each in a SAVEPOINT, which costs a fifth."""
        try:
            with self._database.begin() as session:
                return [(job.run(session), None) for job in batch]
        except DatabaseError:
            raise
        except Exception as error:  # noqa: BLE001  # it is raised again below, for who asked for the job
            log.debug("one of %d writes failed: %r", len(batch), error)
        with self._database.begin() as session:
            return [_run(job, session) for job in batch]


def _run(job: _Job, session: Session) -> tuple[Any, Exception | None]:
    try:
        with session.begin_nested():
            return job.run(session), None
    except Exception as error:  # the edge of a job: one that fails must not harm the others
        if isinstance(error, DBAPIError) and is_its_own(error):
            raise  # no fault of this job: the whole batch is tried again, or fails
        return None, error
