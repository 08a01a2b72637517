"""What a site's memory says of a text: which of its lines recur from article to article, and are therefore furniture.

Pure: the counts come in, the lines to take out and the evidence come back. docs/design/site-memory.md has the figures
behind the thresholds.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from crawler.extract.line_forms import asks_the_reader, is_dateline, is_exclamation, is_heading_like, is_prose
from crawler.extract.line_keys import exact_key, line_keys

__all__ = ["NO_MEMORY", "Found", "Recurrence", "Ruling", "SiteMemory", "exact_key", "find_furniture", "find_recurring"]

YOUNG = 20  # pages; a line is measured against so many, if the site has them, however late it was seen first
MOST_IN_MIDDLE = 1 / 3  # of a text's characters; where more recurs between its paragraphs, articles share their text
FEWEST_LEFT = 40  # letters and digits, below which nothing of an article is left
SEEN_ELSEWHERE = 5  # pages that show a line outside their text, by which one that leaks into a text is known


class Ruling(StrEnum):
    """What a person said of a line."""

    KEEP = "keep"
    DROP = "drop"


@dataclass(frozen=True, kw_only=True, slots=True)
class Recurrence:
    """How often a line was on the pages of a site's articles, each article counted once.

    ``pages``: on how many; ``since``: how many pages of the site were seen from the first of them on, that one
    included. On ``outside`` of them it stood outside the text, on ``head`` and ``tail`` at the text's start and end,
    on ``apart`` in another kind of element than the text's paragraphs, on ``heading`` as a heading, and on ``repeated``
    the text had it more than once.
    """

    pages: int = 0
    since: int = 0
    outside: int = 0
    head: int = 0
    tail: int = 0
    apart: int = 0
    heading: int = 0
    repeated: int = 0
    ruling: Ruling | None = None

    @property
    def inside(self) -> int:
        """On how many pages it stood in the text."""
        return self.pages - self.outside


@dataclass(frozen=True, kw_only=True)
class SiteMemory:
    """What is remembered of a site's lines, by their keys; only those that a text in question has are needed.

    ``pages``: how many articles were seen on the site. ``is_counted``: the text in question was one of them.
    """

    pages: int = 0
    lines: Mapping[int, Recurrence] = field(default_factory=dict)
    is_counted: bool = False


NO_MEMORY = SiteMemory()


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A line of a text that is furniture: its number in the text from 0, and why."""

    number: int
    text: str
    key: int
    evidence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class _Candidate:
    """A line that recurs often enough to be furniture, if it stands where furniture stands."""

    found: Found
    recurrence: Recurrence
    others: int  # other articles that have it
    share: float  # of the other pages it is measured against
    against: int  # those pages
    is_template: bool
    is_ruled: bool = False


def find_furniture(paragraphs: Sequence[str], site: SiteMemory, *,
                   keys: Sequence[tuple[int, ...]] | None = None) -> tuple[Found, ...]:
    """Find the lines of a text that its site repeats from article to article; ``keys`` are the ``line_keys`` of each.

    A line at the end (nothing follows but other such lines) or at the head needs less than one between paragraphs.
    Headings, datelines and refrains recur and are text. Where much of a text recurs between its paragraphs the articles
    share their text, which makes none of it furniture. What a person said of a line stands above all that.
    """
    if not site.pages and not site.lines:
        return ()
    keys = [line_keys(paragraph) for paragraph in paragraphs] if keys is None else keys
    times = Counter(line[:1] for line in keys)
    candidates = {}
    for number, (paragraph, line) in enumerate(zip(paragraphs, keys, strict=True)):
        if site.lines.keys().isdisjoint(line):
            continue
        candidate = _weigh(number, paragraph, line, site, is_repeated=times[line[:1]] > 1)
        if candidate is not None:
            candidates[number] = candidate
    if not candidates:
        return ()
    ruled = {number for number, candidate in candidates.items() if candidate.is_ruled}
    ends = _find_ends(paragraphs, candidates)

    def choose(numbers: Iterable[int], may_stand: Callable[[str, _Candidate], bool]) -> set[int]:
        return {number for number in numbers if may_stand(paragraphs[number], candidates[number])}

    tail = choose(ends.tail, _may_stand_at_the_tail)
    head = choose(ends.head - ends.tail, _may_stand_at_the_head)
    middle = choose(candidates.keys() - ends.tail - ends.head, _may_stand_in_the_middle)
    if sum(len(paragraphs[number]) for number in middle) > MOST_IN_MIDDLE * sum(map(len, paragraphs)):
        middle = set()
    chosen = ruled | tail | head | middle
    if not _leaves_an_article(paragraphs, chosen):
        chosen = ruled
    return tuple(candidates[number].found for number in sorted(chosen))


def find_recurring(paragraphs: Sequence[str], site: SiteMemory, *,
                   keys: Sequence[tuple[int, ...]] | None = None) -> float:
    """Measure which share of a text's prose, in characters, other articles of the site have word for word."""
    keys = [line_keys(paragraph) for paragraph in paragraphs] if keys is None else keys
    known = {number for number, line in enumerate(keys) if line and line[0] in site.lines}
    if not known:
        return 0.0
    prose = [(len(paragraph), number in known) for number, paragraph in enumerate(paragraphs) if is_prose(paragraph)]
    return sum(length for length, is_known in prose if is_known) / max(1, sum(length for length, _ in prose))


def may_be_furniture(recurrence: Recurrence, site: SiteMemory, *, is_template: bool) -> bool:
    """Tell whether a line recurs so often that it is worth while to look at a text that has it."""
    return recurrence.ruling is not None or _find_share(recurrence, site, is_template=is_template) is not None


def _weigh(number: int, paragraph: str, keys: tuple[int, ...], site: SiteMemory, *,
           is_repeated: bool) -> _Candidate | None:
    """Weigh a line by the best of its keys; None where it does not recur, or is of a kind that may."""
    exact = site.lines.get(keys[0]) if keys else None
    if exact is not None and exact.ruling is not None:
        return _rule(number, paragraph, keys[0], exact, site)
    if not keys or is_dateline(paragraph):
        return None
    candidates = [
        candidate for place, key in enumerate(keys) if (recurrence := site.lines.get(key)) is not None
        and (candidate := _measure(number, paragraph, key, recurrence, site, is_template=place > 0)) is not None
    ]
    if not candidates:
        return None
    best = max(candidates, key=lambda candidate: (not candidate.is_template, candidate.share))
    is_refrain = is_repeated or 2 * best.recurrence.repeated > best.recurrence.inside
    return None if is_refrain and not _stands_apart(best.recurrence) else best


def _rule(number: int, paragraph: str, key: int, recurrence: Recurrence, site: SiteMemory) -> _Candidate | None:
    if recurrence.ruling is Ruling.KEEP:
        return None
    found = Found(number=number, text=paragraph, key=key, evidence="dropped by hand")
    return _Candidate(found=found, recurrence=recurrence, others=recurrence.pages, share=1.0, against=site.pages,
                      is_template=False, is_ruled=True)


def _measure(number: int, paragraph: str, key: int, recurrence: Recurrence, site: SiteMemory, *,
             is_template: bool) -> _Candidate | None:
    """Measure how often a line recurs; None where too few other articles have it to say anything."""
    counted = _find_share(recurrence, site, is_template=is_template)
    if counted is None:
        return None
    others, against, share = counted
    own = recurrence.pages - others
    where = "a line like it on" if is_template else "on"
    found = Found(number=number, text=paragraph, key=key,
                  evidence=f"{where} {recurrence.pages} of {max(recurrence.pages, against + own)} pages")
    return _Candidate(found=found, recurrence=recurrence, others=others, share=share, against=against,
                      is_template=is_template)


def _find_share(recurrence: Recurrence, site: SiteMemory, *, is_template: bool) -> tuple[int, int, float] | None:
    """Return on how many other pages a line is, of how many, and the share; None where that is not enough."""
    own = int(site.is_counted)
    others = recurrence.pages - own
    against = max(recurrence.since, min(site.pages, YOUNG)) - own
    if others < 2 or against < 2:
        return None
    share = min(1.0, others / against)
    return (others, against, share) if is_enough(others, against, share, is_template=is_template) else None


def is_enough(others: int, against: int, share: float, *, is_template: bool = False) -> bool:
    """Tell whether a line that stands at an edge of the text recurs enough: the fewer pages, the stricter."""
    if is_template:
        return against >= 8 and others >= 5 and share >= 0.4
    if against < 5:
        return others == against
    if against < 10:
        return others >= 3 and share >= 0.5
    if against < 30:
        return others >= 3 and share >= 0.25
    return others >= 5 and share >= 0.12


def is_plenty(others: int, against: int, share: float, *, is_long: bool, is_template: bool = False) -> bool:
    """Tell whether a line between paragraphs recurs enough; a paragraph of background recurs, too, but less."""
    if is_template:
        return against >= 10 and share >= 0.6
    if against < 10:
        return others >= 4 and share >= 0.8
    if is_long:
        return others >= 8 and share >= (0.6 if against < 20 else 0.45 if against < 40 else 0.35)
    return others >= 4 and share >= 0.3


@dataclass(frozen=True, kw_only=True, slots=True)
class _Ends:
    """The lines that recur at the start and at the end of a text, with nothing else before or after them."""

    head: frozenset[int]
    tail: frozenset[int]


def _find_ends(paragraphs: Sequence[str], candidates: Mapping[int, _Candidate]) -> _Ends:
    count = len(paragraphs)
    tail = next((number for number in range(count, 0, -1) if number - 1 not in candidates), 0)
    head = next((number for number in range(count) if number not in candidates), count)
    return _Ends(head=frozenset(range(head)), tail=frozenset(range(tail, count)))


def _may_stand_at_the_tail(paragraph: str, candidate: _Candidate) -> bool:
    """No heading ends a text; but a speech may end in a few words that it always ends in."""
    if candidate.is_ruled:
        return True
    if not _leaks_like_this(candidate, candidate.recurrence.inside - candidate.recurrence.head):
        return False
    return not is_exclamation(paragraph) or _stands_apart(candidate.recurrence)


def _may_stand_at_the_head(paragraph: str, candidate: _Candidate) -> bool:
    """A text begins with a place, a kicker or a heading of its own; only what stands apart from it is furniture."""
    recurrence = candidate.recurrence
    if candidate.is_ruled:
        return True
    if not _leaks_like_this(candidate, recurrence.head - 1):  # once may have been as the lead of the article teased
        return False
    if is_heading_like(paragraph) or is_exclamation(paragraph):
        return _stands_apart(recurrence) and not _is_heading(recurrence)
    return True


def _may_stand_in_the_middle(paragraph: str, candidate: _Candidate) -> bool:
    """Between paragraphs a heading and a refrain are at home, and a paragraph of background may be."""
    recurrence = candidate.recurrence
    if candidate.is_ruled:
        return True
    if recurrence.inside < 2 + int(candidate.others < recurrence.pages):
        return False
    is_short = is_heading_like(paragraph) or is_exclamation(paragraph)
    if _is_heading(recurrence) or (is_short and not _stands_apart(recurrence)):
        return False
    if candidate.against >= 5 and (_stands_apart(recurrence) or asks_the_reader(paragraph)):
        return True
    return is_plenty(candidate.others, candidate.against, candidate.share, is_long=is_prose(paragraph),
                     is_template=candidate.is_template)


def _leaks_like_this(candidate: _Candidate, here: int) -> bool:
    """Tell whether a line has been in the text, at this place, before.

    The first paragraph of one article is a teaser on the pages of many others, outside their text.
    """
    recurrence = candidate.recurrence
    own = int(candidate.others < recurrence.pages)
    if recurrence.inside - own >= 1 and here - own >= 1:
        return True
    return recurrence.outside >= SEEN_ELSEWHERE and recurrence.tail > recurrence.head


def _stands_apart(recurrence: Recurrence) -> bool:
    """Tell whether a line is mostly outside the text, or in another kind of element than the text's paragraphs."""
    return 2 * recurrence.outside >= recurrence.pages or 2 * recurrence.apart >= recurrence.pages


def _is_heading(recurrence: Recurrence) -> bool:
    return 2 * recurrence.heading >= recurrence.pages


def _leaves_an_article(paragraphs: Sequence[str], chosen: set[int]) -> bool:
    """Tell whether what is left is a text: some letters, and a sentence where there was one."""
    left = [paragraph for number, paragraph in enumerate(paragraphs) if number not in chosen]
    if sum(map(str.isalnum, "".join(left))) < FEWEST_LEFT:
        return False
    return any(map(is_prose, left)) or not any(map(is_prose, paragraphs))
