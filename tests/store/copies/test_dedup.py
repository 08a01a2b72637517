"""Making the index of copies anew."""

import pytest
from click.testing import CliRunner
from sqlalchemy import delete, func, select, text

from store import models
from store.articles import ingest
from store.cli import dedup, migrate
from store.copies.dedup import BATCH, count_missing, index_missing, start_rebuild
from store.database import open_database
from store.export import iter_records
from store.migrations import list_revisions
from tests.store.texts import make_text


@pytest.fixture
def filled(database, make_article, now):
    """Ten stories, each at three outlets."""
    with database.begin() as session:
        for number in range(30):
            text = f"{make_text(number % 10)}\nPrinted in paper {number // 10}."
            ingest(session, make_article(f"paper{number // 10}.org/{number % 10}", text), page_id=None, now=now)
    return database


@pytest.fixture
def call():
    def run(command, *arguments, database):
        result = CliRunner().invoke(command, ["--database", database, *arguments])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


def partition(database):
    with database.read() as session:
        groups = {}
        for record in iter_records(session):
            groups.setdefault(record["near_group"], set()).add(record["id"])
        return {frozenset(ids) for ids in groups.values()}


def forget(database):
    """Make the database what an earlier avvisi left."""
    with database.begin() as session:
        for model in (models.NearKey, models.Fingerprint, models.NearMember, models.NearGroup):
            session.execute(delete(model))


def test_records_of_an_earlier_avvisi_are_indexed_and_grouped(filled, now):
    before = partition(filled)
    forget(filled)
    assert [progress.done for progress in index_missing(filled, now=now)] == [0, 30]
    assert partition(filled) == before
    assert len(before) == 10


def test_a_rebuild_gives_the_same_groups(filled, now):
    before = partition(filled)
    assert start_rebuild(filled, now=now)
    assert len(partition(filled)) == 1
    list(index_missing(filled, now=now))
    assert partition(filled) == before


def test_a_rebuild_that_is_stopped_goes_on_where_it_was(filled, now, monkeypatch):
    before = partition(filled)
    monkeypatch.setattr("store.copies.dedup.BATCH", 7)
    start_rebuild(filled, now=now)
    for progress in index_missing(filled, now=now):
        if progress.done >= 14:
            break
    assert not start_rebuild(filled, now=now)
    assert next(iter(list(index_missing(filled, now=now)))).total == 16
    assert partition(filled) == before
    assert start_rebuild(filled, now=now)


def test_nothing_is_left_to_do_where_all_is_indexed(filled, now):
    assert [(progress.done, progress.total) for progress in index_missing(filled, now=now)] == [(0, 0)]
    assert BATCH > 1


def test_the_command_says_what_it_found(filled, url, call):
    forget(filled)
    done = call(dedup, database=url)
    assert "30 records indexed; 30 records are copies, in 10 groups" in done.stderr
    assert call(dedup, "--rebuild", "--json", database=url).stdout.strip() == (
        '{"indexed": 30, "groups": 10, "members": 30}')


def test_migrate_says_that_records_wait_to_be_compared(filled, url, call):
    assert "avvisi dedup" not in call(migrate, database=url).stderr
    forget(filled)
    assert "30 records have not been compared with others yet: run avvisi dedup" in call(migrate, database=url).stderr


def test_a_filled_database_of_the_first_version_is_carried_over(new_postgres_or_sqlite, make_article, now):
    """Made by the first migration alone, filled by hand."""
    url = new_postgres_or_sqlite
    make_version(url, "0001")
    with open_database(url) as database:
        assert (database.revision_before, database.revision) == ("0001", list_revisions()[-1])
        with database.read() as session:
            assert count_missing(session) == 1
            assert session.scalar(select(func.count()).select_from(models.record)) == 1
        list(index_missing(database, now=now))
        with database.begin() as session:
            copy = ingest(session, make_article("b.org/1", make_text(1) + "\nAgency"), page_id=None, now=now)
        assert copy.outcome == "near_duplicate"


@pytest.fixture(params=["sqlite", "postgresql"])
def new_postgres_or_sqlite(request, tmp_path):
    return f"sqlite:///{tmp_path / 'old.db'}" if request.param == "sqlite" else request.getfixturevalue(
        "new_postgres_url")


def make_version(url, version):
    from alembic import command
    from alembic.config import Config

    from store.database import _make_engine, parse_url

    engine = _make_engine(parse_url(url), url)
    with engine.execution_options(avvisi_writes=True).begin() as connection:
        config = Config()
        config.set_main_option("script_location", "store:migrations")
        config.attributes["connection"] = connection
        command.upgrade(config, version)
        connection.execute(text(
            "INSERT INTO article (id, key, url, dates, tags, text_hash, revision, first_seen, last_seen) VALUES ("
            "'a', 'a.org/1', 'https://a.org/1', '[]', '[]', 'x', 1, '2026-01-01T00:00:00.000000Z',"
            "'2026-01-01T00:00:00.000000Z')"))
        connection.execute(text(
            "INSERT INTO revision (article_id, number, seen_at, text_hash, authors, credits, text)"
            " VALUES ('a', 1, '2026-01-01T00:00:00.000000Z', 'x', '[]', '[]', :text)"), {"text": make_text(1)})
    engine.dispose()
