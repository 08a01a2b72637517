"""A good guest, and a prey of nobody, as a real process."""

import json
import sqlite3
from pathlib import Path

import pytest

from tests.acceptance.attacks import Attacked, HostileWeb, judge, judge_all
from tests.acceptance.avvisi import Avvisi, article_page
from tests.acceptance.hostile import list_cases
from tests.localweb import Answer, LocalWeb, conditional, rss

HOST = "north.example"
FEW = ("bomb-br", "bomb-gzip-in-gzip", "hundred-thousand-headers", "to-mapped", "to-decimal", "to-points-both",
       "billion-laughs", "deep-json", "robots-of-many-agents", "log-in-address", "trap-calendar", "sitemap-of-itself")


@pytest.fixture
def avvisi(tmp_path: Path, web: LocalWeb) -> Avvisi:
    web.add_site(HOST, {f"/2026/{n}.html": article_page(f"Talks enter round {n}", f"case {n}") for n in range(5)})
    made = Avvisi(tmp_path, web)
    made.write_sources([HOST], feeds="/feed.xml")
    return made


def test_what_is_over_the_budget_stays_queued_and_the_owner_is_told(avvisi: Avvisi, web: LocalWeb) -> None:
    avvisi.catalogue.write_text(avvisi.catalogue.read_text().replace("delay =", "budget = 4\ndelay ="))
    first = avvisi.crawl()["runs"][0]["counts"]
    assert (first["new"], first["put_off_budget"], first["failed"]) == (2, 3, 0)
    assert avvisi.crawl()["runs"][0]["outcome"] == "budget"
    assert len(web.log) == 4
    with sqlite3.connect(avvisi.folder / "avvisi.db") as database:
        waiting = database.execute("select reason, attempts, next_try_at from link where state = 'queued'").fetchall()
    assert {(reason, attempts) for reason, attempts, _ in waiting} == {("budget", 0)} and len(waiting) == 3
    told = json.loads(avvisi.run("guest-report", f"http://{HOST}/feed.xml", "--json").stdout)
    assert told["total"]["requests"] == 4 and told["total"]["answers"] == {"200": 4}
    assert told["total"]["refused"]["budget"] >= 3 and told["total"]["too_soon"] == 0
    assert "avvisi/" in avvisi.run("guest-report", HOST).stdout
    assert avvisi.run("guest-report", "south.example").returncode == 1


def test_validators_go_to_the_address_that_gave_them_and_to_no_other(avvisi: Avvisi, web: LocalWeb) -> None:
    web.add(HOST, "/feed.xml", Answer(status=302, headers={"Location": f"http://{HOST}/real.xml", "ETag": '"no"'}))
    web.add(HOST, "/real.xml", conditional(rss("x", []), "text/xml"))
    avvisi.crawl()
    assert avvisi.crawl()["totals"]["not_modified"] == 1
    sent = [(served.path, "if-none-match" in served.headers) for served in web.log if served.path.endswith(".xml")]
    assert sent == [("/feed.xml", False), ("/real.xml", False), ("/feed.xml", False), ("/real.xml", True)]


def test_429_slows_the_whole_host_and_a_restart_does_not_forget_it(avvisi: Avvisi, web: LocalWeb) -> None:
    web.add(HOST, "/2026/0.html", Answer(status=429, headers={"Retry-After": "3600"}))
    counts = avvisi.crawl()["runs"][0]["counts"]
    asked = [served.path for served in web.log if served.path.startswith("/2026/")]
    assert counts["put_off_host_paused"] == 5 - len(asked) > 0
    assert avvisi.crawl()["runs"][0]["outcome"] == "host_paused"
    assert [served.path for served in web.log if served.path.startswith("/2026/")] == asked


def test_attacks_are_contained(tmp_path: Path) -> None:
    web = HostileWeb()
    with web.serve():
        cases = tuple(case for case in list_cases(web.port) if case.name in FEW)
        assert len(cases) == len(FEW)
        for case in cases:
            web.add(case)
        attacked = Attacked(tmp_path, web)
        attacked.write_sources(cases)
        attacked.start("crawl", "--json", "--verbose").wait(timeout=120)
        runs = {run["source"]: run for run in json.loads((tmp_path / "out.txt").read_text())["runs"]}
        assert [(case.name, words) for case in cases for is_contained, words in [judge(case, runs[case.name], web)]
                if not is_contained] == []
        assert judge_all(attacked, cases, ()) == []
