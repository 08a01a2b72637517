"""The packed model ranks as py3langid does."""

import numpy as np
import pytest
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from crawler.extract.language import LANGUAGES
from crawler.extract.language_model import Automaton, LanguageModel, Weights

TEXTS = (
    "The foreign ministers met in Vienna on Tuesday.", "Die Minister trafen sich am Dienstag in Wien.",
    "Ministrat e jashtëm u takuan të martën në Vjenë.", "Министрите се состанаа во вторник во Виена.",
    "部长们星期二在维也纳会晤。", "Mawaziri walikutana Jumanne mjini Vienna.", "ALL OF IT IN CAPITALS", "\ud800x", "1", "",
    "Mixed: le ministre, der Minister, министр 部长 " * 40,
)


@pytest.fixture(scope="module")
def model() -> LanguageModel:
    return LanguageModel(LANGUAGES)


def test_languages_are_ranked_as_the_original_ranks_them(model: LanguageModel) -> None:
    original = LanguageIdentifier.from_model_file(MODEL_FILE)
    original.set_languages(LANGUAGES.intersection(original.labels))
    for text in TEXTS:
        assert [language for language, _ in model.rank(text)] == [language for language, _ in original.rank(text)], text


def test_a_packed_automaton_walks_as_its_table_says() -> None:
    chance = np.random.default_rng(1)
    entries, row_of = chance.integers(50, size=(40, 256), dtype=np.uint32), chance.integers(40, size=50)
    features = chance.integers(-1, 9, size=50)
    text, state, counts = bytes(range(256)) * 2, 0, dict.fromkeys(range(9), 0)
    for byte in text:
        state = entries[row_of[state], byte]
        if features[state] >= 0:
            counts[int(features[state])] += 1
    assert dict(Automaton.pack(entries, row_of, features).count(text)) == {k: n for k, n in counts.items() if n}


def test_packed_weights_come_back_as_they_were() -> None:
    table = np.random.default_rng(2).choice(np.array([-3, -2.5, -9], dtype=np.float16), size=(30, 7), p=[0.1, 0.1, 0.8])
    numbers = np.array([3, 29, 0, 3])
    assert np.array_equal(Weights.pack(table).of(numbers), table[numbers].astype(np.float32))
