"""What records are about, in SQL: written with each text, looked for where it is missing.

An actor's or dyad's row is of its record's current text; a new text brings new rows in place of the old ones.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, select, update
from sqlalchemy.orm import Session

from store import models
from store.database import Database
from store.fields import write_reasons
from store.subject import Actors, Evidence, Subject

VERSION = 1  # of what the lens finds; after a change `avvisi lens --rebuild` finds it anew

_article, _revision, _actor, _dyad = (
    models.table_of(model) for model in (models.Article, models.Revision, models.Actor, models.Dyad))
ADD_ACTORS = _actor.insert()
ADD_DYADS = _dyad.insert()
DROP = tuple(table.delete().where(table.c.article_id == bindparam("of_id")) for table in (_actor, _dyad))
SEE = _article.update().where(_article.c.id == bindparam("of_id"), _article.c.text_hash == bindparam("of_text"))
IS_UNLOOKED = _article.c.lens_version.is_(None)


@dataclass(frozen=True, kw_only=True)
class Unlooked:
    """A record that the lens has not looked at: what it needs to do so, and the kind that the page told before."""

    id: str
    text_hash: str
    title: str | None
    text: str
    language: str | None
    section: str | None
    tags: tuple[str, ...]
    url: str
    kind_evidence: str | None


def write_columns(subject: Subject) -> dict[str, Any]:
    """Write what belongs into the record's own row."""
    return {
        "relevance": subject.relevance.score,
        "relevance_reasons": write_reasons(subject),
        "kind": subject.kind.kind.value,
        "kind_evidence": subject.kind.evidence,
        "lens_version": VERSION,
    }


def add_actors(connection: Connection, article_id: str, actors: Actors) -> None:
    """Add the rows of a record that has none."""
    rows = [{"article_id": article_id, "position": position, **row} for position, row in enumerate(_rows(actors))]
    if rows:
        connection.execute(ADD_ACTORS, rows)
    dyads = [{"article_id": article_id, "position": position, "first": dyad.first, "second": dyad.second,
              "strength": dyad.strength, "sentences": dyad.sentences} for position, dyad in enumerate(actors.dyads)]
    if dyads:
        connection.execute(ADD_DYADS, dyads)


def renew_actors(connection: Connection, article_id: str, actors: Actors) -> None:
    """Put the rows of a record's new text in place of the old ones."""
    for statement in DROP:
        connection.execute(statement, {"of_id": article_id})
    add_actors(connection, article_id, actors)


def record_look(session: Session, looked: Iterable[tuple[Unlooked, Subject]]) -> int:
    """Write what was seen in records' texts; return in how many.

    One whose text changed meanwhile is left: it is looked at again.
    """
    connection, seen = session.connection(), 0
    for record, subject in looked:
        result = connection.execute(SEE, {"of_id": record.id, "of_text": record.text_hash, **write_columns(subject)})
        if result.rowcount:
            renew_actors(connection, record.id, subject.actors)
            seen += 1
    return seen


def have_looked_at_again(session: Session, article_id: str) -> None:
    """Have a record looked at again: lines went out of the text that was looked at."""
    session.execute(_article.update().where(_article.c.id == article_id).values(lens_version=None))


def find_unlooked(session: Session, *, limit: int, source: str | None = None) -> tuple[Unlooked, ...]:
    """Find records that the lens has not looked at."""
    query = (
        select(_article.c.id, _article.c.text_hash, _revision.c.title, _revision.c.text, _article.c.language,
               _article.c.section, _article.c.tags, _article.c.url, _article.c.kind_evidence)
        .join(_revision, (_revision.c.article_id == _article.c.id) & (_revision.c.number == _article.c.revision))
        .where(IS_UNLOOKED)
        .order_by(_article.c.source, _article.c.first_seen, _article.c.id)
        .limit(limit)
    )
    rows = session.execute(_of_source(query, source)).mappings()
    return tuple(Unlooked(**{**row, "tags": tuple(row["tags"])}) for row in rows)


def count_unlooked(session: Session, *, source: str | None = None) -> int:
    """Count the records that the lens has not looked at."""
    query = select(func.count()).select_from(_article).where(IS_UNLOOKED)
    return session.scalar(_of_source(query, source)) or 0


def _of_source(query: Select[Any], source: str | None) -> Select[Any]:
    return query if source is None else query.where(_article.c.source == source)


def start_rebuild(database: Database, *, now: datetime) -> bool:
    """Have all records looked at anew; False when that was begun before and never ended.

    What was seen before stays until it is seen anew.
    """
    passes = models.LensPass
    with database.begin() as session:
        begun = select(passes.id).where(passes.finished_at.is_(None), passes.version == VERSION)
        if session.scalars(begun).first() is not None:
            return False
        session.execute(update(_article).values(lens_version=None))
        session.add(passes(version=VERSION, started_at=now))
        return True


def finish_rebuild(session: Session, *, now: datetime) -> None:
    """Note that nothing is left to look at."""
    passes = models.table_of(models.LensPass)
    session.execute(update(passes).where(passes.c.finished_at.is_(None)).values(finished_at=now))


def get_actors(session: Session, article_id: str) -> dict[str, Any]:
    """Get who acts in a record, with the evidence, and the strength of its dyads; what told its kind."""
    actors = session.execute(select(_actor).where(_actor.c.article_id == article_id).order_by(_actor.c.position))
    dyads = session.execute(select(_dyad).where(_dyad.c.article_id == article_id).order_by(_dyad.c.position))
    return {
        "kind_evidence": session.scalar(select(_article.c.kind_evidence).where(_article.c.id == article_id)),
        "actors": [
            {"sort": row.sort, "code": row.code, "country": row.country, "role": row.role, "mentions": row.mentions,
             "weight": row.weight,
             "evidence": [{"term": term, "where": part, "start": start} for term, part, start in row.evidence]}
            for row in actors
        ],
        "dyad_strengths": [{"dyad": f"{row.first}-{row.second}", "strength": row.strength, "sentences": row.sentences}
                           for row in dyads],
    }


def _rows(actors: Actors) -> Iterable[dict[str, Any]]:
    for country in actors.countries:
        yield _row("country", country.code, None, country.role, country.count, country.weight, country.evidence)
    for body in actors.organisations:
        yield _row("organisation", body.code, None, body.role, body.count, None, body.evidence)
    for office in actors.offices:
        yield _row("office", office.name, office.country, office.role, office.count, None, office.evidence)


def _row(sort: str, code: str, country: str | None, role: str, mentions: int, weight: float | None,
         evidence: tuple[Evidence, ...]) -> dict[str, Any]:
    return {
        "sort": sort, "code": code, "country": country, "role": str(role), "mentions": mentions, "weight": weight,
        "part": evidence[0].where.value, "start": evidence[0].start,
        "evidence": [[one.term, one.where.value, one.start] for one in evidence],
    }
