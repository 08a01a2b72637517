"""The command that makes sites' memories work on what is stored, and lets a person overrule them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from store.console.command import Command, common
from store.console.wording import write_count
from store.errors import UsageError

if TYPE_CHECKING:
    from crawler.learning import Tidied
    from store.database import Database
    from store.sites import Site

AT_ONCE = 50  # texts in one transaction


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What a person asked for: at most one of these, each about all lines or one."""

    keep: str | None
    drop: str | None
    reset: str | None
    undo: bool
    listing: bool

    def check(self) -> None:
        """Raise UsageError where two things are asked for at once."""
        asked = [self.keep is not None, self.drop is not None, self.reset is not None, self.undo, self.listing]
        if sum(asked) > 1:
            raise UsageError("--keep, --drop, --reset, --undo and --list go one at a time")

    @property
    def line(self) -> str | None:
        """The line it is about."""
        return next((line for line in (self.keep, self.drop, self.reset) if line is not None), None)


@click.command()
@click.argument("source", metavar="[SOURCE]", required=False)
@click.option("--keep", metavar="LINE", help="This line is text: never take it out, and put it back.")
@click.option("--drop", metavar="LINE", help="This line is furniture: always take it out.")
@click.option("--reset", metavar="LINE", help="Forget what was said of this line with --keep or --drop.")
@click.option("--undo", is_flag=True, help="Put back all lines that were taken out, and take none out from now on.")
@click.option("--list", "listing", is_flag=True, help="List the lines that are taken out, and change nothing.")
@common
def learn(command: Command, source: str | None, keep: str | None, drop: str | None, reset: str | None, undo: bool,
          listing: bool) -> None:
    """Clean the stored texts of the lines that their site repeats from article to article.

    A crawl does so by itself; by hand it looks at every stored text again. SOURCE is a source's id or the
    name of a site; without it all sites are meant. Lines are recognised whatever numbers and dates are in them.

    \b
    avvisi learn                                   all sites
    avvisi learn dw --list                         what is taken out of the texts of dw, and why
    avvisi learn dw --keep "Lesen Sie auch"        this line is text
    avvisi learn dw --undo                         put everything back; `avvisi learn dw` begins anew
    """
    from store.database import open_database

    wish = Wish(keep=keep, drop=drop, reset=reset, undo=undo, listing=listing)
    wish.check()
    with open_database(command.database_url) as database:
        if listing:
            print_lines(command, list_lines(database, source))
        else:
            print_results(command, list(work(database, source, wish)))


def work(database: "Database", source: str | None, wish: Wish) -> "Iterator[tuple[Site, Tidied]]":
    """Do what was asked for, site by site."""
    from crawler.extract.site_memory import Ruling
    from crawler.learning import find_named_sites, rule_on_line
    from crawler.workshop import utcnow

    now = utcnow()
    if wish.line is not None:
        ruling = Ruling.KEEP if wish.keep is not None else Ruling.DROP if wish.drop is not None else None
        with database.begin() as session:
            meant = rule_on_line(session, wish.line, ruling, label=source, now=now)
    else:
        if not wish.undo:
            learn_unlearnt(database, source, now=now)
        with database.read() as session:
            meant = find_named_sites(session, source)
    for site in meant:
        yield site, undo_site(database, site, now=now) if wish.undo else tidy_site(
            database, site, now=now, resumes=wish.line is None)


def learn_unlearnt(database: "Database", source: str | None, *, now: datetime) -> None:
    """Learn from the articles that were stored before there was a memory."""
    from crawler.learning import learn_from_archive
    from store.sites import find_unlearnt

    with database.read() as session:
        unlearnt = find_unlearnt(session, source)
    for chunk in in_chunks(unlearnt):
        with database.begin() as session:
            for article_id, url in chunk:
                learn_from_archive(session, article_id, url, now=now)


def tidy_site(database: "Database", site: "Site", *, now: datetime, resumes: bool) -> "Tidied":
    """Look at all stored texts of a site again; a memory that was undone works again if it ``resumes``."""
    from crawler.learning import Tidied, tidy
    from store.sites import find_articles, switch

    if site.is_off and not resumes:
        return Tidied()
    if site.is_off:
        with database.begin() as session:
            switch(session, site, is_off=False)
    with database.read() as session:
        articles = find_articles(session, site)
    total = Tidied()
    for chunk in in_chunks(articles):
        with database.begin() as session:
            total = sum((tidy(session, site, article_id, now=now, keeps=True) for article_id in chunk), total)
    return total


def undo_site(database: "Database", site: "Site", *, now: datetime) -> "Tidied":
    """Put back all that a site's memory took out, and stop it."""
    from crawler.learning import Tidied, undo
    from store.sites import find_cleaned, switch

    with database.begin() as session:
        switch(session, site, is_off=True)
        cleaned = find_cleaned(session, site)
    total = Tidied()
    for chunk in in_chunks(cleaned):
        with database.begin() as session:
            total = sum((undo(session, site, revision_id, now=now) for revision_id in chunk), total)
    return total


def in_chunks(items: "tuple[Any, ...]") -> "Iterator[tuple[Any, ...]]":
    """Cut many items into transactions."""
    return (items[start : start + AT_ONCE] for start in range(0, len(items), AT_ONCE))


def list_lines(database: "Database", source: str | None) -> list[dict[str, Any]]:
    """List what is taken out, and what was said by hand, site by site."""
    from crawler.learning import find_named_sites
    from store.sites import list_cleanings, list_rulings

    with database.read() as session:
        return [
            {"site": site.name, "pages": site.pages, "off": site.is_off, "removed": list_cleanings(session, site),
             "ruled": list_rulings(session, site)}
            for site in find_named_sites(session, source)
        ]


def print_lines(command: Command, found: list[dict[str, Any]]) -> None:
    """Print what ``list_lines`` found."""
    if command.json:
        command.print_json({"sites": found})
        return
    from store.console.show import make_harmless

    if not found:
        command.say("no site is known yet: a crawl gets to know them")
    for site in found:
        off = ", undone: takes nothing out" if site["off"] else ""
        click.echo(f"{site['site']}: {write_count(site['pages'], 'page')}{off}")
        for line in site["removed"]:
            shown = f", on {write_count(line['pages'], 'page')}" if line["pages"] else ""
            click.echo(f"  out of {write_count(line['texts'], 'text')}{shown}: {make_harmless(line['text'])}")
        for line in site["ruled"]:
            click.echo(f"  {line['ruling']}, by hand: {make_harmless(line['text'] or '')}")


def print_results(command: Command, results: "list[tuple[Site, Tidied]]") -> None:
    """Say what was changed on each site."""
    if command.json:
        command.print_json({"sites": [
            {"site": site.name, "pages": site.pages, "texts": tidied.texts, "removed": tidied.cleaned,
             "restored": tidied.restored} for site, tidied in results]})
        return
    changed = [(site, tidied) for site, tidied in results if tidied.texts]
    for site, tidied in changed:
        click.echo(f"{site.name}: {write_count(tidied.texts, 'text')} changed: "
                   f"{write_count(tidied.cleaned, 'line')} taken out, {tidied.restored} put back")
    command.say(f"avvisi: {write_count(len(results), 'site')}, {len(changed)} with changes")
