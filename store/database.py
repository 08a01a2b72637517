"""Open a database, SQLite or PostgreSQL, at the newest version of its tables.

A write on SQLite begins with BEGIN IMMEDIATE: a transaction that reads first and writes later would be refused, not
made to wait, when another process wrote in between. On PostgreSQL a write begins with one advisory lock for the same
order: batches that meet the same texts in another order would lock each other out, again and again (three writers with
batches of 15 gave up after 3 s). A transaction begins with its first statement, not before. A read
is one snapshot. ``synchronous = FULL``: what was committed outlives this process however it ends, and a power cut, too.
Batches make the price small: one flush of the disk for up to a hundred records.
"""

import logging
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from json import dumps
from pathlib import Path
from sqlite3 import (
    SQLITE_BUSY,
    SQLITE_CANTOPEN,
    SQLITE_CORRUPT,
    SQLITE_FULL,
    SQLITE_IOERR,
    SQLITE_LOCKED,
    SQLITE_NOTADB,
    SQLITE_PERM,
    SQLITE_READONLY,
)
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from store.errors import DatabaseError, DatabaseTooNew
from store.migrations import list_revisions

log = logging.getLogger(__name__)

BUSY_MS = 10_000
# A batch of 100 records writes to some 1,600 pages of the index of copies. With SQLite's own 2 MB and 1,000 pages they
# are written twice, and an insertion takes a third longer at 100 thousand records.
CACHE_KB = 16_000
LOG_PAGES = 4000
LOG_BYTES = 32_000_000  # a log that grew longer, as beside a long export, is cut to this when it begins anew
WRITE_LOCK = 0x61767669  # "avvi": PostgreSQL's advisory locks are numbers
CONNECT_SECONDS = 10
# A server that vanished without a word (a pulled plug) is noticed after a minute, not after TCP's quarter of an hour;
# and a client that vanished holds the lock no longer than that on a server that we share.
POSTGRES_OPTIONS = {"connect_timeout": CONNECT_SECONDS, "keepalives_idle": 30, "keepalives_interval": 10,
                    "keepalives_count": 3, "tcp_user_timeout": 60_000}
POSTGRES_SETTINGS = {"tcp_keepalives_idle": "30", "tcp_keepalives_interval": "10", "tcp_keepalives_count": "3",
                     "idle_in_transaction_session_timeout": "'10min'"}

# What SQLite says, and the way out.
SQLITE_SAYS = {
    SQLITE_BUSY: "is locked by another process: stop that one or try again later",
    SQLITE_LOCKED: "is locked by another process: stop that one or try again later",
    SQLITE_NOTADB: "is not a database: name another file",
    SQLITE_CORRUPT: "is damaged: restore a copy of it, or name another file",
    SQLITE_CANTOPEN: "cannot be opened: its folder must exist, and both must be readable and writable",
    SQLITE_PERM: "cannot be opened: it must be readable and writable",
    SQLITE_READONLY: "cannot be written: it and its folder must be writable, even to read it; copy it elsewhere",
    SQLITE_FULL: "cannot grow: the disk is full",
    SQLITE_IOERR: "cannot be read or written: its disk reports an error",
}
SQLITE_PASSING = {SQLITE_BUSY, SQLITE_LOCKED, SQLITE_FULL, SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_READONLY}

# PostgreSQL's classes of errors that pass: connection lost, rolled back (deadlock), resources, lock not available,
# operator intervention (a restart), a server that only reads for now (a standby).
POSTGRES_PASSING = ("08", "40", "53", "55P03", "57", "25006")


class Database:
    """An open database. Threads may share it; each transaction has its own connection."""

    def __init__(self, engine: Engine, *, name: str, revision_before: str | None) -> None:
        self.name = name
        self.revision_before = revision_before
        self.revision = list_revisions()[-1]
        self._engine = engine
        self._writing = engine.execution_options(avvisi_writes=True)
        self._reading = (
            engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            if engine.dialect.name == "postgresql" else engine
        )

    @contextmanager
    def begin(self) -> Iterator[Session]:
        """Write in one transaction: committed at the end of the block, rolled back if it raises."""
        with self._explaining(), Session(self._writing, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Read one snapshot; nothing can be written in it."""
        with self._explaining(), Session(self._reading, expire_on_commit=False) as session:
            yield session

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def __enter__(self) -> "Database":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _explaining(self) -> Iterator[None]:
        """Turn what the database does to us into a line for the user; our own mistakes pass as they are."""
        try:
            yield
        except PoolTimeout as error:  # while a server hangs, each reader holds its connection for longer than that
            raise DatabaseError(f"{self.name} cannot be asked: all connections are in use", passing=True) from error
        except DBAPIError as error:
            if not is_its_own(error):
                raise
            raise _explain(error, self.name) from error


def open_database(url: str, *, migrate: bool = True) -> Database:
    """Open the database at this URL; create it or bring its tables to the newest version first.

    With ``migrate=False`` a database that is not current is refused. Raises DatabaseError, DatabaseTooNew.
    """
    parsed = parse_url(url)
    name = _name(parsed)
    engine = _make_engine(parsed, name)
    try:
        before = _bring_up(engine, name, migrate=migrate)
    except DBAPIError as error:
        engine.dispose()
        raise _explain(error, name) from error
    except BaseException:
        engine.dispose()
        raise
    if engine.dialect.name == "sqlite" and not name.startswith("file:"):
        event.listen(engine, "do_connect", _open_again)
    return Database(engine, name=name, revision_before=before)


def is_passing(error: BaseException | None) -> bool:
    """Tell whether a database error may be gone in a moment: a lock, a restart, a full disk."""
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated:
        return True
    code: int | None = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in SQLITE_PASSING
    state: str | None = getattr(error.orig, "sqlstate", None)
    if state:
        return state.startswith(POSTGRES_PASSING)
    return isinstance(error, OperationalError)  # without a state the server was never reached, or went away


def parse_url(url: str) -> URL:
    """Read a database's URL; raises DatabaseError, which says what to write."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise DatabaseError(f"not a database URL: {_hide(url)}: write sqlite:///FILE or "
                            "postgresql+psycopg://USER@HOST/NAME") from error
    if parsed.get_backend_name() == "postgres":
        parsed = parsed.set(drivername="postgresql")
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername not in ("sqlite", "sqlite+pysqlite", "postgresql+psycopg"):
        raise DatabaseError(f"no database of the kind {parsed.drivername}: avvisi keeps its records in SQLite "
                            "(sqlite:///FILE) or PostgreSQL (postgresql+psycopg://USER@HOST/NAME)")
    if parsed.get_backend_name() == "postgresql" and find_spec("psycopg") is None:
        raise DatabaseError(f"{_name(parsed)} needs the driver psycopg: pip install 'avvisi[postgres]'")
    return parsed


def _hide(url: str) -> str:
    """Show what was typed, but never a password."""
    return url.rpartition("@")[2] or "(empty)"


def _name(url: URL) -> str:
    if url.get_backend_name() == "sqlite":
        return url.database or "sqlite:// (in memory)"
    return url.render_as_string(hide_password=True)


def _make_engine(url: URL, name: str) -> Engine:
    options: dict[str, Any] = {"json_serializer": partial(dumps, ensure_ascii=False)}
    if url.get_backend_name() == "sqlite":
        _check_file(url, name)
    else:
        options |= {"pool_pre_ping": True, "connect_args": POSTGRES_OPTIONS}
    try:
        engine = create_engine(url, **options)
    except (NoSuchModuleError, ArgumentError, ValueError) as error:
        raise DatabaseError(f"{name} cannot be opened: {error}") from error
    except ImportError as error:
        raise DatabaseError(f"{name} needs the driver psycopg: pip install 'avvisi[postgres]'") from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "connect", _prepare_postgresql)
        event.listen(engine, "begin", _begin_postgresql)
    return engine


def _check_file(url: URL, name: str) -> None:
    """Refuse what SQLite would only call "unable to open"."""
    file = url.database or ""
    if file in ("", ":memory:"):
        raise DatabaseError("a database in memory keeps nothing: name a file, as in sqlite:///avvisi.db")
    if file.startswith("file:"):  # SQLite's own URI form; it checks that itself
        return
    path = Path(file)
    if path.is_dir():
        raise DatabaseError(f"{name} is a directory: name a file in it, as in sqlite:///{path / 'avvisi.db'}")
    if not path.parent.is_dir():
        raise DatabaseError(f"{name} cannot be made: there is no folder {path.parent}")
    if path.exists() and not path.is_file():
        raise DatabaseError(f"{name} is no ordinary file: name another one")


def _open_again(_dialect: object, _record: object, arguments: list[str], options: dict[str, Any]) -> sqlite3.Connection:
    """Open a file that was there before: where it is gone, SQLite would make another one without a table."""
    uri = f"{Path(arguments[0]).absolute().as_uri()}?mode=rw"
    connection: sqlite3.Connection = sqlite3.connect(uri, **options | {"uri": True})
    return connection


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # we begin transactions ourselves, see _begin_sqlite
    for pragma in (f"busy_timeout = {BUSY_MS}", "foreign_keys = ON", "synchronous = FULL",
                   f"cache_size = -{CACHE_KB}", f"wal_autocheckpoint = {LOG_PAGES}",
                   f"journal_size_limit = {LOG_BYTES}"):
        connection.execute(f"PRAGMA {pragma}")
    _switch_to_wal(connection)


def _switch_to_wal(connection: Any) -> None:
    """Have a file keep a log. SQLite itself waits for nobody here, and two that open a new file at once meet."""
    end = time.monotonic() + BUSY_MS / 1000
    while True:
        try:
            if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
                connection.execute("PRAGMA journal_mode = WAL")  # where there can be none it stays as it is
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != SQLITE_BUSY or time.monotonic() >= end:
                raise
            time.sleep(0.02)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("avvisi_writes", False)
    connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if writes else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _prepare_postgresql(connection: Any, _record: object) -> None:
    connection.execute("SET TIME ZONE 'UTC'")  # so that the view's times read the same everywhere
    connection.execute(f"SET lock_timeout = {BUSY_MS}")
    for name, value in POSTGRES_SETTINGS.items():
        connection.execute(f"SET {name} = {value}")
    connection.commit()


def _begin_postgresql(connection: Connection) -> None:
    if connection.get_execution_options().get("avvisi_writes", False):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITE_LOCK})")


def _bring_up(engine: Engine, name: str, *, migrate: bool) -> str | None:
    """Return the version that was found; the newest is there afterwards."""
    newest = list_revisions()[-1]
    with engine.connect() as connection:
        before = _find_version(connection, name)
    if before == newest:
        return before
    if not migrate:
        raise DatabaseError(f"{name} is at version {before or 'none'}, this avvisi needs {newest}: run avvisi migrate")
    with engine.connect().execution_options(avvisi_writes=True) as connection, connection.begin():
        if _find_version(connection, name) != newest:  # else another process was faster
            if before is not None:
                log.warning("%s: upgrading from version %s to %s, which may take minutes", name, before, newest)
            _upgrade(connection)
    return before


def _find_version(connection: Connection, name: str) -> str | None:
    """Read the version of the tables; None for a database that holds none."""
    tables = _list_tables(connection)
    if "alembic_version" not in tables:
        _refuse_strangers(tables, connection.dialect.name, name)
        return None
    version: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if version is not None and "article" not in tables:  # another program's, also kept by Alembic
        raise DatabaseError(f"{name} holds the tables of another program: name another database")
    if version is not None and version not in list_revisions():
        raise DatabaseTooNew(f"{name} was written by a newer avvisi (version {version}, this one knows "
                             f"{list_revisions()[-1]}): upgrade avvisi, or name another database")
    return version


def _list_tables(connection: Connection) -> set[str]:
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'table'" if connection.dialect.name == "sqlite"
        else "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
    )
    return set(connection.execute(text(query)).scalars())


def _refuse_strangers(tables: set[str], dialect: str, name: str) -> None:
    """Keep out of another program's file; a PostgreSQL schema may be shared, as long as no name is taken."""
    ours = {"source", "run", "fetch", "link", "page", "article", "revision", "removal", "sighting", "record",
            "site", "site_page", "site_line", "cleaning", "observation", "reading", "condition", "coverage"}
    taken = tables if dialect == "sqlite" else tables & ours
    if taken:
        raise DatabaseError(f"{name} holds tables of another program ({', '.join(sorted(taken)[:3])}): "
                            "name another database")


def _upgrade(connection: Connection) -> None:
    with _unseen("pygments"):  # Alembic's templates would colour their errors, for 5 MB that never go again
        from alembic import command  # .3 s, and seldom needed
        from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "store:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


@contextmanager
def _unseen(module: str) -> Iterator[None]:
    """Let a module that is not loaded look as if it were not installed."""
    if module in sys.modules:
        yield
        return
    sys.modules[module] = None  # type: ignore[assignment]  # what the import system takes for "not there"
    try:
        yield
    finally:
        del sys.modules[module]


def is_its_own(error: DBAPIError) -> bool:
    """Tell whether the database is the cause, and not a statement of ours."""
    code: int | None = getattr(error.orig, "sqlite_errorcode", None)
    return is_passing(error) or (code is not None and code & 0xFF in SQLITE_SAYS)


def explain_sqlite(error: BaseException, name: str) -> DatabaseError:
    """Say in a line for the user what SQLite did to us, and whether it may be over in a moment."""
    said = f"cannot be used: {error}"
    code: int | None = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return DatabaseError(f"{name} {said}")
    return DatabaseError(f"{name} {SQLITE_SAYS.get(code & 0xFF, said)}", passing=code & 0xFF in SQLITE_PASSING)


def _explain(error: DBAPIError, name: str) -> DatabaseError:
    if getattr(error.orig, "sqlite_errorcode", None) is not None and error.orig is not None:
        return explain_sqlite(error.orig, name)
    if getattr(error.orig, "sqlstate", None):
        said = f"says: {str(error.orig).partition(chr(10))[0]}"
    else:
        said = "cannot be reached: " + " ".join(str(error.orig).split())
    return DatabaseError(f"{name} {said}", passing=is_passing(error))
