"""Write an article into the store, as ``store.decision`` says: one record a text, all its versions and addresses."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from store import models
from store.copies.neardup import Copy, Surroundings, add_fingerprint, drop_fingerprint, link, look_around, refresh_group
from store.decision import Arrival, Ingested, Known, Near, Record, Role, Sighting, Twin, decide, decide_again
from store.fingerprint import hash_text, make_id, measure_containment, shorten_key
from store.lens import add_actors, renew_actors, write_columns
from store.moments import write_moment
from store.values import Article, Moment, Outcome

__all__ = ["Ingested", "ingest", "is_known"]

NO_WORDS = hash_text("")
ATTEMPTS = 5  # two writers that meet at one text, one key and one revision number need three
SAME_STORY = 0.3  # containment from which a page is believed that declares another address as its canonical one

# The statements, made once: SQLAlchemy takes longer to build one than SQLite to run it.
_article, _revision, _removal, _sighting, _tombstone = (
    models.table_of(model) for model in (
        models.Article, models.Revision, models.Removal, models.Sighting, models.Tombstone)
)
FIND_SIGHTINGS = select(
    _sighting.c.id, _sighting.c.key, _sighting.c.article_id, _sighting.c.role, _sighting.c.text_hash,
).where(_sighting.c.key.in_(bindparam("keys", expanding=True)), _sighting.c.ended_at.is_(None))
_is_current = _revision.c.number == _article.c.revision
FIND_RECORD = (
    select(_article.c.id, _article.c.text_hash, _article.c.revision, _revision.c.title)
    .join(_revision, (_revision.c.article_id == _article.c.id) & _is_current)
    .where(_article.c.id == bindparam("id"))
)
FIND_TWIN = (
    select(_revision.c.article_id, _is_current.label("is_current"))
    .join(_article, _article.c.id == _revision.c.article_id)
    .where(_revision.c.text_hash == bindparam("text_hash"))
    .order_by(_is_current.desc(), _revision.c.id)
    .limit(1)
)
FIND_TEXT = select(_revision.c.text).where(
    _revision.c.article_id == bindparam("id"), _revision.c.number == bindparam("number"))
FIND_FACTS = (
    select(_article.c.revision, _article.c.text_hash, _article.c.lens_version, _article.c.published,
           _article.c.published_precision, _article.c.published_origin,
           _article.c.published_at, _article.c.dates, _article.c.canonical_url, _article.c.language, _article.c.image,
           _article.c.section, _article.c.tags, _article.c.paywalled, _revision.c.id.label("revision_id"),
           _revision.c.title, _revision.c.description, _revision.c.authors, _revision.c.credits,
           _revision.c.derived_from, _revision.c.modified, _revision.c.modified_at)
    .join(_revision, (_revision.c.article_id == _article.c.id) & _is_current)
    .where(_article.c.id == bindparam("id"))
)
FIND_NEAR = (
    select(_article.c.id, _article.c.first_seen, _article.c.published_at, _revision.c.title)
    .join(_revision, (_revision.c.article_id == _article.c.id) & _is_current)
    .where(_article.c.id == bindparam("id"))
)
ADD_ARTICLE = _article.insert()
ADD_REVISION = _revision.insert().returning(_revision.c.id)
ADD_REMOVAL = _removal.insert()
ADD_SIGHTING = _sighting.insert()
CHANGE_ARTICLE = _article.update().where(_article.c.id == bindparam("of_id"))
CHANGE_REVISION = _revision.update().where(_revision.c.id == bindparam("of_id"))
MEET_AGAIN = _sighting.update().where(_sighting.c.id == bindparam("of_id")).values(times=_sighting.c.times + 1)
COME_BACK = _tombstone.update().where(_tombstone.c.key == bindparam("of_key"), _tombstone.c.back_at.is_(None))
END_SIGHTING = _sighting.update().where(_sighting.c.id == bindparam("of_id"))


def ingest(session: Session, article: Article, *, page_id: int | None, now: datetime) -> Ingested:
    """Store an article in the caller's transaction and say what it was; raises ValueError if it has no text.

    Safe among many writers: where another one was first, a unique constraint refuses ours and we look again.
    """
    arrival = _meet(article, page_id, now)
    session.flush()
    connection = session.connection()
    if connection.dialect.name == "sqlite":  # its one writer at a time has no rival
        return _ingest_once(connection, arrival)
    for _ in range(ATTEMPTS - 1):
        try:
            with connection.begin_nested():
                return _ingest_once(connection, arrival)
        except IntegrityError:
            continue
    with connection.begin_nested():
        return _ingest_once(connection, arrival)


def is_known(session: Session, keys: Sequence[str]) -> bool:
    """Tell whether one of these addresses leads to a record."""
    return session.execute(FIND_SIGHTINGS, {"keys": [shorten_key(key) for key in keys]}).first() is not None


def _meet(article: Article, page_id: int | None, now: datetime) -> Arrival:
    text_hash = hash_text(article.text)
    if text_hash == NO_WORDS:
        raise ValueError(f"an article needs a text: {article.url}")
    return Arrival(
        article=article,
        keys=tuple(dict.fromkeys(shorten_key(key) for key in article.keys)),
        id=make_id(article.keys[0]),
        text_hash=text_hash,
        page_id=page_id,
        now=now,
    )


def _ingest_once(connection: Connection, arrival: Arrival) -> Ingested:
    sightings = _find_sightings(connection, arrival.keys)
    known = _find_known(connection, arrival, sightings)
    ingested = decide(arrival, known)
    around = None
    if ingested.outcome in (Outcome.NEW, Outcome.UPDATED):
        article = arrival.article
        around = look_around(connection, article.text, url=article.url, article_id=ingested.id)
    if ingested.outcome is Outcome.NEW and around is not None:
        ingested = _decide_near(connection, arrival, around)
    match ingested.outcome:
        case Outcome.NEW | Outcome.NEAR_DUPLICATE if around is not None:
            _add_record(connection, arrival, around)
        case Outcome.UPDATED if around is not None:
            _add_revision(connection, arrival, ingested.id, around)
        case Outcome.UNCHANGED:
            _fill_gaps(connection, arrival, ingested.id)
        case _:
            connection.execute(CHANGE_ARTICLE, {"of_id": ingested.id, "last_seen": arrival.now})
    is_tied = known.target is not None and known.target.id == ingested.id
    _place_sightings(connection, arrival, ingested, sightings, is_tied=is_tied)
    return ingested


# What the store knows


def _find_sightings(connection: Connection, keys: Sequence[str]) -> dict[str, Sighting]:
    rows = connection.execute(FIND_SIGHTINGS, {"keys": keys}).mappings()
    return {row["key"]: Sighting(**{**row, "role": Role(row["role"])}) for row in rows}


def _find_known(connection: Connection, arrival: Arrival, sightings: dict[str, Sighting]) -> Known:
    own = sightings.get(arrival.keys[0])
    target = _find_target(connection, arrival, sightings)
    return Known(
        own=own,
        target=target,
        twin=_find_twin(connection, arrival.text_hash),
        home=_find_record(connection, arrival.id) if own is not None and target is None else None,
    )


def _find_target(connection: Connection, arrival: Arrival, sightings: dict[str, Sighting]) -> Record | None:
    """Find the record that this article is a version of: made from its own address, or tied by rel=canonical.

    Many sites declare one address, such as their section page, for all their articles; so a declaration, in either
    direction, ties only texts of which a good part is common.
    """
    for key in arrival.keys:
        sighting = sightings.get(key)
        if sighting is None or sighting.role is Role.COPY:
            continue
        record = _find_record(connection, sighting.article_id)
        if record is None:
            continue
        is_own = key == arrival.keys[0] and sighting.role is Role.OWN
        if is_own or record.text_hash == arrival.text_hash:
            return record
        text = connection.execute(FIND_TEXT, {"id": record.id, "number": record.revision}).scalar_one()
        if measure_containment(text, arrival.article.text) >= SAME_STORY:
            return record
    return None


def _find_record(connection: Connection, article_id: str) -> Record | None:
    row = connection.execute(FIND_RECORD, {"id": article_id}).one_or_none()
    return Record(id=row.id, text_hash=row.text_hash, revision=row.revision, title=row.title) if row else None


def _find_twin(connection: Connection, text_hash: str) -> Twin | None:
    row = connection.execute(FIND_TWIN, {"text_hash": text_hash}).first()
    return Twin(id=row.article_id, is_current=bool(row.is_current)) if row else None


def _decide_near(connection: Connection, arrival: Arrival, around: Surroundings) -> Ingested:
    """Decide what an article at an unknown address is to the records that its text is nearly a copy of."""
    for copy in filter(around.is_own, around.copies):
        again = decide_again(arrival, _get_near(connection, copy))
        if again is not None:
            return again
    return Ingested(outcome=Outcome.NEAR_DUPLICATE if around.elsewhere else Outcome.NEW, id=arrival.id)


def _get_near(connection: Connection, copy: Copy) -> Near:
    row = connection.execute(FIND_NEAR, {"id": copy.article_id}).one()
    return Near(id=row.id, text=copy.text, title=row.title, seen_at=row.first_seen, published_at=row.published_at,
                likeness=copy.likeness)


# What is written


def _add_record(connection: Connection, arrival: Arrival, around: Surroundings) -> None:
    article = arrival.article
    connection.execute(ADD_ARTICLE, {
        "id": arrival.id,
        "key": arrival.keys[0],
        "url": article.url,
        "source": article.source,
        "text_hash": arrival.text_hash,
        "revision": 1,
        "first_seen": arrival.now,
        "last_seen": arrival.now,
        **_write_facts(article),
        **_write_published(article),
        **_write_subject(article),
    })
    if article.subject is not None:
        add_actors(connection, arrival.id, article.subject.actors)
    revision_id = _write_revision(connection, arrival, arrival.id, 1)
    add_fingerprint(connection, revision_id, around)
    if around.elsewhere:
        link(connection, arrival.id, around.elsewhere, now=arrival.now)


def _add_revision(connection: Connection, arrival: Arrival, article_id: str, around: Surroundings) -> None:
    """Add a version to a record. ``published`` stays what it was; other facts follow the page, none is forgotten."""
    before = connection.execute(FIND_FACTS, {"id": article_id}).mappings().one()
    number = before["revision"] + 1
    former = connection.execute(FIND_TEXT, {"id": article_id, "number": before["revision"]}).scalar_one()
    drop_fingerprint(connection, before["revision_id"], former)
    revision_id = _write_revision(connection, arrival, article_id, number)
    add_fingerprint(connection, revision_id, around)
    said = {name: value for name, value in _write_facts(arrival.article).items() if not _is_empty(value)}
    connection.execute(CHANGE_ARTICLE, {
        "of_id": article_id,
        "text_hash": arrival.text_hash,
        "revision": number,
        "last_seen": arrival.now,
        **said,
        **(_write_published(arrival.article) if before["published"] is None else {}),
        **_write_subject(arrival.article),
        "search_version": None,
    })
    if arrival.article.subject is not None:
        renew_actors(connection, article_id, arrival.article.subject.actors)
    link(connection, article_id, around.elsewhere, now=arrival.now)
    refresh_group(connection, article_id)


def _write_revision(connection: Connection, arrival: Arrival, article_id: str, number: int) -> int:
    article = arrival.article
    revision_id: int = connection.execute(ADD_REVISION, {
        "article_id": article_id,
        "number": number,
        "seen_at": arrival.now,
        "page_id": arrival.page_id,
        "text_hash": arrival.text_hash,
        "text": article.text,
        **_write_words(article),
    }).scalar_one()
    lines = [{"revision_id": revision_id, "position": position, "text": removal.text, "rule": removal.rule,
              "place": removal.where} for position, removal in enumerate(article.removed, 1)]
    if lines:
        connection.execute(ADD_REMOVAL, lines)
    return revision_id


def _fill_gaps(connection: Connection, arrival: Arrival, article_id: str) -> None:
    """Fill in what a record does not say and this reading of the same text does; change nothing that it says."""
    before = connection.execute(FIND_FACTS, {"id": article_id}).mappings().one()
    gaps = {name for name, value in before.items() if _is_empty(value)}
    facts = _write_facts(arrival.article) | (_write_published(arrival.article) if "published" in gaps else {})
    words = _write_words(arrival.article)
    filled = {name: value for name, value in facts.items() if name in gaps and not _is_empty(value)}
    filled_words = {name: value for name, value in words.items() if name in gaps and not _is_empty(value)}
    subject = arrival.article.subject
    if subject is not None and before["lens_version"] is None and before["text_hash"] == arrival.text_hash:
        filled |= write_columns(subject)
        renew_actors(connection, article_id, subject.actors)
    if "title" in filled_words:
        filled |= {"search_version": None}
    connection.execute(CHANGE_ARTICLE, {"of_id": article_id, "last_seen": arrival.now, **filled})
    if filled_words:
        connection.execute(CHANGE_REVISION, {"of_id": before["revision_id"], **filled_words})
    if "credits" in filled_words or "published" in filled:
        refresh_group(connection, article_id)


def _place_sightings(connection: Connection, arrival: Arrival, ingested: Ingested, sightings: dict[str, Sighting], *,
                     is_tied: bool) -> None:
    """Remember the addresses: the own one was met, the others were declared by its page.

    An address that led elsewhere so far is ended there and begun here; a declared one is never taken from a record.
    """
    own, *declared = arrival.keys
    role = Role.OWN if ingested.id == arrival.id else Role.DECLARED if is_tied else Role.COPY
    before = sightings.get(own)
    rows = []
    if before is not None:
        connection.execute(COME_BACK, {"of_key": own, "back_at": arrival.now})
    if before is not None and before.article_id == ingested.id:
        connection.execute(MEET_AGAIN, {"of_id": before.id, **_write_meeting(arrival)})
    else:
        if before is not None:
            connection.execute(END_SIGHTING, {"of_id": before.id, "ended_at": arrival.now})
        rows.append({"key": own, "article_id": ingested.id, "role": role, "first_seen": arrival.now, "times": 1,
                     **_write_meeting(arrival)})
    tie = Role.COPY if role is Role.COPY else Role.DECLARED
    rows += [{"key": key, "article_id": ingested.id, "role": tie, "first_seen": arrival.now, "times": 0,
              **_write_meeting(arrival), "url": arrival.article.canonical_url, "text_hash": None, "credits": None}
             for key in declared if key not in sightings]
    if rows:
        connection.execute(ADD_SIGHTING, rows)


# How an article is written


def _write_meeting(arrival: Arrival) -> dict[str, Any]:
    return {"last_seen": arrival.now, "text_hash": arrival.text_hash, "page_id": arrival.page_id,
            "url": arrival.article.url, "source": arrival.article.source, "credits": list(arrival.article.credits)}


def _write_facts(article: Article) -> dict[str, Any]:
    """What belongs to a record, whichever of its texts is current."""
    return {"canonical_url": article.canonical_url, "language": article.language, "image": article.image,
            "section": article.section, "tags": list(article.tags), "paywalled": article.paywalled}


def _write_words(article: Article) -> dict[str, Any]:
    """What changes with the text."""
    return {"title": article.title, "description": article.description, "authors": list(article.authors),
            "credits": list(article.credits), "derived_from": article.derived_from,
            "modified": _write(article.modified), "modified_at": _to_utc(article.modified)}


def _write_subject(article: Article) -> dict[str, Any]:
    """What the text is about; where nobody has looked, the lens is to look later."""
    return {"lens_version": None} if article.subject is None else write_columns(article.subject)


def _is_empty(value: object) -> bool:
    return value is None or value == []


def _write_published(article: Article) -> dict[str, Any]:
    published = article.published
    return {
        "published": _write(published),
        "published_precision": published.precision if published else None,
        "published_origin": published.origin if published else None,
        "published_at": _to_utc(published),
        "dates": [write_moment(moment) for moment in article.dates],
    }


def _write(moment: Moment | None) -> str | None:
    return str(moment) if moment is not None else None


def _to_utc(moment: Moment | None) -> datetime | None:
    """Turn a moment into the time records are sorted by; None where the calendar ends before it."""
    try:
        return moment.at.astimezone(UTC) if moment is not None else None
    except OverflowError:
        return None
