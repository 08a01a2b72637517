"""What a run saw of its source: each place's answer, each page's end; kept, and held against the source's history."""

import logging
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from itertools import islice

from sqlalchemy.orm import Session

from crawler.network.handler import host_of
from crawler.sources import Source
from store.fingerprint import hash_text
from store.guestbook import get_pause
from store.health.conditions import ANSWERED, Finding
from store.health.observations import Answer, count_own, is_observed, record_answers, record_reading
from store.health.watching import Changes, examine
from store.timetable.dues import list_moves
from store.values import Link, Outcome, Page, Precision

log = logging.getLogger(__name__)

SATURDAY_AND_SUNDAY = frozenset((5, 6))

MOST_LINKS = 20_000  # of a place that are held until a run ends, 1 KB each; an index may lead to fifty times 5,000

# Ends of a page that say nothing of its source.
OURS = frozenset(("not_stored", "internal_error", "stopped"))


@dataclass(kw_only=True)
class SeenPlace:
    """What a place answered so far; an index of sitemaps answers with what its sitemaps list."""

    place: str
    outcome: str | None = None
    is_modified: bool = False
    size: int | None = None
    links: list[Link] = field(default_factory=list)
    fresh: set[str] = field(default_factory=set)

    def note_size(self, size: int) -> None:
        """Note a whole answer, whatever is in it."""
        self.is_modified = True
        self.size = (self.size or 0) + size

    def note_not_modified(self) -> None:
        """Note that it is as it was."""
        self.outcome = self.outcome or ANSWERED

    def note_links(self, links: Iterable[Link], fresh: Iterable[Link]) -> None:
        """Note what it lists, of an endless place the first that it lists, and what of it was never seen before."""
        self.outcome = self.outcome or ANSWERED
        self.links += islice(links, max(0, MOST_LINKS - len(self.links)))
        self.fresh.update(link.key for link in fresh)

    def fail(self, reason: str) -> None:
        """Note why it could not be had or read."""
        self.outcome = reason

    @property
    def answer(self) -> Answer | None:
        """The answer; None where there was none."""
        if self.outcome is None:
            return None
        return Answer(place=self.place, outcome=self.outcome, is_modified=self.is_modified, size=self.size,
                      links=tuple({link.key: link for link in self.links}.values()), fresh=frozenset(self.fresh))


@dataclass(kw_only=True)
class Sight:
    """What a run has seen so far.

    ``copies`` are the hashes of texts that were known. ``latencies`` are the seconds from publication to storage of new
    articles; they say nothing where the source was not ``is_known`` before: its first look finds what was published
    long ago.
    """

    places: dict[str, SeenPlace] = field(default_factory=dict)
    lengths: list[int] = field(default_factory=list)
    copies: list[str] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    latencies: list[float] = field(default_factory=list)
    is_known: bool = False

    def of(self, place: str) -> SeenPlace:
        """What was seen of a place."""
        return self.places.setdefault(place, SeenPlace(place=place))

    def fail_page(self, reason: str) -> None:
        """Note a page that could not be had or read."""
        if reason not in OURS:
            self.reasons[reason] += 1

    def read_page(self, page: Page, text: str, outcome: str, *, now: datetime) -> None:
        """Note a page that was read, and how long after its publication it was stored."""
        self.lengths.append(len(text))
        if outcome == Outcome.DUPLICATE:
            self.copies.append(hash_text(text))
        stated = page.link.published if page.link else None
        is_exact = stated is not None and stated.precision in (Precision.SECOND, Precision.MINUTE)
        if stated and is_exact and outcome in (Outcome.NEW, Outcome.NEAR_DUPLICATE):
            self.latencies.append(max(0.0, (now - stated.at).total_seconds()))


def observe(session: Session, source: Source, sight: Sight, *, now: datetime) -> None:
    """Keep what a run saw."""
    sight.is_known = is_observed(session, source.id)
    answers = [answer for seen in sight.places.values() if (answer := seen.answer)]
    record_answers(session, source.id, answers, every=source.every, now=now)
    copies = count_own(session, source.id, sight.copies)
    record_reading(session, source.id, lengths=sight.lengths, reasons=sight.reasons, copies=copies, now=now)


def examine_source(session: Session, source: Source, *, now: datetime) -> tuple[Finding, ...] | None:
    """Hold a source against its history, as ``store.health.watching.examine`` does."""
    places = frozenset((*source.feeds, *source.sitemaps, *source.sections))
    return examine(session, source.id, every=source.every, rest_days=find_rest_days(source.country), places=places,
                   pauses=find_pauses(session, source.id, places, now=now))


def find_pauses(session: Session, source_id: str, places: Iterable[str], *, now: datetime) -> dict[str, datetime]:
    """Find until when the hosts of some places are left alone, where they are."""
    moves = list_moves(session, source_id)
    found = {place: get_pause(session, host_of(moves.get(place, place)), now=now) for place in places}
    return {place: pause.until for place, pause in found.items() if pause}


def log_changes(changes: Changes) -> None:
    """Log what became wrong and what no longer is."""
    for each in changes.opened:
        log.warning("%s: %s opened %s %s", each.source, each.name, each.place, each.evidence,
                    extra={"event": "condition", **each.as_dict()})
    for each in changes.closed:
        log.warning("%s: %s closed %s", each.source, each.name, each.place,
                    extra={"event": "condition", **each.as_dict()})


@cache
def find_rest_days(country: str | None) -> frozenset[int]:
    """Find the weekend of a country (ISO 3166), Monday being 0; Saturday and Sunday where it is not known."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(f"und_{country or 'GB'}")  # the language does not matter
    except UnknownLocaleError:
        return SATURDAY_AND_SUNDAY
    start, end = locale.weekend_start, locale.weekend_end
    return frozenset((start + n) % 7 for n in range((end - start) % 7 + 1))
