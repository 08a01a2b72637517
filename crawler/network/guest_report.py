"""`avvisi guest-report HOST`: one page for a site's owner: what was asked, how often, and how its wishes were kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from crawler.cli import contact_option
from store.clock import utcnow
from store.console.command import Command, common, fail

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from crawler.sources import Source
    from store.guestbook import HostDay

DAYS = 30  # shown unless --since says otherwise
REFUSALS = {  # our own words for a request that was not made
    "robots_forbidden": "robots.txt forbids it",
    "robots_unreachable": "robots.txt could not be had",
    "host_paused": "left for later: the host wants or needs a pause",
    "budget": "left for later: the day's budget was spent",
    "run_time": "left for later: the run had taken long enough",
    "private_address": "it led to an address that is not public",
}


@click.command("guest-report")
@click.argument("host")
@click.option("--since", metavar="DATE",
              help=f"From this day (UTC) on, as 2026-11-01; the last {DAYS} days by default.")
@contact_option
@common
def guest_report(command: Command, host: str, since: str | None, contact: str | None) -> None:
    """Tell a site's owner in one page what was asked of HOST, how often, and how its wishes were kept.

    HOST is a name such as www.example.org, or any address on it. The page names the user agent and the contact, the
    requests of each day with the share of 304, the answers, what was not asked and why, and the spacing that was kept.
    It can be sent as it is.

    \b
    avvisi guest-report www.example.org
    avvisi guest-report https://www.example.org/feed --since 2026-11-01 --json
    """
    from crawler.settings import user_agent
    from store.database import open_database

    name = _read_host(host)
    first = _read_day(since)
    with open_database(command.database_url) as database, database.read() as session:
        report = _make_report(session, name, since=first, agent=user_agent(contact), contact=contact,
                              sources=_find_sources(command, name))
    if not contact:
        command.say("avvisi: the report names no contact: give the one that your crawler told the site, with --contact "
                    "or AVVISI_CONTACT")
    if command.json:
        command.print_json(report)
    else:
        click.echo("\n".join(write_report(report)))


def _read_host(text: str) -> str:
    address = urlsplit(text if "//" in text else f"//{text}")
    if not address.hostname:
        fail(f"{text!r} is no host: write a name such as www.example.org, or an address on it", 2)
    return address.hostname.rstrip(".")


def _read_day(text: str | None) -> str:
    if text is None:
        return (utcnow() - timedelta(days=DAYS)).date().isoformat()
    try:
        return datetime.strptime(text, "%Y-%m-%d").date().isoformat()  # noqa: DTZ007  # a day has no zone
    except ValueError:
        fail(f"--since {text!r} is no day: write it like 2026-11-01", 2)


def _find_sources(command: Command, host: str) -> list[Source]:
    from crawler.cli import chosen_sources

    return [source for source in chosen_sources(command, ())
            if host in {urlsplit(address).hostname for address in (source.site, *source.addresses)}]


def _make_report(session: Session, host: str, *, since: str, agent: str, contact: str | None,
                 sources: list[Source]) -> dict[str, Any]:
    from store import models
    from store.guestbook import get_days, get_pause, list_hosts, sum_days

    days = get_days(session, host, since=since)
    if not days:
        near = [name for name in list_hosts(session, like=host.removeprefix("www.")) if name != host]
        hint = f"; asked were {', '.join(near)}" if near else ""
        fail(f"nothing was asked of {host} since {since}{hint}")
    total, now = sum_days(host, days), utcnow()
    ran = [source for source in sources if session.get(models.Source, source.id) is not None]
    pause = get_pause(session, host, now=now)
    return {
        "host": host, "from": days[0].day, "to": days[-1].day, "user_agent": agent, "contact": contact,
        "sources": [{"id": source.id, "every_seconds": source.every.total_seconds(),
                     "delay_seconds": source.delay.total_seconds(), "budget": source.budget} for source in ran],
        "total": as_dict(total),
        "paused_until": pause.until.isoformat() if pause else None,
        "days": [{"day": day.day, **as_dict(day)} for day in days],
    }


def as_dict(day: HostDay) -> dict[str, Any]:
    """What was asked and kept, under the names of --json; shares and means are None where nothing was asked."""
    answered = {word: times for word, times in day.answers.items() if word not in REFUSALS}
    not_modified = answered.get("304", 0)
    return {
        "requests": day.requests,
        "conditional": day.conditional,
        "not_modified": not_modified,
        "share_304": round(not_modified / day.requests, 4) if day.requests else None,
        "bytes": day.bytes,
        "mean_seconds": round(day.seconds / day.requests, 3) if day.requests else None,
        "answers": answered,
        "refused": {word: times for word, times in day.answers.items() if word in REFUSALS},
        "pauses_asked": day.waits,
        "too_soon": day.hurried,
        "longest_pause_owed": day.pause,
        "crawl_delay": day.crawl_delay,
        "shortest_spacing": None if day.spacing is None else round(day.spacing, 3),
    }


def write_report(report: dict[str, Any]) -> list[str]:
    """Write the page."""
    total = report["total"]
    lines = [
        f"What avvisi asked of {report['host']}, {report['from']} to {report['to']} (days in UTC)",
        "",
        f"User agent   {report['user_agent']}",
        f"Contact      {report['contact'] or 'none set (AVVISI_CONTACT)'}",
        "Robots token avvisi (a group 'User-agent: avvisi' in robots.txt is obeyed at the latest after a day)",
    ]
    for source in report["sources"]:
        lines.append(f"Source       {source['id']}: every {source['every_seconds'] / 60:g} min, "
                     f"{source['delay_seconds']:g} s between two requests, at most {source['budget']} requests a day")
    lines += [
        "",
        f"Requests     {total['requests']}, {total['conditional']} of them with validators; "
        f"{total['not_modified']} answered 304 ({_percent(total['share_304'])})",
        f"Sent to us   {total['bytes'] / 1e6:.1f} MB, {total['mean_seconds'] or 0:g} s an answer",
        f"Answers      {_list(total['answers'])}",
        "",
        "Your wishes",
        f"  robots.txt   {total['refused'].get('robots_forbidden', 0)} times it forbade an address: not asked",
        f"  Crawl-delay  {_seconds(total['crawl_delay'])}",
        f"  spacing      one request at a time; {_seconds(total['longest_pause_owed'])} owed at most, "
        f"{_seconds(total['shortest_spacing'])} kept at least (from an answer to the next)",
        f"  pauses       {total['pauses_asked']} times you asked for one (Retry-After, 429, 503)",
        f"  too soon     {total['too_soon']} requests came sooner than owed",
    ]
    if report["paused_until"]:
        lines.append(f"  now          nothing is asked before {report['paused_until']}")
    if total["refused"]:
        lines += ["", "Not asked"]
        lines += [f"  {times:>7}  {REFUSALS[word]}" for word, times in total["refused"].items()]
    lines += ["", "Day         requests   304   MB    failed or refused by the host"]
    for day in report["days"]:
        bad = {word: times for word, times in day["answers"].items() if not word.startswith(("2", "3"))}
        figures = f"{day['requests']:>8} {_percent(day['share_304']):>5} {day['bytes'] / 1e6:>5.1f}"
        lines.append(f"{day['day']}  {figures}   {_list(bad)}")
    return lines


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.0%}"


def _seconds(seconds: float | None) -> str:
    return "none" if seconds is None else f"{seconds:g} s"


def _list(answers: dict[str, int]) -> str:
    return ", ".join(f"{word} {times}" for word, times in answers.items()) or "none"
