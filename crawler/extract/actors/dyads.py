"""Who stands against whom: pairs of states that one sentence names together."""

from collections.abc import Iterable
from itertools import combinations

from crawler.extract.actors.countries import is_country, worth
from crawler.extract.actors.lexicon import Hit
from crawler.extract.actors.reading import Reading
from store.subject import Country, Dyad, Role

_UNION = "org:EU"
_CROWD = 5  # a sentence that names more states than this is a list: it sets nobody against anybody
_MOST = 10


def find_dyads(hits: Iterable[Hit], countries: tuple[Country, ...], reading: Reading) -> tuple[Dyad, ...]:
    """Rank the pairs by the sentences that name both, each worth what its fainter mention is, the strongest first.

    Two actors that no sentence joins are still a pair, a weak one: a summit's two sides may speak in turn.
    """
    sentences: dict[int, dict[str, float]] = {}
    for hit in hits:
        code = "EU" if hit.label == _UNION else hit.label
        if is_country(code):
            named = sentences.setdefault(hit.sentence, {})
            named[code] = max(named.get(code, 0.0), worth(hit, reading))
    strength: dict[tuple[str, str], float] = {}
    joined: dict[tuple[str, str], int] = {}
    for named in sentences.values():
        for pair in combinations(sorted(named), 2) if len(named) <= _CROWD else ():
            strength[pair] = strength.get(pair, 0.0) + min(named[pair[0]], named[pair[1]])
            joined[pair] = joined.get(pair, 0) + 1
    _add_actors(strength, countries)
    ranked = sorted(strength.items(), key=lambda item: (-item[1], item[0]))[:_MOST]
    return tuple(
        Dyad(first=pair[0], second=pair[1], strength=round(value, 3), sentences=joined.get(pair, 0))
        for pair, value in ranked
    )


def _add_actors(strength: dict[tuple[str, str], float], countries: tuple[Country, ...]) -> None:
    actors = {country.code: country.weight for country in countries if country.role is Role.MAIN}
    total = sum(actors.values())
    for pair in combinations(sorted(actors), 2):
        strength[pair] = strength.get(pair, 0.0) + min(actors[pair[0]], actors[pair[1]]) / total
