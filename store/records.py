"""One record with all that hangs on it: its texts, the addresses that led to it."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from store import models
from store.fields import record_fields
from store.sites import RULE, get_evidence


def find_ids(session: Session, prefix: str, *, limit: int = 5) -> tuple[str, ...]:
    """Find the ids that begin like this, in hexadecimal digits."""
    if not set(prefix.lower()) <= set("0123456789abcdef"):
        return ()
    query = select(models.Article.id).order_by(models.Article.id).limit(limit)
    return tuple(session.scalars(query.where(models.Article.id.startswith(prefix.lower()))))


def get_record(session: Session, article_id: str) -> dict[str, Any]:
    """Get a record under the names of the export, with ``addresses`` and ``revisions``; raises KeyError."""
    row = session.execute(select(models.record).where(models.record.c.id == article_id)).mappings().one_or_none()
    if row is None:
        raise KeyError(article_id)
    current = session.scalars(select(models.Revision.id).where(
        models.Revision.article_id == article_id, models.Revision.number == row["revision"])).one()
    return _with_evidence(session, current, record_fields(row)) | {
        "addresses": _get_addresses(session, article_id),
        "revisions": _get_revisions(session, article_id),
    }


def _with_evidence(session: Session, revision_id: int, fields: dict[str, Any]) -> dict[str, Any]:
    """Say of each line that a site's memory took out how often it was seen."""
    evidence = get_evidence(session, revision_id)
    removed = [line | {"evidence": evidence[line["where"]]} if line["rule"] == RULE and line["where"] in evidence
               else line for line in fields["removed"]]
    return fields | {"removed": removed}


def _get_addresses(session: Session, article_id: str) -> list[dict[str, Any]]:
    seen = models.Sighting
    query = select(seen).where(seen.article_id == article_id).order_by(seen.id)
    return [
        {"url": row.url, "key": row.key, "role": row.role, "source": row.source, "times": row.times,
         "first_seen": row.first_seen.isoformat(), "last_seen": row.last_seen.isoformat(),
         "ended_at": row.ended_at.isoformat() if row.ended_at else None, "page": row.page_id}
        for row in session.scalars(query)
    ]


def _get_revisions(session: Session, article_id: str) -> list[dict[str, Any]]:
    revision = models.Revision
    rows = session.scalars(select(revision).where(revision.article_id == article_id).order_by(revision.number)).all()
    removals = session.scalars(select(models.Removal).where(models.Removal.revision_id.in_([row.id for row in rows]))
                               .order_by(models.Removal.revision_id, models.Removal.position)).all()
    return [
        {"number": row.number, "seen_at": row.seen_at.isoformat(), "page": row.page_id, "title": row.title,
         "modified": row.modified, "text": row.text,
         "removed": [{"text": line.text, "rule": line.rule, "where": line.place}
                     for line in removals if line.revision_id == row.id]}
        for row in rows
    ]
