"""From hits to countries: what each mention is worth, and who is an actor.

A mention is worth 1 as a name, adjective, people or seat of government, less as a person or a mere place; twice that
in the title and half as much again in the lead. An actor has a third of the weight of the first and is named in the
title, in the lead, or twice. Named once, behind the first lines, with little weight beside the first, in a list of
states or far down, a state is named in passing: of such finds most are no subject of the text (docs/design/actors.md
has the figures).
"""

from collections.abc import Iterable

from crawler.extract.actors.lexicon import Hit, Sort
from crawler.extract.actors.reading import Reading
from store.subject import Country, Evidence, Organisation, Role, Where

WORTH = {Sort.NAME: 1.0, Sort.SEAT: 1.0, Sort.PERSON: 0.7, Sort.PLACE: 0.4, Sort.HOME: 0.3}
LEAD = 400  # characters behind the title
_IN_TITLE, _IN_LEAD = 2.0, 1.5
_SHARE_OF_ACTORS = 0.3
_SHARE_OF_PASSING = 0.4
_LIST = 3  # states in one sentence
_FAR = 1000  # characters of the text
_FIRST_LINES = 250  # characters of the text
_EVIDENCE_KEPT = 5
ORGANISATION = "org:"


def worth(hit: Hit, reading: Reading) -> float:
    """Weigh one mention by what it is and where it stands."""
    if hit.end <= reading.title_end:
        return WORTH[hit.sort] * _IN_TITLE
    return WORTH[hit.sort] * (_IN_LEAD if hit.start < reading.title_end + LEAD else 1.0)


def evidence(hit: Hit, reading: Reading) -> Evidence:
    """Say where a hit stands, in its own part of the article."""
    term = reading.line[hit.start:hit.end]
    if hit.end <= reading.title_end:
        return Evidence(term=term, where=Where.TITLE, start=hit.start)
    return Evidence(term=term, where=Where.TEXT, start=hit.start - (reading.title_end + 1 if reading.title_end else 0))


def is_country(label: str) -> bool:
    """Whether a label is an ISO code and not an organisation, an office or a venue."""
    return len(label) == 2 and label.isupper()


def find_countries(hits: Iterable[Hit], reading: Reading) -> tuple[Country, ...]:
    """Gather the hits of each country, the weightiest country first."""
    gathered: dict[str, list[Hit]] = {}
    for hit in hits:
        if is_country(hit.label):
            gathered.setdefault(hit.label, []).append(hit)
    weights = {code: sum(worth(hit, reading) for hit in found) for code, found in gathered.items()}
    top = max(weights.values(), default=0.0)
    listed = _listed(gathered)
    countries = [_country(code, found, weights[code], top, listed, reading) for code, found in gathered.items()]
    return tuple(sorted(countries, key=lambda country: (-country.weight, country.code)))


def _listed(gathered: dict[str, list[Hit]]) -> frozenset[int]:
    """Give the sentences that name several states: what stands once in a list is seldom what a text is about."""
    named: dict[int, set[str]] = {}
    for code, found in gathered.items():
        for hit in found:
            named.setdefault(hit.sentence, set()).add(code)
    return frozenset(sentence for sentence, codes in named.items() if len(codes) >= _LIST)


def _country(
    code: str, hits: list[Hit], weight: float, top: float, listed: frozenset[int], reading: Reading
) -> Country:
    return Country(
        code=code,
        count=len(hits),
        first=evidence(hits[0], reading),
        evidence=gather_evidence(hits, reading),
        weight=round(weight, 3),
        role=_role(hits, weight / top, listed, reading),
    )


def _role(hits: list[Hit], share: float, listed: frozenset[int], reading: Reading) -> Role:
    first = hits[0]
    if len(hits) == 1 and share < 1:
        is_late = first.start > reading.title_end + _FIRST_LINES
        is_one_of_many = first.sentence in listed or first.start > reading.title_end + _FAR
        if (is_late and share < _SHARE_OF_PASSING and is_one_of_many) or WORTH[first.sort] < WORTH[Sort.PERSON]:
            return Role.PASSING
    is_early = first.start < reading.title_end + LEAD and first.sort is not Sort.PLACE
    return Role.MAIN if share >= _SHARE_OF_ACTORS and (is_early or len(hits) > 1) else Role.MENTION


def find_organisations(hits: Iterable[Hit], reading: Reading) -> tuple[Organisation, ...]:
    """Gather the international organisations, the most named first."""
    gathered: dict[str, list[Hit]] = {}
    for hit in hits:
        if hit.label.startswith(ORGANISATION):
            gathered.setdefault(hit.label.removeprefix(ORGANISATION), []).append(hit)
    return tuple(
        Organisation(code=code, count=len(found), first=evidence(found[0], reading),
                     evidence=gather_evidence(found, reading), role=role_of_named(found, reading))
        for code, found in sorted(gathered.items(), key=lambda item: -len(item[1]))
    )


def gather_evidence(hits: list[Hit], reading: Reading) -> tuple[Evidence, ...]:
    """Say where the first few of some hits stand."""
    return tuple(evidence(hit, reading) for hit in hits[:_EVIDENCE_KEPT])


def role_of_named(hits: list[Hit], reading: Reading) -> Role:
    """Tell whether an organisation or office acts: named twice, or in the title or the lead."""
    is_early = hits[0].start < reading.title_end + LEAD
    return Role.MAIN if is_early or len(hits) > 1 else Role.MENTION
