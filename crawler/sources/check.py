"""Whether the addresses of a catalogue still answer: each asked once, each with one word for its state."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from crawler.sources import Source
from crawler.sources.announced import Kind, parse_announced
from crawler.sources.probe import Fetched, FetchError, Manners, Probe, open_probe
from store.errors import AvvisiError, DiscoveryError, ReasonedError

MOST_AT_ONCE = 8  # hosts
ENOUGH_SILENCE = 5  # hosts that could not be reached, and none that could: then it is the network and not the hosts
_FORBIDDEN = (401, 402, 403, 407, 451)
_GONE = (404, 410)
_SILENT = ("unreachable", "timeout")


class NoNetwork(AvvisiError):
    """Nothing that was asked could be reached, so that nothing is known of any address."""


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
    reached: bool = True  # whether its host answered anything at all

    @property
    def is_well(self) -> bool:
        """Whether a crawl can use the address."""
        return self.state in (State.ALIVE, State.MOVED)


def check_online(sources: Sequence[Source], *, manners: Manners, trusted: bool,
                 tell: Callable[[Verdict], None]) -> tuple[Verdict, ...]:
    """Ask for every address of ``sources`` once and judge each answer, in the order of the catalogue.

    ``trusted`` says that the owner wrote these sources, so that private addresses in them are meant. ``tell`` hears
    each verdict as it falls. Raise NoNetwork when the first hosts cannot be reached at all.
    """
    return asyncio.run(_check(sources, manners=manners, trusted=trusted, tell=tell))


def worst(verdicts: Iterable[Verdict]) -> State:
    """Return the state of a source whose addresses have these verdicts: that of the worst."""
    order = tuple(State)
    return max((verdict.state for verdict in verdicts), key=order.index)


class _Silence:
    """Hold verdicts back until one host answers; after enough that do not, say that there is no network."""

    def __init__(self, tell: Callable[[Verdict], None]) -> None:
        self._tell = tell
        self._held: list[Verdict] | None = []
        self._hosts: set[str] = set()

    def hear(self, verdict: Verdict) -> None:
        if self._held is None:
            self._tell(verdict)
            return
        self._held.append(verdict)
        if verdict.reached:
            self.end()
            return
        self._hosts.add(_host(verdict.url))
        if len(self._hosts) == ENOUGH_SILENCE:
            raise NoNetwork(f"no network: none of the first {ENOUGH_SILENCE} hosts could be reached "
                            f"({verdict.detail}); nothing is known of any address, and no date was written")

    def end(self) -> None:
        """Tell what was held back."""
        held, self._held = self._held or [], None
        for verdict in held:
            self._tell(verdict)


async def _check(sources: Sequence[Source], *, manners: Manners, trusted: bool,
                 tell: Callable[[Verdict], None]) -> tuple[Verdict, ...]:
    places = asyncio.Semaphore(MOST_AT_ONCE)
    written = tuple(url for source in sources for url in source.addresses) if trusted else ()
    silence = _Silence(tell)
    found: dict[tuple[str, str], Verdict] = {}

    async def visit(addresses: Sequence[tuple[str, Kind, str]], probe: Probe) -> None:
        async with places:
            for id, kind, url in addresses:
                verdict = await check_address(id, kind, url, probe=probe)
                found[id, url] = verdict
                silence.hear(verdict)

    async with open_probe(manners, trusted=written) as probe:
        try:
            async with asyncio.TaskGroup() as visits:
                for addresses in _by_host(sources):
                    visits.create_task(visit(addresses, probe))
        except* NoNetwork as errors:
            raise errors.exceptions[0] from None
    silence.end()
    return tuple(found[source.id, url] for source in sources for _, url in list_addresses(source))


def _by_host(sources: Sequence[Source]) -> Iterable[Sequence[tuple[str, Kind, str]]]:
    """Put the addresses of one host together: it is asked one at a time, and nobody waits in the others' place."""
    hosts: dict[str, list[tuple[str, Kind, str]]] = {}
    for source in sources:
        for kind, url in list_addresses(source):
            hosts.setdefault(_host(url), []).append((source.id, kind, url))
    return hosts.values()


def _host(url: str) -> str:
    return urlsplit(url).netloc.lower()


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
        return Verdict(source=source, kind=kind, url=url, state=state, detail=_explain(error, state),
                       reached=error.reason not in _SILENT)
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
