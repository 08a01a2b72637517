"""The commands that get articles: crawl, import, extract. Rooms are imported when a command runs, not before."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from store.console.command import Command, common, log_format_option
from store.errors import UsageError

if TYPE_CHECKING:
    from crawler.sources import Source
    from crawler.workshop import Run, RunReport

contact_option = click.option(
    "--contact",
    metavar="URL",
    envvar="AVVISI_CONTACT",
    help="Where a site's owner can reach you; told to every site in the user agent. [env: AVVISI_CONTACT]",
)


def make_learn_option(*, learns: bool) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Make the option that lets sites' memories learn, on or off by default."""
    return click.option(
        "--learn/--no-learn",
        "learns",
        envvar="AVVISI_LEARN",
        default=learns,
        show_default=True,
        help="Let each site's memory learn the lines that its pages repeat, and take them out. [env: AVVISI_LEARN]",
    )


learn_option = make_learn_option(learns=True)


@click.command()
@click.argument("ids", metavar="[SOURCE]...", nargs=-1)
@click.option("--limit", type=click.IntRange(min=0), metavar="N", help="Fetch at most N pages a source.")
@contact_option
@learn_option
@log_format_option
@common
def crawl(
    command: Command, ids: tuple[str, ...], limit: int | None, contact: str | None, learns: bool, log_format: str
) -> None:
    """Make one pass over all or the named sources, now.

    New articles are fetched, read, stripped and stored; what is known already is not fetched again. Ctrl-C ends the
    pass cleanly: what was found and not fetched waits for the next one.

    \b
    avvisi crawl                      all sources of the built-in catalogue
    avvisi crawl bbc-europe dw        two of them (avvisi sources list)
    avvisi crawl --sources my.toml    all sources of a file of yours
    """
    from crawler.workers.readers import start_server

    command = command.with_logs(log_format)
    sources = chosen_sources(command, ids)
    remind_of_contact(command, contact)
    start_server()  # before the rest is imported: both take a second or two, side by side
    from crawler.runner import crawl as run_crawl

    with progress(command, len(sources)) as watch:
        reports = run_crawl(
            sources, database_url=command.database_url, limit=limit, contact=contact, learns=learns, watch=watch
        )
    print_reports(command, reports)
    if any(not report.is_ok for report in reports):
        sys.exit(1)


@click.command("import")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@make_learn_option(learns=False)
@common
def import_(command: Command, paths: tuple[Path, ...], learns: bool) -> None:
    """Store texts and pages that are already here.

    PATH is a .txt or .html file (.gz, too), a folder of them, or an index.jsonl that lists saved pages with their
    addresses. They take the same way as fetched pages: the same reading, the same recognising, the same store.
    """
    from crawler.importer import import_paths

    with progress(command, 1) as watch:
        report = import_paths(paths, database_url=command.database_url, learns=learns, watch=watch)
    print_reports(command, (report,))
    if report.failures or not report.is_ok:
        sys.exit(1)


@click.command()
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--manifest", type=click.Path(path_type=Path), metavar="index.jsonl", help="Read the pages it lists.")
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="Write here instead of to stdout.")
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Worker processes; one a core by default.")
@common
def extract(
    command: Command, files: tuple[Path, ...], manifest: Path | None, output: Path | None, jobs: int | None
) -> None:
    """Read pages without storing them: a line of JSON each.

    \b
    avvisi extract page.html
    avvisi extract --manifest saved/index.jsonl --output articles.jsonl --jobs 2
    """
    import os

    from crawler.archive import count_inputs, find_inputs
    from crawler.importer import extract_inputs
    from crawler.workshop import utcnow

    if not files and not manifest:
        raise UsageError("name files to read, or a list of them with --manifest index.jsonl")
    inputs = find_inputs(files)
    records = extract_inputs(inputs, manifest=manifest, jobs=jobs or os.cpu_count() or 1, now=utcnow())
    failed = 0
    with open_output(output) as write, counter(command, count_inputs(inputs, manifest)) as step:
        for record in records:
            failed += "error" in record
            if "error" in record:
                command.say(f"avvisi: {record['file']}: {record['error']}")
            write(json.dumps(record, ensure_ascii=False) + "\n")
            step()
    if failed:
        sys.exit(1)


def chosen_sources(command: Command, ids: tuple[str, ...]) -> "tuple[Source, ...]":
    """Load the catalogue and choose the named sources, or all that are not off."""
    from crawler.sources.loader import load_sources, select_sources

    return select_sources(load_sources(Path(command.sources) if command.sources else None), ids)


def remind_of_contact(command: Command, contact: str | None) -> None:
    """Ask, once a run, for what makes a crawler honest."""
    if not contact:
        command.say("avvisi: no contact address: set AVVISI_CONTACT, so that a site's owner can reach you")


@contextmanager
def open_output(path: Path | None) -> Iterator[Callable[[str], Any]]:
    """Open a file for writing, or standard output.

    Raises:
        UsageError: the file cannot be written.
    """
    if path is None:
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8")  # JSON, whatever the terminal
        yield sys.stdout.write
        return
    try:
        file = path.open("w", encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror})") from error
    with file:
        yield file.write


@contextmanager
def counter(command: Command, total: int) -> Iterator[Callable[[], None]]:
    """Show how many of ``total`` are done."""
    if not command.shows_progress:
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    with Progress(BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=total)
        yield lambda: bar.advance(task)


@contextmanager
def progress(command: Command, sources: int) -> "Iterator[Callable[[Run], None]]":
    """Show what the crawls have done so far."""
    if not command.shows_progress:
        yield lambda run: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    runs: dict[str, Run] = {}
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(f"{sources} sources")

        def watch(run: "Run") -> None:
            runs[run.source.id] = run
            sums = {word: sum(r.counts[word] for r in runs.values()) for word in ("found", "fetched", "new", "failed")}
            words = " · ".join(f"{amount} {word}" for word, amount in sums.items())
            bar.update(task, description=f"{len(runs)}/{sources} sources · {words} · {run.source.id}")

        yield watch


def print_reports(command: Command, reports: "tuple[RunReport, ...]") -> None:
    """Print the runs as a table and name what failed, or print it all as JSON."""
    from crawler.runner import total

    if command.json:
        command.print_json({"runs": [report.as_dict() for report in reports], "totals": total(reports)})
        return
    if not command.quiet:
        print_table(reports)
    for report in reports:
        if report.error:
            command.say(" ".join(f"avvisi: {report.source}: {report.outcome}: {report.error}".split()))
        for failure in report.failures:
            line = f"avvisi: {report.source}: {failure.reason}: {failure.url} {failure.detail}"
            command.say(" ".join(line.split()))


def print_table(reports: "tuple[RunReport, ...]") -> None:
    """Print a row a run and a row of sums, with the columns that hold anything."""
    from rich.table import Table

    from crawler.workshop import COUNTS
    from store.console.terminal import make_console, name_column

    words = [word for word in COUNTS if any(report.counts.get(word) for report in reports)]
    named = name_column("source", [report.source for report in reports])
    table = Table(named, "outcome", *words, "requests", "seconds", box=None, show_footer=len(reports) > 1)
    for report in reports:
        amounts = (str(report.counts.get(word, 0) or "") for word in words)
        table.add_row(report.source, report.outcome, *amounts, str(report.requests), f"{report.seconds:.1f}")
    if len(reports) > 1:
        sums = [sum(report.counts.get(word, 0) for report in reports) for word in words]
        feet = (f"{len(reports)} sources", "", *map(str, sums), str(sum(report.requests for report in reports)), "")
        for column, foot in zip(table.columns, feet, strict=True):
            column.footer = foot
    make_console().print(table)

