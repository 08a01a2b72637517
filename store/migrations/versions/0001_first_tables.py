"""The first tables, and the view ``record``.

Frozen: it imports nothing of ``store``, so that it makes tomorrow what it made today.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
JSON = sa.JSON().with_variant(JSONB(), "postgresql")

STILL = sa.text("ended_at IS NULL")
QUEUED = sa.text("state = 'queued'")
UNREAD = sa.text("state = 'unread'")

RECORD = """
CREATE VIEW record AS
SELECT article.id, article.url, article.canonical_url, article.source, revision.title, revision.text, article.language,
       revision.authors, article.published, article.published_precision, article.published_origin,
       article.published_at, article.dates, revision.modified, revision.modified_at, revision.description,
       article.image, article.section, article.tags, article.paywalled, revision.credits, revision.derived_from,
       {removed} AS removed,
       article.first_seen, article.last_seen,
       (SELECT count(*) FROM sighting
         WHERE sighting.article_id = article.id AND sighting.ended_at IS NULL AND sighting.times > 0) AS sightings,
       article.revision
  FROM article
  JOIN revision ON revision.article_id = article.id AND revision.number = article.revision
"""

REMOVED = {
    "sqlite": """
       (SELECT json_group_array(json_object('text', line.text, 'rule', line.rule, 'where', line.place))
          FROM (SELECT text, rule, place FROM removal
                 WHERE removal.revision_id = revision.id ORDER BY position) AS line)""",
    "postgresql": """
       (SELECT coalesce(jsonb_agg(jsonb_build_object('text', text, 'rule', rule, 'where', place) ORDER BY position),
                        '[]'::jsonb)
          FROM removal WHERE removal.revision_id = revision.id)""",
}


def upgrade() -> None:
    """Make the tables."""
    make_catalogue()
    make_queue()
    make_articles()
    make_pages()
    make_texts()
    op.execute(sa.text(RECORD.format(removed=REMOVED[op.get_bind().dialect.name])))


def make_catalogue() -> None:
    """Make what says when each source is due, and what each run did."""
    op.create_table(
        "source",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text()),
        sa.Column("site", sa.Text()),
        sa.Column("language", sa.Text()),
        sa.Column("country", sa.Text()),
        sa.Column("every_seconds", sa.Integer()),
        sa.Column("next_due_at", TIME),
        sa.Column("last_started_at", TIME),
        sa.Column("last_finished_at", TIME),
        sa.Column("last_outcome", sa.Text()),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_source"),
    )
    op.create_table(
        "run",
        sa.Column("id", NUMBER, sa.Identity(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("started_at", TIME, nullable=False),
        sa.Column("finished_at", TIME),
        sa.Column("outcome", sa.Text()),
        sa.Column("counts", JSON, nullable=False),
        sa.Column("requests", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Float()),
        sa.Column("error", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_run"),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_run_source_id_source"),
    )
    op.create_index("ix_run_source_id_started_at", "run", ["source_id", "started_at"])


def make_queue() -> None:
    """Make what is known of addresses before their pages are here."""
    op.create_table(
        "fetch",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text()),
        sa.Column("last_modified", sa.Text()),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("fetched_at", TIME, nullable=False),
        sa.Column("changed_at", TIME),
        sa.PrimaryKeyConstraint("url", name="pk_fetch"),
    )
    op.create_table(
        "link",
        sa.Column("id", NUMBER, sa.Identity(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("published", JSON),
        sa.Column("modified", JSON),
        sa.Column("found_at", TIME, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("next_try_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_link"),
        sa.UniqueConstraint("key", name="uq_link_key"),
    )
    op.create_index("ix_link_queue", "link", ["source", "next_try_at"], sqlite_where=QUEUED, postgresql_where=QUEUED)


def make_articles() -> None:
    """Make the records."""
    op.create_table(
        "article",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("canonical_url", sa.Text()),
        sa.Column("source", sa.Text()),
        sa.Column("language", sa.Text()),
        sa.Column("published", sa.Text()),
        sa.Column("published_precision", sa.Text()),
        sa.Column("published_origin", sa.Text()),
        sa.Column("published_at", TIME),
        sa.Column("dates", JSON, nullable=False),
        sa.Column("image", sa.Text()),
        sa.Column("section", sa.Text()),
        sa.Column("tags", JSON, nullable=False),
        sa.Column("paywalled", sa.Boolean()),
        sa.Column("text_hash", sa.String(32), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("first_seen", TIME, nullable=False),
        sa.Column("last_seen", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_article"),
        sa.UniqueConstraint("text_hash", name="uq_article_text_hash"),
    )
    op.create_index("ix_article_first_seen_id", "article", ["first_seen", "id"])
    op.create_index("ix_article_published_at", "article", ["published_at"])


def make_pages() -> None:
    """Make the archive of raw pages."""
    op.create_table(
        "page",
        sa.Column("id", NUMBER, sa.Identity(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("requested_url", sa.Text(), nullable=False),
        sa.Column("source", sa.Text()),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("language", sa.Text()),
        sa.Column("fetched_at", TIME, nullable=False),
        sa.Column("last_fetched_at", TIME, nullable=False),
        sa.Column("link", JSON),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("body_sha256", sa.String(64), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("outcome", sa.Text()),
        sa.Column("detail", sa.Text()),
        sa.Column("read_at", TIME),
        sa.Column("article_id", sa.String(16)),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_page"),
        sa.UniqueConstraint("key", "body_sha256", name="uq_page_key_body_sha256"),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_page_article_id_article"),
    )
    op.create_index("ix_page_unread", "page", ["source"], sqlite_where=UNREAD, postgresql_where=UNREAD)
    op.create_index("ix_page_article_id", "page", ["article_id"])


def make_texts() -> None:
    """Make what hangs on a record: its texts, the lines taken out of them, its addresses."""
    op.create_table(
        "revision",
        sa.Column("id", NUMBER, sa.Identity(), nullable=False),
        sa.Column("article_id", sa.String(16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seen_at", TIME, nullable=False),
        sa.Column("page_id", NUMBER),
        sa.Column("text_hash", sa.String(32), nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("description", sa.Text()),
        sa.Column("authors", JSON, nullable=False),
        sa.Column("credits", JSON, nullable=False),
        sa.Column("derived_from", sa.Text()),
        sa.Column("modified", sa.Text()),
        sa.Column("modified_at", TIME),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_revision"),
        sa.UniqueConstraint("article_id", "number", name="uq_revision_article_id_number"),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_revision_article_id_article"),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="fk_revision_page_id_page"),
    )
    op.create_index("ix_revision_text_hash", "revision", ["text_hash"])
    op.create_table(
        "removal",
        sa.Column("id", NUMBER, sa.Identity(), nullable=False),
        sa.Column("revision_id", NUMBER, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_removal"),
        sa.UniqueConstraint("revision_id", "position", name="uq_removal_revision_id_position"),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name="fk_removal_revision_id_revision"),
    )
    op.create_index("ix_removal_rule", "removal", ["rule"])
    op.create_table(
        "sighting",
        sa.Column("id", NUMBER, sa.Identity(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("article_id", sa.String(16), nullable=False),
        sa.Column("role", sa.String(8), nullable=False),
        sa.Column("url", sa.Text()),
        sa.Column("source", sa.Text()),
        sa.Column("page_id", NUMBER),
        sa.Column("text_hash", sa.String(32)),
        sa.Column("first_seen", TIME, nullable=False),
        sa.Column("last_seen", TIME, nullable=False),
        sa.Column("ended_at", TIME),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sighting"),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_sighting_article_id_article"),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="fk_sighting_page_id_page"),
    )
    op.create_index("uq_sighting_key", "sighting", ["key"], unique=True, sqlite_where=STILL, postgresql_where=STILL)
    op.create_index("ix_sighting_article_id", "sighting", ["article_id"])
