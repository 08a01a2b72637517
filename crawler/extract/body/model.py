"""Boosted trees, evaluated with numpy alone: what ``python -m tests.quality.train_lines`` wrote.

The file holds numbers only: for every inner node the feature, the threshold and its left child, beside which the right
one stands; for every leaf a value; for every tree its root. A leaf is its own left child and has no threshold to pass,
so that many trees of all rows go down together, ``depth`` steps.
"""

import functools
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crawler.extract.body.features import Matrix

FIRST = 40
"""So many trees are asked of every row; what they are sure to drop skips the others."""

_TOGETHER = 100
"""Trees that go down at once: their nodes for the rows of a page fit the processor's cache."""

_ARRAYS = {"feature": np.intp, "threshold": np.float32, "left": np.intp, "value": np.float32, "roots": np.intp}
"""What a model is made of, as numpy is quick to work with it; the file holds the numbers in fewer bytes."""

Chances = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Trees:
    """One sum of trees, a chance through the logistic function."""

    feature: NDArray[np.intp]
    threshold: NDArray[np.float32]
    left: NDArray[np.intp]
    """Where a row goes whose value is at most the threshold; the others go to the node after it."""
    value: NDArray[np.float32]
    roots: NDArray[np.intp]
    depth: int
    sure: float
    """The log-odds after the first trees below which the others bring no row back, but for one in some hundreds."""

    def chances(self, rows: Matrix) -> Chances:
        """The chance that each row is the article's; rows the first trees are sure to drop skip the others."""
        score = self.sum_first(rows)
        unsure = np.flatnonzero(score > self.sure)
        score[unsure] += self._sum(rows[unsure], self.roots[FIRST:])
        return np.asarray(1 / (1 + np.exp(-score)))

    def sum_first(self, rows: Matrix) -> Chances:
        """The log-odds of each row after the first trees."""
        return self._sum(rows, self.roots[:FIRST])

    def _sum(self, rows: Matrix, roots: NDArray[np.intp]) -> Chances:
        many = len(rows)
        values, feature = np.ascontiguousarray(rows.T).ravel(), self.feature * many
        row = np.arange(many, dtype=np.intp)
        total = np.zeros(many)
        for first in range(0, len(roots), _TOGETHER):
            node = np.repeat(roots[first:first + _TOGETHER, None], many, axis=1)
            for _ in range(self.depth):
                right = values.take(feature.take(node) + row) > self.threshold.take(node)
                node = self.left.take(node) + right
            total += self.value.take(node).sum(axis=0, dtype=np.float64)
        return total


@dataclass(frozen=True, eq=False)
class Model:
    """The line filter: its trees, the names of their columns, and what is known about it."""

    trees: Trees
    about: Mapping[str, Any]


def to_bytes(model: Model) -> bytes:
    """Write a model as the bytes of its file."""
    trees = model.trees
    arrays: dict[str, Any] = {
        "feature": trees.feature.astype(np.int16), "threshold": trees.threshold, "left": trees.left.astype(np.int32),
        "value": trees.value, "roots": trees.roots.astype(np.int32),
    }
    arrays["depth"], arrays["sure"] = np.array(trees.depth), np.array(trees.sure)
    arrays["about"] = np.frombuffer(json.dumps(model.about).encode(), dtype=np.uint8)
    stream = io.BytesIO()
    np.savez_compressed(stream, **arrays)
    return stream.getvalue()


def from_bytes(content: bytes) -> Model:
    """Read a model from the bytes of its file."""
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        trees = Trees(**{name: arrays[name].astype(kind) for name, kind in _ARRAYS.items()}, depth=int(arrays["depth"]),
                      sure=float(arrays["sure"]))
        return Model(trees=trees, about=json.loads(arrays["about"].tobytes()))


@functools.cache
def shipped() -> Model:
    """The model that comes with avvisi; read once."""
    return from_bytes(resources.files("crawler.extract.body").joinpath("line_filter.npz").read_bytes())
