"""The commands of the store: export, show, migrate, dedup. Rooms are imported when a command runs."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from store.command import Command, common, fail

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.orm import Session


@click.command()
@click.option("--format", "kind", type=click.Choice(["jsonl", "csv"]), default="jsonl", show_default=True,
              help="One JSON object a line, or a table.")
@click.option("--since", metavar="DATE", help="Published at or after: 2023, 2023-03, 2023-03-05 or a time with zone.")
@click.option("--until", metavar="DATE", help="Published up to the end of this year, month or day, or before a time.")
@click.option("--language", metavar="CODE", help="Only records in this language, as in sq or de.")
@click.option("--source", metavar="ID", help="Only records of this source.")
@click.option("--output", "-o", metavar="FILE", type=click.Path(path_type=Path), help="Standard output by default.")
@common
def export(command: Command, *, kind: str, since: str | None, until: str | None, language: str | None,
           source: str | None, output: Path | None) -> None:
    """Write the records as JSON Lines or CSV.

    A record whose date of publication is not known counts as published when it was first seen.
    """
    from store.database import open_database
    from store.export import iter_records, parse_period, write_csv, write_jsonl

    write = write_csv if kind == "csv" else write_jsonl
    start = parse_period(since)[0] if since else None
    end = parse_period(until)[1] if until else None
    with (open_database(command.database_url) as database, database.read() as session,
          _open_output(output) as file):
        count = write(iter_records(session, since=start, until=end, language=language, source=source), file)
    if output is not None:
        command.say(f"{count} records written to {output}")
        if command.json:
            command.print_json({"records": count, "output": str(output)})


@click.command()
@click.argument("id")
@click.option("--diff", is_flag=True, help="Show what each revision changed, word by word.")
@common
def show(command: Command, *, id: str, diff: bool) -> None:
    """Show one record: facts, text, what was removed by which rule, every address, every revision, every copy.

    ID may be the beginning of an id, as long as no other record's begins so.
    """
    from store.database import open_database
    from store.records import get_record

    with open_database(command.database_url) as database, database.read() as session:
        record = get_record(session, _get_id(session, id))
    if command.json:
        from store.export import dump_line

        click.echo(dump_line(_with_pieces(record) if diff else record))
    else:
        _print_record(record, diff=diff)


@click.command()
@common
def migrate(command: Command) -> None:
    """Create the database, or bring its tables to the newest version."""
    from store.database import open_database
    from store.dedup import count_missing

    with open_database(command.database_url) as database:
        before, after, name = database.revision_before, database.revision, database.name
        with database.read() as session:
            missing = count_missing(session)
    if before is None:
        command.say(f"{name}: created at version {after}")
    elif before == after:
        command.say(f"{name}: already at version {after}")
    else:
        command.say(f"{name}: upgraded from version {before} to {after}")
    if missing:
        command.say(f"{name}: {missing} records have not been compared with others yet: run avvisi dedup")
    if command.json:
        command.print_json({"database": name, "from": before, "to": after})


@click.command()
@click.option("--rebuild", is_flag=True, help="Forget all fingerprints and groups first, and make them anew.")
@common
def dedup(command: Command, *, rebuild: bool) -> None:
    """Recognise copies among the records that are already here.

    New records are looked at when they arrive; this does it for those that were stored by an earlier avvisi. It can be
    stopped at any time and goes on where it stopped, also with --rebuild. Records themselves are not touched.
    """
    from store.clock import utcnow
    from store.database import open_database
    from store.dedup import Progress, count_groups, index_missing, start_rebuild

    now = utcnow()
    with open_database(command.database_url) as database:
        if rebuild and not start_rebuild(database, now=now):
            command.say("going on with the rebuild that was stopped")
        progress = Progress(done=0, total=0)
        with _progress(command) as show_progress:
            for progress in index_missing(database, now=now):
                show_progress(progress.done, progress.total)
        with database.read() as session:
            groups, members = count_groups(session)
    command.say(f"{progress.done} records indexed; {members} records are copies, in {groups} groups")
    if command.json:
        command.print_json({"indexed": progress.done, "groups": groups, "members": members})


@contextmanager
def _progress(command: Command) -> Iterator[Callable[[int, int], None]]:
    if not command.shows_progress:
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    with Progress(BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _get_id(session: Session, prefix: str) -> str:
    from store.records import find_ids

    found = find_ids(session, prefix)
    if not found:
        fail(f"no record {prefix}: `avvisi export` lists them")
    if len(found) > 1:
        fail(f"several records begin with {prefix!r}: {', '.join(found)}...: write more of the id", 2)
    return found[0]


def _with_pieces(record: dict[str, Any]) -> dict[str, Any]:
    """Add the word-level difference to each revision but the first: a list of [kind, text]."""
    from itertools import pairwise

    from store.changes import Change

    for former, revision in pairwise(record["revisions"]):
        pieces = Change(former["text"], revision["text"]).pieces
        revision["diff"] = [[piece.kind, piece.text] for piece in pieces]
    return record


def _print_record(record: dict[str, Any], *, diff: bool) -> None:
    from rich.console import Console

    from store.show import show_changes, show_record

    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal without UTF-8 shows escapes
    show_one = show_changes if diff else show_record
    show_one(record, Console(file=sys.stdout, markup=False, highlight=False, emoji=False))


@contextmanager
def _open_output(output: Path | None) -> Iterator[TextIO]:
    """Open standard output, or a file that appears under its name only when it is whole."""
    if output is None:
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", newline="")
        yield sys.stdout
        sys.stdout.flush()
        return
    if output.is_dir():
        fail(f"{output} is a directory: name a file in it", 2)
    if not output.parent.is_dir():
        fail(f"{output} cannot be written: there is no folder {output.parent}", 2)
    if output.exists() and not output.is_file():  # a pipe, /dev/stdout
        with _explaining(output), output.open("w", encoding="utf-8", newline="") as file:
            yield file
        return
    unfinished = output.with_name(f".{output.name}.unfinished")
    try:
        with _explaining(output):
            with unfinished.open("w", encoding="utf-8", newline="") as file:
                yield file
            unfinished.replace(output)
    finally:
        unfinished.unlink(missing_ok=True)


@contextmanager
def _explaining(output: Path) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        fail(f"{output} cannot be written: {error.strerror or error}", 2)
