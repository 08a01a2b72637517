"""The tables of names, compiled for a language when it is first met.

``words/`` is our own: adjectives, peoples, capitals, governments, organisations, offices. ``names/`` (from Unicode
CLDR) and ``places/`` (from GeoNames) are gathered by ``crawler.extract.actors.gather``; ``persons/`` names those who
speak for a state, ``regions/`` the provinces and great cities that news name without their state, ``marks/`` what says
of which state a text is that names none (leagues, clubs, currencies), ``towns/`` the small towns of the states whose
news a language writes (gathered by ``crawler.extract.actors.gather_towns``). Where two tables disagree a language's
own wins over what its script shares, and ``words/`` over ``names/``.
"""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import chain

from crawler.extract.actors.lexicon import Lexicon
from crawler.extract.actors.reading import UNSPACED

_SCRIPT_OF = {
    "cyrl": "ru uk be bg mk sr kk ky tg mn sah".split(),
    "arab": "ar fa ur ps ku".split(),
    "grek": ["el"],
    "deva": "hi mr ne".split(),
    "hebr": ["he"],
    "beng": ["bn"],
    "zh": ["zh"],
    "ja": ["ja"],
    "ko": ["ko"],
    "none": "ta te ml kn gu pa si th lo km my ka hy am".split(),
}
_SCRIPTS = {language: script for script, languages in _SCRIPT_OF.items() for language in languages}
# Languages whose press writes many foreign names as English does.
_COMPANION = {language: "en" for language in "ha zu xh sw fil yo ig so af".split()}
_PLACES = {"zh": "hani", "ja": "hani"}

# Acronyms and names that any language may write in Latin letters.
_EVERYWHERE = (
    ("US", "USA+"), ("org:UN", "UN"), ("org:UN", "UNESCO"), ("org:UN", "UNHCR"), ("org:UN", "UNICEF"),
    ("org:EU", "EU"), ("org:EU", "EUs"), ("org:NATO", "NATO"), ("org:NATO", "NATOs"), ("org:NATO", "Natos"),
    ("org:G7", "G7"), ("org:G20", "G20"), ("org:BRICS", "BRICS"),
    ("org:WHO", "WHO"), ("org:ASEAN", "ASEAN"), ("org:OPEC", "OPEC"), ("org:IAEA", "IAEA"), ("org:IMF", "IMF"),
    ("org:WTO", "WTO"), ("org:OSCE", "OSCE"), ("org:SCO", "SCO"), ("org:ICC", "ICC"), ("org:AU", "AU"),
    ("US", "FBI"), ("US", "CIA"), ("US", "#NASA"), ("US", "#Indiana"), ("RU", "FSB"),
    ("RU", "#Gazprom"), ("US", "#NBA"),
    ("DE", "~SPD"), ("DE", "~CDU"), ("DE", "~AfD"), ("DE", "~Volkswagen"), ("ES", "~PSOE"), ("US", "~GOP"),
    ("US", "~Hollywood"), ("US", "#Broadway"), ("US", "#Washington_Post"), ("US", "#New_York_Times"),
    ("US", "#Wall_Street_Journal"), ("GB", "#Financial_Times"), ("GB", "#Daily_Telegraph"), ("GB", "#Daily_Mail"),
    # In some languages "Island" is Iceland.
    *(("-", f"{name}_Island") for name in "Love Long Coney Ellis Treasure Temptation Fire Christmas Fantasy".split()),
    ("-", "XI"), ("-", "US_Open"), ("-", "Uruguay_Round"), ("IQ", "Kataib_Hezbollah"),
)


@cache
def lexicon(language: str) -> Lexicon:
    """Compile all that is known of a language's names; a language without tables gets what all share."""
    script = _SCRIPTS.get(language, "latn")
    if language in UNSPACED:
        return Lexicon(chain(_rows(language), _shared_rows(script)), language)
    companion = _COMPANION.get(language)
    shared = lexicon(companion) if companion else _shared(script)
    return Lexicon(_rows(language), language, shared)


@cache
def _shared(script: str) -> Lexicon:
    return Lexicon(_shared_rows(script), "")


def _shared_rows(script: str) -> Iterator[tuple[str, str]]:
    """Give what the languages of a script share: acronyms, persons, cities."""
    yield from _EVERYWHERE
    yield from read_table("crawler.extract.actors", f"persons/{script}.tsv")
    yield from read_table("crawler.extract.actors", f"regions/{script}.tsv")
    yield from read_table("crawler.extract.actors", f"marks/{script}.tsv")
    yield from read_table("crawler.extract.actors", f"places/{_PLACES.get(script, script)}.tsv")
    if script == "ja":
        yield from read_table("crawler.extract.actors", "places/kana.tsv")
    if script == "latn":
        yield from read_table("crawler.extract.actors", f"provinces/{script}.tsv")


def _rows(language: str) -> Iterator[tuple[str, str]]:
    yield from read_table("crawler.extract.actors", f"words/{language}.tsv")
    yield from read_table("crawler.extract.actors", f"names/{language}.tsv")
    yield from read_table("crawler.extract.actors", f"provinces/{language}.tsv")
    yield from read_table("crawler.extract.actors", f"places/{language}.tsv")
    yield from read_table("crawler.extract.actors", f"towns/{language}.tsv")


def read_table(package: str, name: str) -> Iterator[tuple[str, str]]:
    """Give the (label, entry) rows of a table; none where the package has no such table."""
    path = files(package).joinpath(name)
    if not path.is_file():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        label, _, entries = line.partition("\t")
        for written in entries.split():
            yield label, written
