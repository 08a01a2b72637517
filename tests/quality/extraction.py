"""Measure the body on saved pages with gold text: ``python -m tests.quality.extraction --corpus DIR``.

DIR holds ``index.jsonl`` and the pages it names, or is a folder of such folders. Prints, by collection and language,
what avvisi scores beside plain trafilatura, and ends with 1 where a figure is below its floor.

On the pages that the shipped model was trained on (a folder named ``news`` or ``articles``) its figures flatter it; the
honest ones, in which no page is read by a model that saw another page of its domain, are kept with the model and
printed too. ``--cross-validated`` takes them anew; it trains, so it needs the extra ``train``.
"""

import argparse
import contextlib
import itertools
import logging
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import trafilatura
from trafilatura.utils import load_html

from crawler.extract.body import read_body
from crawler.extract.body.model import shipped
from crawler.extract.reader import extract, extract_with_lines
from store.errors import ExtractionError
from store.values import Page
from tests.quality.corpus import SavedPage, read_corpus
from tests.quality.table import Table, find_below, format_table, from_plain, tabulate

FLOORS: dict[str, dict[str, dict[str, float]]] = {
    "news": {
        "all": {"f1": 0.950, "precision": 0.937, "recall": 0.962, "exact": 0.30},
        "aeb": {"f1": 0.976}, "fundus_eval": {"f1": 0.985}, "fundus_tests": {"f1": 0.968},
        "magic_html": {"f1": 0.868}, "aed": {"f1": 0.939}, "wcxb_article": {"f1": 0.953}, "segments": {"f1": 0.952},
    },
    "articles": {"all": {"f1": 0.948, "exact": 0.20}, "segments": {"f1": 0.930}},
}
"""By corpus and group: what the cross-validated figures may not fall below."""
TRAINED_ON_FLOORS: dict[str, dict[str, dict[str, float]]] = {
    "news": {"all": {"f1": 0.981, "precision": 0.983, "recall": 0.979, "exact": 0.52}, "segments": {"f1": 0.967}},
    "articles": {"all": {"f1": 0.977, "exact": 0.32}, "segments": {"f1": 0.936}},
}
"""The same for the shipped model on the pages it was trained on: a check that reading still does what it did."""
CEILING = 1.0
"""CPU time of all steps of reading a page, as a share of what trafilatura with its metadata takes."""
NOW = datetime(2026, 11, 28, tzinfo=UTC)  # for pages that are long there: no date on them is in the future


def read_ours(page: SavedPage) -> str:
    """Read a page with avvisi's body."""
    tree = load_html(page.read())
    lines = () if tree is None else read_body(tree, url=page.url)
    return "\n".join(line.text for line in lines if line.dropped_by is None)


def read_peer(page: SavedPage) -> str:
    """Read a page with plain trafilatura, as precisely as it can."""
    logging.disable(logging.CRITICAL)
    return trafilatura.extract(page.read(), url=page.url, favor_precision=True, include_comments=False) or ""


def read_all(read: Callable[[SavedPage], str], pages: Sequence[SavedPage], *, jobs: int) -> dict[str, str]:
    """Read many pages; the texts by page."""
    with ProcessPoolExecutor(jobs) as pool:
        return dict(zip((page.id for page in pages), pool.map(read, pages, chunksize=8), strict=True))


def find_corpora(folder: Path) -> dict[str, list[SavedPage]]:
    """The corpora in a folder, or the one that it is, by name."""
    folders = [folder] if (folder / "index.jsonl").exists() else sorted(p.parent for p in folder.glob("*/index.jsonl"))
    return {one.resolve().name: read_corpus(one) for one in folders}


def take_cross_validated(corpora: Mapping[str, Sequence[SavedPage]]) -> dict[str, Table]:
    """Train and read anew, no domain on both sides."""
    from tests.quality.train_lines import collect, cross_validate

    examples = collect((page, name == "news") for name, pages in corpora.items() for page in pages)
    texts = cross_validate(examples)
    return {name: tabulate(pages, texts) for name, pages in corpora.items()}


def take_kept() -> dict[str, Table]:
    """The cross-validated figures that are kept with the shipped model."""
    return {name: from_plain(plain) for name, plain in shipped().about["cross_validated"].items()}


def read_as_peer(content: bytes, url: str) -> None:
    """Read a page as trafilatura's users do who want its metadata."""
    trafilatura.bare_extraction(content, url=url, with_metadata=True)


def read_whole(content: bytes, url: str) -> None:
    """Read a page with avvisi, all steps: text, facts, language, stripping."""
    with contextlib.suppress(ExtractionError):
        extract(Page(url=url, requested_url=url, body=content, fetched_at=NOW))


def read_in_crawl(content: bytes, url: str) -> None:
    """Read a page as a crawl does: besides all steps what it is about, and the lines for the memory of its site."""
    with contextlib.suppress(ExtractionError):
        extract_with_lines(Page(url=url, requested_url=url, body=content, fetched_at=NOW))


def measure_costs(pages: Sequence[SavedPage]) -> dict[str, float]:
    """CPU time of reading, as a share of trafilatura's with its metadata: each page by all in turn, after a warm-up."""
    readers = {"all steps": read_whole, "as in a crawl": read_in_crawl}
    for page in pages[::10]:
        _time([read_as_peer, *readers.values()], page)
    peer, *ours = np.sum([_time([read_as_peer, *readers.values()], page) for page in pages], axis=0).tolist()
    return {name: seconds / peer for name, seconds in zip(readers, ours, strict=True)}


def _time(readers: Sequence[Callable[[bytes, str], None]], page: SavedPage) -> list[float]:
    content, url = page.read(), page.url or "https://unknown.example/"
    marks = [time.process_time()]
    for read in readers:
        read(content, url)
        marks.append(time.process_time())
    return [later - sooner for sooner, later in itertools.pairwise(marks)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; 1 where something is below its floor."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality.extraction", description=__doc__.split("\n")[0])
    parser.add_argument("--corpus", type=Path, required=True, metavar="DIR")
    parser.add_argument("--cross-validated", action="store_true", help="train anew and read without having seen")
    parser.add_argument("--cost", action="store_true", help="also compare the CPU time with trafilatura's, one process")
    parser.add_argument("--jobs", type=int, default=2, metavar="N")
    options = parser.parse_args(arguments)
    corpora = find_corpora(options.corpus)
    if not corpora:
        parser.error(f"{options.corpus}: no index.jsonl there")
    below = _report_cross_validated(corpora) if options.cross_validated else _report_shipped(corpora, options.jobs)
    if options.cost:
        logging.disable(logging.CRITICAL)
        for name, pages in corpora.items():
            costs = measure_costs(pages)
            shares = ", ".join(f"{step} {share:.2f}" for step, share in costs.items())
            print(f"{name}: CPU time against trafilatura with metadata: {shares}; ceiling of all steps {CEILING:.2f}")
            below += [f"{name} costs {costs['all steps']:.2f}"] if costs["all steps"] > CEILING else []
    print(*(f"BELOW ITS FLOOR  {line}" for line in below), sep="\n", end="\n" if below else "")
    return int(bool(below))


def _report_cross_validated(corpora: Mapping[str, Sequence[SavedPage]]) -> list[str]:
    below = []
    for name, table in take_cross_validated(corpora).items():
        _print(f"{name}: cross-validated by domain", table, floors=FLOORS.get(name))
        below += find_below(table, FLOORS.get(name, {}))
    return below


def _report_shipped(corpora: Mapping[str, Sequence[SavedPage]], jobs: int) -> list[str]:
    below = []
    kept = take_kept()
    for name, pages in corpora.items():
        table = tabulate(pages, read_all(read_ours, pages, jobs=jobs))
        peer = tabulate(pages, read_all(read_peer, pages, jobs=jobs))
        trained_on = name in kept
        _print(f"{name}: the shipped model" + (", on the pages it was trained on" if trained_on else ""), table,
               peer=peer, floors=TRAINED_ON_FLOORS.get(name))
        below += find_below(table, TRAINED_ON_FLOORS.get(name, {}))
        if trained_on:
            _print(f"{name}: the honest figures, cross-validated by domain when the model was trained", kept[name],
                   peer=peer, floors=FLOORS.get(name))
            below += find_below(kept[name], FLOORS.get(name, {}))
    return below


def _print(heading: str, table: Table, *, peer: Table | None = None,
           floors: Mapping[str, Mapping[str, float]] | None = None) -> None:
    print(heading, *format_table(table, peer=peer, floors=floors), "", sep="\n", flush=True)


if __name__ == "__main__":
    sys.exit(main())
