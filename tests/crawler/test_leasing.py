"""The leases of a process: renewed while a run lasts, and a run that lost its own is ended."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from crawler.leasing import Leases
from store.database import Database, open_database
from store.errors import DatabaseError
from store.timetable.leases import list_leases, release_lease, take_lease


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    monkeypatch.setenv("AVVISI_LEASE_SECONDS", "0.3")
    return open_database(f"sqlite:///{tmp_path / 'avvisi.db'}")


def writing(database: Database) -> Callable[[Callable[..., Any]], Any]:
    async def write(job: Callable[..., Any]) -> Any:
        with database.begin() as session:
            return job(session)

    return write


async def keep_until(leases: Leases, condition: Callable[[], bool]) -> None:
    keeping = asyncio.ensure_future(leases.keep())
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110  # most are rows of a database
            await asyncio.sleep(0.02)
    keeping.cancel()
    with suppress(asyncio.CancelledError):
        await keeping


def beats(database: Database) -> dict[str, int]:
    with database.read() as session:
        return {lease.source: lease.beat for lease in list_leases(session)}


def test_what_is_held_beats_and_what_is_forgotten_does_not(database: Database) -> None:
    async def hold() -> None:
        leases = Leases(writing(database))
        for source in ("a", "b"):
            assert await leases.take(source, lost=asyncio.Event(), due_by=None) is None
        leases.forget("b")
        await keep_until(leases, lambda: beats(database)["a"] >= 3)

    asyncio.run(hold())
    assert beats(database)["b"] == 1


def test_a_run_whose_source_was_taken_over_hears_of_it_and_the_others_do_not(database: Database) -> None:
    async def lose() -> bool:
        leases, lost, kept = Leases(writing(database)), asyncio.Event(), asyncio.Event()
        await leases.take("a", lost=lost, due_by=None)
        await leases.take("b", lost=kept, due_by=None)
        with database.begin() as session:
            release_lease(session, "a", holder=leases.holder)
            take_lease(session, "a", holder="other", length=60.0)
        await keep_until(leases, lost.is_set)
        return kept.is_set()

    assert asyncio.run(lose()) is False


def test_a_database_that_is_gone_for_a_while_ends_no_run(database: Database) -> None:
    async def wait() -> bool:
        lost, is_gone, in_vain, write = asyncio.Event(), [False], [], writing(database)

        async def perhaps(job: Callable[..., Any]) -> Any:
            if is_gone[0]:
                in_vain.append(job)
                raise DatabaseError("it is gone")
            return await write(job)

        leases = Leases(perhaps)
        await leases.take("a", lost=lost, due_by=None)
        is_gone[0] = True
        await keep_until(leases, lambda: len(in_vain) >= 2)
        is_gone[0] = False
        await keep_until(leases, lambda: beats(database)["a"] >= 2)
        return lost.is_set()

    assert asyncio.run(wait()) is False
