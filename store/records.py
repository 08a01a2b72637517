"""One record with all that hangs on it: its texts, the addresses that led to it."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from store import models
from store.changes import Change
from store.fields import record_fields
from store.lens import get_actors
from store.sites import RULE, get_evidence


def find_ids(session: Session, prefix: str, *, limit: int = 5) -> tuple[str, ...]:
    """Find the ids that begin like this, in hexadecimal digits."""
    if not set(prefix.lower()) <= set("0123456789abcdef"):
        return ()
    query = select(models.Article.id).order_by(models.Article.id).limit(limit)
    return tuple(session.scalars(query.where(models.Article.id.startswith(prefix.lower()))))


def get_record(session: Session, article_id: str) -> dict[str, Any]:
    """Get a record under the names of the export, with what hangs on it; raises KeyError.

    That is ``addresses``, ``revisions`` (each with what it changed), ``tombstones``, ``copies`` elsewhere,
    ``actors`` and ``dyad_strengths`` with their evidence.
    """
    row = session.execute(select(models.record).where(models.record.c.id == article_id)).mappings().one_or_none()
    if row is None:
        raise KeyError(article_id)
    current = session.scalars(select(models.Revision.id).where(
        models.Revision.article_id == article_id, models.Revision.number == row["revision"])).one()
    return _with_evidence(session, current, record_fields(row)) | get_actors(session, article_id) | {
        "addresses": _get_addresses(session, article_id),
        "revisions": _get_revisions(session, article_id),
        "tombstones": _get_tombstones(session, article_id),
        "copies": _get_copies(session, row["near_group"], article_id),
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
         "ended_at": row.ended_at.isoformat() if row.ended_at else None, "page": row.page_id,
         "credits": row.credits}
        for row in session.scalars(query)
    ]


def _get_revisions(session: Session, article_id: str) -> list[dict[str, Any]]:
    revision = models.Revision
    rows = session.scalars(select(revision).where(revision.article_id == article_id).order_by(revision.number)).all()
    removals = session.scalars(select(models.Removal).where(models.Removal.revision_id.in_([row.id for row in rows]))
                               .order_by(models.Removal.revision_id, models.Removal.position)).all()
    formers = [None, *rows]
    return [
        {"number": row.number, "seen_at": row.seen_at.isoformat(), "page": row.page_id, "title": row.title,
         "modified": row.modified, "text": row.text, "change": _describe_change(former, row),
         "removed": [{"text": line.text, "rule": line.rule, "where": line.place}
                     for line in removals if line.revision_id == row.id]}
        for former, row in zip(formers, rows, strict=False)
    ]


def _describe_change(before: models.Revision | None, after: models.Revision) -> dict[str, Any] | None:
    """Say what a revision changed in the one before it; None for the first."""
    if before is None:
        return None
    change, has_new_headline = Change(before.text, after.text), before.title != after.title
    added, removed = change.words
    return {"cosmetic": change.is_cosmetic and not has_new_headline, "headline": has_new_headline,
            "figures": change.figures, "names": change.names, "quotes": change.quotes,
            "words_added": added, "words_removed": removed}


def _get_tombstones(session: Session, article_id: str) -> list[dict[str, Any]]:
    query = select(models.Tombstone).where(models.Tombstone.article_id == article_id).order_by(models.Tombstone.id)
    return [
        {"key": row.key, "status": row.status, "gone_at": row.gone_at.isoformat(),
         "back_at": row.back_at.isoformat() if row.back_at else None}
        for row in session.scalars(query)
    ]


def _get_copies(session: Session, group_id: str | None, article_id: str) -> list[dict[str, Any]]:
    """The other records of a group, in the order they were met."""
    if group_id is None:
        return []
    member, article, revision = models.NearMember, models.Article, models.Revision
    query = (
        select(article.id, article.url, article.source, article.published, article.first_seen, revision.credits)
        .join(member, member.article_id == article.id)
        .join(revision, (revision.article_id == article.id) & (revision.number == article.revision))
        .where(member.group_id == group_id, article.id != article_id)
        .order_by(article.first_seen, article.id)
    )
    return [{**row, "first_seen": row["first_seen"].isoformat()} for row in session.execute(query).mappings()]
