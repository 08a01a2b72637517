"""Find records by their words: an index that is brought up to date before it is asked, and costs a crawl nothing.

The work that is left is itself the state, as with copies and the lens: records whose ``search_version`` is null.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Select, bindparam, cast, column, func, select, table, text, update
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.orm import Session

from store import models
from store.database import Database
from store.errors import DatabaseError
from store.export import EVERYTHING, About, find_newest, list_conditions
from store.search.words import Phrase, cut, find_excerpt
from store.upsert import dialect_of

VERSION = 1  # of how words are cut; after a change the index is made anew
ROOM = 700_000  # bytes of different words; PostgreSQL takes 1,048,575 with their places
BATCH = 300  # records a transaction: other writers wait for it, some .2 s

_article, _revision, _entry = (models.table_of(model) for model in (
    models.Article, models.Revision, models.SearchEntry))
_words = table("search_words", column("rowid"), column("search_words"))
FIND_MISSING = (
    select(_article.c.id, _revision.c.title, _revision.c.text)
    .join(_revision, (_revision.c.article_id == _article.c.id) & (_revision.c.number == _article.c.revision))
    .where(_article.c.search_version.is_(None))
    .order_by(_article.c.first_seen, _article.c.id)
    .limit(BATCH)
)
DROP_ENTRY = _entry.delete().where(_entry.c.article_id == bindparam("of_id"))
ADD_ENTRY = _entry.insert().returning(_entry.c.id, sort_by_parameter_order=True)
NOTE = _article.update().where(_article.c.id == bindparam("of_id")).values(search_version=VERSION)


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far the index is."""

    done: int
    total: int


@dataclass(frozen=True, kw_only=True)
class Found:
    """How many records match, and the newest of them under the names of the export, each with its ``excerpt``."""

    count: int
    records: tuple[dict[str, Any], ...]


def count_missing(session: Session) -> int:
    """Count the records whose current text is not in the index."""
    query = select(func.count()).select_from(_article).where(_article.c.search_version.is_(None))
    return session.scalar(query) or 0


def index_missing(database: Database) -> Iterator[Progress]:
    """Index every record that is not in the index, oldest first; yield after each batch. Raises DatabaseError."""
    with database.read() as session:
        _check(session)
        done, total = 0, count_missing(session)
    yield Progress(done=done, total=total)
    while done < total:
        with database.begin() as session:
            indexed = _index(session.connection())
        if not indexed:
            break
        done += indexed
        yield Progress(done=done, total=max(done, total))


def forget_index(database: Database) -> None:
    """Empty the index, to make it anew."""
    with database.begin() as session:
        _check(session)
        if dialect_of(session) == "sqlite":
            session.execute(text("INSERT INTO search_words (search_words) VALUES ('delete-all')"))
        session.execute(_entry.delete())
        session.execute(update(_article).values(search_version=None))


def find(session: Session, question: Sequence[Phrase], *, limit: int, in_title: bool = False,
         about: About = EVERYTHING, **filters: Any) -> Found:
    """Find the records that match, the newest first; ``filters`` as those of ``iter_records``."""
    matching = _article.c.id.in_(match(dialect_of(session), question, in_title=in_title))
    count, records = find_newest(session, (matching, *list_conditions(_article.c, about=about, **filters)), limit=limit)
    return Found(count=count, records=tuple(
        each | {"excerpt": str(find_excerpt(each["text"], question) or "")} for each in records))


def match(dialect: str, question: Iterable[Phrase], *, in_title: bool = False) -> Select[tuple[str]]:
    """Select the ids of the records whose title or text, or whose title, has all that is wanted and nothing else."""
    query = select(_entry.c.article_id)
    if dialect == "postgresql":
        return query.where(_entry.c.words.op("@@")(cast(_write_tsquery(question, in_title=in_title), TSQUERY)))
    asked = _words.c.search_words.op("MATCH")(_write_fts5(question, in_title=in_title))
    return query.where(_entry.c.id.in_(select(_words.c.rowid).where(asked)))


def _index(connection: Connection) -> int:
    rows = connection.execute(FIND_MISSING).all()
    if not rows:
        return 0
    ids = [{"of_id": row.id} for row in rows]
    connection.execute(DROP_ENTRY, ids)
    if connection.dialect.name == "postgresql":
        connection.execute(_entry.insert().values(words=cast(bindparam("vector"), TSVECTOR)), [
            {"article_id": row.id, "vector": _write_tsvector(cut(row.title or ""), cut(row.text))} for row in rows])
    else:
        numbers = connection.execute(ADD_ENTRY, [{"article_id": row.id} for row in rows]).scalars().all()
        connection.exec_driver_sql("INSERT INTO search_words (rowid, title, text) VALUES (?, ?, ?)", [
            (number, " ".join(cut(row.title or "")), " ".join(cut(row.text)))
            for number, row in zip(numbers, rows, strict=True)])
    connection.execute(NOTE, ids)
    return len(rows)


def _check(session: Session) -> None:
    """Raise DatabaseError where the index cannot be."""
    if dialect_of(session) == "sqlite" and not session.scalar(
            text("SELECT count(*) FROM sqlite_master WHERE name = 'search_words'")):
        raise DatabaseError("this SQLite was built without full-text search (FTS5): use another Python, or PostgreSQL")


def _write_fts5(question: Iterable[Phrase], *, in_title: bool) -> str:
    wanted, unwanted = _split(question, _write_phrase)
    asked = " AND ".join(wanted) + "".join(f" NOT {phrase}" for phrase in unwanted)
    return f"title : ({asked})" if in_title else asked


def _write_phrase(phrase: Phrase) -> str:
    return f'"{" ".join(phrase.words)}"{" *" * phrase.is_open}'


def _write_tsvector(title: Sequence[str], body: Sequence[str]) -> str:
    """Write words with their places; a place stays free between title and text, that no phrase goes from one to other.

    Words are letters and digits only, so that a quotation mark is nothing to escape.
    """
    places: dict[str, list[str]] = {}
    room = ROOM
    marked = chain(((word, f"{place}A") for place, word in enumerate(title, 1)),
                   ((word, str(place)) for place, word in enumerate(body, len(title) + 2)))
    for word, place in marked:
        if word not in places:
            room -= len(word.encode())
        if room < 0:
            break
        places.setdefault(word, []).append(place)
    return " ".join(f"'{word}':{','.join(there)}" for word, there in places.items())


def _write_tsquery(question: Iterable[Phrase], *, in_title: bool) -> str:
    mark = "A" if in_title else ""

    def write(phrase: Phrase) -> str:
        signs = [mark] * (len(phrase.words) - 1) + ["*" * phrase.is_open + mark]
        words = (f"'{word}'{':' * bool(sign)}{sign}" for word, sign in zip(phrase.words, signs, strict=True))
        return f"({' <-> '.join(words)})"

    wanted, unwanted = _split(question, write)
    return " & ".join([*wanted, *(f"!{phrase}" for phrase in unwanted)])


def _split(question: Iterable[Phrase], write: Any) -> tuple[list[str], list[str]]:
    sides: tuple[list[str], list[str]] = ([], [])
    for phrase in question:
        sides[phrase.is_unwanted].append(write(phrase))
    return sides
