"""What watches the service while it runs, and lets it be watched.

    a clock       finds sources that are due and that nobody runs: silence needs no run
    notifications what opened and closed, told to the owner, again until it was heard
    a listener    /health and /metrics, where the owner asked for one
    systemd       ready, alive (from the event loop, so that a hung one is restarted), stopping
"""

import asyncio
import json
import logging
import os
import socket
from collections import Counter
from collections.abc import Callable, Collection
from contextlib import AsyncExitStack
from datetime import datetime
from functools import partial
from http import HTTPStatus
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Self

from crawler.observing import log_changes
from crawler.service.listen import Listener, Place, Reply
from crawler.service.notify import Notifier
from crawler.workshop import Run, RunReport, Workshop, utcnow
from store.errors import AvvisiError
from store.health.conditions import ANSWERED
from store.health.watching import Changes, claim_untold, find_unreachable, judge_clocks, note_told, open_conditions

if TYPE_CHECKING:
    from store.metrics import Metrics

log = logging.getLogger("avvisi.watch")

TICK = 60.0  # seconds
FEWEST_OFFLINE = 3  # sources; fewer may well fail together
LATE = 3  # ticks that may be missed before the service is not ready


class Watch:
    """Watches a workshop's runs of the named sources; an async context manager around the service's life."""

    def __init__(self, workshop: Workshop, sources: Collection[str], *, listen: Place | None = None,
                 notifier: Notifier | None = None, tick: float = TICK,
                 now: Callable[[], datetime] = utcnow) -> None:
        self._workshop = workshop
        self._sources = frozenset(sources)
        self._place = listen
        self._notifier = notifier
        self._tick = tick
        self._now = now
        self._started_at = now()
        self._woken = asyncio.Event()
        self._last_tick = asyncio.get_running_loop().time()
        self._problem: str | None = None
        self._offline: str | None = None
        self._metrics: Metrics | None = None
        self._life = AsyncExitStack()
        self.listener: Listener | None = None

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as stack:
            if self._place is not None:
                self.listener = await stack.enter_async_context(await self._make_listener(self._place))
            self._workshop.on_run_end = self._end_run
            for loop in (self._watch(), _keep_alive()):
                task = asyncio.ensure_future(loop)
                stack.push_async_callback(_end, task)
            self._life = stack.pop_all()
        tell_systemd(f"READY=1\nSTATUS={len(self._sources)} sources")
        return self

    async def __aexit__(self, *error: object) -> None:
        tell_systemd("STOPPING=1")
        self._workshop.on_run_end = lambda run, report, changes: None
        await self._life.aclose()

    # Runs

    def _end_run(self, run: Run, report: RunReport, changes: Changes) -> None:
        seen = run.sight.places.values()
        log.info("%s: %s", report.source, report.outcome, extra={
            "event": "run", **{name: value for name, value in report.as_dict().items() if name != "failures"}})
        if changes:
            self._woken.set()
        if self._metrics is not None:
            self._metrics.count_run(
                source=report.source,
                outcome=report.outcome,
                counts=report.counts,
                requests=report.requests,
                now=self._now(),
                has_news=any(place.fresh for place in seen),
                answers=Counter(_name_answer(place.outcome, place.is_modified) for place in seen if place.outcome),
                latencies=run.sight.latencies if run.sight.is_known else (),
            )

    # The clock and the notifications

    async def _watch(self) -> None:
        while True:
            try:
                await self.look()
                self._problem = None
            except AvvisiError as error:
                self._problem = str(error)
                log.warning("the watch waits: %s", error)
            except Exception as error:  # the edge of the job: a watch that fails once must watch on
                self._problem = f"{type(error).__name__}: {error}"
                log.exception("the watch failed")
            self._last_tick = asyncio.get_running_loop().time()
            self._woken.clear()
            try:
                await asyncio.wait_for(self._woken.wait(), self._tick)
            except TimeoutError:
                continue

    async def look(self) -> None:
        """Look at the clock once, and tell what nobody was told of.

        Where most sources cannot be reached the fault is ours: that is one word about us, and not one about each.
        """
        now = self._now()
        log_changes(await self._workshop.write(
            partial(judge_clocks, watched_since=self._started_at, sources=self._sources, now=now), urgent=True))
        standing = await self._workshop.query(open_conditions)
        self._note_offline(find_unreachable(standing) & self._sources)
        if self._notifier is None or self._offline:
            return
        for condition in await self._workshop.write(partial(claim_untold, now=now), urgent=True):
            if await self._notifier.tell(condition):
                await self._workshop.write(partial(note_told, told=condition), urgent=True)

    def _note_offline(self, unreachable: Collection[str]) -> None:
        is_offline = len(unreachable) >= max(FEWEST_OFFLINE, len(self._sources) / 2)
        said = f"{len(unreachable)} of {len(self._sources)} sources cannot be reached: is this machine's network down?"
        if is_offline != bool(self._offline):
            log.warning("%s", said if is_offline else "most sources can be reached again")
        self._offline = said if is_offline else None

    # The listener

    async def _make_listener(self, place: Place) -> Listener:
        from store.metrics import Metrics, find_last_news

        if not place.is_loopback:
            log.warning("whoever reaches %s port %d can read /health and /metrics", place.host, place.port)
        self._metrics = Metrics(await self._workshop.query(find_last_news))
        return Listener(place, {"/health": self._reply_health, "/metrics": self._reply_metrics})

    async def _reply_health(self) -> Reply:
        health = await self.check()
        status = HTTPStatus.OK if health["live"] and health["ready"] else HTTPStatus.SERVICE_UNAVAILABLE
        return Reply(body=json.dumps(health).encode() + b"\n", content_type="application/json", status=status)

    async def _reply_metrics(self) -> Reply:
        from store.metrics import CONTENT_TYPE, take_snapshot

        metrics = self._metrics
        assert metrics is not None, "the listener makes them"
        metrics.snapshot = await self._workshop.query(partial(take_snapshot, sources=self._sources, now=self._now()))
        metrics.waiting_writes = self._workshop.writer.waiting
        return Reply(body=metrics.write(), content_type=CONTENT_TYPE)

    async def check(self) -> dict[str, Any]:
        """Say whether the service lives and is ready, and why not."""
        reasons = self._find_reasons()
        conditions = None
        try:
            conditions = [each for each in await self._workshop.query(open_conditions) if each.source in self._sources]
        except AvvisiError as error:
            reasons.append(str(error))
        is_live = self._workshop.writer.is_alive
        if not is_live:
            reasons.append("the writer has ended")
        counted = Counter(each.name for each in conditions or ())
        return {"live": is_live, "ready": not reasons, "reasons": reasons, "sources": len(self._sources),
                "open_conditions": dict(sorted(counted.items())),
                "started_at": self._started_at.isoformat(timespec="seconds"), "version": version("avvisi")}

    def _find_reasons(self) -> list[str]:
        writer, reasons = self._workshop.writer, []
        if self._workshop.stopping.is_set():
            reasons.append("avvisi stops")
        if writer.is_down:
            reasons.append("the database cannot be written")
        if writer.is_full:
            reasons.append("too many writes wait for the database")
        reasons += filter(None, (self._problem, self._offline))
        late = asyncio.get_running_loop().time() - self._last_tick
        if late > LATE * self._tick:
            reasons.append(f"the watch is late by {late:.0f} s")
        return reasons


async def _end(task: "asyncio.Task[None]") -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def _name_answer(outcome: str | None, is_modified: bool) -> str:
    if outcome != ANSWERED:
        return "failed"
    return "modified" if is_modified else "not_modified"


# systemd


async def _keep_alive() -> None:
    """Tell systemd's watchdog that the event loop turns, three times as often as it asks."""
    microseconds = os.environ.get("WATCHDOG_USEC", "")
    if not microseconds.isdecimal() or os.environ.get("WATCHDOG_PID", str(os.getpid())) != str(os.getpid()):
        return
    while True:
        tell_systemd("WATCHDOG=1")
        await asyncio.sleep(int(microseconds) / 3e6)


def tell_systemd(state: str) -> None:
    """Tell the service manager, where one listens; sd_notify(3). The package sdnotify leaves its sockets open."""
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.setblocking(False)
        try:
            manager.sendto(state.encode(), "\0" + address[1:] if address.startswith("@") else address)
        except OSError as error:
            log.warning("the service manager cannot be told %s: %s", state.partition("\n")[0], error)
