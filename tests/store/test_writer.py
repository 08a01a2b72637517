"""The writer: batches, jobs that fail alone, databases that go away, nothing acknowledged lost."""

import logging
import math
import signal
import sqlite3
import subprocess
import sys
import textwrap
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine, event, func, select, text
from sqlalchemy.exc import IntegrityError

from store import database as database_module
from store import models
from store.database import open_database
from store.errors import DatabaseError
from store.writer import Writer


def add(name):
    def job(session):
        session.add(models.Source(id=name))
        return name

    return job


def list_ids(database):
    with database.read() as session:
        return session.scalars(select(models.Source.id).order_by(models.Source.id)).all()


def another_process(url):
    return closing(sqlite3.connect(url.removeprefix("sqlite:///"), check_same_thread=False))


def wait_for(condition):
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.fixture
def commits(database):
    """A list that grows with every commit."""
    seen = []
    event.listen(database._engine, "commit", lambda connection: seen.append(time.monotonic()))
    return seen


def test_a_future_completes_with_the_jobs_result_after_its_commit(database):
    with Writer(database, seconds=0.01) as writer:
        future = writer.submit(add("a"))
        assert future.result(10) == "a"
        assert list_ids(database) == ["a"]


def test_a_full_batch_is_one_commit(database, commits):
    with Writer(database, batch=5, seconds=60) as writer:
        futures = [writer.submit(add(f"{n:02}")) for n in range(10)]
        assert [future.result(10) for future in futures] == [f"{n:02}" for n in range(10)]
        assert len(commits) == 2


def test_a_batch_that_is_not_full_waits_for_its_time(database, commits):
    with Writer(database, batch=100, seconds=0.3) as writer:
        started = time.monotonic()
        first = writer.submit(add("a"))
        second = writer.submit(add("b"))
        first.result(10), second.result(10)
    assert len(commits) == 1
    assert commits[0] - started >= 0.3


def test_an_urgent_job_takes_those_before_it_along(database, commits):
    with Writer(database, batch=100, seconds=60) as writer:
        first = writer.submit(add("a"))
        writer.submit(add("b"), urgent=True).result(10)
        assert first.done()
    assert len(commits) == 1


def test_flush_waits_for_everything_submitted_so_far(database):
    with Writer(database, batch=3, seconds=60) as writer:
        for n in range(8):
            writer.submit(add(str(n)))
        writer.flush()
        assert len(list_ids(database)) == 8


def test_closing_writes_what_waits(database):
    writer = Writer(database, batch=3, seconds=60)
    futures = [writer.submit(add(str(n))) for n in range(8)]
    writer.close()
    writer.close()
    assert all(future.done() for future in futures)
    assert len(list_ids(database)) == 8
    with pytest.raises(RuntimeError, match="closed"):
        writer.submit(add("late"))


def test_a_job_that_raises_is_undone_alone(database):
    def half_done(session):
        session.add(models.Source(id="half"))
        session.flush()
        raise LookupError("no")

    with Writer(database, seconds=60) as writer:
        before, broken, after = writer.submit(add("a")), writer.submit(half_done), writer.submit(add("b"))
    assert isinstance(broken.exception(), LookupError)
    assert (before.result(), after.result()) == ("a", "b")
    assert list_ids(database) == ["a", "b"]


def test_a_constraint_that_refuses_one_job_leaves_the_others(database):
    with Writer(database, seconds=60) as writer:
        futures = [writer.submit(add(name)) for name in ("a", "a", "b")]
    assert isinstance(futures[1].exception(), IntegrityError)
    assert list_ids(database) == ["a", "b"]


def test_a_wrong_statement_fails_at_once_and_alone(database):
    with Writer(database, seconds=60) as writer:
        wrong = writer.submit(lambda session: session.execute(text("SELECT nothing FROM nowhere")))
        right = writer.submit(add("a"))
    assert wrong.exception() is not None
    assert right.result() == "a"


def test_a_submitted_job_cannot_be_cancelled(database):
    with Writer(database, seconds=60) as writer:
        assert not writer.submit(add("a")).cancel()
    assert list_ids(database) == ["a"]


def test_submitting_blocks_when_too_many_jobs_wait(database):
    hold = threading.Event()
    with Writer(database, batch=1, seconds=0, limit=2) as writer:
        writer.submit(lambda session: hold.wait(10))
        while writer.is_full or writer._waiting:
            time.sleep(0.001)
        writer.submit(add("a"))
        assert not writer.is_full
        writer.submit(add("b"))
        assert writer.is_full
        threading.Timer(0.1, hold.set).start()
        started = time.monotonic()
        writer.submit(add("c"))
        assert time.monotonic() - started >= 0.05
    assert list_ids(database) == ["a", "b", "c"]


def test_a_callback_may_submit_though_the_queue_is_full(database):
    with Writer(database, batch=1, seconds=0, limit=1) as writer:
        done = threading.Event()

        def go_on(_future):
            for name in ("b", "c"):
                last = writer.submit(add(name))
            last.add_done_callback(lambda _: done.set())

        writer.submit(add("a")).add_done_callback(go_on)
        assert done.wait(10)
    assert list_ids(database) == ["a", "b", "c"]


def test_a_locked_database_is_waited_for_and_said(sqlite_url, monkeypatch, caplog):
    monkeypatch.setattr(database_module, "BUSY_MS", 20)
    with open_database(sqlite_url) as database, another_process(sqlite_url) as other:
        other.execute("BEGIN IMMEDIATE")
        with caplog.at_level(logging.WARNING), Writer(database, seconds=0.01) as writer:
            future = writer.submit(add("a"))
            threading.Timer(0.4, other.rollback).start()
            assert future.result(10) == "a"
        assert "is locked by another process" in caplog.text
        assert list_ids(database) == ["a"]


def test_a_database_locked_for_too_long_fails_the_futures(sqlite_url, monkeypatch):
    monkeypatch.setattr(database_module, "BUSY_MS", 20)
    with open_database(sqlite_url) as database, another_process(sqlite_url) as other:
        with Writer(database, seconds=0.01, patience=0.2) as writer:
            writer.submit(add("a")).result(10)
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(DatabaseError, match="is locked"):
                writer.submit(add("b")).result(10)
            later = writer.submit(add("c"))
            writer.flush()
            assert isinstance(later.exception(), DatabaseError)
            other.rollback()
            assert writer.submit(add("d")).result(10) == "d"
        assert list_ids(database) == ["a", "d"]


def test_an_outage_is_said_once_when_it_comes_and_once_when_it_is_over(sqlite_url, monkeypatch, caplog):
    monkeypatch.setattr(database_module, "BUSY_MS", 10)
    with open_database(sqlite_url) as database, another_process(sqlite_url) as other:
        other.execute("BEGIN IMMEDIATE")
        with caplog.at_level(logging.WARNING), Writer(database, seconds=0.01, patience=math.inf) as writer:
            futures = [writer.submit(add(str(n)), urgent=True) for n in range(3)]
            wait_for(lambda: writer.outage.since is not None)
            time.sleep(0.3)
            other.rollback()
            assert [future.result(10) for future in futures] == ["0", "1", "2"]
            assert writer.outage.since is None
    assert [record.message.partition(" after")[0].partition("db ")[2] or record.message.partition(" after")[0]
            for record in caplog.records] == [
        "is locked by another process: stop that one or try again later; avvisi waits for it",
        "the database is back"]


def test_a_full_disk_is_waited_for(sqlite_url):
    with open_database(sqlite_url) as database:
        pages = {"most": 1}
        event.listen(database._engine, "begin",
                     lambda connection: connection.exec_driver_sql(f"PRAGMA max_page_count = {pages['most']}"))
        with Writer(database, seconds=0.01, patience=math.inf) as writer:
            future = writer.submit(lambda session: [add(f"{n} " + "x" * 1000)(session) for n in range(50)] and None)
            wait_for(lambda: writer.outage.since is not None)
            assert not future.done()
            pages["most"] = 2**30
            future.result(10)
        assert len(list_ids(database)) == 50


def test_a_damaged_database_fails_at_once_with_a_word(sqlite_url):
    with open_database(sqlite_url) as database, Writer(database, seconds=0.01, patience=math.inf) as writer:
        file = Path(sqlite_url.removeprefix("sqlite:///"))
        writer.submit(add("a")).result(10)
        with another_process(sqlite_url) as other:
            other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        with file.open("r+b") as damaged:
            damaged.seek(100)
            damaged.write(b"\xff" * (file.stat().st_size - 100))
        database._engine.dispose()
        with pytest.raises(DatabaseError, match="is damaged") as caught:
            writer.submit(add("b")).result(10)
        assert not caught.value.passing


def test_a_hurried_writer_gives_up_what_it_would_wait_for_ever(sqlite_url, monkeypatch):
    monkeypatch.setattr(database_module, "BUSY_MS", 10)
    monkeypatch.setattr("store.writer.CLOSING_PATIENCE", 0.2)
    with open_database(sqlite_url) as database, another_process(sqlite_url) as other:
        other.execute("BEGIN IMMEDIATE")
        with Writer(database, seconds=0.01, patience=math.inf) as writer:
            future = writer.submit(add("a"))
            wait_for(lambda: writer.outage.since is not None)
            assert not future.done()
            writer.hurry()
            with pytest.raises(DatabaseError, match="is locked"):
                future.result(5)


def test_closing_does_not_wait_for_ever_on_a_locked_database(sqlite_url, monkeypatch):
    monkeypatch.setattr(database_module, "BUSY_MS", 20)
    monkeypatch.setattr("store.writer.CLOSING_PATIENCE", 0.1)
    with open_database(sqlite_url) as database, another_process(sqlite_url) as other:
        other.execute("BEGIN IMMEDIATE")
        writer = Writer(database, batch=2, seconds=0.01, patience=600)
        futures = [writer.submit(add(str(n))) for n in range(6)]
        started = time.monotonic()
        writer.close()
        assert time.monotonic() - started < 3
        assert all(isinstance(future.exception(), DatabaseError) for future in futures)


def test_at_the_end_only_one_write_waits_for_a_locked_database(sqlite_url, monkeypatch, caplog):
    monkeypatch.setattr(database_module, "BUSY_MS", 400)
    monkeypatch.setattr("store.writer.CLOSING_PATIENCE", 1.0)
    with open_database(sqlite_url) as database, another_process(sqlite_url) as other, \
            Writer(database, seconds=0.01, patience=math.inf) as writer:
        other.execute("BEGIN IMMEDIATE")
        first = writer.submit(add("first"), urgent=True)
        writer.hurry()
        assert isinstance(first.exception(), DatabaseError)
        started = time.monotonic()
        for number in range(5):  # what a run that ends writes, one after the other
            assert isinstance(writer.submit(add(str(number)), urgent=True).exception(), DatabaseError)
        assert time.monotonic() - started < 0.4
    assert caplog.text.count("1 writes are given up") == 6


def test_a_server_that_drops_the_connection_is_asked_again(postgres_url):
    with open_database(postgres_url) as database, Writer(database, seconds=0.01) as writer:
        tries = []

        def be_dropped_once(session):
            tries.append(1)
            if len(tries) == 1:
                session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
            session.add(models.Source(id="a"))

        writer.submit(be_dropped_once).result(20)
        assert len(tries) == 2
        assert list_ids(database) == ["a"]


def test_a_deadlock_with_another_program_is_survived(postgres_url):
    meet = threading.Barrier(2, timeout=10)
    add_one = text("UPDATE source SET failures = failures + 1 WHERE id = :id")
    tries = []

    def touch_a_then_b(session):
        session.execute(add_one, {"id": "a"})
        tries.append(1)
        if len(tries) == 1:
            meet.wait()
        session.execute(add_one, {"id": "b"})

    with open_database(postgres_url) as database:
        with database.begin() as session:
            session.add_all(models.Source(id=name, failures=0) for name in ("a", "b"))
        with Writer(database, seconds=0) as writer, create_engine(postgres_url, poolclass=NullPool).begin() as other:
            other.execute(text("SET deadlock_timeout = '30s'"))  # so that the writer is the one to be refused
            other.execute(add_one, {"id": "b"})
            future = writer.submit(touch_a_then_b)
            meet.wait()
            other.execute(add_one, {"id": "a"})
            other.commit()
            future.result(20)
        assert len(tries) == 2
        with database.read() as session:
            assert session.scalar(select(func.sum(models.Source.failures))) == 4


CHILD = textwrap.dedent("""
    import sys, threading
    from datetime import UTC, datetime
    from store import articles, pages
    from store.database import open_database
    from store.values import Article, Page, Removal
    from store.writer import Writer

    now = datetime.now(UTC)
    say = threading.Lock()

    def make_job(number):
        url = f"https://example.org/{number}"
        def job(session):
            page = pages.keep_page(session, Page(url=url, requested_url=url, body=b"x" * 5000, fetched_at=now), key=url)
            article = Article(url=url, keys=(url,), paragraphs=(f"Story {number}.", "More of it. " * 50),
                              removed=(Removal(text="Share", rule="share", where="line 3"),))
            done = articles.ingest(session, article, page_id=page, now=now)
            pages.record_reading(session, page, outcome=done.outcome, article_id=done.id, now=now)
            return done.id
        return job

    def acknowledge(future):
        with say:
            print(future.result(), flush=True)

    database = open_database(sys.argv[1])
    writer = Writer(database, batch=7, seconds=0.05, limit=50)
    for number in range(100_000):
        writer.submit(make_job(number)).add_done_callback(acknowledge)
""")


@pytest.mark.parametrize("after", [1, 20, 61])
def test_killed_at_any_moment_it_loses_nothing_acknowledged_and_leaves_nothing_half(url, after):
    child = subprocess.Popen([sys.executable, "-c", CHILD, url], stdout=subprocess.PIPE, text=True)
    acknowledged = [child.stdout.readline().strip() for _ in range(after)]
    child.send_signal(signal.SIGKILL)
    acknowledged += child.communicate()[0].split()
    with open_database(url) as database, database.read() as session:
        stored = set(session.scalars(select(models.Article.id)))
        counts = [session.scalar(select(func.count()).select_from(table)) for table in (
            models.Article, models.Revision, models.Removal, models.Sighting, models.Page)]
        unread = session.scalar(select(func.count()).where(models.Page.state != "read"))
    acknowledged = [id for id in acknowledged if len(id) == 16]  # the last line may be cut
    assert len(acknowledged) >= after
    assert set(acknowledged) <= stored
    assert counts == [len(stored)] * 5
    assert unread == 0
