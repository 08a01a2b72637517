"""Make the index of copies anew, record by record, so that it can stop anywhere and go on.

The work that is left is itself the state: records whose current text has no fingerprint. After an upgrade of a filled
database, or of the format, all of them have none.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from store import models
from store.copies.neardup import add_fingerprint, link, look_around
from store.copies.signature import VERSION
from store.database import Database

BATCH = 200  # records a transaction: other writers wait for it, some .3 s


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a pass is."""

    done: int
    total: int


@dataclass(frozen=True, kw_only=True)
class _Missing:
    id: str
    url: str
    first_seen: datetime
    revision_id: int
    text: str


def index_missing(database: Database, *, now: datetime) -> Iterator[Progress]:
    """Index every record that is not in the index, oldest first; yield after each batch."""
    with database.read() as session:
        total = count_missing(session)
    done, last = 0, None  # type: int, _Missing | None
    yield Progress(done=0, total=total)
    while True:
        with database.begin() as session:
            rows = _find_missing(session, last)
            for row in rows:
                _index(session, row, now)
        if not rows:
            break
        done, last = done + len(rows), rows[-1]
        yield Progress(done=done, total=max(done, total))
    with database.begin() as session:
        session.execute(models.table_of(models.DedupPass).update()
                        .where(models.DedupPass.finished_at.is_(None)).values(finished_at=now))


def start_rebuild(database: Database, *, now: datetime) -> bool:
    """Empty the index and the groups, to make them anew; False when a rebuild was begun before and never ended.

    Records, their texts and addresses stay untouched. A copy that arrives meanwhile is found as soon as what it is a
    copy of is indexed.
    """
    with database.begin() as session:
        begun = select(models.DedupPass.id).where(
            models.DedupPass.finished_at.is_(None), models.DedupPass.version == VERSION)
        if session.scalars(begun).first() is not None:
            return False
        for model in (models.NearKey, models.Fingerprint, models.NearMember, models.NearGroup):
            session.execute(models.table_of(model).delete())
        session.add(models.DedupPass(version=VERSION, started_at=now))
        return True


def count_missing(session: Session) -> int:
    """Count the records that are not in the index."""
    query = select(func.count()).select_from(models.Article).join(models.Revision, _is_current())
    return session.scalar(query.outerjoin(models.Fingerprint, models.Fingerprint.revision_id == models.Revision.id)
                          .where(models.Fingerprint.revision_id.is_(None))) or 0


def count_groups(session: Session) -> tuple[int, int]:
    """Count the groups of copies, and the records in them."""
    groups = session.scalar(select(func.count()).select_from(models.NearGroup)) or 0
    return groups, session.scalar(select(func.count()).select_from(models.NearMember)) or 0


def _find_missing(session: Session, last: "_Missing | None") -> list[_Missing]:
    article, revision = models.Article, models.Revision
    query = (
        select(article.id, article.url, article.first_seen, revision.id.label("revision_id"), revision.text)
        .join(revision, _is_current())
        .outerjoin(models.Fingerprint, models.Fingerprint.revision_id == revision.id)
        .where(models.Fingerprint.revision_id.is_(None))
        .order_by(article.first_seen, article.id)
        .limit(BATCH)
    )
    if last is not None:
        is_later = or_(article.first_seen > last.first_seen,
                       and_(article.first_seen == last.first_seen, article.id > last.id))
        query = query.where(is_later)
    return [_Missing(**row) for row in session.execute(query).mappings()]


def _index(session: Session, missing: _Missing, now: datetime) -> None:
    connection = session.connection()
    around = look_around(connection, missing.text, url=missing.url, article_id=missing.id)
    add_fingerprint(connection, missing.revision_id, around)
    link(connection, missing.id, around.elsewhere, now=now)


def _is_current() -> ColumnElement[bool]:
    return and_(models.Revision.article_id == models.Article.id, models.Revision.number == models.Article.revision)
