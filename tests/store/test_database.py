"""Opening a database: new, old, current, newer, and everything that is none."""

import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, inspect, select, text

from store import database as database_module
from store import models
from store.columns import NaiveTimeError
from store.database import open_database
from store.errors import DatabaseError, DatabaseTooNew
from store.migrations import list_revisions


@pytest.fixture(params=["sqlite", "postgresql"])
def new_url(request, tmp_path):
    return f"sqlite:///{tmp_path / 'new.db'}" if request.param == "sqlite" else request.getfixturevalue(
        "new_postgres_url")


def test_a_database_that_is_missing_is_created_at_the_newest_version(new_url):
    with open_database(new_url) as database:
        assert (database.revision_before, database.revision) == (None, list_revisions()[-1])
    with open_database(new_url) as database:
        assert database.revision_before == database.revision


def test_the_migrations_make_what_the_models_say(new_url):
    with open_database(new_url) as database, database.read() as session:
        connection = session.connection()
        others = {"search_words", "ix_search_entry_words"} if connection.dialect.name == "sqlite" else set()
        context = MigrationContext.configure(connection, opts={  # FTS5's own tables, and what PostgreSQL has for them
            "include_name": lambda name, kind, _: kind != "table" or not name.startswith("search_words"),
            "include_object": lambda _thing, name, _kind, _reflected, _compared: name not in others})
        assert compare_metadata(context, models.Base.metadata) == []


def test_the_view_has_the_columns_that_the_models_say(new_url):
    with open_database(new_url) as database, database.read() as session:
        columns = inspect(session.connection()).get_columns("record")
        assert [column["name"] for column in columns] == list(models.record.columns.keys())


def test_the_revisions_that_are_listed_are_the_ones_alembic_finds():
    config = Config()
    config.set_main_option("script_location", "store:migrations")
    scripts = ScriptDirectory.from_config(config)
    assert list_revisions() == tuple(reversed([script.revision for script in scripts.walk_revisions()]))


def test_a_current_database_opens_without_alembic(sqlite_url):
    opened = f"import sys, store.database as d; d.open_database({sqlite_url!r}); print('alembic' in sys.modules)"
    result = subprocess.run([sys.executable, "-c", opened], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "False"


def test_processes_that_create_one_database_at_once_all_succeed(new_url):
    opened = f"from store.database import open_database; open_database({new_url!r}).close()"
    processes = [subprocess.Popen([sys.executable, "-c", opened], stderr=subprocess.PIPE, text=True) for _ in range(3)]
    assert [process.communicate()[1] for process in processes] == ["", "", ""]


def test_a_migration_that_fails_leaves_nothing(new_url, monkeypatch):
    def break_down(connection):
        connection.execute(text("CREATE TABLE article (id TEXT)"))
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(database_module, "_upgrade", break_down)
        with pytest.raises(KeyboardInterrupt):
            open_database(new_url)
    with open_database(new_url) as database:
        assert database.revision_before is None


def test_a_database_of_a_newer_avvisi_is_refused_and_named(url):
    with open_database(url) as database, database.begin() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    try:
        with pytest.raises(DatabaseTooNew, match=r"written by a newer avvisi \(version 9999.*upgrade avvisi"):
            open_database(url)
    finally:  # the PostgreSQL one is shared
        engine = database_module._make_engine(database_module.parse_url(url), url)
        with engine.execution_options(avvisi_writes=True).begin() as connection:
            connection.execute(text(f"UPDATE alembic_version SET version_num = '{list_revisions()[-1]}'"))
        engine.dispose()


def test_without_migration_a_missing_version_is_refused_with_the_way_out(new_url):
    with pytest.raises(DatabaseError, match="run avvisi migrate"):
        open_database(new_url, migrate=False)


def test_a_directory_is_refused(tmp_path):
    with pytest.raises(DatabaseError, match="is a directory: name a file in it"):
        open_database(f"sqlite:///{tmp_path}")


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(DatabaseError, match=f"there is no folder {tmp_path / 'no'}"):
        open_database(f"sqlite:///{tmp_path / 'no' / 'a.db'}")


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path):
    file = tmp_path / "letter.txt"
    file.write_text("Dear reader, " * 100)
    with pytest.raises(DatabaseError, match="is not a database: name another file"):
        open_database(f"sqlite:///{file}")
    assert file.read_text() == "Dear reader, " * 100


def test_another_programs_database_is_refused_and_left_alone(tmp_path):
    file = tmp_path / "bookmarks.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE bookmark (id INTEGER)")
    with pytest.raises(DatabaseError, match=r"tables of another program \(bookmark\)"):
        open_database(f"sqlite:///{file}")
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("bookmark",)]


def test_a_database_in_memory_is_refused():
    with pytest.raises(DatabaseError, match="keeps nothing"):
        open_database("sqlite://")


@pytest.mark.parametrize("url", ["", "avvisi.db", "://", "sqlite:/avvisi.db"])
def test_what_is_no_url_is_refused_with_an_example(url):
    with pytest.raises(DatabaseError, match="sqlite:///"):
        open_database(url)


@pytest.mark.parametrize("url", ["mysql://u:secret@h/d", "oracle://u:secret@h/d", "u:secret@h", "postgresql+x://u:secret@h/d"])
def test_another_kind_of_database_is_refused_without_showing_a_password(url):
    with pytest.raises(DatabaseError) as caught:
        open_database(url)
    assert "secret" not in str(caught.value)


def test_a_server_that_is_not_there_is_named_without_its_password():
    pytest.importorskip("psycopg")
    with pytest.raises(DatabaseError, match="cannot be reached") as caught:
        open_database("postgresql+psycopg://u:secret@127.0.0.1:1/x")
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_postgresql_without_its_driver_names_what_to_install(monkeypatch):
    monkeypatch.setattr(database_module, "find_spec", lambda name: None)
    with pytest.raises(DatabaseError, match=r"pip install 'avvisi\[postgres\]'"):
        open_database("postgresql+psycopg://h/d")


def test_a_locked_database_is_one_clear_line(sqlite_url, monkeypatch):
    monkeypatch.setattr(database_module, "BUSY_MS", 50)
    with open_database(sqlite_url) as database, open_database(sqlite_url) as other, database.begin() as session:
        session.add(models.Source(id="a"))
        session.flush()
        with pytest.raises(DatabaseError, match="is locked by another process"), other.begin() as waiting:
            waiting.execute(select(models.Source.id))


def test_a_damaged_database_is_one_clear_line(sqlite_url):
    with Path(sqlite_url.removeprefix("sqlite:///")).open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 40_000)
    with pytest.raises(DatabaseError, match="is damaged"), open_database(sqlite_url) as database, \
            database.read() as session:
        session.execute(select(models.record)).all()


def test_sqlite_runs_in_wal_with_foreign_keys(sqlite_url):
    with open_database(sqlite_url) as database, database.read() as session:
        pragmas = {name: session.execute(text(f"PRAGMA {name}")).scalar()
                   for name in ("journal_mode", "foreign_keys", "busy_timeout", "synchronous")}
    assert pragmas == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 10_000, "synchronous": 2}


def test_a_write_that_raises_is_rolled_back(database, now):
    with pytest.raises(RuntimeError), database.begin() as session:
        session.add(models.Source(id="a"))
        session.flush()
        raise RuntimeError
    with database.read() as session:
        assert session.scalars(select(models.Source.id)).all() == []


def test_a_read_is_one_snapshot(database):
    with database.read() as reading:
        assert reading.scalars(select(models.Source.id)).all() == []
        with database.begin() as session:
            session.add(models.Source(id="a"))
        assert reading.scalars(select(models.Source.id)).all() == []
    with database.read() as reading:
        assert reading.scalars(select(models.Source.id)).all() == ["a"]


def test_nothing_can_be_written_while_reading(database):
    with pytest.raises(Exception, match=r"read-?only|cannot be written"), database.read() as session:
        session.execute(text("INSERT INTO source (id, failures) VALUES ('a', 0)"))


def test_a_time_without_a_zone_is_refused(database):
    with pytest.raises(NaiveTimeError, match="needs a zone"), database.begin() as session:
        session.add(models.Source(id="a", next_due_at=datetime(2026, 1, 1)))  # noqa: DTZ001 it is the case
        session.flush()


def test_a_time_comes_back_aware_and_in_utc(database):
    there = datetime(2026, 1, 1, 2, 30, 0, 7, tzinfo=timezone(timedelta(hours=5)))
    with database.begin() as session:
        session.add(models.Source(id="a", next_due_at=there))
    with database.read() as session:
        back = session.scalars(select(models.Source.next_due_at)).one()
    assert (back, back.tzinfo) == (there, UTC)


def test_times_sort_as_text_on_sqlite(sqlite_url):
    times = [datetime(year, 1, 1, tzinfo=UTC) for year in (2026, 33, 999, 1999)]
    with open_database(sqlite_url) as database:
        with database.begin() as session:
            session.add_all(models.Source(id=str(time.year), next_due_at=time) for time in times)
        with database.read() as session:
            ids = session.scalars(select(models.Source.id).order_by(models.Source.next_due_at)).all()
    assert ids == ["33", "999", "1999", "2026"]


def test_too_many_readers_at_once_are_a_database_error_that_passes(database):
    database._engine.pool._timeout = 0.05
    with ExitStack() as stack:
        for _ in range(15):
            stack.enter_context(database.read()).execute(text("SELECT 1"))
        with pytest.raises(DatabaseError, match="connections are in use") as caught, database.read() as session:
            session.execute(text("SELECT 1"))
    assert caught.value.passing


def test_the_log_gives_back_the_disk_that_a_long_reading_took(sqlite_url):
    log = Path(f"{sqlite_url.removeprefix('sqlite:///')}-wal")

    def write(session, number):
        session.add_all(models.Source(id=f"{number}-{n}", failures=0, name="x" * 3000) for n in range(1000))

    with open_database(sqlite_url) as database:
        with database.read() as reading:
            reading.execute(text("SELECT 1 FROM source")).all()
            for number in range(20):
                with database.begin() as session:
                    write(session, number)
        size = log.stat().st_size
        for number in range(20, 23):  # checkpointed at the end of one, begun anew by the next
            with database.begin() as session:
                write(session, number)
        assert size > 60e6
        assert log.stat().st_size < 40e6


def test_a_file_that_is_moved_away_is_waited_for_and_not_made_anew(sqlite_url, tmp_path):
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    with open_database(sqlite_url) as database:
        with database.read() as one:
            one.execute(text("SELECT 1"))
            file.rename(tmp_path / "elsewhere.db")
            with pytest.raises(DatabaseError, match="cannot be opened") as caught, database.read() as another:
                another.execute(text("SELECT 1 FROM source"))
        assert caught.value.passing
        assert not file.exists()
        (tmp_path / "elsewhere.db").rename(file)
        with database.read() as one, database.read() as another:
            assert [each.execute(text("SELECT count(*) FROM source")).scalar() for each in (one, another)] == [0, 0]


@pytest.mark.parametrize("name", ["a b?c=d%20#e.db", "ж.db"])
def test_any_name_of_a_file_is_opened_again(tmp_path, name):
    url = URL.create("sqlite", database=str(tmp_path / name)).render_as_string()
    with open_database(url) as database, database.read() as one, database.read() as another:
        assert [each.execute(text("SELECT count(*) FROM source")).scalar() for each in (one, another)] == [0, 0]


def test_threads_write_one_after_the_other(database):
    def count_up():
        for _ in range(20):
            with database.begin() as session:
                source = session.get_one(models.Source, "a", with_for_update=True)
                source.failures += 1

    with database.begin() as session:
        session.add(models.Source(id="a", failures=0))
    threads = [threading.Thread(target=count_up) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as session:
        assert session.get_one(models.Source, "a").failures == 60


def test_opening_a_current_database_takes_less_than_fifty_milliseconds(sqlite_url):
    def measure():
        started = time.perf_counter()
        open_database(sqlite_url).close()
        return time.perf_counter() - started

    assert min(measure() for _ in range(5)) < 0.05
