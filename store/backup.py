"""A consistent copy of the database while the service writes to it."""

import os
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL

from store.database import explain_sqlite, parse_url
from store.errors import DatabaseError, UsageError

PAGES = 2000  # of 4 KB, between two words about progress
TABLE = "alembic_version"  # every database of ours has it

Progress = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class Backup:
    """A copy that was made and verified; ``records`` is None where the copy cannot be asked."""

    file: Path
    size: int
    seconds: float
    records: int | None = None


def back_up(database_url: str, file: Path, *, force: bool = False,
            progress: Progress = lambda done, total: None) -> Backup:
    """Copy the database to a file that appears under its name only when it is whole and verified.

    Raises UsageError where the file exists or cannot be written, DatabaseError where the database cannot be read.
    """
    url = parse_url(database_url)
    _check_target(file, url, force=force)
    started = time.monotonic()
    unfinished = file.with_name(f".{file.name}.{os.getpid()}.unfinished")
    try:
        with _explaining(file):
            unfinished.touch(mode=0o600, exist_ok=False)
            records = None
            if url.get_backend_name() == "sqlite":
                records = _copy_sqlite(url, unfinished, progress)
            else:
                _dump_postgresql(url, unfinished, file)
            _flush(unfinished)
            size = unfinished.stat().st_size
            if records is not None:
                _clear_logs(file)
            _put_in_place(unfinished, file, force=force)
            _flush(file.parent)
    finally:
        unfinished.unlink(missing_ok=True)
    return Backup(file=file, size=size, seconds=time.monotonic() - started, records=records)


def _check_target(file: Path, url: URL, *, force: bool) -> None:
    if file.is_dir():
        raise UsageError(f"{file} is a directory: name a file in it")
    if not file.parent.is_dir():
        raise UsageError(f"{file} cannot be written: there is no folder {file.parent}")
    source = Path(url.database or "")
    if url.get_backend_name() == "sqlite" and file.exists() and source.exists() and file.samefile(source):
        raise UsageError(f"{file} is the database itself: name another file")
    if file.exists() and not force:
        raise UsageError(f"{file} exists: name another file, or overwrite it with --force")
    if file.exists() and not file.is_file():
        raise UsageError(f"{file} is no ordinary file: name another one")


def _clear_logs(file: Path) -> None:
    """Remove what a process that was killed left beside a former copy: SQLite would write it into the new one."""
    for end in ("-wal", "-shm", "-journal"):
        file.with_name(file.name + end).unlink(missing_ok=True)


def _put_in_place(unfinished: Path, file: Path, *, force: bool) -> None:
    if force:
        unfinished.replace(file)
        return
    try:
        os.link(unfinished, file)  # unlike a rename it never replaces a file that came meanwhile
    except FileExistsError as error:
        raise UsageError(f"{file} exists: name another file, or overwrite it with --force") from error
    except OSError:  # a file system without hard links
        unfinished.replace(file)


def _copy_sqlite(url: URL, target: Path, progress: Progress) -> int:
    """Copy one snapshot: a reading transaction stays open, so that no write makes the copy begin again."""
    source = Path(url.database or "")
    if not source.is_file():
        raise DatabaseError(f"{source} is not there: name the database with --database")
    try:
        with closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True, timeout=10,
                                     isolation_level=None)) as database:
            database.execute("BEGIN")
            tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
            if TABLE not in tables:
                raise DatabaseError(f"{source} holds no records of avvisi")
            with closing(sqlite3.connect(target, isolation_level=None)) as copy:
                copy.execute("PRAGMA synchronous = OFF")  # it is flushed once, at the end
                database.backup(copy, pages=PAGES, sleep=0,
                                progress=lambda _, left, total: progress(total - left, total))
                copy.execute("PRAGMA journal_mode = DELETE")  # one file, and none beside it
                return _verify(copy, target)
    except sqlite3.Error as error:
        raise explain_sqlite(error, str(source)) from error


def _verify(copy: sqlite3.Connection, target: Path) -> int:
    (said,) = copy.execute("PRAGMA quick_check(1)").fetchone()
    if said != "ok":
        raise DatabaseError(f"the copy is damaged ({said}): the database may be, too; the former copy was left alone")
    (records,) = copy.execute("SELECT count(*) FROM article").fetchone()
    return int(records)


def _dump_postgresql(url: URL, target: Path, file: Path) -> None:
    """Let pg_dump make the copy; its password goes by the environment, where no list of processes shows it."""
    bare = URL.create("postgresql", username=url.username, host=url.host, port=url.port, database=url.database,
                      query=url.query).render_as_string()
    program = shutil.which("pg_dump")
    if program is None:
        raise UsageError(f"PostgreSQL is copied by its own pg_dump, which is not here: install its client programs, or "
                         f"run where they are: pg_dump --format=custom --file={file} '{bare}'")
    environment = {**os.environ, **({"PGPASSWORD": str(url.password)} if url.password else {})}
    done = subprocess.run(  # noqa: S603 no shell; the program is the one on the path
        [program, "--format=custom", f"--file={target}", bare], env=environment, capture_output=True, text=True,
        check=False)
    if done.returncode:
        raise DatabaseError(f"pg_dump failed: {' '.join(done.stderr.split())[:500]}")


@contextmanager
def _explaining(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UsageError(f"{file} cannot be written: {error.strerror or error}") from error


def _flush(path: Path) -> None:
    """Bring a file, or a folder's names, to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
