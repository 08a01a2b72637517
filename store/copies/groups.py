"""What a group of copies knows of itself: its earliest member, whom it credits, how many origins it has. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Self

from store.values import Precision

Credited = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Member:
    """A record as its group sees it; ``at`` is when it was published, as far as is known."""

    id: str
    at: datetime
    credits: tuple[str, ...]

    @classmethod
    def read(cls, row: Any) -> Self:
        """Read it from a row of id, times and credits."""
        at = place_in_time(row.published_at, row.published_precision, row.first_seen)
        return cls(id=row.id, at=at, credits=tuple(row.credits))


@dataclass(frozen=True, kw_only=True)
class GroupState:
    """A group: ``credited`` are lists of names, one list an origin; no two have a name in common."""

    id: str
    earliest_id: str
    earliest_at: datetime
    members: int
    credited: Credited

    @classmethod
    def of(cls, member: Member, *, id: str | None = None) -> Self:
        """Begin a group with one member."""
        return cls(id=id or member.id, earliest_id=member.id, earliest_at=member.at, members=1,
                   credited=_join_credits((), [member.credits]))

    @property
    def origins(self) -> int:
        """Count the independent origins: members that credit nobody are copies of the others."""
        return max(1, len(self.credited))

    @property
    def credits(self) -> list[str]:
        """Everyone whom a member credits."""
        return sorted({name for names in self.credited for name in names})

    def columns(self) -> dict[str, Any]:
        """Write it as a row, but for its id."""
        return {"earliest_id": self.earliest_id, "earliest_at": self.earliest_at, "members": self.members,
                "origins": self.origins, "credits": self.credits, "credited": [list(names) for names in self.credited]}


def enter(group: GroupState, member: Member) -> GroupState:
    """Add a member to a group."""
    return merge(group, GroupState.of(member))


def merge(group: GroupState, other: GroupState) -> GroupState:
    """Make two groups one, under the first one's name."""
    earliest = min(group, other, key=lambda each: (each.earliest_at, each.earliest_id))
    return replace(group, earliest_id=earliest.earliest_id, earliest_at=earliest.earliest_at,
                   members=group.members + other.members, credited=_join_credits(group.credited, other.credited))


def place_in_time(published: datetime | None, precision: str | None, first_seen: datetime) -> datetime:
    """Say when a record appeared, for sorting: a day or month is taken at its end, but not after it was seen."""
    match precision:
        case _ if published is None:
            return first_seen
        case Precision.DAY:
            return min(published + timedelta(days=1), first_seen)
        case Precision.MONTH:
            return min((published + timedelta(days=31)).replace(day=1), first_seen)
        case _:
            return published


def _join_credits(credited: Credited, added: Iterable[tuple[str, ...]]) -> Credited:
    """Add lists of names, and join those that share one."""
    lists = [set(names) for names in credited]
    for names in added:
        if not names:
            continue
        joined = set(names)
        for each in [each for each in lists if each & joined]:
            lists.remove(each)
            joined |= each
        lists.append(joined)
    return tuple(sorted(tuple(sorted(names)) for names in lists))
