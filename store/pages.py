"""The archive: every page as it came, compressed, so that it can be read again when the reader improves."""

import threading
from datetime import datetime
from enum import StrEnum
from functools import cache
from hashlib import sha256
from typing import Any

import zstandard
from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from store import models
from store.fetches import mark_fetched
from store.fingerprint import shorten_key
from store.moments import read_moment, write_moment
from store.upsert import dialect_of, insert
from store.values import Link, Outcome, Page

OFF_TOPIC = "off_topic"  # the outcome of a page whose article is not of the topic that its source keeps
READ = frozenset({*Outcome, OFF_TOPIC})
LEVEL = 3  # news pages of 315 KB: 5.6 times smaller in 1.4 ms; level 6 6.1 times in 3.5 ms, level 12 6.3 in 11.9


SUDDEN_ENDS = ("crashed", "timeout")  # the reading process was killed, or the machine had no time for it


class PageState(StrEnum):
    """What became of a page's reading."""

    UNREAD = "unread"
    READ = "read"
    FAILED = "failed"


_page = models.table_of(models.Page)
_own = threading.local()
RECORD_READING = _page.update().where(_page.c.id == bindparam("of_id"))


@cache
def _keep(dialect: str) -> Any:
    """Write the statement once: SQLAlchemy takes 4 ms to spell it."""
    statement = insert(dialect, models.Page)
    again = {name: statement.excluded[name] for name in ("last_fetched_at", "state")}
    statement = statement.on_conflict_do_update(index_elements=["key", "body_sha256"], set_=again)
    return statement.returning(models.Page.id)


def keep_page(session: Session, page: Page, *, key: str) -> int:
    """Keep a fetched page and take its link out of the queue; return the page's id.

    The same bytes under the same key are kept once: the page is then unread again and ``last_fetched_at`` moves.
    """
    key = shorten_key(key)
    body = page.body
    page_id: int = session.execute(_keep(dialect_of(session)), {
        "key": key,
        "url": page.url,
        "requested_url": page.requested_url,
        "source": page.source,
        "status": page.status,
        "content_type": page.content_type,
        "language": page.language,
        "fetched_at": page.fetched_at,
        "last_fetched_at": page.fetched_at,
        "link": _write_link(page.link),
        "size": len(body),
        "body_sha256": sha256(body).hexdigest(),
        "state": PageState.UNREAD,
        "body": _get_compressor().compress(body),
    }).scalar_one()
    mark_fetched(session, key)
    return page_id


def _get_compressor() -> zstandard.ZstdCompressor:
    """Give a thread its compressor: the tables of a new one are mapped and cleared each time, a third of the work."""
    compressor: zstandard.ZstdCompressor | None = getattr(_own, "compressor", None)
    if compressor is None:
        compressor = _own.compressor = zstandard.ZstdCompressor(level=LEVEL)
    return compressor


def get_page(session: Session, page_id: int) -> Page:
    """Get a page whole, as ``keep_page`` got it; raises KeyError if there is none."""
    row = session.get(models.Page, page_id)
    if row is None:
        raise KeyError(page_id)
    return Page(
        url=row.url,
        requested_url=row.requested_url,
        body=zstandard.ZstdDecompressor().decompress(row.body, max_output_size=row.size),
        fetched_at=row.fetched_at,
        content_type=row.content_type,
        status=row.status,
        source=row.source,
        language=row.language,
        link=_read_link(row.link),
    )


def find_unread_pages(session: Session, *, source: str | None = None,
                      with_off_topic: bool = False) -> tuple[int, ...]:
    """Find the pages that were kept and never read to an end, oldest first; of all sources where none is named.

    ``with_off_topic`` adds those that were read and left aside as being about something else.
    """
    wanted = models.Page.state == PageState.UNREAD
    if with_off_topic:
        wanted = or_(wanted, models.Page.outcome == OFF_TOPIC)
    query = select(models.Page.id).where(wanted).order_by(models.Page.id)
    if source is not None:
        query = query.where(models.Page.source == source)
    return tuple(session.scalars(query))


def record_reading(session: Session, page_id: int, *, outcome: str, detail: str | None = None,
                   article_id: str | None = None, now: datetime) -> None:
    """Remember how a page's reading ended: an ``Outcome`` where it gave an article, the reason where it did not.

    A reason of SUDDEN_ENDS leaves the page unread once, for the next run: it may not have been the page's doing.
    """
    state = PageState.READ if article_id is not None or outcome in READ else PageState.FAILED
    if outcome in SUDDEN_ENDS:
        before = session.scalar(select(models.Page.outcome).where(models.Page.id == page_id))
        state = PageState.FAILED if before in SUDDEN_ENDS else PageState.UNREAD
    session.execute(RECORD_READING, {
        "of_id": page_id,
        "state": state,
        "outcome": outcome,
        "detail": detail,
        "article_id": article_id,
        "read_at": now,
    })


def _write_link(link: Link | None) -> dict[str, Any] | None:
    if link is None:
        return None
    return {
        "url": link.url,
        "key": link.key,
        "title": link.title,
        "published": write_moment(link.published) if link.published else None,
        "modified": write_moment(link.modified) if link.modified else None,
    }


def _read_link(written: dict[str, Any] | None) -> Link | None:
    if written is None:
        return None
    published, modified = (read_moment(written[name]) if written[name] else None for name in ("published", "modified"))
    return Link(url=written["url"], key=written["key"], title=written["title"], published=published,
                modified=modified)
