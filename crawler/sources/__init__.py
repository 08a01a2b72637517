"""The catalogue: what to fetch, as a few declared lines a source."""

from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Source:
    """One outlet and where it announces its articles, as written in a TOML file.

    ``every`` is the interval between checks, ``delay`` the pause between two requests to one host. ``evidence`` keeps
    where the addresses were found, when and with what status, as it stands in the file.
    """

    id: str
    name: str
    site: str
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    language: str | None = None
    country: str | None = None
    every: timedelta = timedelta(minutes=30)
    delay: timedelta = timedelta(seconds=2)
    evidence: MappingProxyType[str, Any] = MappingProxyType({})
    file: str = ""
