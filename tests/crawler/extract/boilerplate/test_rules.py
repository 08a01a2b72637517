import pytest

from crawler.extract.boilerplate.rules import RULE_NAMES, RULES, SITE_MEMORY, strip
from crawler.extract.line import Line
from tests.crawler.extract.theme import remember

SENTENCE = "The delegations met for seven hours in the old town hall and spoke about the border."
FURNISHED = (
    "Ministers meet", "date 2023-03 " + SENTENCE, "[ad_1]", "Read also: Another story", "Photo: Example",
    "Share on Facebook",
    "Sign up for our newsletter", "We live by your support Support Border.example", SENTENCE, SENTENCE + " /VOA",
    "Source: https://origin.example/story/1", "Every page of this site says this.",
    "This article is for subscribers.", "3 Comments",
)
BY_RULE = {
    "repeated_title": "Ministers meet", "date_stub": "date 2023-03", "ad_slot": "[ad_1]",
    "read_also": "Read also: Another story",
    "photo_credit": "Photo: Example", "share_bar": "Share on Facebook", "newsletter": "Sign up for our newsletter",
    "support_appeal": "We live by your support Support Border.example", "agency_credit": "/VOA",
    "source_line": "Source: https://origin.example/story/1", "site_memory": "Every page of this site says this.",
    "comments": "3 Comments", "paywall_notice": "This article is for subscribers.",
}
MEMORY = remember("Every page of this site says this.", pages=12)


def read(without=frozenset()):
    lines = [Line(text=text) for text in FURNISHED]
    return strip(lines, title="Ministers meet", site=MEMORY, without=frozenset(without))


def test_every_rule_finds_its_line_and_says_where():
    reading = read()
    assert [line.text for line in reading.lines] == [SENTENCE] * 3
    assert {removal.rule: removal.text for removal in reading.removed} == BY_RULE
    assert [removal.where for removal in reading.removed] == [
        "line 1", "line 2, start", "line 3", "line 4", "line 5", "line 6", "line 7", "line 8", "line 10, end",
        "line 11",
        "line 12", "line 13", "line 14"]


def test_the_registry_and_its_names_agree():
    assert {rule.name for rule in RULES} | {SITE_MEMORY} == RULE_NAMES == set(BY_RULE)


@pytest.mark.parametrize("rule", sorted(BY_RULE))
def test_a_rule_can_be_switched_off_by_name(rule):
    reading = read(without={rule})
    assert rule not in {removal.rule for removal in reading.removed}
    assert BY_RULE[rule] in reading.text


def test_a_rule_that_does_not_exist_cannot_be_switched_off():
    with pytest.raises(ValueError, match="no such rule: everything"):
        read(without={"everything"})


def test_without_any_rule_the_text_stands_as_it_was_read():
    assert read(without=RULE_NAMES).text == "\n".join(FURNISHED)


TEASER = "Why the pipeline of the north will be late"


def test_a_line_that_the_filter_dropped_inside_the_article_is_a_removal_of_its_rule():
    reading = strip([Line(text=SENTENCE), Line(text=TEASER, dropped_by="filter"), Line(text=""), Line(text=SENTENCE)])
    assert [(r.text, r.rule, r.where) for r in reading.removed] == [(TEASER, "filter", "line 2")]
    assert reading.lines[1].number == 3


def test_menus_that_the_filter_dropped_are_no_removals_of_the_article():
    menu = [Line(text=text, dropped_by="filter") for text in ("World", TEASER)]
    reading = strip([*menu, Line(text=SENTENCE), Line(text="0", dropped_by="filter"), Line(text=SENTENCE), *menu])
    assert reading.removed == ()
    assert [line.number for line in reading.lines] == [1, 2]


def test_a_line_that_the_filter_dropped_still_says_what_it_states():
    dropped = [Line(text="Source: https://origin.example/world/talks-1.html", dropped_by="filter"),
               Line(text="Comments (3)", dropped_by="filter")]
    reading = strip([Line(text=SENTENCE), Line(text=SENTENCE), *dropped])
    assert reading.derived_from == "https://origin.example/world/talks-1.html"
    assert [(r.rule, r.where) for r in reading.removed] == [("source_line", "line 3"), ("comments", "line 4")]


def test_clean_text_is_left_alone():
    lines = (SENTENCE, "He said: “Nothing has been signed.”", SENTENCE)
    reading = strip([Line(text=line) for line in lines], title="Another title")
    assert (reading.text, reading.removed, reading.credits) == ("\n".join(lines), (), ())


def test_a_title_that_is_the_whole_text_stays():
    assert strip([Line(text="Ministers meet")], title="Ministers meet").text == "Ministers meet"


def test_a_remembered_line_is_found_with_another_date_and_counter():
    memory = remember("Read 1204 times since 3 May", pages=9)
    assert strip([Line(text=SENTENCE), Line(text="READ 87 times since 12 May")], site=memory).text == SENTENCE
