"""The catalogue: what to fetch, as a few declared lines a source."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Why the addresses of a source are believed.

    ``status`` is ``V`` (a dated successful probe is on record), ``L`` (it stands in a maintained list or in tested
    code), ``U`` (written somewhere, unverified) or ``X`` (on record as broken). ``seen`` is the ISO date or month of
    that probe, or of the look into that list; ``where`` names the public file.
    """

    status: str
    seen: str | None = None
    where: str | None = None


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a public file says of using a source's texts: one word each, and in which file it stands.

    ``robots`` is ``allowed``, ``disallowed`` or ``unknown``; ``reuse`` is ``free``, ``with credit``, ``restricted``
    or ``unknown``; ``mining`` (text and data mining, training of AI) is ``allowed``, ``reserved`` or ``unknown``.
    """

    robots: str = "unknown"
    reuse: str = "unknown"
    mining: str = "unknown"
    where: str | None = None


@dataclass(frozen=True, kw_only=True)
class Checked:
    """When the addresses of a source were last asked for, and the state of the worst of them."""

    on: str
    state: str


@dataclass(frozen=True, kw_only=True)
class Source:
    """One outlet and where it announces its articles, as written in a TOML file.

    ``kind`` is what it is (a ministry, an agency), ``standpoint`` whose voice it is (a government, state media); both
    are None where nobody said. ``categories`` are its owner's own. A crawl leaves out what is not ``enabled``, unless
    it names it.
    ``every`` is how soon its articles are to be found; ``every_min`` and ``every_max`` bound what the schedule makes of
    it, None by its defaults. ``delay`` is the pause between two requests to one host, ``budget``
    how many requests a host may get on one day (UTC), whatever sources lead there, ``recheck`` whether stored
    articles are looked at again for corrections, ``keep`` what is stored: ``all``, or ``diplomacy`` only.
    ``evidence`` keeps where the addresses were found, when and with what status; ``checked`` when `avvisi sources check
    --online` last asked. ``rights`` is what its owner's terms or the law ask of whoever uses its texts,
    ``terms`` the same in words to filter by; ``notes`` what else a reader of the catalogue should know.
    """

    id: str
    name: str
    site: str
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    kind: str | None = None
    standpoint: str | None = None
    language: str | None = None
    country: str | None = None
    categories: tuple[str, ...] = ()
    enabled: bool = True
    every: timedelta = timedelta(minutes=30)
    every_min: timedelta | None = None
    every_max: timedelta | None = None
    delay: timedelta = timedelta(seconds=2)
    budget: int = 5000
    recheck: bool = True
    keep: str = "all"
    evidence: Evidence | None = None
    checked: Checked | None = None
    terms: Terms = Terms()
    rights: str | None = None
    notes: str | None = None
    file: str = ""

    @property
    def addresses(self) -> tuple[str, ...]:
        """Every address that announces articles: feeds, then sitemaps, then section pages."""
        return self.feeds + self.sitemaps + self.sections
