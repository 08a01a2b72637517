"""Who acts in a text: countries, organisations, offices, and the pairs of states between which it plays. Pure.

    find_actors(title, text, language) -> Actors
"""

from crawler.extract.actors.finder import find_actors
from store.subject import Actors, Country, Dyad, Evidence, Office, Organisation, Role, Where

__all__ = ["Actors", "Country", "Dyad", "Evidence", "Office", "Organisation", "Role", "Where", "find_actors"]
