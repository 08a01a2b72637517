"""Sitemaps of every kind."""

import gzip

import pytest

from crawler.discover import sitemaps
from crawler.discover.markup import MAX_ATTRIBUTES
from crawler.discover.sitemaps import parse_sitemap
from store.errors import DiscoveryError

URL = "https://example.com/sitemap.xml"
NEWS = b"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
        xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://example.com/old</loc><image:image><image:loc>https://example.com/i.jpg</image:loc>
  <image:title>Photo</image:title></image:image>
  <news:news><news:publication><news:name>N</news:name><news:language>sq</news:language></news:publication>
  <news:publication_date>2024-05-05T10:00:00+02:00</news:publication_date>
  <news:title>Old &amp; gold</news:title></news:news></url>
<url><loc> https://example.com/new </loc><lastmod>2024-05-07</lastmod>
  <news:news><news:publication_date>2024-05-06T10:00:00Z</news:publication_date><news:title>New</news:title></news:news></url>
</urlset>"""


def test_a_news_sitemap_gives_titles_and_times_newest_first():
    new, old = parse_sitemap(NEWS, url=URL).links
    assert (old.url, old.title, str(old.published)) == (
        "https://example.com/old",
        "Old & gold",
        "2024-05-05T10:00:00+02:00",
    )
    assert (new.url, str(new.published), str(new.modified)) == (
        "https://example.com/new",
        "2024-05-06T10:00:00+00:00",
        "2024-05-07",
    )
    assert new.published is not None and new.published.origin == "sitemap"


def test_a_packed_sitemap_is_unpacked():
    assert len(parse_sitemap(gzip.compress(NEWS), url=URL + ".gz").links) == 2


def test_a_plain_sitemap_says_when_a_page_changed_and_not_when_it_came_out():
    (link,) = parse_sitemap(
        b"<urlset><url><loc>/a</loc><lastmod>2024-05-06T10:00:00Z</lastmod></url></urlset>", url=URL
    ).links
    assert link.published is None and str(link.modified) == "2024-05-06T10:00:00+00:00"


def test_pages_in_other_languages_are_left_out_and_make_no_sitemap_too_large():
    alternate = b"<xhtml:link rel='alternate' hreflang='fr' href='http://a.example/fr'/>"
    body = b"<urlset xmlns:xhtml='x'><url><loc>https://example.com/a</loc>" + alternate * 100_000 + b"</url></urlset>"
    assert [link.url for link in parse_sitemap(body, url=URL).links] == ["https://example.com/a"]


def test_a_sitemap_of_endless_attributes_is_too_large():
    with pytest.raises(DiscoveryError) as error:
        parse_sitemap(b"<urlset>" + b"<url a='b'/>" * (MAX_ATTRIBUTES + 1), url=URL)
    assert error.value.reason == "too_large"


def test_an_index_gives_sitemaps_newest_first():
    body = (
        b"<sitemapindex><sitemap><loc>/1.xml</loc><lastmod>2023-01-01</lastmod></sitemap><sitemap><loc>/2.xml.gz</loc>"
        b"<lastmod>2024-01-01</lastmod></sitemap><sitemap><loc>/sitemap.xml</loc></sitemap></sitemapindex>"
    )
    found = parse_sitemap(body, url=URL)
    assert found.sitemaps == ("https://example.com/2.xml.gz", "https://example.com/1.xml")
    assert found.links == ()


def test_the_front_page_is_no_article():
    body = b"<urlset><url><loc>https://example.com/</loc></url><url><loc>https://example.com/a</loc></url></urlset>"
    assert [link.url for link in parse_sitemap(body, url=URL).links] == ["https://example.com/a"]


def test_a_text_sitemap_has_an_address_a_line():
    body = b"\xef\xbb\xbfhttps://example.com/a\r\nhttps://example.com/b\r\nrubbish\r\n"
    assert [link.url for link in parse_sitemap(body, url=URL).links] == [
        "https://example.com/a",
        "https://example.com/b",
    ]


def test_only_the_newest_links_are_kept(monkeypatch):
    monkeypatch.setattr(sitemaps, "MAX_LINKS", 2)
    urls = "".join(f"<url><loc>/{day}</loc><lastmod>2024-05-0{day}</lastmod></url>" for day in range(1, 6))
    found = parse_sitemap(f"<urlset>{urls}</urlset>".encode(), url=URL).links
    assert [link.url for link in found] == ["https://example.com/5", "https://example.com/4"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b"<html><body>404</body></html>", "not_a_sitemap"),
        (b"<rss/>", "not_a_sitemap"),
        (b"no", "not_a_sitemap"),
        (b'<!DOCTYPE u [<!ENTITY a "x">]><urlset/>', "entities"),
        (b"<urlset>" + b"<url>" * 5000, "too_deep"),
        (gzip.compress(bytes((50 << 20) + 1), mtime=0), "too_large"),
    ],
)
def test_what_is_no_sitemap_says_why(body, reason):
    with pytest.raises(DiscoveryError) as caught:
        parse_sitemap(body, url=URL)
    assert caught.value.reason == reason
