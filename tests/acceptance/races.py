"""Many writers and sudden ends: ``python -m tests.acceptance.races [--rounds 20] [--kills 200]``.

On SQLite and on PostgreSQL (embedded, or the server that AVVISI_TEST_POSTGRES names):

- Races: four processes at once ingest their own near-copy of the same stories, each in an order of its own. There must
  be exactly one group a story, with all four copies; then all four ingest one and the same text of each.
- Kills: a process that ingests is killed with SIGKILL at a random moment. Whatever it had acknowledged must be there,
  once and whole, and the next process goes on with the rest.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from store import models
from store.articles import ingest
from store.copies.signature import VERSION
from store.database import open_database
from store.values import Article
from store.writer import Writer
from tests.quality.scale import new_postgresql, postgresql
from tests.store.texts import make_text

WRITERS = 4
MOMENTS = 0.3  # seconds within which a writer is killed, and
WRITING = 0.8  # the share of kills that wait until it has begun to write
ROOT = Path(__file__).resolve().parents[2]


class Broken(AssertionError):
    """A promise that did not hold."""


def make_job(address: str, words: str):
    """Make the job that ingests one text."""
    article = Article(url=f"https://{address}", keys=(address,), paragraphs=tuple(words.split("\n")))
    return lambda session: ingest(session, article, page_id=None, now=datetime.now(UTC))


def write_copies(url: str, writer_number: int, stories: int, kind: str) -> None:
    """Be one of the writers: wait for a line, then ingest every story in an order of one's own; print outcomes."""
    order = list(range(stories))
    random.Random(writer_number).shuffle(order)
    jobs = []
    for story in order:
        words = make_text(story) + (f"\nPrinted in paper {writer_number}." if kind == "near" else "")
        jobs.append(make_job(f"paper{writer_number}.example/{story}", words))
    with open_database(url) as database:
        print("ready", flush=True)
        sys.stdin.readline()
        with Writer(database, batch=25, seconds=0.05) as writer:
            futures = [writer.submit(job) for job in jobs]
            # While it is open a writer waits a minute for a lock; one that closes gives up after seconds.
            outcomes = [future.result().outcome for future in futures]
    print(*outcomes)


def write_until_killed(url: str, start: int, stories: int) -> None:
    """Ingest stories, two copies of each, and print each that was acknowledged."""
    with open_database(url) as database, Writer(database, batch=7, seconds=0.02) as writer:
        print("ready", flush=True)
        for number in range(start, stories):
            words = make_text(number // 2) + f"\nPrinted in paper {number % 2}."
            future = writer.submit(make_job(f"paper{number % 2}.example/{number // 2}", words))
            future.add_done_callback(lambda done, number=number: os.write(1, f"{number}\n".encode())
                                     if done.exception() is None else None)


def start(*arguments: object) -> "subprocess.Popen[str]":
    """Start a writer."""
    return subprocess.Popen([sys.executable, "-m", "tests.acceptance.races", "--be", *map(str, arguments)], cwd=ROOT,
                            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def race(url: str, stories: int, kind: str) -> Counter[str]:
    """Let the writers meet; return their outcomes."""
    writers = [start(kind, url, number, stories) for number in range(WRITERS)]
    outcomes: Counter[str] = Counter()
    for writer in writers:
        assert writer.stdout is not None
        if not writer.stdout.readline():
            raise Broken(writer.communicate()[1])
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("\n")
        writer.stdin.flush()
    for writer in writers:
        out, error = writer.communicate(timeout=300)
        if writer.returncode != 0:
            raise Broken(error)
        if error:  # waits that were overcome
            print(error.strip(), file=sys.stderr)
        outcomes.update(out.split())
    return outcomes


def check_near_race(url: str, stories: int) -> None:
    """Race near-copies; raise Broken if a story is not one group of four."""
    outcomes = race(url, stories, "near")
    with open_database(url) as database, database.read() as session:
        groups = session.scalars(select(models.NearGroup.members)).all()
        expect("outcomes", dict(outcomes), {"new": stories, "near_duplicate": stories * (WRITERS - 1)})
        expect("groups", len(groups), stories)
        expect("members", set(groups), {WRITERS})
        expect("sightings", count(session, models.Sighting), stories * WRITERS)


def check_same_race(url: str, stories: int) -> None:
    """Race one text at four addresses; raise Broken if it is not one record with four sightings."""
    outcomes = race(url, stories, "same")
    with open_database(url) as database, database.read() as session:
        expect("outcomes", dict(outcomes), {"new": stories, "duplicate": stories * (WRITERS - 1)})
        expect("records", count(session, models.Article), stories)
        expect("sightings", count(session, models.Sighting), stories * WRITERS)


def check_kills(url: str, kills: int, *, seed: int = 0) -> int:
    """Kill a writer again and again; return how many acknowledged texts survived, raise Broken if one did not."""
    chance = random.Random(seed)
    acknowledged: set[int] = set()
    for _ in range(kills):
        writer = start("killed", url, max(acknowledged, default=-1) + 1, 1_000_000)
        assert writer.stdout is not None
        if not writer.stdout.readline():
            raise Broken(writer.communicate()[1])
        first = writer.stdout.readline() if chance.random() < WRITING else ""
        time.sleep(chance.uniform(0.0, MOMENTS))
        os.kill(writer.pid, signal.SIGKILL)
        acknowledged.update(map(int, (first + writer.communicate()[0]).split()))
    check_whole(url, acknowledged)
    return len(acknowledged)


def check_whole(url: str, acknowledged: set[int]) -> None:
    """Check that all that was acknowledged is there, once, and that nothing is there by halves."""
    with open_database(url) as database, database.read() as session:
        addresses = session.scalars(select(models.Article.url)).all()
        expected = {f"https://paper{number % 2}.example/{number // 2}" for number in acknowledged}
        expect("lost", expected - set(addresses), set())
        expect("twice", len(addresses), len(set(addresses)))
        for table in (models.Revision, models.Fingerprint, models.Sighting):
            expect(f"halves in {table.__tablename__}", count(session, table), len(addresses))
        members = session.scalar(select(func.sum(models.NearGroup.members))) or 0
        expect("members", count(session, models.NearMember), members)
        pairs = Counter(address.rpartition("/")[2] for address in addresses)
        expect("groups", count(session, models.NearGroup), sum(copies == 2 for copies in pairs.values()))
        if url.startswith("sqlite"):
            expect("integrity", session.execute(text("PRAGMA integrity_check")).scalar(), "ok")


def count(session: Session, model: type[models.Base]) -> int:
    """Count the rows of a table."""
    return session.scalar(select(func.count()).select_from(model)) or 0


def expect(what: str, found: object, expected: object) -> None:
    """Compare; raise Broken."""
    if found != expected:
        raise Broken(f"{what}: {found!r}, not {expected!r}")


@contextmanager
def new_database(kind: str, server: str | None, number: int) -> Iterator[str]:
    """A database of its own."""
    if kind == "SQLite":
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{folder}/races.db"
    else:
        with new_postgresql(str(server), number) as url:
            yield url


def main(arguments: list[str] | None = None) -> int:
    """Run it all; 1 at the first promise that does not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--stories", type=int, default=300)
    parser.add_argument("--only", choices=("SQLite", "PostgreSQL"))
    parser.add_argument("--be", nargs=4, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.be:
        kind, url, number, stories = options.be
        if kind == "killed":
            write_until_killed(url, int(number), int(stories))
        else:
            write_copies(url, int(number), int(stories), kind)
        return 0
    with postgresql() as server:
        for kind in ("SQLite", "PostgreSQL") if server else ("SQLite",):
            if options.only not in (None, kind):
                continue
            for number in range(options.rounds):
                with new_database(kind, server, number) as url:
                    check_near_race(url, options.stories)
                with new_database(kind, server, number) as url:
                    check_same_race(url, options.stories)
            print(f"{kind}: {options.rounds} races of {WRITERS} writers over {options.stories} stories: "
                  "one group each, one record for one text", flush=True)
            with new_database(kind, server, options.rounds) as url:
                survived = check_kills(url, options.kills)
            print(f"{kind}: killed {options.kills} times: {survived} acknowledged, none lost, none twice", flush=True)
    print(f"fingerprints of version {VERSION}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
