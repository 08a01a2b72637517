"""How many characters of each kind texts have: all texts of a page at once, for one search a text and kind is slow."""

import itertools
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

KINDS = {
    "stops": ".!?…。！？؟।።",
    "upper": "".join(map(chr, (*range(0x41, 0x5B), *range(0xC0, 0xD7), *range(0xD8, 0xDF), *range(0x410, 0x430),
                               *range(0x391, 0x3AA)))),
    "signs": "|•·›»/©@#→▸►",
}
"""What ends sentences, what stands at the head of names, and what stands between links."""

UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u2e80-\u9fff\u3040-\u30ff\uac00-\ud7af]")
"""A sign of a script without spaces, or one that says as much as several letters."""

_BEYOND = 0xFFFF  # no character; those of the higher planes are of none of the kinds
_kind_of = np.zeros(_BEYOND + 1, dtype=np.uint8)
for _number, _characters in enumerate(KINDS.values(), start=1):
    _kind_of[[ord(character) for character in _characters]] = _number


def count_kinds(texts: Sequence[str]) -> dict[str, NDArray[np.float64]]:
    """Count the characters of each kind in each text."""
    codes = np.frombuffer("".join(texts).encode("utf-32-le", errors="surrogatepass"), dtype=np.uint32)
    kinds = _kind_of[np.minimum(codes, _BEYOND)]
    places = np.flatnonzero(kinds)
    text_of = np.searchsorted(list(itertools.accumulate(map(len, texts))), places, side="right")
    width = len(KINDS) + 1
    counts = np.bincount(text_of * width + kinds[places], minlength=len(texts) * width).reshape(len(texts), width)
    return {name: counts[:, number].astype(np.float64) for number, name in enumerate(KINDS, start=1)}
