"""What a page states about its article."""

import time
from datetime import UTC, datetime

import lxml.html
import pytest
from lxml import etree

from crawler.extract.facts import times
from crawler.extract.facts.page_facts import Facts, extract_facts
from store.values import Link, Moment, Page, Precision

URL = "https://www.thedaily.example/world/envoys-sign-a-treaty"
FETCHED = datetime(2024, 6, 1, 12, tzinfo=UTC)
PROSE = "<p>" + "The envoys met for a long time and spoke about many things that matter to both of them. " * 3 + "</p>"


def read(body: str, head: str = "", *, url: str = URL, language: str = "en", link: Link | None = None) -> Facts:
    document = f'<html lang="{language}"><head>{head}</head><body>{body}</body></html>'
    page = Page(url=url, requested_url=url, body=b"", fetched_at=FETCHED, link=link)
    return extract_facts(lxml.html.document_fromstring(document), page=page)


def jsonld(members: str, kind: str = "NewsArticle") -> str:
    return f'<script type="application/ld+json">{{"@type": "{kind}", {members}}}</script>'


def feed(written: str) -> Link:
    at = datetime.fromisoformat(written)
    return Link(url=URL, key=URL, published=Moment(at=at, precision=Precision.SECOND, origin="feed"))


# Times


@pytest.mark.parametrize(("head", "body", "published", "origin"), [
    (jsonld('"datePublished": "2024-05-04T10:00:00+02:00"'), "", "2024-05-04T10:00:00+02:00", "json-ld"),
    ('<meta property="article:published_time" content="2024-05-04T10:00:00Z">', "", "2024-05-04T10:00:00+00:00",
        "meta"),
    ('<meta name="parsely-pub-date" content="2024-05-04T10:00Z">', "", "2024-05-04T10:00+00:00", "meta"),
    ('<meta name="DC.date.issued" content="2024-05-04">', "", "2024-05-04", "meta"),
    ("", '<h1>A treaty</h1><time datetime="2024-05-04T10:00:00+02:00">4 May</time>', "2024-05-04T10:00:00+02:00",
        "time"),
    ("", '<h1>A treaty</h1><span itemprop="datePublished" content="2024-05-04">4 May</span>', "2024-05-04", "time"),
    ("", "<h1>A treaty</h1><p>Geneva, 4 May 2024</p>" + PROSE, "2024-05-04", "text"),
    ("", "<div><span>4 May 2024</span><h1>A treaty</h1></div>" + PROSE, "2024-05-04", "text"),
])
def test_the_publication_is_read_where_the_page_states_it(head: str, body: str, published: str, origin: str) -> None:
    facts = read(body, head)
    assert facts.published is not None
    assert (str(facts.published), facts.published.origin) == (published, origin)
    assert facts.published in facts.dates


def test_publication_and_change_are_kept_apart() -> None:
    facts = read("", jsonld('"dateModified": "2024-05-06T10:00:00Z", "datePublished": "2024-05-04T10:00:00Z"'))
    assert (str(facts.published), str(facts.modified)) == ("2024-05-04T10:00:00+00:00", "2024-05-06T10:00:00+00:00")


@pytest.mark.parametrize("line", [
    "<p>Updated: 6 May 2024</p>", "<p>Aktualisiert am 6. Mai 2024</p>",
    "<time class='modified' datetime='2024-05-06'>6/5</time>",
    "<p><span>Last updated</span> <span>6 May 2024</span></p>", "<p>Обновлено 6 мая 2024</p>",
    "<div>Updated<!-- --> <time datetime='2024-05-06'>May 6</time></div>",
])
def test_a_date_of_change_is_never_taken_for_the_publication(line: str) -> None:
    facts = read(f"<h1>A treaty</h1>{line}{PROSE}")
    assert (facts.published, str(facts.modified)) == (None, "2024-05-06")


def test_one_line_may_hold_both_dates() -> None:
    facts = read(f"<h1>A treaty</h1><p>4 May 2024 - Updated: 6 May 2024</p>{PROSE}")
    assert str(facts.published) == "2024-05-04"


def test_a_class_that_names_both_is_the_publication() -> None:
    line = "<time class='entry-date updated' datetime='2024-05-04T10:00:00Z'>4 May</time>"
    facts = read(f"<h1>A treaty</h1>{line}{PROSE}")
    assert str(facts.published) == "2024-05-04T10:00:00+00:00"


def test_the_feed_speaks_where_the_page_is_silent() -> None:
    facts = read("<h1>A treaty</h1>", link=feed("2024-05-04T10:00:00+00:00"))
    assert facts.published is not None and facts.published.origin == "feed"


def test_the_page_speaks_before_the_feed_and_the_feed_stays_as_a_rival() -> None:
    facts = read("", jsonld('"datePublished": "2024-05-04T09:00:00Z"'), link=feed("2024-05-04T10:00:00+00:00"))
    assert [moment.origin for moment in facts.dates] == ["json-ld", "feed"]
    assert facts.published is not None and facts.published.origin == "json-ld"


def test_a_lone_date_yields_to_three_places_that_agree() -> None:
    template = jsonld('"datePublished": "2019-01-01T00:00:00Z"')
    body = "<h1>A treaty</h1><time datetime='2024-05-04T10:00:00Z'>4 May</time>"
    facts = read(body, template, url="https://thedaily.example/2024/05/04/treaty",
        link=feed("2024-05-04T10:00:00+00:00"))
    assert str(facts.published) == "2024-05-04T10:00:00+00:00"
    assert str(read(body, template).published).startswith("2019")  # one other voice is not enough


def test_of_one_instant_the_publishers_own_zone_is_kept() -> None:
    head = jsonld('"datePublished": "2024-05-05T02:00:00Z"')
    head += '<meta property="article:published_time" content="2024-05-04T22:00:00-04:00">'
    assert str(read("", head).published) == "2024-05-04T22:00:00-04:00"


@pytest.mark.parametrize("written",
    ["2031-01-01T00:00:00Z", "2024-06-04T00:00:00Z", "1970-01-01T00:00:00Z", "0001-01-01", "soon", ""])
def test_the_future_and_the_time_before_the_web_are_refused(written: str) -> None:
    assert read("", jsonld(f'"datePublished": "{written}"')).dates == ()


@pytest.mark.parametrize("rest", [
    "<section class='comments'><time datetime='2024-05-04'>4 May</time></section>",
    "<div class='related'><p>3 May 2024</p></div>",
    "<footer>© 2024 The Daily, 1 January 2024</footer>",
    "<p>" + "In the treaty of 3 May 1999 they had agreed on this and on that and on much else besides. " * 3 + "</p>",
])
def test_dates_of_comments_related_stories_footers_and_prose_are_not_the_articles(rest: str) -> None:
    assert read(f"<h1>A treaty</h1>{PROSE * 4}{rest}").published is None


def test_the_address_gives_the_day_where_nothing_else_does() -> None:
    facts = read("<h1>A treaty</h1>", url="https://thedaily.example/2024/05/04/treaty")
    assert (str(facts.published), facts.dates[0].origin) == ("2024-05-04", "url")


def test_a_month_in_the_address_yields_to_a_day_on_the_page() -> None:
    facts = read(f"<h1>A treaty</h1><p>4 May 2024</p>{PROSE}", url="https://thedaily.example/2024/05/treaty")
    assert str(facts.published) == "2024-05-04"


@pytest.mark.parametrize(("shown", "published"), [
    ("4 May 2024 10:00 PM", "2024-05-04T22:00:00-04:00"),  # the clock tells the offset
    ("4 May 2024", "2024-05-05T02:00:00+00:00"),  # a day alone tells none
    ("4 May 2024 9:13 PM", "2024-05-05T02:00:00+00:00"),  # another instant
    ("1 May 2024 10:00 PM", "2024-05-05T02:00:00+00:00"),
])
def test_an_instant_is_written_in_the_clock_that_the_page_shows(shown: str, published: str) -> None:
    facts = read(f"<h1>A treaty</h1><p>{shown}</p>{PROSE}", jsonld('"datePublished": "2024-05-05T02:00:00Z"'))
    assert str(facts.published) == published


DATED_ANEW = jsonld('"datePublished": "2021-05-04T10:00:00Z", "dateModified": "2024-05-04T10:00:00Z"')


@pytest.mark.parametrize(("line", "published"), [
    ("<p>4 May 2024</p>", "2024-05-04T10:00:00+00:00"),
    ("<p>Published 4 May 2024</p>", "2024-05-04T10:00:00+00:00"),
    ("<p>Updated 4 May 2024</p>", "2021-05-04T10:00:00+00:00"),  # a change, in so many words
    ("<p><b>Last updated</b> <span><time datetime='2024-05-04'>4 May</time></span></p>", "2021-05-04T10:00:00+00:00"),
    ("<p>Last updated <span><b><time datetime='2024-05-04'>4 May</time></b></span></p>", "2021-05-04T10:00:00+00:00"),
    ("<p>1 March 2024</p>", "2021-05-04T10:00:00+00:00"),  # no other place knows of it
    ("<p>4 May 2021</p>", "2021-05-04T10:00:00+00:00"),
])
def test_a_page_that_shows_a_later_day_as_its_date_was_published_anew(line: str, published: str) -> None:
    facts = read(f"<h1>A treaty</h1>{line}{PROSE}", DATED_ANEW)
    assert str(facts.published) == published
    assert "2021-05-04" in {str(moment)[:10] for moment in facts.dates}, "the first day stays as a rival"


def test_the_next_day_is_the_print_editions_and_no_new_publication() -> None:
    head = jsonld('"datePublished": "2024-05-03T19:30:00+02:00"') + '<meta name="date" content="2024-05-04">'
    assert str(read(f"<h1>A treaty</h1><p>4 May 2024</p>{PROSE}", head).published) == "2024-05-03T19:30:00+02:00"


def test_what_is_stated_as_published_and_shown_as_changed_is_a_change() -> None:
    head = jsonld('"datePublished": "2024-05-20"')
    lines = "<p>Published 4 May 2023</p><p>Updated 20 May 2024</p>"
    assert str(read(f"<h1>A treaty</h1>{lines}{PROSE}", head).published) == "2023-05-04"


@pytest.mark.parametrize(("language", "labelled"), [
    ("de", "<li><strong>Datum</strong> 28.04.2023</li>"), ("en", "<p>Published: April 28, 2023</p>"),
    ("fr", "<p>Publié le 28 avril 2023</p>"), ("es", "<div>Fecha de publicación: 28/04/2023</div>"),
    ("ru", "<div>Опубликовано: 28 апреля 2023</div>"), ("ar", "<div>تاريخ النشر: 28 أبريل 2023</div>"),
    ("fa", "<div>تاریخ انتشار: ۸ اردیبهشت ۱۴۰۲</div>"), ("zh", "<div>发布时间：2023-04-28 10:00</div>"),
    ("ko", "<div>입력 2023.04.28 10:00</div>"), ("tr", "<div>Yayınlanma Tarihi: 28.04.2023</div>"),
    ("ja", "<div>公開日：2023年4月28日</div>"), ("th", "<div>เผยแพร่: 28 เมษายน 2566</div>"),
])
def test_a_labelled_date_below_the_text_is_the_publication(language: str, labelled: str) -> None:
    facts = read(f"<h1>A treaty</h1>{PROSE * 4}{labelled}", language=language)
    assert str(facts.published) == "2023-04-28"


def test_a_labelled_date_of_a_related_story_is_not_the_articles() -> None:
    related = "<aside class='related'><p>Published: April 28, 2023</p></aside>"
    assert read(f"<h1>A treaty</h1>{PROSE * 4}{related}").published is None


def test_a_caption_below_the_heading_yields_to_a_labelled_date() -> None:
    caption = "<p>Soldiers of the two armies on their way to the border of the country, 24 April 2023</p>"
    facts = read(f"<h1>A treaty</h1>{caption}{PROSE * 4}<p>Published: 28 April 2023</p>")
    assert str(facts.published) == "2023-04-28"
    assert str(read(f"<h1>A treaty</h1>{caption}{PROSE * 4}").published) == "2023-04-24"


def test_a_page_may_date_its_title() -> None:
    head = "<title>A treaty | The Daily | 28.04.2023</title>"
    assert str(read("", head, language="de").published) == "2023-04-28"


def test_the_date_line_is_found_where_the_page_marks_no_heading() -> None:
    head = '<title>Envoys sign a treaty</title><meta property="og:title" content="Envoys sign a treaty">'
    facts = read(f"<div>Envoys sign a treaty</div><div>28 April 2023</div>{PROSE * 3}", head)
    assert str(facts.published) == "2023-04-28"


def test_no_written_date_lies_in_the_future() -> None:
    for line in ("28 April 2031", "Published: 28 April 2031", "۸ اردیبهشت ۱۴۱۵"):
        facts = read(f"<h1>A treaty</h1><p>{line}</p>{PROSE * 3}", language="fa")
        assert (facts.published, facts.dates) == (None, ())


def test_a_time_in_no_zone_of_this_world_costs_no_other_fact() -> None:
    facts = read("<h1>Ministers meet again in Vienna</h1><time datetime='2024-03-05T10:00:00+99:99'>today</time>",
                 "<meta name='author' content='Jane Doe'>", url="https://example.org/a")
    assert (facts.title, facts.authors) == ("Ministers meet again in Vienna", ("Jane Doe",))


def test_htmldate_is_asked_only_when_the_page_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(times.htmldate, "find_date", lambda *_, **__: asked.append("asked"))
    read("", jsonld('"datePublished": "2024-05-04"'))
    assert asked == []
    read("<h1>A treaty</h1>")
    assert asked == ["asked"]


# Authors and agencies


@pytest.mark.parametrize(("head", "body", "authors"), [
    (jsonld('"author": {"@type": "Person", "name": "Jane Doe"}'), "", ("Jane Doe",)),
    (jsonld('"author": [{"name": "Jane Doe"}, {"name": "John Roe"}]'), "", ("Jane Doe", "John Roe")),
    (jsonld('"author": "Jane Doe and John Roe"'), "", ("Jane Doe", "John Roe")),
    ('<meta name="author" content="Jane Doe">', "", ("Jane Doe",)),
    ('<meta name="byl" content="By Jane Doe">', "", ("Jane Doe",)),
    ('<meta property="article:author" content="https://example.org/jane"><meta name="author" content="Jane Doe">', "",
        ("Jane Doe",)),
    ('<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Jane Doe">', "",
        ("Jane Doe",)),
    ("", '<a rel="author" href="/jane">Jane Doe</a>', ("Jane Doe",)),
    ("", '<div class="byline">By <a href="/authors/jane">Jane Doe</a> and <a href="/authors/john">John Roe</a></div>',
     ("Jane Doe", "John Roe")),
    ("", '<p class="author-info"><span>Jane Doe</span> <span>4 May 2024</span></p>', ("Jane Doe",)),
    ("", "<h1>A treaty</h1> by Jane Doe", ("Jane Doe",)),
    ("", "<h1>A treaty</h1><small>posted on <time datetime='2024-05-04'>4 May</time></small> by Jane Doe", ("Jane Doe",)),
    ("", "<h1>A treaty</h1>" + PROSE * 4 + "<ul><li><strong>Autorin/Autor</strong> Jane Doe</li></ul>", ("Jane Doe",)),
    ("", "<p><a href='https://example.org/profiles/jane-doe-1'>Jane Doe</a>, <em>University of Example</em></p>",
        ("Jane Doe",)),
    ("", "<div class='byline'>By <a href='/authors/jane'>Jane Doe</a>. Contributions from "
         "<a href='/authors/john'>John Roe</a></div>", ("Jane Doe",)),
    ("", "<div class='byline'>By Jane Doe. Edited by John Roe</div>", ("Jane Doe",)),
    ("", "<p>By <b>Jane Doe</b></p>", ("Jane Doe",)),
    ("", "<p>Von Jana Muster, Berlin</p>", ("Jana Muster",)),
    ("", "<ul><li><b>Author</b> Jane Doe</li></ul>", ("Jane Doe",)),
    ("", "<p><strong>Jane Doe/John Roe</strong></p>", ("Jane Doe", "John Roe")),
    ("", "<div><span>Jane Doe</span><span>4 May 2024</span></div>", ("Jane Doe",)),
])
def test_the_authors_are_read_where_the_page_states_them(head: str, body: str, authors: tuple[str, ...]) -> None:
    assert read(f"<h1>Envoys sign a treaty</h1>{body}{PROSE}", head).authors == authors


@pytest.mark.parametrize("rest", [
    "<div class='related'><p class='byline'>By Jane Doe</p></div>",
    "<section id='comments'><p class='author'>Jane Doe</p></section>",
    f"{PROSE * 3}<p class='byline'>By Jane Doe</p><p class='byline'>By John Roe</p>",  # whose stories?
    "<figure><figcaption>By Jane Doe</figcaption></figure>",
    "<p>By Monday the envoys had agreed</p>",
])
def test_names_of_others_are_not_the_authors(rest: str) -> None:
    assert read(f"<h1>Envoys sign a treaty</h1>{PROSE}{rest}").authors == ()


def test_the_authors_box_below_the_text_is_read_when_it_names_one_person_only() -> None:
    box = "<div class='author-box'><a href='/author/jane'>Jane Doe</a></div>"
    assert read(f"<h1>Envoys sign a treaty</h1>{PROSE * 3}{box}").authors == ("Jane Doe",)
    assert read(f"<h1>Envoys sign a treaty</h1>{PROSE * 3}{box}{box.replace('Jane Doe', 'John Roe')}").authors == ()


def test_a_person_in_the_byline_goes_before_an_outlet_in_the_metadata() -> None:
    head = jsonld('"author": {"@type": "Organization", "name": "The Daily"}, "publisher": {"name": "The Daily"}')
    assert read(f"<h1>A treaty</h1><p class='byline'>By Jane Doe</p>{PROSE}", head).authors == ("Jane Doe",)
    assert read(f"<h1>A treaty</h1>{PROSE}", head).authors == ("The Daily",)


def test_an_organisation_beside_people_is_no_author() -> None:
    head = jsonld('"author": [{"@type": "Person", "name": "Jane Doe"},'
                  ' {"@type": "NewsMediaOrganization", "name": "Reuters"}]')
    assert read("", head).authors == ("Jane Doe",)


def test_agencies_are_named_apart() -> None:
    assert read("",
        jsonld('"author": {"name": "Jane Doe"}, "sourceOrganization": {"name": "Reuters"}')).agencies == ("Reuters",)
    assert read("", '<meta name="author" content="Jane Doe, AFP">').agencies == ("AFP",)
    assert read("", '<meta name="author" content="Jane Doe">').agencies == ()


# The rest


def test_what_stands_beside_a_date_is_no_name_if_it_is_a_place_or_an_event() -> None:
    for text in ("Palma, Mallorca", "EVENT ENDED", "来源：新华网", "Table of Contents"):
        assert read(f"<h1>A treaty</h1><p>{text}</p><p>4 May 2024</p>{PROSE}").authors == (), text


def test_what_a_page_says_of_its_author_is_no_name() -> None:
    assert read("<h1>A treaty</h1><div class='author-description'>Senior Fellow, Master Baker</div>" + PROSE).authors == ()


def test_the_title_is_the_articles_own_headline() -> None:
    head = '<title>Envoys sign a treaty | The Daily</title><meta property="og:site_name" content="The Daily">'
    assert read("<h1><a href='/'>The Daily</a></h1><h1><span>Geneva</span> Envoys sign a treaty</h1>", head).title == (
        "Geneva Envoys sign a treaty")
    head += '<meta property="og:title" content="Envoys sign a treaty - The Daily">'
    assert read("", head).title == "Envoys sign a treaty"


def test_the_kicker_in_an_element_of_its_own_is_not_the_title() -> None:
    head = '<meta property="og:title" content="Envoys sign a treaty">'
    assert read("<h1><span>Talks in Geneva:</span> <span>Envoys sign a treaty</span></h1>",
        head).title == "Envoys sign a treaty"


def test_pictures_descriptions_sections_and_tags() -> None:
    facts = read("", jsonld('"articleSection": "World", "keywords": "treaty, Geneva", "image": {"url": "/a.jpg"}')
                 + '<meta property="og:description" content="They &amp;amp; we">')
    assert (facts.image, facts.section, facts.tags, facts.description) == (
        "https://www.thedaily.example/a.jpg", "World", ("treaty", "Geneva"), "They & we")


@pytest.mark.parametrize(("head", "paywalled"), [
    (jsonld('"isAccessibleForFree": false'), True), (jsonld('"isAccessibleForFree": "False"'), True),
    (jsonld('"isAccessibleForFree": true'), False), (jsonld('"headline": "x"'), None), ("", None),
    ('<meta property="article:content_tier" content="locked">', True),
    ('<meta property="article:content_tier" content="free">', False),
])
def test_a_paywall_is_what_the_page_says_of_itself(head: str, paywalled: bool | None) -> None:
    assert read("", head).paywalled is paywalled


@pytest.mark.parametrize(("head", "canonical"), [
    ('<link rel="canonical" href="/a">', "https://www.thedaily.example/a"),
    ('<link rel="canonical" href="https://other.example/a"><meta property="og:url" content="/b">',
        "https://other.example/a"),
    ('<meta property="og:url" content="https://other.example/b">', "https://other.example/b"),
    ('<link rel="canonical" href="javascript:void(0)">', None), ('<link rel="canonical" href="">', None),
    ('<link rel="canonical" href="http://[bad">', None), ("", None),
    ('<base href="/"><link rel="canonical" href="2024/a">', "https://www.thedaily.example/2024/a"),
    ('<base target="_top"><base href="https://other.example/x/"><link rel="canonical" href="a">',
     "https://other.example/x/a"),
])
def test_the_canonical_address_is_absolute_and_unchecked(head: str, canonical: str | None) -> None:
    assert read("", head).canonical == canonical


def test_the_text_and_the_names_that_the_page_states() -> None:
    facts = read("", jsonld('"articleBody": "They met.", "publisher": {"name": "The Daily"}'), language="sr-Latn")
    assert (facts.article_body, facts.site_name, facts.declared_language) == ("They met.", "The Daily", "sr-Latn")


def test_another_storys_jsonld_is_not_read() -> None:
    other = jsonld('"headline": "Floods", "url": "https://www.thedaily.example/floods", "datePublished": "2024-01-01",'
                   '"author": {"name": "John Roe"}, "articleBody": "Rain."')
    facts = read("<h1>Envoys sign a treaty</h1>" + PROSE, other)
    assert (facts.authors, facts.published, facts.article_body) == ((), None, None)


def test_a_page_that_states_nothing_has_no_facts() -> None:
    assert read("<p>x</p>") == Facts(declared_language="en")


@pytest.mark.parametrize("document",
    ["<p>x", "<html></html>", "<frameset><frame src=x></frameset>", "<!-- x --><p>y", "<svg><h1>x</h1></svg>"])
def test_odd_documents_are_read(document: str) -> None:
    page = Page(url=URL, requested_url=URL, body=b"", fetched_at=FETCHED)
    assert isinstance(extract_facts(lxml.html.document_fromstring(document), page=page), Facts)


def test_the_tree_is_left_as_it_was() -> None:
    script = jsonld("\"headline\": 1")
    document = (f"<html><head><title>A treaty</title>{script}</head><body><!-- c --><h1>A <b>treaty</b></h1>"
                f"<p class='byline'>By Jane Doe</p>{PROSE}<script>1</script><style>p {{}}</style></body></html>")
    tree = lxml.html.document_fromstring(document)
    before = etree.tostring(tree)
    extract_facts(tree, page=Page(url=URL, requested_url=URL, body=b"", fetched_at=FETCHED))
    assert etree.tostring(tree) == before


@pytest.mark.parametrize("body", [
    "<div>" * 400 + "x" + "</div>" * 400, "<h1>A treaty</h1>" + "<span class='author'>A B </span>" * 20_000,
    "<time datetime='2024-05-04'>x</time>" * 20_000, "<h1>" + "a | b - " * 20_000 + "</h1>",
    "<div class='byline'>" + "<b>x</b>" * 20_000 + "</div>", "<h1>x</h1>" * 5_000,
    "<p>" + "1/2/" * 50_000 + "</p>", "<title>" + " - a" * 20_000 + "</title>",
])
def test_hostile_pages_cost_little_time(body: str) -> None:
    began = time.process_time()
    read(f"<h1>Envoys sign a treaty</h1>{body}")
    assert time.process_time() - began < 2.0
