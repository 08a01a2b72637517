"""From chances to a choice: a threshold, and the stragglers that stand alone far from the rest."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from crawler.extract.body.features import Measure

THRESHOLD = 0.57
GAP = 300.0
"""Characters dropped between two runs of kept blocks that make them two."""
SMALL, SURE = 0.3, 0.8
"""A run smaller than this share of the largest one stays only when its mean chance is above this."""


def choose(measured: Measure, chances: NDArray[np.float64]) -> list[bool]:
    """Keep the blocks that are likely the article's; where none is, what trafilatura read if that has a paragraph."""
    kept = np.flatnonzero(chances >= THRESHOLD)
    choice = [False] * len(chances)
    if not len(kept):
        has_paragraph = bool((measured.was_read & measured.is_paragraph).any())
        return [bool(was_read) for was_read in measured.was_read] if has_paragraph else choice
    for run in _drop_stragglers(list(_find_runs(kept.tolist(), measured.sizes)), chances, measured.sizes):
        for number in run:
            choice[number] = True
    return choice


def _find_runs(kept: Sequence[int], sizes: NDArray[np.float64]) -> Iterator[list[int]]:
    """Cut the kept blocks where much was dropped between two of them."""
    ends = np.cumsum(sizes)
    run: list[int] = []
    for number in kept:
        if run and ends[number] - sizes[number] - ends[run[-1]] > GAP:
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def _drop_stragglers(runs: Sequence[list[int]], chances: NDArray[np.float64], sizes: NDArray[np.float64],
                     ) -> Iterator[list[int]]:
    largest = max(sizes[run].sum() for run in runs)
    for run in runs:
        size = sizes[run].sum()
        if size > SMALL * largest or (chances[run] * sizes[run]).sum() > SURE * max(size, 1e-9):
            yield run
