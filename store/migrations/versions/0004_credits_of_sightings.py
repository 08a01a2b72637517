"""Whom a page credits, beside each address: an exact copy is no record of its own, and its credit is its own.

Frozen: it imports nothing of ``store``.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the column; what was met before stays without."""
    op.add_column("sighting", sa.Column("credits", sa.JSON().with_variant(JSONB(), "postgresql")))
