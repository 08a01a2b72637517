"""Many writers at once: one record for one text, nothing lost, no deadlock."""

import subprocess
import sys
import textwrap
import threading

from sqlalchemy import NullPool, create_engine, func, select
from sqlalchemy.orm import Session

from store import models
from store.articles import Ingested, ingest
from store.database import open_database
from store.values import Outcome

STORIES = 60
WRITERS = 3

CHILD = textwrap.dedent("""
    import random, sys
    from datetime import UTC, datetime
    from store.articles import ingest
    from store.database import open_database
    from store.values import Article
    from store.writer import Writer

    url, writer_number, stories, same_address = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4] == "same"
    now = datetime.now(UTC)

    def make_job(story):
        key = f"a.org/{story}" if same_address else f"{writer_number}.org/{story}"
        article = Article(url="https://" + key, keys=(key,), paragraphs=(f"The text of story {story}.",))
        return lambda session: ingest(session, article, page_id=None, now=now).outcome

    order = list(range(stories))
    random.Random(writer_number).shuffle(order)
    database = open_database(url)
    sys.stdin.readline()
    with Writer(database, batch=15, seconds=0.05) as writer:
        futures = [writer.submit(make_job(story)) for story in order]
    print(*(future.result() for future in futures))
""")


def run_writers(url, kind):
    processes = [
        subprocess.Popen([sys.executable, "-c", CHILD, url, str(number), str(STORIES), kind], stdin=subprocess.PIPE,
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for number in range(WRITERS)
    ]
    answers = []
    for process in processes:  # all wait for a line, so that they begin together
        process.stdin.write("\n")
        process.stdin.flush()
    for process in processes:
        out, error = process.communicate(timeout=120)
        assert process.returncode == 0, error
        answers += out.split()
    return answers


def count(url, table):
    with open_database(url) as database, database.read() as session:
        return session.scalar(select(func.count()).select_from(table))


def test_writers_that_meet_the_same_texts_at_other_addresses_make_one_record_of_each(url):
    outcomes = run_writers(url, "other")
    assert outcomes.count("new") == STORIES
    assert outcomes.count("duplicate") == STORIES * (WRITERS - 1)
    assert (count(url, models.Article), count(url, models.Revision)) == (STORIES, STORIES)
    assert count(url, models.Sighting) == STORIES * WRITERS


def test_writers_that_meet_the_same_addresses_make_one_record_of_each(url):
    outcomes = run_writers(url, "same")
    assert outcomes.count("new") == STORIES
    assert outcomes.count("unchanged") == STORIES * (WRITERS - 1)
    assert (count(url, models.Article), count(url, models.Revision)) == (STORIES, STORIES)
    assert count(url, models.Sighting) == STORIES


def test_a_text_that_another_program_stores_meanwhile_is_a_duplicate(postgres_url, make_article, now):
    """The unique constraint decides, also where the other writer did not take our lock."""
    outcomes = []

    def meet_it(database):
        with database.begin() as session:
            outcomes.append(ingest(session, make_article("b.org/1"), page_id=None, now=now))

    with open_database(postgres_url) as database:
        with Session(create_engine(postgres_url, poolclass=NullPool)) as other:
            first = ingest(other, make_article("a.org/1"), page_id=None, now=now)
            thread = threading.Thread(target=meet_it, args=(database,))
            thread.start()
            thread.join(0.3)
            assert thread.is_alive()
            other.commit()
        thread.join(10)
    assert outcomes == [Ingested(outcome=Outcome.DUPLICATE, id=first.id)]


def test_processes_that_open_a_new_file_at_once_all_get_in(tmp_path):
    code = ("import sys; from store.database import open_database\n"
            "sys.stdin.readline(); open_database(sys.argv[1]).close()")
    for number in range(3):
        command = [sys.executable, "-c", code, f"sqlite:///{tmp_path / f'new{number}.db'}"]
        openers = [subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(4)]
        for opener in openers:
            opener.stdin.write(b"\n")
            opener.stdin.flush()
        ends = [(opener.communicate(timeout=60)[1].decode(), opener.returncode) for opener in openers]
        assert ends == [("", 0)] * 4
