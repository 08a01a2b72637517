"""Train the line filter: ``python -m tests.quality.train_lines --news DIR --articles DIR``.

Reads two corpora of saved pages with gold text, labels the blocks of each page, and writes the model that avvisi
ships. The same pages, seeds and versions give the same file. Needs the extra ``train`` (LightGBM); reading does not.
Prints the honest figures first: the pages of a registrable domain are always on one side, training or reading, in
both corpora and in both passes.
"""

import argparse
import logging
import math
import random
import sys
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from trafilatura.utils import load_html

from crawler.extract.body import measure_page
from crawler.extract.body.blocks import Blocks
from crawler.extract.body.choice import choose
from crawler.extract.body.features import Measure, feature_names
from crawler.extract.body.lines import write_lines
from crawler.extract.body.model import Model, Trees, to_bytes
from tests.quality.corpus import SavedPage, read_corpus
from tests.quality.labels import KEEP, UNKNOWN, label
from tests.quality.scoring import has_segments_only, tokenize
from tests.quality.table import format_table, tabulate, to_plain

MODEL = Path(__file__).parents[2] / "crawler" / "extract" / "body" / "line_filter.npz"
FOLDS, SEED, ROUNDS = 5, 1, 340
PARAMETERS = {
    "objective": "binary", "learning_rate": 0.04, "num_leaves": 44, "max_depth": 9, "min_data_in_leaf": 45,
    "feature_fraction": 0.35, "bagging_fraction": 0.7, "bagging_freq": 1, "lambda_l2": 10.0, "max_bin": 127,
    "num_threads": 1, "deterministic": True, "force_row_wise": True, "verbose": -1, "seed": SEED,
}
NEWS, ARTICLES = 1.0, 0.5  # what a page weighs
HOPEFUL, LOST = 0.2, 0.002  # of the blocks with a chance above this, the share that the first trees may drop
SEGMENTS = 0.5  # what a page weighs of which only some segments are known
EACH = 0.6  # what all blocks of a page weigh together for their number; their share of the text weighs besides


@dataclass(frozen=True, eq=False)
class Example:
    """A saved page, measured and labelled."""

    page: SavedPage
    news: bool
    blocks: Blocks
    measured: Measure
    labels: NDArray[np.int8]
    weights: NDArray[np.float64]

    def text(self, chances: NDArray[np.float64]) -> str:
        """The article that these chances give."""
        lines = write_lines(self.blocks, kept=choose(self.measured, chances),
                            read=self.measured.was_read.tolist())
        return "\n".join(line.text for line in lines if line.dropped_by is None)


def collect(pages: Iterable[tuple[SavedPage, bool]], *, jobs: int = 2) -> list[Example]:
    """Measure and label saved pages, each with whether it is news; pages without any text are left out."""
    with ProcessPoolExecutor(jobs) as pool:
        return [example for example in pool.map(_prepare, pages, chunksize=8) if example is not None]


def _prepare(given: tuple[SavedPage, bool]) -> Example | None:
    logging.disable(logging.CRITICAL)
    page, news = given
    tree = load_html(page.read())
    if tree is None:
        return None
    blocks, measured = measure_page(tree, url=page.url)
    if measured is None:
        return None
    texts = [block.text for block in blocks.blocks]
    labels = np.array(label(page.row, texts), dtype=np.int8)
    weights = _weigh(page, labels, texts, measured.was_read) * (NEWS if news else ARTICLES)
    return Example(page=page, news=news, blocks=blocks, measured=measured, labels=labels, weights=weights)


def _weigh(page: SavedPage, labels: NDArray[np.int8], texts: Sequence[str], was_read: NDArray[np.bool_],
           ) -> NDArray[np.float64]:
    """Weigh blocks by their share of the tokens, as F1 does, and a little each, as exactness does.

    The share is of all that is read or wanted: a gold text that ends too early must not make its page the heaviest.
    """
    tokens = np.array([len(tokenize(text)) for text in texts])
    total = max(int(tokens[(labels == KEEP) | was_read].sum()), 20)
    weights = EACH * min(1.0, 10 / len(labels)) + np.minimum(tokens / total, 0.5)
    return np.where(labels == UNKNOWN, 0.0, weights) * (SEGMENTS if has_segments_only(page.row) else 1.0)


def train(examples: Sequence[Example], *, about: Mapping[str, Any]) -> Model:
    """Train on all examples."""
    import lightgbm

    weights = np.concatenate([example.weights for example in examples])
    known = weights > 0
    rows = np.concatenate([example.measured.rows for example in examples])[known]
    labels = np.concatenate([example.labels == KEEP for example in examples])[known]
    data = lightgbm.Dataset(rows, labels.astype(np.int8), weight=weights[known] / weights[known].mean())
    trees = convert(lightgbm.train(PARAMETERS, data, num_boost_round=ROUNDS).dump_model())
    return Model(trees=let_first_decide(trees, rows), about={**about, "features": list(feature_names())})


def let_first_decide(trees: Trees, rows: NDArray[np.float32]) -> Trees:
    """Find the log-odds after the first trees below which next to no row ends anywhere near being kept."""
    parts = [rows[start:start + 10_000] for start in range(0, len(rows), 10_000)]
    hopeful = np.concatenate([trees.sum_first(part[trees.chances(part) > HOPEFUL]) for part in parts])
    return replace(trees, sure=float(np.quantile(hopeful, LOST)))


def convert(dump: Mapping[str, Any]) -> Trees:
    """Turn a dump of LightGBM into arrays."""
    feature: list[int] = []
    threshold: list[float] = []
    left: list[int] = []
    value: list[float] = []
    roots: list[int] = []
    deepest = 0

    def add(node: Mapping[str, Any]) -> int:
        feature.append(node.get("split_feature", 0))
        threshold.append(node.get("threshold", math.inf))
        value.append(node.get("leaf_value", 0.0))
        left.append(len(left))
        return len(left) - 1

    for tree in dump["tree_info"]:
        roots.append(len(feature))
        waiting = [(tree["tree_structure"], add(tree["tree_structure"]), 0)]
        while waiting:
            node, here, depth = waiting.pop()
            deepest = max(deepest, depth)
            if "left_child" in node:
                sides = (node["left_child"], node["right_child"])
                left[here] = len(left)
                waiting.extend((side, number, depth + 1) for side, number in [(side, add(side)) for side in sides])
    return Trees(feature=np.array(feature, dtype=np.intp), threshold=np.array(threshold, dtype=np.float32),
                 left=np.array(left, dtype=np.intp), value=np.array(value, dtype=np.float32),
                 roots=np.array(roots, dtype=np.intp), depth=deepest, sure=-math.inf)


def cross_validate(examples: Sequence[Example]) -> dict[str, str]:
    """Read every page with a model that saw no page of its domain; the texts by page."""
    fold_of = _fold_domains(example.page.domain for example in examples)
    texts: dict[str, str] = {}
    for fold in range(FOLDS):
        model = train([example for example in examples if fold_of[example.page.domain] != fold], about={})
        for example in examples:
            if fold_of[example.page.domain] == fold:
                texts[example.page.id] = example.text(model.trees.chances(example.measured.rows))
        print(f"fold {fold + 1} of {FOLDS}", file=sys.stderr, flush=True)
    return texts


def _fold_domains(domains: Iterable[str]) -> dict[str, int]:
    distinct = sorted(set(domains))
    random.Random(SEED).shuffle(distinct)
    return {domain: number % FOLDS for number, domain in enumerate(distinct)}


def main(arguments: Sequence[str] | None = None) -> int:
    """Cross-validate, print the honest table, train on everything and write the model."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality.train_lines", description=__doc__.split("\n")[0])
    parser.add_argument("--news", type=Path, required=True, metavar="DIR", help="news pages with gold text")
    parser.add_argument("--articles", type=Path, required=True, metavar="DIR", help="other pages with gold text")
    parser.add_argument("--output", type=Path, default=MODEL, metavar="FILE", help="where the model goes")
    options = parser.parse_args(arguments)
    corpora = {"news": read_corpus(options.news), "articles": read_corpus(options.articles)}
    examples = collect((page, name == "news") for name, pages in corpora.items() for page in pages)
    texts = cross_validate(examples)
    tables = {name: tabulate(pages, texts) for name, pages in corpora.items()}
    for name, table in tables.items():
        print(f"{name}, cross-validated by domain, {FOLDS} folds", *format_table(table), sep="\n")
    about = {"cross_validated": {name: to_plain(table) for name, table in tables.items()}}
    options.output.write_bytes(to_bytes(train(examples, about=about)))
    print(f"{options.output}: {options.output.stat().st_size} bytes", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
