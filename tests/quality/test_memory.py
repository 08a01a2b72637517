"""The floors of ``tests.quality.memory``, on fewer languages and pages."""

import pytest

from store.database import open_database
from tests.quality.memory import PRECISION_FLOOR, RECALL_FLOOR, MadeSite, measure_site, sum_scores
from tests.quality.memory_words import LANGUAGES

CODES = ("tr", "de", "zh", "ar")


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    with open_database(f"sqlite:///{tmp_path_factory.mktemp('memory') / 'sites.db'}") as database:
        return [
            measure_site(database, MadeSite(code, LANGUAGES[code], seed=2, number=number), pages=26)
            for number, code in enumerate(CODES)
        ]


def test_what_is_taken_out_is_furniture_and_from_ten_pages_on_nearly_all_of_it(results):
    at_once = sum_scores(result.at_once for result in results)
    assert at_once.precision >= PRECISION_FLOOR
    assert at_once.recall >= RECALL_FLOOR - 0.05, "a line that takes turns needs more pages than these"


def test_the_stored_texts_are_cleaned_of_what_was_learnt_later(results):
    afterwards = sum_scores(result.afterwards for result in results)
    assert afterwards.precision >= PRECISION_FLOOR
    assert afterwards.recall >= sum_scores(result.at_once for result in results).recall
    assert all(result.first_pages.right for result in results)


def test_headings_datelines_background_and_refrains_stay(results):
    assert [result.at_once.forbidden + result.afterwards.forbidden for result in results] == [0] * len(CODES)


def test_undoing_restores_every_byte(results):
    assert [result.changed_by_undoing for result in results] == [0] * len(CODES)
