"""Say what an article is to the store, and write it: new, updated, unchanged or a duplicate.

Two things make an article known: an address of its record, and its text. Addresses are of three roles. ``own`` is the
one the record was made from; ``declared`` is tied to it by rel=canonical; ``copy`` only showed the same text once. What
an own or declared address shows next is a revision of the record; what a copy's address shows next is its own affair.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import insert as plain_insert
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from store import models
from store.columns import write_moment
from store.fingerprint import hash_text, make_id, measure_containment, normalise_text, shorten_key
from store.values import Article, Moment, Outcome

ATTEMPTS = 5  # two writers that meet at one text, one key and one revision number need three
SAME_STORY = 0.3  # containment from which a page is believed that declares another address as its canonical one


@dataclass(frozen=True, kw_only=True)
class Ingested:
    """What became of an article, and the record it is in."""

    outcome: Outcome
    id: str


class Role(StrEnum):
    """What an address is to the record it led to."""

    OWN = "own"
    DECLARED = "declared"
    COPY = "copy"


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """An article as it meets the store: ``keys`` are fit for an index, ``id`` is the one it would have as a record."""

    article: Article
    keys: tuple[str, ...]
    id: str
    text_hash: str
    page_id: int | None
    now: datetime


@dataclass(frozen=True, kw_only=True)
class Sighting:
    """An address that leads to a record now."""

    id: int
    key: str
    article_id: str
    role: Role
    text_hash: str | None


@dataclass(frozen=True, kw_only=True)
class Record:
    """A record as it stands: its current text's hash, its last revision."""

    id: str
    text_hash: str
    revision: int


@dataclass(frozen=True, kw_only=True)
class Twin:
    """The record that has this very text, now or in a former revision."""

    id: str
    is_current: bool


@dataclass(frozen=True, kw_only=True)
class Known:
    """All that the store knows about an arrival.

    ``own`` is the sighting of its own address. ``target`` is the record that its addresses make it a version of;
    ``home`` the record that was once made from its own address, if any.
    """

    own: Sighting | None
    target: Record | None
    twin: Twin | None
    home: Record | None


def ingest(session: Session, article: Article, *, page_id: int | None, now: datetime) -> Ingested:
    """Store an article in the caller's transaction and say what it was; raises ValueError if it has no text.

    Safe among many writers: where another one was first, a unique constraint refuses ours and we look again.
    """
    arrival = _meet(article, page_id, now)
    for _ in range(ATTEMPTS - 1):
        try:
            with session.begin_nested():
                return _ingest_once(session, arrival)
        except IntegrityError:
            continue
    with session.begin_nested():
        return _ingest_once(session, arrival)


def decide(arrival: Arrival, known: Known) -> Ingested:
    """Decide what an arrival is. Pure: everything it looks at is an argument."""
    own, target, twin, home = known.own, known.target, known.twin, known.home
    if target is not None:
        if arrival.text_hash == target.text_hash:
            is_known_here = own is not None and own.article_id == target.id
            return Ingested(outcome=Outcome.UNCHANGED if is_known_here else Outcome.DUPLICATE, id=target.id)
        if twin is not None and twin.is_current:  # the address shows another record's text now
            return Ingested(outcome=Outcome.DUPLICATE, id=twin.id)
        return Ingested(outcome=Outcome.UPDATED, id=target.id)
    if own is not None and arrival.text_hash == own.text_hash:
        return Ingested(outcome=Outcome.UNCHANGED, id=own.article_id)
    if twin is not None and twin.id != arrival.id:
        is_known_here = own is not None and own.article_id == twin.id
        return Ingested(outcome=Outcome.UNCHANGED if is_known_here else Outcome.DUPLICATE, id=twin.id)
    if home is not None:  # an address comes back to the record that was made from it
        returns = arrival.text_hash == home.text_hash
        return Ingested(outcome=Outcome.UNCHANGED if returns else Outcome.UPDATED, id=home.id)
    return Ingested(outcome=Outcome.NEW, id=arrival.id)


def _meet(article: Article, page_id: int | None, now: datetime) -> Arrival:
    if not normalise_text(article.text):
        raise ValueError(f"an article needs a text: {article.url}")
    return Arrival(
        article=article,
        keys=tuple(dict.fromkeys(shorten_key(key) for key in article.keys)),
        id=make_id(article.keys[0]),
        text_hash=hash_text(article.text),
        page_id=page_id,
        now=now,
    )


def _ingest_once(session: Session, arrival: Arrival) -> Ingested:
    sightings = _find_sightings(session, arrival.keys)
    known = _find_known(session, arrival, sightings)
    ingested = decide(arrival, known)
    match ingested.outcome:
        case Outcome.NEW:
            _add_record(session, arrival)
        case Outcome.UPDATED:
            _add_revision(session, arrival, known.target or known.home)
        case Outcome.UNCHANGED:
            _touch_record(session, ingested.id, arrival)
            _fill_gaps(session, ingested.id, arrival)
        case _:
            _touch_record(session, ingested.id, arrival)
    _place_sightings(session, arrival, ingested, sightings, is_tied=known.target is not None
                     and known.target.id == ingested.id)
    return ingested


# What the store knows


def _find_sightings(session: Session, keys: Sequence[str]) -> dict[str, Sighting]:
    seen = models.Sighting
    query = select(seen.id, seen.key, seen.article_id, seen.role, seen.text_hash).where(
        seen.key.in_(keys), seen.ended_at.is_(None))
    return {row.key: Sighting(id=row.id, key=row.key, article_id=row.article_id, role=Role(row.role),
                              text_hash=row.text_hash) for row in session.execute(query)}


def _find_known(session: Session, arrival: Arrival, sightings: dict[str, Sighting]) -> Known:
    own = sightings.get(arrival.keys[0])
    target = _find_target(session, arrival, sightings)
    return Known(
        own=own,
        target=target,
        twin=_find_twin(session, arrival.text_hash),
        home=_find_record(session, arrival.id) if own is not None and target is None else None,
    )


def _find_target(session: Session, arrival: Arrival, sightings: dict[str, Sighting]) -> Record | None:
    """Find the record that this article is a version of: made from its own address, or tied by rel=canonical.

    Many sites declare one address, such as their section page, for all their articles; so a declaration, in either
    direction, ties only texts of which a good part is common.
    """
    for key in arrival.keys:
        sighting = sightings.get(key)
        if sighting is None or sighting.role is Role.COPY:
            continue
        record = _find_record(session, sighting.article_id)
        if record is None:
            continue
        is_own = key == arrival.keys[0] and sighting.role is Role.OWN
        if is_own or record.text_hash == arrival.text_hash:
            return record
        if measure_containment(_get_text(session, record), arrival.article.text) >= SAME_STORY:
            return record
    return None


def _find_record(session: Session, article_id: str) -> Record | None:
    query = select(models.Article.id, models.Article.text_hash, models.Article.revision).where(
        models.Article.id == article_id)
    row = session.execute(query).one_or_none()
    return Record(id=row.id, text_hash=row.text_hash, revision=row.revision) if row else None


def _find_twin(session: Session, text_hash: str) -> Twin | None:
    current = session.scalar(select(models.Article.id).where(models.Article.text_hash == text_hash))
    if current is not None:
        return Twin(id=current, is_current=True)
    former = session.scalar(select(models.Revision.article_id).where(models.Revision.text_hash == text_hash)
                            .order_by(models.Revision.id).limit(1))
    return Twin(id=former, is_current=False) if former is not None else None


def _get_text(session: Session, record: Record) -> str:
    return session.scalars(select(models.Revision.text).where(
        models.Revision.article_id == record.id, models.Revision.number == record.revision)).one()


# What is written


def _add_record(session: Session, arrival: Arrival) -> None:
    article = arrival.article
    session.execute(plain_insert(models.Article).values(
        id=arrival.id,
        key=arrival.keys[0],
        url=article.url,
        canonical_url=article.canonical_url,
        source=article.source,
        language=article.language,
        image=article.image,
        section=article.section,
        tags=article.tags,
        paywalled=article.paywalled,
        text_hash=arrival.text_hash,
        revision=1,
        first_seen=arrival.now,
        last_seen=arrival.now,
        **_write_published(article),
    ))
    _write_revision(session, arrival, arrival.id, 1)


def _add_revision(session: Session, arrival: Arrival, record: Record | None) -> None:
    """Add a version to a record. ``published`` stays what it was; other facts follow the page, none is forgotten."""
    assert record is not None
    article = arrival.article
    number = record.revision + 1
    _write_revision(session, arrival, record.id, number)
    said = {"canonical_url": article.canonical_url, "language": article.language, "image": article.image,
            "section": article.section, "tags": article.tags, "paywalled": article.paywalled}
    session.execute(update(models.Article).where(models.Article.id == record.id).values(
        text_hash=arrival.text_hash,
        revision=number,
        last_seen=arrival.now,
        **{name: value for name, value in said.items() if value not in (None, ())},
    ))
    _fill_published(session, record.id, article)


def _write_revision(session: Session, arrival: Arrival, article_id: str, number: int) -> None:
    article = arrival.article
    revision_id = session.scalars(plain_insert(models.Revision).values(
        article_id=article_id,
        number=number,
        seen_at=arrival.now,
        page_id=arrival.page_id,
        text_hash=arrival.text_hash,
        title=article.title,
        description=article.description,
        authors=article.authors,
        credits=article.credits,
        derived_from=article.derived_from,
        modified=_write(article.modified),
        modified_at=_to_utc(article.modified),
        text=article.text,
    ).returning(models.Revision.id)).one()
    lines = [{"revision_id": revision_id, "position": position, "text": removal.text, "rule": removal.rule,
              "place": removal.where} for position, removal in enumerate(article.removed, 1)]
    if lines:
        session.execute(plain_insert(models.Removal), lines)


def _touch_record(session: Session, article_id: str, arrival: Arrival) -> None:
    session.execute(update(models.Article).where(models.Article.id == article_id).values(last_seen=arrival.now))


def _fill_gaps(session: Session, article_id: str, arrival: Arrival) -> None:
    """Fill in what a record does not say and this reading of the same text does; change nothing that it says."""
    article = arrival.article
    said: dict[str, Any] = {
        "canonical_url": article.canonical_url, "language": article.language, "image": article.image,
        "section": article.section, "tags": list(article.tags), "paywalled": article.paywalled,
    }
    said_with_text: dict[str, Any] = {
        "title": article.title, "description": article.description, "authors": list(article.authors),
        "credits": list(article.credits), "derived_from": article.derived_from, "modified": _write(article.modified),
    }
    record, revision = session.execute(
        select(models.Article, models.Revision)
        .join(models.Revision, models.Revision.article_id == models.Article.id)
        .where(models.Article.id == article_id, models.Revision.number == models.Article.revision)
        .execution_options(populate_existing=True)
    ).one()
    for row, facts in ((record, said), (revision, said_with_text)):
        for name, value in facts.items():
            if getattr(row, name) in (None, []) and value not in (None, []):
                setattr(row, name, value)
                if name == "modified":
                    revision.modified_at = _to_utc(article.modified)
    session.flush()
    _fill_published(session, article_id, article)


def _fill_published(session: Session, article_id: str, article: Article) -> None:
    if article.published is not None:
        session.execute(update(models.Article).where(
            models.Article.id == article_id, models.Article.published.is_(None)).values(**_write_published(article)))


def _place_sightings(session: Session, arrival: Arrival, ingested: Ingested, sightings: dict[str, Sighting], *,
                     is_tied: bool) -> None:
    """Remember the addresses: the own one was met, the others were declared by its page.

    An address that led elsewhere so far is ended there and begun here; a declared one is never taken from a record.
    """
    own, *declared = arrival.keys
    home = ingested.id == arrival.id
    role = Role.OWN if home else Role.DECLARED if is_tied else Role.COPY
    before = sightings.get(own)
    if before is not None and before.article_id == ingested.id:
        _meet_again(session, before, arrival)
    else:
        if before is not None:
            session.execute(update(models.Sighting).where(models.Sighting.id == before.id)
                            .values(ended_at=arrival.now))
        _add_sighting(session, arrival, own, ingested.id, role, is_met=True)
    for key in declared:
        if key not in sightings:
            tie = Role.COPY if role is Role.COPY else Role.DECLARED
            _add_sighting(session, arrival, key, ingested.id, tie, is_met=False)


def _meet_again(session: Session, sighting: Sighting, arrival: Arrival) -> None:
    session.execute(update(models.Sighting).where(models.Sighting.id == sighting.id).values(
        last_seen=arrival.now,
        times=models.Sighting.times + 1,
        text_hash=arrival.text_hash,
        page_id=arrival.page_id,
        url=arrival.article.url,
        source=arrival.article.source,
    ))


def _add_sighting(session: Session, arrival: Arrival, key: str, article_id: str, role: Role, *, is_met: bool) -> None:
    article = arrival.article
    session.execute(plain_insert(models.Sighting).values(
        key=key,
        article_id=article_id,
        role=role,
        url=article.url if is_met else article.canonical_url,
        source=article.source,
        page_id=arrival.page_id,
        text_hash=arrival.text_hash if is_met else None,
        first_seen=arrival.now,
        last_seen=arrival.now,
        times=1 if is_met else 0,
    ))


# How moments are written


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
