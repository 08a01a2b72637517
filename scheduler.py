"""The front door and the daemon: joins the rooms' commands into `avvisi`, and runs one APScheduler job a source."""

import asyncio
import gc
import importlib
import logging
import math
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import click

from crawler.cli import chosen_sources, contact_option, learn_option, remind_of_contact
from store.console.command import Command, common, in_one_line, log_format_option
from store.errors import AvvisiError

if TYPE_CHECKING:
    from crawler.service.listen import Place
    from crawler.service.notify import Notifier
    from crawler.sources import Source
    from crawler.workshop import RunReport, Workshop

log = logging.getLogger(__name__)

LONGEST_LOOK = timedelta(seconds=15)  # between two looks at the rows

# command -> where it lives and what it does; a room is imported when one of its commands is used
COMMANDS = {
    "demo": ("crawler.demo.cli:demo", "See it work: crawl a small bundled site, without a network."),
    "crawl": ("crawler.cli:crawl", "Make one pass over all or the named sources, now."),
    "run": ("scheduler:run", "Run as a background service until SIGTERM or Ctrl-C."),
    "status": ("store.health.status:status", "Show each source: its last run, its rhythm, when it is due and why."),
    "sources": ("crawler.sources.cli:sources", "List, check and extend the catalogue of sources."),
    "import": ("crawler.cli:import_", "Store texts and pages that are already here."),
    "learn": ("crawler.learn:learn", "Clean what is stored of the lines that each site repeats; rule on a line."),
    "extract": ("crawler.cli:extract", "Read pages without storing them."),
    "guest-report": ("crawler.network.guest_report:guest_report", "Tell a site's owner what was asked and how."),
    "export": ("store.cli:export", "Write the records as JSON lines, CSV or a feed."),
    "conditions": ("store.health.cli:conditions", "Show what is wrong with sources, and since when."),
    "coverage": ("store.health.cli:coverage", "Show what each day was expected, seen and stored, and why not."),
    "search": ("store.search.cli:search", "Find records by their words, in any script."),
    "show": ("store.cli:show", "Show one record: text, facts, removals, sightings."),
    "stats": ("store.cli:stats", "Count what is stored, over time and by source; draw it."),
    "lens": ("crawler.lens:lens", "Look at what the records are about that are already here."),
    "dedup": ("store.cli:dedup", "Recognise copies among the records that are already here."),
    "backup": ("store.health.cli:backup", "Copy the database, whole and verified, while avvisi runs."),
    "migrate": ("store.cli:migrate", "Create or upgrade the database."),
}


class Rooms(click.Group):
    """The commands of all rooms, listed without importing any."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's room, now that it is used."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which one may have been meant."""
        try:
            return super().resolve_command(ctx, args)
        except click.exceptions.NoSuchCommand as error:
            raise click.exceptions.NoSuchCommand(error.command_name, possibilities=COMMANDS, ctx=ctx) from error

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """Read what stands before the command."""
        with in_one_line():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        """Read what stands behind the command, and run it."""
        with in_one_line():
            return super().invoke(ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_line) for name, (_, help_line) in COMMANDS.items()])


@click.group(cls=Rooms, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="avvisi")
def main() -> None:
    """Collect diplomacy news in any language: fetched politely, read cleanly, each text stored once.

    Start with `avvisi demo`. `avvisi COMMAND --help` teaches each command.
    """
    gc.set_threshold(50_000, 20, 50)  # looking for garbage among libraries being loaded is a fifth of the start


@click.command()
@contact_option
@learn_option
@click.option("--listen", metavar="ADDRESS:PORT", envvar="AVVISI_LISTEN",
              help="Serve /health and /metrics there, as on 127.0.0.1:9477; nothing otherwise. [env: AVVISI_LISTEN]")
@click.option("--notify", metavar="COMMAND", envvar="AVVISI_NOTIFY",
              help="Run this for each condition that opens or closes, or send it to this Apprise URL. "
                   "[env: AVVISI_NOTIFY]")
@log_format_option
@common
def run(
    command: Command, contact: str | None, learns: bool, listen: str | None, notify: str | None, log_format: str
) -> None:
    """Run as a background service: every source at its own interval, until SIGTERM or Ctrl-C.

    What was due while the service was down is caught up once. A stop is clean: what reached the store is kept, what
    was found and not fetched is fetched by the next run.
    """
    from crawler.service.listen import parse_place
    from crawler.service.notify import make_notifier

    command = command.with_logs(log_format)
    sources = chosen_sources(command, ())
    place = parse_place(listen) if listen else None
    notifier = make_notifier(notify) if notify else None
    remind_of_contact(command, contact)
    command.say(f"avvisi: {len(sources)} sources into {command.database_url}; SIGTERM or Ctrl-C stops")
    asyncio.run(serve(sources, database_url=command.database_url, contact=contact, learns=learns, listen=place,
                      notifier=notifier))
    command.say("avvisi: stopped")


async def serve(
    sources: "Sequence[Source]", *, database_url: str, contact: str | None = None, learns: bool = False,
    listen: "Place | None" = None, notifier: "Notifier | None" = None,
) -> None:
    """Crawl each source whenever it is due until a signal comes; then end the crawls first, the scheduler after."""
    from crawler.runner import stop_on_signals
    from crawler.service.watch import TICK, Watch
    from crawler.workshop import Workshop
    from store.clock import get_clock
    from store.timetable.runs import sync_sources

    watched = [source.id for source in sources]
    async with (Workshop(database_url, learns=learns, patience=math.inf) as workshop,
                Watch(workshop, watched, listen=listen, notifier=notifier,
                      tick=max(1.0, get_clock().real(timedelta(seconds=TICK))))):
        stop_on_signals(workshop.stopping)
        await workshop.write(lambda session: sync_sources(session, sources), urgent=True)
        await Service(sources, workshop, contact=contact).run()
    if workshop.failure is not None:
        raise workshop.failure


class Service:
    """The sources' jobs: one a source, planned anew after each run, and whenever the rows say otherwise."""

    def __init__(self, sources: "Sequence[Source]", workshop: "Workshop", *, contact: str | None = None) -> None:
        from apscheduler.schedulers.asyncio import AsyncIOScheduler

        from crawler.runner import SOURCES_AT_ONCE, bounds_of
        from store.clock import get_clock
        from store.timetable.leases import BeatWatch

        self._sources = {source.id: source for source in sources}
        self._bounds = {source.id: bounds_of(source) for source in sources}
        self._workshop = workshop
        self._contact = contact
        self._clock = get_clock()
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._places = asyncio.Semaphore(SOURCES_AT_ONCE)
        self._underway: set[str] = set()
        self._running: set[asyncio.Task[RunReport]] = set()
        self._planned: dict[str, datetime] = {}
        self._resting: dict[str, float] = {}  # until when, by the monotonic clock
        self._watch = workshop.leases.watch = BeatWatch(workshop.leases.length)

    async def run(self) -> None:
        """Serve until the workshop stops."""
        from crawler.network.politeness import wait_for_event
        from store.timetable.leases import LOOKS

        seconds = min(max(self._clock.real(LONGEST_LOOK), 0.5), self._workshop.leases.length / LOOKS)
        self._scheduler.start()
        stopped = self._workshop.stopping.is_set()
        while not stopped:
            await self._look()
            stopped = await wait_for_event(self._workshop.stopping, seconds)
        self._scheduler.pause()
        await asyncio.gather(*self._running, return_exceptions=True)
        self._scheduler.shutdown(wait=False)

    async def _look(self) -> None:
        """Read the rows: other daemons change them, a clock may have jumped, a holder of a lease may have died."""
        from store.timetable.dues import correct_dues, find_corrections
        from store.timetable.leases import is_gone, list_leases
        from store.timetable.runs import get_due_times

        now = self._clock.now()
        try:
            due, leases, odd = await self._workshop.query(lambda session: (
                get_due_times(session), list_leases(session), find_corrections(session, self._bounds, now=now)))
            if odd:
                log.warning("%d due times cannot be meant and are brought forward", len(odd))
                await self._workshop.write(lambda session: correct_dues(session, self._bounds, now=now), urgent=True)
                due |= {id: correction.at for id, correction in odd.items()}
        except AvvisiError as error:  # the plan that is known goes on meanwhile
            log.warning("the due times cannot be read: %s", error)
            return
        monotonic = time.monotonic()
        others = [lease for lease in leases if lease.holder != self._workshop.leases.holder]
        self._watch.look(others, now=monotonic)
        taken = {lease.source for lease in others
                 if not is_gone(lease.holder) and not self._watch.is_dead(lease, now=monotonic)}
        resting = {id for id, until in self._resting.items() if until > monotonic}
        for id in self._sources.keys() - self._underway - taken - resting:
            self._plan(id, first_run(due.get(id), now=now))
        self._scheduler.wakeup()  # its timer counts from the wall clock of its last waking, which may have jumped

    def _plan(self, id: str, due: datetime) -> None:
        """Set the job of a source to its due time; it stays as it is where that is planned already."""
        if self._planned.get(id) != due or self._scheduler.get_job(id) is None:
            self._planned[id] = due
            self._scheduler.add_job(
                self._job, "date", args=[id], id=id, run_date=self._clock.to_machine(due), replace_existing=True,
                coalesce=True, max_instances=1, misfire_grace_time=None,  # the default of 1 s drops a run silently
            )

    async def _job(self, id: str) -> None:
        """Run a source, alone, and plan its next run."""
        if id in self._underway:
            return
        self._underway.add(id)
        try:
            async with self._places:
                began = self._clock.now()
                ran = not self._workshop.stopping.is_set() and await self._run_source(id, began)
        finally:
            self._underway.discard(id)
        if not self._workshop.stopping.is_set():
            await self._plan_again(id, began, ran=ran)

    async def _run_source(self, id: str, now: datetime) -> bool:
        """Run a source; say whether it was not busy."""
        from crawler.runner import run_source

        crawl = asyncio.ensure_future(
            run_source(self._sources[id], self._workshop, contact=self._contact, due_by=now))
        self._running.add(crawl)
        try:
            report = await asyncio.shield(crawl)  # the scheduler cancels its jobs when it ends; a run ends by itself
        finally:
            self._running.discard(crawl)
        if report.outcome == "busy":
            return False
        level = logging.INFO if report.is_ok else logging.WARNING
        log.log(level, "%s: %s: %s", id, report.outcome, report.error or report.counts)
        return True

    async def _plan_again(self, id: str, began: datetime, *, ran: bool) -> None:
        """Plan the next run as the row says.

        A row that could not be written must not make the source due at once; one that another process holds is looked
        at again with all the others.
        """
        from store.timetable.runs import get_due_time
        from store.timetable.schedule import FIRST_PAUSE

        try:
            due = await self._workshop.query(lambda session: get_due_time(session, id))
        except AvvisiError as error:
            log.warning("%s: its due time cannot be read: %s", id, error)
            due = None
        if due is not None and due > began:
            self._resting.pop(id, None)
            if id not in self._underway:
                self._plan(id, first_run(due, now=self._clock.now()))
        elif ran:
            self._resting[id] = time.monotonic() + self._clock.real(self._bounds[id].every / FIRST_PAUSE)


def first_run(due: datetime | None, *, now: datetime) -> datetime:
    """When a source is crawled first: when it is due, or now if that has passed: what was missed is caught up once."""
    return max(due or now, now)


if __name__ == "__main__":
    main()
