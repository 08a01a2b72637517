"""Measure the memory of sites: ``python -m tests.quality.memory [--pages 100] [--seed 1]``.

A made-up site in each of twelve languages, a hundred articles each. Furniture stands at the head, between paragraphs
and at the end; it is the same on every page, or takes turns, or changes a date, a counter, a name. Headings, datelines,
a paragraph of background, the refrain and the last words of speeches recur, too, and are text. The pages go through the
real store, in order. Prints for each site, from the eleventh page on: how many removals were right, how much of the
furniture was found; the same of all pages after the stored texts were cleaned; and how many texts are not what they
were when all is undone. Then the cost of a page in a memory of a million lines. Exit status 1 below a floor.
"""

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import lxml.html
from sqlalchemy import insert, select

from crawler.extract.body.blocks import find_blocks
from crawler.extract.page_lines import gather
from crawler.learning import ingest_page, tidy, undo
from store import models, sites
from store.database import Database, open_database
from store.page_lines import PageLines
from store.values import Article
from tests.quality.memory_words import LANGUAGES, Language

PRECISION_FLOOR = 0.95
RECALL_FLOOR = 0.95
TAUGHT = 10  # pages, after which furniture is to be found
MILLISECONDS_FLOOR = 3.0  # that a page may cost more in a memory of a million lines than in an empty one
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
READ_OUT = (1.0, 0.6)  # share of the furniture that the reader of bodies lets into the text, site by site


@dataclass(frozen=True, kw_only=True)
class MadePage:
    """A made-up page: its article as a reader of bodies would give it, its markup, and which lines are furniture."""

    article: Article
    markup: str
    furniture: frozenset[str]
    protected: frozenset[str]


@dataclass(kw_only=True)
class Score:
    """Lines taken out rightly, wrongly, and left; lines taken out that never may be."""

    right: int = 0
    wrong: int = 0
    left: int = 0
    forbidden: int = 0

    def __iadd__(self, other: "Score") -> "Score":
        self.right += other.right
        self.wrong += other.wrong
        self.left += other.left
        self.forbidden += other.forbidden
        return self

    @property
    def precision(self) -> float:
        """Share of the removals that were right."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of the furniture that was found."""
        return self.right / (self.right + self.left) if self.right + self.left else 1.0

    def __str__(self) -> str:
        return f"right {self.precision:6.1%}  found {self.recall:6.1%}  text taken {self.forbidden}"


class MadeSite:
    """A site of one language; with one seed its pages are always the same."""

    def __init__(self, code: str, language: Language, *, seed: int, number: int) -> None:
        self.name = f"{code}.example"
        self._language = language
        self._random = random.Random(f"{seed} {code}")
        self._leak = READ_OUT[number % len(READ_OUT)]
        self._is_dressed = number % 3 != 0  # else its furniture stands in the same elements as its text

    def make_pages(self, count: int) -> Iterator[MadePage]:
        """Make the site's pages, in the order they are crawled."""
        for number in range(1, count + 1):
            yield self._make_page(number)

    def _pick(self, table: str) -> str:
        return self._random.choice(table.split("|"))

    def _sentence(self) -> str:
        language = self._language
        parts = {name: self._pick(getattr(language, name)) for name in ("who", "did", "what", "where", "why")}
        return language.sentence.format(**parts)

    def _paragraph(self) -> str:
        return self._language.space.join(self._sentence() for _ in range(self._random.randint(2, 4)))

    def _date(self, *, weekday: bool = False) -> str:
        language = self._language
        date = language.date.format(d=self._random.randint(1, 28), month=self._pick(language.months), y=2026)
        return f"{self._pick(language.weekdays)}{language.space}{date}" if weekday else date

    def _fill(self, template: str) -> str:
        return template.format(n=self._random.randint(1, 4000), date=self._date(weekday=self._random.random() < 0.5),
                               name=self._pick(self._language.names))

    def _make_page(self, number: int) -> MadePage:
        """Lay out a page: (kind, line) pairs in order; f is furniture, t text, h a heading, p text that recurs."""
        language, chance = self._language, self._random.random
        changed, *slots = language.slots.split("|")
        lines = [("f", self._fill(changed))]
        if chance() < 0.7:
            lines.append(("p", f"{self._pick(language.places)}, {self._date()}"))
        lines += self._make_body(number)
        lines.insert(len(lines) // 2, ("f", self._pick(language.turning)))
        lines += [("f", self._fill(slot)) for slot in slots] + [("f", line) for line in language.fixed.split("|")]
        kept = [(kind, line) for kind, line in lines if kind != "f" or chance() < self._leak]
        address = f"{self.name}/{number}"
        return MadePage(
            article=Article(url=f"https://{address}", keys=(address,), paragraphs=tuple(line for _, line in kept)),
            markup=self._mark_up(lines),
            furniture=frozenset(line for kind, line in lines if kind == "f"),
            protected=frozenset(line for kind, line in lines if kind in "hp"),
        )

    def _make_body(self, number: int) -> list[tuple[str, str]]:
        language, chance = self._language, self._random.random
        body = [("t", self._paragraph()) for _ in range(self._random.randint(4, 9))]
        if number % 7 == 0:  # a speech
            for place in (1, 3, 5):
                body.insert(place, ("p", language.refrains))
            return [*body, ("p", language.closing)]
        for heading in language.headings.split("|"):
            if chance() < 0.6:
                body.insert(self._random.randint(1, len(body) - 1), ("h", heading))
        if chance() < 0.2:
            body.insert(self._random.randint(1, len(body) - 1), ("p", language.background))
        return body

    def _mark_up(self, lines: list[tuple[str, str]]) -> str:
        tags = {"h": "h2", "f": "div" if self._is_dressed else "p"}
        blocks = "".join(f"<{tags.get(kind, 'p')}>{line}</{tags.get(kind, 'p')}>" for kind, line in lines)
        return f"<html><body><nav><a href='/'>{self.name}</a></nav><article>{blocks}</article></body></html>"


def store_page(database: Database, page: MadePage) -> str:
    """Store a page as the crawler does; return the article's id."""
    lines = gather(page.article.paragraphs, find_blocks(lxml.html.document_fromstring(page.markup)))
    with database.begin() as session:
        return ingest_page(session, page.article, lines, page_id=None, now=NOW).id


def judge(database: Database, article_id: str, page: MadePage) -> Score:
    """Compare an article's text as it is stored with what it should be."""
    with database.read() as session:
        revision_id, _ = sites.get_current_revision(session, article_id)
        cleaned = [line.text for line in sites.get_stored_text(session, revision_id).cleaned]
    furniture = [line for line in page.article.paragraphs if line in page.furniture]
    right = sum(line in page.furniture for line in cleaned)
    return Score(right=right, wrong=len(cleaned) - right, left=len(furniture) - right,
                 forbidden=sum(line in page.protected for line in cleaned))


@dataclass(frozen=True, kw_only=True)
class Result:
    """What one site came to: at once, after its stored texts were cleaned, and how many texts undoing left changed."""

    at_once: Score
    afterwards: Score
    first_pages: Score
    changed_by_undoing: int


def measure_site(database: Database, site: MadeSite, *, pages: int) -> Result:
    """Store a site's pages, clean what is stored, judge both, undo it all and compare."""
    made = [(page, store_page(database, page)) for page in site.make_pages(pages)]
    at_once = sum_scores(judge(database, article_id, page) for page, article_id in made[TAUGHT:])
    with database.begin() as session:
        known = sites.find_site(session, site.name)
        assert known is not None
        for article_id in sites.find_articles(session, known):
            tidy(session, known, article_id, now=NOW)
    afterwards = sum_scores(judge(database, article_id, page) for page, article_id in made)
    first = sum_scores(judge(database, article_id, page) for page, article_id in made[:TAUGHT])
    return Result(at_once=at_once, afterwards=afterwards, first_pages=first,
                  changed_by_undoing=undo_all(database, known, made))


def undo_all(database: Database, site: sites.Site, made: list[tuple[MadePage, str]]) -> int:
    """Put back all lines; count the texts that are not byte for byte what was read."""
    with database.begin() as session:
        for revision_id in sites.find_cleaned(session, site):
            undo(session, site, revision_id, now=NOW)
    with database.read() as session:
        texts = {row.article_id: row.text for row in session.execute(
            select(models.Revision.article_id, models.Revision.text))}
    return sum(texts[article_id].encode() != page.article.text.encode() for page, article_id in made)


def sum_scores(scores: Iterator[Score]) -> Score:
    """Add scores up."""
    total = Score()
    for score in scores:
        total += score
    return total


def fill(database: Database, name: str, *, lines: int) -> None:
    """Fill a site's memory with lines that no page has."""
    chance = random.Random(7)
    with database.begin() as session:
        site = sites.open_site(session, name)
        row = {"site_id": site.id, "pages": 1, "first_page": 0, "last_page": 0, "first_seen": NOW, "last_seen": NOW,
               "ruling": None, "sample": "A line that one page had, long ago.", **dict.fromkeys(sites.COUNTED, 0)}
        for start in range(0, lines, 10_000):
            rows = [row | {"key": chance.getrandbits(63)} for _ in range(start, min(lines, start + 10_000))]
            session.execute(insert(models.SiteLine), rows)


@dataclass(frozen=True, kw_only=True)
class Cost:
    """Median milliseconds of CPU that storing a page takes: all of it, and the part that is not the memory's."""

    lines: int
    whole: float
    without: float

    @property
    def memory(self) -> float:
        """What the memory adds."""
        return self.whole - self.without


def measure_cost(folder: str, *, lines: int, pages: int = 100) -> Cost:
    """Measure what a page costs when its site's memory knows so many lines."""
    with open_database(f"sqlite:///{folder}/{lines}.db") as database:
        site = MadeSite("en", LANGUAGES["en"], seed=5, number=1)
        if lines:
            fill(database, site.name, lines=lines)
        with_memory, without = [], []
        for page in site.make_pages(pages):
            seen = gather(page.article.paragraphs, find_blocks(lxml.html.document_fromstring(page.markup)))
            elsewhere = replace(page.article, url="no:site", keys=(f"elsewhere/{page.article.keys[0]}",),
                                paragraphs=(*page.article.paragraphs, "This is kept elsewhere."))
            with_memory.append(_time_storing(database, page.article, seen))
            without.append(_time_storing(database, elsewhere, seen))
        return Cost(lines=lines, whole=statistics.median(with_memory), without=statistics.median(without))


def _time_storing(database: Database, article: Article, lines: PageLines) -> float:
    with database.begin() as session:
        session.connection()
        started = time.process_time()
        ingest_page(session, article, lines, page_id=None, now=NOW)
        return (time.process_time() - started) * 1000


def main(arguments: list[str] | None = None) -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--lines", type=int, default=1_000_000, help="0 leaves the cost out")
    options = parser.parse_args(arguments)
    at_once, afterwards, changed = Score(), Score(), 0
    with tempfile.TemporaryDirectory() as folder:
        with open_database(f"sqlite:///{folder}/sites.db") as database:
            for number, (code, language) in enumerate(LANGUAGES.items()):
                site = MadeSite(code, language, seed=options.seed, number=number)
                result = measure_site(database, site, pages=options.pages)
                print(f"{code}  at once: {result.at_once}   cleaned: {result.afterwards}", flush=True)
                at_once += result.at_once
                afterwards += result.afterwards
                changed += result.changed_by_undoing
        print(f"all at once: {at_once}  (floors {PRECISION_FLOOR:.0%}, {RECALL_FLOOR:.0%}, 0)")
        print(f"all cleaned: {afterwards}")
        print(f"texts that undoing left changed: {changed}  (floor 0)")
        sizes = (0, options.lines // 10, options.lines) if options.lines else ()
        costs = [measure_cost(folder, lines=lines) for lines in sizes]
    for cost in costs:
        print(f"memory of {cost.lines:>9,} lines: {cost.memory:5.2f} ms a page, of {cost.whole:.2f} to store it")
    is_flat = not costs or costs[-1].memory - costs[0].memory <= MILLISECONDS_FLOOR
    scores = (at_once, afterwards)
    is_good = all(score.precision >= PRECISION_FLOOR and score.recall >= RECALL_FLOOR for score in scores)
    return int(not (is_good and is_flat) or bool(changed) or any(score.forbidden for score in scores))


if __name__ == "__main__":
    sys.exit(main())
