"""Subscriptions go out as OPML and come in again; hostile files are refused."""

from datetime import UTC, datetime

import pytest
from lxml import etree

from crawler.sources import Source
from crawler.sources.loader import load_sources
from crawler.sources.opml import MOST_OUTLINES, parse_opml, write_opml
from store.errors import DiscoveryError

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SOURCE = Source(
    id="envoy", name='The "Envoy" & <Gesandter> نامه\u200cها \x00\x07', site="https://envoy.test/",
    feeds=("https://envoy.test/feed?a=1&b=2", "https://envoy.test/world"), sitemaps=("https://envoy.test/news.xml",),
    sections=("https://envoy.test/world/",), kind="paper", standpoint="independent", language="fa", country="IR",
    categories=("Gulf", "press, daily"), enabled=False)


def opml(body: str, head: str = "") -> bytes:
    return f'<?xml version="1.0"?>{head}<opml version="2.0"><head/><body>{body}</body></opml>'.encode()


def test_what_is_written_is_read_back() -> None:
    outlines = parse_opml(write_opml([SOURCE], title="mine", now=NOW))
    assert [(outline.list_kind, outline.url) for outline in outlines] == [
        ("feed", "https://envoy.test/feed?a=1&b=2"), ("feed", "https://envoy.test/world"),
        ("sitemap", "https://envoy.test/news.xml"), ("section", "https://envoy.test/world/")]
    for outline in outlines:
        assert (outline.id, outline.language, outline.site) == ("envoy", "fa", "https://envoy.test/")
        assert outline.name == 'The "Envoy" & <Gesandter> نامه\u200cها'
        assert outline.categories == ("Gulf", "press  daily")
        assert (outline.kind, outline.standpoint, outline.country) == ("paper", "independent", "IR")
        assert not outline.enabled


def test_the_whole_catalogue_goes_round() -> None:
    sources = load_sources(None)
    outlines = parse_opml(write_opml(sources, title="all", now=NOW))
    assert {(outline.id, outline.name, outline.language, outline.url, outline.enabled) for outline in outlines} == {
        (source.id, source.name, source.language, url, source.enabled)
        for source in sources for url in source.addresses}


def test_other_readers_find_a_feed_where_opml_has_it() -> None:
    root = etree.fromstring(write_opml([SOURCE], title="mine", now=NOW))
    assert root.get("version") == "2.0"
    assert root.findtext("head/dateCreated") == "Sun, 22 Nov 2026 12:00:00 +0000"
    feeds = root.findall("body/outline[@type='rss']")
    assert [feed.get("xmlUrl") for feed in feeds] == list(SOURCE.feeds)
    assert {feed.get("htmlUrl") for feed in feeds} == {"https://envoy.test/"}


def test_folders_become_categories() -> None:
    (outline,) = parse_opml(opml(
        '<outline text="News"><outline title="Balkans"><outline text="A" category="/press/daily,, Balkans"'
        ' xmlUrl="https://a.test/feed" language="sq"/></outline></outline>'))
    assert outline.categories == ("News", "Balkans", "press/daily")
    assert (outline.name, outline.language, outline.id, outline.enabled) == ("A", "sq", None, True)


def test_an_outline_below_a_feed_is_read_too() -> None:
    outlines = parse_opml(opml('<outline text="A" xmlUrl="https://a.test/feed"><outline text="B" '
                               'xmlurl="https://b.test/feed"/></outline>'))
    assert [(outline.url, outline.categories) for outline in outlines] == [
        ("https://a.test/feed", ()), ("https://b.test/feed", ())]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "", "feed"])
def test_what_is_no_web_address_is_no_subscription(address: str) -> None:
    assert parse_opml(opml(f'<outline text="A" type="rss" xmlUrl="{address}"/>')) == ()


def test_a_link_of_another_program_is_no_subscription() -> None:
    assert parse_opml(opml('<outline text="A" type="link" url="https://a.test/page"/>')) == ()


@pytest.mark.parametrize(("body", "reason"), [
    (b"", "not_opml"),
    (b"just words", "not_opml"),
    (b"<html><body>404</body></html>", "not_opml"),
    (b'<?xml version="1.0"?><rss version="2.0"><channel/></rss>', "not_opml"),
    (opml('<outline text="&b;" xmlUrl="https://a.test/"/>',
          '<!DOCTYPE opml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'), "entities"),
    (opml('<outline text="&x;" xmlUrl="https://a.test/"/>',
          '<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), "entities"),
    (opml('<outline text="x">' * 5000), "too_deep"),
    (b"<opml>" + b" " * (17 << 20), "too_large"),
    (opml('<outline xmlUrl="https://a.test/"/>' * (MOST_OUTLINES + 1)), "too_large"),
], ids=["empty", "text", "html", "feed", "entities", "external", "deep", "large", "many"])
def test_a_file_that_cannot_be_used_is_refused_with_its_reason(body: bytes, reason: str) -> None:
    with pytest.raises(DiscoveryError) as caught:
        parse_opml(body)
    assert caught.value.reason == reason
