import dataclasses
import pickle
from datetime import UTC, datetime

import pytest

from crawler.extract.reader import extract
from crawler.extract.site_memory import SiteMemory
from store.errors import ExtractionError
from store.values import Link, Moment, Precision
from tests.crawler.extract.theme import LONG, page_of, remember, text_page, themed

APPEAL = "We guard the common cause We depend on your support Support Courier.example"
ORIGINAL = "https://origin.example/world/talks-1852502271.htm"


def reason_of(page):
    with pytest.raises(ExtractionError) as error:
        extract(page)
    return error.value.reason


def test_the_lines_of_a_plain_text_are_its_paragraphs():
    article = extract(text_page("", LONG[0], "", "", LONG[1], LONG[2]))
    assert article.paragraphs == LONG[:3]
    assert article.text == "\n".join(LONG[:3])
    assert (article.title, article.language, article.keys) == (None, "en", ("file:///text.txt",))


def test_an_article_in_the_dress_of_a_theme_is_read_without_the_dress():
    article = extract(page_of(themed("Ministers meet on the border", LONG)))
    assert article.paragraphs == LONG
    assert article.title == "Ministers meet on the border"
    assert article.authors == ("Jane Example",)
    assert str(article.published) == "2024-04-30T08:15:00+02:00"
    assert article.removed == ()


def test_captions_that_the_page_marks_go():
    figure = '<figure><img src="/b.jpg"><figcaption>Cars of the delegation arrive</figcaption></figure>'
    assert extract(page_of(themed("Ministers meet", [LONG[0], figure, *LONG[1:]]))).paragraphs == LONG


def test_what_is_stripped_off_a_page_becomes_facts_and_says_why():
    body = [*LONG[:2], f"<div class='box'><p><strong>{APPEAL}</strong></p></div>", LONG[2], LONG[3] + " /VOA", "[ad_2]",
            f"Source: {ORIGINAL}", "Comments (0)"]
    article = extract(page_of(themed("Ministers meet", body)))
    assert article.paragraphs == LONG
    assert (article.credits, article.derived_from) == (("VOA",), ORIGINAL)
    assert [(r.text, r.rule, r.where) for r in article.removed] == [
        (APPEAL, "support_appeal", "line 3"), ("/VOA", "agency_credit", "line 5, end"),
        ("[ad_2]", "ad_slot", "line 6"),
        (f"Source: {ORIGINAL}", "source_line", "line 7"), ("Comments (0)", "comments", "line 8")]


@pytest.mark.parametrize("block", [
    f'<p>Source: <a href="{ORIGINAL}">{ORIGINAL}</a></p>',
    f'<p>Source: <a href="{ORIGINAL}">The Example Times</a></p>',
    f'<div class="src"><b>Source:</b> <a href="{ORIGINAL}">The Example Times</a></div>',
])
def test_the_link_of_a_source_line_is_found_though_the_line_looks_like_navigation(block):
    article = extract(page_of(themed("Ministers meet", [*LONG, block])))
    assert article.paragraphs == LONG
    assert article.derived_from == ORIGINAL
    assert [removal.rule for removal in article.removed] == ["source_line"]


@pytest.mark.parametrize("href", ["https://times.example/", "/tag/times", "https://news.example/tag/times", "http://[bad"])
def test_a_home_page_or_a_tag_is_no_original(href):
    line = f'<p>Source: <a href="{href}">The Example Times</a></p>'
    article = extract(page_of(themed("Ministers meet", [*LONG, line])))
    assert (article.derived_from, article.credits) == (None, ("The Example Times",))


@pytest.mark.parametrize("head", [
    '<link rel="canonical" href="https://courier.example/world/talks-go-on">',
    '<meta property="og:url" content="https://courier.example/world/talks-go-on">',
    '<meta name="syndication-source" content="https://courier.example/world/talks-go-on">',
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ministers meet on the border",'
    ' "isBasedOn": "https://courier.example/world/talks-go-on"}</script>',
])
def test_an_article_elsewhere_that_the_page_names_as_its_address_is_the_original(head):
    page = page_of(themed("Ministers meet on the border", LONG).replace("</head>", f"{head}</head>"))
    article = extract(page)
    assert article.derived_from == "https://courier.example/world/talks-go-on"
    assert article.canonical_url is None


def test_the_original_that_the_text_names_goes_before_the_one_in_the_head():
    head = '<link rel="canonical" href="https://courier.example/world/talks-go-on">'
    body = [*LONG, f"Source: {ORIGINAL}"]
    page = page_of(themed("Ministers meet on the border", body).replace("</head>", f"{head}</head>"))
    assert extract(page).derived_from == ORIGINAL


def test_a_source_line_of_another_box_is_not_the_articles():
    aside = f'<aside><div><div><div><div><p>Source: <a href="{ORIGINAL}">x</a></p></div></div></div></div></aside>'
    page = themed("Ministers meet", LONG).replace("<footer>", f"{aside}<footer>")
    assert extract(page_of(page)).derived_from is None


def test_a_date_stub_stands_in_where_the_page_states_no_date():
    article = extract(text_page("date 2023-03 " + LONG[0], LONG[1]))
    assert (str(article.published), article.published.precision) == ("2023-03", Precision.MONTH)
    stated = extract(page_of(themed("Ministers meet", ["date 2023-03 " + LONG[0], *LONG[1:]])))
    assert str(stated.published) == "2024-04-30T08:15:00+02:00"
    assert article.published in stated.dates


def test_a_stub_or_a_feed_that_dates_a_text_in_the_future_is_not_believed():
    assert extract(text_page("date 2099-03 " + LONG[0], *LONG[1:])).published is None
    future = Moment(at=datetime(2099, 3, 5, tzinfo=UTC), precision=Precision.DAY, origin="feed")
    page = text_page(*LONG)
    link = Link(url=page.url, key=page.url, published=future, modified=future)
    article = extract(dataclasses.replace(page, link=link))
    assert (article.published, article.modified, article.dates) == (None, None, ())


def test_a_plain_text_takes_the_facts_of_its_link():
    published = Moment(at=datetime(2024, 5, 1, 8, tzinfo=UTC), precision=Precision.MINUTE, origin="feed")
    link = Link(url="https://news.example/a", key="news.example/a", title="Ministers meet", published=published)
    article = extract(dataclasses.replace(text_page("Ministers meet", *LONG), link=link))
    assert (article.title, article.published, article.paragraphs) == ("Ministers meet", published, LONG)


def test_the_memory_of_a_site_takes_its_furniture_out():
    memory = remember("All of this was checked by us.", pages=10)
    article = extract(text_page(*LONG, "All of this was checked by us."), site=memory)
    assert article.paragraphs == LONG
    assert [removal.rule for removal in article.removed] == ["site_memory"]


def test_a_rule_can_be_left_out():
    article = extract(text_page(*LONG, "Comments (2)"), without=frozenset({"comments"}))
    assert article.paragraphs[-1] == "Comments (2)"


def test_reading_does_not_depend_on_what_was_read_before():
    page = page_of(themed("Ministers meet", [*LONG, "Read also: more"]))
    first = extract(page)
    for _ in range(3):
        extract(page_of(themed("Another", LONG)))
    assert extract(page) == first


@pytest.mark.parametrize(("page", "reason"), [
    (text_page(""), "empty"),
    (text_page("Just this."), "too_short"),
    (text_page("Comments (5)", "[ad_1]"), "too_short"),
    (text_page("Werbung"), "no_text"),
    (page_of(b"\0\1\2" * 500, content_type="text/plain"), "not_text"),
    (page_of(b"long text " * 300_000, content_type="text/plain"), "too_large"),
    (page_of(b""), "empty"),
    (page_of(b"%PDF-1.4 ...", content_type="application/pdf"), "not_html"),
    (page_of("<html><body><div id='root'></div><script src='app.js'></script></body></html>"), "empty_shell"),
    (page_of("<html><body>" + "<div>" * 3000 + "text" * 100), "no_text"),
])
def test_a_page_without_an_article_ends_in_a_named_reason(page, reason):
    assert reason_of(page) == reason


def test_a_consent_dialog_is_no_article():
    dialog = (
        "We and our partners use cookies and, with your consent, process personal data for tracking.",
        "You can change your privacy settings at any time; by agreeing you consent to all cookies.",
    )
    assert reason_of(text_page(*dialog)) == "consent_wall"
    assert extract(text_page(dialog[0], *LONG)).paragraphs


def test_a_flash_in_a_script_without_spaces_is_long_enough():
    assert extract(text_page("两国外长十五日在北京举行会谈，同意恢复边境贸易。")).language == "zh"


def test_html_under_the_name_of_a_text_is_read_as_a_page():
    page = page_of(themed("Ministers meet", LONG), content_type="text/plain")
    assert extract(page).paragraphs == LONG


def test_table_rows_and_list_items_are_lines():
    body = [*LONG, "<ul><li>The first point is fishing.</li><li>The second point is the crews.</li></ul>"]
    assert "The second point is the crews." in extract(page_of(themed("Ministers meet", body))).paragraphs


def test_an_article_and_an_error_cross_a_process_boundary():
    article = extract(text_page(*LONG, "Comments (2)"))
    assert pickle.loads(pickle.dumps(article)) == article
    assert pickle.loads(pickle.dumps(SiteMemory())) == SiteMemory()
