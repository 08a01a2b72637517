"""The index of words, for `avvisi search`: FTS5 on SQLite, tsvector on PostgreSQL.

Frozen: it imports nothing of ``store``. It is empty after this; the first search fills it.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "0010"
down_revision = "0009"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UNSEARCHED = sa.text("search_version IS NULL")

# Words come cut and folded: `ascii` takes whatever is none of ASCII's blanks and signs. The texts are not kept twice.
WORDS = "CREATE VIRTUAL TABLE search_words USING fts5(title, text, content='', columnsize=0, tokenize='ascii')"


def upgrade() -> None:
    """Make the tables, and note that no record is in the index."""
    op.add_column("article", sa.Column("search_version", sa.Integer()))
    op.create_index("ix_article_unsearched", "article", ["first_seen", "id"], sqlite_where=UNSEARCHED,
                    postgresql_where=UNSEARCHED)
    op.create_table(
        "search_entry",
        sa.Column("id", NUMBER, sa.Identity(), nullable=False),
        sa.Column("article_id", sa.String(16), nullable=False),
        sa.Column("words", TSVECTOR().with_variant(sa.Text(), "sqlite")),
        sa.PrimaryKeyConstraint("id", name="pk_search_entry"),
        sa.UniqueConstraint("article_id", name="uq_search_entry_article_id"),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_search_entry_article_id_article"),
        sqlite_autoincrement=True,
    )
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        op.create_index("ix_search_entry_words", "search_entry", ["words"], postgresql_using="gin")
    elif connection.execute(sa.text("SELECT sqlite_compileoption_used('ENABLE_FTS5')")).scalar():
        op.execute(sa.text(WORDS))
