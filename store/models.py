"""The tables. ``migrations/`` makes them; a test holds the two together. No table is ever dropped.

    source ─< run                   what is due and why, who runs it now, and what each pass did
           ├< move                  where a feed went to
           ├< observation           what its places answered, look after look
           ├< reading               what became of the pages of a run
           └< condition             what is wrong with it, from when until when
    fetch                           validators of every address asked for: feeds, sitemaps
    link                            the queue: every article address ever offered, and what became of it
    page                            raw pages, compressed, with what the reading of them gave
    article ─< revision ─< removal  one article a record; each of its texts; each line taken out of it
            ├< sighting             every address under which it was met
            ├< actor                who acts in its current text: countries, organisations, offices
            ├< dyad                 between which states it plays
            ├ search_entry          the words of its current text, to find it by
            ├< tombstone            when its page was gone
            └ recheck               when its page is looked at again
    lens_pass                       each time that all texts were looked at anew
    revision ─ fingerprint          what copies of a current text are recognised by
             └< near_key            the index of it
    near_group ─< near_member       records that are copies of each other
    dedup_pass                      each time that the index was built anew
    site ─< site_line               a site's memory: the lines its pages show, and on how many
         ├< site_page               the articles it was learnt from
         └< cleaning                a line that the memory took out of a revision's text; undone, it stays noted
    host ─< host_day, host_answer   what each host was asked, answered and wished
    robots                          robots.txt as it was last had, an origin a row
    record                          a view: one row a clean record, under the names of the export
    coverage                        a view: for each source and day, what became of the links found

``source`` columns outside the tables source and run are labels: what an import or a retired source said stays said.
"""

from datetime import datetime
from typing import Any, ClassVar, cast

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from store.columns import Json, Stated, Time, Words
from store.values import Moment

Number = BigInteger().with_variant(Integer(), "sqlite")  # SQLite counts rows by itself in an INTEGER key only


class Base(DeclarativeBase):
    """Base of the tables; constraints have names, so that migrations can reach them."""

    metadata = MetaData(naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    })
    type_annotation_map: ClassVar = {str: Words(), datetime: Time(), Moment: Stated()}


class Source(Base):
    """A source of the catalogue and its rhythm; ``failures`` counts the runs since the last good one.

    ``next_due_at`` is for the reason ``due_reason``; ``rhythm`` and ``wishes`` are the timetable's. Since
    ``failing_since`` nothing of it could be read, and ``failure_weight`` is how much that weighs. ``lease_holder`` is
    the process that runs it now; it changes ``lease_beat`` again and again, and has died when it no longer does.
    ``lease_until`` is when that is certain; unlike all other times it is the machine's, also where a test has its own.
    """

    __tablename__ = "source"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str | None]
    site: Mapped[str | None]
    language: Mapped[str | None]
    country: Mapped[str | None]
    every_seconds: Mapped[int | None]
    next_due_at: Mapped[datetime | None]
    last_started_at: Mapped[datetime | None]
    last_finished_at: Mapped[datetime | None]
    last_outcome: Mapped[str | None]
    failures: Mapped[int] = mapped_column(default=0)
    due_reason: Mapped[str | None]
    rhythm: Mapped[dict[str, Any] | None] = mapped_column(Json())
    wishes: Mapped[dict[str, Any] | None] = mapped_column(Json())
    last_good_at: Mapped[datetime | None]
    last_new_at: Mapped[datetime | None]
    failing_since: Mapped[datetime | None]
    failure_weight: Mapped[float] = mapped_column(Float, default=0.0, server_default="0")
    lease_holder: Mapped[str | None]
    lease_beat: Mapped[int] = mapped_column(default=0, server_default="0")
    lease_until: Mapped[datetime | None]


class Run(Base):
    """One pass over a source; ``finished_at`` and ``outcome`` are empty while it runs."""

    __tablename__ = "run"
    __table_args__ = (Index(None, "source_id", "started_at"),)

    id: Mapped[int] = mapped_column(Number, Identity(), primary_key=True)
    source_id: Mapped[str] = mapped_column(ForeignKey("source.id"))
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
    counts: Mapped[dict[str, int]] = mapped_column(Json())
    requests: Mapped[int] = mapped_column(default=0)
    seconds: Mapped[float | None] = mapped_column(Float)
    error: Mapped[str | None]


class Observation(Base):
    """What a place that announces articles answered; as long as it answers the same, one row, see ``conditions.Look``.

    ``items`` are the last answer's entries, each as hashes of title, address and identifier and its date; only the
    newest row of a place keeps them.
    """

    __tablename__ = "observation"
    __table_args__ = (Index(None, "source_id", "last_at"),)

    id: Mapped[int] = mapped_column(Number, Identity(), primary_key=True)
    source_id: Mapped[str] = mapped_column(ForeignKey("source.id"))
    place: Mapped[str]
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    outcome: Mapped[str]
    same: Mapped[int]
    not_modified: Mapped[int]
    size: Mapped[int | None]
    digest: Mapped[str | None] = mapped_column(String(16))
    entries: Mapped[int | None]
    fresh: Mapped[int]
    kept: Mapped[int]
    renamed: Mapped[int]
    reissued: Mapped[int]
    future: Mapped[int]
    newest: Mapped[datetime | None]
    news: Mapped[list[int] | None] = mapped_column(Json())  # seconds since 1970
    items: Mapped[list[list[int]] | None] = mapped_column(Json())


class Reading(Base):
    """What became of the pages of one run; ``text_length`` is the median of its texts, in characters."""

    __tablename__ = "reading"
    __table_args__ = (Index(None, "source_id", "at"),)

    id: Mapped[int] = mapped_column(Number, Identity(), primary_key=True)
    source_id: Mapped[str] = mapped_column(ForeignKey("source.id"))
    at: Mapped[datetime]
    pages: Mapped[int]
    read: Mapped[int]
    text_length: Mapped[int | None]
    reasons: Mapped[dict[str, int]] = mapped_column(Json())


class Condition(Base):
    """Something wrong with a source, from ``opened_at`` until ``closed_at`` (empty: still); ``place`` may be empty.

    ``told`` is what a notification last said of it, ``telling_until`` the time until which somebody tries to.
    """

    __tablename__ = "condition"
    __table_args__ = (
        Index("uq_condition_open", "source_id", "name", "place", unique=True, sqlite_where=text("closed_at IS NULL"),
              postgresql_where=text("closed_at IS NULL")),
        Index(None, "source_id", "opened_at"),
    )

    id: Mapped[int] = mapped_column(Number, Identity(), primary_key=True)
    source_id: Mapped[str] = mapped_column(ForeignKey("source.id"))
    name: Mapped[str]
    place: Mapped[str]
    evidence: Mapped[dict[str, Any]] = mapped_column(Json())
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    told: Mapped[str | None] = mapped_column(String(6))
    telling_until: Mapped[datetime | None]


class Move(Base):
    """A feed or another place of a source that went elsewhere, until ``ended_at`` (empty: still).

    ``how`` is ``301`` or ``308`` (it answered so), or ``autodiscovery`` (it was gone; the site's page names another).
    """

    __tablename__ = "move"
    __table_args__ = (Index(None, "source_id"),)

    id: Mapped[int] = mapped_column(Number, Identity(), primary_key=True)
    source_id: Mapped[str] = mapped_column(ForeignKey("source.id"))
    from_url: Mapped[str]
    to_url: Mapped[str]
    how: Mapped[str]
    found_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Fetch(Base):
    """The last answer of an address, and the validators to ask it with again."""

    __tablename__ = "fetch"

    url: Mapped[str] = mapped_column(primary_key=True)
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    status: Mapped[int]
    fetched_at: Mapped[datetime]
    changed_at: Mapped[datetime | None]


class Link(Base):
    """An article's address in the queue; ``state`` is queued, fetched or failed."""

    __tablename__ = "link"
    __table_args__ = (
        UniqueConstraint("key"),
        Index("ix_link_queue", "source", "next_try_at", sqlite_where=text("state = 'queued'"),
              postgresql_where=text("state = 'queued'")),
    )

    id: Mapped[int] = mapped_column(Number, Identity(), primary_key=True)
    key: Mapped[str]
    url: Mapped[str]
    source: Mapped[str]
    title: Mapped[str | None]
    published: Mapped[Moment | None]
    modified: Mapped[Moment | None]
    found_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(8))
    attempts: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str | None]
    next_try_at: Mapped[datetime | None]


class Page(Base):
    """A fetched page; ``state`` is unread, read or failed, ``outcome`` the word of its last reading."""

    __tablename__ = "page"
    __table_args__ = (
        UniqueConstraint("key", "body_sha256"),
        Index("ix_page_unread", "source", sqlite_where=text("state = 'unread'"),
              postgresql_where=text("state = 'unread'")),
        Index("ix_page_off_topic", "source", sqlite_where=text("outcome = 'off_topic'"),
              postgresql_where=text("outcome = 'off_topic'")),
        Index(None, "article_id"),
    )

    id: Mapped[int] = mapped_column(Number, Identity(), primary_key=True)
    key: Mapped[str]
    url: Mapped[str]
    requested_url: Mapped[str]
    source: Mapped[str | None]
    status: Mapped[int]
    content_type: Mapped[str]
    language: Mapped[str | None]
    fetched_at: Mapped[datetime]
    last_fetched_at: Mapped[datetime]
    link: Mapped[dict[str, Any] | None] = mapped_column(Json())
    size: Mapped[int]
    body_sha256: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(8))
    outcome: Mapped[str | None]
    detail: Mapped[str | None]
    read_at: Mapped[datetime | None]
    article_id: Mapped[str | None] = mapped_column(String(16), ForeignKey("article.id"))
    body: Mapped[bytes] = mapped_column(LargeBinary)  # last: SQLite reads a row's columns in order


class Article(Base):
    """A record: what stays the same through its revisions. ``text_hash`` is that of its current text.

    ``relevance`` to ``kind_evidence`` are what the lens saw in its current text; ``lens_version`` is that of the lens,
    null where it has not looked yet, or not since the text was cleaned. ``search_version`` is that of the index of
    words, null where its current text is not in it.
    """

    __tablename__ = "article"
    __table_args__ = (
        UniqueConstraint("text_hash"),
        Index(None, "first_seen", "id"),
        Index(None, "published_at"),
        Index("ix_article_stats", "published_at", "first_seen", "source", "language", "kind", "relevance", "id"),
        Index("ix_article_unlooked", "source", "first_seen", "id", sqlite_where=text("lens_version IS NULL"),
              postgresql_where=text("lens_version IS NULL")),
        Index("ix_article_unsearched", "first_seen", "id", sqlite_where=text("search_version IS NULL"),
              postgresql_where=text("search_version IS NULL")),
    )

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    key: Mapped[str]
    url: Mapped[str]
    canonical_url: Mapped[str | None]
    source: Mapped[str | None]
    language: Mapped[str | None]
    published: Mapped[str | None]
    published_precision: Mapped[str | None]
    published_origin: Mapped[str | None]
    published_at: Mapped[datetime | None]
    dates: Mapped[list[dict[str, str]]] = mapped_column(Json())
    image: Mapped[str | None]
    section: Mapped[str | None]
    tags: Mapped[list[str]] = mapped_column(Json())
    paywalled: Mapped[bool | None]
    text_hash: Mapped[str] = mapped_column(String(32))
    revision: Mapped[int]
    first_seen: Mapped[datetime]
    last_seen: Mapped[datetime]
    relevance: Mapped[float | None] = mapped_column(Float)
    relevance_reasons: Mapped[list[dict[str, Any]] | None] = mapped_column(Json())
    kind: Mapped[str | None] = mapped_column(String(12))
    kind_evidence: Mapped[str | None]
    lens_version: Mapped[int | None]
    search_version: Mapped[int | None]


class Actor(Base):
    """Who acts in a record's current text, in the order of ``position``.

    ``sort`` is ``country`` (``code`` is ISO 3166-1), ``organisation`` (its English short name) or ``office`` (its name;
    ``country`` is the state named beside it). ``role`` is ``main``, ``mention`` or ``passing``. The first mention is
    ``start`` characters into the part that ``part`` names, ``title`` or ``text``; ``evidence`` has the first few.
    """

    __tablename__ = "actor"
    __table_args__ = (
        Index(None, "sort", "code", "role", "article_id"),
        {"sqlite_with_rowid": False},
    )

    article_id: Mapped[str] = mapped_column(String(16), ForeignKey("article.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sort: Mapped[str] = mapped_column(String(12))
    code: Mapped[str] = mapped_column(String(24))
    country: Mapped[str | None] = mapped_column(String(2))
    role: Mapped[str] = mapped_column(String(8))
    mentions: Mapped[int]
    weight: Mapped[float | None] = mapped_column(Float)
    part: Mapped[str] = mapped_column(String(8))
    start: Mapped[int]
    evidence: Mapped[list[list[Any]]] = mapped_column(Json())


class Dyad(Base):
    """Two states (or a state and the EU) that a record's current text sets against each other; the strongest first.

    ``first`` comes before ``second`` in the alphabet. ``sentences`` is how many name both.
    """

    __tablename__ = "dyad"
    __table_args__ = (
        Index(None, "first", "second", "article_id"),
        {"sqlite_with_rowid": False},
    )

    article_id: Mapped[str] = mapped_column(String(16), ForeignKey("article.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    first: Mapped[str] = mapped_column(String(2))
    second: Mapped[str] = mapped_column(String(2))
    strength: Mapped[float] = mapped_column(Float)
    sentences: Mapped[int]


class SearchEntry(Base):
    """A record's words, as ``store.search.words`` cuts them.

    On SQLite they are in the FTS5 table ``search_words``, whose rowid is ``id``: it cannot forget a row that it does
    not keep, so a new text gets a new id, none is used again, and rows without an entry are passed over.
    """

    __tablename__ = "search_entry"
    __table_args__ = (
        UniqueConstraint("article_id"),
        Index(None, "words", postgresql_using="gin").ddl_if(dialect="postgresql"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Number, Identity(), primary_key=True)
    article_id: Mapped[str] = mapped_column(String(16), ForeignKey("article.id"))
    words: Mapped[str | None] = mapped_column(TSVECTOR().with_variant(Text(), "sqlite"))


class LensPass(Base):
    """A time that all texts were looked at anew; ``finished_at`` is empty while it runs, or was stopped."""

    __tablename__ = "lens_pass"

    id: Mapped[int] = mapped_column(Number, Identity(), primary_key=True)
    version: Mapped[int]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class Revision(Base):
    """One text of an article, with what was said beside it; numbered from 1."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("article_id", "number"), Index(None, "text_hash"))

    id: Mapped[int] = mapped_column(Number, Identity(), primary_key=True)
    article_id: Mapped[str] = mapped_column(String(16), ForeignKey("article.id"))
    number: Mapped[int]
    seen_at: Mapped[datetime]
    page_id: Mapped[int | None] = mapped_column(Number, ForeignKey("page.id"))
    text_hash: Mapped[str] = mapped_column(String(32))
    title: Mapped[str | None]
    description: Mapped[str | None]
    authors: Mapped[list[str]] = mapped_column(Json())
    credits: Mapped[list[str]] = mapped_column(Json())
    derived_from: Mapped[str | None]
    modified: Mapped[str | None]
    modified_at: Mapped[datetime | None]
    text: Mapped[str]


class Removal(Base):
    """A line taken out of a revision, with the rule that did it."""

    __tablename__ = "removal"
    __table_args__ = (UniqueConstraint("revision_id", "position"), Index(None, "rule"))

    id: Mapped[int] = mapped_column(Number, Identity(), primary_key=True)
    revision_id: Mapped[int] = mapped_column(Number, ForeignKey("revision.id"))
    position: Mapped[int]
    text: Mapped[str]
    rule: Mapped[str]
    place: Mapped[str]  # ``where`` in the export; a word that SQL keeps for itself


class Sighting(Base):
    """An address that led to an article, from ``first_seen`` until ``ended_at`` (empty: still).

    ``role`` is ``own`` (the record's own address), ``declared`` (tied to it by rel=canonical) or ``copy`` (the same
    text elsewhere). ``text_hash`` is the text last met there, ``times`` how often a page was; 0 where an address was
    only declared. ``credits`` are those of the page met there: copies of one wire story differ in them.
    """

    __tablename__ = "sighting"
    __table_args__ = (
        Index("uq_sighting_key", "key", unique=True, sqlite_where=text("ended_at IS NULL"),
              postgresql_where=text("ended_at IS NULL")),
        Index(None, "article_id"),
        Index("ix_sighting_copy", "first_seen", "source", sqlite_where=text("role = 'copy'"),
              postgresql_where=text("role = 'copy'")),
    )

    id: Mapped[int] = mapped_column(Number, Identity(), primary_key=True)
    key: Mapped[str]
    article_id: Mapped[str] = mapped_column(String(16), ForeignKey("article.id"))
    role: Mapped[str] = mapped_column(String(8))
    url: Mapped[str | None]
    source: Mapped[str | None]
    page_id: Mapped[int | None] = mapped_column(Number, ForeignKey("page.id"))
    text_hash: Mapped[str | None] = mapped_column(String(32))
    first_seen: Mapped[datetime]
    last_seen: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    times: Mapped[int]
    credits: Mapped[list[str] | None] = mapped_column(Json())


class Site(Base):
    """A site as its memory knows it: the host of its articles. ``pages`` counts those articles, each once.

    ``is_off``: its memory was undone by hand, and takes nothing out until somebody lets it learn again.
    """

    __tablename__ = "site"
    __table_args__ = (UniqueConstraint("name"),)

    id: Mapped[int] = mapped_column(Number, Identity(), primary_key=True)
    name: Mapped[str]
    pages: Mapped[int] = mapped_column(default=0)
    is_off: Mapped[bool] = mapped_column(default=False)


class SitePage(Base):
    """An article that a site's memory has learnt from, numbered from 1 within the site.

    ``due`` is the number of pages at which its text is looked at again; empty when it was for the last time. ``lines``
    are what its page showed, in the format of ``store.page_lines``; empty when it is long ago.
    """

    __tablename__ = "site_page"
    __table_args__ = (UniqueConstraint("article_id"), Index(None, "site_id", "due"))

    site_id: Mapped[int] = mapped_column(Number, ForeignKey("site.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[str] = mapped_column(String(16), ForeignKey("article.id"))
    due: Mapped[int | None]
    lines: Mapped[bytes | None] = mapped_column(LargeBinary())


class SiteLine(Base):
    """A line that two pages of a site showed, or more: on how many, where it stood there, what a person said of it.

    ``key`` is the line without its numbers and dates, or a template of it, hashed; only the first kind has a sample.
    A line that was seen once is with its page (``site_page.lines``) until it is forgotten.
    """

    __tablename__ = "site_line"
    __table_args__ = ({"sqlite_with_rowid": False},)  # one tree, in the order of its key: half the writing

    site_id: Mapped[int] = mapped_column(Number, ForeignKey("site.id"), primary_key=True)
    key: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    pages: Mapped[int]
    outside: Mapped[int]
    head: Mapped[int]
    tail: Mapped[int]
    apart: Mapped[int]
    heading: Mapped[int]
    repeated: Mapped[int]
    first_page: Mapped[int]
    last_page: Mapped[int]
    first_seen: Mapped[datetime]
    last_seen: Mapped[datetime]
    ruling: Mapped[str | None] = mapped_column(String(4))
    sample: Mapped[str | None]


class Cleaning(Base):
    """A line that a site's memory took out of a stored text, and put back where ``restored_at`` says so.

    A cleaning is ours and no revision: the publisher changed nothing, and we read the same page better. ``paragraph``
    is the line's number, from 0, in the whole text, of which ``whole_hash`` is the hash; the text as it stands and the
    lines taken out of it make the whole one again, byte for byte.
    """

    __tablename__ = "cleaning"
    __table_args__ = (Index(None, "revision_id"), Index(None, "whole_hash"), Index(None, "site_id", "key"))

    id: Mapped[int] = mapped_column(Number, Identity(), primary_key=True)
    revision_id: Mapped[int] = mapped_column(Number, ForeignKey("revision.id"))
    site_id: Mapped[int] = mapped_column(Number, ForeignKey("site.id"))
    key: Mapped[int] = mapped_column(BigInteger)
    paragraph: Mapped[int]
    text: Mapped[str]
    evidence: Mapped[str]
    place: Mapped[str]
    whole_hash: Mapped[str] = mapped_column(String(32))
    cleaned_at: Mapped[datetime]
    restored_at: Mapped[datetime | None]


class Fingerprint(Base):
    """The signature of a record's current text, as ``store.copies.signature`` makes it; of former ones none is kept."""

    __tablename__ = "fingerprint"

    revision_id: Mapped[int] = mapped_column(Number, ForeignKey("revision.id"), primary_key=True, autoincrement=False)
    signature: Mapped[bytes] = mapped_column(LargeBinary)


class NearKey(Base):
    """A key of the index: a run of words that a text has, hashed. Rows of former texts may stay and mean nothing."""

    __tablename__ = "near_key"
    __table_args__ = ({"sqlite_with_rowid": False},)

    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    revision_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)


class NearGroup(Base):
    """Copies of one text, as records of their own.

    ``earliest_id`` is the member that was published first, as far as is known, at ``earliest_at``. ``credited`` are
    the agencies and outlets that members credit, in lists that have no name in common: one list an origin.
    """

    __tablename__ = "near_group"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    earliest_id: Mapped[str] = mapped_column(String(16), ForeignKey("article.id"))
    earliest_at: Mapped[datetime]
    members: Mapped[int]
    origins: Mapped[int]
    credits: Mapped[list[str]] = mapped_column(Json())
    credited: Mapped[list[list[str]]] = mapped_column(Json())


class NearMember(Base):
    """A record in a group of copies; ``near_id`` is the record that it was found to be a copy of, and how much so."""

    __tablename__ = "near_member"
    __table_args__ = (Index(None, "group_id"),)

    article_id: Mapped[str] = mapped_column(String(16), ForeignKey("article.id"), primary_key=True)
    group_id: Mapped[str] = mapped_column(String(16), ForeignKey("near_group.id"))
    near_id: Mapped[str | None] = mapped_column(String(16), ForeignKey("article.id"))
    resemblance: Mapped[float | None] = mapped_column(Float)
    containment: Mapped[float | None] = mapped_column(Float)
    joined_at: Mapped[datetime]


class DedupPass(Base):
    """A time the index of copies was built anew; ``finished_at`` is empty while it runs, or was stopped."""

    __tablename__ = "dedup_pass"

    id: Mapped[int] = mapped_column(Number, Identity(), primary_key=True)
    version: Mapped[int]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class Tombstone(Base):
    """A page that was there and is gone: since ``gone_at``, until ``back_at`` (empty: still)."""

    __tablename__ = "tombstone"
    __table_args__ = (
        Index("uq_tombstone_key", "key", unique=True, sqlite_where=text("back_at IS NULL"),
              postgresql_where=text("back_at IS NULL")),
        Index(None, "article_id"),
    )

    id: Mapped[int] = mapped_column(Number, Identity(), primary_key=True)
    article_id: Mapped[str] = mapped_column(String(16), ForeignKey("article.id"))
    key: Mapped[str]
    status: Mapped[int]
    gone_at: Mapped[datetime]
    back_at: Mapped[datetime | None]


class Recheck(Base):
    """When a record's page is looked at again; ``next_check_at`` is empty when it no longer is."""

    __tablename__ = "recheck"
    __table_args__ = (
        Index("ix_recheck_due", "source", "next_check_at", sqlite_where=text("next_check_at IS NOT NULL"),
              postgresql_where=text("next_check_at IS NOT NULL")),
    )

    article_id: Mapped[str] = mapped_column(String(16), ForeignKey("article.id"), primary_key=True)
    source: Mapped[str]
    url: Mapped[str]
    next_check_at: Mapped[datetime | None]
    last_checked_at: Mapped[datetime | None]
    checks: Mapped[int]


class Host(Base):
    """A host that asked for a pause, or that stopped answering: nothing is asked of it before ``paused_until``."""

    __tablename__ = "host"

    name: Mapped[str] = mapped_column(primary_key=True)
    paused_until: Mapped[datetime | None]
    reason: Mapped[str | None]


class HostDay(Base):
    """What a host was asked on a day (UTC, as ``2026-11-22``), and how its wishes were kept.

    ``conditional`` are the requests that carried validators, ``bytes`` those of the bodies as they were sent. Spacing
    is from the end of an answer to the next request, in seconds: the longest that was owed (``pause``), the part of it
    that robots.txt asks for (``crawl_delay``), the shortest that was kept (``spacing``), and how many requests came
    sooner than owed (``hurried``). ``waits`` counts the pauses that the host asked for (Retry-After, 429, 503).
    """

    __tablename__ = "host_day"

    host: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[str] = mapped_column(String(10), primary_key=True)
    requests: Mapped[int]
    conditional: Mapped[int]
    bytes: Mapped[int] = mapped_column(BigInteger)
    seconds: Mapped[float] = mapped_column(Float)
    waits: Mapped[int]
    hurried: Mapped[int]
    pause: Mapped[float | None] = mapped_column(Float)
    crawl_delay: Mapped[float | None] = mapped_column(Float)
    spacing: Mapped[float | None] = mapped_column(Float)


class HostAnswer(Base):
    """How often a host's day came to a word: a status (``304``), a failure (``timeout``), or our own refusal."""

    __tablename__ = "host_answer"

    host: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[str] = mapped_column(String(10), primary_key=True)
    word: Mapped[str] = mapped_column(String(40), primary_key=True)
    times: Mapped[int]


class Robots(Base):
    """An origin's robots.txt as it was last had, compressed, and since when it could not be had again."""

    __tablename__ = "robots"

    origin: Mapped[str] = mapped_column(primary_key=True)
    status: Mapped[int]
    body: Mapped[bytes] = mapped_column(LargeBinary)
    fetched_at: Mapped[datetime | None]
    unreachable_since: Mapped[datetime | None]


def table_of(model: type[Base]) -> Table:
    """Give a model's table: a statement on it is built once and run many times without the ORM's share of the work."""
    return cast(Table, model.__table__)


record = Table(
    "record",
    MetaData(),  # its own: a view is not made by create_all
    Column("id", String(16)),
    Column("url", Words),
    Column("canonical_url", Words),
    Column("source", Words),
    Column("title", Words),
    Column("text", Words),
    Column("language", Words),
    Column("authors", Json),
    Column("published", Words),
    Column("published_precision", Words),
    Column("published_origin", Words),
    Column("published_at", Time),
    Column("dates", Json),
    Column("modified", Words),
    Column("modified_at", Time),
    Column("description", Words),
    Column("image", Words),
    Column("section", Words),
    Column("tags", Json),
    Column("paywalled", Boolean),
    Column("credits", Json),
    Column("derived_from", Words),
    Column("removed", Json),
    Column("first_seen", Time),
    Column("last_seen", Time),
    Column("sightings", Integer),
    Column("revision", Integer),
    Column("gone_at", Time),
    Column("near_group", String(16)),
    Column("group_earliest", String(16)),
    Column("group_members", Integer),
    Column("group_origins", Integer),
    Column("group_credits", Json),
    Column("relevance", Float),
    Column("relevance_reasons", Json),
    Column("countries", Json),
    Column("organisations", Json),
    Column("offices", Json),
    Column("dyads", Json),
    Column("kind", String(12)),
    Column("retrieved", Time),
    Column("page_sha256", String(64)),
)

coverage = Table(
    "coverage",
    MetaData(),
    Column("source", Words),
    Column("day", String(10)),
    Column("outcome", Words),
    Column("links", Integer),
)
