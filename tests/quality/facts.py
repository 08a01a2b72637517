"""Measure title, date and authors on saved pages with known answers, beside their floors and beside trafilatura.

    python -m tests.quality.facts --corpus DIR [--no-peer] [--misses title|date|authors]

DIR holds an ``index.jsonl`` (id, url, html_path, title, date, authors). Titles and authors are compared by their
letters and digits, dates by their day. Sites are dealt into two halves by a hash of their domain: whoever improves
the rules looks at the misses of half A only, so that half B tells what other sites will see.
"""

import argparse
import gzip
import hashlib
import json
import re
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import lxml.html
import trafilatura

from crawler.extract.facts.page_facts import extract_facts
from crawler.extract.html import parse_html
from store.values import Page

FLOORS = {"title": 0.90, "date": 0.90, "authors": 0.89}  # share of exact pages; DIR is the news corpus
SLOWEST = 0.3  # seconds a page
FETCHED = datetime(2026, 11, 22, tzinfo=UTC)  # after every page of the corpus


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What one reader says of one page, ready to be compared."""

    title: str
    date: str
    authors: frozenset[str]
    seconds: float


@dataclass
class Score:
    """The hits of one reader by fact and half, and its CPU seconds a page."""

    hits: dict[tuple[str, str], list[bool]] = field(default_factory=lambda: defaultdict(list))
    seconds: list[float] = field(default_factory=list)

    def share(self, fact: str, halves: str = "AB") -> float:
        """Give the share of exact pages."""
        return statistics.mean(hit for half in halves for hit in self.hits[fact, half] or [False])


def squeeze(text: str | None) -> str:
    """Reduce a text to its letters and digits."""
    return re.sub(r"\W+", "", text or "").lower()


def half(url: str) -> str:
    """Deal a page to half A or B by its domain."""
    domain = ".".join((urlsplit(url).hostname or "").split(".")[-2:])
    return "AB"[int(hashlib.md5(domain.encode(), usedforsecurity=False).hexdigest(), 16) % 2]


def rows(corpus: Path) -> Iterator[dict[str, Any]]:
    """Give the rows of the index that know a title, a date or authors; a broken line is left out."""
    for line in (corpus / "index.jsonl").read_bytes().split(b"\n"):
        try:
            row = json.loads(line)
        except ValueError:
            continue
        if any(row.get(fact) for fact in FLOORS):
            yield row


def ours(document: bytes, url: str) -> Answer:
    """Read a page as avvisi does; parsing is not counted, since the body is read from the same tree."""
    tree = parse_html(document)
    page = Page(url=url, requested_url=url, body=document, fetched_at=FETCHED)
    began = time.process_time()
    facts = extract_facts(tree, page=page)
    seconds = time.process_time() - began
    return Answer(title=squeeze(facts.title), date=str(facts.published or "")[:10],
                  authors=frozenset(map(squeeze, facts.authors)), seconds=seconds)


def peer(document: bytes, url: str) -> Answer:
    """Read a page with trafilatura's own metadata step."""
    tree = lxml.html.document_fromstring(document, parser=lxml.html.HTMLParser(encoding="utf-8", huge_tree=True))
    began = time.process_time()
    found = trafilatura.extract_metadata(tree, default_url=url)
    seconds = time.process_time() - began
    authors = frozenset(squeeze(name) for name in (found.author or "").split("; ") if name)
    return Answer(title=squeeze(found.title), date=(found.date or "")[:10], authors=authors,
                  seconds=seconds)


def compare(row: dict[str, Any], answer: Answer) -> Iterator[tuple[str, bool]]:
    """Compare an answer with what the index knows."""
    if row.get("title"):
        yield "title", answer.title == squeeze(row["title"])
    if row.get("date"):
        yield "date", answer.date == row["date"][:10]
    if row.get("authors"):
        yield "authors", answer.authors == {squeeze(name) for name in row["authors"]}


def table(name: str, score: Score) -> Iterator[str]:
    """Write a reader's figures, a line a fact."""
    for fact, floor in FLOORS.items():
        yield (f"{name:12} {fact:8} all {score.share(fact):.3f}  half A {score.share(fact, 'A'):.3f}  "
               f"half B {score.share(fact, 'B'):.3f}  floor {floor:.2f}")
    seconds = sorted(score.seconds)
    yield (f"{name:12} CPU ms a page: median {statistics.median(seconds) * 1e3:.1f}, "
           f"mean {statistics.mean(seconds) * 1e3:.1f}, slowest {seconds[-1] * 1e3:.0f}")


def main(arguments: Iterable[str] | None = None) -> int:
    """Print the table; 1 if a figure is under its floor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--no-peer", action="store_true", help="leave trafilatura out")
    parser.add_argument("--misses", choices=list(FLOORS), help="name the pages of half A that miss this fact")
    options = parser.parse_args(None if arguments is None else list(arguments))
    readers = {"avvisi": (ours, Score())}
    if not options.no_peer:
        readers["trafilatura"] = (peer, Score())
    for row in rows(options.corpus):
        document = gzip.decompress((options.corpus / row["html_path"]).read_bytes())
        for name, (read, score) in readers.items():
            answer = read(document, row["url"])
            score.seconds.append(answer.seconds)
            for fact, hit in compare(row, answer):
                score.hits[fact, half(row["url"])].append(hit)
                if not hit and name == "avvisi" and fact == options.misses and half(row["url"]) == "A":
                    print(f"missed {fact}: {row['id']}")
    for name, (_, score) in readers.items():
        print(*table(name, score), sep="\n")
    mine = readers["avvisi"][1]
    return int(any(mine.share(fact) < floor for fact, floor in FLOORS.items()) or max(mine.seconds) > SLOWEST)


if __name__ == "__main__":
    sys.exit(main())
