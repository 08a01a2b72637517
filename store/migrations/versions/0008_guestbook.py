"""What each host was asked and answered, the pauses that it asked for, and its robots.txt.

Frozen: it imports nothing of ``store``.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

TIME = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "host",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("paused_until", TIME),
        sa.Column("reason", sa.Text()),
        sa.PrimaryKeyConstraint("name", name="pk_host"),
    )
    op.create_table(
        "host_day",
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("requests", sa.Integer(), nullable=False),
        sa.Column("conditional", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("waits", sa.Integer(), nullable=False),
        sa.Column("hurried", sa.Integer(), nullable=False),
        sa.Column("pause", sa.Float()),
        sa.Column("crawl_delay", sa.Float()),
        sa.Column("spacing", sa.Float()),
        sa.PrimaryKeyConstraint("host", "day", name="pk_host_day"),
    )
    op.create_table(
        "host_answer",
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("word", sa.String(40), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("host", "day", "word", name="pk_host_answer"),
    )
    op.create_table(
        "robots",
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("fetched_at", TIME),
        sa.Column("unreachable_since", TIME),
        sa.PrimaryKeyConstraint("origin", name="pk_robots"),
    )
