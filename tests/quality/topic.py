"""How well avvisi tells what a text is about and who acts in it.

    python -m tests.quality.topic --corpus DIR [--json] [--learn] [--misses]

DIR holds topic.jsonl, one labelled text a line: lang, title, text (lead), diplomacy (2 main subject, 1 counts neither
way, 0 not), countries (ISO 3166-1, EU for the Union).

Relevance: five-fold cross-validation, stratified, repeated with five seeds; in each fold the weights are learnt from
the other four fifths and our own sentences. Average precision and F1 at .5 are means over the seeds. Beside them the
same figures of the weights that avvisi ships, which have seen these texts if --learn was run on them.
Countries: precision and recall over all codes of all texts (micro) and a language at a time; their mean over
languages (macro). Codes named in passing do not count as found; the EU counts where it is found as an organisation.

`own_labels` holds the same figures of other texts of the corpus, labelled by ourselves (tests/quality/own_labels.py):
relevance by weights that are learnt from topic.jsonl and our own sentences alone and never saw them, and countries.
`skipped` counts those labelled texts that DIR does not hold. They have no floor.

--learn writes crawler/extract/topic/weights.toml from all labelled texts and our own sentences.
Exit status 1 below a floor.
"""

import argparse
import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from crawler.extract.actors import find_actors
from crawler.extract.actors.reading import read
from crawler.extract.topic.features import NAMES, measure
from crawler.extract.topic.relevance import LONGEST_TEXT, rate_relevance, score
from tests.quality.own_labels import Row, read_own_rows

FLOORS = {"average_precision": 0.93, "f1": 0.87, "language": 0.75, "precision": 0.90, "recall": 0.85,
          "language_precision": 0.90, "language_recall": 0.85,
          "milliseconds": 5.0, "megabytes": 60.0}
FEWEST_POSITIVES, FEWEST_CODES = 5, 10  # of a language that is held to its own floor
WEIGHTS = Path(__file__).parents[2] / "crawler" / "extract" / "topic" / "weights.toml"
SENTENCES = Path(__file__).parents[1] / "crawler" / "extract" / "topic" / "sentences"
FOLDS, SEEDS, PENALTY = 5, 5, 5.0
SENTENCE_WORTH = 0.15  # of a labelled text: they are many, short and ours
THRESHOLD = 0.5

Matrix = np.ndarray


def main() -> None:
    """Measure, print, compare with the floors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--learn", action="store_true")
    parser.add_argument("--misses", action="store_true", help="list what was judged wrongly, on standard error")
    options = parser.parse_args()
    rows = [json.loads(line) for line in (options.corpus / "topic.jsonl").open(encoding="utf-8")]
    judged = [row for row in rows if row["diplomacy"] != 1]
    own, own_truth = read_sentences()
    matrix, truth = matrix_of(judged), np.array([float(row["diplomacy"] == 2) for row in judged])
    if options.learn:
        write_weights(*learn(*together(matrix, truth, own, own_truth)))
    report = {"relevance": cross_validate(judged, matrix, truth, own, own_truth),
              "shipped": judge(judged, truth, np.array([score(tuple(row)) for row in matrix])),
              "countries": judge_countries(rows, show=options.misses),
              "own_labels": judge_own_labels(options.corpus, learn(*together(matrix, truth, own, own_truth)),
                                             show=options.misses),
              **measure_cost(options.corpus / "topic.jsonl")}
    if options.misses:
        list_misses(judged, truth)
    print(json.dumps(report, indent=None if options.json else 2))
    failures = list(below(report))
    for failure in failures:
        print(f"below the floor: {failure}", file=sys.stderr)
    sys.exit(bool(failures))


def matrix_of(rows: Sequence[Row]) -> Matrix:
    """Measure texts: a row each, in the order of NAMES."""
    return np.array([measure(read(row["title"], row["text"], row["lang"], limit=LONGEST_TEXT)).values for row in rows])


def read_sentences() -> tuple[Matrix, Matrix]:
    """Measure our own sentences; give them and their labels."""
    rows, truth = [], []
    for path in sorted(SENTENCES.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            label, _, text = line.split("\t", 2)
            rows.append({"title": None, "text": text, "lang": path.stem})
            truth.append(float(label))
    return (matrix_of(rows) if rows else np.zeros((0, len(NAMES)))), np.array(truth)


def together(matrix: Matrix, truth: Matrix, own: Matrix, own_truth: Matrix) -> tuple[Matrix, Matrix, Matrix]:
    """Join labelled texts and own sentences: numbers, labels, and what each is worth."""
    worth = np.concatenate([np.ones(len(truth)), np.full(len(own_truth), SENTENCE_WORTH)])
    return np.concatenate([matrix, own]), np.concatenate([truth, own_truth]), worth


def learn(matrix: Matrix, truth: Matrix, worth: Matrix) -> tuple[Matrix, float]:
    """Fit a logistic regression with an L2 penalty on standardised numbers, by Newton's method; give plain weights."""
    mean, spread = matrix.mean(axis=0), matrix.std(axis=0) + 1e-6
    design = np.column_stack([(matrix - mean) / spread, np.ones(len(matrix))])
    penalty = np.eye(design.shape[1]) * PENALTY
    penalty[-1, -1] = 1e-6
    beta = np.zeros(design.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-design @ beta))
        curvature = worth * chance * (1 - chance) + 1e-9
        gradient = design.T @ (worth * (chance - truth)) + penalty @ beta
        beta -= np.linalg.solve((design * curvature[:, None]).T @ design + penalty, gradient)
    weights = beta[:-1] / spread
    return weights, float(beta[-1] - weights @ mean)


def write_weights(weights: Matrix, intercept: float) -> None:
    """Write the weights as avvisi reads them."""
    lines = ["# Written by `python -m tests.quality.topic --corpus DIR --learn`: not to be edited by hand.",
             f"intercept = {intercept:.4f}", "", "[weights]"]
    lines += [f"{name} = {weight:.4f}" for name, weight in zip(NAMES, weights, strict=True)]
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def folds(truth: Matrix, seed: int) -> Matrix:
    """Deal the texts into folds, each with its share of both labels."""
    generator = np.random.default_rng(seed)
    fold = np.zeros(len(truth), dtype=int)
    for label in (0.0, 1.0):
        places = np.flatnonzero(truth == label)
        generator.shuffle(places)
        fold[places] = np.arange(len(places)) % FOLDS
    return fold


def cross_validate(
    rows: Sequence[Row], matrix: Matrix, truth: Matrix, own: Matrix, own_truth: Matrix
) -> dict[str, object]:
    """Judge each text by weights that never saw it; means over the seeds."""
    reports = []
    for seed in range(SEEDS):
        fold, scores = folds(truth, seed), np.zeros(len(truth))
        for number in range(FOLDS):
            seen = fold != number
            weights, intercept = learn(*together(matrix[seen], truth[seen], own, own_truth))
            scores[~seen] = 1 / (1 + np.exp(-(matrix[~seen] @ weights + intercept)))
        reports.append(judge(rows, truth, scores))
    languages = {code: round(float(np.mean([report["languages"][code] for report in reports])), 3)
                 for code in reports[0]["languages"]}
    return {"average_precision": round(float(np.mean([report["average_precision"] for report in reports])), 3),
            "f1": round(float(np.mean([report["f1"] for report in reports])), 3), "languages": languages}


def judge(rows: Sequence[Row], truth: Matrix, scores: Matrix) -> dict[str, object]:
    """Give average precision, F1 at the threshold, and average precision a language where it has positives enough."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        places[row["lang"]].append(place)
    languages = {
        code: round(average_precision(truth[found], scores[found]), 3)
        for code, found in sorted(places.items())
        if truth[found].sum() >= FEWEST_POSITIVES
    }
    found = scores >= THRESHOLD
    right = float((found & (truth == 1)).sum())
    return {"average_precision": round(average_precision(truth, scores), 3),
            "f1": round(2 * right / max(1.0, float(found.sum() + truth.sum())), 3), "languages": languages}


def average_precision(truth: Matrix, scores: Matrix) -> float:
    """Mean of the precision at each positive, in order of score."""
    order = np.argsort(-scores, kind="stable")
    hits = truth[order]
    precision = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    return float((precision * hits).sum() / max(1.0, hits.sum()))


def judge_own_labels(corpus: Path, learnt: tuple[Matrix, float], *, show: bool) -> dict[str, object]:
    """Judge the texts that we labelled ourselves, by weights learnt from others."""
    rows, skipped = read_own_rows(corpus)
    judged = [row for row in rows if row["diplomacy"] != 1]
    truth = np.array([float(row["diplomacy"] == 2) for row in judged])
    if not judged:
        return {"texts": 0, "skipped": skipped}
    weights, intercept = learnt
    scores = 1 / (1 + np.exp(-(matrix_of(judged) @ weights + intercept)))
    if show:
        list_misses(judged, truth)
    return {"texts": len(rows), "skipped": skipped, "relevance": judge(judged, truth, scores),
            "countries": judge_countries(rows, show=show)}


def judge_countries(rows: Sequence[Row], *, show: bool) -> dict[str, object]:
    """Compare found codes with labelled ones."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in rows:
        found, wanted = found_codes(row), set(row["countries"])
        for key in ("micro", str(row["lang"])):
            for place, codes in enumerate((found & wanted, found - wanted, wanted - found)):
                counts[key][place] += len(codes)
        if show and found != wanted:
            print(row["lang"], row["id"], "too many", sorted(found - wanted), "missing", sorted(wanted - found),
                  file=sys.stderr)
    scores = {key: {"precision": round(right / max(1, right + wrong), 3),
                    "recall": round(right / max(1, right + missed), 3), "labelled": right + missed}
              for key, (right, wrong, missed) in sorted(counts.items())}
    single = [value for key, value in scores.items() if key != "micro" and value["labelled"]]
    macro = {name: round(float(np.mean([value[name] for value in single])), 3) for name in ("precision", "recall")}
    return {"micro": scores.pop("micro"), "macro": macro, "languages": scores}


def found_codes(row: Row) -> set[str]:
    """Give the codes found in a text, EU included."""
    actors = find_actors(row["title"], row["text"], row["lang"])  # type: ignore[arg-type]  # a line of JSON
    return set(actors.codes) | {"EU" for organisation in actors.organisations if organisation.code == "EU"}


COST = """
import json, resource, sys, time
from crawler.extract.lens import look
rows = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
def memory():
    try:
        return int(open("/proc/self/statm").read().split()[1]) * resource.getpagesize() / 2 ** 20
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2 ** 20
def look_at_all():
    started = time.process_time()
    for row in rows:
        look(title=row["title"], text=row["text"], language=row["lang"])
    return time.process_time() - started
empty, first = memory(), look_at_all()
seconds = min(look_at_all() for _ in range(3))
print(json.dumps({"milliseconds": round(seconds / len(rows) * 1000, 2), "megabytes": round(memory() - empty, 1),
                  "start_up_milliseconds": round((first - seconds) / len({row["lang"] for row in rows}) * 1000, 1)}))
"""


def measure_cost(path: Path) -> dict[str, float]:
    """Give what the lens costs: a text on one core, the tables of all languages met, and the start of a language.

    Taken in a process of its own, in its own processor time.
    """
    done = subprocess.run([sys.executable, "-c", COST, str(path)], capture_output=True, text=True, check=True)
    cost: dict[str, float] = json.loads(done.stdout)
    return cost


def list_misses(rows: Sequence[Row], truth: Matrix) -> None:
    """Name the texts that the shipped weights judge wrongly."""
    for row, label in zip(rows, truth, strict=True):
        rated = rate_relevance(row["title"], row["text"], row["lang"])
        if (rated.score >= THRESHOLD) != bool(label):
            print(f"{rated.score:.2f} for {label:.0f}", row["lang"], row["id"], file=sys.stderr)


def below(report: dict[str, object]) -> Iterator[str]:
    """Name what falls below its floor."""
    relevance, countries = report["relevance"], report["countries"]["micro"]  # type: ignore[index]  # built above
    for name in ("average_precision", "f1"):
        if relevance[name] < FLOORS[name]:  # type: ignore[index]  # built above
            yield f"{name} {relevance[name]}"  # type: ignore[index]  # built above
    for code, value in relevance["languages"].items():  # type: ignore[index]  # built above
        if value < FLOORS["language"]:
            yield f"average precision of {code} {value}"
    for name in ("milliseconds", "megabytes"):
        if report[name] > FLOORS[name]:  # type: ignore[operator]  # built above
            yield f"{report[name]} {name}"
    for name in ("precision", "recall"):
        if countries[name] < FLOORS[name]:
            yield f"{name} of countries {countries[name]}"
        for code, figures in report["countries"]["languages"].items():  # type: ignore[index]  # built above
            if figures["labelled"] >= FEWEST_CODES and figures[name] < FLOORS[f"language_{name}"]:
                yield f"{name} of countries in {code} {figures[name]}"


if __name__ == "__main__":
    main()
