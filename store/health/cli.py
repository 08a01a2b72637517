"""The commands of whoever watches: conditions, coverage, backup."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from store.clock import utcnow
from store.console.command import Command, common
from store.console.wording import write_count
from store.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from store.backup import Progress
    from store.health.coverage import Day
    from store.health.watching import Standing

DAYS = 7  # of the ledger, by default


@click.command()
@click.argument("source", required=False)
@click.option("--all", "shows_all", is_flag=True, help="Also those that are over, with their times.")
@common
def conditions(command: Command, *, source: str | None, shows_all: bool) -> None:
    """Show what is wrong with sources, since when, and on what evidence.

    Each source is held against its own history: silent for longer than its rhythm allows, fewer entries than ever,
    pages that can no longer be read. docs/operating.md says what each condition means and what to do.
    """
    from store.console.asked import check_source
    from store.database import open_database
    from store.health.watching import get_conditions

    with open_database(command.database_url) as database, database.read() as session:
        check_source(session, source)
        found = get_conditions(session, source=source, all=shows_all)
    if command.json:
        command.print_json({"conditions": [each.as_dict() for each in found]})
    elif found:
        _print_conditions(found)
    else:
        command.say("nothing is wrong")


@click.command()
@click.argument("source", required=False)
@click.option("--since", metavar="DAY", help="The first day, as 2026-11-22; a week before the last by default.")
@click.option("--until", metavar="DAY", help="The last day; today by default.")
@common
def coverage(command: Command, *, source: str | None, since: str | None, until: str | None) -> None:
    """Show for every source and day what was expected, seen and stored, and why the rest was not.

    Days are UTC. What is expected is what the source usually brings on that weekday; a link counts on the day when it
    was found. The SQL view `coverage` holds the links of each source and day by what became of them.
    """
    from store.console.asked import check_source
    from store.database import open_database
    from store.health.coverage import get_coverage, summarise

    last = _read_day(until) if until else utcnow().date()
    first = _read_day(since) if since else last - timedelta(days=DAYS - 1)
    if first > last:
        raise UsageError(f"--since {first} comes after --until {last}")
    with open_database(command.database_url) as database, database.read() as session:
        check_source(session, source)
        rows = get_coverage(session, since=first, until=last, source=source)
    if command.json:
        command.print_json({"days": [row.as_dict() for row in rows], "totals": summarise(rows)})
    elif rows:
        _print_coverage(rows)
    else:
        command.say("no source was run in these days")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Overwrite FILE where it exists.")
@common
def backup(command: Command, *, file: Path, force: bool) -> None:
    """Copy the database to FILE, whole and verified, while avvisi runs.

    SQLite is copied as it was at one moment; FILE appears when the copy is complete, and is a database that
    `--database sqlite:///FILE` reads. PostgreSQL is copied by its own pg_dump.
    """
    from store.backup import back_up

    with _progress(command) as progress:
        made = back_up(command.database_url, file, force=force, progress=progress)
    records = "" if made.records is None else f", {write_count(made.records, 'record')}"
    command.say(f"{made.file}: {made.size / 1e6:.1f} MB{records}")
    if command.json:
        command.print_json({"file": str(made.file), "bytes": made.size, "records": made.records,
                            "seconds": round(made.seconds, 3)})


def _read_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{text!r} is no day: write it as 2026-11-22") from error


def _print_conditions(found: Sequence[Standing]) -> None:
    table = _table("condition", "since", "until", "place", "evidence", sources=[each.source for each in found])
    for each in found:
        evidence = ", ".join(f"{name} {_shorten(value)}" for name, value in each.evidence.items())
        _add_row(table, each.source, each.name, _write(each.opened_at), _write(each.closed_at), each.place, evidence)
    _print(table)


def _print_coverage(rows: Sequence[Day]) -> None:
    table = _table("day", "expected", "seen", "stored", "waiting", "not stored", "runs", "trouble",
                   sources=[row.source for row in rows])
    for row in rows:
        failed = [f"{amount} {word}" for word, amount in row.runs_failed.items()]
        _add_row(
            table, row.source, row.day.isoformat(), "" if row.expected is None else f"{row.expected:g}", str(row.seen),
            str(row.stored), str(row.waiting or ""), ", ".join(f"{n} {word}" for word, n in row.not_stored.items()),
            str(row.runs), ", ".join((*row.conditions, *failed)))
    _print(table)


def _table(*columns: str, sources: Sequence[str]) -> Any:
    from rich.table import Table

    from store.console.terminal import name_column

    return Table(name_column("source", sources), *columns, box=None)


def _add_row(table: Any, *cells: str) -> None:
    from rich.text import Text

    from store.logs import escape

    table.add_row(*(Text(escape(cell)) for cell in cells))


def _print(table: Any) -> None:
    from store.console.terminal import make_console

    make_console().print(table)


def _shorten(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


def _write(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M}" if at else ""


@contextmanager
def _progress(command: Command) -> Iterator[Progress]:
    if not command.shows_progress:
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TimeRemainingColumn

    with Progress(BarColumn(), TaskProgressColumn(), TimeRemainingColumn(), console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
