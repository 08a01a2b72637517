"""Which blocks of a saved page are its article: the choice that scores best against the gold text."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from tests.quality.scoring import RUN, has_segments_only, is_optional, shingle, squeeze, tokenize

KEEP, DROP, UNKNOWN = 1, 0, -1
_ROUNDS = 3


def label(row: Mapping[str, Any], texts: Sequence[str]) -> list[int]:
    """Say of each block whether it belongs to the article; UNKNOWN where the gold leaves it open."""
    if has_segments_only(row):
        return _label_by_segments(row, texts)
    if row.get("paragraphs"):
        return _label_by_paragraphs(row["paragraphs"], texts)
    return _Choice(tokenize(row.get("text") or ""), [tokenize(text) for text in texts]).labels()


def _label_by_segments(row: Mapping[str, Any], texts: Sequence[str]) -> list[int]:
    wanted = [squeeze(segment) for segment in row["with"]]
    unwanted = [squeeze(segment) for segment in row.get("without") or ()]
    return [_label_by_parts(squeeze(text), wanted, unwanted) for text in texts]


def _label_by_parts(key: str, wanted: Sequence[str], unwanted: Sequence[str]) -> int:
    if any(part and part in key for part in unwanted):
        return DROP
    if any(part and (part in key or (len(key) >= 30 and key in part)) for part in wanted):
        return KEEP
    return UNKNOWN


def _label_by_paragraphs(paragraphs: Sequence[str], texts: Sequence[str]) -> list[int]:
    """Choose against the gold with all optional paragraphs; what only those hold is open."""
    tokens = [tokenize(text) for text in texts]
    everything = tokenize("\n".join(p[1:-1] if is_optional(p) else p for p in paragraphs))
    optional = {squeeze(p[1:-1]) for p in paragraphs if is_optional(p)}
    labels = _Choice(everything, tokens).labels()
    return [UNKNOWN if any(squeeze(text) and squeeze(text) in part for part in optional) else chosen
            for text, chosen in zip(texts, labels, strict=True)]


class _Choice:
    """A choice of blocks that is bettered block by block until its F1 rises no more."""

    def __init__(self, gold: Sequence[str], blocks: Sequence[Sequence[str]]) -> None:
        self.blocks = blocks
        self.gold = shingle(gold)
        self.gold_total = self.gold.total()
        self.kept = [self._looks_right(block) for block in blocks]
        self.had = shingle([token for block, kept in zip(blocks, self.kept, strict=True) if kept for token in block])
        self.hits = (self.gold & self.had).total()
        self.total = self.had.total()

    def labels(self) -> list[int]:
        """Better the choice and give it as labels."""
        for _ in range(_ROUNDS):
            if not any([self._better(number) for number in range(len(self.blocks))]):
                break
        return [KEEP if kept else DROP for kept in self.kept]

    def _looks_right(self, block: Sequence[str]) -> bool:
        if len(block) < RUN:
            return False
        runs = shingle(block)
        return sum(run in self.gold for run in runs) >= 0.5 * len(runs)

    def _better(self, number: int) -> bool:
        """Flip one block where that raises F1."""
        before, after = self._tokens_before(number), self._tokens_after(number)
        block = list(self.blocks[number])
        if not block:
            return False
        without, having = _runs(before + after), _runs(before + block + after)
        old, new = (having, without) if self.kept[number] else (without, having)
        hits, total = self.hits, self.total + new.total() - old.total()
        for run in old.keys() | new.keys():
            wanted = self.gold.get(run, 0)
            if wanted:
                now = self.had.get(run, 0)
                hits += min(wanted, now - old.get(run, 0) + new.get(run, 0)) - min(wanted, now)
        if self._f1(hits, total) <= self._f1(self.hits, self.total) + 1e-12:
            return False
        self.had.subtract(old)
        self.had.update(new)
        self.hits, self.total = hits, total
        self.kept[number] = not self.kept[number]
        return True

    def _f1(self, hits: int, total: int) -> float:
        return 2 * hits / (total + self.gold_total) if total + self.gold_total else 0.0

    def _tokens_before(self, number: int) -> list[str]:
        tokens: list[str] = []
        while number > 0 and len(tokens) < RUN - 1:
            number -= 1
            if self.kept[number]:
                tokens = [*self.blocks[number], *tokens]
        return tokens[-(RUN - 1):]

    def _tokens_after(self, number: int) -> list[str]:
        tokens: list[str] = []
        while number < len(self.blocks) - 1 and len(tokens) < RUN - 1:
            number += 1
            if self.kept[number]:
                tokens = [*tokens, *self.blocks[number]]
        return tokens[:RUN - 1]


def _runs(tokens: Sequence[str]) -> Counter[tuple[str, ...]]:
    return Counter(tuple(tokens[start:start + RUN]) for start in range(len(tokens) - RUN + 1))
