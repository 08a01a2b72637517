"""What Prometheus reads. Imported only where somebody listens: prometheus-client takes .1 s and some memory.

Counters and the histogram count since the process began; the gauges are read from the database for each answer.
"""

from collections import Counter as CountedBy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import version

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store import models
from store.fetches import LinkState
from store.guestbook import Pause, list_pauses
from store.health.watching import open_conditions

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
# Seconds from publication to storage: a source is looked at every few minutes to hours.
BUCKETS = (60, 120, 300, 600, 900, 1800, 2700, 3600, 5400, 7200, 10800, 21600, 43200, 86400, 172800)
ARTICLES = ("new", "updated", "unchanged", "duplicate", "near_duplicate", "gone")


@dataclass(frozen=True, kw_only=True)
class SourceState:
    """What is known of a source's rhythm."""

    id: str
    last_finished_at: datetime | None
    next_due_at: datetime | None
    failures: int


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """What the database says now.

    ``conditions`` are open: how many of each name a source has. ``failing`` are the places that cannot be read, by
    source and reason; ``pauses`` the hosts that are left alone.
    """

    sources: tuple[SourceState, ...] = ()
    queued: int = 0
    conditions: Mapping[tuple[str, str], int] = field(default_factory=dict)
    failing: Mapping[tuple[str, str], int] = field(default_factory=dict)
    pauses: tuple[Pause, ...] = ()


def take_snapshot(session: Session, *, sources: Iterable[str], now: datetime) -> Snapshot:
    """Read what the gauges show of some sources."""
    row, wanted = models.Source, set(sources)
    states = session.execute(select(row.id, row.last_finished_at, row.next_due_at, row.failures)).mappings()
    standing = [each for each in open_conditions(session) if each.source in wanted]
    queued = session.scalar(select(func.count()).where(models.Link.state == LinkState.QUEUED))
    return Snapshot(
        sources=tuple(SourceState(**state) for state in states if state["id"] in wanted),
        queued=queued or 0,
        conditions=CountedBy((each.source, each.name) for each in standing),
        failing=CountedBy((each.source, each.evidence["reason"]) for each in standing if "reason" in each.evidence),
        pauses=list_pauses(session, now=now),
    )


def find_last_news(session: Session) -> dict[str, datetime]:
    """Find when something new was last found at each source."""
    row = models.Observation
    rows = session.execute(select(row.source_id, func.max(row.first_at)).where(row.fresh > 0).group_by(row.source_id))
    return {source: at for source, at in rows if at is not None}


class Metrics:
    """The service's counters; ``snapshot`` is replaced before each answer."""

    def __init__(self, last_news: Mapping[str, datetime]) -> None:
        self.snapshot = Snapshot()
        self.waiting_writes = 0
        self._last_news = dict(last_news)
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.runs = Counter("avvisi_runs", "Runs of sources, by how they ended.", ["outcome"], registry=self.registry)
        self.requests = Counter("avvisi_requests", "Requests sent.", registry=self.registry)
        self.articles = Counter("avvisi_articles", "Pages by what became of them in the store.", ["outcome"],
                                registry=self.registry)
        self.failures = Counter("avvisi_pages_failed", "Pages that were not had or not read, by the reason.",
                                ["reason"], registry=self.registry)
        self.places = Counter("avvisi_place_answers", "Answers of feeds, sitemaps and section pages: modified, "
                              "not_modified (304) or failed.", ["answer"], registry=self.registry)
        self.latency = Histogram("avvisi_publication_to_storage_seconds", "From an article's publication, as its feed "
                                 "says, to its storage.", buckets=BUCKETS, registry=self.registry)
        self.registry.register(self)

    def count_run(self, *, source: str, outcome: str, counts: Mapping[str, int], requests: int, now: datetime,
                  has_news: bool, answers: Mapping[str, int], latencies: Iterable[float]) -> None:
        """Add what a run came to."""
        self.runs.labels(outcome).inc()
        self.requests.inc(requests)
        for word, amount in counts.items():
            if word in ARTICLES:
                self.articles.labels(word).inc(amount)
            elif word.startswith("failed_"):
                self.failures.labels(word.removeprefix("failed_")).inc(amount)
        for answer, amount in answers.items():
            self.places.labels(answer).inc(amount)
        for seconds in latencies:
            self.latency.observe(seconds)
        if has_news:
            self._last_news[source] = now

    def write(self) -> bytes:
        """Write it all in Prometheus's text format."""
        return generate_latest(self.registry)

    def collect(self) -> Iterable[Metric]:
        """Give the gauges."""
        yield InfoMetricFamily("avvisi_build", "The version that runs.", value={"version": version("avvisi")})
        times = (
            ("avvisi_source_last_run_timestamp_seconds", "When a source was last run.",
             {each.id: each.last_finished_at for each in self.snapshot.sources}),
            ("avvisi_source_next_due_timestamp_seconds", "When a source is due.",
             {each.id: each.next_due_at for each in self.snapshot.sources}),
            ("avvisi_source_last_news_timestamp_seconds", "When something new was last found at a source.",
             {each.id: self._last_news.get(each.id) for each in self.snapshot.sources}),
        )
        for name, text, values in times:
            family = GaugeMetricFamily(name, text, labels=["source"])
            for source, at in values.items():
                if at is not None:
                    family.add_metric([source], at.timestamp())
            yield family
        failing = GaugeMetricFamily("avvisi_source_failures", "Failed runs since the last good one.",
                                    labels=["source"])
        for each in self.snapshot.sources:
            failing.add_metric([each.id], each.failures)
        yield failing
        conditions = GaugeMetricFamily("avvisi_open_conditions", "What is wrong with a source now.",
                                       labels=["source", "condition"])
        for (source, name), amount in self.snapshot.conditions.items():
            conditions.add_metric([source, name], amount)
        yield conditions
        failing = GaugeMetricFamily("avvisi_failing_places", "Feeds, sitemaps and section pages that cannot be read "
                                    "now, by why.", labels=["source", "reason"])
        for (source, reason), amount in self.snapshot.failing.items():
            failing.add_metric([source, reason], amount)
        yield failing
        pauses = GaugeMetricFamily("avvisi_host_left_alone_until_timestamp_seconds", "Until when nothing is asked of a "
                                   "host, and what it did.", labels=["host", "reason"])
        for pause in self.snapshot.pauses:
            pauses.add_metric([pause.host, pause.cause], pause.until.timestamp())
        yield pauses
        yield GaugeMetricFamily("avvisi_queue_links", "Articles found and not yet fetched.",
                                value=self.snapshot.queued)
        yield GaugeMetricFamily("avvisi_waiting_writes", "Writes that wait for the database.",
                                value=self.waiting_writes)
