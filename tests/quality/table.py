"""A table of extraction figures: pages by corpus, collection and language, beside a peer and the floors."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict

from tests.quality.corpus import SavedPage
from tests.quality.scoring import (
    Figures,
    Score,
    gold_text,
    has_segments_only,
    score,
    summarize,
    summarize_segments,
)

Table = dict[str, Figures]
ALL, SEGMENTS = "all", "segments"


def tabulate(pages: Sequence[SavedPage], texts: Mapping[str, str]) -> Table:
    """Figures of all pages, of each collection and each language; a page without a text counts as an empty one."""
    groups: dict[str, list[Score]] = defaultdict(list)
    for page in pages:
        for group, one in _score(page, texts.get(page.id, "")):
            groups[group].append(one)
    table = {group: summarize(scores) for group, scores in groups.items()}
    segmented = [(page.row, texts.get(page.id, "")) for page in pages if has_segments_only(page.row)]
    if segmented:
        table[SEGMENTS] = summarize_segments(segmented)
    return table


def _score(page: SavedPage, text: str) -> Iterator[tuple[str, Score]]:
    gold = "" if has_segments_only(page.row) else gold_text(page.row, text)
    if gold:
        one = score(gold, text)
        yield ALL, one
        yield page.collection, one
        yield f"lang {page.row.get('lang') or 'und'}", one


def to_plain(table: Table) -> dict[str, dict[str, float | int | None]]:
    """A table as plain values, rounded to four places."""
    return {group: {name: round(value, 4) if isinstance(value, float) else value
                    for name, value in asdict(figures).items()} for group, figures in table.items()}


def from_plain(plain: Mapping[str, Mapping[str, float]]) -> Table:
    """The table that ``to_plain`` wrote."""
    return {group: Figures(**values) for group, values in plain.items()}  # type: ignore[arg-type]  # pages is an int


def format_table(table: Table, *, peer: Table | None = None, floors: Mapping[str, Mapping[str, float]] | None = None,
                 ) -> Iterator[str]:
    """Write a table line by line, the largest groups first, collections before languages."""
    yield f"{'':14} {'F1':>6} {'prec.':>6} {'recall':>6} {'exact':>6} {'pages':>6}{'  peer F1  exact' if peer else ''}"
    for group in sorted(table, key=lambda g: (g != ALL, g.startswith("lang "), -table[g].pages, g)):
        yield _format_row(group, table[group], (peer or {}).get(group), (floors or {}).get(group, {}))


def _format_row(group: str, figures: Figures, peer: Figures | None, floors: Mapping[str, float]) -> str:
    exact = "     -" if figures.exact is None else f"{figures.exact:6.3f}"
    row = f"{group:14} {figures.f1:6.4f} {figures.precision:6.4f} {figures.recall:6.4f} {exact} {figures.pages:6}"
    if peer:
        row += f"   {peer.f1:6.4f} " + ("     -" if peer.exact is None else f"{peer.exact:6.3f}")
    if floors:
        row += "  floor " + ", ".join(f"{name} {floor:.3f}" for name, floor in floors.items())
    return row


def find_below(table: Table, floors: Mapping[str, Mapping[str, float]]) -> list[str]:
    """What lies below its floor, in words; a group that the table lacks is not judged."""
    return [f"{group}: {name} {getattr(table[group], name):.4f} is below {floor:.4f}"
            for group, limits in floors.items() if group in table
            for name, floor in limits.items() if getattr(table[group], name) < floor]
