"""A site's memory at work: what a page teaches, what is taken out of its text and out of the texts stored before.

The memory reads after all other rules have: a line that says something has been heard by then, or is heard here.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from crawler.discover.hosts import normalize_host, undressed
from crawler.extract.boilerplate.credits import read_credit_line, strip_credits
from crawler.extract.boilerplate.source_lines import read_source_line
from crawler.extract.line import Line
from crawler.extract.line_keys import exact_key, line_keys
from crawler.extract.reading import open_reading
from crawler.extract.site_memory import (
    Found,
    Recurrence,
    Ruling,
    SiteMemory,
    find_furniture,
    find_recurring,
    may_be_furniture,
)
from store import sites
from store.articles import Ingested, ingest
from store.errors import ExtractionError, UsageError
from store.fingerprint import make_id
from store.lens import have_looked_at_again
from store.page_lines import TEMPLATE, PageLines
from store.pages import get_page
from store.sites import CleanedLine, KnownLine, Site, StoredText
from store.values import Article, Outcome, Removal

log = logging.getLogger(__name__)

COPIED = 0.8  # of a text's prose; one that other articles of the site have so much of is a copy and teaches nothing
NEW_RECORDS = (Outcome.NEW, Outcome.NEAR_DUPLICATE)  # a copy of what another outlet printed is an article of this site


def name_site(url: str) -> str | None:
    """Name the site of an address: its host, without the forms for small screens; a saved file's is its folder."""
    parts = urlsplit(url)
    if parts.hostname:
        return undressed(normalize_host(parts.hostname))
    return f"file://{parts.path.rpartition('/')[0]}" if parts.scheme == "file" else None


# At the time a page is stored


def ingest_page(session: Session, article: Article, lines: PageLines, *, page_id: int | None,
                now: datetime) -> Ingested:
    """Take out of an article what its site repeats, ingest it, and learn from its page if it is a new one."""
    name = name_site(article.url)
    if name is None:
        return ingest(session, article, page_id=page_id, now=now)
    site = sites.find_site(session, name)
    known = sites.recall(session, site, lines.keys) if site is not None else {}
    memory = SiteMemory() if site is None else _remember_text(session, site, article, lines, known)
    cleaned: tuple[CleanedLine, ...] = ()
    if site is not None and not site.is_off:
        found = find_furniture(article.paragraphs, memory, keys=lines.paragraphs)
        cleaned = _clean_with_record(session, site, article, found, now)
    stored = ingest(session, take_out(article, cleaned), page_id=page_id, now=now)
    if site is not None and cleaned and stored.outcome in (*NEW_RECORDS, Outcome.UPDATED):
        revision_id, _ = sites.get_current_revision(session, stored.id)
        sites.note_cleaning(session, revision_id, cleaned, whole=article.paragraphs, site=site, now=now)
        have_looked_at_again(session, stored.id)
    is_copied = find_recurring(article.paragraphs, memory, keys=lines.paragraphs) >= COPIED
    if stored.outcome in NEW_RECORDS and not is_copied:
        opened = site or sites.open_site(session, name)
        sites.learn(session, opened, stored.id, lines, known=known, now=now)
    return stored


def _remember_text(session: Session, site: Site, article: Article, lines: PageLines,
                   known: Mapping[int, KnownLine]) -> SiteMemory:
    in_text = {key: known[key] for key in lines.in_text if key in known}
    is_counted = bool(in_text) and sites.is_counted(session, make_id(article.keys[0]))
    return _memory_of(site, in_text, is_counted=is_counted)


def _clean_with_record(session: Session, site: Site, article: Article, found: Sequence[Found],
                       now: datetime) -> tuple[CleanedLine, ...]:
    """Give the lines to take out of an article, and have the same taken out of the record that has this text already.

    Else what the memory has learnt in between would look like a change that the publisher made.
    """
    lines = {one.number: _cleaned(one) for one in found}
    revision_id = sites.find_by_whole_text(session, article.text, is_cleaned=not lines)
    if revision_id is not None:
        text = sites.get_stored_text(session, revision_id)
        if text.paragraphs == article.paragraphs:
            lines |= {line.paragraph: line for line in text.cleaned}
            sites.set_cleaning(session, text, tuple(lines.values()), site=site, now=now)
    return tuple(lines[number] for number in sorted(lines))


def take_out(article: Article, lines: Sequence[CleanedLine]) -> Article:
    """Take lines out of an article, each with its removal; what they say stays as facts."""
    if not lines:
        return article
    gone = {line.paragraph for line in lines}
    rest = [text for number, text in enumerate(article.paragraphs) if number not in gone]
    credits, derived_from = hear([line.text for line in lines], rest)
    numbers = _number_lines(len(article.paragraphs), article.removed)
    removals = [Removal(text=line.text, rule=sites.RULE, where=f"line {numbers[line.paragraph]}") for line in lines]
    return replace(
        article,
        paragraphs=tuple(rest),
        removed=tuple(sorted((*article.removed, *removals), key=_line_of)),
        credits=tuple(dict.fromkeys((*article.credits, *credits))),
        derived_from=article.derived_from or derived_from,
    )


def hear(lines: Iterable[str], rest: Sequence[str]) -> tuple[tuple[str, ...], str | None]:
    """Return who is credited, and what original is named, by lines that go and by what then ends the text.

    A credit that ended the last sentence stood in front of the furniture when the rules looked for it at the end. It is
    heard now, and stays where it is: a piece of a line could not be put back.
    """
    credits: dict[str, None] = {}
    origin: str | None = None
    for line in lines:
        source = read_source_line(line)
        link, names = source if source else (None, read_credit_line(line) or ())
        origin = origin or link
        credits.update(dict.fromkeys(names))
    ended = strip_credits(open_reading(Line(text=text) for text in rest))
    return tuple(dict.fromkeys((*credits, *ended.credits))), origin


def recall(session: Session, site: Site, keys: Iterable[int], *, is_counted: bool) -> SiteMemory:
    """Look up what a site's memory says of some lines."""
    return _memory_of(site, sites.recall(session, site, keys), is_counted=is_counted)


def _memory_of(site: Site, known: Mapping[int, KnownLine], *, is_counted: bool) -> SiteMemory:
    lines = {
        key: Recurrence(
            pages=line.pages, since=site.pages - line.first_page + 1, outside=line.outside, head=line.head,
            tail=line.tail, apart=line.apart, heading=line.heading, repeated=line.repeated,
            ruling=Ruling(line.ruling) if line.ruling else None,
        )
        for key, line in known.items()
    }
    return SiteMemory(pages=site.pages, lines=lines, is_counted=is_counted)


def _cleaned(found: Found) -> CleanedLine:
    return CleanedLine(paragraph=found.number, text=found.text, key=found.key, evidence=found.evidence)


def _number_lines(count: int, removed: Iterable[Removal]) -> list[int]:
    """Number an article's paragraphs as they were read: a line that went whole has a number, too."""
    places = (removal.where.removeprefix("line ") for removal in removed)
    taken = {int(place) for place in places if place.isdigit()}
    return [number for number in range(1, count + len(taken) + 1) if number not in taken][:count]


def _line_of(removal: Removal) -> int:
    return int(removal.where.removeprefix("line ").partition(",")[0])


# What is stored already


@dataclass(frozen=True, kw_only=True)
class Tidied:
    """What looking at stored texts again came to."""

    texts: int = 0
    cleaned: int = 0
    restored: int = 0

    def __add__(self, other: "Tidied") -> "Tidied":
        return Tidied(texts=self.texts + other.texts, cleaned=self.cleaned + other.cleaned,
                      restored=self.restored + other.restored)


def tidy(session: Session, site: Site, article_id: str, *, now: datetime, keeps: bool = False) -> Tidied:
    """Look at an article's current text again with what its site's memory knows now.

    With ``keeps`` what was taken out before stays out, as long as nobody asked to keep it: the memory of an old text's
    time fades.
    """
    revision_id, _ = sites.get_current_revision(session, article_id)
    text = sites.get_stored_text(session, revision_id)
    keys = [key for paragraph in text.paragraphs for key in line_keys(paragraph)]
    memory = recall(session, site, keys, is_counted=text.is_counted)
    lines = {found.number: _cleaned(found) for found in find_furniture(text.paragraphs, memory)}
    if keeps:
        lines = {line.paragraph: line for line in text.cleaned if not _is_kept(memory, line.text)} | lines
    tidied = _set(session, site, text, tuple(lines.values()), now)
    if text.is_counted:
        sites.put_off(session, [article_id], site=site)
    return tidied


def tidy_due(session: Session, name: str, *, most: int, now: datetime) -> tuple[int, Tidied]:
    """Look again at the texts of a site for which it is time, ``most`` of them; say how many, and what it came to.

    A text none of whose lines recurs by now is not opened: most are such.
    """
    site = sites.find_site(session, name)
    if site is None or site.is_off:
        return 0, Tidied()
    due = sites.find_due(session, site)[:most]
    quiet = _find_quiet(session, site, due)
    sites.put_off(session, quiet, site=site)
    looked_at = (tidy(session, site, article_id, now=now) for article_id in due if article_id not in quiet)
    return len(due), sum(looked_at, Tidied())


def _find_quiet(session: Session, site: Site, article_ids: Sequence[str]) -> tuple[str, ...]:
    """Find the articles whose text has no line that may be furniture by now."""
    texts = sites.get_lines_in_text(session, article_ids)
    known = sites.recall_recurring(session, site, [key for keys in texts.values() for key in keys])
    memory = _memory_of(site, known, is_counted=True)
    candidates = {(key, is_template) for key, line in memory.lines.items() for is_template in (False, True)
                  if may_be_furniture(line, memory, is_template=is_template)}
    return tuple(article_id for article_id, keys in texts.items()
                 if not any((key, bool(marks & TEMPLATE)) in candidates for key, marks in keys.items()))


def undo(session: Session, site: Site, revision_id: int, *, now: datetime) -> Tidied:
    """Put back all that a site's memory took out of a text."""
    return _set(session, site, sites.get_stored_text(session, revision_id), (), now)


def _set(session: Session, site: Site, text: StoredText, lines: Sequence[CleanedLine], now: datetime) -> Tidied:
    if not sites.set_cleaning(session, text, lines, site=site, now=now):
        return Tidied()
    gone = {line.paragraph for line in lines}
    rest = [paragraph for number, paragraph in enumerate(text.paragraphs) if number not in gone]
    credits, derived_from = hear([line.text for line in lines], rest)
    sites.add_facts(session, text.revision_id, credits=credits, derived_from=derived_from)
    before = {line.paragraph for line in text.cleaned}
    return Tidied(texts=1, cleaned=len(gone - before), restored=len(before - gone))


def _is_kept(memory: SiteMemory, text: str) -> bool:
    key = exact_key(text)
    line = memory.lines.get(key) if key is not None else None
    return line is not None and line.ruling is Ruling.KEEP


def learn_from_archive(session: Session, article_id: str, url: str, *, now: datetime) -> bool:
    """Learn from an article that was stored before its site had a memory: its raw page, or its text alone."""
    name = name_site(url)
    if name is None:
        return False
    revision_id, page_id = sites.get_current_revision(session, article_id)
    text = sites.get_stored_text(session, revision_id)
    site = sites.open_site(session, name)
    lines = _see_again(session, page_id, text.paragraphs)
    memory = recall(session, site, lines.in_text, is_counted=False)
    if find_recurring(text.paragraphs, memory, keys=lines.paragraphs) >= COPIED:
        return False
    return sites.remember(session, name, article_id, lines, now=now)


def _see_again(session: Session, page_id: int | None, paragraphs: Sequence[str]) -> PageLines:
    # Here and not above: a crawl's own process reads no page, and need not hold the readers' 25 MB.
    from crawler.extract.body.blocks import find_blocks
    from crawler.extract.html import parse_html
    from crawler.extract.page_lines import gather

    page = get_page(session, page_id) if page_id is not None else None
    if page is None or page.content_type.startswith("text/plain"):
        return gather(paragraphs)
    try:
        return gather(paragraphs, find_blocks(parse_html(page.body, page.content_type), url=page.url))
    except ExtractionError:
        return gather(paragraphs)


# By hand


def rule_on_line(session: Session, line: str, ruling: Ruling | None, *, label: str | None,
                 now: datetime) -> tuple[Site, ...]:
    """Write down what a person says of a line, on the sites of a source or on those that show it; return these sites.

    None leaves the line to the memory again. Raises UsageError for a line without words, and where no site is meant.
    """
    from crawler.extract.page_lines import SAMPLE

    key = exact_key(line)
    if key is None:
        raise UsageError(f"no line: {line!r} has no words")
    known = find_named_sites(session, label)
    meant = tuple(site for site in known if label is not None or sites.knows_line(session, site, key))
    if not meant:
        raise UsageError(f"no site has shown this line: {line!r}: name a source or a site to rule on it there")
    for site in meant:
        sites.rule_on(session, site, key, ruling=ruling, sample=line[:SAMPLE], now=now)
    return meant


def find_named_sites(session: Session, label: str | None) -> tuple[Site, ...]:
    """Find the sites of a source, the site of that name, or all; raises UsageError where a name means none."""
    found = sites.find_sites(session, label)
    if label is not None and not found:
        raise UsageError(f"nothing is known of {label}: name a source that was crawled, or a site of the memory")
    return found
