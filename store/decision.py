"""Say what an article is to the store: new, updated, unchanged, a duplicate or a near-duplicate. Pure.

Two things make an article known: an address of its record, and its text. Addresses are of three roles. ``own`` is the
one the record was made from; ``declared`` is tied to it by rel=canonical; ``copy`` only showed the same text once. What
an own or declared address shows next is a revision of the record; what a copy's address shows next is its own affair.

A near-copy at another outlet is a record of its own, linked to the others. At the same outlet it is the same article
published again: a further address, or a revision where it says more or other things.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from store.changes import have_replaced_facts
from store.copies.signature import Likeness
from store.fingerprint import normalise_text
from store.values import Article, Outcome

# Containment from which two texts of an outlet are one article: under the same headline, where one has none, and under
# different ones. To merge two stories is to lose one, so it asks for more than a copy elsewhere does.
AGAIN, AGAIN_UNTITLED, AGAIN_RETITLED = 0.75, 0.9, 0.97
PIECE = 0.97  # containment from which the shorter of them says nothing new
SOON = timedelta(hours=36)


@dataclass(frozen=True, kw_only=True)
class Ingested:
    """What became of an article, and the record it is in."""

    outcome: Outcome
    id: str


class Role(StrEnum):
    """What an address is to the record it led to."""

    OWN = "own"
    DECLARED = "declared"
    COPY = "copy"


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """An article as it meets the store: ``keys`` are fit for an index, ``id`` is the one it would have as a record."""

    article: Article
    keys: tuple[str, ...]
    id: str
    text_hash: str
    page_id: int | None
    now: datetime


@dataclass(frozen=True, kw_only=True)
class Sighting:
    """An address that leads to a record now."""

    id: int
    key: str
    article_id: str
    role: Role
    text_hash: str | None


@dataclass(frozen=True, kw_only=True)
class Record:
    """A record as it stands: its current text's hash and headline, its last revision."""

    id: str
    text_hash: str
    revision: int
    title: str | None = None


@dataclass(frozen=True, kw_only=True)
class Twin:
    """The record that has this very text, now or in a former revision."""

    id: str
    is_current: bool


@dataclass(frozen=True, kw_only=True)
class Near:
    """A record of the same outlet whose text is nearly the arrival's."""

    id: str
    text: str
    title: str | None
    seen_at: datetime
    published_at: datetime | None
    likeness: Likeness


@dataclass(frozen=True, kw_only=True)
class Known:
    """All that the store knows about an arrival.

    ``own`` is the sighting of its own address. ``target`` is the record that its addresses make it a version of;
    ``home`` the record that was once made from its own address, if any.
    """

    own: Sighting | None
    target: Record | None
    twin: Twin | None
    home: Record | None


def decide(arrival: Arrival, known: Known) -> Ingested:
    """Decide what an arrival is. Pure: everything it looks at is an argument."""
    own, target, twin, home = known.own, known.target, known.twin, known.home
    if target is not None:
        is_known_here = own is not None and own.article_id == target.id
        if is_known_here and own is not None and _has_new_headline(arrival, target, own):
            return Ingested(outcome=Outcome.UPDATED, id=target.id)
        if is_known_here and own is not None and arrival.text_hash == own.text_hash:
            return Ingested(outcome=Outcome.UNCHANGED, id=target.id)  # another address may have changed the record
        if arrival.text_hash == target.text_hash:
            return Ingested(outcome=Outcome.UNCHANGED if is_known_here else Outcome.DUPLICATE, id=target.id)
        if twin is not None and twin.is_current:  # the address shows another record's text now
            return Ingested(outcome=Outcome.DUPLICATE, id=twin.id)
        return Ingested(outcome=Outcome.UPDATED, id=target.id)
    if own is not None and arrival.text_hash == own.text_hash:
        return Ingested(outcome=Outcome.UNCHANGED, id=own.article_id)
    if twin is not None and twin.id != arrival.id:
        is_known_here = own is not None and own.article_id == twin.id
        return Ingested(outcome=Outcome.UNCHANGED if is_known_here else Outcome.DUPLICATE, id=twin.id)
    if home is not None:  # an address comes back to the record that was made from it
        returns = arrival.text_hash == home.text_hash
        return Ingested(outcome=Outcome.UNCHANGED if returns else Outcome.UPDATED, id=home.id)
    return Ingested(outcome=Outcome.NEW, id=arrival.id)


def decide_again(arrival: Arrival, near: Near) -> Ingested | None:
    """Decide whether an unknown address shows the same outlet's article again; None if it is a story of its own.

    Outlets also publish texts made from one mould (rates, weather, who received whom): there the figures or names of
    one are replaced by those of the other, and the headline or the day differs.
    """
    title, former = (normalise_text(each or "") for each in (arrival.article.title, near.title))
    is_titled = bool(title and former)
    needed = AGAIN_UNTITLED if not is_titled else AGAIN if title == former else AGAIN_RETITLED
    if near.likeness.containment < needed or near.likeness.spread < 1:  # one end of its own: the rest is furniture
        return None
    text = arrival.article.text
    has_other_facts = have_replaced_facts(near.text, text)
    if has_other_facts and not (is_titled and title == former and _is_soon_after(arrival, near)):
        return None
    is_piece = len(normalise_text(text)) <= len(normalise_text(near.text)) and near.likeness.containment >= PIECE
    return Ingested(outcome=Outcome.DUPLICATE if is_piece and not has_other_facts else Outcome.UPDATED, id=near.id)


def _has_new_headline(arrival: Arrival, target: Record, own: Sighting) -> bool:
    """Tell whether a record's own page shows its text under another headline; at other addresses they often differ."""
    if own.role is not Role.OWN or arrival.text_hash != target.text_hash:
        return False
    title, former = (normalise_text(each or "") for each in (arrival.article.title, target.title))
    return bool(title and former) and title != former


def _is_soon_after(arrival: Arrival, near: Near) -> bool:
    published = arrival.article.published
    if published is not None and near.published_at is not None:
        return abs(published.at - near.published_at) <= SOON
    return arrival.now - near.seen_at <= SOON
