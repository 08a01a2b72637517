"""The command that looks at what stored records are about: those that an earlier avvisi stored, or all of them."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from store.console.command import Command, common

if TYPE_CHECKING:
    from collections.abc import Callable

    from crawler.workers.readers import Readers
    from store.database import Database

A_WORKER = 100  # records that each worker looks at between two transactions: some .3 s


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far it is."""

    done: int
    total: int


@click.command()
@click.option("--rebuild", is_flag=True, help="Look at all records anew, as after a change of the tables of words.")
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Worker processes; one a core by default.")
@common
def lens(command: Command, *, rebuild: bool, jobs: int | None) -> None:
    """Look at what the records are about that are already here: relevance, actors, dyads, kind.

    New records are looked at when they are read; this does it for those that were stored by an earlier avvisi, or whose
    text was cleaned since. It can be stopped at any time and goes on where it stopped, also with --rebuild. Texts are
    not touched, and nothing is fetched.
    """
    import asyncio

    from crawler.workers.readers import Readers
    from crawler.workshop import utcnow
    from store.database import open_database
    from store.lens import count_unlooked, start_rebuild

    with open_database(command.database_url) as database, Readers(jobs) as readers:
        if rebuild and not start_rebuild(database, now=utcnow()):
            command.say("going on with the rebuild that was stopped")
        with _progress(command) as show_progress:
            progress = asyncio.run(_look_at_all(database, readers, show_progress))
        with database.read() as session:
            left = count_unlooked(session)
    command.say(f"{progress.done} records looked at" + (f"; {left} came meanwhile" if left else ""))
    if command.json:
        command.print_json({"looked_at": progress.done, "left": left})


async def _look_at_all(database: "Database", readers: "Readers", show: "Callable[[Progress], None]") -> Progress:
    progress = Progress(done=0, total=0)
    async for progress in look_at_unlooked(database, readers):
        show(progress)
    return progress


async def look_at_unlooked(database: "Database", readers: "Readers") -> AsyncIterator[Progress]:
    """Look at every record that the lens has not looked at; yield after each transaction."""
    import asyncio

    from crawler.workshop import utcnow
    from store.lens import count_unlooked, find_unlooked, finish_rebuild, record_look

    with database.read() as session:
        done, total = 0, count_unlooked(session)
    yield Progress(done=done, total=total)
    while True:
        with database.read() as session:
            records = find_unlooked(session, limit=A_WORKER * readers.workers)
        chunks = [records[place::readers.workers] for place in range(readers.workers)]
        seen = await asyncio.gather(*(readers.look(chunk) for chunk in chunks))
        looked = [pair for chunk, subjects in zip(chunks, seen, strict=True)
                  for pair in zip(chunk, subjects, strict=True)]
        with database.begin() as session:
            written = record_look(session, looked)
        if not written:
            break
        done += written
        yield Progress(done=done, total=max(done, total))
    with database.begin() as session:
        finish_rebuild(session, now=utcnow())


@contextmanager
def _progress(command: Command) -> "Iterator[Callable[[Progress], None]]":
    if not command.shows_progress:
        yield lambda progress: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    with Bar(BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=None)
        yield lambda progress: bar.update(task, completed=progress.done, total=progress.total)
