"""A site's memory in SQL: how often its lines recur, what was taken out of stored texts, and how to put it back.

What makes a line furniture is decided elsewhere (``crawler.extract.site_memory``); keys come from there and mean
nothing here. An article is counted once, whatever its page shows later.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, delete, distinct, func, select, update
from sqlalchemy.orm import Session

from store import models
from store.fingerprint import hash_text
from store.neardup import DROP_KEYS, add_fingerprint, drop_fingerprint, look_around
from store.upsert import dialect_of, insert

RULE = "site_memory"  # in ``removal``
LOOK_AGAIN = (3, 10, 31, 100)  # pages after an article's own, at which its text is looked at again
FORGET_EVERY = 250  # pages; then the lines that were seen once are looked through
FORGET_AFTER = 500  # pages since a line was seen for the first and last time
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
COUNT_PAGE = _site.update().where(_site.c.id == bindparam("of_id")).values(pages=_site.c.pages + 1)
ADD_PAGE = _site_page.insert()
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
COUNTED = ("outside", "head", "tail", "apart", "heading", "repeated")


@dataclass(frozen=True, kw_only=True)
class Site:
    """A site that has a memory."""

    id: int
    name: str
    pages: int
    is_off: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class CountedLine:
    """A line as one page showed it; each flag adds one to the count of its name."""

    key: int
    sample: str | None = None
    outside: bool = False
    head: bool = False
    tail: bool = False
    apart: bool = False
    heading: bool = False
    repeated: bool = False


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
    row = session.execute(FIND_SITE, {"name": name}).one_or_none()
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
    found: dict[int, KnownLine] = {}
    for start in range(0, len(wanted), CHUNK):
        rows = session.execute(RECALL, {"site_id": site.id, "keys": wanted[start : start + CHUNK]})
        found.update((row.key, KnownLine(**row._mapping)) for row in rows)
    return found


def remember(session: Session, name: str, article_id: str, lines: Iterable[CountedLine], *, now: datetime) -> bool:
    """Count the lines of an article's page; False when the article was counted before."""
    if is_counted(session, article_id):
        return False
    site = open_site(session, name)
    number = site.pages + 1
    session.execute(COUNT_PAGE, {"of_id": site.id})
    session.execute(ADD_PAGE, {"site_id": site.id, "number": number, "article_id": article_id,
                               "due": number + LOOK_AGAIN[0]})
    rows = [{"site_id": site.id, "key": line.key, "pages": 1, "first_page": number, "last_page": number,
             "first_seen": now, "last_seen": now, "ruling": None, "sample": line.sample,
             **{name: int(getattr(line, name)) for name in COUNTED}} for line in lines]
    if rows:
        session.connection().execute(_count_lines(dialect_of(session)), rows)
    if number % FORGET_EVERY == 0:
        forget(session, site.id, before=number - FORGET_AFTER)
    return True


def is_counted(session: Session, article_id: str) -> bool:
    """Tell whether an article's page was counted."""
    return session.execute(FIND_NUMBER, {"article_id": article_id}).first() is not None


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
def _count_lines(dialect: str) -> Any:
    """Build the statement that counts a line; building it for each page would take as long as running it."""
    statement = insert(dialect, models.SiteLine)
    counts = {name: _line.c[name] + statement.excluded[name] for name in ("pages", *COUNTED)}
    return statement.on_conflict_do_update(
        index_elements=["site_id", "key"],
        set_={**counts, "last_page": statement.excluded.last_page, "last_seen": statement.excluded.last_seen,
              "sample": func.coalesce(_line.c.sample, statement.excluded.sample)},
    )


def forget(session: Session, site_id: int, *, before: int) -> int:
    """Forget the lines that one page showed, before this one; they were never furniture. Return how many."""
    found = session.execute(delete(_line).where(
        _line.c.site_id == site_id, _line.c.pages == 1, _line.c.last_page < before, _line.c.ruling.is_(None)))
    return int(found.rowcount)  # type: ignore[attr-defined]  # a DELETE's result has it


def rule_on(session: Session, site: Site, key: int, *, ruling: str | None, sample: str, now: datetime) -> None:
    """Write down what a person said of a line; None leaves it to the memory again."""
    row = {"site_id": site.id, "key": key, "pages": 0, "first_page": site.pages + 1, "last_page": site.pages,
           "first_seen": now, "last_seen": now, "ruling": ruling, "sample": sample, **dict.fromkeys(COUNTED, 0)}
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


def find_by_whole_text(session: Session, whole: str) -> int | None:
    """Find the current revision that has this text, or the one that had it before the memory cleaned it."""
    whole_hash = hash_text(whole)
    found: int | None = session.execute(FIND_WHOLE, {"whole_hash": whole_hash}).scalar()
    return found or session.execute(FIND_HASH, {"text_hash": whole_hash}).scalar()


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


def put_off(session: Session, article_id: str, *, site: Site) -> None:
    """Note that an article's text was looked at, and say when it is again: ever later, then never."""
    number = session.execute(FIND_NUMBER, {"article_id": article_id}).scalar_one()
    due = next((number + after for after in LOOK_AGAIN if number + after > site.pages), None)
    session.execute(update(_site_page).where(_site_page.c.article_id == article_id).values(due=due))


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
            text_hash=after, lens_version=None))
    connection.execute(update(_sighting).where(
        _sighting.c.article_id == text.article_id, _sighting.c.text_hash == before).values(text_hash=after))
