"""Days of the real service in minutes: ``python -m tests.acceptance.soak --minutes 10``.

`avvisi run` as a process on a clock that runs faster, against a local web of 200 sources whose lives are scripted on
the same clock: most keep a rhythm of their own with nights and weekends, some are busy, slow, moved, ban whoever asks
too often or lie about dates, and some die, fall silent, go on answering without news, with next to nothing or under
ever new names, or change their pages. Of some only the names change: an address at each look, tracking parameters,
https and www, identifiers, dates, old texts as new articles, another domain with redirects. The script begins on the
same Monday each time, and depends on ``--seed`` and on how many days are shown. Network times, pauses between requests
and time-outs stay real.

It prints, against what was promised: how long after publication articles are stored, the requests for one, the share of
304s, whether any host was ever asked twice at once or without its pause, whether anything was stored twice, how soon
each trouble was named, and alarms without a cause. The fixed interval of comparison is the one that would have found
articles with the same median. A source's usual gap is the longest that such a life makes in thirty years: no sooner can
it be named without calling one of 360 healthy ones dead each month (docs/design/conditions.md). What the machine did
beside this is printed, too: where it has no time left, the times are its own.
"""

import argparse
import html
import math
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from statistics import median

from sqlalchemy import inspect, select, text

from store import models
from store.database import Database, open_database
from tests.acceptance.avvisi import article_page, source_entry
from tests.acceptance.machine import Machine, count_seconds
from tests.acceptance.warm import ROOT
from tests.localweb import Answer, LocalWeb

RATE = 1008.0  # a week in ten minutes
STILL = 1e-6  # of a clock that all but stands still, while the past is read
START = datetime(2026, 3, 2, tzinfo=UTC)  # a Monday
EVERY = timedelta(hours=6)
DELAY = 1  # real seconds between two requests to a host, of which one in
PACED = 5  # is asked so slowly: the others would fill the days of a fast clock with pauses
LATE = 5.0  # real seconds beyond its interval
PAST = timedelta(days=14)  # what the feeds list at the start
LISTED, LISTED_BUSY = 8, 16  # entries of a feed: enough for the time between two looks
TURN = 0.5  # the share of the time after which lives change, and those
TURN_SILENT = 0.35  # that are to fall silent long enough before the end
HOUR = timedelta(hours=1)
THIRTY_YEARS = timedelta(days=30 * 365)
AT_ONCE = 4 * EVERY  # what an answer shows by itself is named within four looks

# kind -> how many; and the words that may name its trouble (none: any word is a false alarm)
KINDS = {"regular": 83, "busy": 20, "slow": 10, "moved": 10, "banning": 8, "lying": 8, "changed": 8, "dying": 8,
         "zombie": 9, "silent": 9, "tiny": 3, "churning": 3, "renamed": 3, "copied": 3, "redated": 3, "tracked": 3,
         "secured": 3, "renumbered": 3, "emigrated": 3}
NAMES: dict[str, frozenset[str]] = {
    "lying": frozenset(("future_dates",)), "changed": frozenset(("unreadable", "shrunk")),
    "dying": frozenset(("failing", "silent", "zombie")), "zombie": frozenset(("zombie", "silent")),
    "silent": frozenset(("silent", "zombie")), "tiny": frozenset(("tiny",)), "churning": frozenset(("churning",)),
    "renamed": frozenset(("churning",)), "copied": frozenset(("churning",)), "redated": frozenset(("churning",)),
    "banning": frozenset(("failing",))}
# True as well, though not what it is to be known by.
ALSO = dict.fromkeys(("tiny", "copied", "redated"), frozenset(("zombie", "silent")))
HEALTHY = ("regular", "busy", "slow", "moved")
SILENT = ("zombie", "silent")
ENDING = (*SILENT, "dying", "tiny", "copied", "redated")  # nothing new comes after their turn
RENEWED = ("zombie", "churning", "renamed", "copied", "redated", "tracked")  # feeds that are never the same
SHOWN = ("lying", "tiny", "churning", "renamed", "copied", "redated")  # what their answers show by themselves


@dataclass(frozen=True)
class Clock:
    """The clock of the service: ``rate`` times as fast as the machine's since ``origin``."""

    rate: float
    origin: float

    @classmethod
    def showing(cls, moment: datetime, rate: float) -> "Clock":
        """Make one that shows ``moment`` now."""
        machine = time.time()
        return cls(rate, (machine * rate - moment.timestamp()) / (rate - 1))

    def now(self) -> datetime:
        """The time of day there."""
        return datetime.fromtimestamp(self.origin + (time.time() - self.origin) * self.rate, UTC)

    @property
    def environment(self) -> dict[str, str]:
        """What has avvisi live by it."""
        return {"AVVISI_CLOCK_RATE": str(self.rate), "AVVISI_CLOCK_ORIGIN": str(self.origin)}


@dataclass(frozen=True, kw_only=True)
class Pace:
    """When a source publishes: ``a_day`` articles in so many ``hours`` from ``wakes`` on, at weekends fewer.

    ``spread`` is the standard deviation of the pauses between them, in their mean: 0 is a beat, 1 is chance alone.
    """

    a_day: float
    spread: float
    wakes: float
    hours: float
    weekend: float

    @classmethod
    def draw(cls, chance: random.Random, kind: str) -> "Pace":
        """Draw a pace. Those of which so many articles tell are the faster ones: the soak is to see the end of it."""
        choices = {"busy": (12.0, 16.0, 20.0), "changed": (2.0, 3.0, 5.0), **dict.fromkeys(SILENT, (5.0, 8.0, 12.0))}
        a_day = chance.choice(choices.get(kind, (1.0, 1.5, 2.0, 3.0, 5.0)))
        return cls(a_day=a_day, spread=chance.choice((0.25, 0.5, 0.8)), wakes=chance.uniform(0, 24),
                   hours=chance.uniform(10, 16), weekend=chance.choice((1.0, 0.5, 0.2)) if a_day > 1.5 else 1.0)

    def publish(self, chance: random.Random, start: datetime, end: datetime) -> list[datetime]:
        """Publish. Pauses are drawn in articles due, and pass as fast as articles are due: not at all at night."""
        hour, last, published = 0.0, (end - start) / HOUR, []
        first = (start - START) / HOUR
        while True:
            due = chance.gammavariate(self.spread**-2, self.spread**2)
            while due > 0 and hour < last:
                rate, lasts = self._rate(first + hour)
                passed = min(lasts, due / rate) if rate else lasts
                hour, due = hour + passed, due - rate * passed
                due = due if due > 1e-9 else 0.0
            if hour >= last:
                return published
            published.append(start + hour * HOUR)

    def _rate(self, hour: float) -> tuple[float, float]:
        """How many articles an hour are due so many hours after a Monday's midnight, and for how long that holds."""
        awake = (hour - self.wakes) % 24
        is_awake = awake < self.hours
        lasts = min((self.hours if is_awake else 24) - awake, 24 - hour % 24)
        weekend = self.weekend if int(hour // 24) % 7 >= 5 else 1.0
        return (self.a_day / self.hours * weekend if is_awake else 0.0), max(lasts, 1e-6)


@dataclass
class Life:
    """A source's script: what it publishes when, and when its life turns."""

    host: str
    kind: str
    pace: Pace
    published: list[datetime]
    turn: datetime
    asked: int = 0
    answered: list[tuple[datetime, int]] = field(default_factory=list)

    @property
    def id(self) -> str:
        """Its name in the catalogue."""
        return self.host.replace(".", "-")

    @property
    def gap(self) -> timedelta:
        """Its own interval: the mean time between two publications."""
        return (self.published[-1] - self.published[0]) / max(1, len(self.published) - 1)

    @cached_property
    def listed(self) -> int:
        """How many entries its feed lists; one that is to be known well by the time it falls silent lists its past."""
        if self.kind in SILENT:
            return bisect_right(self.published, START)
        return LISTED_BUSY if self.kind == "busy" else LISTED

    @property
    def longest(self) -> timedelta:
        """The longest time that it used to say nothing before its life turned."""
        before = [moment for moment in self.published if moment <= self.turn]
        return max(after - moment for moment, after in pairwise(before))

    @cached_property
    def usual(self) -> timedelta:
        """The longest time that a life of its pace says nothing in thirty years."""
        moments = self.pace.publish(random.Random(self.host), START, START + THIRTY_YEARS)
        return max(after - moment for moment, after in pairwise(moments))

    @property
    def since(self) -> datetime:
        """From when on its trouble can be known: at once, after its last article, or with its next one."""
        if self.kind in SILENT:
            return self.published[-1]
        after = bisect_left(self.published, self.turn) if self.kind == "lying" else len(self.published)
        return self.published[after] if after < len(self.published) else self.turn

    @property
    def new_host(self) -> str:
        """Where it moves to, if it does."""
        return f"new-{self.host}"

    def address(self, number: int, *, issue: int, turned: bool) -> str:
        """Where its feed says that an article is; after the turn of some lives otherwise each time (``issue``)."""
        if turned and self.kind in ("renamed", "copied"):
            return f"http://{self.host}/v{issue}/{number}.html"
        if turned and self.kind == "tracked":
            return f"http://{self.host}/{number}.html?utm_source=rss&utm_content={issue}"
        if turned and self.kind == "secured" and self.published[number] < self.turn:
            return f"https://www.{self.host}/{number}.html"
        return f"http://{self.new_host if turned and self.kind == 'emigrated' else self.host}/{number}.html"

    @property
    def deadline(self) -> datetime:
        """By when its silence is to be named: two of its own intervals beyond its usual gap, at the next look."""
        return self.published[-1] + self.usual + 2 * self.gap + EVERY


def script(days: timedelta, seed: int) -> list[Life]:
    """Write the lives."""
    lives = []
    for kind, number in KINDS.items():
        for one in range(number):
            chance = random.Random(f"{seed} {kind} {one}")
            pace = Pace.draw(chance, kind)
            turn = START + days * (TURN_SILENT if kind in SILENT else TURN)
            published = pace.publish(chance, START - PAST, START + days)
            if kind in ENDING:
                published = [moment for moment in published if moment <= turn]
            lives.append(Life(f"{kind}{one}.example", kind, pace, published, turn))
    return lives


class World:
    """The web of the lives."""

    def __init__(self, lives: Sequence[Life], web: LocalWeb, clock: Clock) -> None:
        self.clock = clock
        self.web = web
        self.lives = {life.host: life for life in lives}
        for life in lives:
            self.open(life, life.host)
            if life.kind == "emigrated":
                self.open(life, life.new_host)

    def open(self, life: Life, host: str) -> None:
        """Answer for a host of a source."""
        self.web.add(host, "/robots.txt", Answer(b"User-agent: *\nAllow: /\n"))
        for place in ("/feed.xml", "/new.xml"):
            self.web.add(host, place, lambda headers, place=place: self.feed(life, host, place, headers))
        for number in range(len(life.published)):
            self.web.add(host, f"/{number}.html", lambda headers, n=number: self.page(life, n, host=host))

    def feed(self, life: Life, host: str, place: str, headers: Mapping[str, str]) -> Answer:
        """Answer for a source's feed as its life is now."""
        now, turned = self.clock.now(), self.clock.now() >= life.turn
        if life.kind == "emigrated" and turned and host == life.host:
            return Answer(status=301, headers={"Location": f"http://{life.new_host}{place}"})
        answer = self._answer_feed(life, place, headers, now, turned)
        life.asked += 1
        life.answered.append((now, answer.status))
        return answer

    def _answer_feed(self, life: Life, place: str, headers: Mapping[str, str], now: datetime, turned: bool) -> Answer:
        if turned and life.kind == "dying":
            return Answer(b"gone", status=(404, 410, 500, 503)[len(life.published) % 4])
        if turned and life.kind == "moved" and place == "/feed.xml":
            return Answer(status=301, headers={"Location": f"http://{life.host}/new.xml"})
        if life.kind == "banning" and life.turn <= now < life.turn + timedelta(days=1):
            return Answer(status=429, headers={"Retry-After": "3"})
        if turned and life.kind == "tiny":
            return Answer(b"<rss></rss>", headers={"Content-Type": "application/rss+xml"})
        delay = 1.5 if life.kind == "slow" else 0.0
        known = bisect_right(life.published, now)
        etag = f'"{known}"'
        is_conditional = life.kind not in RENEWED
        if is_conditional and headers.get("if-none-match") == etag:
            return Answer(status=304, headers={"ETag": etag}, delay=delay)
        entries = range(max(0, known - life.listed), known)
        fields = {"Content-Type": "application/rss+xml", **({"ETag": etag} if is_conditional else {})}
        if life.kind in ("renamed", "copied", "tracked") and turned:
            for number in entries:
                path = life.address(number, issue=life.asked, turned=turned).removeprefix(f"http://{life.host}")
                self.web.add(life.host, path, lambda headers, n=number: self.page(life, n))
        return Answer(write_feed(life, list(entries), now), headers=fields, delay=delay)

    def page(self, life: Life, number: int, *, host: str = "") -> Answer:
        """Answer with an article, in the layout of its day."""
        if life.kind == "emigrated" and host == life.host and self.clock.now() >= life.turn:
            return Answer(status=301, headers={"Location": f"http://{life.new_host}/{number}.html"})
        body = article_page(f"Dossier {number} of {life.host}", f"{life.host} dossier {number}")
        if life.kind == "changed" and self.clock.now() >= life.turn:
            body = b"<html><head><title>News</title></head><body><div id='app'></div><script>go()</script>"
        return Answer(body, headers={"Content-Type": "text/html"})


def write_feed(life: Life, entries: Sequence[int], now: datetime) -> bytes:
    """Write a feed of these articles, the newest first."""
    turned = now >= life.turn
    items, issue = [], life.asked if turned else 0
    name = issue if life.kind in ("churning", "copied") else int(turned and life.kind == "renumbered")
    later = {"lying": timedelta(days=400), "redated": now - life.turn, "copied": now - life.turn}.get(
        life.kind, timedelta())
    for number in reversed(entries):
        moment = life.published[number] + (later if turned else timedelta())
        title = f"Dossier {number} of {life.host}" + (f", again ({issue})" if issue and life.kind == "copied" else "")
        address = html.escape(life.address(number, issue=issue, turned=turned))
        items.append(f"<item><title>{title}</title><guid isPermaLink='false'>{life.host}-{number}-{name}</guid>"
                     f"<link>{address}</link><pubDate>{format_datetime(moment)}</pubDate></item>")
    return (f'<?xml version="1.0"?><rss version="2.0"><channel><title>{life.host}</title>'
            f"{''.join(items)}</channel></rss>").encode()


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """A promise and what became of it."""

    name: str
    found: str
    promised: str
    holds: bool


@dataclass(frozen=True, kw_only=True)
class Ran:
    """What the service did while it ran: what it said, its share of a core with all its processes."""

    said: str
    cores: float
    machine: str


def run_service(folder: Path, environment: dict[str, str], seconds: float) -> Ran:
    """Run the service for so long."""
    with (folder / "service.log").open("w") as log:
        service = subprocess.Popen([sys.executable, "-m", "scheduler", "run"], cwd=folder, env=environment, stdout=log,
                                   stderr=log, start_new_session=True)
        machine = Machine()
        time.sleep(seconds)
        cores, described = count_seconds(service.pid) / seconds, machine.describe()
        service.send_signal(signal.SIGTERM)
        if status := service.wait():
            print(f"the service ended with {status}")
    return Ran(said=(folder / "service.log").read_text(), cores=cores, machine=described)


def judge(world: World, web: LocalWeb, database: Database, start: datetime, end: datetime) -> list[Verdict]:
    """Hold everything against its promise."""
    stored = read_stored(database)
    healthy = [life for life in world.lives.values() if life.kind in HEALTHY]
    lags = {life.host: lags_of(life, stored, start, end) for life in healthy}
    gaps = {life.host: gaps_of(life) for life in healthy}
    verdicts = [*judge_freshness(world, healthy, lags, gaps), *judge_requests(healthy, lags, gaps, start, end)]
    verdicts += judge_manners(web, frozenset(list(world.lives)[::PACED]))
    verdicts.append(judge_doubles(database))
    with database.read() as session:
        is_watched = inspect(session.connection()).has_table("condition")
    return verdicts + (judge_names(world, database, end) if is_watched else [])


def judge_doubles(database: Database) -> Verdict:
    """Nothing is stored twice, whatever its names were: each article has a headline of its own."""
    article, revision = models.Article, models.Revision
    is_current = (revision.article_id == article.id) & (revision.number == article.revision)
    with database.read() as session:
        titles = Counter(session.scalars(select(revision.title).join(article, is_current)))
    doubles = [str(title) for title, times in titles.items() if times > 1]
    return Verdict(name="stored twice", found=f"{len(doubles)} of {titles.total():,}{': ' * bool(doubles)}"
                   f"{', '.join(doubles[:5])}", promised="0", holds=not doubles)


def read_stored(database: Database) -> dict[str, datetime]:
    """When each address was first stored."""
    with database.read() as session:
        return {url: moment for url, moment in session.execute(select(models.Article.url, models.Article.first_seen))}


Lags = list[tuple[datetime, timedelta]]  # of publications: when, and how long until they were stored
Gaps = Mapping[str, Sequence[tuple[datetime, datetime]]]  # host -> the times between two looks at its feed


def lags_of(life: Life, stored: Mapping[str, datetime], start: datetime, end: datetime) -> Lags:
    """How long each publication took to be stored; what should be and is not counts as long as it was waited for."""
    lags = []
    for number, moment in enumerate(life.published):
        # The first day is for the past to be read, the last interval for what is still to come.
        if start + timedelta(days=1) <= moment < end - 2 * EVERY:
            lags.append((moment, stored.get(f"http://{life.host}/{number}.html", end) - moment))
    return lags


def gaps_of(life: Life) -> list[tuple[datetime, datetime]]:
    """The times between two looks at its feed."""
    return list(pairwise(moment for moment, status in life.answered if status in (200, 304)))


def judge_freshness(world: World, healthy: Iterable[Life], lags: Mapping[str, Lags], gaps: Gaps) -> list[Verdict]:
    """From publication to storage, against the owner's interval and each source's own rhythm."""
    flat = [lag for each in lags.values() for _, lag in each]
    late = timedelta(seconds=LATE * world.clock.rate)
    own = [lag / life.gap for life in healthy for _, lag in lags[life.host]]
    beyond = [lag - gap_at(gaps[host], moment) for host, each in lags.items() for moment, lag in each]
    return [
        Verdict(name="from publication to storage, median", found=hours(percentile(flat, 50)), promised="-",
                holds=True),
        Verdict(name="from publication to storage, 95th percentile", found=hours(percentile(flat, 95)),
                promised=f"one interval ({hours(EVERY)}) + {LATE:.0f} s real ({hours(late)})",
                holds=percentile(flat, 95) <= EVERY + late),
        Verdict(name="the same in parts of each source's own rhythm, median and 95th",
                found=f"{percentile(own, 50):.2f}, {percentile(own, 95):.2f}", promised="-", holds=True),
        Verdict(name="beyond the check that had to find it, 95th percentile",
                found=f"{max(percentile(beyond, 95), timedelta()).total_seconds() / world.clock.rate:.1f} s real",
                promised=f"{LATE:.0f} s", holds=percentile(beyond, 95) <= late),
    ]


def gap_at(gaps: Sequence[tuple[datetime, datetime]], moment: datetime) -> timedelta:
    """The time from a moment to the next look at the feed."""
    place = bisect_left(gaps, moment, key=lambda gap: gap[1])
    return gaps[place][1] - moment if place < len(gaps) else timedelta()


def judge_requests(healthy: Sequence[Life], lags: Mapping[str, Lags], gaps: Gaps, start: datetime,
                   end: datetime) -> list[Verdict]:
    """Requests for feeds, against the fixed interval whose looks come after the same median.

    What follows a look, reading and storing, would follow it whatever its schedule was.
    """
    begin = start + timedelta(days=1)
    ours = sum(begin <= moment < end and status != 301 for life in healthy for moment, status in life.answered)
    articles = sum(begin <= moment < end for life in healthy for moment in life.published)
    wanted = percentile([gap_at(gaps[host], moment) for host, each in lags.items() for moment, _ in each], 50)
    moments = [moment for each in lags.values() for moment, _ in each]
    fixed = find_fixed(moments, wanted, start)
    theirs = len(healthy) * ((end - begin) / fixed)
    all_answers = [status for life in healthy for moment, status in life.answered if moment >= begin]
    share = all_answers.count(304) / max(1, len(all_answers))
    return [
        Verdict(name="feed requests an article", found=f"{ours / max(1, articles):.2f}", promised="-", holds=True),
        Verdict(name="304 share of the feeds' answers", found=f"{share:.0%}", promised="-", holds=True),
        Verdict(name=f"requests, against a fixed interval of {hours(fixed)} with the same median of {hours(wanted)}",
                found=f"{ours:,} against {theirs:,.0f}: {1 - ours / theirs:.0%} fewer", promised="30% fewer",
                holds=ours <= 0.7 * theirs),
    ]


def find_fixed(moments: Sequence[datetime], wanted: timedelta, start: datetime) -> timedelta:
    """Find the fixed interval of which the median delay is as wanted, each source at a phase of its own."""
    chance = random.Random(1)
    phases = [chance.random() for _ in moments]

    def delay(interval: timedelta) -> timedelta:
        found = [interval - ((moment - start) + phase * interval) % interval
                 for moment, phase in zip(moments, phases, strict=True)]
        return median(found)

    low, high = timedelta(minutes=1), timedelta(days=4)
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if delay(middle) < wanted else (low, middle)
    return high


def judge_manners(web: LocalWeb, slow: frozenset[str]) -> list[Verdict]:
    """One request at a time a host, and the pause between two, as the server saw them."""
    by_host = defaultdict(list)
    for served in list(web.log):
        by_host[served.host].append((served.started, served.ended))
    pairs = [pair for each in by_host.values() for pair in pairwise(sorted(each))]
    overlaps = sum(after[0] < before[1] for before, after in pairs)
    paced = [pair for host, each in by_host.items() if host in slow for pair in pairwise(sorted(each))]
    hasty = sum(after[0] - before[1] < DELAY - 0.01 for before, after in paced)
    return [
        Verdict(name="two requests to a host at once", found=f"{overlaps} of {len(pairs):,}", promised="0",
                holds=not overlaps),
        Verdict(name=f"requests before the pause of {DELAY} s was over", found=f"{hasty} of {len(paced):,}",
                promised="0", holds=not hasty),
    ]


Opened = Mapping[str, Sequence[tuple[str, datetime]]]  # source -> what was named, and when


def judge_names(world: World, database: Database, end: datetime) -> list[Verdict]:
    """How soon each trouble was named, and alarms without a cause."""
    opened = read_opened(database)
    verdicts = [verdict for kind, words in NAMES.items() for verdict in judge_kind(
        kind, [life for life in world.lives.values() if life.kind == kind], opened, words, end)]
    false = Counter(name for life in world.lives.values() for name, moment in opened[life.id]
                    if not may_be_named(life, name) or (moment < life.turn and life.kind not in HEALTHY))
    # Half an hour late is named; on a clock so fast that is a moment in which this machine did something else.
    overdue = false.pop("overdue", 0)
    return [*verdicts, Verdict(name="alarms without a cause", found=str(dict(false)) if false else "0", promised="0",
                               holds=not false),
            Verdict(name="sources named overdue, as half an hour is so short here", found=str(overdue), promised="-",
                    holds=True)]


def may_be_named(life: Life, name: str) -> bool:
    """Tell whether a word is true of a life after its turn."""
    return name in NAMES.get(life.kind, frozenset()) or name in ALSO.get(life.kind, frozenset())


def read_opened(database: Database) -> Opened:
    """What was ever named."""
    opened: dict[str, list[tuple[str, datetime]]] = defaultdict(list)
    with database.read() as session:
        for source, name, moment in session.execute(
                text("SELECT source_id, name, opened_at FROM condition ORDER BY id")):
            opened[source].append((name, as_moment(moment)))
    return opened


def judge_kind(kind: str, lives: Sequence[Life], opened: Opened, words: frozenset[str],
               end: datetime) -> Iterable[Verdict]:
    """Hold the names of one kind of trouble against what was promised of it."""
    named = {life.host: first_named(opened[life.id], words, life.turn) for life in lives}
    delays = [moment - life.since for life in lives if (moment := named[life.host])]
    found = f"{len(delays)} of {len(lives)}" + (f", median after {hours(median(delays))}" if delays else "")
    if kind == "banning":
        yield Verdict(name=f"{kind}: named", found=found, promised="-", holds=True)
    elif kind in SILENT:
        due = [life for life in lives if life.deadline <= end]
        late = [life.host for life in due if (named[life.host] or end) > life.deadline]
        strict = sum((named[life.host] or end) <= life.deadline - life.usual + life.longest for life in lives)
        yield Verdict(name=f"{kind}: named", found=f"{found}; late of {len(due)}: {', '.join(late) or 'none'}",
                      promised="each within two of its own intervals beyond its usual gap, at the next look",
                      holds=bool(due) and not late)
        yield Verdict(name=f"{kind}: named within two intervals beyond the longest gap yet",
                      found=f"{strict} of {len(lives)}", promised="-", holds=True)
    else:
        late = [life.host for life in lives if kind in SHOWN and (named[life.host] or end) > life.since + AT_ONCE]
        yield Verdict(name=f"{kind}: named", found=found + (f"; {', '.join(late)} late" if late else ""),
                      promised="all" + (f", within {hours(AT_ONCE)}" if kind in SHOWN else ""),
                      holds=len(delays) == len(lives) and not late)


def first_named(opened: Iterable[tuple[str, datetime]], words: frozenset[str], since: datetime) -> datetime | None:
    """When one of the words first opened after a moment."""
    return min((moment for name, moment in opened if name in words and moment >= since), default=None)


def as_moment(value: object) -> datetime:
    """Read a time as the database gives it to a bare query."""
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def percentile(values: Sequence[timedelta] | Sequence[float], share: float):
    """The value that so many in a hundred do not pass."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, math.ceil(len(ordered) * share / 100) - 1)]


def hours(span: timedelta) -> str:
    """A length of time for a person."""
    return f"{span / HOUR:.1f} h"


def write_catalogue(lives: Iterable[Life], file: Path) -> None:
    """Write a source a life."""
    every = f"{EVERY / HOUR:.0f}h"
    entries = (source_entry(life.host, {"feeds": "/feed.xml", "every": every,
                                        "delay": f"{0 if number % PACED else DELAY}s"})
               for number, life in enumerate(lives))
    # Looking at stored articles again is bound to real pauses, too, and would fill days that are two minutes long.
    file.write_text("".join(entries).replace("\nevery =", "\nrecheck = false\nevery ="), encoding="utf-8")


def main(arguments: list[str] | None = None) -> int:
    """Run it; 1 where a promise does not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--rate", type=float, default=RATE, help="how many times faster than ours its clock runs")
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="leave database and log here")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="avvisi-soak-") as made, LocalWeb() as web:
        folder = options.keep or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        environment = {**os.environ, "http_proxy": web.proxy_url, "no_proxy": "", "PYTHONPATH": str(ROOT),
                       "AVVISI_DATABASE_URL": f"sqlite:///{folder / 'avvisi.db'}",
                       "AVVISI_SOURCES": str(folder / "sources.toml"), "AVVISI_CONTACT": "https://example.org/"}
        lives = script(timedelta(minutes=options.minutes) * options.rate, options.seed)
        write_catalogue(lives, folder / "sources.toml")
        world = World(lives, web, Clock.showing(START, STILL))
        began = time.monotonic()
        subprocess.run([sys.executable, "-m", "scheduler", "crawl", "--quiet"], cwd=folder, check=True,
                       env=environment | world.clock.environment, stdout=subprocess.DEVNULL)
        print(f"the past was read in {time.monotonic() - began:.0f} s: {len(web.log):,} requests", flush=True)
        web.log.clear()
        for life in lives:
            life.answered.clear()
        world.clock = Clock.showing(START, options.rate)
        ran = run_service(folder, environment | world.clock.environment, options.minutes * 60)
        with open_database(environment["AVVISI_DATABASE_URL"]) as database:
            end = world.clock.now()
            verdicts = judge(world, web, database, START, end)
    print(f"{(end - START) / timedelta(days=1):.1f} days of {len(lives)} sources in {options.minutes:g} minutes; "
          f"{len(web.log):,} requests; {ran.cores:.0%} of a core; {ran.said.count('Traceback')} tracebacks\n"
          f"the machine: {ran.machine}")
    for verdict in verdicts:
        print(f"{'ok  ' if verdict.holds else 'MISS'} {verdict.name}: {verdict.found} (promised: {verdict.promised})")
    return 0 if all(verdict.holds for verdict in verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
