"""Feeds of every kind, and bytes that only claim to be one."""

import gzip
import time
from contextlib import suppress

import pytest

from crawler.discover.feeds import MAX_LINKS, parse_feed
from crawler.discover.markup import MAX_BYTES
from store.errors import DiscoveryError
from store.values import Precision

URL = "https://example.com/feeds/news.xml"


def rss(items: str, head: str = "") -> bytes:
    return f'<rss version="2.0"><channel><title>T</title>{head}{items}</channel></rss>'.encode()


def only_link(body: bytes, **options):
    (link,) = parse_feed(body, url=URL, **options).links
    return link


def test_rss_gives_links_titles_and_times_with_their_zone():
    feed = parse_feed(
        rss(
            "<item><title>Talks &amp; visits</title><link>https://example.com/a?utm_source=rss</link>"
            "<pubDate>Mon, 06 May 2024 10:00:00 +0200</pubDate></item>",
            "<language>sq</language>",
        ),
        url=URL,
    )
    (link,) = feed.links
    assert (feed.title, feed.language) == ("T", "sq")
    assert (link.url, link.key, link.title) == (
        "https://example.com/a?utm_source=rss",
        "https://example.com/a",
        "Talks & visits",
    )
    assert link.published is not None and link.modified is None
    assert (str(link.published), link.published.origin) == ("2024-05-06T10:00:00+02:00", "feed")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Mon, 06 May 2024 10:00:00 GMT", "2024-05-06T10:00:00+00:00"),
        ("2024-05-06T10:00+03:00", "2024-05-06T10:00+03:00"),
        ("2024-05-06T10:00:00.123Z", "2024-05-06T10:00:00+00:00"),
        ("2024-05-06T10:00:00", "2024-05-06"),
        ("2024-05-06", "2024-05-06"),
        ("Mon, 06 May 2024 10:00:00", "2024-05-06"),
        ("Mon, 06 May 2024 10:00 CEST", "2024-05-06T10:00+02:00"),
    ],
)
def test_a_date_is_known_as_far_as_it_is_written(written, read):
    assert str(only_link(rss(f"<item><link>/a</link><pubDate>{written}</pubDate></item>")).published) == read


@pytest.mark.parametrize(
    "written", ["", "yesterday", "2024-13-45", "Mon, 99 Foo 2024", "0000-00-00T00:00:00Z", "1" * 5000]
)
def test_what_is_no_date_gives_none(written):
    assert only_link(rss(f"<item><link>/a</link><pubDate>{written}</pubDate></item>")).published is None


def test_rdf_names_its_items_by_about_and_dates_them_by_dublin_core():
    link = only_link(
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        b'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>R</title></channel>'
        b'<item rdf:about="https://example.com/r"><title>One</title><dc:date>2024-05-06</dc:date></item></rdf:RDF>'
    )
    assert (link.url, link.title) == ("https://example.com/r", "One")
    assert link.published is not None and link.published.precision is Precision.DAY


def test_atom_follows_the_alternate_page_and_its_base():
    link = only_link(
        b'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://example.org/x/" xml:lang="de"><title>F</title>'
        b'<link rel="self" href="self.xml"/><entry><title type="html">&lt;b&gt;E&lt;/b&gt; 1</title>'
        b'<link rel="replies" href="r"/><link rel="alternate" type="application/json" href="j"/>'
        b'<link href="a/b"/><published>2024-05-06T10:00:00Z</published>'
        b"<updated>2024-05-07T10:00:00Z</updated></entry></feed>"
    )
    assert (link.url, link.title) == ("https://example.org/x/a/b", "E 1")
    assert (str(link.published), str(link.modified)) == ("2024-05-06T10:00:00+00:00", "2024-05-07T10:00:00+00:00")


def test_an_update_is_not_taken_for_the_publication():
    link = only_link(
        b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="/a"/><updated>2024-05-07T10:00:00Z</updated>'
        b"</entry></feed>"
    )
    assert link.published is None and link.modified is not None


def test_half_characters_in_a_json_feed_are_replaced():
    body = b'{"version":"https://jsonfeed.org/version/1","items":[{"url":"/a-\\ud800","title":"T \\udfff"}]}'
    (link,) = parse_feed(body, url=URL).links
    assert (link.url, link.title) == ("https://example.com/a-\ufffd", "T \ufffd")


def test_json_feed_is_read():
    feed = parse_feed(
        b'\xef\xbb\xbf{"version": "https://jsonfeed.org/version/1.1", "title": "J", "language": "fr", "items": '
        b'[{"id": "1", "url": "/a", "title": "x &amp; y", "date_published": "2024-05-06T10:00:00+01:00"}, 7, '
        b'{"id": "https://example.com/b"}, {"id": "3"}]}',
        url=URL,
    )
    assert [(link.url, link.title) for link in feed.links] == [
        ("https://example.com/a", "x & y"),
        ("https://example.com/b", None),
    ]
    assert feed.language == "fr"


@pytest.mark.parametrize(
    ("item", "address"),
    [
        ("<link>/a</link>", "https://example.com/a"),
        ("<link> a/b?x=1&y=2\n</link>", "https://example.com/feeds/a/b?x=1&y=2"),
        ("<guid>https://example.com/g</guid>", "https://example.com/g"),
        ('<link/><guid isPermaLink="true">https://example.com/g</guid>', "https://example.com/g"),
        ("<link><![CDATA[https://example.com/c?a=1&b=2]]></link>", "https://example.com/c?a=1&b=2"),
        ("<link>/a?id=5&amp;section=world&amp;region=eu&amp;copy=1&amp;notify=2</link>",
         "https://example.com/a?id=5&section=world&region=eu&copy=1&notify=2"),
        ("<link>/a?id=5&amp;amp;order=2</link>", "https://example.com/a?id=5&order=2"),
        ("<link>/talks in vienna?a=1&amp;b=2</link>", "https://example.com/talks in vienna?a=1&b=2"),
        ("<link>/talks-in-\n   vienna?a=1&amp;b=2</link>", "https://example.com/talks-in-vienna?a=1&b=2"),
        ("<link>https://example.com:99999/a</link><guid>https://example.com/g</guid>", "https://example.com/g"),
        ("<link>https://example.com/</link><guid>https://example.com/g</guid>", "https://example.com/g"),
        ('<link href="https://example.com/h"/>', "https://example.com/h"),
        (
            '<link>https://proxy.example/~r/1</link><feedburner:origLink xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0">'
            "https://example.com/o</feedburner:origLink>",
            "https://example.com/o",
        ),
        ("<link>javascript:void(0)</link><guid>https://example.com/g</guid>", "https://example.com/g"),
    ],
)
def test_an_item_leads_somewhere_however_it_says_so(item, address):
    assert only_link(rss(f"<item>{item}</item>")).url == address


@pytest.mark.parametrize(
    "item",
    [
        '<guid isPermaLink="false">https://example.com/g</guid>',
        "<title>No link</title>",
        "<link>mailto:a@example.com</link>",
        "<guid>4711</guid>",
        "<link>http://</link>",
    ],
)
def test_an_item_that_leads_nowhere_is_left_out(item):
    assert parse_feed(rss(f"<item>{item}</item>"), url=URL).links == ()


def test_relative_links_of_a_feed_hosted_elsewhere_belong_to_its_site():
    body = rss("<item><link>/a</link></item>", "<link>https://paper.example.org/</link>")
    assert parse_feed(body, url="https://feeds.example.net/x").links[0].url == "https://paper.example.org/a"


def test_the_same_article_twice_is_one_link():
    items = (
        "<item><title>1</title><link>https://example.com/a</link></item>"
        "<item><title>2</title><link>http://www.example.com/a/?utm_medium=rss</link></item>"
    )
    assert only_link(rss(items)).title == "1"


def test_titles_of_other_vocabularies_are_not_the_title():
    link = only_link(rss("<item><media:title>Photo</media:title><title>Head</title><link>/a</link></item>"))
    assert link.title == "Head"


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ("<![CDATA[Kosov\u00eb &amp; <b>Serbia</b>]]>", "Kosovë & Serbia"),
        ("A &amp;amp; B", "A & B"),
        ("a&nbsp;b &eacute;", "a b é"),
        ("AT&T", "AT&T"),
        ("5 < 6".replace("<", "&lt;"), "5 < 6"),
        ("x\x0by &#x1; z", "xy z"),
        ("&nosuch; x", "&nosuch; x"),
    ],
)
def test_titles_are_plain_text(title, read):
    assert only_link(rss(f"<item><title>{title}</title><link>/a</link></item>")).title == read


@pytest.mark.parametrize("body", ["Визит".encode("cp1251"), "Визит".encode(), b"\xef\xbb\xbf" + "Визит".encode()])
def test_a_declared_encoding_is_believed_only_where_it_fits(body):
    mark, text = (body[:3], body[3:]) if body[:3] == b"\xef\xbb\xbf" else (b"", body)
    feed = (
        mark
        + b'  \n<?xml version="1.0" encoding="windows-1251"?><rss><channel><item><title>'
        + text
        + b"</title><link>/a</link></item></channel></rss>"
    )
    assert only_link(feed).title == "Визит"


def test_the_header_speaks_where_the_document_does_not():
    body = "<rss><channel><item><title>Žádost</title><link>/a</link></item></channel></rss>".encode("iso-8859-2")
    assert only_link(body, content_type="text/xml; charset=ISO-8859-2").title == "Žádost"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "gb18030", "shift_jis", "iso2022_jp", "big5"])
def test_other_encodings_are_read(encoding):
    declared = encoding.removesuffix("-le").replace("iso2022_jp", "iso-2022-jp")
    item = "<item><title>日本</title><link>/a</link></item>"
    text = f'<?xml version="1.0" encoding="{declared}"?><rss><channel>{item}</channel></rss>'
    assert only_link(text.encode(encoding)).title == "日本"


def test_a_feed_that_is_cut_off_gives_its_whole_items():
    whole = rss("<item><link>/a</link></item><item><link>/b</link></item><item><link>/long-address</link></item>")
    cut = whole[: whole.index(b"-address")]
    assert [link.url for link in parse_feed(cut, url=URL).links] == ["https://example.com/a", "https://example.com/b"]


def test_a_feed_without_items_is_a_feed():
    assert parse_feed(rss(""), url=URL).links == ()


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\xef\xbb\xbf ", "empty"),
        (b"hello world", "not_a_feed"),
        (b"\x00\x01\x02", "not_a_feed"),
        (b"<!DOCTYPE html><html><body><item>x</item></body></html>", "not_a_feed"),
        (b"<?xml version='1.0'?><!-- c --><html xmlns='x'><body/></html>", "not_a_feed"),
        (b"<urlset><url><loc>https://example.com/</loc></url></urlset>", "not_a_feed"),
        (b'{"error": "no"}', "not_a_feed"),
        (b'{"items": [', "broken_feed"),
        (b"[" * 100_000, "too_deep"),
        (b"<rss>" + b"<a>" * 200_000, "too_deep"),
        (b"<" * 100, "not_a_feed"),
        (b"\x1f\x8bgarbage", "broken_gzip"),
        (
            b'<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss><channel><title>&b;</title></channel></rss>',
            "entities",
        ),
        (b'<!-- <x> --><!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/hostname">]><rss>&a;</rss>', "entities"),
    ],
)
def test_what_is_no_feed_says_why(body, reason):
    with pytest.raises(DiscoveryError) as caught:
        parse_feed(body, url=URL)
    assert caught.value.reason == reason


def test_a_doctype_without_entities_is_harmless():
    body = (
        b'<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" '
        b'"http://my.netscape.com/publish/formats/rss-0.91.dtd">' + rss("<item><link>/a</link></item>")
    )
    assert only_link(body).url == "https://example.com/a"


def test_size_is_bounded_packed_and_unpacked():
    for body in (b" " * (MAX_BYTES + 1), gzip.compress(b" " * (MAX_BYTES + 1))):
        with pytest.raises(DiscoveryError) as caught:
            parse_feed(body, url=URL)
        assert caught.value.reason == "too_large"


def test_the_number_of_links_is_bounded():
    body = rss("".join(f"<item><link>/{number}</link></item>" for number in range(MAX_LINKS + 5)))
    assert len(parse_feed(body, url=URL).links) == MAX_LINKS


@pytest.mark.parametrize(
    "piece", [b"<![CDATA[", b"<!---->", b"<?xml?>", b"<item></item>", b"&", b"<a ", b"<!--", b"<link>http://x/a</link>"]
)
def test_hostile_repetition_costs_linear_time(piece):
    def seconds(count: int) -> float:
        start = time.process_time()
        with suppress(DiscoveryError):
            parse_feed(b"<rss>&" + piece * count, url=URL)
        return time.process_time() - start

    seconds(1000)
    assert seconds(80_000) < 20 * max(seconds(10_000), 0.01)
