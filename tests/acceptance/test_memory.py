"""A site's memory at work in real crawls."""

import json

from tests.acceptance.avvisi import Avvisi
from tests.quality.memory import MadeSite
from tests.quality.memory_words import LANGUAGES

GERMAN = LANGUAGES["de"]
STANDARDS = GERMAN.fixed.split("|")[0]


def test_a_crawl_learns_what_its_site_repeats_and_cleans_what_it_stored_before(tmp_path, web):
    pages = list(MadeSite("de", GERMAN, seed=9, number=0).make_pages(14))
    web.add_site("zeitung.example", {f"/2026/{n}.html": page.markup.encode() for n, page in enumerate(pages)})
    avvisi = Avvisi(tmp_path, web)
    avvisi.write_sources(["zeitung.example"], feeds="/feed.xml")
    counts = avvisi.crawl("--learn")["runs"][0]["counts"]
    assert counts["new"] == 14 and counts["cleaned"] > 0
    records = avvisi.records()
    assert sum(STANDARDS in record["text"] for record in records) == 0
    removed = [line for record in records for line in record["removed"] if line["rule"] == "site_memory"]
    assert sum(line["text"] == STANDARDS for line in removed) >= 10
    shown = avvisi.run("show", records[0]["id"])
    assert "site_memory" in shown.stdout and "of 14 pages)" in shown.stdout
    assert avvisi.crawl("--learn")["runs"][0]["counts"].get("updated", 0) == 0
    undone = json.loads(avvisi.run("learn", "--undo", "--json").stdout)
    assert undone["sites"][0]["restored"] == len(removed)
    assert not any(line["rule"] == "site_memory" for record in avvisi.records() for line in record["removed"])
