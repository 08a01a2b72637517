"""The catalogue: what to fetch, as a few declared lines a source."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Why the addresses of a source are believed.

    ``status`` is ``V`` (a dated successful probe is on record), ``L`` (it stands in a maintained list or in tested
    code), ``U`` (written somewhere, unverified) or ``X`` (on record as broken). ``seen`` is an ISO date or month.
    """

    status: str
    seen: str | None = None
    where: str | None = None


@dataclass(frozen=True, kw_only=True)
class Source:
    """One outlet and where it announces its articles, as written in a TOML file.

    ``every`` is the interval between checks, ``delay`` the pause between two requests to one host, ``budget`` how
    many requests a host may get on one day (UTC), whatever sources lead there, ``recheck`` whether stored articles
    are looked at again for corrections. ``evidence`` keeps where the addresses were found, when and with what
    status; ``rights`` what its owner's terms or the law ask of whoever uses its texts; ``notes`` what else a reader
    of the catalogue should know.
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
    budget: int = 5000
    recheck: bool = True
    evidence: Evidence | None = None
    rights: str | None = None
    notes: str | None = None
    file: str = ""

    @property
    def addresses(self) -> tuple[str, ...]:
        """Every address that announces articles: feeds, then sitemaps, then section pages."""
        return self.feeds + self.sitemaps + self.sections
