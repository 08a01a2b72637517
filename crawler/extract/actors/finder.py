"""Find who acts in a text."""

from crawler.extract.actors.ambiguity import settle
from crawler.extract.actors.countries import find_countries, find_organisations
from crawler.extract.actors.dyads import find_dyads
from crawler.extract.actors.lexicon import Hit
from crawler.extract.actors.offices import find_offices
from crawler.extract.actors.reading import Reading, read
from crawler.extract.actors.tables import lexicon
from store.subject import Actors, Role

LONGEST_TEXT = 6_000  # characters: a thousand words; who has not acted by then does not act


def find_actors(title: str | None, text: str, language: str | None) -> Actors:
    """Find the countries, organisations, offices and dyads of a text; ``language`` is an ISO 639 code if known."""
    return actors_of(read(title, text, language, limit=LONGEST_TEXT))


def actors_of(reading: Reading, names: list[Hit] | None = None) -> Actors:
    """Find who acts in what was read; ``names`` are those of ``find_names``, where they are known."""
    hits = hits_of(reading, names)
    countries = find_countries(hits, reading)
    passing = {country.code for country in countries if country.role is Role.PASSING}
    return Actors(
        countries=countries,
        organisations=find_organisations(hits, reading),
        offices=find_offices(hits, reading),
        dyads=tuple(dyad for dyad in find_dyads(hits, countries, reading) if not {dyad.first, dyad.second} & passing),
    )


def find_names(reading: Reading) -> list[Hit]:
    """Find all names of the tables, whatever they mean here."""
    return lexicon(reading.language).find(reading)


def hits_of(reading: Reading, names: list[Hit] | None = None) -> list[Hit]:
    """Find all names that mean an actor here; a name of two states ("中美") is a hit for each.

    ``names`` may be those of a longer reading that begins with this one.
    """
    end = len(reading.line)
    hits = settle(find_names(reading) if names is None else [name for name in names if name.end <= end], reading)
    return [
        Hit(label, hit.sort, hit.doubtful, hit.start, hit.end, hit.sentence, hit.first, hit.last)
        for hit in hits
        for label in hit.label.split(",")
    ]
