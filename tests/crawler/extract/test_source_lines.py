import pytest

from crawler.extract.boilerplate import strip
from crawler.extract.line import Line
from crawler.extract.source_lines import read_source_line

LINK = "https://origin.example/world/talks-1852502271.htm"


@pytest.mark.parametrize("label", [
    "Quelle: ", "Source: ", "Источник: ", "出典：", "المصدر: ", "Fuente: ", "Nguồn: ", "来源：", "Źródło: ",
    "Burimi: ",
])
def test_a_source_line_with_a_link_names_the_original(label):
    assert read_source_line(label + LINK) == (LINK, ())


@pytest.mark.parametrize(("line", "names"), [
    ("Source: Reuters", ("Reuters",)),
    ("Источник: ТАСС", ("TASS",)),
    ("来源：新华社", ("Xinhua",)),
    ("Quelle: ntv.example", ("ntv.example",)),
    ("Kaynak: AA, DHA", ("AA", "DHA")),
    ("المصدر: رويترز", ("Reuters",)),
    ("(Fuente: EFE)", ("EFE",)),
    ("Source: www.gossip.example", ("gossip.example",)),
    ("Source: https://gossip.example/", ("gossip.example",)),
])
def test_a_source_line_without_a_link_credits(line, names):
    assert read_source_line(line) == (None, names)


def test_a_source_line_may_give_a_name_and_a_link():
    assert read_source_line(f"Source: The Example Times ({LINK})") == (LINK, ("The Example Times",))


def test_the_full_stop_after_an_address_is_no_part_of_it():
    assert read_source_line(f"Source: {LINK}.") == (LINK, ())


@pytest.mark.parametrize("line", [
    "Source: the ministry said that nothing had been decided, and that nobody would be told",
    "A source: a man close to the talks.",
    "The source of the river is in dispute",
    "Quelle",
    "Source:",
    f"Read the report: {LINK}",
    "Source: http://[::bad/x",
])
def test_a_line_that_speaks_of_a_source_is_none(line):
    assert read_source_line(line) is None


def test_a_source_in_mid_text_belongs_to_a_table():
    lines = ["A sentence about the figures of the year."] * 8
    reading = strip([Line(text=line) for line in (*lines, "Source: Reuters", *lines)])
    assert "Source: Reuters" in reading.text
    assert reading.credits == ()


def test_the_link_that_the_page_has_is_taken_where_the_line_has_none():
    lines = ["A sentence about the talks of the week.", "And another one that ends it.", "Source: The Example Times"]
    reading = strip([Line(text=line) for line in lines], links={"Source: The Example Times": LINK})
    assert (reading.derived_from, reading.credits) == (LINK, ("The Example Times",))
