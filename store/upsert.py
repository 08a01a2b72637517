"""INSERT with ON CONFLICT: the one statement that SQLAlchemy spells once for each database."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from store.models import Base, table_of


def insert(session: Session, model: type[Base]) -> Any:
    """Start an INSERT that knows ``on_conflict_do_nothing`` and ``on_conflict_do_update``, in its dialect."""
    return (postgresql if session.get_bind().dialect.name == "postgresql" else sqlite).insert(table_of(model))
