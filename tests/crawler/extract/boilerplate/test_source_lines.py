import lxml.html
import pytest

from crawler.extract.boilerplate.rules import strip
from crawler.extract.boilerplate.source_lines import is_origin_note, read_source_line
from crawler.extract.boilerplate.source_links import find_sources
from crawler.extract.line import Line

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


NOTES = (
    "This article was originally published on The Example Times.",
    "This article is republished from The Example Times under a licence. Read the original article.",
    "Dieser Artikel erschien zuerst bei The Example Times.",
    "Übersetzt aus dem Englischen; zum Original in The Example Times.",
    "Cet article a été publié d'abord dans The Example Times.",
    "Este artículo fue publicado originalmente en The Example Times.",
    "Статья впервые опубликована в The Example Times.",
    "نشر هذا المقال أولا في The Example Times.",
    "本文首发于The Example Times。",
)


@pytest.mark.parametrize("note", NOTES, ids=lambda note: note[:20])
def test_a_note_of_where_a_text_first_stood_names_the_original_and_stays(note):
    lines = ["A sentence about the talks of the week.", "And another one that ends it.", note]
    reading = strip([Line(text=line) for line in lines], links={note: LINK})
    assert reading.derived_from == LINK
    assert reading.text == "\n".join(lines)


@pytest.mark.parametrize("line", [
    "The treaty was first published in March.", "He translated from the Russian as a young man.",
    "An article that was originally published elsewhere led to the dispute.",
])
def test_a_sentence_that_speaks_of_publishing_is_no_note(line):
    assert not is_origin_note(line)


def test_the_link_in_a_note_is_found_on_the_page_and_no_front_page_or_form_is_taken():
    note = "This article is republished from The Example Times. Read the original article."
    page = (f'<p>A sentence.</p><p>This article is republished from <a href="https://origin.example/">The Example Times</a>.'
            f' Read the <a href="{LINK}">original article</a>.</p>')
    lines = [Line(text="A sentence."), Line(text=note)]
    assert find_sources(lxml.html.fromstring(f"<div>{page}</div>"), lines, url="https://copy.example/a").links == {note: LINK}
    form = page.replace(LINK, "https://origin.example/subscribe")
    assert find_sources(lxml.html.fromstring(f"<div>{form}</div>"), lines, url="https://copy.example/a").links == {}
