"""What a record is about: relevance, kind, actors, dyads; the view ``record`` says so.

Frozen: it imports nothing of ``store``. Records stored before have nothing of it: ``avvisi lens`` looks at them.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0005"
down_revision = "0004"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
JSON = sa.JSON().with_variant(JSONB(), "postgresql")

OFF_TOPIC = sa.text("outcome = 'off_topic'")
UNLOOKED = sa.text("lens_version IS NULL")
COPY = sa.text("role = 'copy'")

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
       near_group.members AS group_members, near_group.origins AS group_origins, near_group.credits AS group_credits,
       article.relevance, coalesce(article.relevance_reasons, {none}) AS relevance_reasons,
       {countries} AS countries, {organisations} AS organisations, {offices} AS offices, {dyads} AS dyads,
       article.kind
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


# A list of words each; the words come from codes of ours, but an office may have no country beside it.
LISTED = {
    "sqlite": "(SELECT json_group_array(word) FROM (SELECT {word} AS word FROM {rows} ORDER BY position))",
    "postgresql": "(SELECT coalesce(jsonb_agg({word} ORDER BY position), '[]'::jsonb) FROM {rows})",
}
ACTORS = "actor WHERE actor.article_id = article.id AND sort = '{sort}'"
NONE = {"sqlite": "'[]'", "postgresql": "'[]'::jsonb"}


def upgrade() -> None:
    """Make the tables and the view anew."""
    op.execute(sa.text("DROP VIEW record"))
    for column in (sa.Column("relevance", sa.Float()), sa.Column("relevance_reasons", JSON),
                   sa.Column("kind", sa.String(12)), sa.Column("kind_evidence", sa.Text()),
                   sa.Column("lens_version", sa.Integer())):
        op.add_column("article", column)
    make_actors()
    make_indexes()
    op.execute(sa.text(write_view(op.get_bind().dialect.name)))


def make_actors() -> None:
    """Make what tells who acts, and between whom."""
    op.create_table(
        "actor",
        sa.Column("article_id", sa.String(16), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sort", sa.String(12), nullable=False),
        sa.Column("code", sa.String(24), nullable=False),
        sa.Column("country", sa.String(2)),
        sa.Column("role", sa.String(8), nullable=False),
        sa.Column("mentions", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Float()),
        sa.Column("part", sa.String(8), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("evidence", JSON, nullable=False),
        sa.PrimaryKeyConstraint("article_id", "position", name="pk_actor"),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_actor_article_id_article"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "dyad",
        sa.Column("article_id", sa.String(16), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("first", sa.String(2), nullable=False),
        sa.Column("second", sa.String(2), nullable=False),
        sa.Column("strength", sa.Float(), nullable=False),
        sa.Column("sentences", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", "position", name="pk_dyad"),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_dyad_article_id_article"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "lens_pass",
        sa.Column("id", NUMBER, sa.Identity(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("started_at", TIME, nullable=False),
        sa.Column("finished_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_lens_pass"),
    )


def make_indexes() -> None:
    """Make what `export --between`, `--about` and `stats` look things up in."""
    op.create_index("ix_actor_sort_code_role_article_id", "actor", ["sort", "code", "role", "article_id"])
    op.create_index("ix_dyad_first_second_article_id", "dyad", ["first", "second", "article_id"])
    op.create_index("ix_article_stats", "article",
                    ["published_at", "first_seen", "source", "language", "kind", "relevance", "id"])
    op.create_index("ix_article_unlooked", "article", ["source", "first_seen", "id"], sqlite_where=UNLOOKED,
                    postgresql_where=UNLOOKED)
    op.create_index("ix_page_off_topic", "page", ["source"], sqlite_where=OFF_TOPIC, postgresql_where=OFF_TOPIC)
    op.create_index("ix_sighting_copy", "sighting", ["first_seen", "source"], sqlite_where=COPY, postgresql_where=COPY)


def write_view(dialect: str) -> str:
    """Spell the view in a database's own words."""
    listed = LISTED[dialect]
    return RECORD.format(
        removed=REMOVED[dialect],
        none=NONE[dialect],
        countries=listed.format(word="code", rows=ACTORS.format(sort="country") + " AND role <> 'passing'"),
        organisations=listed.format(word="code", rows=ACTORS.format(sort="organisation")),
        offices=listed.format(word="coalesce(country || ' ', '') || code", rows=ACTORS.format(sort="office")),
        dyads=listed.format(word="first || '-' || second", rows="dyad WHERE dyad.article_id = article.id"),
    )
