"""The commands of the store: export, stats, show, migrate, dedup. Rooms are imported when a command runs."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from store.console.command import Command, common, fail
from store.console.filters import filter_options
from store.console.wording import write_count
from store.search.cli import among_matching

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session


@click.command()
@click.option("--format", "form", type=click.Choice(["jsonl", "csv", "atom"]), default="jsonl", show_default=True,
              help="One JSON object a line, a table, or a feed of the newest 100.")
@filter_options
@click.option("--matching", metavar="WORDS", help="Only records with these words, as `avvisi search` takes them.")
@click.option("--output", "-o", metavar="FILE", type=click.Path(path_type=Path), help="Standard output by default.")
@common
def export(command: Command, *, form: str, matching: str | None, output: Path | None, **asked: Any) -> None:
    """Write the records as JSON Lines, CSV or an Atom feed.

    A record whose date of publication is not known counts as published when it was first seen.

    \b
    avvisi export --between US,CN --min-relevance .5    everything between these two, in any language
    avvisi export --about NATO --kind statement
    avvisi export --between US,CN --format atom --output us-cn.xml    the newest, for a feed reader
    avvisi export --matching 'ceasefire "foreign minister"' --format csv --output ceasefire.csv
    """
    from store.console.asked import check_source
    from store.console.filters import read_filters
    from store.database import open_database

    filters = read_filters(**asked)
    with open_database(command.database_url) as database:
        if matching is not None:
            filters |= {"about": among_matching(command, database, matching, filters["about"])}
        with database.read() as session:
            check_source(session, filters["source"])
            with _open_output(output) as file:
                count = _write(session, form, file, filters)
    if not count:
        command.say("no record matches")
    if output is not None:
        command.say(f"{write_count(count, 'record')} written to {output}")
        if command.json:
            command.print_json({"records": count, "output": str(output)})


def _write(session: Session, form: str, file: TextIO, filters: dict[str, Any]) -> int:
    """Write the records in a form; return how many."""
    from store.clock import utcnow
    from store.export import find_newest, iter_records, list_conditions, write_csv, write_jsonl
    from store.feed import NEWEST, write_atom
    from store.models import Article, table_of

    if form == "atom":
        _, newest = find_newest(session, list_conditions(table_of(Article).c, **filters), limit=NEWEST)
        return write_atom(newest, file, now=utcnow())
    write = write_csv if form == "csv" else write_jsonl
    return write(iter_records(session, **filters), file)


@click.command()
@click.option("--since", metavar="DATE", help="Published at or after: 2023, 2023-03, 2023-03-05 or a time with zone.")
@click.option("--until", metavar="DATE", help="Published up to the end of this year, month or day, or before a time.")
@click.option("--source", metavar="ID", help="Only records of this source.")
@click.option("--by", type=click.Choice(["day", "week", "month"]), default="month", show_default=True,
              help="How time is cut.")
@click.option("--top", type=click.IntRange(min=1), default=20, show_default=True, metavar="N",
              help="How many states, organisations and pairs are listed.")
@click.option("--plot", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False),
              help="Draw it, too: an .svg, or a .png (pip install 'avvisi[plot]').")
@common
def stats(command: Command, *, since: str | None, until: str | None, source: str | None, by: str, top: int,
          plot: Path | None) -> None:
    """Count what is stored: records, languages, outlets, actors, pairs of states, origins, duplicates saved.

    Times compare with when a record was published; where that is not known, with when it was first seen. An exact
    duplicate counts when it was met.

    \b
    avvisi stats                                  all of it, month by month
    avvisi stats --since 2026-11 --by day         a month, day by day
    avvisi stats --source dw --plot dw.svg        one source, as a picture
    """
    from store.console.asked import check_period, check_source
    from store.database import open_database
    from store.export import parse_period
    from store.statistics.show_stats import check_picture, write_picture
    from store.statistics.stats import Wanted, take_stats

    if plot is not None:
        check_picture(plot)
    wanted = Wanted(since=parse_period(since)[0] if since else None, until=parse_period(until)[1] if until else None,
                    source=source, by=by)
    check_period(wanted.since, wanted.until)
    with open_database(command.database_url) as database, database.read() as session:
        check_source(session, source)
        counted = take_stats(session, wanted, top=top)
    if plot is not None:
        write_picture(counted, plot)
        command.say(f"drawn into {plot}")
    if command.json:
        command.print_json(counted)
    elif not command.quiet:
        _print_stats(counted)


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
    from store.copies.dedup import count_missing
    from store.database import open_database

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
    from store.console.progress import show_progress
    from store.copies.dedup import Progress, count_groups, index_missing, start_rebuild
    from store.database import open_database

    now = utcnow()
    with open_database(command.database_url) as database:
        if rebuild and not start_rebuild(database, now=now):
            command.say("going on with the rebuild that was stopped")
        progress = Progress(done=0, total=0)
        with show_progress(command) as show:
            for progress in index_missing(database, now=now):
                show(progress.done, progress.total)
        with database.read() as session:
            groups, members = count_groups(session)
    command.say(f"{write_count(progress.done, 'record')} indexed; {write_count(members, 'record')} are copies, "
                f"in {write_count(groups, 'group')}")
    if command.json:
        command.print_json({"indexed": progress.done, "groups": groups, "members": members})


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
    from store.console.show import show_changes, show_record
    from store.console.terminal import make_console

    show_one = show_changes if diff else show_record
    show_one(record, make_console())


def _print_stats(counted: dict[str, Any]) -> None:
    from store.console.terminal import make_console
    from store.statistics.show_stats import show_stats

    show_stats(counted, make_console())


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
    unfinished = output.with_name(f".{output.name}.{os.getpid()}.unfinished")  # two may write one file at once
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
