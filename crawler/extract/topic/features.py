"""A text as a few numbers that mean the same in every language: what classes of words it holds, who acts, and where.

The classes of ``topic/words``: ``dip`` diplomacy itself, ``talks`` what states agree on, ``press`` what they do to each
other short of war, ``force``; and what speaks against: ``dom`` home politics, ``sport``, ``cult``, ``crime``,
``daily`` life, ``biz``, ``me`` (letters and chats).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from math import log, log1p

from crawler.extract.actors.countries import find_countries, is_country
from crawler.extract.actors.dyads import find_dyads
from crawler.extract.actors.finder import hits_of
from crawler.extract.actors.lexicon import Hit, Lexicon, Sort
from crawler.extract.actors.reading import UNSPACED, Reading
from crawler.extract.actors.tables import read_table

CLASSES = ("dip", "talks", "press", "force", "dom", "sport", "cult", "crime", "daily", "biz", "me")
RELATIONS = ("dip", "talks", "press")
AGAINST = ("sport", "cult", "crime", "daily", "biz")
_ENVOYS = ("office:foreign_minister", "office:ambassador", "office:envoy")
_HEADS = ("office:head_of_state", "office:head_of_government", "office:defence_minister")
_CHARACTERS_A_WORD = 2  # of a text written without spaces

# A long text holds more of everything: behind the length of a lead, counts grow as its root only. By plain counts
# long reports on home affairs with a foreign angle came out near 1, whose leads alone came out near 0.
_SAME_WORD = 6  # letters by which two forms are taken for one word
_LEAD_WORDS = 110
_GROWTH = 0.5

NAMES = (
    *CLASSES,
    *(f"title_{name}" for name in ("relations", "force", "against")),
    "envoys", "heads", "spokespersons", "organisations", "countries", "second", "dyad", "dyad_in_title", "seats",
    "persons", "nowhere", "against", "dyad_relations", "dyad_force", "length",
)


@dataclass(frozen=True)
class Features:
    """The numbers, in the order of NAMES, with the hits that they were counted from."""

    values: tuple[float, ...]
    topics: tuple[Hit, ...]
    actors: tuple[Hit, ...]


@cache
def topic_lexicon(language: str) -> Lexicon:
    """Compile the classes of a language's words."""
    return Lexicon(read_table("crawler.extract.topic", f"words/{language}.tsv"), language)


def measure(reading: Reading, names: list[Hit] | None = None) -> Features:
    """Count what a text holds; ``names`` are those of its actors, where they are known."""
    topics = topic_lexicon(reading.language).find(reading)
    actors = hits_of(reading, names)
    words = len(reading.line) / _CHARACTERS_A_WORD if reading.language in UNSPACED else len(reading.words)
    scale = 1.0 if words <= _LEAD_WORDS else (_LEAD_WORDS / words) ** (1 - _GROWTH)
    spread = _spread(topics, reading)
    numbers = _class_numbers(topics, spread, reading, scale) | _actor_numbers(actors, reading, scale)
    relations = log1p(scale * sum(spread[name] for name in RELATIONS))
    numbers["dyad_relations"] = min(1.0, numbers["dyad"]) * relations
    numbers["dyad_force"] = min(1.0, numbers["dyad"]) * numbers["force"]
    against = sum(spread[name] for name in AGAINST)
    every = sum(spread[name] for name in (*RELATIONS, "force", *AGAINST))
    numbers["against"] = against / (every + 2)
    numbers["length"] = log(min(words, _LEAD_WORDS) + 20) - 4
    return Features(tuple(numbers[name] for name in NAMES), tuple(topics), tuple(actors))


def _spread(hits: Iterable[Hit], reading: Reading) -> dict[str, float]:
    """Count the different words of each class; more of the same word counts little."""
    words: dict[str, list[str]] = {name: [] for name in CLASSES}
    for hit in hits:
        words[hit.label].append(reading.line[hit.start:hit.end].casefold()[:_SAME_WORD])
    return {name: _variety(found) for name, found in words.items()}


def _variety(labels: Iterable[str]) -> float:
    """Count the different labels; more of the same counts little."""
    counts: dict[str, int] = {}
    for label in labels:
        counts[label] = counts.get(label, 0) + 1
    return sum(1 + 0.5 * log(count) for count in counts.values())


def _class_numbers(topics: list[Hit], spread: dict[str, float], reading: Reading, scale: float) -> dict[str, float]:
    numbers = {name: log1p(scale * value) for name, value in spread.items()}
    title = [hit for hit in topics if hit.end <= reading.title_end]
    numbers["title_relations"] = log1p(sum(hit.label in RELATIONS for hit in title))
    numbers["title_force"] = log1p(sum(hit.label == "force" for hit in title))
    numbers["title_against"] = log1p(sum(hit.label in CLASSES[4:] for hit in title))
    return numbers


def _actor_numbers(hits: list[Hit], reading: Reading, scale: float) -> dict[str, float]:
    hits = [hit for hit in hits if hit.sort is not Sort.HOME]  # where a text is at home says nothing of its subject
    countries = find_countries(hits, reading)
    dyads = find_dyads(hits, countries, reading)
    in_title = {hit.label for hit in hits if hit.end <= reading.title_end and is_country(hit.label)}
    return {
        "envoys": log1p(scale * _variety(hit.label for hit in hits if hit.label in _ENVOYS)),
        "heads": log1p(scale * sum(hit.label in _HEADS for hit in hits)),
        "spokespersons": log1p(scale * sum(hit.label == "office:spokesperson" for hit in hits)),
        "organisations": log1p(scale * _variety(hit.label for hit in hits if hit.label.startswith("org:"))),
        "countries": log1p(scale * len(countries)),
        "second": countries[1].weight / countries[0].weight if len(countries) > 1 else 0.0,
        "dyad": log1p(scale * dyads[0].strength) if dyads else 0.0,
        "dyad_in_title": float(len(in_title) > 1),
        "seats": log1p(scale * sum(hit.sort is Sort.SEAT for hit in hits)),
        "persons": log1p(scale * sum(hit.sort is Sort.PERSON for hit in hits)),
        "nowhere": float(not countries),
    }
