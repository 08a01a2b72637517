"""Column types that hold one promise on both databases: aware times, text without traps, JSON, moments."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, String, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import DontWrapMixin
from sqlalchemy.types import TypeDecorator, TypeEngine

from store.moments import read_moment, write_moment
from store.values import Moment

FIRST, LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


class NaiveTimeError(ValueError, DontWrapMixin):
    """A time without a zone was about to be stored."""


class Time(TypeDecorator[datetime]):
    """An aware time, kept in UTC.

    PostgreSQL keeps ``timestamptz``. SQLite keeps fixed-width text, ``2023-03-05T10:00:00.000000Z``: it sorts as time
    does and says its zone to whoever reads the table without us.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(String(27) if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise NaiveTimeError(f"a time needs a zone: {value!r}")
        value = _to_utc(value)
        return f"{value:%Y-%m-%dT%H:%M:%S.%fZ}".rjust(27, "0") if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return datetime.fromisoformat(value) if isinstance(value, str) else value.astimezone(UTC)


def _to_utc(value: datetime) -> datetime:
    """Give a time in UTC; where the calendar ends before it, its end: a feed may say 9999-12-31T23:59-12:00."""
    try:
        return value.astimezone(UTC)
    except OverflowError:
        return FIRST if value.year == 1 else LAST


class Words(TypeDecorator[str]):
    """Text from outside, made storable: PostgreSQL refuses NUL, and UTF-8 refuses lone surrogates."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else make_storable(value)


class Json(TypeDecorator[Any]):
    """JSON: ``jsonb`` on PostgreSQL, readable text on SQLite; None is SQL's NULL."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        kind = JSONB if dialect.name == "postgresql" else JSON
        return dialect.type_descriptor(kind(none_as_null=True))

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        return _make_all_storable(value)


class Stated(TypeDecorator[Moment]):
    """A ``Moment`` whole, as JSON: the time with the zone it was stated in, its precision, its origin."""

    impl = Json
    cache_ok = True

    def process_bind_param(self, value: Moment | None, dialect: Dialect) -> Any:
        return None if value is None else write_moment(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Moment | None:
        return None if value is None else read_moment(value)


def make_storable(text: str) -> str:
    """Drop NUL and replace lone surrogates; any other text comes back as it is."""
    if "\0" in text:
        text = text.replace("\0", "")
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _make_all_storable(value: Any) -> Any:
    match value:
        case str():
            return make_storable(value)
        case dict():
            return {make_storable(key): _make_all_storable(item) for key, item in value.items()}
        case list() | tuple():
            return [_make_all_storable(item) for item in value]
        case _:
            return value
