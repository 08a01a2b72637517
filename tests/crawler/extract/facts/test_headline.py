"""The headline among all that a page calls its article."""

import pytest

from crawler.extract.facts.headline import Titles, choose_headline, likeness, tidy


def test_the_heading_that_another_title_confirms_wins() -> None:
    titles = Titles(headings=("The Daily", "Envoys sign a treaty in Geneva"), stated=("Envoys sign treaty",),
                    document="Envoys sign a treaty in Geneva | The Daily", site_names=("The Daily",))
    assert choose_headline(titles) == "Envoys sign a treaty in Geneva"


@pytest.mark.parametrize("document", [
    "Envoys sign a treaty | The Daily", "Envoys sign a treaty - The Daily", "Envoys sign a treaty – World – The Daily",
    "The Daily: Envoys sign a treaty", "The Daily | Envoys sign a treaty", "Envoys sign a treaty | world | The Daily",
    "Envoys sign a treaty » The Daily", "Envoys sign a treaty - thedaily.example",
])
def test_the_name_of_the_site_and_its_section_are_cut_off(document: str) -> None:
    titles = Titles(document=document.replace("Daily: ", "Daily : "), site_names=("The Daily", "thedaily.example"),
        sections=("world",))
    assert choose_headline(titles) == "Envoys sign a treaty"


@pytest.mark.parametrize(("title", "headline"), [
    ("Let children be children | Editorial", "Let children be children"), ("War | Opinion | The Daily", "War"),
    ("Envoys sign a treaty - analysis", "Envoys sign a treaty - analysis"), ("Opinion | War", "Opinion | War"),
])
def test_the_kind_of_article_behind_a_bar_is_cut_off(title: str, headline: str) -> None:
    assert choose_headline(Titles(document=title, site_names=("The Daily",))) == headline


@pytest.mark.parametrize("title", [
    "Brexit - the end of an affair", "War | Peace", "US-China talks: what is at stake", "Tolstoi – ein Leben",
    "A - B - C",
])
def test_a_dash_or_a_bar_that_belongs_to_the_headline_stays(title: str) -> None:
    assert choose_headline(Titles(document=title, site_names=("The Daily",))) == title
    assert choose_headline(Titles(headings=(title,),
        document=f"{title} | The Daily", site_names=("The Daily",))) == title


def test_a_section_before_a_bar_goes_when_the_rest_is_stated_as_the_title() -> None:
    titles = Titles(headings=("Opinion | Envoys sign a treaty",), stated=("Envoys sign a treaty",))
    assert choose_headline(titles) == "Envoys sign a treaty"


def test_without_a_confirmed_heading_the_title_stated_first_is_taken() -> None:
    assert choose_headline(Titles(headings=("Menu",
        "Search"), stated=("Envoys sign a treaty",))) == "Envoys sign a treaty"


def test_the_only_long_heading_is_taken_though_no_title_is_like_it() -> None:
    titles = Titles(headings=("Envoys sign a treaty in Geneva",), stated=("Diplomats agree at last",))
    assert choose_headline(titles) == "Envoys sign a treaty in Geneva"


def test_a_page_without_any_title_has_none() -> None:
    assert choose_headline(Titles()) is None
    assert choose_headline(Titles(headings=("", "The Daily"), document=" ", site_names=("The Daily",))) is None


def test_entities_white_space_and_invisible_characters_are_cleaned() -> None:
    assert tidy("Envoys&amp;#39;  talks\n\u200b at\u00ad Geneva") == "Envoys' talks at Geneva"
    assert tidy("می\u200cخواهم") == "می\u200cخواهم"  # the joiner is spelling in Persian


def test_titles_of_unspaced_scripts_are_compared_by_letters() -> None:
    assert likeness("中国外长访问日内瓦", "外长访问日内瓦") > 0.8 > 0.2 > likeness("中国外长访问日内瓦", "昨天大雨")
