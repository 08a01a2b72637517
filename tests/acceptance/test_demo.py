"""`avvisi demo` as a process: five pages in, five clean records out."""

import json
from pathlib import Path
from typing import Any

import pytest

from crawler.demo.site import read_pages
from tests.acceptance.avvisi import Avvisi

REMOVED = {
    "beijing": [],
    "new-delhi": ["/VOA", "Discussion about this post"],
    "moscow": ["date 2023-03"],
    "istanbul": ["[Anzeige_2]", "Quelle: {derived_from}", "Kommentar (0)"],
    "reykjavik": ["Pilnujemy wspólnych spraw Zależymy od Twojego wsparcia Wspieram Kresy.pl", "Kresy.pl/Reuters"],
}
CREDITS = {"new-delhi": ["VOA"], "reykjavik": ["Kresy.pl", "Reuters"]}
CAPTIONS = {"istanbul": (1, 6)}  # the lines that the page marks as captions, from 0


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def shown(folder: Path) -> dict[str, Any]:
    done = Avvisi(folder).run("demo", "--json")
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    return result


@pytest.fixture(scope="module")
def records(shown: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return dict(zip((page.text for page in read_pages()), shown["records"], strict=True))


def test_five_pages_give_five_records(shown, records):
    assert [record["title"] for record in records.values()] == [page.title for page in read_pages()]
    [run] = shown["runs"]
    assert (run["outcome"], run["counts"]["new"], run["counts"]["failed"]) == ("ok", 5, 0)


def test_the_environments_database_is_left_alone(folder, shown):
    assert not (folder / "avvisi.db").exists()


@pytest.mark.parametrize("text", list(REMOVED))
def test_exactly_what_is_not_the_article_is_stripped(records, text):
    record = records[text]
    expected = [line.format(derived_from=record["derived_from"]) for line in REMOVED[text]]
    assert [removal["text"] for removal in record["removed"]] == expected
    assert all(removal["rule"] and removal["where"].startswith("line ") for removal in record["removed"])


@pytest.mark.parametrize("page", read_pages(), ids=lambda page: page.text)
def test_every_word_is_in_the_article_or_among_what_was_stripped(records, page):
    record = records[page.text]
    captions = CAPTIONS.get(page.text, ())
    kept = "\n".join(line for number, line in enumerate(page.lines) if number not in captions)
    for removal in record["removed"]:
        kept = kept.replace(removal["text"], "", 1)
    assert record["paragraphs"] == [line.strip() for line in kept.splitlines() if line.strip()]


@pytest.mark.parametrize("page", read_pages(), ids=lambda page: page.text)
def test_what_the_stripped_lines_say_stays_as_facts(records, page):
    record = records[page.text]
    assert record["credits"] == CREDITS.get(page.text, [])
    assert record["language"] == page.language
    assert bool(record["derived_from"]) == (page.text == "istanbul")


@pytest.mark.parametrize("page", read_pages(), ids=lambda page: page.text)
def test_the_only_date_is_the_month_of_one_text_and_none_is_guessed(records, page):
    record = records[page.text]
    expected = ("2023-03", "month") if page.text == "moscow" else (None, None)
    assert (record["published"], record["published_precision"]) == expected


def test_a_named_database_is_kept_and_the_same_texts_are_not_stored_twice(tmp_path):
    avvisi = Avvisi(tmp_path)
    for _ in range(2):
        done = avvisi.run("demo", "--quiet", "--json", "--database", avvisi.database_url)
        assert done.returncode == 0, done.stderr
        assert len(json.loads(done.stdout)["records"]) == 5
    assert len(avvisi.records()) == 5
