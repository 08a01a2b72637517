"""Which offices act: foreign ministers, envoys, spokespersons, with the country named beside them."""

from collections.abc import Iterable

from crawler.extract.actors.countries import evidence, gather_evidence, is_country, role_of_named
from crawler.extract.actors.lexicon import Hit, Sort
from crawler.extract.actors.reading import Reading
from store.subject import Office

OFFICE = "office:"
_BESIDE = 30  # characters between an office and its country: "Foreign Minister of the Russian Federation"


def find_offices(hits: list[Hit], reading: Reading) -> tuple[Office, ...]:
    """Gather the offices by name and country, in order of their first mention."""
    countries = [hit for hit in hits if is_country(hit.label) and hit.sort in (Sort.NAME, Sort.SEAT)]
    gathered: dict[tuple[str, str | None], list[Hit]] = {}
    for hit in hits:
        if hit.label.startswith(OFFICE):
            key = (hit.label.removeprefix(OFFICE), _country_beside(hit, countries))
            gathered.setdefault(key, []).append(hit)
    return tuple(
        Office(name=name, country=country, first=evidence(found[0], reading), count=len(found),
               evidence=gather_evidence(found, reading), role=role_of_named(found, reading))
        for (name, country), found in gathered.items()
    )


def _country_beside(office: Hit, countries: Iterable[Hit]) -> str | None:
    near = [
        (max(hit.start - office.end, office.start - hit.end), hit.label)
        for hit in countries
        if hit.sentence == office.sentence
    ]
    distance, code = min(near, default=(_BESIDE + 1, None))
    return code if distance <= _BESIDE else None
