"""What a citation needs: the view ``record`` says when the text was retrieved, and what the page hashes to.

Frozen: it imports nothing of ``store``.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

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
       article.kind,
       coalesce(page.fetched_at, revision.seen_at) AS retrieved, page.body_sha256 AS page_sha256
  FROM article
  JOIN revision ON revision.article_id = article.id AND revision.number = article.revision
  LEFT JOIN page ON page.id = revision.page_id
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
    """Make the view anew."""
    op.execute(sa.text("DROP VIEW record"))
    op.execute(sa.text(write_view(op.get_bind().dialect.name)))


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
