"""Our own sentences: forty-two a language, each with what must be found in it.

The same scenes in every language of the list, written and read back by us: twenty-four of diplomacy (declined,
conjugated, with capitals and adjectives for governments) and eighteen of football between national teams, a restaurant
called Kremlin, a film about an ambassador, police, weather, business, school. The last twelve scenes were written when
the tables stood and are in eleven more languages, too. A line: 1 or 0, ISO codes or -, text.

``leads/`` holds five leads of news in each of 27 languages, two or three sentences dense with names (a meeting, a border,
a match, a flood, a bank), and the twelve last scenes in eight languages that have none else. They were written before
the finder was run on them, and nothing is learnt from them: ``tests.quality.topic`` reads ``sentences/`` alone.
"""

from dataclasses import dataclass
from pathlib import Path

FOLDERS = tuple(Path(__file__).parent / name for name in ("sentences", "leads"))
LANGUAGES = tuple(sorted({path.stem for folder in FOLDERS for path in folder.glob("*.tsv")}))


@dataclass(frozen=True)
class Sentence:
    """A sentence, whether it tells of diplomacy, and the countries in it."""

    is_diplomacy: bool
    countries: frozenset[str]
    text: str


def sentences(language: str) -> list[Sentence]:
    """Read the sentences and the leads of a language."""
    paths = (folder / f"{language}.tsv" for folder in FOLDERS)
    lines = (line for path in paths if path.is_file() for line in path.read_text(encoding="utf-8").splitlines())
    rows = (line.split("\t") for line in lines)
    return [Sentence(label == "1", frozenset(codes.split(",")) - {"-"}, text) for label, codes, text in rows]
