"""How much a text is about relations between states, and why."""

from dataclasses import dataclass

from crawler.extract.actors.values import Where


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
