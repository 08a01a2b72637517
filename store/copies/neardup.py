"""Find and link the copies of a text: wire stories with another credit, cut leads, texts quoted whole.

A text's 16 keys are rows of the index; texts that share a key are looked at by their signatures, and what may be a copy
is compared shingle by shingle. Three things keep wrong company out:

- A key that ``CROWD`` texts have is no longer added to: such a run of words says nothing, and costs time.
- A paragraph that an outlet's other records have too is furniture, and no part of the text here.
- Groups are joined by copies of the whole only. A text that quotes two stories is in one group and joins none.

Everything runs in the caller's transaction, which must hold the database's write lock (``Database.begin``): who looks
and then writes would miss a copy that another one writes meanwhile.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from store import models
from store.copies.groups import GroupState, Member, enter, merge
from store.copies.shingles import Shingles, cut_shingles
from store.copies.signature import (
    Fingerprint,
    Likeness,
    UnknownFormat,
    compare,
    estimate_resemblance,
    make_fingerprint,
    may_be_copies,
    unpack_fingerprint,
)
from store.fingerprint import make_id, normalise_text
from store.outlets import name_outlet

CROWD = 64  # texts to a key
LOOKED_AT = 48  # candidates whose signatures are looked at, those with most keys in common first
COMPARED = 8  # candidates that are compared whole, and
COMPARED_OF_GROUP = 2  # how many of them may be of one group: its members are copies of each other
NEIGHBOURS = 5  # records of one outlet that are searched for its furniture
REPEATED = 2  # neighbours that have a paragraph make it furniture
LEAST_FURNITURE = 25  # characters

_article, _revision, _fingerprint, _near_key, _group, _member = (
    models.table_of(model) for model in (
        models.Article, models.Revision, models.Fingerprint, models.NearKey, models.NearGroup, models.NearMember)
)
FIND_KEYS = select(_near_key.c.key, _near_key.c.revision_id).where(
    _near_key.c.key.in_(bindparam("keys", expanding=True)))
FIND_CANDIDATES = (
    select(_fingerprint.c.revision_id, _fingerprint.c.signature, _revision.c.article_id, _article.c.url,
           _member.c.group_id)
    .join(_revision, _revision.c.id == _fingerprint.c.revision_id)
    .join(_article, _article.c.id == _revision.c.article_id)
    .outerjoin(_member, _member.c.article_id == _article.c.id)
    .where(_fingerprint.c.revision_id.in_(bindparam("ids", expanding=True)))
)
FIND_TEXTS = select(_revision.c.id, _revision.c.text).where(_revision.c.id.in_(bindparam("ids", expanding=True)))
FIND_MEMBERS = (
    select(_article.c.id, _article.c.published_at, _article.c.published_precision, _article.c.first_seen,
           _revision.c.credits)
    .join(_revision, (_revision.c.article_id == _article.c.id) & (_revision.c.number == _article.c.revision))
    .outerjoin(_member, _member.c.article_id == _article.c.id)
)
FIND_SINGLE = FIND_MEMBERS.where(_article.c.id == bindparam("id"))
FIND_OF_GROUP = FIND_MEMBERS.where(_member.c.group_id == bindparam("group_id"))
FIND_GROUP = select(_group).where(_group.c.id == bindparam("id"))
FIND_MEMBERSHIP = select(_member.c.group_id).where(_member.c.article_id == bindparam("id"))
ADD_FINGERPRINT = _fingerprint.insert()
ADD_KEYS = _near_key.insert()
DROP_FINGERPRINT = _fingerprint.delete().where(_fingerprint.c.revision_id == bindparam("of_id"))
DROP_KEYS = _near_key.delete().where(
    _near_key.c.key.in_(bindparam("keys", expanding=True)), _near_key.c.revision_id == bindparam("of_id"))
ADD_GROUP = _group.insert()
CHANGE_GROUP = _group.update().where(_group.c.id == bindparam("of_id"))
DROP_GROUP = _group.delete().where(_group.c.id == bindparam("of_id"))
ADD_MEMBER = _member.insert()
DROP_MEMBER = _member.delete().where(_member.c.article_id == bindparam("of_id"))
MOVE_MEMBERS = _member.update().where(_member.c.group_id == bindparam("of_id"))


@dataclass(frozen=True, kw_only=True)
class Copy:
    """A record whose text is a copy of the one in hand."""

    article_id: str
    revision_id: int
    group_id: str | None
    outlet: str | None
    text: str
    likeness: Likeness

    @property
    def is_whole(self) -> bool:
        """Whether it is a copy of the whole: what two texts share is at least half of each."""
        return self.likeness.is_whole


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What the index knows about a text: its copies, the best first, and what is to be kept of itself."""

    outlet: str | None
    copies: tuple[Copy, ...]
    fingerprint: Fingerprint
    crowded: frozenset[int]

    @property
    def elsewhere(self) -> tuple[Copy, ...]:
        """The copies at other outlets; texts of one outlet that stayed apart are stories made from one mould."""
        return tuple(copy for copy in self.copies if not self.is_own(copy))

    def is_own(self, copy: Copy) -> bool:
        """Whether a copy is of the same outlet."""
        return self.outlet is not None and copy.outlet == self.outlet


@dataclass(frozen=True, kw_only=True)
class _Candidate:
    revision_id: int
    article_id: str
    group_id: str | None
    outlet: str | None
    fingerprint: Fingerprint


def look_around(connection: Connection, text: str, *, url: str, article_id: str) -> Surroundings:
    """Find the copies of a text among the current texts of all other records."""
    outlet = name_outlet(url)
    shingles = cut_shingles(text)
    fingerprint = make_fingerprint(shingles)
    candidates, crowded = _find_candidates(connection, fingerprint, article_id)
    furniture = _find_furniture(connection, text, outlet, candidates)
    if furniture:
        shingles = cut_shingles(_clear(text, furniture))
        fingerprint = make_fingerprint(shingles)
        candidates, crowded = _find_candidates(connection, fingerprint, article_id)
    copies = _compare(connection, shingles, fingerprint, candidates, furniture)
    return Surroundings(outlet=outlet, copies=copies, fingerprint=fingerprint, crowded=crowded)


def add_fingerprint(connection: Connection, revision_id: int, surroundings: Surroundings) -> None:
    """Enter a text in the index."""
    fingerprint = surroundings.fingerprint
    connection.execute(ADD_FINGERPRINT, {"revision_id": revision_id, "signature": fingerprint.pack()})
    rows = [{"key": key, "revision_id": revision_id} for key in fingerprint.keys if key not in surroundings.crowded]
    if rows:
        connection.execute(ADD_KEYS, rows)


def drop_fingerprint(connection: Connection, revision_id: int, text: str) -> None:
    """Take a former text out of the index; a key that its furniture once gave may stay, and finds nothing."""
    connection.execute(DROP_FINGERPRINT, {"of_id": revision_id})
    keys = make_fingerprint(cut_shingles(text)).keys
    if keys:
        connection.execute(DROP_KEYS, {"of_id": revision_id, "keys": keys})


def link(connection: Connection, article_id: str, copies: Sequence[Copy], *, now: datetime) -> str | None:
    """Put a record among its copies and return their group; None if it has none.

    Groups of which it is a copy of the whole become one. A record that is in a group already stays there as long as
    it has a copy in it, or none elsewhere.
    """
    here = connection.execute(FIND_MEMBERSHIP, {"id": article_id}).scalar()
    near = [copy for copy in copies if copy.is_whole] or list(copies[:1])
    if not near or (here is not None and any(copy.group_id == here for copy in copies)):
        return here
    if here is not None:
        _leave(connection, article_id, here)
    groups = [_gather(connection, copy, now) for copy in near if copy.group_id is None]
    known = dict.fromkeys(copy.group_id for copy in near if copy.group_id is not None)
    groups += [_get_group(connection, group_id) for group_id in known]
    group = _unite(connection, groups)
    member = _get_member(connection, article_id)
    best = near[0]
    connection.execute(ADD_MEMBER, {
        "article_id": article_id, "group_id": group.id, "near_id": best.article_id, "joined_at": now,
        "resemblance": round(best.likeness.resemblance, 4), "containment": round(best.likeness.containment, 4),
    })
    _write_group(connection, enter(group, member))
    return group.id


def refresh_group(connection: Connection, article_id: str) -> None:
    """Count a record's group anew after its credits or times changed."""
    group_id = connection.execute(FIND_MEMBERSHIP, {"id": article_id}).scalar()
    if group_id is not None:
        _write_group(connection, _count_group(connection, group_id))


# Finding


def _find_candidates(connection: Connection, fingerprint: Fingerprint,
                     article_id: str) -> tuple[list[_Candidate], frozenset[int]]:
    """Find the texts that share keys, those with many and rare ones first, and the keys that are crowded."""
    if not fingerprint.keys:
        return [], frozenset()
    holders = defaultdict[int, list[int]](list)
    for key, revision_id in connection.execute(FIND_KEYS, {"keys": fingerprint.keys}):
        holders[key].append(revision_id)
    crowded = frozenset(key for key, texts in holders.items() if len(texts) >= CROWD)
    weights = defaultdict[int, float](float)
    for texts in holders.values():
        for revision_id in texts:
            weights[revision_id] += 1 / len(texts)
    if not weights:
        return [], crowded
    ids = sorted(weights, key=lambda revision_id: (-weights[revision_id], revision_id))[:LOOKED_AT]
    rows = {row.revision_id: row for row in connection.execute(FIND_CANDIDATES, {"ids": ids})}
    found = []
    for revision_id in ids:
        row = rows.get(revision_id)
        if row is None or row.article_id == article_id:
            continue
        try:
            kept = unpack_fingerprint(row.signature)
        except UnknownFormat:  # of another version, until it is made anew
            continue
        found.append(_Candidate(revision_id=revision_id, article_id=row.article_id, group_id=row.group_id,
                                outlet=name_outlet(row.url), fingerprint=kept))
    return found, crowded


def _find_furniture(connection: Connection, text: str, outlet: str | None,
                    candidates: Iterable[_Candidate]) -> frozenset[str]:
    """Find the paragraphs that several other records of the outlet have, too: they are distinct stories by now."""
    neighbours = [candidate.revision_id for candidate in candidates if outlet and candidate.outlet == outlet]
    if len(neighbours) < REPEATED:
        return frozenset()
    own = _cut(text)
    counts = Counter[str]()
    for row in connection.execute(FIND_TEXTS, {"ids": neighbours[:NEIGHBOURS]}):
        counts.update(own & _cut(row.text))
    return frozenset(line for line, count in counts.items() if count >= REPEATED)


def _cut(text: str) -> set[str]:
    return {line for line in map(normalise_text, text.split("\n")) if len(line) >= LEAST_FURNITURE}


def _clear(text: str, furniture: frozenset[str]) -> str:
    return "\n".join(line for line in text.split("\n") if normalise_text(line) not in furniture)


def _compare(connection: Connection, shingles: Shingles, fingerprint: Fingerprint,
             candidates: Iterable[_Candidate], furniture: frozenset[str]) -> tuple[Copy, ...]:
    """Compare with the likeliest candidates, a few of each group."""
    likely = sorted((candidate for candidate in candidates if may_be_copies(fingerprint, candidate.fingerprint)),
                    key=lambda candidate: -estimate_resemblance(fingerprint, candidate.fingerprint))
    chosen: list[_Candidate] = []
    of_group = defaultdict[str, int](int)
    for candidate in likely:
        place = candidate.group_id or candidate.article_id
        if of_group[place] < COMPARED_OF_GROUP and len(chosen) < COMPARED:
            of_group[place] += 1
            chosen.append(candidate)
    if not chosen:
        return ()
    texts = {row.id: row.text for row in connection.execute(FIND_TEXTS, {"ids": [each.revision_id for each in chosen]})}
    copies = []
    for candidate in chosen:
        text = texts[candidate.revision_id]
        likeness = compare(shingles, cut_shingles(_clear(text, furniture) if furniture else text))
        if likeness.is_copy:
            copies.append(Copy(article_id=candidate.article_id, revision_id=candidate.revision_id, text=text,
                               group_id=candidate.group_id, outlet=candidate.outlet, likeness=likeness))
    return tuple(sorted(copies, key=lambda copy: (-copy.likeness.resemblance, -copy.likeness.containment)))


# Linking


def _gather(connection: Connection, copy: Copy, now: datetime) -> GroupState:
    """Make a group of a record that was alone; it bears the record's id, unless an earlier one that it left does."""
    member = _get_member(connection, copy.article_id)
    is_taken = connection.execute(FIND_GROUP, {"id": member.id}).first() is not None
    group = GroupState.of(member, id=make_id(f"{member.id} {now.isoformat()}") if is_taken else member.id)
    connection.execute(ADD_GROUP, {"id": group.id, **group.columns()})
    connection.execute(ADD_MEMBER, {"article_id": copy.article_id, "group_id": group.id, "near_id": None,
                                    "resemblance": None, "containment": None, "joined_at": now})
    return group


def _unite(connection: Connection, groups: Sequence[GroupState]) -> GroupState:
    """Make one group of several; the one with the earliest member lends its name."""
    first, *others = sorted(groups, key=lambda group: (group.earliest_at, group.id))
    for other in others:
        connection.execute(MOVE_MEMBERS, {"of_id": other.id, "group_id": first.id})
        connection.execute(DROP_GROUP, {"of_id": other.id})
        first = merge(first, other)
    return first


def _leave(connection: Connection, article_id: str, group_id: str) -> None:
    """Take a record out of its group; a group of one is none."""
    connection.execute(DROP_MEMBER, {"of_id": article_id})
    rest = connection.execute(FIND_OF_GROUP, {"group_id": group_id}).all()
    if len(rest) > 1:
        _write_group(connection, _count_group(connection, group_id))
        return
    for row in rest:
        connection.execute(DROP_MEMBER, {"of_id": row.id})
    connection.execute(DROP_GROUP, {"of_id": group_id})


def _get_group(connection: Connection, group_id: str) -> GroupState:
    row = connection.execute(FIND_GROUP, {"id": group_id}).one()
    return GroupState(id=row.id, earliest_id=row.earliest_id, earliest_at=row.earliest_at, members=row.members,
                      credited=tuple(tuple(names) for names in row.credited))


def _count_group(connection: Connection, group_id: str) -> GroupState:
    first, *others = (Member.read(row) for row in connection.execute(FIND_OF_GROUP, {"group_id": group_id}))
    group = GroupState.of(first, id=group_id)
    for member in others:
        group = enter(group, member)
    return group


def _get_member(connection: Connection, article_id: str) -> Member:
    return Member.read(connection.execute(FIND_SINGLE, {"id": article_id}).one())


def _write_group(connection: Connection, group: GroupState) -> None:
    connection.execute(CHANGE_GROUP, {"of_id": group.id, **group.columns()})
