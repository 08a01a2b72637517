"""What travels from an address to a stored record: Link -> Page -> Article -> Outcome.

Plain frozen values, shared by every room. This module and ``store.subject`` import nothing but the standard library,
so that the pure rooms (reading, discovering) may use them without reaching a database or a network.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from store.subject import Subject


class Precision(StrEnum):
    """How exactly a moment is known."""

    SECOND = "second"
    MINUTE = "minute"
    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True, kw_only=True)
class Moment:
    """A point in time as a page states it.

    ``at`` is aware. Where only the day or the month is known it is that period's first midnight, labelled UTC for
    want of a zone: a zone is never invented, so a clock time written without one is known to the day only.
    ``origin`` says where it was read: ``feed``, ``sitemap``, ``json-ld``, ``meta``, ``time``, ``url`` or ``text``.
    """

    at: datetime
    precision: Precision
    origin: str

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError(f"a moment needs a zone: {self.at!r}")

    def __str__(self) -> str:
        """Write it as ISO 8601, no longer than it is known: ``2023-03``, ``2023-03-05``, ``2023-03-05T10:00+02:00``."""
        match self.precision:
            case Precision.MONTH:
                return f"{self.at:%Y-%m}"
            case Precision.DAY:
                return f"{self.at:%Y-%m-%d}"
            case Precision.MINUTE:
                return self.at.isoformat(timespec="minutes")
            case Precision.SECOND:
                return self.at.isoformat(timespec="seconds")


@dataclass(frozen=True, kw_only=True)
class Link:
    """An article's address as a feed, sitemap or section page gave it, with what was said beside it.

    ``key`` is the identity of the address (``crawler.discover.identity.identify``): two links with one key are one
    article, and the key itself is never fetched. ``guid`` is a feed's own identifier of the entry, of no use but to
    notice feeds that change it.
    """

    url: str
    key: str
    title: str | None = None
    published: Moment | None = None
    modified: Moment | None = None
    guid: str | None = field(default=None, compare=False)


@dataclass(frozen=True, kw_only=True)
class Page:
    """A fetched page, before anybody has read it.

    ``url`` is the address it came from after redirects (a ``file:`` URI for a file), ``link`` what led to it.
    ``content_type`` is the header as sent, charset included.
    """

    url: str
    requested_url: str
    body: bytes
    fetched_at: datetime
    content_type: str = "text/html"
    status: int = 200
    source: str | None = None
    language: str | None = None
    link: Link | None = None


@dataclass(frozen=True, kw_only=True)
class Removal:
    """A line, or a piece of one, that was not the article.

    ``where`` is readable and exact: ``line 12`` (1-based, of the text as it was read, before any removal) when the
    whole line went, ``line 12, start`` or ``line 12, end`` when a piece of it did.
    """

    text: str
    rule: str
    where: str


@dataclass(frozen=True, kw_only=True)
class Article:
    """What was read on a page.

    ``keys`` are the identities of its own address and of its canonical one, the own first. ``published`` is the
    choice among ``dates``, which keeps the rivals. ``language`` is an ISO 639 code (``sq``, ``de``, ``zh``).
    ``subject`` is None where nobody has looked yet.
    """

    url: str
    keys: tuple[str, ...]
    paragraphs: tuple[str, ...]
    source: str | None = None
    canonical_url: str | None = None
    title: str | None = None
    language: str | None = None
    authors: tuple[str, ...] = ()
    published: Moment | None = None
    modified: Moment | None = None
    dates: tuple[Moment, ...] = ()
    description: str | None = None
    image: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    paywalled: bool | None = None
    credits: tuple[str, ...] = ()
    derived_from: str | None = None
    removed: tuple[Removal, ...] = field(default=())
    subject: Subject | None = None

    @property
    def text(self) -> str:
        """The paragraphs, joined by newlines."""
        return "\n".join(self.paragraphs)


class Outcome(StrEnum):
    """What became of an article when it met the store; each is also a counter and a log event."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    NEAR_DUPLICATE = "near_duplicate"
