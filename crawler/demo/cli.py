"""avvisi demo: serve the bundled site, crawl it, and show what was kept and what was stripped."""

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from crawler.demo.server import SOURCE_ID, serve_site, source
from crawler.demo.site import read_pages
from store.console.command import Command, common
from store.errors import AvvisiError

Record = dict[str, Any]

NOT_SAID = "not said"

# A full stop after a digit is an ordinal or a date ("27. Februar") more often than an end.
SENTENCE_END = re.compile(r"""(?<=[^\W\d])[.!?…]["”“»’']?(?=\s)""")


@click.command()
@common
def demo(command: Command) -> None:
    """Crawl a small bundled site and show the records and every stripped line. Needs no network."""
    from crawler.runner import crawl

    command.say(f"{len(read_pages())} news pages, dressed with menus, share bars and comment forms as real ones are, "
                "are served on this machine\nand crawled with the code of avvisi crawl; it takes some seconds.\n")
    with serve_site() as base_url, without_proxy(), database(command) as database_url:
        runs = crawl([source(base_url)], database_url=database_url)
        records = read_records(database_url)
    if command.json:
        command.print_json({"records": records, "runs": [run.as_dict() for run in runs]})
    else:
        show_records(Console(), records)
        command.say(next_steps(database_url if was_database_given() else None))
    expect_all(records, errors=[run.error for run in runs if run.error])


@contextmanager
def database(command: Command) -> Iterator[str]:
    """Lend a database in a folder that goes away, or the one named on the command line, which stays.

    The environment's database is left alone: a demo must not add its records to a real collection unasked.
    """
    if was_database_given():
        yield command.database_url
        return
    with tempfile.TemporaryDirectory(prefix="avvisi-demo-") as folder:
        yield f"sqlite:///{Path(folder) / 'demo.db'}"


def was_database_given() -> bool:
    """Whether --database stands on the command line."""
    origin = click.get_current_context().get_parameter_source("database_url")
    return origin is click.core.ParameterSource.COMMANDLINE


@contextmanager
def without_proxy() -> Iterator[None]:
    """Ask no proxy of the environment for loopback: it would look for the site on its own machine."""
    before = os.environ.get("no_proxy")
    others = before if before is not None else os.environ.get("NO_PROXY", "")
    if others != "*":
        os.environ["no_proxy"] = ",".join(filter(None, (others, "127.0.0.1")))
    try:
        yield
    finally:
        if before is None:
            os.environ.pop("no_proxy", None)
        else:
            os.environ["no_proxy"] = before


def read_records(database_url: str) -> list[Record]:
    """Read what the demo has stored, as an export would write it."""
    from store.database import open_database
    from store.export import iter_records

    with open_database(database_url) as opened, opened.read() as session:
        return in_site_order(iter_records(session, source=SOURCE_ID))


def in_site_order(records: Iterable[Record]) -> list[Record]:
    """Put the records of the site's pages in the site's order, however the crawl came by them; leave others out."""
    found = {urlsplit(record["url"]).path: record for record in records}
    return [found[page.path] for page in read_pages() if page.path in found]


def expect_all(records: list[Record], *, errors: list[str]) -> None:
    """Raise AvvisiError unless each page of the site became a record."""
    expected = len(read_pages())
    if len(records) != expected:
        reasons = "; ".join(errors) or "run it with --verbose to see each step"
        raise AvvisiError(f"the demo gave {len(records)} records instead of {expected}: {reasons}")


def show_records(console: Console, records: list[Record]) -> None:
    """Print each record with what was stripped from its page."""
    for number, record in enumerate(records, start=1):
        console.print(Panel(Group(*describe(record)), title=f"record {number}", title_align="left", padding=(0, 1)))
    stripped = sum(len(record["removed"]) for record in records)
    console.print(Text(f"{len(records)} records, {stripped} lines stripped, each kept with the rule that took it out."))


def describe(record: Record) -> Iterator[RenderableType]:
    """Yield the title of a record, its facts, its first sentence and its stripped lines."""
    yield Text(record["title"] or record["url"], style="bold")
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, value in facts(record):
        grid.add_row(name, Text(value))
    yield grid
    yield Text()
    yield removals(record) if record["removed"] else Text("no line of this text had to be stripped", style="dim")


def facts(record: Record) -> Iterator[tuple[str, str]]:
    """Yield what is known of a record, under the names of the export."""
    published = f"{record['published']} (to the {record['published_precision']})" if record["published"] else None
    yield "language", record["language"] or NOT_SAID
    yield "published", published or NOT_SAID
    yield "credits", ", ".join(record["credits"]) or NOT_SAID
    yield "derived_from", record["derived_from"] or NOT_SAID
    yield "about", about(record)
    yield "paragraphs", str(len(record["paragraphs"]))
    yield "begins", first_sentence(record["text"])


def about(record: Record) -> str:
    """Say what a record is about: how much of relations between states, between whom, and what it is."""
    dyad = f"; first of all {record['dyads'][0].replace('-', ' and ')}" if record["dyads"] else ""
    states = f"states {', '.join(record['countries'])}" if record["countries"] else "no state named"
    return f"{record['kind']}; relations between states: {record['relevance']:.2f} of 1; {states}{dyad}"


def removals(record: Record) -> Table:
    """Lay out the stripped lines of a record."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    table.add_column("stripped", overflow="fold", ratio=3)
    table.add_column("rule", style="yellow")
    table.add_column("where", style="dim")
    for removal in record["removed"]:
        table.add_row(*(Text(removal[name]) for name in ("text", "rule", "where")))
    return table


def first_sentence(text: str) -> str:
    """Cut a text after its first sentence, as far as that can be told in any language; never past its paragraph."""
    paragraph = text.partition("\n")[0]
    end = SENTENCE_END.search(paragraph)
    return paragraph[:end.end()] if end else paragraph


def next_steps(kept_in: str | None) -> str:
    """Say where the records are and what to try next."""
    kept = (f"The records are kept in {kept_in}; export them with: avvisi export --format jsonl --database {kept_in}"
            if kept_in else "The database was temporary; keep it with: avvisi demo --database sqlite:///demo.db")
    return f"{kept}\nNext, real news, five pages each from two sources: avvisi crawl evropaelire dw --limit 5{where()}"


def where() -> str:
    """Say where the command stands if a shell would not find it, as in an environment that is not activated."""
    called = Path(sys.argv[0])
    if called.name != "avvisi" or shutil.which("avvisi") is not None:
        return ""
    return f"\n(avvisi is {called} here)"
