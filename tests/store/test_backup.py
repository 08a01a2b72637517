"""Copies of the database while it is written."""

import json
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from store.backup import back_up
from store.database import open_database
from store.errors import DatabaseError, UsageError
from store.timetable.runs import sync_sources
from tests.store.timetable.test_runs import Source


def count_sources(file: Path) -> int:
    with sqlite3.connect(file) as copy:
        return copy.execute("SELECT count(*) FROM source").fetchone()[0]


def test_a_copy_made_while_another_process_writes_is_whole(sqlite_url: str, tmp_path: Path, monkeypatch):
    monkeypatch.setattr("store.backup.PAGES", 1)  # many steps, and a write between any two
    database = open_database(sqlite_url)
    written = iter(range(10_000))
    steps: list[tuple[int, int]] = []

    def write(done: int, total: int) -> None:
        steps.append((done, total))
        if len(steps) % 10 == 0:
            with database.begin() as session:
                sync_sources(session, [Source(id=f"{next(written)}-{n}") for n in range(2)])

    with database:
        sync = [Source(id=f"first-{n}") for n in range(3)]
        with database.begin() as session:
            sync_sources(session, sync)
        made = back_up(sqlite_url, tmp_path / "copy.db", progress=write)
    assert count_sources(tmp_path / "copy.db") == 3
    assert steps[-1][0] == steps[-1][1] > 20
    assert (made.records, made.size) == (0, (tmp_path / "copy.db").stat().st_size)
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith((".copy", "copy"))) == ["copy.db"]
    with open_database(f"sqlite:///{tmp_path / 'copy.db'}") as copy:
        assert copy.revision_before == copy.revision


def test_a_copy_waits_for_nobody(sqlite_url: str, tmp_path: Path):
    with open_database(sqlite_url) as database, database.begin() as session:
        sync_sources(session, [Source(id="uncommitted")])
        made = threading.Thread(target=back_up, args=(sqlite_url, tmp_path / "copy.db"))
        made.start()
        made.join(timeout=20)
        assert not made.is_alive()
    assert count_sources(tmp_path / "copy.db") == 0


def test_a_file_is_overwritten_when_that_is_said_and_only_then(sqlite_url: str, tmp_path: Path):
    file = tmp_path / "copy.db"
    file.write_text("mine")
    with pytest.raises(UsageError, match="--force"):
        back_up(sqlite_url, file)
    assert file.read_text() == "mine"
    back_up(sqlite_url, file, force=True)
    assert count_sources(file) == 0
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_failed_copy_leaves_the_former_one(sqlite_url: str, tmp_path: Path, monkeypatch):
    file = tmp_path / "copy.db"
    back_up(sqlite_url, file)

    def fail(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        back_up(sqlite_url, file, force=True, progress=fail)
    assert count_sources(file) == 0
    assert [path for path in tmp_path.iterdir() if "unfinished" in path.name] == []


def test_what_a_killed_reader_left_beside_a_copy_does_not_get_into_the_next_one(sqlite_url: str, tmp_path: Path):
    file = tmp_path / "copy.db"
    back_up(sqlite_url, file)
    opened = (f"import os; from store.database import open_database; from store.models import Source\n"
              f"with open_database('sqlite:///{file}').begin() as session:\n"
              "    session.add_all(Source(id=f'stale-{n}', failures=0) for n in range(500))\n"
              "os._exit(9)")
    subprocess.run([sys.executable, "-c", opened], check=False)
    assert file.with_name("copy.db-wal").stat().st_size > 0
    with open_database(sqlite_url) as database, database.begin() as session:
        sync_sources(session, [Source(id="true")])
    back_up(sqlite_url, file, force=True)
    assert count_sources(file) == 1


@pytest.mark.parametrize(("target", "said"), [
    ("avvisi.db", "the database itself"), (".", "directory"), ("none/copy.db", "no folder")])
def test_a_place_that_cannot_take_a_copy_is_named(sqlite_url: str, tmp_path: Path, target: str, said: str):
    with pytest.raises(UsageError, match=said):
        back_up(sqlite_url, tmp_path / target, force=True)


def test_what_is_no_database_of_ours_is_not_copied(tmp_path: Path):
    with pytest.raises(DatabaseError, match="not there"):
        back_up(f"sqlite:///{tmp_path / 'none.db'}", tmp_path / "copy.db")
    assert not (tmp_path / "none.db").exists()
    (tmp_path / "former.db").touch()
    with pytest.raises(DatabaseError, match="not there"):
        back_up(f"sqlite:///{tmp_path / 'none.db'}", tmp_path / "former.db", force=True)
    (tmp_path / "text.db").write_text("no database, but long enough to be read as one " * 100)
    with pytest.raises(DatabaseError, match="not a database"):
        back_up(f"sqlite:///{tmp_path / 'text.db'}", tmp_path / "copy.db")
    sqlite3.connect(tmp_path / "other.db").execute("CREATE TABLE other (id)").connection.close()
    with pytest.raises(DatabaseError, match="no records of avvisi"):
        back_up(f"sqlite:///{tmp_path / 'other.db'}", tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


def test_postgresql_without_its_client_programs_says_what_to_run(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match="pg_dump --format=custom") as raised:
        back_up("postgresql://me:secret@db.example/avvisi", tmp_path / "copy.dump")
    assert raised.value.exit_status == 2
    assert "secret" not in str(raised.value)


def test_pg_dump_gets_the_password_by_the_environment(tmp_path: Path, monkeypatch):
    program = tmp_path / "pg_dump"
    program.write_text('#!/bin/sh\necho "$PGPASSWORD $@" > "${2#--file=}"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    back_up("postgresql://me:secret@db.example/avvisi", tmp_path / "copy.dump")
    password, _, arguments = (tmp_path / "copy.dump").read_text().partition(" ")
    assert password == "secret"
    assert "secret" not in arguments
    assert "postgresql://me@db.example/avvisi" in arguments


def test_the_command_prints_what_it_made(sqlite_url: str, tmp_path: Path):
    done = subprocess.run([sys.executable, "-m", "scheduler", "backup", str(tmp_path / "copy.db"), "--json",
                           "--database", sqlite_url], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["records"] == 0
    assert "copy.db" in done.stderr
