"""What is measured of each block besides its own text."""

import pytest
from lxml import html

from crawler.extract.body import measure_page
from crawler.extract.body.features import feature_names

URL = "https://news.example/2024/05/talks"
LEAD = ("The foreign ministers of the two neighbouring states agreed on Tuesday to reopen the border crossing that has "
        "been closed for three years.")
NEXT = ("Harbour workers in the old port went back to their cranes on Friday after a strike that had lasted for a "
        "fortnight and emptied the shelves.")


def build_article(headline: str, text: str) -> str:
    return (f'<article class="story"><h1 class="headline">{headline}</h1><time>5 May</time>'
            f'<div class="text"><p>{text}</p><h3>What comes next</h3><p>{text} Talks go on.</p></div></article>')


def measure(body: str, *, title: str = "Border crossing to reopen") -> dict[tuple[str, str], float]:
    """Each measurement by the start of its block and its name; of equal starts the first."""
    tree = html.fromstring(f'<html><head><title>{title}</title></head><body>{body}</body></html>')
    page, measured = measure_page(tree, url=URL)
    assert measured is not None
    values: dict[tuple[str, str], float] = {}
    for block, row in zip(page.blocks, measured.rows.tolist(), strict=True):
        for name, value in zip(feature_names(), row, strict=True):
            values.setdefault((block.text[:12], name), value)
    return values


@pytest.fixture(scope="module")
def endless() -> dict[tuple[str, str], float]:
    """An article, and the next one built like it."""
    return measure(build_article("Border crossing to reopen", LEAD) + build_article("Harbour strike ends", NEXT))


def test_a_block_under_a_second_headline_built_like_the_first_is_told(endless: dict[tuple[str, str], float]) -> None:
    assert endless[LEAD[:12], "headlines_between"] == 0
    assert endless[NEXT[:12], "headlines_between"] == 1


def test_a_block_of_the_next_article_stands_farther_from_the_headline(endless: dict[tuple[str, str], float]) -> None:
    assert endless[LEAD[:12], "headline_up"] < endless[NEXT[:12], "headline_up"]
    assert 0 < endless[LEAD[:12], "since_headline"] < endless[NEXT[:12], "since_headline"]


def test_siblings_of_the_same_make_are_counted(endless: dict[tuple[str, str], float]) -> None:
    assert endless[LEAD[:12], "own_twins"] == 2
    assert endless[LEAD[:12], "grandparent_twins"] == 2
    assert endless[LEAD[:12], "parent_twins"] == 1


def test_a_make_is_followed_from_its_first_block_to_its_last(endless: dict[tuple[str, str], float]) -> None:
    first, second = endless[LEAD[:12], "make_rank"], endless[NEXT[:12], "make_rank"]
    assert (first, second) == (0, 2)
    assert endless[LEAD[:12], "make_rest"] == 3
    assert endless[LEAD[:12], "make_first"] < endless[LEAD[:12], "make_last"]


def test_words_of_the_title_and_of_the_text_are_counted(endless: dict[tuple[str, str], float]) -> None:
    assert endless[LEAD[:12], "title_words"] == 3
    assert endless[NEXT[:12], "title_words"] == 0
    assert endless["Harbour stri", "title_words_share"] == -1  # too short a line to say


def test_times_are_counted_where_they_were_passed(endless: dict[tuple[str, str], float]) -> None:
    assert endless[LEAD[:12], "times_before"] == 1
    assert endless[LEAD[:12], "times_all"] == 2


def test_the_last_heading_above_a_block_and_the_next_one_are_measured() -> None:
    values = measure(f'<h2>Border crossing to reopen</h2><p>{LEAD}</p><h3><a href="/2">{NEXT[:40]}</a></h3><p>{NEXT}</p>')
    assert values[LEAD[:12], "heading_title"] == 1
    assert values[LEAD[:12], "next_heading_density"] == 1
    assert values[LEAD[:12], "after_heading"] == len("Border crossing to reopen")
    assert values[NEXT[:12], "next_heading"] == -1


def test_a_page_without_a_headline_or_a_heading_says_so() -> None:
    values = measure(f"<p>{LEAD}</p><p>{NEXT}</p>", title="")
    assert values[LEAD[:12], "since_headline"] == -99
    assert values[LEAD[:12], "after_heading"] == -1
