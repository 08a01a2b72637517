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

from crawler.extract.body.features import Matrix, Measure

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

    def chances(self, rows: Matrix) -> Chances:
        """The chance that each row is the article's."""
        width = rows.shape[1]
        flat = rows.ravel()
        start = (np.arange(len(rows), dtype=np.int32) * width)[:, None]
        node = np.broadcast_to(self.roots, (len(rows), len(self.roots)))
        for _ in range(self.depth):
            right = flat[start + self.feature[node]] > self.threshold[node]
            node = self.children[2 * node + right]
        return np.asarray(1 / (1 + np.exp(-self.value[node].sum(axis=1, dtype=np.float64))))


@dataclass(frozen=True, eq=False)
class Model:
    """The line filter: two passes, the names of their columns, and what is known about it."""

    first: Trees
    second: Trees | None
    about: Mapping[str, Any]

    def chances(self, measure: Measure) -> Chances:
        """The chance of every block of a page."""
        chances = self.first.chances(measure.first)
        return chances if self.second is None else self.second.chances(measure.second(chances))


def to_bytes(model: Model) -> bytes:
    """Write a model as the bytes of its file."""
    arrays: dict[str, NDArray[Any]] = {"about": np.frombuffer(json.dumps(model.about).encode(), dtype=np.uint8)}
    for name, trees in (("first", model.first), ("second", model.second)):
        if trees is not None:
            for field in ("feature", "threshold", "children", "value", "roots"):
                arrays[f"{name}_{field}"] = getattr(trees, field)
            arrays[f"{name}_depth"] = np.array(trees.depth)
    stream = io.BytesIO()
    np.savez_compressed(stream, **arrays)  # type: ignore[arg-type]  # numpy types the keywords as one of its flags
    return stream.getvalue()


def from_bytes(content: bytes) -> Model:
    """Read a model from the bytes of its file."""
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        about = json.loads(arrays["about"].tobytes())
        first = _read_trees(arrays, "first")
        second = _read_trees(arrays, "second") if "second_roots" in arrays else None
    return Model(first=first, second=second, about=about)


def _read_trees(arrays: Mapping[str, NDArray[Any]], name: str) -> Trees:
    return Trees(feature=arrays[f"{name}_feature"], threshold=arrays[f"{name}_threshold"],
                 children=arrays[f"{name}_children"], value=arrays[f"{name}_value"], roots=arrays[f"{name}_roots"],
                 depth=int(arrays[f"{name}_depth"]))


@functools.cache
def shipped() -> Model:
    """The model that comes with avvisi; read once."""
    return from_bytes(resources.files("crawler.extract.body").joinpath("line_filter.npz").read_bytes())
