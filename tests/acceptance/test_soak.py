"""The soak's script and its verdicts; the soak itself is run by hand."""

from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

from crawler.discover.feeds import parse_feed
from store.articles import ingest
from store.database import open_database
from store.values import Article
from tests.acceptance.soak import (
    EVERY,
    HOUR,
    KINDS,
    START,
    Clock,
    Pace,
    find_fixed,
    judge_doubles,
    judge_kind,
    percentile,
    script,
    write_feed,
)
from tests.store.texts import make_sentence

DAYS = timedelta(days=4)


def test_the_script_is_the_same_each_time_and_another_with_another_seed() -> None:
    first, again, other = (script(DAYS, seed) for seed in (1, 1, 2))
    assert [life.published for life in first] == [life.published for life in again]
    assert [life.published for life in first] != [life.published for life in other]
    assert len(first) == sum(KINDS.values()) == 200
    for life in first:
        assert life.published == sorted(life.published)
        assert life.kind not in ("zombie", "silent", "dying") or life.published[-1] <= life.turn


def test_a_life_sleeps_at_night_and_keeps_its_pace_by_day() -> None:
    pace = Pace(a_day=6.0, spread=0.25, wakes=8.0, hours=12.0, weekend=0.5)
    life = next(life for life in script(DAYS, 1) if life.kind == "regular")
    published = pace.publish(Random(1), START, START + timedelta(days=28))
    assert all(8 <= moment.hour < 20 for moment in published)
    weekend = sum(moment.weekday() >= 5 for moment in published)
    assert 0.12 < weekend / len(published) < 0.22  # two days at half the pace of five
    assert life.usual >= max(after - before for before, after in pairwise(life.published))


def test_a_silent_life_that_is_named_late_or_never_breaks_the_promise() -> None:
    life = next(life for life in script(timedelta(days=20), 1) if life.kind == "silent")
    words, end = frozenset(("silent",)), life.deadline + HOUR
    for named, holds in ((life.deadline, True), (life.deadline + HOUR / 2, False), (None, False)):
        opened = {life.id: [("silent", named)] if named else []}
        verdict, _ = judge_kind("silent", [life], opened, words, end)
        assert verdict.holds == holds
    verdict, _ = judge_kind("silent", [life], {life.id: []}, words, life.deadline - HOUR)
    assert not verdict.holds  # nothing to judge is no success


def test_the_clock_shows_what_it_is_told_and_runs_faster() -> None:
    clock = Clock.showing(START, 1440.0)
    assert abs(clock.now() - START) < timedelta(hours=1)


def test_the_fixed_interval_of_comparison_has_the_median_that_is_asked_for() -> None:
    moments = [START + HOUR * 0.37 * n for n in range(2000)]
    assert abs(find_fixed(moments, EVERY / 2, START) - EVERY) < EVERY / 20
    assert percentile([timedelta(hours=n) for n in range(1, 101)], 95) == timedelta(hours=95)


def test_a_text_under_two_records_is_found_by_its_headline(tmp_path: Path) -> None:
    with open_database(f"sqlite:///{tmp_path / 'avvisi.db'}") as database:
        with database.begin() as session:
            for number in (1, 2):
                chance = Random(number)
                paragraphs = tuple(make_sentence(chance) for _ in range(20))
                article = Article(url=f"http://a{number}.example/1", keys=(f"a{number}.example/1",), title="Dossier 1",
                                  paragraphs=paragraphs, source=f"a{number}")
                ingest(session, article, page_id=None, now=START)
        verdict = judge_doubles(database)
    assert (verdict.holds, verdict.found) == (False, "1 of 2: Dossier 1")


def test_each_kind_of_churn_renews_what_it_says_and_nothing_else() -> None:
    lives = {life.kind: life for life in script(DAYS, 1)}
    changed = {"renamed": {"address"}, "copied": {"address", "guid", "title", "date"}, "redated": {"date"},
               "tracked": {"address"}, "churning": {"guid"}, "secured": set(), "renumbered": set(), "emigrated": set()}
    for kind, names in changed.items():
        life, seen = lives[kind], []
        for look in (1, 2):
            life.asked = look
            feed = write_feed(life, range(4), life.turn + look * HOUR)
            links = parse_feed(feed, url=f"http://{life.host}/feed.xml", content_type="application/rss+xml").links
            seen.append([{"address": link.url, "guid": link.guid, "title": link.title, "date": link.published}
                         for link in links])
        differ = {name for before, after in zip(*seen, strict=True) for name in before if before[name] != after[name]}
        assert differ == names, kind
        keys = {link.key for link in links}
        assert len(keys) == 4
        if kind in ("tracked", "secured", "redated"):
            assert keys == {f"https://{life.host}/{number}.html" for number in range(4)}
