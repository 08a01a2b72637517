"""The measuring itself: scores, labels, floors; on invented texts."""

import pytest

from tests.quality.corpus import SavedPage
from tests.quality.labels import DROP, KEEP, UNKNOWN, label
from tests.quality.scoring import gold_text, score, summarize_segments, tokenize
from tests.quality.table import find_below, format_table, from_plain, tabulate, to_plain

GOLD = "The ministers met on Tuesday at the lake.\nThey agreed to open the border again.\nTrains follow before winter."
LINES = GOLD.split("\n")


def test_the_same_text_in_other_spacing_is_exact() -> None:
    one = score(GOLD, GOLD.replace("\n", "   "))
    assert (one.precision, one.recall, one.exact) == (1, 1, True)


def test_an_extra_line_costs_precision_only() -> None:
    one = score(GOLD, GOLD + "\nSign up for our newsletter and get more")
    assert one.recall == 1
    assert 0.5 < one.precision < 1
    assert not one.exact


def test_no_text_scores_nothing() -> None:
    one = score(GOLD, "")
    assert (one.precision, one.recall) == (0, 0)


def test_unspaced_scripts_are_read_by_character() -> None:
    assert tokenize("外长会谈 two") == ["外", "长", "会", "谈", "two"]


def test_an_optional_paragraph_is_expected_only_where_it_was_read() -> None:
    row = {"paragraphs": ["[A deck that may stay]", LINES[0]]}
    assert gold_text(row, LINES[0]) == LINES[0]
    assert gold_text(row, "A deck that may stay\n" + LINES[0]) == "A deck that may stay\n" + LINES[0]


def test_blocks_of_the_gold_are_kept_and_others_dropped() -> None:
    texts = ["World", "Share", *LINES, "Sign up for our newsletter today", "Share"]
    assert label({"text": GOLD}, texts) == [DROP, DROP, KEEP, KEEP, KEEP, DROP, DROP]


def test_a_short_heading_is_kept_where_the_gold_has_it() -> None:
    texts = [LINES[0], "The deal", LINES[1], LINES[2]]
    assert label({"text": "\n".join(texts)}, texts) == [KEEP] * 4
    assert label({"text": GOLD}, texts) == [KEEP, DROP, KEEP, KEEP]


def test_of_two_copies_one_is_kept() -> None:
    assert sum(label({"text": GOLD}, [LINES[0], *LINES])) == 3


def test_an_optional_paragraph_is_left_open() -> None:
    row = {"paragraphs": ["[A deck that may well stay]", *LINES]}
    assert label(row, ["A deck that may well stay", *LINES]) == [UNKNOWN, KEEP, KEEP, KEEP]


def test_segments_label_only_themselves() -> None:
    row = {"with": [LINES[0]], "without": ["newsletter"]}
    assert label(row, [LINES[0], LINES[1], "Get the newsletter"]) == [KEEP, UNKNOWN, DROP]


def test_segments_are_counted_over_all_pages() -> None:
    row = {"with": [LINES[0], LINES[1]], "without": ["newsletter"]}
    figures = summarize_segments([(row, LINES[0] + " newsletter")])
    assert (figures.precision, figures.recall) == (0.5, 0.5)


@pytest.fixture
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[SavedPage]:
    folder = tmp_path_factory.mktemp("corpus")
    return [SavedPage(row={"id": f"ours/{n}", "lang": "en", "text": GOLD}, path=folder / "x") for n in range(2)]


def test_a_page_without_a_text_counts_as_empty(pages: list[SavedPage]) -> None:
    assert tabulate(pages, {"ours/0": GOLD})["all"].recall == 0.5


def test_a_figure_below_its_floor_is_named(pages: list[SavedPage]) -> None:
    table = tabulate(pages, {"ours/0": GOLD})
    assert find_below(table, {"all": {"recall": 0.6}, "elsewhere": {"f1": 1.0}}) == [
        "all: recall 0.5000 is below 0.6000"]
    assert find_below(table, {"all": {"recall": 0.4}}) == []


def test_a_table_survives_being_kept(pages: list[SavedPage]) -> None:
    table = tabulate(pages, {page.id: GOLD for page in pages})
    assert from_plain(to_plain(table)) == table
    assert any("ours" in line for line in format_table(table, peer=table, floors={"ours": {"f1": 0.9}}))
