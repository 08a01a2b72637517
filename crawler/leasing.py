"""The leases of this process on the sources that it runs: taken, kept alive while a run lasts, given back."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from store.errors import AvvisiError
from store.timetable.leases import BEATS, BeatWatch, Lease, lease_length, name_holder, renew_leases, take_lease

log = logging.getLogger(__name__)

Write = Callable[[Callable[[Session], Any]], Awaitable[Any]]


class Leases:
    """What this process holds; ``watch`` is a daemon's view of the others, None for a command that runs once."""

    def __init__(self, write: Write) -> None:
        self.holder = name_holder()
        self.length = lease_length()
        self.watch: BeatWatch | None = None
        self._write = write
        self._held: dict[str, asyncio.Event] = {}

    async def take(self, source: str, *, lost: asyncio.Event, due_by: datetime | None) -> Lease | None:
        """Take a source's lease, and set ``lost`` should it ever be lost; return the lease that is in the way."""
        in_the_way: Lease | None = await self._write(lambda session: take_lease(
            session, source, holder=self.holder, length=self.length, due_by=due_by, watch=self.watch,
            monotonic=time.monotonic()))
        if in_the_way is None:
            self._held[source] = lost
        return in_the_way

    def forget(self, source: str) -> None:
        """Renew a lease no more: its run has ended."""
        self._held.pop(source, None)

    async def keep(self) -> None:
        """Renew all that is held, until cancelled. Who lost one, because this process stood still, ends that run."""
        while True:
            await asyncio.sleep(self.length / BEATS)
            if not (sources := tuple(self._held)):
                continue
            try:
                kept = await self._write(
                    partial(renew_leases, sources=sources, holder=self.holder, length=self.length))
            except AvvisiError as error:
                log.warning("%d leases cannot be renewed: %s", len(sources), error)
                continue
            for source in (set(sources) - kept) & set(self._held):
                log.warning("%s: another process has taken over; ending this run", source)
                self._held[source].set()
