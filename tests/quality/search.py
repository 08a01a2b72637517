"""What finding records by their words costs, as the collection grows: ``python -m tests.quality.search``.

    python -m tests.quality.search [--sqlite 10000 100000] [--postgresql 10000]

For each size a database is filled with made-up records, every fifth of them in a script without blanks, and indexed.
Prints milliseconds of CPU (of this process) and bytes of the index a record, and the milliseconds that a question takes
whole (of CPU on SQLite, which works in this process), with twenty records and their excerpts: a rare word, one that a
tenth of the records has, one that most have, the beginning of a word, a phrase, a pair of Chinese letters. Medians of
five. Exit status 1 above a ceiling of SQLite's.
"""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from statistics import median
from time import perf_counter, process_time

import numpy as np

from store import models
from store.database import Database, open_database
from store.fingerprint import hash_text, make_id
from store.search.index import find, index_missing
from store.search.words import parse_question
from tests.quality.scale import checkpoint, count_bytes, make_texts, new_postgresql, postgresql

INDEX_MS = 2.0
BYTES = 3500
QUESTION_MS = 1500.0  # the slowest: a word that most records have

MADE = 2000
FILLED_AT_ONCE = 2000
UNSPACED = 5  # every so many records
LETTERS = 600  # of a text without blanks
START = datetime(2026, 1, 1, tzinfo=UTC)


def make_all() -> list[str]:
    """Make up the texts; records beyond repeat them, each with its number."""
    texts = make_texts(MADE)
    chance = np.random.default_rng(1)
    frequency = 1 / np.arange(3, 3003)
    for number in range(0, MADE, UNSPACED):
        drawn = chance.choice(3000, LETTERS, p=frequency / frequency.sum())
        texts[number] = "".join(chr(0x4E00 + int(letter)) for letter in drawn)
    return texts


def fill(database: Database, texts: Sequence[str], count: int) -> None:
    """Store so many records, one a minute."""
    for start in range(0, count, FILLED_AT_ONCE):
        rows = [(number, f"{texts[number % MADE]}\nNumber {number}.")
                for number in range(start, min(count, start + FILLED_AT_ONCE))]
        with database.begin() as session:
            session.execute(models.table_of(models.Article).insert(), [
                {"id": make_id(str(number)), "key": str(number), "url": f"https://a.example/{number}", "dates": [],
                 "tags": [], "text_hash": hash_text(each), "revision": 1, "last_seen": START,
                 "first_seen": START + timedelta(minutes=number)} for number, each in rows])
            session.execute(models.table_of(models.Revision).insert(), [
                {"article_id": make_id(str(number)), "number": 1, "seen_at": START, "text_hash": hash_text(each),
                 "title": f"Title of {number}", "authors": [], "credits": [], "text": each} for number, each in rows])


def choose_questions(texts: Sequence[str]) -> dict[str, str]:
    """Choose words by how many of the texts have them."""
    spaced = [text.split() for number, text in enumerate(texts) if number % UNSPACED]
    having = Counter(word for words in spaced for word in set(words))

    def near(share: float) -> str:
        return min(having, key=lambda word: (abs(having[word] / len(texts) - share), word))

    return {"rare": near(0.002), "tenth": near(0.1), "most": near(0.8), "begins": f"{near(0.1)[:3]}*",
            "phrase": f'"{" ".join(spaced[0][:3])}"', "pair": texts[0][:2]}


def index_all(database: Database) -> float:
    """Index all records; return milliseconds of CPU a record."""
    began = process_time()
    count = max(progress.done for progress in index_missing(database))
    return (process_time() - began) * 1000 / count


def time_question(database: Database, written: str, clock: Callable[[], float]) -> float:
    """Ask five times; return the median in milliseconds."""
    times = []
    for _ in range(5):
        began = clock()
        with database.read() as session:
            assert find(session, parse_question(written), limit=20).count
        times.append((clock() - began) * 1000)
    return median(times)


def run(url: str, size: int, texts: Sequence[str]) -> tuple[float, float, dict[str, float]]:
    """Fill a new database, index and ask it; return the index's CPU and bytes a record, and the questions' times."""
    with open_database(url) as database:
        fill(database, texts, size)
        checkpoint(database, url)
        before = _size(database, url)
        cost = index_all(database)
        checkpoint(database, url)
        grown = (_size(database, url) - before) / size
        clock = process_time if url.startswith("sqlite") else perf_counter
        asked = choose_questions(texts).items()
        return cost, grown, {name: time_question(database, written, clock) for name, written in asked}


def _size(database: Database, url: str) -> float:
    if url.startswith("sqlite"):
        return count_bytes(database, url)
    with database.read() as session:
        size: int = session.connection().exec_driver_sql("SELECT pg_total_relation_size('search_entry')").scalar_one()
        return size


def show(kind: str, size: int, cost: float, grown: float, times: dict[str, float]) -> None:
    """Print a row."""
    print(f"{kind:12}{size:>10,}{cost:>10.2f}{grown:>9.0f}" + "".join(f"{each:>9.1f}" for each in times.values()),
          flush=True)


def main(arguments: list[str] | None = None) -> int:
    """Print the figures; 1 above a ceiling."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sqlite", type=int, nargs="*", default=[10_000, 100_000], metavar="N")
    parser.add_argument("--postgresql", type=int, nargs="*", default=[10_000], metavar="N")
    options = parser.parse_args(arguments)
    texts = make_all()
    names = "".join(f"{name:>9}" for name in choose_questions(texts))
    print(f"{'':12}{'records':>10}{'index ms':>10}{'bytes':>9}{names}")
    results = []
    for size in options.sqlite:
        with tempfile.TemporaryDirectory() as folder:
            results.append(run(f"sqlite:///{folder}/search.db", size, texts))
        show("SQLite", size, *results[-1])
    if options.postgresql:
        with postgresql() as server:
            for size in options.postgresql if server else ():
                with new_postgresql(str(server), size) as url:
                    show("PostgreSQL", size, *run(url, size, texts))
    return int(any(cost > INDEX_MS or grown > BYTES or max(times.values()) > QUESTION_MS
                   for cost, grown, times in results))


if __name__ == "__main__":
    sys.exit(main())
