"""Rate how much a text is about relations between states and international organisations.

A logistic regression over the numbers of ``features``; its few weights are in ``weights.toml`` and are learnt by

    python -m tests.quality.topic --corpus DIR --learn

docs/design/relevance.md weighs the choices and has the figures.
"""

import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from math import exp

from crawler.extract.actors.countries import evidence
from crawler.extract.actors.lexicon import Hit, Sort
from crawler.extract.actors.reading import Reading, read
from crawler.extract.topic.features import AGAINST, CLASSES, NAMES, RELATIONS, Features, measure
from store.subject import Reason, Relevance

LONGEST_TEXT = 2500  # characters: what a text is about it says at its beginning, and its tail costs time
_MOST_REASONS = 12

# Which numbers are shared among the hits of which classes.
_COUNTED_TOGETHER = (
    *(((name,), (name,)) for name in (*CLASSES, "envoys", "heads", "spokespersons", "organisations", "persons")),
    (RELATIONS, ("dyad_relations", "title_relations")),
    (("force",), ("dyad_force", "title_force")),
    (AGAINST, ("against", "title_against")),
    (("countries",), ("countries", "dyad", "second", "dyad_in_title", "seats")),
)
_ACTORS = {"office:foreign_minister": "envoys", "office:ambassador": "envoys", "office:envoy": "envoys"}


def rate_relevance(title: str | None, text: str, language: str | None) -> Relevance:
    """Rate a text from 0 to 1 and give the terms that moved the score; ``language`` is an ISO 639 code if known."""
    return rate_reading(read(title, text, language, limit=LONGEST_TEXT))


def rate_reading(reading: Reading, names: list[Hit] | None = None) -> Relevance:
    """Rate what was read; ``names`` are those of its actors, where they are known."""
    features = measure(reading, names)
    return Relevance(score=round(score(features.values), 4), reasons=tuple(_reasons(features, reading)))


def score(values: tuple[float, ...]) -> float:
    """Turn the numbers of a text into a probability."""
    weights, intercept = _weights()
    logit = intercept + sum(weight * value for weight, value in zip(weights, values, strict=True))
    return 1 / (1 + exp(-logit))


@lru_cache(maxsize=1)
def _weights() -> tuple[tuple[float, ...], float]:
    table = tomllib.loads(files("crawler.extract.topic").joinpath("weights.toml").read_text(encoding="utf-8"))
    return tuple(float(table["weights"][name]) for name in NAMES), float(table["intercept"])


def _reasons(features: Features, reading: Reading) -> list[Reason]:
    """Share each number's part of the logit among the terms it was counted from, and keep the weightiest terms."""
    shares: dict[str, float] = {}
    first: dict[str, Hit] = {}
    for hit, weight in _shares(features):
        term = reading.line[hit.start:hit.end]
        first.setdefault(term, hit)
        shares[term] = shares.get(term, 0.0) + weight
    heaviest = sorted(shares, key=lambda term: -abs(shares[term]))[:_MOST_REASONS]
    return [
        Reason(term=term, where=evidence(first[term], reading).where, language=reading.language,
               weight=round(shares[term], 3))
        for term in heaviest
    ]


def _shares(features: Features) -> Iterator[tuple[Hit, float]]:
    weights = dict(zip(NAMES, _weights()[0], strict=True))
    part = {name: weights[name] * value for name, value in zip(NAMES, features.values, strict=True)}
    counted: dict[str, list[Hit]] = {}
    for hit in features.topics:
        counted.setdefault(hit.label, []).append(hit)
    for hit in features.actors:
        counted.setdefault(_number_of(hit), []).append(hit)
    for names, numbers in _COUNTED_TOGETHER:
        hits = [hit for name in names for hit in counted.get(name, ())]
        for hit in hits:
            yield hit, sum(part[number] for number in numbers) / len(hits)


def _number_of(hit: Hit) -> str:
    """Name the number that an actor counts in most."""
    if hit.label.startswith("org:"):
        return "organisations"
    if hit.label.startswith("office:"):
        return _ACTORS.get(hit.label, "spokespersons" if hit.label.endswith("spokesperson") else "heads")
    return "persons" if hit.sort is Sort.PERSON else "countries"

