import json
import re
from xml.etree import ElementTree

import pytest
from lxml import html

from crawler.demo.site import DemoPage, build_site, read_pages

BASE_URL = "http://127.0.0.1:8000"
MONTH_STUB = "date 2023-03"


@pytest.fixture(scope="module")
def site():
    return build_site(BASE_URL)


def pages():
    return [pytest.param(page, id=page.theme) for page in read_pages()]


def test_five_pages_stand_in_five_themes():
    assert len({page.path for page in read_pages()}) == 5
    assert len({page.theme for page in read_pages()}) == 5
    assert len({page.text for page in read_pages()}) == 5


@pytest.mark.parametrize("page", pages())
def test_a_page_holds_every_line_of_its_text_once_and_in_order(site, page: DemoPage):
    tree = html.fromstring(site[page.path].body.decode())
    blocks = [element.text_content().strip() for element in tree.iter("p", "figcaption")]
    assert tuple(block for block in blocks if block in page.lines) == page.lines


@pytest.mark.parametrize("page", pages())
def test_a_page_wears_the_dress_of_a_theme(site, page: DemoPage):
    tree = html.fromstring(site[page.path].body.decode())
    assert [heading.text_content() for heading in tree.iter("h1")] == [page.title]
    assert tree.xpath("//link[@rel='canonical']/@href") == [BASE_URL + page.path]
    assert tree.xpath("//link[@type='application/rss+xml']/@href") == [f"{BASE_URL}/feed.xml"]
    assert tree.xpath("//figure//figcaption | //textarea | //input[@type='email']")
    assert len(tree.text_content()) > len("".join(page.lines)) + 300
    assert tree.get("lang").startswith(page.language)


@pytest.mark.parametrize("page", pages())
def test_a_page_speaks_to_machines_without_dates_and_without_its_body(site, page: DemoPage):
    [script] = html.fromstring(site[page.path].body.decode()).xpath("//script[@type='application/ld+json']/text()")
    spoken = json.loads(script)
    assert spoken["headline"] == page.title
    assert not {"datePublished", "dateModified", "dateCreated", "articleBody"} & spoken.keys()


@pytest.mark.parametrize("page", pages())
def test_the_dress_of_a_page_carries_no_date(site, page: DemoPage):
    dress = site[page.path].body.decode()
    for line in page.lines:
        dress = dress.replace(line.replace('"', "&quot;"), "")
    assert not re.search(r"\b(19|20)\d\d\b|<time|published|modified", dress)


def test_one_text_says_its_month():
    stubs = [page.text for page in read_pages() if any(line.startswith(MONTH_STUB) for line in page.lines)]
    assert stubs == ["moscow"]


def test_the_feed_and_the_sitemap_announce_every_page_and_no_date(site):
    expected = [BASE_URL + page.path for page in read_pages()]
    feed = ElementTree.fromstring(site["/feed.xml"].body)
    assert [link.text for link in feed.findall("channel/item/link")] == expected
    assert b"Date" not in site["/feed.xml"].body
    sitemap = ElementTree.fromstring(site["/sitemap.xml"].body)
    assert [place.text for place in sitemap.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")] == expected
    assert b"lastmod" not in site["/sitemap.xml"].body
    assert "/sitemap-news.xml" not in site


def test_robots_txt_welcomes_everybody_and_names_the_sitemap(site):
    assert site["/robots.txt"].body.decode().splitlines() == [
        "User-agent: *", "Allow: /", "", f"Sitemap: {BASE_URL}/sitemap.xml"]


def test_the_front_page_links_to_every_page(site):
    links = html.fromstring(site["/"].body.decode()).xpath("//article//a/@href")
    assert links == [BASE_URL + page.path for page in read_pages()]


def test_words_are_escaped_in_markup(site):
    [quoted] = [page for page in read_pages() if page.text == "beijing"]
    assert '"të sinqerta"' in quoted.lines[0]
    assert b'"t\xc3\xab sinqerta"' not in site[quoted.path].body
