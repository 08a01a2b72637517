"""What is observed of sources, what is wrong with them, and the view ``coverage``.

Frozen: it imports nothing of ``store``.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0007"
down_revision = "0006"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
JSON = sa.JSON().with_variant(JSONB(), "postgresql")
OPEN = sa.text("closed_at IS NULL")

# A link's last page says what became of it; where none was fetched the link itself does.
COVERAGE = """
CREATE VIEW coverage AS
SELECT link.source, {day} AS day,
       coalesce((SELECT coalesce(page.outcome, page.state) FROM page
                  WHERE page.key = link.key ORDER BY page.id DESC LIMIT 1),
                link.reason, link.state) AS outcome,
       count(*) AS links
  FROM link
 GROUP BY 1, 2, 3
"""

DAY = {
    "sqlite": "substr(link.found_at, 1, 10)",
    "postgresql": "to_char(link.found_at AT TIME ZONE 'UTC', 'YYYY-MM-DD')",
}


def upgrade() -> None:
    """Make the tables and the view."""
    make_observations()
    make_conditions()
    op.execute(sa.text(COVERAGE.format(day=DAY[op.get_bind().dialect.name])))


def make_observations() -> None:
    """Make what places and pages were seen to give."""
    op.create_table(
        "observation",
        sa.Column("id", NUMBER, sa.Identity(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("first_at", TIME, nullable=False),
        sa.Column("last_at", TIME, nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("same", sa.Integer(), nullable=False),
        sa.Column("not_modified", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer()),
        sa.Column("digest", sa.String(16)),
        sa.Column("entries", sa.Integer()),
        sa.Column("fresh", sa.Integer(), nullable=False),
        sa.Column("kept", sa.Integer(), nullable=False),
        sa.Column("renamed", sa.Integer(), nullable=False),
        sa.Column("reissued", sa.Integer(), nullable=False),
        sa.Column("future", sa.Integer(), nullable=False),
        sa.Column("newest", TIME),
        sa.Column("news", JSON),
        sa.Column("items", JSON),
        sa.PrimaryKeyConstraint("id", name="pk_observation"),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_observation_source_id_source"),
    )
    op.create_index("ix_observation_source_id_last_at", "observation", ["source_id", "last_at"])
    op.create_table(
        "reading",
        sa.Column("id", NUMBER, sa.Identity(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("read", sa.Integer(), nullable=False),
        sa.Column("text_length", sa.Integer()),
        sa.Column("reasons", JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reading"),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_reading_source_id_source"),
    )
    op.create_index("ix_reading_source_id_at", "reading", ["source_id", "at"])


def make_conditions() -> None:
    """Make what is wrong with sources, from when until when."""
    op.create_table(
        "condition",
        sa.Column("id", NUMBER, sa.Identity(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("evidence", JSON, nullable=False),
        sa.Column("opened_at", TIME, nullable=False),
        sa.Column("closed_at", TIME),
        sa.Column("told", sa.String(6)),
        sa.Column("telling_until", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_condition"),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_condition_source_id_source"),
    )
    op.create_index("uq_condition_open", "condition", ["source_id", "name", "place"], unique=True, sqlite_where=OPEN,
                    postgresql_where=OPEN)
    op.create_index("ix_condition_source_id_opened_at", "condition", ["source_id", "opened_at"])
