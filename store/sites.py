"""A site's memory in SQL: how often its lines recur, what was taken out of stored texts, and how to put it back.

What makes a line furniture is decided elsewhere (``crawler.extract.site_memory``); keys come from there and mean
nothing here. An article is counted once, whatever its page shows later.
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, bindparam, delete, distinct, func, select, update
from sqlalchemy.orm import Session

from store import models
from store.copies.neardup import DROP_KEYS, add_fingerprint, drop_fingerprint, look_around
from store.fingerprint import hash_text
from store.page_lines import COUNTED, OUTSIDE, TEMPLATE, Once, PageLines, SeenOnce, pack, unpack
from store.upsert import dialect_of, insert

RULE = "site_memory"  # in ``removal``
LOOK_AGAIN = (3, 10, 31, 100)  # pages after an article's own, at which its text is looked at again
FORGET_EVERY = 100  # pages; then the lines that were seen once are looked through
FORGET_AFTER = 200  # pages since a line was seen for the first and last time; furniture is on an eighth of them
CHUNK = 500  # keys a statement

_site, _site_page, _line, _cleaning, _removal, _revision, _article, _sighting = (
    models.table_of(model) for model in (
        models.Site, models.SitePage, models.SiteLine, models.Cleaning, models.Removal, models.Revision,
        models.Article, models.Sighting)
)
FIND_SITE = select(_site.c.id, _site.c.name, _site.c.pages, _site.c.is_off).where(_site.c.name == bindparam("name"))
RECALL = select(
    _line.c.key, _line.c.pages, _line.c.outside, _line.c.head, _line.c.tail, _line.c.apart, _line.c.heading,
    _line.c.repeated, _line.c.first_page, _line.c.ruling,
).where(_line.c.site_id == bindparam("site_id"), _line.c.key.in_(bindparam("keys", expanding=True)))
FIND_NUMBER = select(_site_page.c.number).where(_site_page.c.article_id == bindparam("article_id"))
COUNT_PAGE = (
    _site.update().where(_site.c.id == bindparam("of_id")).values(pages=_site.c.pages + 1).returning(_site.c.pages)
)
ADD_PAGE = _site_page.insert()
FIND_LAST_PAGE = (
    select(_site_page.c.number, _site_page.c.article_id).where(_site_page.c.site_id == bindparam("site_id"))
    .order_by(_site_page.c.number.desc()).limit(1)
)
FIND_LINES = (
    select(_site_page.c.number, _site_page.c.lines)
    .where(_site_page.c.site_id == bindparam("site_id"), _site_page.c.number > bindparam("forgotten"),
           _site_page.c.lines.is_not(None))
    .order_by(_site_page.c.number)
)
FIND_FIRST_SEEN = (
    select(_site_page.c.number, _article.c.first_seen).join(_article, _article.c.id == _site_page.c.article_id)
    .where(_site_page.c.site_id == bindparam("site_id"), _site_page.c.number.in_(bindparam("numbers", expanding=True)))
)
PUT_OFF = (
    _site_page.update()
    .where(_site_page.c.site_id == bindparam("of_site"), _site_page.c.number == bindparam("of_number"))
    .values(due=bindparam("later"))
)
COUNT_AGAIN = (
    _line.update()
    .where(_line.c.site_id == bindparam("of_site"), _line.c.key.in_(bindparam("keys", expanding=True)))
    .values(pages=_line.c.pages + 1, last_page=bindparam("number"), last_seen=bindparam("now"),
            **{name: _line.c[name] + bindparam(f"add_{name}") for name in COUNTED})
)
FIND_CURRENT = (
    select(_revision.c.id, _revision.c.page_id)
    .join(_article, (_article.c.id == _revision.c.article_id) & (_article.c.revision == _revision.c.number))
    .where(_article.c.id == bindparam("article_id"))
)
FIND_TEXT = (
    select(_revision.c.article_id, _revision.c.text, _revision.c.text_hash, _revision.c.credits,
           _revision.c.derived_from, _article.c.url, (_article.c.revision == _revision.c.number).label("is_current"))
    .join(_article, _article.c.id == _revision.c.article_id)
    .where(_revision.c.id == bindparam("revision_id"))
)
FIND_CLEANINGS = (
    select(_cleaning.c.id, _cleaning.c.paragraph, _cleaning.c.text, _cleaning.c.key, _cleaning.c.evidence)
    .where(_cleaning.c.revision_id == bindparam("revision_id"), _cleaning.c.restored_at.is_(None))
    .order_by(_cleaning.c.paragraph)
)
FIND_WHOLE = (
    select(_cleaning.c.revision_id)
    .where(_cleaning.c.whole_hash == bindparam("whole_hash"), _cleaning.c.restored_at.is_(None))
    .order_by(_cleaning.c.id.desc()).limit(1)
)
FIND_HASH = (
    select(_revision.c.id)
    .join(_article, (_article.c.id == _revision.c.article_id) & (_article.c.revision == _revision.c.number))
    .where(_article.c.text_hash == bindparam("text_hash"))
)
ADD_CLEANING = _cleaning.insert()
SITES_AT_HAND = 32  # whose lines seen once are kept in memory, half a megabyte each at most


@dataclass(frozen=True, kw_only=True)
class Site:
    """A site that has a memory."""

    id: int
    name: str
    pages: int
    is_off: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownLine:
    """What is known of a line: the counts, the site's page on which it was seen first, a person's ruling."""

    key: int
    pages: int
    outside: int
    head: int
    tail: int
    apart: int
    heading: int
    repeated: int
    first_page: int
    ruling: str | None
    is_row: bool = True
    """Whether it has a row of its own, for it was seen more than once."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CleanedLine:
    """A line taken out of a text, or to be: its number from 0 in the whole text, and why."""

    paragraph: int
    text: str
    key: int
    evidence: str


@dataclass(frozen=True, kw_only=True)
class StoredText:
    """A revision's text as the memory looks at it: whole, and which lines it took out so far.

    ``is_counted``: the memory learnt from this article.
    """

    revision_id: int
    article_id: str
    paragraphs: tuple[str, ...]
    cleaned: tuple[CleanedLine, ...]
    is_counted: bool


# Learning


def find_site(session: Session, name: str) -> Site | None:
    """Find a site by its name."""
    row = session.connection().execute(FIND_SITE, {"name": name}).one_or_none()
    return Site(**row._mapping) if row else None


def find_sites(session: Session, label: str | None = None) -> tuple[Site, ...]:
    """Find the sites of a source, or the one of that name; all of them where nothing is named."""
    query = select(_site.c.id, _site.c.name, _site.c.pages, _site.c.is_off).order_by(_site.c.name)
    if label is not None:
        of_source = select(_site_page.c.site_id).join(_article, _article.c.id == _site_page.c.article_id)
        query = query.where((_site.c.name == label) | _site.c.id.in_(of_source.where(_article.c.source == label)))
    return tuple(Site(**row._mapping) for row in session.execute(query))


def recall(session: Session, site: Site, keys: Iterable[int]) -> dict[int, KnownLine]:
    """Look up what is known of some lines; one indexed search a key, however many lines the site has."""
    wanted = list(dict.fromkeys(keys))
    connection = session.connection()
    found = _find_rows(connection, site.id, wanted)
    once = _get_once(session, site.id).lines.find([key for key in wanted if key not in found])
    return found | {key: _known_once(key, seen) for key, seen in once.items()}


def recall_recurring(session: Session, site: Site, keys: Iterable[int]) -> dict[int, KnownLine]:
    """Look up some lines, and leave out those that one page showed."""
    return _find_rows(session.connection(), site.id, list(dict.fromkeys(keys)))


def _find_rows(connection: Connection, site_id: int, keys: Sequence[int]) -> dict[int, KnownLine]:
    found: dict[int, KnownLine] = {}
    for start in range(0, len(keys), CHUNK):
        rows = connection.execute(RECALL, {"site_id": site_id, "keys": keys[start : start + CHUNK]})
        found.update((row.key, KnownLine(**row._mapping)) for row in rows)
    return found


def _known_once(key: int, seen: SeenOnce) -> KnownLine:
    counts = {name: int(bool(seen.marks & bit)) for name, bit in COUNTED.items()}
    return KnownLine(key=key, pages=1, first_page=seen.page, ruling=None, is_row=False, **counts)


def remember(session: Session, name: str, article_id: str, lines: PageLines, *, now: datetime) -> bool:
    """Count the lines of an article's page; False when the article was counted before."""
    if is_counted(session, article_id):
        return False
    site = open_site(session, name)
    learn(session, site, article_id, lines, known=recall(session, site, lines.keys), now=now)
    return True


def learn(session: Session, site: Site, article_id: str, lines: PageLines, *, known: Mapping[int, KnownLine],
          now: datetime) -> None:
    """Count the lines of the page of an article that never was counted; ``known`` is what ``recall`` says of them."""
    connection = session.connection()
    once = _get_once(session, site.id)
    number: int = connection.execute(COUNT_PAGE, {"of_id": site.id}).scalar_one()
    connection.execute(ADD_PAGE, {"site_id": site.id, "number": number, "article_id": article_id,
                                  "due": number + LOOK_AGAIN[0], "lines": pack(lines)})
    _count_again(connection, site, lines, known, number=number, now=now)
    once.lines.add(number, lines)
    once.number, once.article_id = number, article_id
    if number % FORGET_EVERY == 0:
        forget(session, site.id, before=number - FORGET_AFTER)


def _count_again(connection: Connection, site: Site, lines: PageLines, known: Mapping[int, KnownLine], *, number: int,
                 now: datetime) -> None:
    """Count the lines that were seen before; what comes for the second time gets its row."""
    rows: dict[int, list[int]] = {}
    second: list[tuple[KnownLine, int, str | None]] = []
    for place, (key, marks) in enumerate(zip(lines.keys, lines.marks, strict=True)):
        line = known.get(key)
        if line is None:
            continue
        if line.is_row:
            rows.setdefault(marks & ~TEMPLATE, []).append(key)
        else:
            second.append((line, marks, lines.samples[place] if place < len(lines.samples) else None))
    for marks, keys in rows.items():
        added = {f"add_{name}": int(bool(marks & bit)) for name, bit in COUNTED.items()}
        for start in range(0, len(keys), CHUNK):
            connection.execute(COUNT_AGAIN, {"of_site": site.id, "keys": keys[start : start + CHUNK], "number": number,
                                             "now": now, **added})
    if second:
        _add_rows(connection, site, second, number=number, now=now)


def _add_rows(connection: Connection, site: Site, lines: Sequence[tuple[KnownLine, int, str | None]], *, number: int,
              now: datetime) -> None:
    """Give lines their rows, with what the page before showed of them."""
    pages = sorted({line.first_page for line, _, _ in lines})
    first_seen = {row.number: row.first_seen
                  for row in connection.execute(FIND_FIRST_SEEN, {"site_id": site.id, "numbers": pages})}
    rows = [{"site_id": site.id, "key": line.key, "pages": 2, "first_page": line.first_page, "last_page": number,
             "first_seen": first_seen.get(line.first_page, now), "last_seen": now, "ruling": None, "sample": sample,
             **{name: getattr(line, name) + int(bool(marks & bit)) for name, bit in COUNTED.items()}}
            for line, marks, sample in lines]
    connection.execute(_add_line(connection.dialect.name), rows)


@dataclass
class _AtHand:
    """The lines that a site's pages showed once, up to its last page then: by its number and article it is known."""

    number: int
    article_id: str | None
    lines: Once


_at_hand: WeakKeyDictionary[object, OrderedDict[int, _AtHand]] = WeakKeyDictionary()
"""For speed only, by database: what is held is what the tables say, or is read anew."""


def _get_once(session: Session, site_id: int) -> _AtHand:
    connection = session.connection()
    last = connection.execute(FIND_LAST_PAGE, {"site_id": site_id}).first()
    number, article_id = (last.number, last.article_id) if last else (0, None)
    held = _at_hand.setdefault(session.get_bind(), OrderedDict())
    once = held.get(site_id)
    if once is None or (once.number, once.article_id) != (number, article_id):
        forgotten = number - FORGET_AFTER - FORGET_EVERY  # and before: a site may have a hundred thousand pages
        rows = connection.execute(FIND_LINES, {"site_id": site_id, "forgotten": forgotten}) if last else ()
        once = held[site_id] = _AtHand(number, article_id, Once((row.number, row.lines) for row in rows))
    held.move_to_end(site_id)
    while len(held) > SITES_AT_HAND:
        held.popitem(last=False)
    return once


def is_counted(session: Session, article_id: str) -> bool:
    """Tell whether an article's page was counted."""
    return session.connection().execute(FIND_NUMBER, {"article_id": article_id}).first() is not None


def open_site(session: Session, name: str) -> Site:
    """Find a site, or begin to know it."""
    site = find_site(session, name)
    if site is not None:
        return site
    row = {"name": name, "pages": 0, "is_off": False}
    statement = insert(dialect_of(session), models.Site).values(row)
    session.execute(statement.on_conflict_do_nothing(index_elements=["name"]))
    return Site(**session.execute(FIND_SITE, {"name": name}).one()._mapping)


@cache
def _add_line(dialect: str) -> Any:
    """Build the statement that adds a line, or counts it where another process has added it meanwhile."""
    statement = insert(dialect, models.SiteLine)
    counts = {name: _line.c[name] + statement.excluded[name] for name in COUNTED}
    return statement.on_conflict_do_update(
        index_elements=["site_id", "key"],
        set_={**counts, "pages": _line.c.pages + 1, "last_page": statement.excluded.last_page,
              "last_seen": statement.excluded.last_seen,
              "sample": func.coalesce(_line.c.sample, statement.excluded.sample)},
    )


def forget(session: Session, site_id: int, *, before: int) -> None:
    """Forget the lines that one page showed, before this one; they were never furniture."""
    session.execute(update(_site_page).where(
        _site_page.c.site_id == site_id, _site_page.c.number < before, _site_page.c.lines.is_not(None),
    ).values(lines=None))
    session.execute(delete(_line).where(  # rows that an older avvisi gave to such lines
        _line.c.site_id == site_id, _line.c.pages == 1, _line.c.last_page < before, _line.c.ruling.is_(None)))
    _at_hand.get(session.get_bind(), OrderedDict()).pop(site_id, None)


def rule_on(session: Session, site: Site, key: int, *, ruling: str | None, sample: str, now: datetime) -> None:
    """Write down what a person said of a line; None leaves it to the memory again."""
    line = recall(session, site, [key]).get(key)
    counts = {name: getattr(line, name) if line else 0 for name in ("pages", *COUNTED)}
    first, last = (line.first_page, line.first_page) if line else (site.pages + 1, site.pages)
    row = {"site_id": site.id, "key": key, "first_page": first, "last_page": last, "first_seen": now, "last_seen": now,
           "ruling": ruling, "sample": sample, **counts}
    statement = insert(dialect_of(session), models.SiteLine).values(row)
    session.execute(statement.on_conflict_do_update(
        index_elements=["site_id", "key"],
        set_={"ruling": ruling, "sample": func.coalesce(_line.c.sample, statement.excluded.sample)}))


def knows_line(session: Session, site: Site, key: int) -> bool:
    """Tell whether a site has shown a line, or a person spoke of it."""
    return bool(recall(session, site, [key]))


def switch(session: Session, site: Site, *, is_off: bool) -> None:
    """Let a site's memory take lines out, or stop it."""
    session.execute(update(_site).where(_site.c.id == site.id).values(is_off=is_off))


# Stored texts


def find_due(session: Session, site: Site) -> tuple[str, ...]:
    """Find the articles whose text is to be looked at again, now that more pages of the site are known."""
    query = select(_site_page.c.article_id).where(_site_page.c.site_id == site.id, _site_page.c.due <= site.pages)
    return tuple(session.scalars(query.order_by(_site_page.c.number)))


def get_lines_in_text(session: Session, article_ids: Sequence[str]) -> dict[str, dict[int, int]]:
    """Get the keys that the texts of articles had, each with its marks.

    Left out are articles whose text is another one by now or has lines taken out, and those of which too much time has
    passed: nothing can be said of them but by looking at their text.
    """
    changed = (
        select(_article.c.id).where(_article.c.id.in_(article_ids), (_article.c.revision > 1) | _article.c.id.in_(
            select(_revision.c.article_id).join(_cleaning, _cleaning.c.revision_id == _revision.c.id)
            .where(_revision.c.article_id.in_(article_ids), _cleaning.c.restored_at.is_(None))))
    )
    query = select(_site_page.c.article_id, _site_page.c.lines).where(
        _site_page.c.article_id.in_(article_ids), _site_page.c.lines.is_not(None),
        _site_page.c.article_id.not_in(changed))
    return {row.article_id: _in_text(row.lines) for row in session.execute(query)}


def _in_text(packed: bytes) -> dict[int, int]:
    keys, marks = unpack(packed)
    inside = (marks & OUTSIDE) == 0
    return dict(zip(keys[inside].tolist(), marks[inside].tolist(), strict=True))


def find_articles(session: Session, site: Site) -> tuple[str, ...]:
    """Find all articles that a site's memory learnt from, in the order it did."""
    query = select(_site_page.c.article_id).where(_site_page.c.site_id == site.id).order_by(_site_page.c.number)
    return tuple(session.scalars(query))


def find_unlearnt(session: Session, source: str | None = None) -> tuple[tuple[str, str], ...]:
    """Find the articles that no memory has learnt from, oldest first, each with its address."""
    query = (
        select(_article.c.id, _article.c.url)
        .where(~select(_site_page.c.number).where(_site_page.c.article_id == _article.c.id).exists())
        .order_by(_article.c.first_seen, _article.c.id)
    )
    if source is not None:
        query = query.where(_article.c.source == source)
    return tuple((row.id, row.url) for row in session.execute(query))


def find_cleaned(session: Session, site: Site) -> tuple[int, ...]:
    """Find the revisions that a site's memory took lines out of."""
    query = select(_cleaning.c.revision_id).distinct().where(
        _cleaning.c.site_id == site.id, _cleaning.c.restored_at.is_(None))
    return tuple(session.scalars(query.order_by(_cleaning.c.revision_id)))


def get_current_revision(session: Session, article_id: str) -> tuple[int, int | None]:
    """Get the ids of an article's current revision and of the raw page it was read on, if there is one."""
    row = session.execute(FIND_CURRENT, {"article_id": article_id}).one()
    return row.id, row.page_id


def get_stored_text(session: Session, revision_id: int) -> StoredText:
    """Get a revision's text whole, as it was before the memory took lines out of it."""
    row = session.execute(FIND_TEXT, {"revision_id": revision_id}).one()
    cleaned = tuple(CleanedLine(paragraph=line.paragraph, text=line.text, key=line.key, evidence=line.evidence)
                    for line in session.execute(FIND_CLEANINGS, {"revision_id": revision_id}))
    paragraphs = make_whole(row.text, {line.paragraph: line.text for line in cleaned})
    return StoredText(revision_id=revision_id, article_id=row.article_id, paragraphs=paragraphs, cleaned=cleaned,
                      is_counted=is_counted(session, row.article_id))


def make_whole(text: str, cleaned: Mapping[int, str]) -> tuple[str, ...]:
    """Put lines back where they stood: each key is a line's number in the result."""
    rest = iter(text.split("\n") if text else ())
    count = (text.count("\n") + 1 if text else 0) + len(cleaned)
    return tuple(cleaned[number] if number in cleaned else next(rest) for number in range(count))


def find_by_whole_text(session: Session, whole: str, *, is_cleaned: bool = False) -> int | None:
    """Find the current revision that has this text, or the one that had it before the memory cleaned it.

    With ``is_cleaned`` only such a one.
    """
    whole_hash = hash_text(whole)
    connection = session.connection()
    found: int | None = connection.execute(FIND_WHOLE, {"whole_hash": whole_hash}).scalar()
    return found or (None if is_cleaned else connection.execute(FIND_HASH, {"text_hash": whole_hash}).scalar())


def set_cleaning(session: Session, text: StoredText, lines: Sequence[CleanedLine], *, site: Site,
                 now: datetime) -> int:
    """Have these lines, and no others, taken out of a revision's text; return how many lines that moves.

    None is where the text is another one by now, where nothing would be left of it, and where it would become the text
    of another record.
    """
    wanted = {line.paragraph: line for line in lines}
    row = session.execute(FIND_TEXT, {"revision_id": text.revision_id}).one()
    before = {line.paragraph: line for line in session.execute(FIND_CLEANINGS, {"revision_id": text.revision_id})}
    if before.keys() != {line.paragraph for line in text.cleaned} or before.keys() == wanted.keys():
        return 0
    rest = "\n".join(line for number, line in enumerate(text.paragraphs) if number not in wanted)
    text_hash = hash_text(rest)
    if text_hash == hash_text("") or (row.is_current and text_hash != row.text_hash and _is_taken(session, text_hash)):
        return 0
    connection = session.connection()
    _restore_lines(connection, text.revision_id, [before[number] for number in before.keys() - wanted.keys()], now)
    added = [wanted[number] for number in sorted(wanted.keys() - before.keys())]
    note_cleaning(session, text.revision_id, added, whole=text.paragraphs, site=site, now=now)
    _add_removals(connection, text.revision_id, added, count=len(text.paragraphs))
    _change_text(connection, text, rest, before=row.text_hash, after=text_hash, is_current=row.is_current)
    if row.is_current:
        _index_anew(connection, text, rest, before=row.text, url=row.url)
    return len(before.keys() ^ wanted.keys())


def add_facts(session: Session, revision_id: int, *, credits: Iterable[str], derived_from: str | None) -> None:
    """Add to a revision what lines said that were taken out of its text; what it says already stays."""
    row = session.execute(FIND_TEXT, {"revision_id": revision_id}).one()
    said = list(dict.fromkeys((*row.credits, *credits)))
    origin = row.derived_from or derived_from
    if said != row.credits or origin != row.derived_from:
        session.execute(update(_revision).where(_revision.c.id == revision_id).values(
            credits=said, derived_from=origin))


def note_cleaning(session: Session, revision_id: int, lines: Sequence[CleanedLine], *, whole: Sequence[str],
                  site: Site, now: datetime) -> None:
    """Note which lines the memory took out of a whole text, so that they can be put back."""
    numbers = _number_lines(session.connection(), revision_id, len(whole))
    whole_hash = hash_text("\n".join(whole))
    rows = [{"revision_id": revision_id, "site_id": site.id, "key": line.key, "paragraph": line.paragraph,
             "text": line.text, "evidence": line.evidence, "place": f"line {numbers[line.paragraph]}",
             "whole_hash": whole_hash, "cleaned_at": now, "restored_at": None} for line in lines]
    if rows:
        session.connection().execute(ADD_CLEANING, rows)


def put_off(session: Session, article_ids: Sequence[str], *, site: Site) -> None:
    """Note that articles' texts were looked at, and say when they are again: ever later, then never."""
    query = select(_site_page.c.number).where(_site_page.c.article_id.in_(article_ids))
    rows = [{"of_site": site.id, "of_number": number, "later": next(
        (number + after for after in LOOK_AGAIN if number + after > site.pages), None)}
        for number in session.scalars(query)]
    if rows:
        session.connection().execute(PUT_OFF, rows)


def get_evidence(session: Session, revision_id: int) -> dict[str, str]:
    """Get why the memory took lines out of a text, by their place."""
    query = select(_cleaning.c.place, _cleaning.c.evidence).where(
        _cleaning.c.revision_id == revision_id, _cleaning.c.restored_at.is_(None))
    return {row.place: row.evidence for row in session.execute(query)}


def list_cleanings(session: Session, site: Site) -> list[dict[str, Any]]:
    """List what the memory takes out on a site: each line once, with how many texts it was taken out of."""
    query = (
        select(func.min(_cleaning.c.text).label("text"), func.count(distinct(_cleaning.c.revision_id)).label("texts"),
               func.max(_line.c.pages).label("pages"), func.max(_line.c.ruling).label("ruling"))
        .outerjoin(_line, (_line.c.site_id == _cleaning.c.site_id) & (_line.c.key == _cleaning.c.key))
        .where(_cleaning.c.site_id == site.id, _cleaning.c.restored_at.is_(None))
        .group_by(_cleaning.c.key)
        .order_by(func.count(distinct(_cleaning.c.revision_id)).desc(), func.min(_cleaning.c.id))
    )
    return [dict(row._mapping) for row in session.execute(query)]


def list_rulings(session: Session, site: Site) -> list[dict[str, Any]]:
    """List what a person said of a site's lines."""
    query = select(_line.c.sample.label("text"), _line.c.pages, _line.c.ruling).where(
        _line.c.site_id == site.id, _line.c.ruling.is_not(None)).order_by(_line.c.sample)
    return [dict(row._mapping) for row in session.execute(query)]


def _is_taken(session: Session, text_hash: str) -> bool:
    return session.execute(FIND_HASH, {"text_hash": text_hash}).first() is not None


def _number_lines(connection: Connection, revision_id: int, count: int) -> list[int]:
    """Number the paragraphs of a whole text as they were read: what other rules took out whole has a number, too."""
    places = connection.execute(select(_removal.c.place).where(
        _removal.c.revision_id == revision_id, _removal.c.rule != RULE)).scalars()
    taken = {int(place.removeprefix("line ")) for place in places if place.removeprefix("line ").isdigit()}
    return [number for number in range(1, count + len(taken) + 1) if number not in taken][:count]


def _restore_lines(connection: Connection, revision_id: int, lines: Iterable[Any], now: datetime) -> None:
    ids = [line.id for line in lines]
    if not ids:
        return
    places = connection.execute(select(_cleaning.c.place).where(_cleaning.c.id.in_(ids))).scalars().all()
    connection.execute(delete(_removal).where(
        _removal.c.revision_id == revision_id, _removal.c.rule == RULE, _removal.c.place.in_(places)))
    connection.execute(update(_cleaning).where(_cleaning.c.id.in_(ids)).values(restored_at=now))


def _add_removals(connection: Connection, revision_id: int, lines: Sequence[CleanedLine], *, count: int) -> None:
    last = connection.execute(select(func.max(_removal.c.position)).where(
        _removal.c.revision_id == revision_id)).scalar() or 0
    numbers = _number_lines(connection, revision_id, count)
    rows = [{"revision_id": revision_id, "position": last + place, "text": line.text, "rule": RULE,
             "place": f"line {numbers[line.paragraph]}"} for place, line in enumerate(lines, 1)]
    if rows:
        connection.execute(_removal.insert(), rows)


def _index_anew(connection: Connection, text: StoredText, rest: str, *, before: str, url: str) -> None:
    """Have copies of a cleaned text recognised by what it is now."""
    drop_fingerprint(connection, text.revision_id, before)
    around = look_around(connection, rest, url=url, article_id=text.article_id)
    if around.fingerprint.keys:  # one that the text without its furniture gave may be there already
        connection.execute(DROP_KEYS, {"of_id": text.revision_id, "keys": around.fingerprint.keys})
    add_fingerprint(connection, text.revision_id, around)


def _change_text(connection: Connection, text: StoredText, rest: str, *, before: str, after: str,
                 is_current: bool) -> None:
    """Write a cleaned text and its hash wherever the hash of the former one stands for it."""
    connection.execute(update(_revision).where(_revision.c.id == text.revision_id).values(text=rest, text_hash=after))
    if is_current:
        connection.execute(update(_article).where(_article.c.id == text.article_id).values(
            text_hash=after, lens_version=None, search_version=None))
    connection.execute(update(_sighting).where(
        _sighting.c.article_id == text.article_id, _sighting.c.text_hash == before).values(text_hash=after))
