"""The tables of words: complete, well formed, and for every language asked for."""

from importlib.resources import files

import pytest
from babel import Locale

from crawler.extract.actors.lexicon import NOTHING, Lexicon
from crawler.extract.actors.tables import lexicon, read_table
from crawler.extract.topic.features import CLASSES, topic_lexicon
from tests.crawler.extract.topic.test_relevance import ASKED_FOR

FEWEST_LANGUAGES = 40
STATES = {code for code in Locale("en").territories if len(code) == 2 and code.isalpha()} - {"EU", "UN", "EZ", "ZZ"}
OFFICES = {"head_of_state", "head_of_government", "foreign_minister", "defence_minister", "minister", "ambassador",
           "envoy", "spokesperson", "secretary_general"}


def tables(package, folder):
    return sorted(path.name for path in files(package).joinpath(folder).iterdir() if path.name.endswith(".tsv"))


ACTOR_TABLES = [f"{folder}/{name}" for folder in ("words", "names", "persons", "regions", "places")
                for name in tables("crawler.extract.actors", folder)]
TOPIC_TABLES = [f"words/{name}" for name in tables("crawler.extract.topic", "words")]


def test_forty_languages_have_words_for_the_topic():
    languages = {name.removeprefix("words/").removesuffix(".tsv") for name in TOPIC_TABLES}
    assert len(languages) >= FEWEST_LANGUAGES
    assert set(ASKED_FOR) <= languages


@pytest.mark.parametrize("table", TOPIC_TABLES)
def test_a_topic_table_has_every_class_of_news(table):
    labels = {label for label, _ in read_table("crawler.extract.topic", table)}
    assert labels <= set(CLASSES)
    assert {"dip", "talks", "press", "force", "sport", "cult", "crime", "daily", "biz"} <= labels


@pytest.mark.parametrize("table", ACTOR_TABLES)
def test_an_actor_table_names_states_organisations_and_offices_only(table):
    for label, written in read_table("crawler.extract.actors", table):
        assert written.strip("@#%~?*+_"), (label, written)
        for code in label.split(","):
            assert (code in STATES or code.startswith("org:") or code in (NOTHING, "venue", "outlet", "research")
                    or code.removeprefix("office:") in OFFICES), label


@pytest.mark.parametrize("language", ASKED_FOR)
def test_every_language_asked_for_knows_organisations_and_offices(language):
    labels = {label for label, _ in read_table("crawler.extract.actors", f"words/{language}.tsv")}
    assert {"org:UN", "org:EU", "org:NATO", "org:OSCE", "org:AU", "org:ASEAN", "org:G7", "org:G20", "org:BRICS",
            "org:IAEA"} <= labels
    assert {f"office:{name}" for name in OFFICES} <= labels


@pytest.mark.parametrize("language", ASKED_FOR)
def test_tables_compile(language):
    assert isinstance(lexicon(language), Lexicon)
    assert isinstance(topic_lexicon(language), Lexicon)
