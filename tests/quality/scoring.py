"""Scores of an extracted text against a gold text, as in the public article benchmark: shingles of four tokens.

A text is a multiset of runs of four tokens; precision and recall are taken page by page, and F1 is the harmonic mean of
their means. Unspaced scripts are read character by character.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

RUN = 4
_TOKEN = re.compile(r"\w+")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u2e80-\u9fff\u3040-\u30ff\uac00-\ud7af]")
_NOT_WORD = re.compile(r"\W+")


@dataclass(frozen=True, kw_only=True)
class Score:
    """One page: shares from 0 to 1, and whether its tokens are the gold's."""

    precision: float
    recall: float
    exact: bool


def tokenize(text: str) -> list[str]:
    """Cut a text into words, words of unspaced scripts into characters."""
    tokens: list[str] = []
    for word in _TOKEN.findall(text):
        if _UNSPACED.search(word):
            tokens.extend(word)
        else:
            tokens.append(word)
    return tokens


def shingle(tokens: Sequence[str]) -> Counter[tuple[str, ...]]:
    """Count the runs of four tokens; a shorter text is one run."""
    if not tokens:
        return Counter()
    return Counter(tuple(tokens[start:start + RUN]) for start in range(max(1, len(tokens) - RUN + 1)))


def score(gold: str, text: str) -> Score:
    """Compare a text with the gold one."""
    wanted, had = tokenize(gold), tokenize(text)
    wanted_runs, had_runs = shingle(wanted), shingle(had)
    hits = (wanted_runs & had_runs).total()
    return Score(precision=_ratio(hits, had_runs.total(), wanted_runs.total()),
                 recall=_ratio(hits, wanted_runs.total(), had_runs.total()), exact=wanted == had)


def _ratio(hits: int, total: int, other: int) -> float:
    return hits / total if total else float(not other)


def squeeze(text: str) -> str:
    """Leave letters, digits and underscores, in lower case."""
    return _NOT_WORD.sub("", text).lower()


def has_segments_only(row: Mapping[str, Any]) -> bool:
    """Whether a page's gold is only what must and must not be in the text."""
    return bool(row.get("with")) and not row.get("text") and not row.get("paragraphs")


def gold_text(row: Mapping[str, Any], text: str) -> str:
    """The gold text of a page; a paragraph in square brackets is expected only where the text has it."""
    paragraphs = row.get("paragraphs")
    if not paragraphs:
        return row.get("text") or ""
    squeezed = squeeze(text)
    return "\n".join(_unbracket(paragraph) for paragraph in paragraphs
                     if not is_optional(paragraph) or squeeze(_unbracket(paragraph))[:50] in squeezed)


def is_optional(paragraph: str) -> bool:
    """Whether the gold leaves it open if a paragraph is the article's."""
    return paragraph.startswith("[") and paragraph.endswith("]")


def _unbracket(paragraph: str) -> str:
    return paragraph[1:-1] if is_optional(paragraph) else paragraph


@dataclass(frozen=True, kw_only=True)
class Figures:
    """The figures of a group of pages."""

    f1: float
    precision: float
    recall: float
    exact: float | None
    pages: int


def summarize(scores: Sequence[Score]) -> Figures:
    """Average the scores of some pages."""
    precision, recall = fmean(s.precision for s in scores), fmean(s.recall for s in scores)
    return Figures(f1=_harmonic(precision, recall), precision=precision, recall=recall,
                   exact=fmean(s.exact for s in scores), pages=len(scores))


def summarize_segments(pages: Iterable[tuple[Mapping[str, Any], str]]) -> Figures:
    """Count the segments that must and must not be there, over pages that have only those."""
    right = wanted = wrong = count = 0
    for row, text in pages:
        squeezed = squeeze(text)
        count += 1
        wanted += len(row["with"])
        right += sum(squeeze(segment) in squeezed for segment in row["with"])
        wrong += sum(squeeze(segment) in squeezed for segment in row.get("without") or ())
    precision, recall = right / max(right + wrong, 1), right / max(wanted, 1)
    return Figures(f1=_harmonic(precision, recall), precision=precision, recall=recall, exact=None, pages=count)


def _harmonic(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
