"""A site's memory: the lines its pages show, the articles it was learnt from, what it took out of stored texts."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "site",
        sa.Column("id", NUMBER, sa.Identity(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("is_off", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_site"),
        sa.UniqueConstraint("name", name="uq_site_name"),
    )
    op.create_table(
        "site_page",
        sa.Column("site_id", NUMBER, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.String(16), nullable=False),
        sa.Column("due", sa.Integer()),
        sa.PrimaryKeyConstraint("site_id", "number", name="pk_site_page"),
        sa.UniqueConstraint("article_id", name="uq_site_page_article_id"),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name="fk_site_page_site_id_site"),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_site_page_article_id_article"),
    )
    op.create_index("ix_site_page_site_id_due", "site_page", ["site_id", "due"])
    make_lines()
    make_cleanings()


def make_lines() -> None:
    """Make what is counted."""
    op.create_table(
        "site_line",
        sa.Column("site_id", NUMBER, nullable=False),
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("outside", sa.Integer(), nullable=False),
        sa.Column("head", sa.Integer(), nullable=False),
        sa.Column("tail", sa.Integer(), nullable=False),
        sa.Column("apart", sa.Integer(), nullable=False),
        sa.Column("heading", sa.Integer(), nullable=False),
        sa.Column("repeated", sa.Integer(), nullable=False),
        sa.Column("first_page", sa.Integer(), nullable=False),
        sa.Column("last_page", sa.Integer(), nullable=False),
        sa.Column("first_seen", TIME, nullable=False),
        sa.Column("last_seen", TIME, nullable=False),
        sa.Column("ruling", sa.String(4)),
        sa.Column("sample", sa.Text()),
        sa.PrimaryKeyConstraint("site_id", "key", name="pk_site_line"),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name="fk_site_line_site_id_site"),
        sqlite_with_rowid=False,
    )


def make_cleanings() -> None:
    """Make what was taken out of stored texts."""
    op.create_table(
        "cleaning",
        sa.Column("id", NUMBER, sa.Identity(), nullable=False),
        sa.Column("revision_id", NUMBER, nullable=False),
        sa.Column("site_id", NUMBER, nullable=False),
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("paragraph", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("whole_hash", sa.String(32), nullable=False),
        sa.Column("cleaned_at", TIME, nullable=False),
        sa.Column("restored_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_cleaning"),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name="fk_cleaning_revision_id_revision"),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name="fk_cleaning_site_id_site"),
    )
    op.create_index("ix_cleaning_revision_id", "cleaning", ["revision_id"])
    op.create_index("ix_cleaning_whole_hash", "cleaning", ["whole_hash"])
    op.create_index("ix_cleaning_site_id_key", "cleaning", ["site_id", "key"])
