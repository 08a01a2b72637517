"""Records out of the store, one by one, as JSON Lines or CSV; ``store.fields`` says what they carry."""

import csv
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TextIO

from sqlalchemy import ColumnElement, Select, func, or_, select, text
from sqlalchemy.orm import Session

from store import models
from store.console.asked import check_state
from store.errors import UsageError
from store.fields import RECORD_FIELDS, record_fields
from store.models import record
from store.upsert import dialect_of

CHUNK = 200  # records in memory at a time
CSV_FIELDS = tuple(name for name in RECORD_FIELDS if name != "paragraphs")  # the text has them already

# JSON may leave these as they are, but some readers end a line at them and terminals obey them.
_TROUBLE_IN_JSON = re.compile("[\x7f-\x9f\u2028\u2029]")

# A spreadsheet takes a cell that begins with one of these for a formula and runs it (OWASP, CSV injection).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")

Columns = Any  # of a table or view that has those of a record

_UNIONS = ("EU", "UN", "WB")  # no state has these letters
_MIXED = {"COE": "CoE"}
_CODE = re.compile("[A-Z]{2}")
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


@dataclass(frozen=True, kw_only=True)
class About:
    """What records are to be about.

    ``between`` are pairs of codes of which one has to be set against each other, ``about`` the actors of which one has
    to act, each with its sort (``country``, ``organisation``), ``kinds`` kinds of which it has to be one, ``among``
    selects ids of which it has to have one.
    """

    between: tuple[tuple[str, str], ...] = ()
    about: tuple[tuple[str, str], ...] = ()
    min_relevance: float | None = None
    kinds: tuple[str, ...] = ()
    among: Select[tuple[str]] | None = None

    def conditions(self, columns: Columns) -> Iterator[ColumnElement[bool]]:
        """Write it as conditions on the columns of the view ``record`` or of the table ``article``."""
        dyad, actor = models.Dyad, models.Actor
        if self.between:
            pairs = [(dyad.first == first) & (dyad.second == second) for first, second in map(sorted, self.between)]
            yield columns.id.in_(select(dyad.article_id).where(or_(*pairs)))
        if self.about:
            named = [(actor.sort == sort) & (actor.code == code) for sort, code in self.about]
            yield columns.id.in_(select(actor.article_id).where(or_(*named), actor.role == "main"))
        if self.min_relevance is not None:
            yield columns.relevance >= self.min_relevance
        if self.kinds:
            yield columns.kind.in_(self.kinds)
        if self.among is not None:
            yield columns.id.in_(self.among)


EVERYTHING = About()


def when(columns: Columns) -> ColumnElement[datetime]:
    """When a record was published; where that is not known, when it was first seen."""
    return func.coalesce(columns.published_at, columns.first_seen, type_=columns.first_seen.type)


def list_conditions(columns: Columns, *, since: datetime | None = None, until: datetime | None = None,
                    language: str | None = None, source: str | None = None,
                    about: About = EVERYTHING) -> Iterator[ColumnElement[bool]]:
    """Write what records are to be like as conditions on ``record`` or ``article``.

    ``since`` (inclusive) and ``until`` (exclusive) compare with ``when``.
    """
    yield from about.conditions(columns)
    if since is not None:
        yield when(columns) >= since
    if until is not None:
        yield when(columns) < until
    if language is not None:
        yield columns.language == language
    if source is not None:
        yield columns.source == source


def iter_records(session: Session, **filters: Any) -> Iterator[dict[str, Any]]:
    """Go through the records in the order they were first seen; ``filters`` are those of ``list_conditions``."""
    if dialect_of(session) == "postgresql":  # who reads may stop and think, as a pager does: no lock waits for it
        session.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
    query = select(record).where(*list_conditions(record.c, **filters)).order_by(record.c.first_seen, record.c.id)
    for row in session.execute(query.execution_options(yield_per=CHUNK)).mappings():
        yield record_fields(row)


def find_newest(session: Session, conditions: Iterable[ColumnElement[bool]], *,
                limit: int) -> tuple[int, list[dict[str, Any]]]:
    """Count the records of which conditions on ``article`` hold, and get the newest of them, the newest first."""
    article = models.table_of(models.Article).c
    newest = (select(article.id, func.count().over().label("matching")).where(*conditions)
              .order_by(when(article).desc(), article.id).limit(limit))
    hits = session.execute(newest).all()
    rows = session.execute(select(record).where(record.c.id.in_([hit.id for hit in hits]))).mappings()
    records = {row["id"]: record_fields(row) for row in rows}
    return hits[0].matching if hits else 0, [records[hit.id] for hit in hits]


def write_jsonl(records: Iterable[dict[str, Any]], file: TextIO) -> int:
    """Write one JSON object a line; return how many."""
    count = 0
    for fields in records:
        file.write(dump_line(fields) + "\n")
        count += 1
    return count


def write_csv(records: Iterable[dict[str, Any]], file: TextIO) -> int:
    """Write a header and one row a record; return how many.

    Lists of words are joined by ``; ``, lists of objects are JSON. A cell that a spreadsheet would run as a formula
    gets a leading apostrophe. ``file`` must be open with ``newline=""``.
    """
    writer = csv.writer(file)  # its own line end, CR LF, is also what makes it quote a lone CR
    writer.writerow(CSV_FIELDS)
    count = 0
    for fields in records:
        writer.writerow([_make_cell(fields[name]) for name in CSV_FIELDS])
        count += 1
    return count


def dump_line(value: object) -> str:
    """Write a value as JSON that is one line for every reader."""
    return _TROUBLE_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, ensure_ascii=False))


def parse_period(written: str) -> tuple[datetime, datetime]:
    """Read a year, month, day or time; return its start and its end; raises UsageError.

    A time without a zone is UTC.
    """
    try:
        if match := _DATE.fullmatch(written):
            return _span(*(int(part) if part else None for part in match.groups()))
        at = datetime.fromisoformat(written)
    except (ValueError, OverflowError) as error:
        raise UsageError(f"not a date: {written}: write 2023, 2023-03, 2023-03-05 or "
                         "2023-03-05T10:00+02:00") from error
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return at, at


def parse_pair(written: str) -> tuple[str, str]:
    """Read two codes, as in ``US,CN``; raises UsageError."""
    codes = tuple(code.strip().upper() for code in re.split("[,-]", written))
    if len(codes) != 2 or not all(_CODE.fullmatch(code) for code in codes) or codes[0] == codes[1]:
        raise UsageError(f"not a pair of states: {written}: write two ISO 3166-1 codes, as in US,CN (EU is one, too)")
    return check_state(codes[0]), check_state(codes[1])


def parse_actor(written: str) -> tuple[str, str]:
    """Read ``US``, ``NATO``, or ``org:AU`` for an organisation that has the letters of a state; give sort and code.

    Raises UsageError where two letters are no state's.
    """
    name = written.removeprefix("org:")
    is_state = name == written and len(name) == len("US") and name.upper() not in _UNIONS
    return ("country", check_state(name)) if is_state else ("organisation", _MIXED.get(name.upper(), name.upper()))


def _span(year: int | None, month: int | None, day: int | None) -> tuple[datetime, datetime]:
    start = datetime(year or 1, month or 1, day or 1, tzinfo=UTC)
    if day:
        return start, start + timedelta(days=1)
    if month:
        return start, (start + timedelta(days=31)).replace(day=1)
    return start, start.replace(year=start.year + 1)


def _make_cell(value: Any) -> str | int | float:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float():
            return value
        case list() if all(isinstance(item, str) for item in value):
            cell = "; ".join(value)
        case list() | dict():
            cell = json.dumps(value, ensure_ascii=False)
        case _:
            cell = str(value)
    return "'" + cell if cell.startswith(_FORMULA_STARTS) else cell
