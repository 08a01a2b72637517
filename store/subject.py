"""What a text is about: how much of relations between states, who acts in it, between whom, and of what kind it is.

Plain frozen values, like ``store.values``: the reading rooms find them, the store keeps them.
"""

from dataclasses import dataclass
from enum import StrEnum


class Where(StrEnum):
    """The part of an article."""

    TITLE = "title"
    TEXT = "text"


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """The words that say it: as written, in title or text, how many characters in (of the text in Unicode's NFC)."""

    term: str
    where: Where
    start: int


class Role(StrEnum):
    """What part a state plays: it acts, it is spoken of, or it is named once, late and faintly."""

    MAIN = "main"
    MENTION = "mention"
    PASSING = "passing"


@dataclass(frozen=True, kw_only=True)
class Country:
    """A state the text names. ``code`` is ISO 3166-1 alpha-2, with XK for Kosovo.

    ``weight`` adds up what its mentions are worth (see ``crawler.extract.actors.countries``). ``evidence`` gives the
    first few mentions, the first one first.
    """

    code: str
    count: int
    first: Evidence
    evidence: tuple[Evidence, ...]
    weight: float
    role: Role


@dataclass(frozen=True, kw_only=True)
class Organisation:
    """An international organisation by its English short name: UN, EU, NATO, OSCE, AU, ASEAN, G7, IAEA..."""

    code: str
    count: int
    first: Evidence
    evidence: tuple[Evidence, ...]
    role: Role


@dataclass(frozen=True, kw_only=True)
class Office:
    """An office that acts or speaks, with the country named beside it, where one is.

    ``name`` is one of head_of_state, head_of_government, foreign_minister, defence_minister, minister, ambassador,
    envoy, spokesperson, secretary_general.
    """

    name: str
    country: str | None
    first: Evidence
    count: int
    evidence: tuple[Evidence, ...]
    role: Role


@dataclass(frozen=True, kw_only=True)
class Dyad:
    """Two states (or a state and the EU) that the text sets against each other; codes in alphabetical order."""

    first: str
    second: str
    strength: float
    sentences: int


@dataclass(frozen=True, kw_only=True)
class Actors:
    """All that act in a text: countries by weight, organisations by count, offices by place, dyads by strength."""

    countries: tuple[Country, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    offices: tuple[Office, ...] = ()
    dyads: tuple[Dyad, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """The countries that the text is about or speaks of, the weightiest first; those in passing are left out."""
        return tuple(country.code for country in self.countries if country.role is not Role.PASSING)

    @property
    def main_dyad(self) -> Dyad | None:
        """The strongest dyad."""
        return self.dyads[0] if self.dyads else None


@dataclass(frozen=True, kw_only=True)
class Reason:
    """A term that spoke for or against: as written, where, in which language's table, with what weight.

    ``weight`` is a share of the score's logit, negative where the term speaks against.
    """

    term: str
    where: Where
    language: str
    weight: float


@dataclass(frozen=True, kw_only=True)
class Relevance:
    """A score from 0 to 1, and the terms that moved it most, the weightiest first."""

    score: float
    reasons: tuple[Reason, ...] = ()


class Kind(StrEnum):
    """What kind of text an article is."""

    STATEMENT = "statement"
    COMMUNIQUE = "communique"
    REPORT = "report"
    INTERVIEW = "interview"
    OPINION = "opinion"
    LIVE = "live"
    FLASH = "flash"


@dataclass(frozen=True, kw_only=True)
class KindFound:
    """A kind and what told it: ``type OpinionNewsArticle``, ``section Opinion``, ``title Live``, ``shape``..."""

    kind: Kind
    evidence: str | None = None


@dataclass(frozen=True, kw_only=True)
class Subject:
    """All that the lens sees in a text."""

    relevance: Relevance
    actors: Actors
    kind: KindFound
