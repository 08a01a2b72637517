"""Measure URL identity over pairs of addresses: ``python -m tests.quality.urls [--pairs FILE]``.

A line of the file is ``{"a", "b", "same"}`` (and, if it likes, ``family``). The pairs kept here follow the documented
rules of content systems on invented hosts. Prints the shares, each failure by name, and exits 1 below the floors.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from crawler.discover.identity import identify

PAIRS = Path(__file__).with_name("url_pairs.jsonl")
APART_FLOOR = 1.0  # to merge two articles is to lose one
MERGED_FLOOR = 0.97


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two addresses and whether they lead to one article."""

    a: str
    b: str
    same: bool
    family: str = "other"

    def is_right(self) -> bool:
        """Whether identity judges the pair as it should."""
        return (identify(self.a) == identify(self.b)) == self.same


def read_pairs(path: Path) -> Iterator[Pair]:
    """Read the pairs of a file, a line each."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            row = json.loads(line)
            yield Pair(a=row["a"], b=row["b"], same=bool(row["same"]), family=row.get("family", "other"))


def share(pairs: list[Pair]) -> float:
    """The share of pairs that are judged rightly; 1 for none."""
    return sum(pair.is_right() for pair in pairs) / len(pairs) if pairs else 1.0


def microseconds(pairs: list[Pair], *, rounds: int = 5) -> float:
    """The time of one identity with warm caches, best of some rounds."""
    addresses = [address for pair in pairs for address in (pair.a, pair.b)]
    best = float("inf")
    for _ in range(rounds):
        start = perf_counter()
        for address in addresses:
            identify(address)
        best = min(best, perf_counter() - start)
    return best / len(addresses) * 1e6


def main(arguments: list[str] | None = None) -> int:
    """Print the figures; 1 below a floor."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--pairs", type=Path, default=PAIRS, metavar="FILE")
    pairs = list(read_pairs(parser.parse_args(arguments).pairs))
    merge, apart = [pair for pair in pairs if pair.same], [pair for pair in pairs if not pair.same]
    for pair in pairs:
        if not pair.is_right():
            print(f"{'not merged' if pair.same else 'MERGED'}  [{pair.family}]  {pair.a}  {pair.b}")
            print(f"            {identify(pair.a)}  {identify(pair.b)}")
    print(f"families  {len({pair.family for pair in pairs})}")
    print(f"apart     {share(apart):7.2%} of {len(apart)}  (floor {APART_FLOOR:.0%})")
    print(f"merged    {share(merge):7.2%} of {len(merge)}  (floor {MERGED_FLOOR:.0%})")
    print(f"cost      {microseconds(pairs):.1f} us an address")
    return int(share(apart) < APART_FLOOR or share(merge) < MERGED_FLOOR)


if __name__ == "__main__":
    sys.exit(main())
