"""Our own labels of texts of the corpus: ``labels_*.tsv`` beside this file, in the shape of topic.jsonl.

A line holds id, language, diplomacy (2 main subject, 1 counts neither way, 0 not) and countries (ISO 3166-1, EU for
the Union, commas between); never the text, which is looked up in the corpus by its id:

- ``wmt:STORY`` is the text of that id in stories.jsonl;
- ``semeval:PAIR/1`` and ``/2`` are the texts of that pair in pairs.jsonl;
- ``COLLECTION:NAME`` is the gold text of the page ``COLLECTION/NAME`` in articles/ or news/.

As in topic.jsonl a text is its title and its first 420 characters. A first line of at most 150 characters is the
title; a text without one gives its first 150 characters as title and as beginning.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.quality.corpus import read_corpus

Row = dict[str, object]

FOLDER = Path(__file__).parent
_LONGEST_TITLE, _LEAD = 150, 420


def read_own_rows(corpus: Path) -> tuple[list[Row], int]:
    """Give the labelled texts that the corpus holds, and how many labels it has no text for."""
    labels = [line.split("\t") for path in sorted(FOLDER.glob("labels_*.tsv"))
              for line in path.read_text(encoding="utf-8").splitlines()]
    texts = dict(_read_texts(corpus))
    rows: list[Row] = [
        {"id": key, "lang": lang, "diplomacy": int(diplomacy), "countries": [code for code in codes.split(",") if code],
         **cut(*texts[key])}
        for key, lang, diplomacy, codes in labels
        if key in texts
    ]
    return rows, len(labels) - len(rows)


def cut(title: str | None, text: str) -> Mapping[str, str]:
    """Cut a text to its title and lead."""
    first, _, rest = text.partition("\n")
    if title is None and rest.strip() and len(first) <= _LONGEST_TITLE:
        title, text = first, rest
    text = " ".join(text.split())
    return {"title": title or text[:_LONGEST_TITLE], "text": text[:_LEAD]}


def _read_texts(corpus: Path) -> Iterator[tuple[str, tuple[str | None, str]]]:
    for story in _read_lines(corpus / "stories.jsonl"):
        yield f"wmt:{story['id']}", (None, story["text"])
    for pair in _read_lines(corpus / "pairs.jsonl"):
        for number in "12":
            yield f"semeval:{pair['pair']}/{number}", (None, pair[f"text{number}"])
    for folder in ("articles", "news"):
        for page in read_corpus(corpus / folder) if (corpus / folder / "index.jsonl").exists() else ():
            if page.row.get("text"):
                yield page.id.replace("/", ":", 1), (page.row.get("title"), page.row["text"])


def _read_lines(path: Path) -> Iterator[dict[str, str]]:
    if path.exists():
        with path.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)
