"""Words cut from texts and questions alike, in any script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.search.words import LONGEST_WORD, Phrase, cut, find_excerpt, fold, parse_question

SCRIPTS = st.text(alphabet=st.one_of(
    st.characters(max_codepoint=0x24f), st.characters(min_codepoint=0x370, max_codepoint=0x11ff),
    st.characters(min_codepoint=0x3040, max_codepoint=0x30ff),
    st.characters(min_codepoint=0x4e00, max_codepoint=0x4eff),
), max_size=60)


@pytest.mark.parametrize(("one", "other"), [
    ("Shqipërisë", "SHQIPERISE"), ("Erdoğan", "ERDOGAN"), ("İstanbul", "istanbul"), ("ISPARTA", "ısparta"),
    ("Łódź", "lodz"), ("Straße", "STRASSE"), ("ＮＡＴＯ", "nato"), ("Αθήνα", "ΑΘΗΝΑ"), ("Чёрный", "чЕРНЫЙ"),
    ("إيران", "ایران"), ("مُحَمَّد", "محمد"), ("שָׁלוֹם", "שלום"), ("ﾄﾙｺ", "トルコ"),
])
def test_what_is_one_word_to_a_reader_is_folded_alike(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("text", "words"), [
    ("The U.S. and al-Assad met.", ["the", "u", "s", "and", "al", "assad", "met"]),
    ("snake_case 2026-11", ["snake", "case", "2026", "11"]),
    ("हिन्दी समाचार।", ["हिन्दी", "समाचार"]),
    ("外交部", ["外交", "交部", "部"]),
    ("第5届会议 on Iran", ["第", "5", "届会", "会议", "议", "on", "iran"]),
    ("한국은", ["한국", "국은", "은"]),
    ("ประเทศ", ["ปร", "ระ", "ะเ", "เท", "ทศ", "ศ"]),
    ("… — !", []), ("", []),
])
def test_a_text_is_cut_at_blanks_and_into_pairs_where_a_script_has_none(text, words):
    assert cut(text) == words


def test_an_endless_word_is_cut_off():
    assert cut("x" * 5000) == ["x" * LONGEST_WORD]


@given(SCRIPTS)
def test_words_hold_nothing_that_a_database_takes_for_a_sign(text):
    for word in cut(text):
        assert word and word.isprintable()
        assert not set(word) & set(" '\"\\*:&|!()<>_-")


@given(SCRIPTS, SCRIPTS)
def test_a_word_of_a_text_is_a_question_that_finds_it(before, after):
    text = f"{before} treaty {after}"
    assert "treaty" in cut(text)
    assert find_excerpt(text, parse_question("TREATY")) is not None


@pytest.mark.parametrize(("written", "question"), [
    ("Foreign minister", (Phrase(words=("foreign",)), Phrase(words=("minister",)))),
    ('"Foreign minister" Iran', (Phrase(words=("foreign", "minister")), Phrase(words=("iran",)))),
    ('"not closed', (Phrase(words=("not", "closed")),)),
    ("sanction*", (Phrase(words=("sanction",), is_open=True),)),
    ('ceasefire -gaza -"two words"', (Phrase(words=("ceasefire",)), Phrase(words=("gaza",), is_unwanted=True),
                                      Phrase(words=("two", "words"), is_unwanted=True))),
    ("al-Assad U.S.", (Phrase(words=("al", "assad")), Phrase(words=("u", "s")))),
    ("外交部", (Phrase(words=("外交", "交部")),)),
    ("外", (Phrase(words=("外",), is_open=True),)),
    ("第5届", (Phrase(words=("第", "5", "届"), is_open=True),)),
    ("OR NOT ' \" * -", (Phrase(words=("or",)), Phrase(words=("not",)))),
    ("!? ...", ()),
])
def test_a_question_is_read(written, question):
    assert parse_question(written) == question


@pytest.mark.parametrize(("text", "asked", "found"), [
    ("They met.\nThe Foreign  Minister spoke.", '"foreign minister"', "Foreign  Minister"),
    ("Sekretari foli për Shqipërinë dje.", "shqiperi*", "Shqipërinë"),
    ("中国外交部发言人说", "外交部", "外交部"),
    ("한국은 오늘", "한국", "한국"),
])
def test_an_excerpt_shows_where_the_words_stand(text, asked, found):
    excerpt = find_excerpt(text, parse_question(asked))
    assert excerpt is not None
    assert excerpt.found == found
    assert str(excerpt) == text.replace("\n", " ")


def test_a_long_text_is_cut_around_what_was_found_at_words():
    text = "word " * 100 + "treaty" + " word" * 100
    excerpt = find_excerpt(text, parse_question("treaty"))
    assert excerpt is not None
    assert (excerpt.before[:5], excerpt.found, excerpt.after[-5:]) == ("…word", "treaty", "word…")
    assert len(str(excerpt)) < 160


def test_there_is_no_excerpt_of_what_is_not_there():
    assert find_excerpt("Ministers met.", parse_question("treaty -met")) is None
