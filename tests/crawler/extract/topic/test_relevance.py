"""Relevance: what a text is about, in every language of the list."""

from pathlib import Path

import pytest

import crawler.demo
from crawler.extract.topic import rate_relevance
from tests.crawler.extract.topic.own import LANGUAGES, sentences

ASKED_FOR = "sq ar zh en fr de el he hi id it ja ko mk fa pl pt ro ru sr es sw tr uk ur vi".split()
LONG_ENOUGH, SOME, PRECISION, RECALL = 30, 12, 0.95, 0.85
SEEDS = {"beijing": "sq", "new-delhi": "sq", "moscow": "sq", "istanbul": "de", "reykjavik": "pl"}


def test_every_language_asked_for_has_thirty_sentences():
    assert set(ASKED_FOR) <= set(LANGUAGES)
    assert all(len(sentences(language)) >= LONG_ENOUGH for language in ASKED_FOR)
    assert all(len(sentences(language)) >= SOME for language in LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_diplomacy_is_told_from_football_films_and_crime(language):
    rated = [(rate_relevance(None, own.text, language).score >= 0.5, own.is_diplomacy) for own in sentences(language)]
    found = [wanted for is_found, wanted in rated if is_found]
    assert sum(found) / len(found) >= PRECISION
    assert sum(found) / sum(wanted for _, wanted in rated) >= RECALL


@pytest.mark.parametrize(("place", "language"), SEEDS.items())
def test_a_text_of_talks_between_ministers_is_rated_high(place, language):
    text = (Path(crawler.demo.__file__).parent / "texts" / f"{place}.txt").read_text(encoding="utf-8")
    assert rate_relevance(None, text, language).score > 0.8


def test_the_reasons_name_the_terms_that_spoke_for_and_against():
    rated = rate_relevance("Foreign ministers meet in Geneva", "The ambassador of Iran spoke with the envoy of Iraq, "
                           "then went to see a football match.", "en")
    weights = {reason.term.casefold(): reason.weight for reason in rated.reasons}
    assert weights["ambassador"] > 0 > weights["football"]
    assert next(reason for reason in rated.reasons if reason.term == "Foreign ministers").where == "title"
    assert {reason.language for reason in rated.reasons} == {"en"}


def test_an_empty_text_is_about_nothing():
    assert rate_relevance(None, "", None).score < 0.1


def test_a_language_without_a_tag_is_known_by_its_script():
    text = "Министры иностранных дел Франции и Германии обсудили санкции против России."
    assert rate_relevance(None, text, None) == rate_relevance(None, text, "ru")


def test_a_language_without_tables_is_rated_by_what_all_share():
    terms = {reason.term for reason in rate_relevance(None, "jatlh NATO USA je EU", "tlh").reasons}
    assert {"NATO", "USA", "EU"} <= terms


def test_a_regional_tag_is_read_as_its_language():
    text = "Os ministros dos Negócios Estrangeiros reuniram-se em Lisboa com o embaixador da China."
    assert rate_relevance(None, text, "pt-BR") == rate_relevance(None, text, "pt")
