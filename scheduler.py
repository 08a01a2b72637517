"""The front door and the daemon: joins the rooms' commands into `avvisi`, and runs one APScheduler job a source."""

import asyncio
import importlib
import logging
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import click

from crawler.cli import chosen_sources, contact_option, learn_option, remind_of_contact
from store.command import Command, common

if TYPE_CHECKING:
    from crawler.sources import Source

log = logging.getLogger(__name__)

# command -> where it lives and what it does; a room is imported when one of its commands is used
COMMANDS = {
    "demo": ("crawler.demo.cli:demo", "See it work: crawl a small bundled site, without a network."),
    "crawl": ("crawler.cli:crawl", "Make one pass over all or the named sources, now."),
    "run": ("scheduler:run", "Run as a background service until SIGTERM or Ctrl-C."),
    "sources": ("crawler.sources.cli:sources", "List, check and extend the catalogue of sources."),
    "import": ("crawler.cli:import_", "Store texts and pages that are already here."),
    "learn": ("crawler.learn:learn", "Clean what is stored of the lines that each site repeats; rule on a line."),
    "extract": ("crawler.cli:extract", "Read pages without storing them."),
    "guest-report": ("crawler.guest_report:guest_report", "Tell a site's owner what was asked, and how politely."),
    "export": ("store.cli:export", "Write the records as JSON lines or CSV."),
    "show": ("store.cli:show", "Show one record: text, facts, removals, sightings."),
    "dedup": ("store.cli:dedup", "Recognise copies among the records that are already here."),
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


@click.command()
@contact_option
@learn_option
@common
def run(command: Command, contact: str | None, learns: bool) -> None:
    """Run as a background service: every source at its own interval, until SIGTERM or Ctrl-C.

    What was due while the service was down is caught up once. A stop is clean: what reached the store is kept, what
    was found and not fetched is fetched by the next run.
    """
    sources = chosen_sources(command, ())
    remind_of_contact(command, contact)
    command.say(f"avvisi: {len(sources)} sources into {command.database_url}; SIGTERM or Ctrl-C stops")
    asyncio.run(serve(sources, database_url=command.database_url, contact=contact, learns=learns))
    command.say("avvisi: stopped")


async def serve(
    sources: "Sequence[Source]", *, database_url: str, contact: str | None = None, learns: bool = False
) -> None:
    """Crawl each source whenever it is due until a signal comes; then end the crawls first, the scheduler after."""
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

    from crawler.runner import SOURCES_AT_ONCE, run_source, stop_on_signals
    from crawler.workshop import Workshop
    from store.runs import get_due_times, sync_sources

    async with Workshop(database_url, learns=learns) as workshop:
        stop_on_signals(workshop.stopping)
        await workshop.write(lambda session: sync_sources(session, sources), urgent=True)
        due = await workshop.query(get_due_times)
        places, running = asyncio.Semaphore(SOURCES_AT_ONCE), set[asyncio.Task[object]]()

        async def job(source: "Source") -> None:
            async with places:
                if not workshop.stopping.is_set():
                    crawl = asyncio.ensure_future(run_source(source, workshop, contact=contact))
                    running.add(crawl)
                    report = await asyncio.shield(crawl)
                    running.discard(crawl)
                    level = logging.INFO if report.is_ok else logging.WARNING
                    log.log(level, "%s: %s: %s", source.id, report.outcome, report.error or report.counts)

        scheduler = AsyncIOScheduler(timezone=UTC)
        for source in sources:
            scheduler.add_job(
                job,
                "interval",
                args=[source],
                id=source.id,
                seconds=source.every.total_seconds(),
                jitter=jitter_of(source.every),
                next_run_time=first_run(due.get(source.id), now=datetime.now(UTC)),
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,  # the default of 1 s drops a run silently
            )
        scheduler.start()
        await workshop.stopping.wait()
        scheduler.pause()
        await asyncio.gather(*running, return_exceptions=True)
        scheduler.shutdown(wait=False)


def first_run(due: datetime | None, *, now: datetime) -> datetime:
    """When a source is first crawled after a start: when it was due, or now if that has passed."""
    return max(due or now, now)


def jitter_of(every: timedelta) -> int:
    """Spread the sources: up to a tenth of the interval, in whole seconds, at most five minutes."""
    return min(300, int(every.total_seconds() // 10))


if __name__ == "__main__":
    main()
