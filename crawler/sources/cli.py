"""`avvisi sources`: the catalogue, listed, checked and added to."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from store.command import Command, common

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crawler.sources import Source
    from crawler.sources.add import Proposal
    from crawler.sources.check import Verdict
    from crawler.sources.loader import Catalogue
    from crawler.sources.probe import Manners

WIDE = 160  # columns, where no terminal says how many there are


def _manners(default_delay: float) -> "Callable[[Callable[..., Any]], Callable[..., Any]]":
    """Give a command the options that say how sites are asked."""

    def add(function: "Callable[..., Any]") -> "Callable[..., Any]":
        for option in (
            click.option("--contact", metavar="URL", envvar="AVVISI_CONTACT",
                         help="Where a site's owner can reach you; told to every site in the user agent. "
                              "[env: AVVISI_CONTACT]"),
            click.option("--timeout", type=click.FloatRange(min=0.1, max=600), default=20.0, show_default=True,
                         metavar="SECONDS", help="How long one answer may take."),
            click.option("--delay", type=click.FloatRange(min=0, max=600), default=default_delay, show_default=True,
                         metavar="SECONDS", help="Pause between two requests to one host."),
        ):
            function = option(function)
        return function

    return add


@click.group()
def sources() -> None:
    """List, check and extend the catalogue of sources."""


@sources.command("list")
@common
def list_(command: Command) -> None:
    """List the sources: the built-in ones, or those of --sources."""
    from crawler.sources.loader import load_sources

    catalogue = load_sources(_path(command))
    if command.json:
        command.print_json([_as_json(source) for source in catalogue])
    else:
        _print_sources(catalogue)


@sources.command()
@click.argument("ids", metavar="[SOURCE]...", nargs=-1)
@click.option("--online", is_flag=True, help="Also ask for each address, once and politely.")
@_manners(default_delay=2.0)
@common
def check(command: Command, ids: tuple[str, ...], online: bool, contact: str | None, timeout: float,
          delay: float) -> None:
    """Check the files of the catalogue and, with --online, each address in them.

    Exit status: 2 when a file is wrong, 1 when an address does not give what it should.
    """
    from crawler.sources.loader import read_catalogue, select_sources

    catalogue = read_catalogue(_path(command))
    if catalogue.problems:
        _report_problems(command, catalogue)
    chosen = select_sources(catalogue.sources, ids)
    verdicts: tuple[Verdict, ...] = ()
    if online:
        verdicts = _ask(command, chosen, manners=_introduce(contact, timeout=timeout, delay=delay))
    failed = tuple(dict.fromkeys(verdict.source for verdict in verdicts if not verdict.is_well))
    files = len({source.file for source in chosen})
    if command.json:
        command.print_json({"sources": len(chosen), "files": files, "problems": [],
                            "addresses": [_verdict_as_json(verdict) for verdict in verdicts], "failed": list(failed)})
    else:
        click.echo(f"{_count(len(chosen), 'source')} in {_count(files, 'file')}: nothing wrong with what is written"
                   + _online_result(chosen, verdicts, failed))
    if failed:
        sys.exit(1)


@sources.command()
@click.argument("url")
@click.option("--to", metavar="FILE", help="Write the entry to this file; by default to the one of --sources, or to "
                                            "sources.toml in the working directory.")
@click.option("--id", metavar="ID", help="The id of the new source, instead of one made from its host.")
@click.option("--name", metavar="TEXT", help="Its name, instead of what the site calls itself.")
@click.option("--dry-run", is_flag=True, help="Print the entry and write nothing.")
@_manners(default_delay=1.0)
@common
def add(command: Command, url: str, to: str | None, id: str | None, name: str | None, dry_run: bool,
        contact: str | None, timeout: float, delay: float) -> None:
    """Find what the site at URL announces, try it, and write it down as a source."""
    from datetime import UTC, datetime

    from crawler.sources.add import choose_file, propose_source
    from crawler.sources.writing import append_entry, load_known, refuse_known, write_entry

    file = choose_file(to, command.sources)
    known = load_known(file, folder=Path(command.sources) if command.sources else None)
    proposal = propose_source(url, manners=_introduce(contact, timeout=timeout, delay=delay),
                              today=datetime.now(UTC).date(), id=id, name=name, tell=command.say)
    refuse_known(proposal.source, known)
    entry = write_entry(proposal.source)
    if not dry_run:
        append_entry(entry, file=file)
    _report_proposal(command, proposal, entry=entry, file=file, written=not dry_run)


def _path(command: Command) -> Path | None:
    return Path(command.sources) if command.sources else None


def _count(number: int, thing: str, things: str | None = None) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {things or thing + 's'}"


def _as_json(source: "Source") -> dict[str, Any]:
    """Write a source under the names of its TOML keys, durations as they are written there."""
    from dataclasses import asdict

    from crawler.sources.duration import write_duration

    spans = {name: write_duration(span) if (span := getattr(source, name)) is not None else None
             for name in ("every", "every_min", "every_max", "delay")}
    return {**asdict(source), **spans}


def _verdict_as_json(verdict: "Verdict") -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(verdict)


def _print_sources(catalogue: "Sequence[Source]") -> None:
    from rich.console import Console
    from rich.table import Table

    from crawler.sources.duration import write_duration

    table = Table("id", "name", "language", "country", "every", "feeds", "sitemaps", "sections", "evidence", "rights",
                  box=None, pad_edge=False, header_style="bold")
    for source in catalogue:
        evidence = source.evidence
        said = f"{evidence.status} {evidence.seen or ''}".strip() if evidence else ""
        table.add_row(source.id, source.name, source.language or "", source.country or "",
                      write_duration(source.every), *(str(len(urls) or "") for urls in (
                          source.feeds, source.sitemaps, source.sections)), said, "see notes" if source.rights else "")
    console = Console(markup=False, highlight=False)
    if not console.is_terminal:
        console.width = WIDE
    console.print(table)
    languages = len({source.language for source in catalogue if source.language})
    console.print(f"{_count(len(catalogue), 'source')} in {_count(languages, 'language')}")
    for source in catalogue:
        if source.rights:
            console.print(f"{source.id}: {source.rights}", soft_wrap=True)


def _report_problems(command: Command, catalogue: "Catalogue") -> NoReturn:
    """Tell all that is wrong and end with the status of wrong usage."""
    from dataclasses import asdict

    from store.errors import SourceError

    if command.json:
        files = {source.file for source in catalogue.sources} | {problem.file for problem in catalogue.problems}
        command.print_json({"sources": len(catalogue.sources), "files": len(files),
                            "problems": [asdict(problem) for problem in catalogue.problems],
                            "addresses": [], "failed": []})
    raise SourceError("\n".join(map(str, catalogue.problems)))


def _introduce(contact: str | None, *, timeout: float, delay: float) -> "Manners":
    from crawler.settings import user_agent
    from crawler.sources.probe import Manners

    return Manners(user_agent=user_agent(contact), timeout=timeout, delay=delay)


def _ask(command: Command, chosen: "Sequence[Source]", *, manners: "Manners") -> "tuple[Verdict, ...]":
    from crawler.sources.check import check_online

    def tell(verdict: "Verdict") -> None:
        command.say(f"{verdict.source}: {_in_words(verdict)}")

    return check_online(chosen, manners=manners, trusted=command.sources is not None, tell=tell)


def _in_words(verdict: "Verdict") -> str:
    found = f", {verdict.links} found" if verdict.links else ""
    detail = f" ({verdict.detail})" if verdict.detail else ""
    return f"{verdict.state} {verdict.kind} {verdict.url}{found}{detail}"


def _online_result(chosen: "Sequence[Source]", verdicts: "Sequence[Verdict]", failed: tuple[str, ...]) -> str:
    if not verdicts:
        return ""
    from collections import Counter

    states = Counter(str(verdict.state) for verdict in verdicts)
    counted = ", ".join(f"{count} {state}" for state, count in states.most_common())
    ends = [f"{_count(len(verdicts), 'address', 'addresses')} asked: {counted}"]
    ends += [f"{id} failed: " + "; ".join(_in_words(verdict) for verdict in verdicts
                                          if verdict.source == id and not verdict.is_well) for id in failed]
    return "\n" + "\n".join(ends)


def _report_proposal(command: Command, proposal: "Proposal", *, entry: str, file: Path, written: bool) -> None:
    """Print the entry and say what to do next."""
    import shlex

    source = proposal.source
    next_step = f"avvisi crawl --sources {shlex.quote(str(file))} {shlex.quote(source.id)}"
    if command.json:
        command.print_json({
            "source": _as_json(source), "entry": entry, "file": str(file), "written": written, "next": next_step,
            "left_out": [{"url": tried.url, "why": tried.why} for tried in proposal.found.left_out]})
        return
    click.echo(entry, nl=False)
    for tried in proposal.found.left_out:
        command.say(f"left out: {tried.url} {tried.why}")
    if proposal.found.sections:
        command.say("no feed and no sitemap was found; the page itself lists articles and is taken as a section page")
    command.say(f"written to {file}; now: {next_step}" if written else
                f"not written (--dry-run); it would go to {file}, and then: {next_step}")
