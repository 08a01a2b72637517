"""The crawl command as a real process against a local web."""

from itertools import pairwise
from pathlib import Path

import pytest

from tests.acceptance.avvisi import Avvisi, article_page
from tests.localweb import Answer, LocalWeb

HOSTS = ("north.example", "south.example", "east.example")


def fill(web: LocalWeb, hosts: tuple[str, ...] = HOSTS, pages: int = 3) -> None:
    for host in hosts:
        web.add_site(
            host,
            {
                f"/world/2026/11/talks-on-{host.partition('.')[0]}-question-{n}.html": article_page(
                    f"Talks on the {host.partition('.')[0]} question enter round {n}", f"{host} dossier {n}"
                )
                for n in range(pages)
            },
        )


@pytest.fixture
def avvisi(tmp_path: Path, web: LocalWeb) -> Avvisi:
    return Avvisi(tmp_path, web)


@pytest.mark.parametrize(
    "places",
    [{"feeds": "/feed.xml"}, {"sitemaps": "/sitemap-news.xml"}, {"sections": "/"}],
    ids=["feed", "sitemap", "section"],
)
def test_a_second_pass_stores_nothing_new_and_fetches_no_article_again(
    avvisi: Avvisi, web: LocalWeb, places: dict[str, str]
) -> None:
    fill(web)
    avvisi.write_sources(HOSTS, **places)
    first = avvisi.crawl()
    assert first["totals"]["new"] == 9, first
    assert {run["outcome"] for run in first["runs"]} == {"ok"}
    asked = len(web.log)
    second = avvisi.crawl()
    assert second["totals"]["new"] == 0
    assert second["totals"]["not_modified"] == 3
    assert [served for served in web.log[asked:] if "2026" in served.path] == []
    assert len(avvisi.records()) == 9


def test_the_same_text_at_a_second_address_is_a_sighting(avvisi: Avvisi, web: LocalWeb) -> None:
    page = article_page("One communiqué for all", "the common communiqué")
    for host in HOSTS:
        web.add_site(host, {"/news/communique.html": page})
    avvisi.write_sources(HOSTS, feeds="/feed.xml")
    totals = avvisi.crawl()["totals"]
    assert (totals["new"], totals["duplicate"]) == (1, 2)
    (record,) = avvisi.records()
    assert record["sightings"] == 3


def test_a_limit_leaves_the_rest_to_the_next_pass(avvisi: Avvisi, web: LocalWeb) -> None:
    fill(web, HOSTS[:1], pages=5)
    avvisi.write_sources(HOSTS[:1], feeds="/feed.xml")
    assert avvisi.crawl("--limit", "2")["totals"]["new"] == 2
    assert avvisi.crawl("--limit", "2")["totals"]["new"] == 2
    assert avvisi.crawl()["totals"]["new"] == 1


def test_one_host_is_never_asked_by_two_requests_at_a_time(avvisi: Avvisi, web: LocalWeb) -> None:
    pages = {f"/a/{n}.html": article_page(f"Story {n}", f"dossier {n}") for n in range(2)}
    web.add_site("north.example", pages, delay=0.05)
    avvisi.write_sources(["north.example"], feeds="/feed.xml", delay="1s")
    avvisi.catalogue.write_text(
        avvisi.catalogue.read_text() + avvisi.catalogue.read_text().replace('id = "', 'id = "again-')
    )
    assert avvisi.crawl()["totals"]["failed"] == 0
    spans = sorted((served.started, served.ended) for served in web.log)
    gaps = [start - end for (_, end), (start, _) in pairwise(spans)]
    assert min(gaps) >= 0.99


def test_each_fault_is_named_and_the_others_are_unharmed(avvisi: Avvisi, web: LocalWeb) -> None:
    fill(web, HOSTS[:1])
    bomb = b'<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss><channel><title>&b;</title></channel></rss>'
    faults = {
        "empty": Answer(headers={"Content-Type": "application/rss+xml"}),
        "html": Answer(b"<html><body><p>Welcome</p></body></html>"),
        "gone": Answer(status=404),
        "broken": Answer(status=500),
        "reset": Answer(abort=True),
        "loop": Answer(status=302, headers={"Location": "http://loop.example/feed.xml"}),
        "private": Answer(status=302, headers={"Location": "http://169.254.169.254/latest/"}),
        "entities": Answer(bomb, headers={"Content-Type": "application/rss+xml"}),
        "huge": Answer(b"<p>" + b"x" * (17 << 20)),
    }
    for name, answer in faults.items():
        web.add(f"{name}.example", "/robots.txt", Answer(status=404))
        web.add(f"{name}.example", "/feed.xml", answer)
    avvisi.write_sources([*HOSTS[:1], *(f"{name}.example" for name in faults)], feeds="/feed.xml")
    outcomes = {run["source"].partition("-")[0]: run["outcome"] for run in avvisi.crawl()["runs"]}
    assert outcomes == {
        "north": "ok",
        "empty": "empty",
        "html": "not_a_feed",
        "gone": "http_404",
        "broken": "http_500",
        "reset": "connection_lost",
        "loop": "redirect_loop",
        "private": "private_address",
        "entities": "entities",
        "huge": "too_large",
    }
    assert len(avvisi.records()) == 3


def test_what_robots_forbids_is_not_fetched(avvisi: Avvisi, web: LocalWeb) -> None:
    fill(web, HOSTS[:1])
    web.add("north.example", "/robots.txt", Answer(b"User-agent: *\nDisallow: /world/"))
    avvisi.write_sources(HOSTS[:1], feeds="/feed.xml")
    totals = avvisi.crawl()["totals"]
    assert (totals["found"], totals["failed_robots_forbidden"]) == (3, 3)
    assert not [served for served in web.log if served.path.startswith("/world/")]


def test_retry_after_holds_the_host_and_asks_again(avvisi: Avvisi, web: LocalWeb) -> None:
    fill(web, HOSTS[:1], pages=1)
    answers = iter([Answer(status=429, headers={"Retry-After": "1"})])
    page = article_page("Talks resume", "resumed talks")
    web.add("north.example", "/a/late.html", lambda headers: next(answers, Answer(page)))
    web.add_site("north.example", {})
    from tests.localweb import conditional, rss

    web.add("north.example", "/feed.xml", conditional(rss("x", ["http://north.example/a/late.html"]), "text/xml"))
    avvisi.write_sources(HOSTS[:1], feeds="/feed.xml")
    assert avvisi.crawl()["totals"]["new"] == 1
    first, second = (served for served in web.log if served.path == "/a/late.html")
    assert second.started - first.ended >= 0.95


def test_a_named_source_alone_is_crawled(avvisi: Avvisi, web: LocalWeb) -> None:
    fill(web)
    avvisi.write_sources(HOSTS, feeds="/feed.xml")
    assert [run["source"] for run in avvisi.crawl("south-example")["runs"]] == ["south-example"]
    assert {served.host for served in web.log} == {"south.example"}
