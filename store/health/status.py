"""The command `avvisi status`: each source's last run, its rhythm, when it is due next and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from store.console.command import Command, common

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, kw_only=True)
class SourceStatus:
    """A source as its rows have it; ``a_day`` is how many articles its rhythm expects, None before it was watched.

    ``moved`` are the places that are asked elsewhere now, ``conditions`` what is wrong with it beside failures;
    ``reasons`` say more of some of these.
    """

    source: str
    every_seconds: int | None
    last_outcome: str | None
    last_run_at: datetime | None
    last_good_at: datetime | None
    last_new_at: datetime | None
    a_day: float | None
    due_at: datetime | None
    due_reason: str | None
    failures: int
    failing_since: datetime | None
    held_by: str | None
    moved: tuple[dict[str, str], ...] = ()
    conditions: tuple[str, ...] = ()
    reasons: dict[str, str] = field(default_factory=dict)

    def describe(self, condition: str) -> str:
        """Name a condition with its reason."""
        return f"{condition} ({self.reasons[condition]})" if condition in self.reasons else condition

    def as_dict(self) -> dict[str, Any]:
        """The status under the names of `status --json`."""
        return {name: value.isoformat() if isinstance(value, datetime) else value
                for name, value in asdict(self).items()}


def list_statuses(session: Session, ids: Sequence[str] = ()) -> tuple[SourceStatus, ...]:
    """List all sources or the named ones, the next due first."""
    from sqlalchemy import select

    from store import models
    from store.timetable.leases import shorten_holder
    from store.timetable.rhythm import read_rhythm

    row = models.Source
    query = select(row).where(row.every_seconds.is_not(None)).order_by(row.next_due_at.is_not(None), row.next_due_at,
                                                                       row.id)
    moves, conditions = _list_moves(session), _list_conditions(session)
    statuses = []
    for source in session.scalars(query.where(row.id.in_(ids)) if ids else query):
        rhythm = read_rhythm(source.rhythm)
        statuses.append(SourceStatus(
            source=source.id, every_seconds=source.every_seconds, last_outcome=source.last_outcome,
            last_run_at=source.last_finished_at, last_good_at=source.last_good_at, last_new_at=source.last_new_at,
            a_day=round(rhythm.a_day, 2) if sum(rhythm.watched) else None, due_at=source.next_due_at,
            due_reason=source.due_reason, failures=source.failures, failing_since=source.failing_since,
            held_by=shorten_holder(source.lease_holder) if source.lease_holder else None,
            moved=tuple(moves.get(source.id, ())),
            conditions=tuple(sorted(conditions.get(source.id, ()))),
            reasons={name: why for name, why in conditions.get(source.id, {}).items() if why},
        ))
    return tuple(statuses)


def _list_conditions(session: Session) -> dict[str, dict[str, str]]:
    """What is wrong with each source: the names, and why where the evidence says it in a word."""
    from store.health.watching import open_conditions

    found: dict[str, dict[str, str]] = {}
    for each in open_conditions(session):
        why, until = each.evidence.get("reason", ""), each.evidence.get("left_alone_until")
        found.setdefault(each.source, {})[each.name] = f"{why}, host left alone until {until}" if until else why
    return found


def _list_moves(session: Session) -> dict[str, list[dict[str, str]]]:
    from sqlalchemy import select

    from store import models

    row = models.Move
    found: dict[str, list[dict[str, str]]] = {}
    for move in session.scalars(select(row).where(row.ended_at.is_(None)).order_by(row.id)):
        found.setdefault(move.source_id, []).append(
            {"from": move.from_url, "to": move.to_url, "how": move.how, "at": move.found_at.isoformat()})
    return found


@click.command()
@click.argument("ids", metavar="[SOURCE]...", nargs=-1)
@common
def status(command: Command, *, ids: tuple[str, ...]) -> None:
    """Show each source: how its last run ended, when it last had something new, when it is due next and why.

    Sources that are due first stand first. A source with failures is asked ever less often, and never given up; one
    that another process runs now is held by it.
    """
    from store.clock import utcnow
    from store.console.asked import check_source
    from store.database import open_database

    with open_database(command.database_url) as database, database.read() as session:
        for id in ids:
            check_source(session, id)
        statuses = list_statuses(session, ids)
    now = utcnow()
    if command.json:
        command.print_json({"at": now.isoformat(), "sources": [one.as_dict() for one in statuses]})
    elif statuses:
        _print_table(statuses, now=now)
    else:
        command.say("no source has been crawled into this database yet: avvisi crawl, or avvisi run")


def _print_table(statuses: Sequence[SourceStatus], *, now: datetime) -> None:
    from rich.table import Table

    from store.console.terminal import make_console, name_column

    columns = {
        "source": [one.source for one in statuses],
        "last": [one.last_outcome or "never ran" for one in statuses],
        "ran": [_ago(one.last_run_at, now) for one in statuses],
        "new": [_ago(one.last_new_at, now) for one in statuses],
        "a day": ["" if one.a_day is None else f"{one.a_day:.1f}" for one in statuses],
        "due": [_ahead(one.due_at, now) for one in statuses],
        "why": [one.due_reason or "" for one in statuses],
        "failures": [str(one.failures or "") for one in statuses],
        "failing": [_ago(one.failing_since, now) for one in statuses],
        "held by": [one.held_by or "" for one in statuses],
        "conditions": [", ".join(map(one.describe, one.conditions)) for one in statuses],
    }
    shown = {name: cells for name, cells in columns.items() if any(cells) or name == "source"}
    table = Table(name_column("source", shown.pop("source")), *shown, box=None)
    for cells in zip(columns["source"], *shown.values(), strict=True):
        table.add_row(*cells)
    console = make_console()
    console.print(table)
    for one in statuses:
        for move in one.moved:
            console.print(f"{one.source}: {move['from']} is asked at {move['to']} ({move['how']}, {move['at'][:10]})")
    console.print(summarise(statuses, now=now))


def summarise(statuses: Sequence[SourceStatus], *, now: datetime) -> str:
    """Say in one line how many sources there are, what is wrong with how many, and what is due."""
    wrong = Counter(name for one in statuses for name in one.conditions)
    failing = sum(1 for one in statuses if one.failures and "failing" not in one.conditions)
    due = sum(1 for one in statuses if one.due_at is None or one.due_at <= now)
    well = sum(1 for one in statuses if not one.failures and not one.conditions)
    parts = [f"{well} well", *(f"{amount} {name}" for name, amount in sorted(wrong.items()))]
    parts += [f"{failing} with a failure"] * bool(failing) + [f"{due} due now"] * bool(due)
    trouble = "; avvisi conditions shows the evidence" if wrong else ""
    return f"{len(statuses)} source{'s' * (len(statuses) != 1)}: {', '.join(parts)}{trouble}"


def _ago(moment: datetime | None, now: datetime) -> str:
    from store.timetable.schedule import write_span

    return "" if moment is None else f"{write_span(now - moment)} ago"


def _ahead(due: datetime | None, now: datetime) -> str:
    from store.timetable.schedule import write_span

    return "now" if due is None or due <= now else f"in {write_span(due - now)}"
