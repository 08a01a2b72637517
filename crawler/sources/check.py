"""Whether the addresses of a catalogue still answer: each asked once, each with one word for its state."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from crawler.sources import Source
from crawler.sources.announced import Kind, parse_announced
from crawler.sources.probe import Fetched, FetchError, Manners, Probe, open_probe
from store.errors import DiscoveryError, ReasonedError

MOST_AT_ONCE = 8  # hosts
_FORBIDDEN = (401, 402, 403, 407, 451)
_GONE = (404, 410)


class State(StrEnum):
    """What became of an address; the first two are well."""

    ALIVE = "alive"
    MOVED = "moved"
    EMPTY = "empty"
    FORBIDDEN = "forbidden"
    GONE = "gone"
    NOT_A_FEED = "not_a_feed"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The state of one address of a source; ``links`` counts the articles, or the sitemaps of an index."""

    source: str
    kind: Kind
    url: str
    state: State
    links: int = 0
    moved_to: str | None = None
    detail: str = ""

    @property
    def is_well(self) -> bool:
        """Whether a crawl can use the address."""
        return self.state in (State.ALIVE, State.MOVED)


def check_online(sources: Sequence[Source], *, manners: Manners, trusted: bool,
                 tell: Callable[[Verdict], None]) -> tuple[Verdict, ...]:
    """Ask for every address of ``sources`` once and judge each answer, in the order of the catalogue.

    ``trusted`` says that the owner wrote these sources, so that private addresses in them are meant. ``tell`` hears
    each verdict as it falls.
    """
    return asyncio.run(_check(sources, manners=manners, trusted=trusted, tell=tell))


async def _check(sources: Sequence[Source], *, manners: Manners, trusted: bool,
                 tell: Callable[[Verdict], None]) -> tuple[Verdict, ...]:
    places = asyncio.Semaphore(MOST_AT_ONCE)
    written = tuple(url for source in sources for url in source.addresses) if trusted else ()

    async def visit(source: Source, probe: Probe) -> tuple[Verdict, ...]:
        async with places:
            verdicts = []
            for kind, url in list_addresses(source):
                verdict = await check_address(source.id, kind, url, probe=probe)
                tell(verdict)
                verdicts.append(verdict)
            return tuple(verdicts)

    async with open_probe(manners, trusted=written) as probe:
        visits = await asyncio.gather(*(visit(source, probe) for source in sources))
    return tuple(verdict for verdicts in visits for verdict in verdicts)


def list_addresses(source: Source) -> tuple[tuple[Kind, str], ...]:
    """Return every address of a source with the kind that it is declared as."""
    return (*((Kind.FEED, url) for url in source.feeds), *((Kind.SITEMAP, url) for url in source.sitemaps),
            *((Kind.SECTION, url) for url in source.sections))


async def check_address(source: str, kind: Kind, url: str, *, probe: Probe) -> Verdict:
    """Ask for one address and judge the answer."""
    try:
        fetched = await probe.fetch(url)
    except FetchError as error:
        state = State.FORBIDDEN if error.reason == "robots" else State.UNREACHABLE
        return Verdict(source=source, kind=kind, url=url, state=state, detail=_explain(error, state))
    return judge(source, kind, fetched)


def judge(source: str, kind: Kind, fetched: Fetched) -> Verdict:
    """Give an answer its word."""
    def verdict(state: State, *, links: int = 0, detail: str = "") -> Verdict:
        return Verdict(source=source, kind=kind, url=fetched.requested_url, state=state, links=links, detail=detail,
                       moved_to=fetched.moved_to)

    status = fetched.status
    if not 200 <= status < 300:
        state = State.GONE if status in _GONE else State.FORBIDDEN if status in _FORBIDDEN else State.UNREACHABLE
        return verdict(state, detail=f"answers {status}")
    try:
        announced = parse_announced(kind, fetched)
    except DiscoveryError as error:
        state = State.EMPTY if error.reason == "empty" else State.NOT_A_FEED
        return verdict(state, detail=_explain(error, state))
    if not announced.count:
        return verdict(State.EMPTY, detail="lists nothing")
    if fetched.moved_to is not None:
        return verdict(State.MOVED, links=announced.count, detail=f"now at {fetched.moved_to}")
    return verdict(State.ALIVE, links=announced.count)


def _explain(error: ReasonedError, state: State) -> str:
    """Say why, without saying the word of the state a second time."""
    return error.detail if error.reason == state else str(error)
