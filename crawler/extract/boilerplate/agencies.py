"""News agencies: one canonical name each, whatever name and script they sign with."""

from crawler.extract.text import fold
from crawler.extract.words import keyed, words
from crawler.extract.words.agencies import AGENCIES, GENERIC

CANONICAL = {fold(alias): name for name, aliases in keyed(AGENCIES).items() for alias in aliases}
AT_LARGE = frozenset(words(GENERIC))
EDGES = " \t.,;:()[]（）【】「」/\\|*—–-"
LONGEST_ABBREVIATION = 4


def find_agency(name: str) -> str | None:
    """Return an agency's canonical name; None when it is not known.

    Short names are also words or people in some language ("ap", "Mia", "Sita"): they count in capitals, or exactly as
    the agency writes itself ("dpa", "Lusa").
    """
    bare = name.strip(EDGES)
    known = CANONICAL.get(fold(bare))
    if known and len(bare) <= LONGEST_ABBREVIATION and bare not in (bare.upper(), known):
        return None
    return known


def is_generic(name: str) -> bool:
    """Tell whether a name stands for agencies at large."""
    return fold(name.strip(EDGES)) in AT_LARGE
