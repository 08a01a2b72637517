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
from store.leases import list_leases, release_lease, take_lease


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    monkeypatch.setenv("AVVISI_LEASE_SECONDS", "0.3")
    return open_database(f"sqlite:///{tmp_path / 'avvisi.db'}")


def writing(database: Database) -> Callable[[Callable[..., Any]], Any]:
    async def write(job: Callable[..., Any]) -> Any:
        with database.begin() as session:
            return job(session)

    return write


async def keep_for(leases: Leases, seconds: float) -> None:
    keeping = asyncio.ensure_future(leases.keep())
    await asyncio.sleep(seconds)
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
        await keep_for(leases, 0.45)

    asyncio.run(hold())
    assert beats(database)["a"] >= 3
    assert beats(database)["b"] == 1


def test_a_run_whose_source_was_taken_over_hears_of_it_and_the_others_do_not(database: Database) -> None:
    async def lose() -> tuple[bool, bool]:
        leases, lost, kept = Leases(writing(database)), asyncio.Event(), asyncio.Event()
        await leases.take("a", lost=lost, due_by=None)
        await leases.take("b", lost=kept, due_by=None)
        with database.begin() as session:
            release_lease(session, "a", holder=leases.holder)
            take_lease(session, "a", holder="other", length=60.0)
        await keep_for(leases, 0.25)
        return lost.is_set(), kept.is_set()

    assert asyncio.run(lose()) == (True, False)


def test_a_database_that_is_gone_for_a_while_ends_no_run(database: Database) -> None:
    async def wait() -> bool:
        lost, is_gone, write = asyncio.Event(), [False], writing(database)

        async def perhaps(job: Callable[..., Any]) -> Any:
            if is_gone[0]:
                raise DatabaseError("it is gone")
            return await write(job)

        leases = Leases(perhaps)
        await leases.take("a", lost=lost, due_by=None)
        is_gone[0] = True
        await keep_for(leases, 0.25)
        is_gone[0] = False
        await keep_for(leases, 0.25)
        return lost.is_set()

    assert asyncio.run(wait()) is False
    assert beats(database)["a"] >= 2
