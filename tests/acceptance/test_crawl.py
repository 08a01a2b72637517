"""The crawl command as a real process against a local web.

A start of the command takes seconds, so all tests read one visit to a world of many papers: a first pass over all of
them, and two more over some that are named.
"""

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.avvisi import Avvisi, article_page
from tests.localweb import Answer, LocalWeb, Served, conditional, rss

WAYS = {"feed": {"feeds": "/feed.xml"}, "sitemap": {"sitemaps": "/sitemap-news.xml"}, "section": {"sections": "/"}}
PAPERS = {way: (f"{way}-north.example", f"{way}-south.example") for way in WAYS}
REPRINTS = ("one.example", "two.example", "three.example")
LIMIT = 4
BOMB = b'<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss><channel><title>&b;</title></channel></rss>'
FAULTS = {
    "empty": (Answer(headers={"Content-Type": "application/rss+xml"}), "empty"),
    "html": (Answer(b"<html><body><p>Welcome</p></body></html>"), "not_a_feed"),
    "gone": (Answer(status=404), "http_404"),
    "broken": (Answer(status=500), "http_500"),
    "reset": (Answer(abort=True), "connection_lost"),
    "loop": (Answer(status=302, headers={"Location": "http://loop.example/feed.xml"}), "redirect_loop"),
    "private": (Answer(status=302, headers={"Location": "http://169.254.169.254/latest/"}), "private_address"),
    "entities": (Answer(BOMB, headers={"Content-Type": "application/rss+xml"}), "entities"),
    "huge": (Answer(b"<p>" + b"x" * (17 << 20)), "too_large"),
}


def fill(web: LocalWeb, host: str, pages: int = 3) -> None:
    paper = host.partition(".")[0]
    web.add_site(host, {f"/world/2026/11/talks-on-{paper}-question-{n}.html": article_page(
        f"Talks on the {paper} question enter round {n}", f"{host} dossier {n}") for n in range(pages)})


def open_the_papers(avvisi: Avvisi, web: LocalWeb) -> None:
    """Papers of three pages that are announced in the three ways, and one that has more pages than the limit."""
    for way, hosts in PAPERS.items():
        for host in hosts:
            fill(web, host)
        avvisi.add_sources(hosts, **WAYS[way])
    fill(web, "long.example", pages=2 * LIMIT + 2)
    avvisi.add_sources(["long.example"], feeds="/feed.xml")


def open_two_sources_on_one_host(avvisi: Avvisi, web: LocalWeb) -> None:
    pages = {f"/a/{n}.html": article_page(f"Story {n}", f"shared dossier {n}") for n in range(2)}
    web.add_site("shared.example", pages, delay=0.05)
    avvisi.add_sources(["shared.example"], feeds="/feed.xml", delay="1s")
    entry = avvisi.catalogue.read_text()
    avvisi.catalogue.write_text(entry + entry.replace('id = "', 'id = "again-'))


def open_the_rest(avvisi: Avvisi, web: LocalWeb) -> None:
    """A paper that asks for patience, one that forbids, three that print the same, and all that have a fault."""
    late = article_page("Talks resume", "resumed talks")
    answers = iter([Answer(status=429, headers={"Retry-After": "1"})])
    web.add_site("late.example", {})
    web.add("late.example", "/a/late.html", lambda headers: next(answers, Answer(late)))
    web.add("late.example", "/feed.xml", conditional(rss("x", ["http://late.example/a/late.html"]), "text/xml"))
    fill(web, "closed.example")
    web.add("closed.example", "/robots.txt", Answer(b"User-agent: *\nDisallow: /world/"))
    for host in REPRINTS:
        web.add_site(host, {"/news/communique.html": article_page("One communiqué for all", "the common communiqué")})
    for name, (answer, _) in FAULTS.items():
        web.add(f"{name}.example", "/robots.txt", Answer(status=404))
        web.add(f"{name}.example", "/feed.xml", answer)
    avvisi.add_sources(["late.example", "closed.example", *REPRINTS, *(f"{name}.example" for name in FAULTS)],
                       feeds="/feed.xml")


@dataclass(frozen=True)
class Pass:
    """What one pass came to, and what the web saw of it."""

    result: dict[str, Any]
    log: list[Served]

    def run(self, host: str) -> dict[str, Any]:
        (found,) = (run for run in self.result["runs"] if run["source"] == host.replace(".", "-"))
        return found

    def counts(self, host: str) -> dict[str, int]:
        return self.run(host)["counts"]

    def asked(self, host: str) -> list[Served]:
        return [served for served in self.log if served.host == host]


@dataclass(frozen=True)
class Visit:
    """Three passes over the world, and all records afterwards."""

    first: Pass
    second: Pass
    third: Pass
    records: list[dict[str, Any]]

    def records_of(self, host: str) -> list[dict[str, Any]]:
        return [record for record in self.records if record["url"].startswith(f"http://{host}/")]


@pytest.fixture(scope="module")
def visit(tmp_path_factory: pytest.TempPathFactory) -> Visit:
    with LocalWeb() as web:
        avvisi = Avvisi(tmp_path_factory.mktemp("crawl"), web)
        avvisi.write_sources([])
        open_two_sources_on_one_host(avvisi, web)
        open_the_papers(avvisi, web)
        open_the_rest(avvisi, web)
        named = [host.replace(".", "-") for hosts in PAPERS.values() for host in hosts]

        def make_pass(*arguments: str) -> Pass:
            before = len(web.log)
            return Pass(avvisi.crawl(*arguments), web.log[before:])

        return Visit(
            first=make_pass("--limit", str(LIMIT)), second=make_pass("--limit", str(LIMIT), "long-example", *named),
            third=make_pass("long-example"), records=avvisi.export())


@pytest.mark.parametrize("way", WAYS)
def test_a_second_pass_stores_nothing_new_and_fetches_no_article_again(visit: Visit, way: str) -> None:
    for host in PAPERS[way]:
        first, second = visit.first.counts(host), visit.second.counts(host)
        assert (visit.first.run(host)["outcome"], first["new"]) == ("ok", 3)
        assert (visit.second.run(host)["outcome"], second["new"], second["not_modified"]) == ("ok", 0, 1)
        assert [served.path for served in visit.second.asked(host) if "2026" in served.path] == []
        assert len(visit.records_of(host)) == 3


def test_the_same_text_at_a_second_address_is_a_sighting(visit: Visit) -> None:
    counts = [visit.first.counts(host) for host in REPRINTS]
    assert sum(each["new"] for each in counts) == 1
    assert sum(each["duplicate"] for each in counts) == 2
    (record,) = (record for host in REPRINTS for record in visit.records_of(host))
    assert record["sightings"] == 3


def test_a_limit_leaves_the_rest_to_the_next_pass(visit: Visit) -> None:
    passes = (visit.first, visit.second, visit.third)
    assert [each.counts("long.example")["new"] for each in passes] == [LIMIT, LIMIT, 2]


def test_one_host_is_never_asked_by_two_requests_at_a_time(visit: Visit) -> None:
    assert visit.first.counts("shared.example")["failed"] == visit.first.counts("again-shared.example")["failed"] == 0
    spans = sorted((served.started, served.ended) for served in visit.first.asked("shared.example"))
    assert len(spans) >= 5  # robots.txt, the feed for both sources, two pages
    gaps = [start - end for (_, end), (start, _) in pairwise(spans)]
    assert min(gaps) >= 0.99


def test_each_fault_is_named_and_the_others_are_unharmed(visit: Visit) -> None:
    outcomes = {run["source"].removesuffix("-example"): run["outcome"] for run in visit.first.result["runs"]}
    assert {name: outcomes.pop(name) for name in FAULTS} == {name: outcome for name, (_, outcome) in FAULTS.items()}
    assert len(outcomes) == 14
    assert set(outcomes.values()) == {"ok"}


def test_what_robots_forbids_is_not_fetched(visit: Visit) -> None:
    counts = visit.first.counts("closed.example")
    assert (counts["found"], counts["failed_robots_forbidden"]) == (3, 3)
    assert not [served for served in visit.first.asked("closed.example") if served.path.startswith("/world/")]


def test_retry_after_holds_the_host_and_asks_again(visit: Visit) -> None:
    assert visit.first.counts("late.example")["new"] == 1
    first, second = (served for served in visit.first.asked("late.example") if served.path == "/a/late.html")
    assert second.started - first.ended >= 0.95


def test_a_named_source_alone_is_crawled(visit: Visit) -> None:
    assert [run["source"] for run in visit.third.result["runs"]] == ["long-example"]
    assert {served.host for served in visit.third.log} == {"long.example"}


def test_ctrl_c_while_the_readers_load_shows_no_traceback(tmp_path: Path) -> None:
    avvisi = Avvisi(tmp_path)
    avvisi.write_sources(["nowhere.example"], feeds="/feed.xml")
    crawl = subprocess.Popen(
        [sys.executable, "-m", "scheduler", "crawl"], cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        env={**avvisi.environment, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}, text=True,
        start_new_session=True)  # a terminal sends Ctrl-C to all that it runs, the reading processes' server among them
    assert crawl.stderr is not None
    assert "contact" in crawl.stderr.readline()
    time.sleep(0.5)  # the server takes more than a second to load
    os.killpg(crawl.pid, signal.SIGINT)
    assert "Traceback" not in crawl.communicate(timeout=60)[1]
