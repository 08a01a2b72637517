"""What a site's memory takes out of a text, and what it must leave."""

import pytest

from crawler.extract.line_keys import line_keys
from crawler.extract.site_memory import Recurrence, Ruling, SiteMemory, find_furniture, find_recurring

TEXT = (
    "The delegations met for seven hours in the old town hall and spoke about the border and the fishing grounds.",
    "Nothing was signed, said the head of the mission, and nobody had thought that anything would be signed today.",
    "The next round is planned for the end of June in the other capital, according to a note of the two ministries.",
)
STANDARDS = "Our principles: the charter of this house"
APPEAL = "Journalism of this kind costs money and your gift keeps it free for all, so please give what you can."


def memory_of(line: str, *, pages: int = 20, of: int = 20, template: bool = False, is_counted: bool = False,
              **counts: int) -> SiteMemory:
    """Make a memory that knows one line, seen on so many pages of the site."""
    keys = line_keys(line)
    ruling = counts.pop("ruling", None)
    recurrence = Recurrence(pages=pages, since=of, ruling=ruling, **counts)
    return SiteMemory(pages=of, lines={keys[1 if template else 0]: recurrence}, is_counted=is_counted)


def taken(*lines: str, memory: SiteMemory) -> list[str]:
    return [found.text for found in find_furniture(lines, memory)]


def test_a_line_that_ends_most_articles_of_a_site_is_furniture_and_the_evidence_is_said():
    (found,) = find_furniture((*TEXT, STANDARDS), memory_of(STANDARDS, pages=17, of=20, tail=17))
    assert (found.number, found.text, found.evidence) == (3, STANDARDS, "on 17 of 20 pages")


@pytest.mark.parametrize(("pages", "of"), [(1, 1), (1, 2), (2, 4), (3, 7), (2, 20), (3, 40), (9, 100)])
def test_the_fewer_pages_the_more_of_them_must_show_a_line(pages, of):
    assert taken(*TEXT, STANDARDS, memory=memory_of(STANDARDS, pages=pages, of=of, tail=pages)) == []


@pytest.mark.parametrize(("pages", "of"), [(2, 2), (4, 4), (4, 8), (4, 12), (6, 40), (13, 100)])
def test_and_so_many_are_enough(pages, of):
    assert taken(*TEXT, STANDARDS, memory=memory_of(STANDARDS, pages=pages, of=of, tail=pages)) == [STANDARDS]


def test_the_article_itself_does_not_count():
    memory = memory_of(STANDARDS, pages=2, of=2, tail=2, is_counted=True)
    assert taken(*TEXT, STANDARDS, memory=memory) == []


def test_a_line_that_a_large_site_begins_to_show_is_measured_against_more_than_the_days_it_is_there():
    key = line_keys(STANDARDS)[0]
    for pages, expected in ((3, []), (6, [STANDARDS])):
        memory = SiteMemory(pages=1000, lines={key: Recurrence(pages=pages, since=pages, tail=pages)})
        assert taken(*TEXT, STANDARDS, memory=memory) == expected


def test_between_paragraphs_a_long_line_must_recur_on_most_pages():
    lines = (*TEXT[:2], APPEAL, TEXT[2])
    assert taken(*lines, memory=memory_of(APPEAL, pages=16, of=20)) == [APPEAL]
    assert taken(*lines, memory=memory_of(APPEAL, pages=8, of=20)) == []


def test_a_line_that_other_readings_left_out_needs_less():
    lines = (*TEXT[:2], APPEAL, TEXT[2])
    assert taken(*lines, memory=memory_of(APPEAL, pages=8, of=20, outside=5)) == [APPEAL]


@pytest.mark.parametrize("heading", ["What is known so far", "Hintergrund", "Что известно", "背景", "الخلفية"])
def test_a_section_heading_between_paragraphs_stays_however_often_it_recurs(heading):
    for counts in ({}, {"heading": 100}, {"heading": 100, "outside": 60}):
        memory = memory_of(heading, pages=100, of=100, **counts)
        assert taken(TEXT[0], heading, *TEXT[1:], memory=memory) == []


def test_a_heading_that_nothing_follows_heads_no_section():
    assert taken(*TEXT, "More on this story", memory=memory_of("More on this story", tail=20)) == ["More on this story"]


@pytest.mark.parametrize("dateline", [
    "Kyiv, 5 March 2026", "BRUSSELS (AP) —", "Москва, 5 марта", "北京3月5日电", "القاهرة، 5 مارس 2026",
    "नई दिल्ली, 5 मार्च", "Rio de Janeiro, 5 de março de 2026",
])
def test_a_recurring_dateline_stays(dateline):
    memory = memory_of(dateline, pages=100, of=100, head=100, apart=100)
    assert taken(dateline, *TEXT, memory=memory) == []


@pytest.mark.parametrize("line", ["Last changed on Monday, 5 March 2026 at 10:30", "Обновлено: 5 марта 2026, 12:30"])
def test_a_line_that_says_when_a_page_was_changed_is_no_dateline(line):
    memory = memory_of(line, pages=100, of=100, head=100, apart=100)
    assert taken(line, *TEXT, memory=memory) == [line]


def test_a_refrain_stays():
    refrain = "We shall not leave this table, and we shall not be the first to rise from it."
    lines = (TEXT[0], refrain, TEXT[1], refrain)
    assert taken(*lines, memory=memory_of(refrain, pages=30, of=40, tail=30)) == []
    assert taken(*TEXT, refrain, memory=memory_of(refrain, pages=30, of=40, tail=30, repeated=30)) == []


def test_the_words_that_close_every_speech_stay():
    assert taken(*TEXT, "Long live the republic!", memory=memory_of("Long live the republic!", tail=20)) == []


def test_the_lead_of_an_article_that_other_pages_tease_stays():
    memory = memory_of(TEXT[0], pages=30, of=40, outside=29, head=1)
    assert taken(*TEXT, memory=memory) == []


def test_furniture_is_found_with_another_name_in_it():
    one = "Anna Holm covers the region for this paper and can be reached through the desk"
    other = "Tom Aldous Reed covers the region for this paper and can be reached through the desk"
    shared = set(line_keys(one)) & set(line_keys(other))
    memory = SiteMemory(pages=20, lines={key: Recurrence(pages=15, since=20, tail=15) for key in shared})
    (found,) = find_furniture((*TEXT, other), memory)
    assert (found.text, found.evidence) == (other, "a line like it on 15 of 20 pages")


def test_articles_that_share_their_text_are_not_furniture_to_each_other():
    lines = {key: Recurrence(pages=18, since=20) for line in TEXT for key in line_keys(line)}
    memory = SiteMemory(pages=20, lines=lines)
    assert taken("A short line of its own that says what is new today, and it is not much.", *TEXT, APPEAL,
                 memory=memory) == []
    assert find_recurring(TEXT, memory) == 1


def test_a_text_that_is_all_furniture_stays_whole():
    memory = SiteMemory(pages=20, lines={line_keys(line)[0]: Recurrence(pages=20, since=20, tail=20) for line in TEXT})
    assert taken(*TEXT, memory=memory) == []


def test_a_person_has_the_last_word():
    kept = memory_of(STANDARDS, tail=20, ruling=Ruling.KEEP)
    assert taken(*TEXT, STANDARDS, memory=kept) == []
    dropped = memory_of(TEXT[1], pages=0, of=3, ruling=Ruling.DROP)
    (found,) = find_furniture(TEXT, dropped)
    assert (found.text, found.evidence) == (TEXT[1], "dropped by hand")


def test_nothing_is_known_of_a_new_site():
    assert find_furniture(TEXT, SiteMemory()) == ()
