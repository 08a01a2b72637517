"""Subjects made up for tests: what a text is about, in a few words."""

from store.subject import (
    Actors,
    Country,
    Dyad,
    Evidence,
    Kind,
    KindFound,
    Office,
    Organisation,
    Reason,
    Relevance,
    Role,
    Subject,
    Where,
)


def seen_at(term: str, start: int, where: Where = Where.TEXT) -> Evidence:
    return Evidence(term=term, where=where, start=start)


def country(code: str, *, weight: float = 2.0, role: Role = Role.MAIN, start: int = 0) -> Country:
    first = seen_at(code, start)
    return Country(code=code, count=2, first=first, evidence=(first, seen_at(code, start + 40)), weight=weight,
                   role=role)


def make_subject(*codes: str, score: float = 0.9, kind: Kind = Kind.REPORT, passing: tuple[str, ...] = (),
                 organisations: tuple[str, ...] = (), told_by: str | None = None) -> Subject:
    """Make a subject whose states act in this order; the first two are its pair."""
    first = seen_at("minister", 9)
    pair = sorted(codes[:2])
    return Subject(
        relevance=Relevance(score=score, reasons=(
            Reason(term="treaty", where=Where.TITLE, language="en", weight=1.5),)),
        actors=Actors(
            countries=(*(country(code, weight=9.0 - place) for place, code in enumerate(codes)),
                       *(country(code, weight=0.4, role=Role.PASSING) for code in passing)),
            organisations=tuple(
                Organisation(code=code, count=1, first=first, evidence=(first,), role=Role.MAIN)
                for code in organisations),
            offices=(Office(name="foreign_minister", country=codes[0] if codes else None, first=first, count=1,
                            evidence=(first,), role=Role.MAIN),),
            dyads=(Dyad(first=pair[0], second=pair[1], strength=3.0, sentences=2),) if len(pair) == 2 else (),
        ),
        kind=KindFound(kind=kind, evidence=told_by),
    )
