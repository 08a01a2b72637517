"""Say how alike two texts are: by signatures of 136 bytes for a first look, by all shingles for the verdict. Pure.

A signature is a MinHash of 128 permutations (Broder 1997) with the lowest 8 bits of each minimum kept (b-bit MinHash,
Li and König 2010): the resemblance of two texts is read from it within .04 (one standard deviation), and with the
sizes that are kept beside it their containment too.

Keys are the 16 smallest of a text's hashed runs (a bottom-k sketch): texts that share a good part share some of them,
also where one is only a piece of the other; texts that merely treat one subject hardly ever share any.
"""

from dataclasses import dataclass
from math import sqrt
from struct import Struct

import numpy as np
import numpy.typing as npt

from store.copies.shingles import Numbers, Shingles, cut_shingles, mix

VERSION = 1  # of the bytes and of all that leads to them; after a change `avvisi dedup --rebuild` makes them anew
PERMUTATIONS = 128
KEYS = 16
KEY_BITS = 48  # SQLite keeps such a number in 6 bytes; 16 million of them meet by chance once in 18,000 lookups

# Copies resemble each other or contain each other. In 535 pairs of the same language rated by hand as different
# stories, cookie walls aside, the highest resemblance is .18 and the highest containment .43.
RESEMBLANCE = 0.33
CONTAINMENT = 0.7
WHOLE = 0.45  # the share of the larger text that is common from which both are the same whole
LEAST = 16  # shingles of a text that can be a copy: 18 words in a row are no coincidence, fewer may be a formula

DOUBT = 3.0  # standard deviations by which a signature may underrate a copy and still be looked at closely

WINDOWS = 8  # pieces of the smaller text; the whole of a copy is edited, of a page with furniture one end is the same
HELD = 0.3  # the share of a piece's shingles from which it counts as held; with every fifth word edited it is .5
SPREAD = 0.7  # the share of pieces that must be held, where neither text is nearly all of the other
SAME = 0.6  # resemblance from which a text may also have one quite different end

_FORMAT = Struct(f"<BxHI{PERMUTATIONS}s")
_SEEDS = mix(np.arange(1, 2 * PERMUTATIONS + 1, dtype=np.uint64))
_FACTORS = (_SEEDS[:PERMUTATIONS] | np.uint64(1))[:, None]
_TERMS = _SEEDS[PERMUTATIONS:][:, None]
_CHUNK = 256  # shingles at a time: 128 times as many numbers stay within a processor's cache

Signature = npt.NDArray[np.uint8]


@dataclass(frozen=True, kw_only=True, eq=False)
class Fingerprint:
    """What is kept of a text to recognise its copies by; ``size`` is how many different shingles it has."""

    size: int
    signature: Signature
    keys: tuple[int, ...] = ()

    def pack(self) -> bytes:
        """Write it as bytes: version, size and signature; the keys are rows of the index."""
        return _FORMAT.pack(VERSION, PERMUTATIONS, self.size, self.signature.tobytes())


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """How alike two texts are.

    ``resemblance`` is the share of common shingles among all, ``containment`` among those of the smaller text,
    ``spread`` the share of the smaller text's pieces that the other one holds, ``ratio`` its size to the other's.
    """

    resemblance: float
    containment: float
    spread: float
    ratio: float
    size: int

    @property
    def is_copy(self) -> bool:
        """Whether one text is an edited copy of the other, a piece of it or a frame around it."""
        if self.size < LEAST:
            return False
        if self.containment >= CONTAINMENT or self.resemblance >= SAME:
            return True
        return self.resemblance >= RESEMBLANCE and self.spread >= SPREAD


    @property
    def is_whole(self) -> bool:
        """Whether it is a copy of the whole, and not a piece in a longer text that may hold other stories too."""
        return self.is_copy and self.containment * self.ratio >= WHOLE


class UnknownFormat(ValueError):
    """Bytes of a fingerprint that this version does not read."""


def make_fingerprint(shingles: Shingles) -> Fingerprint:
    """Make the fingerprint of a text; its keys are empty where it is too short to have copies."""
    size = len(shingles)
    keys: tuple[int, ...] = ()
    if size >= LEAST:
        smallest = shingles.runs[:KEYS]  # they are sorted
        keys = tuple(sorted((mix(smallest) >> np.uint64(64 - KEY_BITS)).tolist()))
    return Fingerprint(size=size, signature=_sign(shingles.distinct), keys=keys)


def unpack_fingerprint(written: bytes) -> Fingerprint:
    """Read what ``pack`` wrote; raises UnknownFormat."""
    if len(written) != _FORMAT.size or written[0] != VERSION:
        raise UnknownFormat(f"{len(written)} bytes, version {written[0] if written else 'none'}")
    _, _, size, signature = _FORMAT.unpack(written)
    return Fingerprint(size=size, signature=np.frombuffer(signature, dtype=np.uint8))


def may_be_copies(one: Fingerprint, other: Fingerprint) -> bool:
    """Tell whether two texts are worth a close look, by their signatures alone."""
    smaller, larger = sorted((one.size, other.size))
    if smaller < LEAST:
        return False
    common = CONTAINMENT * smaller
    needed = min(RESEMBLANCE, common / (smaller + larger - common))
    return estimate_resemblance(one, other) >= needed - DOUBT * sqrt(needed * (1 - needed) / PERMUTATIONS)


def estimate_resemblance(one: Fingerprint, other: Fingerprint) -> float:
    """Estimate the share of common shingles; chance makes one in 256 bytes equal and is taken off."""
    equal = float(np.count_nonzero(one.signature == other.signature)) / PERMUTATIONS
    return max(0.0, (equal - 1 / 256) / (1 - 1 / 256))


def compare(one: Shingles, other: Shingles) -> Likeness:
    """Measure exactly how alike two texts are."""
    smaller, larger = (one, other) if len(one) <= len(other) else (other, one)
    if len(smaller) == 0:
        return Likeness(resemblance=0, containment=0, spread=0, ratio=0, size=0)
    common = int(np.count_nonzero(_are_in(smaller.distinct, larger.distinct)))
    held = _are_in(smaller.ordered, larger.distinct)
    pieces = [float(piece.mean()) for piece in np.array_split(held, min(WINDOWS, len(held)))]
    return Likeness(
        resemblance=common / (len(smaller) + len(larger) - common),
        containment=common / len(smaller),
        spread=sum(piece >= HELD for piece in pieces) / len(pieces),
        ratio=len(smaller) / len(larger),
        size=len(smaller),
    )


def compare_texts(one: str, other: str) -> Likeness:
    """Measure exactly how alike two texts are."""
    return compare(cut_shingles(one), cut_shingles(other))


def _sign(distinct: Numbers) -> Signature:
    lowest = np.full(PERMUTATIONS, np.iinfo(np.uint64).max, dtype=np.uint64)
    for start in range(0, len(distinct), _CHUNK):
        permuted = distinct[None, start : start + _CHUNK] * _FACTORS
        permuted += _TERMS
        np.minimum(lowest, permuted.min(axis=1), out=lowest)
    return (mix(lowest) & np.uint64(0xFF)).astype(np.uint8)


def _are_in(numbers: Numbers, sorted_set: Numbers) -> npt.NDArray[np.bool_]:
    places = np.minimum(np.searchsorted(sorted_set, numbers), len(sorted_set) - 1)
    return np.asarray(sorted_set[places] == numbers)
