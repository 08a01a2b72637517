"""What makes two texts copies of each other, and what does not."""

import subprocess
import sys

import numpy as np
import pytest

from store.copies.shingles import cut_shingles
from store.copies.signature import (
    KEY_BITS,
    KEYS,
    UnknownFormat,
    compare_texts,
    estimate_resemblance,
    make_fingerprint,
    may_be_copies,
    unpack_fingerprint,
)
from tests.store.texts import make_text


def fingerprint(text):
    return make_fingerprint(cut_shingles(text))


@pytest.mark.parametrize(("one", "other"), [
    ("Ministers met in Tirana.", "ministers  met\nin Tirana"),
    ("“It’s agreed,” she said.", '"It\'s agreed", she said'),
    ("外長會談\n後發表聲明。", "外長 會談後發表聲明"),
    ("co\u00adoperation grew fast", "cooperation grew fast"),
])
def test_typography_and_line_breaks_do_not_tell_shingles_apart(one, other):
    assert cut_shingles(one).ordered.tolist() == cut_shingles(other).ordered.tolist()


@pytest.mark.parametrize(("text", "count"), [
    ("one two three four five", 3),
    ("one two", 1),
    ("", 0),
    ("… — !", 0),
    ("外長會談後發表", 3),
    ("การประชุม", 5),
    ("कि की के", 1),  # vowel signs belong to their words
    ("The 外長 met", 2),  # in a text of words each Chinese character is one
])
def test_shingles_are_words_or_characters_as_the_script_has_them(text, count):
    assert len(cut_shingles(text).ordered) == count


def test_the_numbers_are_the_same_in_every_release():
    """They are stored: who changes them raises VERSION."""
    assert cut_shingles("Ministers met in Tirana.").ordered.tolist() == [4739792287932943281, 1408877097603210822]
    assert fingerprint(make_text(1)).pack().hex()[:40] == "01008000ce000000c607720dd9311b0a4c862058"


def test_a_fingerprint_survives_being_written():
    made = fingerprint(make_text(1))
    back = unpack_fingerprint(made.pack())
    assert (back.size, back.signature.tolist()) == (made.size, made.signature.tolist())


@pytest.mark.parametrize("written", [b"", b"\x00" * 136, b"\x01\x00"])
def test_bytes_of_another_version_are_refused(written):
    with pytest.raises(UnknownFormat):
        unpack_fingerprint(written)


def test_a_text_has_sixteen_keys_at_most_and_a_very_short_one_has_none():
    assert len(fingerprint(make_text(1)).keys) == KEYS
    assert all(0 <= key < 2**KEY_BITS for key in fingerprint(make_text(1)).keys)
    assert fingerprint("Ministers met in Tirana on Monday and agreed on trade.").keys == ()


def test_the_estimate_is_near_the_truth():
    errors = []
    for seed in range(40):
        one = make_text(seed, sentences=30)
        other = one[: len(one) // 3] + make_text(seed + 1000, sentences=20)
        estimate = estimate_resemblance(fingerprint(one), fingerprint(other))
        errors.append(estimate - compare_texts(one, other).resemblance)
    assert abs(np.mean(errors)) < 0.02
    assert np.std(errors) < 0.06


def test_a_cut_lead_is_contained_and_looked_at():
    text = make_text(1, sentences=40)
    lead = text[: len(text) * 35 // 100]
    assert compare_texts(lead, text).containment > 0.95
    assert compare_texts(lead, text).is_copy
    assert not compare_texts(lead, text).is_whole
    assert may_be_copies(fingerprint(lead), fingerprint(text))


def test_two_texts_with_one_half_in_common_at_the_end_are_no_copies():
    """An edited copy is alike all over; a long footer on two short texts is alike at one end."""
    footer = make_text(7, sentences=9)
    one, other = make_text(1, sentences=9) + "\n" + footer, make_text(2, sentences=9) + "\n" + footer
    likeness = compare_texts(one, other)
    assert likeness.resemblance > 0.3
    assert not likeness.is_copy


def test_different_stories_are_not_looked_at():
    assert not may_be_copies(fingerprint(make_text(1)), fingerprint(make_text(2)))


def test_shingles_and_signatures_reach_no_database():
    reached = "import sys, store.copies.signature, store.outlets, store.changes; print('sqlalchemy' in sys.modules)"
    result = subprocess.run([sys.executable, "-c", reached], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "False"
