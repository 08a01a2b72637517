"""INSERT with ON CONFLICT: the one statement that SQLAlchemy spells once for each database."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from store.models import Base, table_of


def dialect_of(session: Session) -> str:
    """Name the database that a session speaks to: ``sqlite`` or ``postgresql``."""
    return session.get_bind().dialect.name


def insert(dialect: str, model: type[Base]) -> Any:
    """Start an INSERT that knows ``on_conflict_do_nothing`` and ``on_conflict_do_update``, in the named dialect."""
    return (postgresql if dialect == "postgresql" else sqlite).insert(table_of(model))
