"""From the subscriptions of a feed reader to entries of a file: what `avvisi sources import` does, with no network."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from crawler.discover.identity import identify
from crawler.sources import Source
from crawler.sources.codes import find_country, find_language
from crawler.sources.describe import suggest_id
from crawler.sources.entry import KINDS, MOST_CATEGORIES, STANDPOINTS, Problem, parse_entry
from crawler.sources.opml import Outline

MOST_NAME = 200  # characters


@dataclass(frozen=True, kw_only=True)
class Skipped:
    """A subscription that was not taken, and why."""

    url: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Import:
    """The sources that a file of subscriptions gives, and what was left out of it."""

    sources: tuple[Source, ...]
    skipped: tuple[Skipped, ...]


def plan_import(outlines: Sequence[Outline], *, known: Iterable[Source], file: str, today: date) -> Import:
    """Make entries of subscriptions, but of none that ``known`` fetches already; ``file`` is named as their evidence.

    Several addresses under one id of ours become one source; every other subscription is a source of its own.
    """
    taken = tuple(known)
    owners = {identify(url): source.id for source in taken for url in source.addresses}
    ids = {source.id for source in taken}
    sources: list[Source] = []
    skipped: list[Skipped] = []
    for group in _groups(outlines):
        new = []
        for outline in group:
            owner = owners.setdefault(identify(outline.url), "")
            if owner:
                skipped.append(Skipped(url=outline.url, why=f"is known as {owner}"))
            else:
                owners[identify(outline.url)] = outline.id or outline.url
                new.append(outline)
        if not new:
            continue
        source, problems = _make(new, ids=ids, file=file, today=today)
        if source is None:
            skipped.extend(Skipped(url=outline.url, why=problems[0].message) for outline in new)
        else:
            ids.add(source.id)
            sources.append(source)
    return Import(sources=tuple(sources), skipped=tuple(skipped))


def _groups(outlines: Sequence[Outline]) -> Iterator[list[Outline]]:
    """Put what carries the same id of ours together, where the first of it stood."""
    by_id: dict[str, list[Outline]] = {}
    for number, outline in enumerate(outlines):
        by_id.setdefault(outline.id or f" {number}", []).append(outline)
    yield from by_id.values()


def _make(group: Sequence[Outline], *, ids: set[str], file: str,
          today: date) -> tuple[Source | None, tuple[Problem, ...]]:
    first = group[0]
    site = next((outline.site for outline in group if outline.site), None) or _front(first.url)
    host = urlsplit(site).hostname or ""
    table = {
        "id": _free(first.id or suggest_id(host), ids), "name": (first.name or host)[:MOST_NAME], "site": site,
        "feeds": [outline.url for outline in group if outline.list_kind == "feed"],
        "sitemaps": [outline.url for outline in group if outline.list_kind == "sitemap"],
        "sections": [outline.url for outline in group if outline.list_kind == "section"],
        "kind": first.kind if first.kind in KINDS else None,
        "standpoint": first.standpoint if first.standpoint in STANDPOINTS else None,
        "language": find_language(first.language) if first.language else None,
        "country": find_country(first.country) if first.country else None,
        "categories": list(first.categories[:MOST_CATEGORIES]) or None,
        "enabled": first.enabled,
        "evidence": {"status": "U", "seen": today, "where": f"imported from {file}"},
    }
    return parse_entry({key: value for key, value in table.items() if value is not None}, file=file, number=1)


def _front(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}/"


def _free(id: str, taken: set[str]) -> str:
    """Return the id, or it with the first number that makes it free."""
    free, number = id, 1
    while free in taken:
        number += 1
        free = f"{id}-{number}"
    return free
