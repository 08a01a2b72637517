"""How well the lens reads our own sentences, a language at a time.

    python -m tests.quality.sentences [--json] [--misses]

The sentences are those of tests/crawler/extract/topic/sentences: thirty and more in each language asked for, declined
and conjugated, with football between national teams, restaurants called Kremlin and films about ambassadors among them;
a dozen in some more languages.

A language a line: precision and recall of relevance at .5 by the weights that avvisi ships, which have seen the
sentences; the same by weights learnt from the sentences of all other languages alone, which have not; precision and
recall of the states named. Exit status 1 where a language has too few sentences or falls below a floor.
"""

import argparse
import json
import sys
from collections.abc import Iterator

import numpy as np

from crawler.extract.actors import find_actors
from crawler.extract.topic.relevance import score
from tests.crawler.extract.topic.own import LANGUAGES, Sentence, sentences
from tests.quality.topic import learn, matrix_of

ASKED_FOR = "sq ar zh en fr de el he hi id it ja ko mk fa pl pt ro ru sr es sw tr uk ur vi".split()
FEWEST, FEWEST_ELSEWHERE = 30, 12
FLOORS = {"precision": 0.95, "recall": 0.90, "unseen_precision": 0.95, "unseen_recall": 0.85,
          "states_precision": 0.95, "states_recall": 0.95}
THRESHOLD = 0.5

Figures = dict[str, float]


def main() -> None:
    """Measure, print, compare with the floors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--misses", action="store_true", help="list what was judged wrongly, on standard error")
    options = parser.parse_args()
    own = {language: sentences(language) for language in LANGUAGES}
    report = judge_all(own, show=options.misses)
    print(json.dumps(report) if options.json else "\n".join(format_report(report)))
    failures = list(below(report))
    for failure in failures:
        print(f"below the floor: {failure}", file=sys.stderr)
    sys.exit(bool(failures))


def judge_all(own: dict[str, list[Sentence]], *, show: bool) -> dict[str, Figures]:
    """Judge every language; the last line is all of them together."""
    numbers = {language: matrix_of([{"title": "", "text": one.text, "lang": language} for one in rows])
               for language, rows in own.items()}
    truth = {language: np.array([float(one.is_diplomacy) for one in rows]) for language, rows in own.items()}
    counts: dict[str, dict[str, tuple[int, int, int]]] = {}
    for language, rows in own.items():
        shipped = np.array([score(tuple(row)) for row in numbers[language]])
        counts[language] = {
            "": compare(shipped >= THRESHOLD, truth[language]),
            "unseen_": compare(unseen_scores(language, numbers, truth) >= THRESHOLD, truth[language]),
            "states_": compare_states(rows, language, show=show),
        }
        if show:
            list_misses(rows, shipped, language)
    together = {kind: tuple(sum(found[kind][place] for found in counts.values()) for place in range(3))
                for kind in ("", "unseen_", "states_")}
    report = {language: {"sentences": len(own[language]), **figures(found)} for language, found in counts.items()}
    return {**report, "all": {"sentences": sum(map(len, own.values())), **figures(together)}}


def unseen_scores(language: str, numbers: dict[str, np.ndarray], truth: dict[str, np.ndarray]) -> np.ndarray:
    """Rate the sentences of a language by weights learnt from those of all others."""
    others = [other for other in numbers if other != language]
    matrix, labels = np.concatenate([numbers[other] for other in others]), np.concatenate([truth[o] for o in others])
    weights, intercept = learn(matrix, labels, np.ones(len(labels)))
    return 1 / (1 + np.exp(-(numbers[language] @ weights + intercept)))


def compare(found: np.ndarray, truth: np.ndarray) -> tuple[int, int, int]:
    """Count what was found rightly, found wrongly, and missed."""
    wanted = truth == 1
    return int((found & wanted).sum()), int((found & ~wanted).sum()), int((~found & wanted).sum())


def compare_states(rows: list[Sentence], language: str, *, show: bool) -> tuple[int, int, int]:
    """Count the same of the states named."""
    right = wrong = missed = 0
    for one in rows:
        found = {country.code for country in find_actors(None, one.text, language).countries}
        right, wrong = right + len(found & one.countries), wrong + len(found - one.countries)
        missed += len(one.countries - found)
        if show and found != one.countries:
            print(language, "states", sorted(found), "for", sorted(one.countries), one.text, file=sys.stderr)
    return right, wrong, missed


def figures(counts: dict[str, tuple[int, ...]]) -> Figures:
    """Turn counts into precision and recall."""
    return {
        f"{kind}{name}": round(right / max(1, right + other), 3)
        for kind, (right, wrong, missed) in counts.items()
        for name, other in (("precision", wrong), ("recall", missed))
    }


def list_misses(rows: list[Sentence], scores: np.ndarray, language: str) -> None:
    """Name the sentences that the shipped weights judge wrongly."""
    for one, value in zip(rows, scores, strict=True):
        if (value >= THRESHOLD) != one.is_diplomacy:
            print(f"{language} {value:.2f} for {one.is_diplomacy:d} {one.text}", file=sys.stderr)


def format_report(report: dict[str, Figures]) -> Iterator[str]:
    """Lay the figures out, a language a line."""
    yield "      sentences" + "".join(f"{name.replace('_', ' '):>18}" for name in FLOORS)
    for language, found in report.items():
        yield f"{language:<6}{found['sentences']:>9}" + "".join(f"{found[name]:>18.3f}" for name in FLOORS)
    yield "floor" + " " * 10 + "".join(f"{floor:>18.3f}" for floor in FLOORS.values())


def below(report: dict[str, Figures]) -> Iterator[str]:
    """Name what falls below its floor."""
    yield from (f"{language} has no sentences" for language in ASKED_FOR if language not in report)
    for language, found in report.items():
        fewest = FEWEST if language in ASKED_FOR else FEWEST_ELSEWHERE
        if found["sentences"] < fewest:
            yield f"{language} has {found['sentences']} sentences of {fewest}"
        for name, floor in FLOORS.items():
            if found[name] < floor:
                yield f"{language} {name} {found[name]}"


if __name__ == "__main__":
    main()
