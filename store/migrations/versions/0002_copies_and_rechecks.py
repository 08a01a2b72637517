"""Copies of a text as a group, pages that are gone, pages to be looked at again; the view ``record`` says so.

Frozen: it imports nothing of ``store``. A filled database has no fingerprints afterwards: ``avvisi dedup`` makes them.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
JSON = sa.JSON().with_variant(JSONB(), "postgresql")

GONE = sa.text("back_at IS NULL")
WATCHED = sa.text("next_check_at IS NOT NULL")

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
       article.revision,
       (SELECT min(tombstone.gone_at) FROM tombstone
         WHERE tombstone.article_id = article.id AND tombstone.key = article.key
           AND tombstone.back_at IS NULL) AS gone_at,
       near_member.group_id AS near_group, near_group.earliest_id AS group_earliest,
       near_group.members AS group_members, near_group.origins AS group_origins, near_group.credits AS group_credits
  FROM article
  JOIN revision ON revision.article_id = article.id AND revision.number = article.revision
  LEFT JOIN near_member ON near_member.article_id = article.id
  LEFT JOIN near_group ON near_group.id = near_member.group_id
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
    """Make the tables and the view anew."""
    make_index()
    make_groups()
    make_watch()
    op.execute(sa.text("DROP VIEW record"))
    op.execute(sa.text(RECORD.format(removed=REMOVED[op.get_bind().dialect.name])))


def make_index() -> None:
    """Make what copies are recognised by."""
    op.create_table(
        "fingerprint",
        sa.Column("revision_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("revision_id", name="pk_fingerprint"),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name="fk_fingerprint_revision_id_revision"),
    )
    op.create_table(
        "near_key",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("revision_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("key", "revision_id", name="pk_near_key"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "dedup_pass",
        sa.Column("id", NUMBER, sa.Identity(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("started_at", TIME, nullable=False),
        sa.Column("finished_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_dedup_pass"),
    )


def make_groups() -> None:
    """Make what links copies."""
    op.create_table(
        "near_group",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("earliest_id", sa.String(16), nullable=False),
        sa.Column("earliest_at", TIME, nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("origins", sa.Integer(), nullable=False),
        sa.Column("credits", JSON, nullable=False),
        sa.Column("credited", JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_near_group"),
        sa.ForeignKeyConstraint(["earliest_id"], ["article.id"], name="fk_near_group_earliest_id_article"),
    )
    op.create_table(
        "near_member",
        sa.Column("article_id", sa.String(16), nullable=False),
        sa.Column("group_id", sa.String(16), nullable=False),
        sa.Column("near_id", sa.String(16)),
        sa.Column("resemblance", sa.Float()),
        sa.Column("containment", sa.Float()),
        sa.Column("joined_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("article_id", name="pk_near_member"),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_near_member_article_id_article"),
        sa.ForeignKeyConstraint(["group_id"], ["near_group.id"], name="fk_near_member_group_id_near_group"),
        sa.ForeignKeyConstraint(["near_id"], ["article.id"], name="fk_near_member_near_id_article"),
    )
    op.create_index("ix_near_member_group_id", "near_member", ["group_id"])


def make_watch() -> None:
    """Make what is known of pages that were stored and may change or go."""
    op.create_table(
        "tombstone",
        sa.Column("id", NUMBER, sa.Identity(), nullable=False),
        sa.Column("article_id", sa.String(16), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("gone_at", TIME, nullable=False),
        sa.Column("back_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_tombstone"),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_tombstone_article_id_article"),
    )
    op.create_index("uq_tombstone_key", "tombstone", ["key"], unique=True, sqlite_where=GONE, postgresql_where=GONE)
    op.create_index("ix_tombstone_article_id", "tombstone", ["article_id"])
    op.create_table(
        "recheck",
        sa.Column("article_id", sa.String(16), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("next_check_at", TIME),
        sa.Column("last_checked_at", TIME),
        sa.Column("checks", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", name="pk_recheck"),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_recheck_article_id_article"),
    )
    op.create_index("ix_recheck_due", "recheck", ["source", "next_check_at"], sqlite_where=WATCHED,
                    postgresql_where=WATCHED)
