"""A filled database of every older version opens, keeps its rows and is written on."""

from datetime import UTC, datetime

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import JSON, Boolean, Column, Connection, Engine, Float, Integer, LargeBinary, MetaData, func, select

from store import database as database_module
from store.articles import ingest
from store.copies.dedup import index_missing
from store.database import open_database
from store.export import iter_records
from store.migrations import list_revisions
from store.models import Base
from store.timetable.leases import take_lease
from store.timetable.runs import start_run
from store.values import Outcome

THEN = datetime(2024, 3, 5, 10, 0, tzinfo=UTC)
WORDS = {"state": "queued", "role": "own", "day": "2024-03-05", "url": "https://example.org/a", "number": 1,
         "revision": 1, "pages": 1, "text": "Ministers met."}
LISTS = ("dates", "tags", "authors", "credits", "credited", "news", "items")


@pytest.fixture(params=["sqlite", "postgresql"])
def old_url(request, tmp_path):
    return f"sqlite:///{tmp_path / 'old.db'}" if request.param == "sqlite" else request.getfixturevalue(
        "new_postgres_url")


def make_old(url: str, revision: str) -> dict[str, int]:
    """Make a database as it was at a revision, with a row in each table but those of FTS5; say how many each has."""
    engine = database_module._make_engine(database_module.parse_url(url), url)
    with engine.execution_options(avvisi_writes=True).begin() as connection:
        config = Config()
        config.set_main_option("script_location", "store:migrations")
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    counts = fill(engine)
    engine.dispose()
    return counts


def fill(engine: Engine) -> dict[str, int]:
    tables = MetaData()
    tables.reflect(engine, only=lambda name, _: name != "alembic_version" and not name.startswith("search_words"))
    with engine.execution_options(avvisi_writes=True).begin() as connection:
        for table in tables.sorted_tables:
            connection.execute(table.insert(), {
                column.name: make_value(column, connection) for column in table.columns
                if not column.nullable and column.identity is None})
    return {table.name: 1 for table in tables.sorted_tables}


def make_value(column: Column[object], connection: Connection) -> object:
    """Some value of a column; those that refer to another table all mean its one row."""
    is_text = connection.dialect.name == "sqlite"
    match column.type:
        case _ if column.name in WORDS:
            return WORDS[column.name]
        case JSON():
            return [] if column.name in LISTS else {}
        case Boolean():
            return False
        case Integer() | Float():
            return 1
        case LargeBinary():
            return b""
        case _ if column.name == "at" or column.name.endswith(("_at", "_seen")):
            return f"{THEN:%Y-%m-%dT%H:%M:%S.%fZ}" if is_text else THEN
        case _:
            return "a"


@pytest.mark.parametrize("revision", list_revisions()[:-1])
def test_a_filled_database_of_an_older_version_is_upgraded_and_used(old_url, revision, now, make_article, caplog):
    counts = make_old(old_url, revision)
    with open_database(old_url) as database:
        assert f"upgrading from version {revision} to {list_revisions()[-1]}" in caplog.text
        assert database.revision_before == revision
        with database.read() as session:
            assert {name: session.scalar(select(func.count()).select_from(Base.metadata.tables[name]))
                    for name in counts} == counts
            (before,) = iter_records(session)
        assert (before["id"], before["text"]) == ("a", "Ministers met.")
        assert list(index_missing(database, now=now))[-1].done == (0 if "fingerprint" in counts else 1)
        with database.begin() as session:
            assert take_lease(session, "a", holder="me", length=60.0) is None
            start_run(session, "a", now=now)
            assert ingest(session, make_article("other.example/b"), page_id=None, now=now).outcome is Outcome.NEW
        with database.read() as session:
            assert [record["first_seen"] for record in iter_records(session)] == [THEN.isoformat(), now.isoformat()]
