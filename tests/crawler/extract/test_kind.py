"""An article's kind: by the page's marks, then its title, then its shape."""

import pytest

from crawler.extract.kind import find_kind
from store.subject import Kind

LONG = "The two delegations met on Monday and spoke for three hours about the border. " * 8


def kind(title="Two delegations meet", text=LONG, **marks):
    return find_kind(title=title, text=text, **marks).kind


def test_what_nothing_marks_is_a_report():
    found = find_kind(title="Two delegations meet", text=LONG)
    assert (found.kind, found.evidence) == (Kind.REPORT, None)


@pytest.mark.parametrize(("name", "expected"), [
    ("LiveBlogPosting", Kind.LIVE),
    ("https://schema.org/OpinionNewsArticle", Kind.OPINION),
    ("ReportageNewsArticle", Kind.REPORT),
])
def test_a_schema_type_decides(name, expected):
    assert kind(types=[name], section="Opinion" if expected is Kind.REPORT else None) is expected


def test_a_plain_news_article_leaves_the_choice_to_the_section():
    assert kind(types=["NewsArticle"], section="Opinion") is Kind.OPINION


@pytest.mark.parametrize(("section", "expected"), [
    ("Meinung", Kind.OPINION), ("Opinión", Kind.OPINION), ("Мнения", Kind.OPINION), ("社説", Kind.OPINION),
    ("رأي", Kind.OPINION), ("Press releases", Kind.STATEMENT), ("Intervista", Kind.INTERVIEW),
    ("En direct", Kind.LIVE), ("World", Kind.REPORT), ("Live music", Kind.REPORT),
    ("Public opinion polls", Kind.REPORT),
])
def test_a_section_is_compared_whole(section, expected):
    assert kind(section=section) is expected


def test_a_folder_of_the_address_counts_and_the_article_s_own_name_does_not():
    assert kind(url="https://paper.example/opinion/2024/peace") is Kind.OPINION
    assert kind(url="https://paper.example/world/opinion") is Kind.REPORT


@pytest.mark.parametrize(("title", "expected"), [
    ("LIVE: Leaders arrive for the summit", Kind.LIVE),
    ("Interview: The envoy on the road to peace", Kind.INTERVIEW),
    ("Why the treaty must stand | Opinion", Kind.OPINION),
    ("عاجل | وقف إطلاق النار", Kind.FLASH),
    ("СРОЧНО: Переговоры завершились", Kind.FLASH),
    ("Joint statement of the foreign ministers of the G7", Kind.COMMUNIQUE),
    ("Совместное заявление министров иностранных дел", Kind.COMMUNIQUE),
    ("Press release on the talks in Geneva", Kind.STATEMENT),
    ("Live fire exercise near the border", Kind.REPORT),
    ("Opinion divided over treaty", Kind.REPORT),
    ("Statement rejected by both sides", Kind.REPORT),
])
def test_a_title_tells_by_how_it_begins_or_ends(title, expected):
    assert kind(title=title) is expected


def test_a_communique_is_asked_for_before_a_statement():
    assert kind(tags=["Joint statement"]) is Kind.COMMUNIQUE


def test_lines_that_begin_with_a_time_make_a_live_page():
    lines = "\n".join(f"1{hour}:30 The delegation left the building for the {hour}th time." for hour in range(5))
    assert kind(text=lines) is Kind.LIVE
    assert kind(text=LONG + "\n10:30 was the time of the meeting.") is Kind.REPORT


def test_lines_that_are_questions_make_an_interview():
    talk = "\n".join(f"What did the minister say on day {day}?\nHe said that talks go on and on." for day in range(5))
    assert kind(text=talk) is Kind.INTERVIEW
    assert kind(text=LONG + "\nWhat will the ministers do next?") is Kind.REPORT


def test_one_short_paragraph_under_a_title_is_a_flash():
    assert kind(text="The two ministers have signed the treaty, the agency reports.") is Kind.FLASH
    assert kind(title=None, text="The two ministers have signed the treaty.") is Kind.REPORT


def test_the_evidence_names_the_mark():
    assert find_kind(title=None, text=LONG, section="Kommentar").evidence == "section Kommentar"
