"""From an address to a checked entry: what `avvisi sources add` does."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from crawler.sources import Source
from crawler.sources.describe import suggest_country, suggest_id, suggest_language, suggest_name
from crawler.sources.entry import Wrong, parse_address, parse_entry
from crawler.sources.found import FoundSite, find_site
from crawler.sources.probe import Manners
from store.errors import SourceError, UsageError


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """An entry that could be written, and what was found on the way to it."""

    source: Source
    found: FoundSite


def propose_source(url: str, *, manners: Manners, today: date, id: str | None = None, name: str | None = None,
                   tell: Callable[[str], None]) -> Proposal:
    """Look at the site at ``url`` and describe it as a source; ``id`` and ``name`` overrule what it says of itself.

    Raise UsageError for an address that is none, NothingFound where there is nothing to read.
    """
    try:
        address = parse_address(url if "://" in url else f"https://{url}")
    except Wrong as error:
        raise UsageError(str(error)) from error
    found = find_site(address, manners=manners, tell=tell)
    return Proposal(source=describe(found, today=today, id=id, name=name), found=found)


def describe(found: FoundSite, *, today: date, id: str | None = None, name: str | None = None) -> Source:
    """Describe what was found as a source; raise SourceError where a file with this entry would be refused."""
    host = urlsplit(found.site).hostname or ""
    language = suggest_language(found)
    table = {
        "id": id or suggest_id(host), "name": name or suggest_name(found, host=host), "site": found.site,
        "feeds": [feed.url for feed in found.feeds], "sitemaps": [sitemap.url for sitemap in found.sitemaps],
        "sections": [section.url for section in found.sections],
        "language": language, "country": suggest_country(host),
        "evidence": {"status": "V", "seen": today, "where": "avvisi sources add"},
    }
    source, problems = parse_entry({key: value for key, value in table.items() if value is not None},
                                   file=found.site, number=1)
    if source is None:
        raise SourceError("\n".join(map(str, problems)))
    return source


def choose_file(to: str | None, sources: str | None) -> Path:
    """Choose the file to write to: the one asked for, else the one in use, else ``sources.toml`` beside us.

    In a folder of files it is ``added.toml``.
    """
    path = Path(to or sources or "sources.toml")
    return path / "added.toml" if path.is_dir() else path
