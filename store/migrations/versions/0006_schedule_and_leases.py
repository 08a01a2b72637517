"""What the schedule learns of a source, who runs it now, and where its places moved to.

Frozen: it imports nothing of ``store``.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0006"
down_revision = "0005"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    """Add the columns and the table; a source begins to be learnt at its next check."""
    for column in (
        sa.Column("due_reason", sa.Text()),
        sa.Column("rhythm", JSON),
        sa.Column("wishes", JSON),
        sa.Column("last_good_at", TIME),
        sa.Column("last_new_at", TIME),
        sa.Column("failing_since", TIME),
        sa.Column("failure_weight", sa.Float(), nullable=False, server_default="0"),
        sa.Column("lease_holder", sa.Text()),
        sa.Column("lease_beat", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("lease_until", TIME),
    ):
        op.add_column("source", column)
    op.create_table(
        "move",
        sa.Column("id", NUMBER, sa.Identity(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("from_url", sa.Text(), nullable=False),
        sa.Column("to_url", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("found_at", TIME, nullable=False),
        sa.Column("ended_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_move"),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_move_source_id_source"),
    )
    op.create_index("ix_move_source_id", "move", ["source_id"])
