import pytest

from crawler.extract.boilerplate.date_stubs import find_stub
from crawler.extract.boilerplate.rules import strip
from crawler.extract.line import Line


@pytest.mark.parametrize(("line", "stated"), [
    ("date 2023-03 The president met", "2023-03"),
    ("Date: 2023-03-05 The president met", "2023-03-05"),
    ("Datum: 2021-12-31", "2021-12-31"),
    ("Дата 2022-01 Президент", "2022-01"),
    ("日期：2024-02-29 会谈", "2024-02-29"),
    ("published 2023-03-05T10:15:00Z The president met", "2023-03-05"),
])
def test_a_date_stub_states_a_moment_as_exactly_as_it_says(line, stated):
    found = find_stub(line)
    assert found is not None
    assert str(found[1]) == stated
    assert found[1].origin == "text"


@pytest.mark.parametrize("line", [
    "2023-03 was a cold month", "date 2023-13 The president met", "date 2023-02-30 The",
    "The date 2023-03 was agreed", "date 1823-03 The",
    "Posted 2023-11-02 to Vienna, the ambassador returned last week.", "Дата 2023-11-02 названа днём перемирия.",
    "Published 2023-10 figures show a fall in trade.",
    "data 2023-0345 The", "Up to date 2023-03-05 is the plan", "",
])
def test_a_sentence_with_a_date_is_no_stub(line):
    assert find_stub(line) is None


def test_a_stub_leaves_the_text_and_becomes_the_publication_date():
    reading = strip([Line(text=" date 2023-03 The president met his guest."), Line(text="They spoke.")])
    assert reading.text == "The president met his guest.\nThey spoke."
    assert [(r.text, r.rule, r.where) for r in reading.removed] == [("date 2023-03", "date_stub", "line 1, start")]
    assert str(reading.published) == "2023-03"


def test_a_stub_on_a_line_of_its_own_goes_whole():
    reading = strip([Line(text="date: 2023-03-05"), Line(text="They spoke.")])
    assert [(r.text, r.where) for r in reading.removed] == [("date: 2023-03-05", "line 1")]


def test_a_stub_further_down_stays():
    assert strip([Line(text="They spoke."), Line(text="date 2023-03 was a cold month")]).published is None
