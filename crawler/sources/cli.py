"""`avvisi sources`: the catalogue, listed, checked, added to, and handed to and from feed readers."""

import itertools
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from store.console.command import Command, common
from store.console.wording import write_count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from crawler.sources import Source
    from crawler.sources.add import Proposal
    from crawler.sources.check import Verdict
    from crawler.sources.entry import Problem
    from crawler.sources.loader import Catalogue
    from crawler.sources.opml import Outline
    from crawler.sources.probe import Manners


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


@sources.command("list", short_help="List the sources, all or those that match.")
@click.option("--language", metavar="CODE", help="Only sources in this language: sq, en, uk.")
@click.option("--country", metavar="CODE", help="Only sources of this country: AL, UA.")
@click.option("--kind", metavar="KIND", help="Only ministries, agencies ...: ministry, agency, 'think tank'.")
@click.option("--standpoint", metavar="WORD", help="Only one voice: government, 'state media', independent.")
@click.option("--all", "all_", is_flag=True, help="Also those that are off, because nobody has seen them work.")
@common
def list_(command: Command, language: str | None, country: str | None, kind: str | None, standpoint: str | None,
          all_: bool) -> None:
    """List the sources: the built-in ones, or those of --sources.

    \b
    avvisi sources list --language sq
    avvisi sources list --kind ministry --all
    """
    from crawler.sources.loader import load_sources

    asked = {"language": language, "country": country, "kind": kind, "standpoint": standpoint}
    _check_words(asked)
    known = load_sources(_path(command))
    wanted = _dated(command, [source for source in known if _matches(source, asked)])
    listed = [source for source in wanted if all_ or source.enabled]
    if command.json:
        command.print_json([_as_json(source) for source in listed])
    else:
        _print_sources(listed, off=len(wanted) - len(listed))


@sources.command(short_help="Check the files; with --online each address, too.")
@click.argument("ids", metavar="[SOURCE]...", nargs=-1)
@click.option("--online", is_flag=True, help="Also ask for each address, once and politely, and note the date.")
@_manners(default_delay=2.0)
@common
def check(command: Command, ids: tuple[str, ...], online: bool, contact: str | None, timeout: float,
          delay: float) -> None:
    """Check the files of the catalogue and, with --online, each address in them; sources that are off, too.

    \b
    The date of an online check is written into the files of --sources, and for
    the built-in catalogue into a file of state (AVVISI_CHECKED names another).

    Exit status: 2 when a file is wrong, 1 when an address does not give what it should or nothing can be reached.
    """
    from crawler.sources.loader import find_duplicates, read_catalogue, select_sources

    catalogue = read_catalogue(_path(command))
    problems = (*catalogue.problems, *find_duplicates(catalogue.sources))
    if problems:
        _report_problems(command, catalogue, problems)
    chosen = select_sources(catalogue.sources, ids or tuple(source.id for source in catalogue.sources))
    verdicts: tuple[Verdict, ...] = ()
    if online:
        verdicts = _ask(command, chosen, manners=_introduce(contact, timeout=timeout, delay=delay))
        _note_dates(command, chosen, verdicts)
    failed = tuple(dict.fromkeys(verdict.source for verdict in verdicts if not verdict.is_well))
    files = len({source.file for source in chosen})
    if command.json:
        command.print_json({"sources": len(chosen), "files": files, "problems": [], "totals": _totals(chosen),
                            "addresses": [_verdict_as_json(verdict) for verdict in verdicts], "failed": list(failed)})
    else:
        click.echo(f"{write_count(len(chosen), 'source')} in {write_count(files, 'file')}: "
                   "nothing wrong with what is written\n"
                   + _totals_in_words(_totals(chosen)) + _online_result(chosen, verdicts, failed))
    if failed:
        sys.exit(1)


@sources.command(short_help="Write OPML for feed readers.")
@click.argument("ids", metavar="[SOURCE]...", nargs=-1)
@click.option("--opml", "file", metavar="FILE", required=True, help="Write OPML to this file; - is standard output.")
@click.option("--all", "all_", is_flag=True, help="Also the sources that are off.")
@common
def export(command: Command, ids: tuple[str, ...], file: str, all_: bool) -> None:
    """Write the sources as OPML, for feed readers and for `avvisi sources import`.

    \b
    avvisi sources export --opml avvisi.opml
    avvisi sources export --opml - evropaelire reporter-al
    """
    from datetime import UTC, datetime

    from crawler.sources.loader import load_sources, select_sources
    from crawler.sources.opml import write_opml

    known = load_sources(_path(command))
    chosen = select_sources(known, ids or (tuple(source.id for source in known) if all_ else ()))
    body = write_opml(chosen, title="avvisi", now=datetime.now(UTC))
    if file == "-":
        click.echo(body, nl=False)
    else:
        _write_file(Path(file), body)
    number = sum(len(source.addresses) for source in chosen)
    if command.json and file != "-":
        command.print_json({"file": file, "sources": len(chosen), "addresses": number})
    elif file != "-":
        addresses = write_count(number, "address", "addresses")
        command.say(f"{write_count(len(chosen), 'source')} with {addresses} written to {file}")


@sources.command("import", short_help="Take over the OPML of a feed reader.")
@click.argument("file", metavar="FILE.opml", type=click.Path(path_type=Path))
@click.option("--to", metavar="FILE", help="Write the entries to this file; by default to the one of --sources, or to "
                                            "sources.toml in the working directory.")
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@common
def import_(command: Command, file: Path, to: str | None, dry_run: bool) -> None:
    """Take over the subscriptions of a feed reader from an OPML file; no site is asked.

    \b
    avvisi sources import feeds.opml --to mine.toml
    avvisi sources check --online --sources mine.toml

    What is known is left as it is. Exit status: 2 when the file cannot be used, 1 when there is nothing new in it.
    """
    from datetime import UTC, datetime

    from crawler.sources.add import choose_file
    from crawler.sources.importing import plan_import
    from crawler.sources.writing import append_entry, load_known, write_entry

    target = choose_file(to, command.sources)
    known = load_known(target, folder=Path(command.sources) if command.sources else None)
    plan = plan_import(_read_subscriptions(file), known=known, file=file.name, today=datetime.now(UTC).date())
    entries = "\n".join(map(write_entry, plan.sources))
    if entries and not dry_run:
        append_entry(entries, file=target)
    if command.json:
        command.print_json({"file": str(target), "written": bool(entries) and not dry_run,
                            "sources": [_as_json(source) for source in plan.sources],
                            "skipped": [{"url": skipped.url, "why": skipped.why} for skipped in plan.skipped]})
    else:
        if dry_run:
            click.echo(entries, nl=False)
        for skipped in plan.skipped:
            command.say(f"left out: {skipped.url} {skipped.why}")
        place = f"not written (--dry-run); they would go to {target}" if dry_run else f"written to {target}"
        click.echo(f"{write_count(len(plan.sources), 'source')} {place}, {len(plan.skipped)} left out", err=dry_run)
    if not plan.sources:
        sys.exit(1)


@sources.command(short_help="Find the feeds of a site and write them down.")
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


def _check_words(asked: "Mapping[str, str | None]") -> None:
    """Refuse a word that no source can have, with what is near it."""
    from crawler.sources.entry import Wrong, parse_key
    from store.errors import UsageError

    for name, word in asked.items():
        if word is not None:
            try:
                parse_key(name, word.upper() if name == "country" else word.lower())
            except Wrong as error:
                raise UsageError(f"--{name}: {error}".removesuffix(", or leave the key out")) from error


def _matches(source: "Source", asked: "Mapping[str, str | None]") -> bool:
    """Whether a source has every word that was asked for, whatever its case."""
    return all(wanted is None or (getattr(source, name) or "").lower() == wanted.lower()
               for name, wanted in asked.items())


def _dated(command: Command, sources: "Sequence[Source]") -> "Sequence[Source]":
    """Give the sources of the built-in catalogue the dates of their last check; those of files carry them."""
    if command.sources:
        return sources
    from crawler.sources.checked import default_state, with_dates

    return with_dates(sources, state=default_state())


def _note_dates(command: Command, chosen: "Sequence[Source]", verdicts: "Sequence[Verdict]") -> None:
    """Write down when each source was asked for, and say where."""
    from datetime import UTC, datetime

    from crawler.sources import Checked
    from crawler.sources.check import worst
    from crawler.sources.checked import default_state, write_entries, write_state

    today = datetime.now(UTC).date().isoformat()
    by_source: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        by_source.setdefault(verdict.source, []).append(verdict)
    dates = {id: Checked(on=today, state=worst(own).value) for id, own in by_source.items()}
    if command.sources:
        for file in sorted({source.file for source in chosen}):
            write_entries({source.id: dates[source.id] for source in chosen if source.file == file}, file=Path(file))
        command.say(f"the date is written into {command.sources}")
    else:
        state = default_state()
        write_state(dates, state=state)
        command.say(f"the date is written to {state}")


def _read_subscriptions(file: Path) -> "tuple[Outline, ...]":
    from crawler.sources.opml import parse_opml
    from store.errors import DiscoveryError, UsageError

    try:
        return parse_opml(file.read_bytes())
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}") from error
    except DiscoveryError as error:
        raise UsageError(f"{file}: is not OPML that can be used: {error}") from error


def _write_file(file: Path, body: bytes) -> None:
    from crawler.sources.writing import replace_file
    from store.errors import UsageError

    try:
        replace_file(file.resolve(), body.decode("utf-8"))
    except OSError as error:
        raise UsageError(f"{file}: cannot be written: {error.strerror}") from error


def _totals(sources: "Sequence[Source]") -> dict[str, Any]:
    """Count what the catalogue holds."""
    from collections import Counter

    def counted(values: "Iterable[str | None]") -> dict[str, int]:
        return dict(Counter(value or "unknown" for value in values).most_common())

    return {"enabled": sum(source.enabled for source in sources),
            "off": sum(not source.enabled for source in sources),
            "languages": len({source.language for source in sources if source.language}),
            "countries": len({source.country for source in sources if source.country}),
            "evidence": counted(source.evidence.status if source.evidence else None for source in sources),
            "kinds": counted(source.kind for source in sources),
            "standpoints": counted(source.standpoint for source in sources)}


def _totals_in_words(totals: dict[str, Any]) -> str:
    def listed(counts: dict[str, int]) -> str:
        return ", ".join(f"{count} {word}" for word, count in counts.items())

    return (f"{totals['enabled']} on, {totals['off']} off; {write_count(totals['languages'], 'language')}, "
            f"{write_count(totals['countries'], 'country', 'countries')}; evidence: {listed(totals['evidence'])}\n"
            f"kinds: {listed(totals['kinds'])}\nstandpoints: {listed(totals['standpoints'])}")


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


def _print_sources(catalogue: "Sequence[Source]", *, off: int) -> None:
    from rich.table import Table

    from crawler.sources.duration import write_duration
    from store.console.terminal import make_console, name_column

    ids = [source.id if source.enabled else f"{source.id} (off)" for source in catalogue]
    table = Table(name_column("id", ids), "name", "kind", "standpoint", "language", "country", "every", "evidence",
                  "checked", "rights", box=None, pad_edge=False, header_style="bold")
    for id, source in zip(ids, catalogue, strict=True):
        evidence, checked = source.evidence, source.checked
        said = f"{evidence.status} {evidence.seen or ''}".strip() if evidence else ""
        table.add_row(id, source.name, source.kind or "",
                      source.standpoint or "", source.language or "", source.country or "",
                      write_duration(source.every), said, f"{checked.state} {checked.on}" if checked else "",
                      "see notes" if source.rights else "")
    console = make_console()
    console.print(table)
    languages = len({source.language for source in catalogue if source.language})
    more = f"; {off} more are off, --all shows them" if off else ""
    console.print(f"{write_count(len(catalogue), 'source')} in {write_count(languages, 'language')}{more}")
    rights: dict[str, list[str]] = {}
    for source in catalogue:
        if source.rights:
            rights.setdefault(source.rights, []).append(source.id)
    for said, ids in rights.items():
        console.print(f"{', '.join(ids)}: {said}", soft_wrap=True)


def _report_problems(command: Command, catalogue: "Catalogue", problems: "Sequence[Problem]") -> NoReturn:
    """Tell all that is wrong and end with the status of wrong usage."""
    from dataclasses import asdict

    from store.errors import SourceError

    if command.json:
        files = {source.file for source in catalogue.sources} | {problem.file for problem in problems}
        command.print_json({"sources": len(catalogue.sources), "files": len(files),
                            "problems": [asdict(problem) for problem in problems],
                            "addresses": [], "failed": []})
    raise SourceError("\n".join(map(str, problems)))


def _introduce(contact: str | None, *, timeout: float, delay: float) -> "Manners":
    from crawler.settings import user_agent
    from crawler.sources.probe import Manners

    return Manners(user_agent=user_agent(contact), timeout=timeout, delay=delay)


def _ask(command: Command, chosen: "Sequence[Source]", *, manners: "Manners") -> "tuple[Verdict, ...]":
    from crawler.sources.check import check_online

    total = sum(len(source.addresses) for source in chosen)
    asked = itertools.count(1)

    def tell(verdict: "Verdict") -> None:
        place = f"[{next(asked)}/{total}] " if total > 1 else ""
        command.say(f"{place}{verdict.source}: {_in_words(verdict)}")

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
    ends = [f"{write_count(len(verdicts), 'address', 'addresses')} asked: {counted}"]
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
