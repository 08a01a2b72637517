"""What makes two texts the same, and what does not."""

import subprocess
import sys

import pytest

from store.fingerprint import KEY_BYTES, hash_text, make_id, measure_containment, normalise_text, shorten_key


@pytest.mark.parametrize(("one", "other"), [
    ("Ministers met.", "MINISTERS   met"),
    ("“Peace,” she said.", '"Peace", she said'),
    ("it’s", "it's"),
    ("мʼяч", "м'яч"),
    ("co\u00adoper\u200bation", "cooperation"),
    ("ﬁnal", "final"),
    ("Straße", "STRASSE"),
    ("café", "cafe\u0301"),
    ("One.\nTwo.", "One. Two."),
    ("1\u00a0000 men", "1 000 men"),
    ("外長\u3000會談。", "外長會談"),
])
def test_typography_does_not_tell_texts_apart(one, other):
    assert hash_text(one) == hash_text(other)


@pytest.mark.parametrize(("one", "other"), [
    ("1.5 million", "15 million"),
    ("12 34", "1234"),
    ("5 %", "5 €"),
    ("café", "cafe"),
    ("कि", "की"),
    ("met", "meet"),
])
def test_what_is_said_tells_texts_apart(one, other):
    assert hash_text(one) != hash_text(other)


def test_normalising_twice_changes_nothing_more():
    text = "ΌΣΟΣ “1 000,5” İstanbul ﷺ 5–7 Mai"
    assert normalise_text(normalise_text(text)) == normalise_text(text)


def test_an_id_is_the_same_everywhere_and_sixteen_digits():
    assert make_id("example.org/a") == "f9763e55f9e847c9"


def test_a_key_of_usual_length_stays_as_it_is():
    assert shorten_key("example.org/" + "a" * 500) == "example.org/" + "a" * 500


def test_a_long_key_is_bounded_and_stays_unique_and_shortens_once():
    one, other = "example.org/" + "ф" * 3000, "example.org/" + "ф" * 3000 + "?p=2"
    assert shorten_key(one) != shorten_key(other)
    assert len(shorten_key(one).encode()) <= KEY_BYTES
    assert shorten_key(shorten_key(one)) == shorten_key(one)


def test_containment_is_high_for_an_edited_text_and_low_for_another_story():
    text = "The two ministers met in Tirana on Monday and agreed on trade, on borders and on energy."
    assert measure_containment(text, text + " They will meet again.") == 1
    assert measure_containment(text, text.replace("Monday", "Tuesday")) > 0.6
    assert measure_containment(text, "A port in the south was closed after a storm that lasted for three days.") < 0.1


def test_fingerprint_and_fields_reach_no_database():
    reached = "import sys, store.fingerprint, store.fields; print('sqlalchemy' in sys.modules)"
    result = subprocess.run([sys.executable, "-c", reached], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "False"
