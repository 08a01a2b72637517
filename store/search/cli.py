"""The command `avvisi search`, and what it shares with `export --matching`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from store.console.command import Command, common
from store.console.filters import filter_options
from store.console.wording import write_count
from store.errors import DatabaseError, UsageError

if TYPE_CHECKING:
    from store.database import Database
    from store.export import About
    from store.search.index import Found
    from store.search.words import Phrase


@click.command()
@click.argument("words", nargs=-1)
@click.option("--title", "in_title", is_flag=True, help="Look in titles only.")
@filter_options
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, metavar="N",
              help="Show at most N records.")
@click.option("--rebuild", is_flag=True, help="Forget the index of words first, and make it anew.")
@common
def search(command: Command, *, words: tuple[str, ...], in_title: bool, limit: int, rebuild: bool,
           **asked: Any) -> None:
    """Find records by their words, in any script; the newest first.

    A record has to have all WORDS, in whatever case and with whatever accents; Chinese, Japanese, Korean, Thai and the
    like are found by any piece of their text. Quote the whole for the shell: "two words" in it are a phrase,
    sanction* also finds sanctions and sanctioned, -word leaves out what has it.

    New records are taken into the index first. A crawl does not wait for that, and neither does whoever never searches.

    \b
    avvisi search ceasefire
    avvisi search '"foreign minister" sanction* -sport' --language en --since 2026-11
    avvisi search 外交部 --between CN,JP
    """
    from store.console.asked import check_source
    from store.console.filters import read_filters
    from store.database import open_database
    from store.search.index import find, forget_index

    if not words and not rebuild:
        raise UsageError("name words to look for, as in avvisi search ceasefire")
    question = read_question(" ".join(words)) if words else ()
    filters = read_filters(**asked)
    with open_database(command.database_url) as database:
        if rebuild:
            forget_index(database)
        indexed = bring_up_to_date(command, database)
        if rebuild:
            command.say(f"{write_count(indexed, 'record')} indexed")
        if not question:
            if command.json:
                command.print_json({"indexed": indexed})
            return
        with database.read() as session:
            check_source(session, filters["source"])
            found = find(session, question, limit=limit, in_title=in_title, **filters)
    if command.json:
        from store.export import dump_line

        click.echo(dump_line({"words": " ".join(words), "found": found.count, "records": found.records}))
    else:
        _print_found(command, found, question)


def among_matching(command: Command, database: Database, written: str, about: About) -> About:
    """Narrow what records are about to those that match; the index is brought up to date first."""
    from store.search.index import match

    question = read_question(written)
    bring_up_to_date(command, database)
    with database.read() as session:
        return replace(about, among=match(session.get_bind().dialect.name, question))


def read_question(written: str) -> tuple[Phrase, ...]:
    """Read words that are looked for; raises UsageError where nothing is wanted."""
    from store.search.words import parse_question

    question = parse_question(written)
    if all(phrase.is_unwanted for phrase in question):
        raise UsageError(f"nothing to look for in {written!r}: name at least one word that is to be there")
    return question


def bring_up_to_date(command: Command, database: Database) -> int:
    """Index what is new and say how much; where that cannot be now, what is indexed already has to do."""
    from store.console.progress import show_progress
    from store.search.index import Progress, count_missing, index_missing

    progress = Progress(done=0, total=0)
    try:
        with show_progress(command) as show:
            for progress in index_missing(database):
                show(progress.done, progress.total)
    except DatabaseError as error:
        if not error.passing:
            raise
        with database.read() as session:
            command.say(f"not looked through: {write_count(count_missing(session), 'new record')}: {error}")
    return progress.done


def _print_found(command: Command, found: Found, question: tuple[Phrase, ...]) -> None:
    from store.console.show import show_found
    from store.console.terminal import make_console

    console = make_console()
    for record in found.records:
        show_found(record, question, console)
    if not found.count:
        command.say("no record matches")
    elif found.count > len(found.records):
        command.say(f"{write_count(found.count, 'record')} match; shown are the newest {len(found.records)} (--limit "
                    "shows more, avvisi export --matching writes all)")
    else:
        command.say(write_count(found.count, "record"))
