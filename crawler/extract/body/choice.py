"""From chances to a choice: the threshold, and what the reading is when nothing is above it."""

import numpy as np
from numpy.typing import NDArray

from crawler.extract.body.features import Measure

THRESHOLD = 0.5


def choose(measure: Measure, chances: NDArray[np.float64]) -> list[bool]:
    """Keep the blocks that are likely the article's; where none is, what trafilatura read."""
    kept = [chance >= THRESHOLD for chance in chances.tolist()]
    return kept if any(kept) else measure.was_read
