"""Keep what sources answer, and give a source's history to ``store.health.conditions``."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Any
from zlib import crc32

from sqlalchemy import bindparam, case, delete, desc, literal, select, update
from sqlalchemy.orm import Session

from store import models
from store.health.conditions import ANSWERED, ANSWERS, CHANGED, MANY, REDATED, Condition, History, Look, Reading
from store.values import Link, Precision

ROWS = 500  # of a source, kept and judged: at one look in half an hour, each with something new, ten days and more
ITEMS = 40  # entries that are compared with those of the next look
NEWS = 200  # times that one look adds to a source's rhythm
CLOCKS = timedelta(hours=1)  # a publisher's clock may be that fast
ZONES = timedelta(hours=14)  # the day begins that much earlier somewhere
COPIES = "copies"  # among the reasons of a reading
LATE = timedelta(days=1)  # an entry dated longer before the former look is new all the same: its date is wrong


Item = list[int]  # hashes of an entry's title, address and identifier, and its date; 0 where it has none

_row = models.table_of(models.Observation).c
_LOOKS = (
    select(_row.place, _row.first_at, _row.last_at, _row.outcome, _row.same, _row.not_modified, _row.size, _row.digest,
           _row.entries, _row.fresh, _row.kept, _row.renamed, _row.reissued, _row.future, _row.newest, _row.news)
    .where(_row.source_id == bindparam("source_id"))
    .order_by(_row.last_at.desc(), _row.id.desc())
    .limit(bindparam("most"))
)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What one place answered in one run; ``fresh`` are the keys of links that were never seen before."""

    place: str
    outcome: str = ANSWERED
    is_modified: bool = True
    size: int | None = None
    links: Sequence[Link] = ()
    fresh: frozenset[str] = frozenset()


def record_answers(session: Session, source_id: str, answers: Iterable[Answer], *, every: timedelta,
                   now: datetime) -> None:
    """Keep what the places of a source answered; what they answered before is one row with it."""
    _bring_back(session, source_id, now)
    for answer in answers:
        former = _find_last(session, source_id, answer.place)
        look, items = _make_look(answer, former, now)
        if former is not None and _is_same(former, look) and now - former.last_at <= max(3 * every, CLOCKS):
            dated = {"items": items, "newest": look.newest} if look.outcome == REDATED else {}
            session.execute(update(models.Observation).where(models.Observation.id == former.id).values(
                last_at=now, same=former.same + look.same, not_modified=former.not_modified + look.not_modified,
                **dated))
            continue
        _add(session, source_id, look, items)
    _forget(session, source_id)


def _bring_back(session: Session, source_id: str, now: datetime) -> None:
    """Date what a clock noted that was ahead as of now: it would else be the latest until that time has come."""
    row, reading = models.Observation, models.Reading
    session.execute(update(row).where(row.source_id == source_id, row.last_at > now).values(
        first_at=case((row.first_at > now, literal(now, row.first_at.type)), else_=row.first_at), last_at=now))
    session.execute(update(reading).where(reading.source_id == source_id, reading.at > now).values(at=now))


def is_observed(session: Session, source_id: str) -> bool:
    """Tell whether a source was ever looked at."""
    row = models.Observation
    return session.scalar(select(row.id).where(row.source_id == source_id).limit(1)) is not None


def record_reading(session: Session, source_id: str, *, lengths: Sequence[int], reasons: Mapping[str, int],
                   now: datetime, copies: int = 0) -> None:
    """Keep what became of a run's pages: the lengths of the texts that were read, and why others were not.

    ``copies`` of those that were read gave a text of this source's that was known; the row has them among its reasons.
    """
    pages = len(lengths) + sum(reasons.values())
    if pages:
        middle = sorted(lengths)[len(lengths) // 2] if lengths else None
        session.add(models.Reading(source_id=source_id, at=now, pages=pages, read=len(lengths), text_length=middle,
                                   reasons={**reasons, **({COPIES: copies} if copies else {})}))
        session.flush()


def load_history(session: Session, source_id: str, *, every: timedelta,
                 rest_days: frozenset[int] = frozenset((5, 6))) -> History:
    """Give what is known of a source, the latest ROWS of it."""
    reading, condition = models.Reading, models.Condition
    readings = session.execute(select(
        reading.at, reading.pages, reading.read, reading.text_length, reading.reasons,
    ).where(reading.source_id == source_id).order_by(desc(reading.at), desc(reading.id)).limit(ROWS)).mappings().all()
    conditions = session.execute(select(
        condition.name, condition.place, condition.opened_at, condition.closed_at,
    ).where(condition.source_id == source_id).order_by(desc(condition.opened_at)).limit(ROWS)).mappings().all()
    return History(
        source=source_id,
        every=every,
        looks=_load_looks(session, source_id),
        readings=[_make_reading(**each) for each in reversed(readings)],
        conditions=[Condition(**each) for each in reversed(conditions)],
        rest_days=rest_days,
    )


def _make_reading(*, reasons: Mapping[str, int], **facts: Any) -> Reading:
    return Reading(reasons={word: times for word, times in reasons.items() if word != COPIES},
                   copies=reasons.get(COPIES, 0), **facts)


def count_own(session: Session, source_id: str, text_hashes: Collection[str]) -> int:
    """Count the texts that a record of this source has, or had in a former revision."""
    revision, article = models.Revision, models.Article
    query = select(revision.text_hash).join(article, article.id == revision.article_id).where(
        article.source == source_id, revision.text_hash.in_(text_hashes)).distinct()
    known = set(session.scalars(query)) if text_hashes else set[str]()
    return sum(each in known for each in text_hashes)


def _load_looks(session: Session, source_id: str) -> list[Look]:
    """Load the rows by position: this is done after each run, and by name it takes three times as long."""
    rows = session.execute(_LOOKS, {"source_id": source_id, "most": ROWS}).all()
    return [
        Look(place=place, first_at=first_at, last_at=last_at, outcome=outcome, same=same, not_modified=not_modified,
             size=size, digest=digest, entries=entries, fresh=fresh, kept=kept, renamed=renamed, reissued=reissued,
             future=future, newest=newest, news=tuple(min(_read_time(at), last_at) for at in news or ()))
        for (place, first_at, last_at, outcome, same, not_modified, size, digest, entries, fresh, kept, renamed,
             reissued, future, newest, news) in reversed(rows)
    ]


def _find_last(session: Session, source_id: str, place: str) -> models.Observation | None:
    """The last row of a place; in it are the entries to compare with, also where it was a failure."""
    row = models.Observation
    return session.scalars(select(row).where(row.source_id == source_id, row.place == place)
                           .order_by(desc(row.last_at), desc(row.id)).limit(1)).first()


def _make_look(answer: Answer, former: models.Observation | None, now: datetime) -> tuple[Look, list[Item] | None]:
    """Describe an answer; what a 304 or a failure does not say is taken over, so that the next one can be compared."""
    known = former.items if former is not None else None
    if answer.outcome != ANSWERED:
        look = Look(place=answer.place, first_at=now, last_at=now, outcome=answer.outcome, size=answer.size)
        return look, known
    if not answer.is_modified:
        kept = {name: getattr(former, name) for name in ("size", "digest", "entries", "future", "newest")
                } if former is not None and former.outcome in ANSWERS else {}
        return Look(place=answer.place, first_at=now, last_at=now, same=0, not_modified=1, **kept), known
    items = [_hash_item(link) for link in answer.links[:ITEMS]]
    compared, redated = _compare(items, known or [], len(answer.links))
    dates = [link.published.at for link in answer.links if link.published]
    look = Look(
        place=answer.place,
        first_at=now,
        last_at=now,
        outcome=REDATED if redated >= MANY and redated > CHANGED * len(items) else ANSWERED,
        size=answer.size,
        digest=_digest(answer.links),
        entries=len(answer.links),
        fresh=len(answer.fresh),
        future=sum(_is_future(link, now) for link in answer.links),
        newest=max((at for at in dates if at <= now + CLOCKS), default=max(dates, default=None)),
        news=_find_news(answer, former, now),
        **compared,
    )
    return look, items


def _find_news(answer: Answer, former: models.Observation | None, now: datetime) -> tuple[datetime, ...]:
    """Say when the fresh entries came: when they are dated, if that can be, else now.

    What a first look finds without a date came at any time before, and is left out.
    """
    times = []
    for link in answer.links:
        if link.key not in answer.fresh:
            continue
        at = min(link.published.at, now) if link.published and _is_exact(link) else None
        if former is not None and (at is None or at < former.last_at - LATE):
            at = now
        if at is not None:
            times.append(at)
    return tuple(sorted(times)[-NEWS:])


def _compare(items: Sequence[Item], former: Sequence[Item], entries: int) -> tuple[dict[str, int], int]:
    """Count the entries that stayed, and those that are the same under another address, identifier or date.

    The last number is of those compared, and not of all entries. An older version kept no dates.
    """
    keys = {key: issued for _, key, issued, *_ in former}
    dates = {key: dated[0] for _, key, _, *dated in former if dated and dated[0]}
    issues = Counter(issued for _, _, issued, *_ in former if issued)
    names = {title for title, *_ in former if title}, {issued for issued, times in issues.items() if times == 1}
    kept = sum(key in keys for _, key, *_ in items)
    renamed = sum(key not in keys and (title in names[0] or issued in names[1]) for title, key, issued, _ in items)
    reissued = sum(bool(issued and keys.get(key) and keys[key] != issued) for _, key, issued, _ in items)
    redated = sum(bool(dated and dates.get(key, dated) != dated) for _, key, _, dated in items)
    scale = entries / len(items) if items else 0  # of ITEMS entries to all of them
    return {"kept": round(kept * scale), "renamed": round(renamed * scale),
            "reissued": round(reissued * scale)}, redated


def _is_same(former: models.Observation, look: Look) -> bool:
    if former.outcome != look.outcome:
        return False
    if look.outcome not in ANSWERS or not look.same:  # a failure again, or a 304
        return True
    return former.digest == look.digest and not look.fresh and not look.reissued


def _add(session: Session, source_id: str, look: Look, items: list[Item] | None) -> None:
    values: dict[str, Any] = {name: value for name, value in vars(look).items() if name != "news"}
    row = models.Observation
    session.execute(update(row).where(row.source_id == source_id, row.place == look.place, row.items.is_not(None))
                    .values(items=None))
    session.add(row(source_id=source_id, news=[round(at.timestamp()) for at in look.news] or None, items=items,
                    **values))
    session.flush()


def _forget(session: Session, source_id: str) -> None:
    """Drop what is older than the latest rows: a source is held against its recent past."""
    for row, at in ((models.Observation, models.Observation.last_at), (models.Reading, models.Reading.at)):
        oldest = session.scalar(select(at).where(row.source_id == source_id).order_by(desc(at)).offset(ROWS).limit(1))
        if oldest is not None:
            session.execute(delete(row).where(row.source_id == source_id, at <= oldest))


def _hash_item(link: Link) -> Item:
    title = " ".join((link.title or "").split()).casefold()
    return [crc32(title.encode(errors="replace")) if title else 0, crc32(link.key.encode(errors="replace")),
            crc32(link.guid.encode(errors="replace")) if link.guid else 0,
            round(link.published.at.timestamp()) if link.published else 0]


def _digest(links: Sequence[Link]) -> str:
    keys = "\n".join(sorted(link.key for link in links))
    return blake2b(keys.encode(errors="replace"), digest_size=8).hexdigest()


def _is_exact(link: Link) -> bool:
    return link.published is not None and link.published.precision in (Precision.SECOND, Precision.MINUTE)


def _is_future(link: Link, now: datetime) -> bool:
    return link.published is not None and link.published.at > now + (CLOCKS if _is_exact(link) else ZONES)


def _read_time(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
