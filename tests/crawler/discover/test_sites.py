"""Where a site says what is new."""

import pytest

from crawler.discover.sites import find_feeds, find_sitemaps, guess_addresses

URL = "https://www.example.com/"


def test_announced_feeds_come_before_linked_ones():
    page = (
        b'<html><head><link rel="alternate" type="application/rss+xml" title="News &amp; more" href="/feed/">'
        b'<link rel="alternate" type="application/atom+xml" href="atom.xml">'
        b'<link rel="alternate" hreflang="fr" href="/fr/">'
        b'<link rel="alternate" type="application/feed+json" href="/feed.json">'
        b'<link rel="sitemap" href="/sm.xml"></head>'
        b'<body><a href="/rss/world.xml">x</a>'
        b'<a href="/world/rss">World</a><a href="/feedback">Feedback</a></body></html>'
    )
    assert [
        (feed.url.removeprefix("https://www.example.com"), feed.kind, feed.title) for feed in find_feeds(page, url=URL)
    ] == [
        ("/feed/", "rss", "News & more"),
        ("/atom.xml", "atom", None),
        ("/feed.json", "json", None),
        ("/sm.xml", "sitemap", None),
        ("/rss/world.xml", "rss", "x"),
        ("/world/rss", "rss", "World"),
    ]


@pytest.mark.parametrize("address", ["/comments/feed/", "/?feed=comments-rss2", "/press", "/atomic-energy", "/rssi"])
def test_comment_feeds_and_lookalikes_are_not_found(address):
    page = f'<link rel="alternate" type="application/rss+xml" href="/comments/feed/"><a href="{address}">x</a>'
    assert find_feeds(page.encode(), url=URL) == ()


@pytest.mark.parametrize("body", [b"", b"\x00", b"plain", b"<"])
def test_what_is_no_page_has_no_feeds(body):
    assert find_feeds(body, url=URL) == ()


def test_guesses_lie_under_the_address_and_at_the_root():
    guesses = guess_addresses("https://www.example.com/english/index.html")
    assert guesses[0] == "https://www.example.com/english/feed/"
    assert "https://www.example.com/rss.xml" in guesses and "https://www.example.com/sitemap-news.xml" in guesses
    assert len(set(guesses)) == len(guesses)


def test_a_guess_needs_an_address():
    with pytest.raises(ValueError):
        guess_addresses("example.com")


def test_robots_names_sitemaps_news_first():
    robots = (
        b"\xef\xbb\xbfUser-agent: *\nSITEMAP: /sitemap.xml\r\n"
        b" sitemap : https://www.example.com/news-sitemap.xml # x\n#Sitemap: /no\n"
    )
    assert find_sitemaps(robots, url=URL + "robots.txt") == (
        "https://www.example.com/news-sitemap.xml",
        "https://www.example.com/sitemap.xml",
    )
