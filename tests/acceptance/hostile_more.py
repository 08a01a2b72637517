"""More of the hostile web: what lies in wait where bytes become numbers, dates, addresses, charsets and words."""

import gzip
import json
from collections.abc import Iterable

import brotli
import zstandard

from tests.acceptance.avvisi import article_page
from tests.acceptance.hostile import (
    MIB,
    OPEN,
    Answer,
    Case,
    answer,
    dripping,
    encoded,
    endless,
    feed,
    redirect,
    zeroes,
)

STORED = ("new", "duplicate", "near_duplicate")
REFUSED = ("connection_lost", "broken_answer")
NO_FEED = ("not_a_feed", "broken_feed", "empty", "too_deep", "too_large")
HEAD = OPEN[:-2]
FEED = b'<rss version="2.0"><channel><title>x</title></channel></rss>'
CLOSE = b"Connection: close\r\n\r\n" + FEED

ADDRESSES = {  # where a redirect leads; {port} is that of this web, on loopback
    "zone": "http://[fe80::1%25lo]:{port}/secret", "zone-bare": "http://[fe80::1%lo]:{port}/secret",
    "zone-loopback": "http://[::1%25eth0]:{port}/secret", "site-local6": "http://[fec0::1]:{port}/secret",
    "documented6": "http://[3fff::1]:{port}/secret", "teredo": "http://[2001:0:7f00:1::]:{port}/secret",
    "local-nat64": "http://[64:ff9b:1::7f00:1]:{port}/secret", "relay": "http://192.88.99.1:{port}/secret",
    "any6": "http://[::]:{port}/secret", "zero": "http://0:{port}/secret", "padded": "http://127.000.000.001:{port}/",
    "end-dot": "http://127.0.0.1.:{port}/secret", "full-stops": "http://127。0。0。1:{port}/secret",
    "circled": "http://①②⑦.⓪.⓪.①:{port}/secret", "circled-name": "http://ⓛocalhost:{port}/secret",
    "mixed": "http://0x7f.0.1:{port}/secret", "whole-octal": "http://017700000001:{port}/secret",
    "password": "http://user:word@127.0.0.1:{port}/secret", "two-ats": "http://a@b@127.0.0.1:{port}/secret",
    "escaped-at": "http://good.attack.test%40127.0.0.1:{port}/secret", "hash": "http://127.0.0.1:{port}#@good.test/",
    "backslash": "http://127.0.0.1:{port}\\@good.attack.test/", "backslashes": "http:\\\\127.0.0.1:{port}\\secret",
    "no-scheme": "//127.0.0.1:{port}/secret", "three-slashes": "///127.0.0.1:{port}/secret",
    "no-slashes": "http:127.0.0.1:{port}/secret", "escaped-dots": "http://127%2e0%2e0%2e1:{port}/secret",
    "tab": "http://127.0\t.0.1:{port}/secret", "null": "http://127.0.0.1%00.evil.test:{port}/secret",
    "upper": "HTTP://LOCALHOST:{port}/secret", "port-of-words": "http://127.0.0.1:http/secret",
    "port-too-high": "http://127.0.0.1:99999/secret", "upnp": "http://239.255.255.250:1900/",
}
WENT_NOWHERE = ("private_address", "bad_address", "unknown_host", "http_302", "http_404", "broken_answer",
                "robots_unreachable", "connection_refused", *NO_FEED)
MADNESS = {  # headers that say when to come again
    "max-age": "Cache-Control: max-age=" + "9" * 5000, "expires": "Expires: Fri, 31 Dec " + "9" * 30 + " 00:00:00 GMT",
    "expires-zone": "Expires: Fri, 31 Dec 9999 23:59:59 -2359", "age": "Cache-Control: max-age=60\r\nAge: " + "9" * 300,
    "date": "Expires: Thu, 01 Jan 1970 00:00:00 GMT\r\nDate: Fri, 31 Dec 9999 23:59:59 +2359",
    "negative": "Cache-Control: max-age=-1\r\nAge: -5", "etag": 'ETag: "' + "e" * 7000 + '"',
    "modified": "Last-Modified: yesterday, or the day before",
}
BROKEN_HEADS = {
    "two-lengths": b"Content-Length: 5\r\nContent-Length: 60\r\n", "negative-length": b"Content-Length: -60\r\n",
    "signed-length": b"Content-Length: +60\r\n", "long-length": b"Content-Length: " + b"9" * 400 + b"\r\n",
    "length-and-chunks": b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n",
    "unknown-transfer": b"Transfer-Encoding: rot13, chunked\r\n", "folded-header": b"X: a\r\n b: c\r\n",
    "null-in-header": b"X: a\0b\r\n", "blank-before-colon": b"Content-Length : 3\r\n", "no-name": b": nothing\r\n",
    "megabyte-of-charset": b"Content-Type: text/xml; charset=" + b"u" * MIB + b"\r\n",
    "encoding-in-no-charset": b"Content-Encoding: \xff\xfe\r\n",
    "hundred-cookies": b"".join(b"Set-Cookie: c%d=%s\r\n" % (n, b"x" * 4000) for n in range(100)),
}
LINES = {  # what expressions stumble over, as one line of a page
    "dots": ".", "blanks": "&nbsp; ", "brackets": "(", "quotes": "“", "dashes": "a-", "hosts": "www.a.", "ats": "a@",
    "slashes": "/a", "bylines": "by ", "credits": "Reporting by ", "dates": "1 January ", "capitals": "A. ",
    "numbers": "1,", "entities": "&#1;", "marks": "a\u0301\u0302", "ideographs": "中", "joiners": "\u200d",
    "colons": "a: ", "clocks": "1:", "links": "http://a.", "one-word": "a", "escapes": "%20",
}


def list_more(port: int) -> tuple[Case, ...]:
    """All of them."""
    return (*_packings(), *_connections(), *_heads(), *_wishes(), *_addresses(port), *_documents(), *_pages(port),
            *_robots(port), *_sitemaps(port), *_numbers())


def _feed(name: str, served: Answer, *ends: str) -> Case:
    return Case(name=name, ends=ends, answers={"/feed.xml": served})


def _page(name: str, page: Answer, *ends: str) -> Case:
    return Case(name=name, ends=ends, stores=True,
                answers={"/feed.xml": feed("/2026/page.html"), "/2026/page.html": page})


def _packings() -> Iterable[Case]:
    member, frame = gzip.compress(b""), zstandard.compress(b"")
    yield _feed("million-gzip-members", encoded(member * (7 * MIB // len(member)), "gzip"), "too_large")
    yield _feed("million-zstd-frames", encoded(frame * (7 * MIB // len(frame)), "zstd"), "too_large")
    skipped = b"\x50\x2a\x4d\x18\0\0\0\0"
    yield _feed("million-skipped-frames", encoded(skipped * (7 * MIB // len(skipped)), "zstd"), "too_large")
    yield _feed("million-members-in-brotli", encoded(brotli.compress(member * 300_000, quality=1), "gzip, br"),
                "too_large")
    wide = zstandard.ZstdCompressionParameters(window_log=31, write_content_size=0)
    yield _feed("zstd-window-of-2-gib", encoded(_pack_wide(wide), "zstd"), *NO_FEED, *REFUSED)
    wide = zstandard.ZstdCompressionParameters(window_log=27, write_content_size=0)
    yield _feed("zstd-window-of-128-mib", encoded(_pack_wide(wide), "zstd"), "ok", *NO_FEED, *REFUSED)
    yield _feed("brotli-large-window", encoded(b"\x11\x1e" + brotli.compress(FEED), "br"), *NO_FEED, *REFUSED)
    yield _feed("cut-brotli", encoded(brotli.compress(FEED * 9)[:-4], "br"), "ok", *NO_FEED, *REFUSED)
    yield _feed("cut-zstd", encoded(zstandard.compress(FEED * 9)[:-4], "zstd"), *NO_FEED, *REFUSED)
    yield _feed("zstd-and-junk", encoded(zstandard.compress(FEED) + b"junk", "zstd"), "ok", *NO_FEED, *REFUSED)
    yield _feed("thousand-commas", encoded(FEED, ", " * 1000), "too_large")
    yield Case(name="bomb-sitemap-of-members", kind="sitemaps", ends=("ok", *NO_FEED, "not_a_sitemap", "timeout"),
               answers={"/sitemap.xml": answer(member * 300_000, content_type="application/gzip")})


def _pack_wide(parameters: zstandard.ZstdCompressionParameters) -> bytes:
    packer = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    return packer.compress(FEED) + packer.flush()


def _connections() -> Iterable[Case]:
    chunked = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
    whole = b"%x\r\n%s\r\n0\r\n" % (len(FEED), FEED)
    lost = ("timeout", "too_large", *REFUSED)
    yield _feed("endless-trailers", endless(chunked + whole, b"X-T: y\r\n" * 4000), "ok", *lost)
    yield _feed("dripping-trailers", dripping(chunked + whole, b"X-T: y\r\n"), "ok", *lost)
    yield _feed("endless-chunk-extension", endless(chunked + b"5;"), *lost)
    yield _feed("endless-chunk-size", endless(chunked, b"0" * 65536), *lost)
    yield _feed("tiny-chunks", endless(chunked, b"1\r\nx\r\n" * 10_000), *lost)
    yield _feed("negative-chunk", chunked + b"-5\r\nhello\r\n0\r\n\r\n", *REFUSED)
    yield _feed("huge-chunk", chunked + b"f" * 40 + b"\r\nhello", *REFUSED, "cut_off")
    yield _feed("switching-protocols", b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n" + FEED, "http_101",
                "timeout", *REFUSED, *NO_FEED)
    yield _feed("never-modified", answer(status=304), "http_304", "not_modified", "ok", *REFUSED)
    yield _feed("part-of-it", answer(FEED[:20], 206, content_range="bytes 0-19/60"), "http_206", "ok", *NO_FEED)
    yield _feed("status-999", answer(FEED, 999), "http_999", *REFUSED)
    yield _feed("status-of-words", b"HTTP/1.1 OK OK\r\n\r\n" + FEED, *REFUSED)
    yield _feed("http-9", b"HTTP/9.9 200 OK\r\n" + CLOSE, "ok", *REFUSED)
    smuggled = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + article_page("Talks by stealth", "stealth")
    yield Case(name="answer-behind-the-answer", ends=("failed_http_404", *REFUSED, "failed_connection_lost"), answers={
        "/feed.xml": answer(_body_of(feed("/2026/no-such-page.html")), content_type="text/xml",
                            connection="keep-alive") + smuggled})
    yield Case(name="slow-robots", ends=("robots_unreachable",), answers={
        "/robots.txt": dripping(b"HTTP/1.1 200 OK\r\n\r\n", b"D")})


def _body_of(served: bytes) -> bytes:
    return served.partition(b"\r\n\r\n")[2]


def _heads() -> Iterable[Case]:
    for name, lines in BROKEN_HEADS.items():
        yield _feed(name, HEAD + lines + CLOSE, "ok", "cut_off", *REFUSED, *NO_FEED)
    yield _feed("megabyte-of-location", redirect("/" + "a" * MIB), *REFUSED)
    yield _feed("long-location", redirect("/" + "a" * 7000), "bad_address", "http_302", "http_404")
    yield _feed("location-of-blanks", redirect(" \t "), *WENT_NOWHERE, "redirect_loop")
    yield _feed("escape-in-reason", b"HTTP/1.1 500 \x1b[2J\x1b]0;x\x07\r\n" + CLOSE, "http_500", *REFUSED)
    yield _feed("escape-in-type", HEAD + b"Content-Type: text/\x1b[2Jhtml\r\n" + CLOSE, "ok", *REFUSED, *NO_FEED)


def _wishes() -> Iterable[Case]:
    for name, line in MADNESS.items():
        yield _feed(f"mad-{name}", HEAD + line.encode() + b"\r\n" + CLOSE, "ok", *REFUSED)
    for name, value in (("digits", "9" * 400), ("year", "Fri, 31 Dec " + "9" * 30 + " 00:00:00 GMT"), ("word", "soon"),
                        ("zone", "Fri, 31 Dec 9999 23:59:59 -2359"), ("negative", "-5"), ("fraction", "1e999")):
        yield _feed(f"mad-retry-{name}", answer(status=503, retry_after=value), "http_503")
    wishes = "<ttl>1e308</ttl><skipHours>" + "<hour>99999999999</hour>" * 9999 + "</skipHours>"
    yield _feed("mad-ttl", answer(f"<rss><channel>{wishes}</channel></rss>".encode(), content_type="text/xml"), "ok")


def _addresses(port: int) -> Iterable[Case]:
    for name, place in ADDRESSES.items():
        yield _feed(f"by-{name}", redirect(place.format(port=port)), *WENT_NOWHERE)
    first, last = "a.chain-of-hosts.attack.test", "b.chain-of-hosts.attack.test"
    yield Case(name="chain-of-hosts", ends=("private_address",), answers={
        "/feed.xml": redirect(f"http://{first}:{port}/1")}, elsewhere={
        (first, "/1"): redirect(f"http://{last}:{port}/2"), (last, "/2"): redirect(f"http://10.0.0.1:{port}/secret")})
    yield Case(name="moved-for-good-to-private", ends=("private_address",), answers={
        "/feed.xml": answer(status=301, location=f"http://10.0.0.1:{port}/secret")})
    yield Case(name="refresh-header", ends=("ok", *NO_FEED), answers={
        "/feed.xml": HEAD + b"Refresh: 0;url=http://127.0.0.1:%d/secret\r\n" % port + CLOSE})
    alternate = f'<link rel="alternate" type="application/rss+xml" href="http://10.0.0.1:{port}/secret">'
    yield _feed("feed-elsewhere-is-private", answer(f"<html><head>{alternate}</head><body>x</body></html>".encode()),
                "private_address", *NO_FEED)
    based = f'<html><head><base href="http://10.0.0.1:{port}/secret/"></head><body><main>' + "".join(
        f'<li><h3><a href="2026/the-ministers-met-for-round-{n}">The ministers met for the talks of round {n}</a></h3>'
        for n in range(9))
    yield Case(name="base-is-private", kind="sections", ends=("failed_private_address", "no_links"),
               answers={"/": answer(based.encode())})
    for name, to in (("file", "file:///etc/passwd"), ("private", f"http://[::ffff:a00:1]:{port}/secret")):
        yield Case(name=f"page-to-{name}", ends=("failed_http_302", "failed_bad_address", "failed_private_address"),
                   answers={"/feed.xml": feed("/2026/page.html"), "/2026/page.html": redirect(to)})


def _documents() -> Iterable[Case]:
    def xml(name: str, body: bytes, *ends: str, content_type: str = "text/xml") -> Case:
        return _feed(name, answer(body, content_type=content_type), *ends)

    parameters = b'<!ENTITY % a "haha"><!ENTITY % b "%a;%a;%a;">%b;'
    yield xml("parameter-entities", b"<!DOCTYPE rss [" + parameters + b"]>" + FEED, "entities", *NO_FEED)
    included = b'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" parse="text" href="file:///etc/passwd"/>'
    yield xml("xinclude", FEED.replace(b">x<", b">" + included + b"<"), "ok")
    yield xml("stylesheet", b'<?xml-stylesheet href="file:///etc/passwd" type="text/xsl"?>' + FEED, "ok")
    known = {name: name for name in ("utf-16", "utf-7", "utf-32", "x-user-defined", "rot13", "ebcdic-cp-be")}
    for name, encoding in {**known, "an-escape": "\x1b[2J", "a-megabyte": "a" * MIB}.items():
        declared = f'<?xml version="1.0" encoding="{encoding}"?>'.encode() + FEED
        yield xml(f"xml-in-{name}", declared, "ok", *NO_FEED)
    yield xml("namespaces", b"<rss " + b" ".join(b"xmlns:a%d='b%d'" % (n, n) for n in range(60_000)) + b"/>", "ok",
              "timeout", *NO_FEED)
    yield xml("title-of-6-mib", FEED.replace(b">x<", b"><![CDATA[" + b"x" * (6 * MIB) + b"]]><"), "ok", *NO_FEED)
    yield xml("comment-of-7-mib", b"<!--" + b"x" * (7 * MIB) + b"-->" + FEED, "ok", *NO_FEED)
    yield xml("null-bytes", FEED.replace(b"x", b"\0" * 9999), "ok", *NO_FEED)
    items = b"".join(b"<item><guid>%d</guid><pubDate>%s</pubDate><title/></item>" % (n, b"9" * 5000) for n in range(99))
    yield xml("dates-of-digits", FEED.replace(b"</title>", b"</title>" + items), "ok", *NO_FEED)
    version = {"version": "https://jsonfeed.org/version/1", "title": "x"}
    objects = b'{"version":"https://jsonfeed.org/version/1","items":' + b'{"a":' * 100_000
    kind = "application/feed+json"
    yield xml("deep-json-objects", objects, *NO_FEED, content_type=kind)
    odd = [None, 1, "x", [], {}, {"url": ["/x"]}, {"id": {}, "url": 5}, {"url": "/2026/odd.html", "title": {"a": 1},
           "date_published": 1e300, "authors": "x", "tags": {"a": 1}, "content_html": 7}]
    yield xml("json-of-odd-items", json.dumps({**version, "items": odd}).encode(), "ok", "failed_http_404", *NO_FEED,
              content_type=kind)
    number = b'{"version":"https://jsonfeed.org/version/1","items":[{"url":"/2026/n.html","date_published":1e999}]}'
    yield xml("json-beyond-numbers", number, "ok", "failed_http_404", *NO_FEED, content_type=kind)
    surrogates = [{"url": "/2026/talks-\ud800.html", "title": "Talks \udfff", "id": "\ud800", "language": "\ud800"}]
    yield Case(name="json-surrogates", ends=("ok", "failed_http_404", *STORED, *NO_FEED), stores=True, answers={
        "/feed.xml": answer(json.dumps({**version, "items": surrogates}).encode(), content_type=kind)})


def _pages(port: int) -> Iterable[Case]:
    unread = ("failed_no_text", "failed_too_short", "failed_too_large", "failed_not_html", "failed_empty_shell",
              "failed_no_article", "failed_not_text")
    text = article_page("Talks go on", "pages").decode()
    paragraph = "<p>The ministers met in the capital for talks, and nobody said when they would end.</p>"
    for name, unit in LINES.items():
        page = text.replace("</article>", f"<p>{unit * (300_000 // len(unit))}</p></article>", 1)
        yield _page(f"line-of-{name}", answer(page.encode(), content_type="text/html; charset=utf-8"), *STORED, *unread)
    stated = '{"@type":"NewsArticle","a":' * 50_000
    heads = {
        "deep-json-ld": f'<script type="application/ld+json">{stated}</script>',
        "wide-json-ld": '<script type="application/ld+json">[' + '{"@type":"NewsArticle"},' * 60_000 + "{}]</script>",
        "many-metas": '<meta property="article:tag" content="a">' * 40_000,
        "megabyte-of-meta-charset": f'<meta charset="{"u" * MIB}">',
        "title-of-a-megabyte": f"<title>{'x ' * (MIB // 2)}</title>",
        "times-of-digits": f'<meta property="article:published_time" content="{"9" * 100_000}">',
        "stylesheet-without-end": "<style>" + "a{}" * 300_000,
    }
    for name, inside in heads.items():
        page = text.replace("<head>", f"<head>{inside}", 1)
        yield _page(name, answer(page.encode()), *STORED, *unread)
    bodies = {
        "million-attributes": "<p " + "a=b " * 450_000 + ">" + paragraph * 9,
        "million-classes": f'<div class="{"a b " * 450_000}">' + paragraph * 9 + "</div>",
        "half-million-options": "<select>" + "<option>a" * 200_000,
        "deep-drawing": "<svg>" * 100_000 + paragraph * 9,
        "deep-lists": "<ul><li>" * 100_000 + paragraph * 9,
        "tables-in-tables": "<table><tr><td>" * 100_000 + paragraph * 9,
        "hundred-thousand-links": "".join(f"<a href=/{n}>a</a>" for n in range(100_000)),
        "hundred-thousand-paragraphs": paragraph[:20] + "</p>" + "<p>a b c.</p>" * 100_000,
        "same-id-everywhere": "<p id=a>talks</p>" * 100_000,
        "address-of-a-megabyte": f'<a href="{"http://a/" * 100_000}">x</a>' + paragraph * 9,
        "file-of-a-megabyte": f'<img src="data:{"a" * MIB}">' + paragraph * 9,
    }
    for name, inside in bodies.items():
        yield _page(name, answer(f"<html><body>{inside}</body></html>".encode()), *STORED, *unread)
    for name, kind in (("nowhere", "text/html; charset="), ("in-quotes", 'text/html; charset="'),
                       ("of-kilobytes", "text/html; charset=" + "u" * 7000),
                       ("twice", "text/html; charset=a; charset=b"),
                       ("undefined", "text/html; charset=undefined"), ("of-idna", "text/html; charset=punycode")):
        yield _page(f"charset-{name}", answer(text.encode(), content_type=kind), *STORED, *unread)


def _robots(port: int) -> Iterable[Case]:
    page = "/2026/talks-begin.html"
    story = {"/feed.xml": feed(page), page: answer(article_page("Talks begin", "robots"))}
    agents = "User-agent: *\n"
    for name, lines in {
        "delay-beyond-numbers": agents + "Crawl-delay: 1e999", "delay-is-no-number": agents + "Crawl-delay: nan",
        "delay-is-negative": agents + "Crawl-delay: -5", "one-line": "User-agent: " + "*" * 400_000,
        "stars": agents + "Disallow: /" + "*" * 400_000, "percents": agents + "Disallow: /" + "%" * 400_000,
        "escapes": agents + "Disallow: /" + "%0a%1b[2J" * 9_000, "nulls": "\0" * 400_000,
        "private-sitemaps": agents + f"Sitemap: http://10.0.0.1:{port}/secret\n" * 9_000,
        "request-rate": agents + "Request-rate: 1/0\nVisit-time: 9999-0000", "page": "<html>" + "<p>a" * 90_000,
    }.items():
        yield Case(name=f"robots-{name}", ends=(*STORED, "robots_forbidden", "host_paused", "robots_unreachable"),
                   stores=True, answers={**story, "/robots.txt": answer(lines.encode(), content_type="text/plain")})
    yield Case(name="robots-in-zstd-bomb", ends=("robots_unreachable", *STORED), stores=True, answers={
        **story, "/robots.txt": answer(zeroes("zstd"), content_encoding="zstd", content_type="text/plain")})


def _sitemaps(port: int) -> Iterable[Case]:
    def case(name: str, body: str, *ends: str, **more: Answer) -> Case:
        return Case(name=name, kind="sitemaps", ends=ends, answers={
            "/sitemap.xml": answer(body.encode(), content_type="text/xml"), **more})

    ends = ("ok", "failed_http_404", "http_404", "too_large", "too_deep", "left_out_too_long", *NO_FEED)
    lol = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    laughs = f'<!DOCTYPE urlset [<!ENTITY a0 "ha">{lol}]><urlset>&a11;</urlset>'
    yield case("sitemap-billion-laughs", laughs, "entities")
    yield case("sitemap-long-loc", f"<urlset><url><loc>http://a/{'a' * 5_000_000}</loc></url></urlset>", *ends)
    dated = f"<url><loc>/2026/a.html</loc><lastmod>{'9' * 9999}</lastmod></url>" * 99
    yield case("sitemap-mad-dates", f"<urlset>{dated}</urlset>", *ends)
    many = "".join(f'<xhtml:link hreflang="a{n}" href="/{n}"/>' for n in range(90_000))
    alternates = f'<urlset xmlns:xhtml="x"><url><loc>/2026/a.html</loc>{many}</url></urlset>'
    yield case("sitemap-of-alternates", alternates, *ends)
    yield case("sitemap-of-attributes", "<urlset>" + "<url a='b' c='d'/>" * 400_000, "too_large")
    yield case("sitemap-of-a-million-tags", "<urlset>" + "<url/>" * 1_000_001, "too_large")
    yield case("sitemap-of-lines", "\n".join(f"http://10.0.0.1:{port}/secret/{n}" for n in range(100_000)),
               *ends, "not_a_sitemap")
    link = "<sitemapindex><sitemap><loc>/chain{}.xml</loc></sitemap></sitemapindex>"
    chain = {f"/chain{n}.xml": answer(link.format(n + 1).encode(), content_type="text/xml") for n in range(200)}
    yield case("sitemap-chain", link.format(0), "ok", "http_404", **chain)


def _numbers() -> Iterable[Case]:
    """Words that become columns, file names or commands somewhere."""
    for name, title in (("formula", "=cmd|' /C calc'!A0"), ("null", "Talks \0 of nothing"),
                        ("direction", "Talks \u202e\u2066 on"), ("separator", "Talks\u2028of\u2029lines\x85here"),
                        ("privates", "Talks \ufffe\uffff\U0010ffff"),
                        ("link", "Talks [x](javascript:alert(1)) \x1b]8;;http://a\x07")):
        page = article_page(title, name)
        yield Case(name=f"{name}-in-title", stores=True, ends=(*STORED, "failed_not_text"), answers={
            "/feed.xml": feed(f"/2026/talks-{name}.html"), f"/2026/talks-{name}.html": answer(
                page, content_type="text/html; charset=utf-8")})
