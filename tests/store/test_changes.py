"""What changed between two versions of a text."""

import time

import pytest

from store.changes import Change, have_replaced_facts
from tests.store.texts import make_text

BEFORE = "The envoys met in Tirana on Monday.\nAn aide to Minister Hoxha spoke of 1.5 million tonnes: “We will sign.”"


@pytest.mark.parametrize(("old", "new", "changed"), [
    ("1.5 million", "1.7 million", {"figures"}),
    ("Minister Hoxha", "Minister Rama", {"names"}),
    ("“We will sign.”", "“We will not sign.”", {"quotes"}),
    ("spoke of", "told of", set()),
    ("Monday.\n", "Monday. \n", set()),
    ("“We will sign.”", "\"We will sign.\"", set()),
    ("million tonnes", "million metric tonnes", set()),
])
def test_it_is_said_whether_figures_names_or_quotes_changed(old, new, changed):
    change = Change(BEFORE, BEFORE.replace(old, new))
    assert {name for name in ("figures", "names", "quotes") if getattr(change, name)} == changed


@pytest.mark.parametrize(("old", "new"), [
    ("envoys", "envoyss"), ("tonnes:", "tonnes –"), ("spoke", "spoke "), ("An aide", "an aide"), ("met in", "met  in"),
])
def test_spelling_and_punctuation_are_cosmetic(old, new):
    assert Change(BEFORE, BEFORE.replace(old, new)).is_cosmetic


@pytest.mark.parametrize(("old", "new"), [
    ("1.5", "1.6"), ("1.5", "15"), ("Hoxha", "Rama"), ("will sign", "will resign"), ("met", "failed to meet"),
    ("million", "billion"), ("met", "meet"), ("spoke", "broke"),
    ("The envoys met in Tirana on Monday.\n", ""), ("Monday.", "Monday and left."), ("Monday", "Sunday"),
])
def test_other_words_and_figures_are_no_cosmetics(old, new):
    assert not Change(BEFORE, BEFORE.replace(old, new)).is_cosmetic


def test_the_difference_is_told_word_by_word():
    pieces = Change("They agreed on trade.", "They agreed on free trade at last.").pieces
    assert [(piece.kind, piece.text) for piece in pieces] == [
        ("kept", "They agreed on "), ("added", "free "), ("kept", "trade"), ("added", " at last"), ("kept", ".")]


def test_a_script_without_spaces_is_compared_character_by_character():
    pieces = Change("外長會談後發表聲明", "外長會談後發表聯合聲明").pieces
    assert [(piece.kind, piece.text) for piece in pieces] == [
        ("kept", "外長會談後發表"), ("added", "聯合"), ("kept", "聲明")]


@pytest.mark.parametrize("seed", range(5))
def test_both_texts_can_be_read_from_the_difference(seed):
    before, after = make_text(seed), make_text(seed).replace(" and ", " or ") + "\n" + make_text(seed + 1)
    pieces = Change(before, after).pieces
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after


def test_a_long_text_that_was_rewritten_is_compared_in_time():
    began = time.process_time()
    change = Change(make_text(1, sentences=400, paragraph=400), make_text(2, sentences=400, paragraph=400))
    assert "".join(piece.text for piece in change.pieces if piece.kind != "added") == change.before
    assert time.process_time() - began < 3


def test_words_are_counted():
    assert Change("one two three", "one 2 three four").words == (2, 1)


def test_facts_are_replaced_only_where_each_text_has_its_own():
    assert have_replaced_facts("They sent 5 tonnes.", "They sent 6 tonnes.")
    assert not have_replaced_facts("They sent 5 tonnes.", "They sent 5 tonnes in 3 ships.")
    assert have_replaced_facts("So said Minister Hoxha.", "So said Minister Rama.")
