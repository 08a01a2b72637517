"""Boosted trees, evaluated with numpy alone: what ``python -m tests.quality.train_lines`` wrote.

The file holds numbers only: for every inner node the feature, the threshold and its two children; for every leaf a
value; for every tree its root. A leaf is a node whose children are itself, so that all trees of all rows go down
together, ``depth`` steps.
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

_ARRAYS = ("feature", "threshold", "children", "value", "roots")

Chances = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Trees:
    """One sum of trees, a chance through the logistic function."""

    feature: NDArray[np.int16]
    threshold: NDArray[np.float32]
    children: NDArray[np.int32]
    """Two a node: the left one (value at most the threshold), then the right one."""
    value: NDArray[np.float32]
    roots: NDArray[np.int32]
    depth: int
    sure: float
    """The log-odds after the first trees below which the others never brought a row back in training."""

    def chances(self, rows: Matrix) -> Chances:
        """The chance that each row is the article's; rows the first trees are sure to drop skip the others."""
        score = self.sum_first(rows)
        unsure = np.flatnonzero(score > self.sure)
        score[unsure] += self._sum(rows[unsure], self.roots[FIRST:])
        return np.asarray(1 / (1 + np.exp(-score)))

    def sum_first(self, rows: Matrix) -> Chances:
        """The log-odds of each row after the first trees."""
        return self._sum(rows, self.roots[:FIRST])

    def _sum(self, rows: Matrix, roots: NDArray[np.int32]) -> Chances:
        flat = rows.ravel()
        start = (np.arange(len(rows), dtype=np.int32) * rows.shape[1])[:, None]
        node = np.broadcast_to(roots, (len(rows), len(roots)))
        for _ in range(self.depth):
            right = flat[start + self.feature[node]] > self.threshold[node]
            node = self.children[2 * node + right]
        return np.asarray(self.value[node].sum(axis=1, dtype=np.float64))


@dataclass(frozen=True, eq=False)
class Model:
    """The line filter: its trees, the names of their columns, and what is known about it."""

    trees: Trees
    about: Mapping[str, Any]


def to_bytes(model: Model) -> bytes:
    """Write a model as the bytes of its file."""
    arrays: dict[str, Any] = {name: getattr(model.trees, name) for name in _ARRAYS}
    arrays["depth"], arrays["sure"] = np.array(model.trees.depth), np.array(model.trees.sure)
    arrays["about"] = np.frombuffer(json.dumps(model.about).encode(), dtype=np.uint8)
    stream = io.BytesIO()
    np.savez_compressed(stream, **arrays)
    return stream.getvalue()


def from_bytes(content: bytes) -> Model:
    """Read a model from the bytes of its file."""
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        trees = Trees(**{name: arrays[name] for name in _ARRAYS}, depth=int(arrays["depth"]),
                      sure=float(arrays["sure"]))
        return Model(trees=trees, about=json.loads(arrays["about"].tobytes()))


@functools.cache
def shipped() -> Model:
    """The model that comes with avvisi; read once."""
    return from_bytes(resources.files("crawler.extract.body").joinpath("line_filter.npz").read_bytes())
