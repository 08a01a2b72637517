"""A web that means harm, on loopback: what tests/acceptance/attacks.py crawls. Each case is a source of its own."""

import gzip
import json
import zlib
from asyncio import StreamWriter, sleep
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

import brotli
import zstandard

from tests.acceptance.avvisi import article_page

MIB = 1 << 20
Write = Callable[[StreamWriter], Awaitable[None]]
Answer = bytes | Write

PRIVATE = {
    "loopback": "127.0.0.1", "localhost": "localhost", "any": "0.0.0.0", "link-local": "169.254.169.254",
    "ten": "10.0.0.1", "home": "192.168.1.1", "office": "172.16.0.1", "carrier": "100.64.0.1",
    "loopback6": "[::1]", "mapped": "[::ffff:127.0.0.1]", "mapped-ten": "[::ffff:10.0.0.1]",
    "nat64": "[64:ff9b::7f00:1]", "six-to-four": "[2002:7f00:1::]", "compatible": "[::127.0.0.1]",
    "link-local6": "[fe80::1]", "unique-local6": "[fd00::1]", "decimal": "2130706433", "hex": "0x7f000001",
    "octal": "0177.0.0.1", "short": "127.1", "broadcast": "255.255.255.255", "multicast": "224.0.0.1",
    "userinfo": "good.attack.test@127.0.0.1", "wide-digits": "１２７.0.0.1", "dot-localhost": "a.localhost",
}  # fmt: skip
NAMES = {  # for the resolver: names that anybody may register, and where they point
    "points-home.test": ["10.0.0.1"], "points-to-loopback.test": ["127.0.0.1"],
    "points-to-cloud.test": ["169.254.169.254"], "points-to-six.test": ["::ffff:10.0.0.1"],
    "points-both.test": ["8.8.8.8", "10.0.0.1"],
}


@dataclass(frozen=True, kw_only=True)
class Case:
    """One attack: what its host answers, and the words that it may end in; ``record``, what may be stored of it.

    ``ends`` are an outcome of the run, or a count of its report; ``none`` says that nothing at all may be stored.
    """

    name: str
    ends: tuple[str, ...]
    answers: Mapping[str, Answer]
    kind: str = "feeds"
    stores: bool = False
    elsewhere: Mapping[tuple[str, str], Answer] = field(default_factory=dict)  # what other hosts of the case answer

    @property
    def host(self) -> str:
        """The host of this case alone."""
        return f"{self.name}.attack.test"


def answer(body: bytes = b"", status: int = 200, *, length: int | None = None, **headers: str) -> bytes:
    """An answer as it stands on the wire."""
    fields = {"content_type": "text/html", "connection": "close", **headers}
    head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in fields.items())
    size = len(body) if length is None else length
    return f"HTTP/1.1 {status} Status\r\n{head}Content-Length: {size}\r\n\r\n".encode() + body


def redirect(to: str) -> bytes:
    """A redirect."""
    return answer(status=302, location=to)


def feed(*links: str, title: str = "Talks") -> bytes:
    """A feed of these addresses."""
    items = "".join(f"<item><title>{title} {n}</title><link><![CDATA[{link}]]></link></item>"
                    for n, link in enumerate(links))
    body = f'<rss version="2.0"><channel><title>x</title>{items}</channel></rss>'
    return answer(body.encode(), content_type="text/xml")


@cache
def zeroes(kind: str) -> bytes:
    """One GiB of zeroes (256 MiB of brotli's), packed; without the checksum at the end, for nobody may get that far."""
    block = bytes(MIB)
    if kind == "zstd":
        return zstandard.ZstdCompressor(level=3).compress(bytes(256 * MIB)) * 4
    if kind == "br":
        packer = brotli.Compressor(quality=5)
        return b"".join(packer.process(block) for _ in range(256)) + packer.finish()
    zipper = zlib.compressobj(6, zlib.DEFLATED, 31 if kind == "gzip" else 15)
    first, again = (zipper.compress(block) + zipper.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    return first + again * 1023


def dripping(head: bytes, drop: bytes, pause: float = 1.0) -> Write:
    """Say a little every second, for ever."""

    async def write(writer: StreamWriter) -> None:
        writer.write(head)
        while True:
            await writer.drain()
            await sleep(pause)
            writer.write(drop)

    return write


def endless(head: bytes, block: bytes = b"x" * 65536) -> Write:
    """Say much for ever."""

    async def write(writer: StreamWriter) -> None:
        writer.write(head)
        while True:
            writer.write(block)
            await writer.drain()

    return write


async def say_nothing(writer: StreamWriter) -> None:
    """Take the request and wait."""
    await sleep(3600)


OPEN = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n"


def encoded(body: bytes, encoding: str) -> bytes:
    """A packed answer."""
    return answer(body, content_encoding=encoding, content_type="text/xml")


def list_cases(port: int) -> tuple[Case, ...]:
    """All attacks."""
    return (*_bombs(), *_slow(), *_heads(), *_addresses(port), *_markup(port), *_robots(port), *_sitemaps(port),
            *_words(port), *_traps(port))


def _feed(name: str, served: Answer, *ends: str) -> Case:
    return Case(name=name, ends=ends, answers={"/feed.xml": served})


def _bombs() -> Iterable[Case]:
    for kind in ("gzip", "deflate", "br", "zstd"):
        yield _feed(f"bomb-{kind}", encoded(zeroes(kind), kind), "too_large")
    twice = gzip.compress(zeroes("gzip"), 6)
    yield _feed("bomb-gzip-in-gzip", encoded(twice, "gzip, gzip"), "too_large")
    yield _feed("bomb-gzip-in-brotli", encoded(brotli.compress(zeroes("gzip"), quality=4), "gzip, br"), "too_large")
    yield _feed("bomb-gzip-in-zstd", encoded(zstandard.compress(zeroes("gzip")), "gzip, zstd"), "too_large")
    yield _feed("bomb-as-file", answer(zeroes("gzip"), content_type="application/gzip"), "too_large")
    yield _feed("bomb-file-in-gzip", encoded(twice, "gzip"), "too_large")
    layers = b"<rss/>"
    for _ in range(200):
        layers = gzip.compress(layers, 1)
    yield _feed("two-hundred-encodings", encoded(layers, ", ".join(["gzip"] * 200)), "too_large")
    yield _feed("broken-gzip", encoded(b"\x1f\x8b\x08\x00 no gzip at all", "gzip"), "broken_answer", "not_a_feed",
                "empty")
    yield _feed("unknown-encoding", encoded(b"\x00" * 999, "rot13"), "not_a_feed", "empty")
    yield _feed("endless-body", endless(OPEN), "too_large")
    chunk = b"10000\r\n" + b"x" * 65536 + b"\r\n"
    yield _feed("endless-chunks", endless(OPEN[:-2] + b"Transfer-Encoding: chunked\r\n\r\n", chunk), "too_large")
    yield _feed("length-lies-long", answer(b"<rss/>", length=10**11), "too_large")
    yield _feed("length-lies-short", answer(b"<rss/>", length=4000), "cut_off", "connection_lost")
    yield Case(name="bomb-page", ends=("failed_too_large",), answers={
        "/feed.xml": feed("/page.html"), "/page.html": answer(zeroes("gzip"), content_encoding="gzip")})


def _slow() -> Iterable[Case]:
    yield _feed("silent", say_nothing, "timeout", "connection_lost")
    yield _feed("slow-headers", dripping(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"), "timeout", "connection_lost")
    yield _feed("slow-body", dripping(OPEN, b"<"), "timeout")
    yield _feed("silent-body", dripping(OPEN, b"<", 3600), "timeout", "connection_lost", "cut_off")
    yield _feed("early-hints", endless(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 50), "timeout",
                "connection_lost", "broken_answer")
    yield Case(name="slow-pages", ends=("failed_timeout", "put_off_host_paused", "failed_connection_lost"), answers={
        "/feed.xml": feed(*(f"/talks-on-question-{n}.html" for n in range(3))),
        **{f"/talks-on-question-{n}.html": dripping(OPEN, b"<") for n in range(3)}})


def _heads() -> Iterable[Case]:
    start, end = OPEN[:-2], b"Connection: close\r\n\r\n<rss></rss>"
    many = b"".join(b"X-%d: y\r\n" % n for n in range(100_000))
    yield _feed("hundred-thousand-headers", start + many + b"\r\n", "connection_lost", "broken_answer")
    yield _feed("long-header", start + b"X: " + b"y" * 60_000 + b"\r\n\r\n", "connection_lost", "broken_answer")
    yield _feed("endless-header", endless(start + b"X: "), "connection_lost", "broken_answer")
    yield _feed("long-status-line", b"HTTP/1.1 200 " + b"O" * 100_000 + b"\r\n\r\n", "connection_lost", "broken_answer")
    yield _feed("no-protocol", b"\x00\xff\x16\x03 what is this", "connection_lost", "broken_answer")
    yield _feed("length-is-a-word", start + b"Content-Length: ten\r\n\r\n<rss/>", "connection_lost", "broken_answer")
    yield _feed("headers-in-no-charset", start + b'ETag: "caf\xe9"\r\nX: \xff\xfe\r\n' + end, "ok")
    yield _feed("forged-headers", start + b"X: a\rSet-Cookie: b=c\nX-B: \x1b[2J\r\n" + end,
                "ok", "connection_lost", "broken_answer")


def _addresses(port: int) -> Iterable[Case]:
    for name, place in PRIVATE.items():
        yield _feed(f"to-{name}", redirect(f"http://{place}:{port}/secret"), "private_address", "bad_address",
                    "unknown_host", "http_302", "robots_unreachable")
    for name in NAMES:
        yield _feed(f"to-{name.removesuffix('.test')}", redirect(f"http://{name}:{port}/secret"), "private_address",
                    "connection_refused")
    others = ("file:///etc/passwd", "data:text/xml,<rss/>", "ftp://127.0.0.1/x", "gopher://127.0.0.1/x", "s3://a/b")
    for scheme in others:
        yield _feed(f"to-{scheme.partition(':')[0]}", redirect(scheme), "http_302", "bad_address", "broken_answer")
    yield _feed("redirect-loop", redirect("/feed.xml"), "redirect_loop")
    yield Case(name="redirect-chain", ends=("redirect_loop",), answers={
        "/feed.xml": redirect("/1"), **{f"/{n}": redirect(f"/{n + 1}") for n in range(1, 100)}})
    yield _feed("redirect-nowhere", redirect("http://["), "http_302", "bad_address", "broken_answer")
    yield Case(name="feed-of-private-pages", ends=("failed_private_address",), answers={
        "/feed.xml": feed(*(f"http://{place}:{port}/secret/{n}.html" for n, place in enumerate(PRIVATE.values())))})
    yield Case(name="feed-of-files", ends=("ok",), answers={
        "/feed.xml": feed("file:///etc/passwd", "data:text/html,hello", "ftp://127.0.0.1/x", "javascript:alert(1)")})
    page = b"<html><head><meta http-equiv=refresh content='0;url=http://127.0.0.1:%d/secret'></head></html>" % port
    yield Case(name="meta-refresh", ends=("failed_too_short", "failed_not_html", "failed_empty", "failed_no_article",
                                          "failed_no_text"),
               answers={"/feed.xml": feed("/page.html"), "/page.html": answer(page)})


def _xml(name: str, body: bytes, *ends: str) -> Case:
    return _feed(name, answer(body, content_type="text/xml"), *ends)


def _entities() -> Iterable[Case]:
    def declare(declared: str, inside: bytes) -> bytes:
        return b"<!DOCTYPE rss [%s]><rss><channel><title>%s</title></channel></rss>" % (declared.encode(), inside)

    lol = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    yield _xml("billion-laughs", declare(f'<!ENTITY a0 "ha">{lol}', b"&a11;"), "entities")
    yield _xml("quadratic-entities", declare(f'<!ENTITY a "{"x" * 99_999}">', b"&a;" * 9_999), "entities")
    yield _xml("external-entity", declare('<!ENTITY a SYSTEM "file:///etc/passwd">', b"&a;"), "entities")


def _markup(port: int) -> Iterable[Case]:
    yield from _entities()
    outside = b'<!DOCTYPE rss SYSTEM "http://127.0.0.1:%d/secret.dtd"><rss><channel/></rss>' % port
    yield _xml("external-dtd", outside, "ok")
    yield _xml("deep-xml", b"<rss>" + b"<a>" * 250_000, "too_deep")
    many = ("ok", "too_large", "timeout", "crashed")
    yield _xml("wide-xml", b"<rss><channel>" + b"<item/>" * 1_500_000 + b"</channel></rss>", *many)
    astral = "<item><title>𐍈</title></item>".encode()
    yield _xml("astral-feed", b"<rss><channel>" + astral * 350_000 + b"</channel></rss>", *many)
    attributes = b" ".join(b"a%d='b'" % n for n in range(100_000))
    yield _xml("hundred-thousand-attributes", b"<rss " + attributes + b"/>", "ok", "not_a_feed", "timeout",
               "broken_feed")
    opened, odd = b'{"version":"https://jsonfeed.org/version/1","items":', ("too_deep", "broken_feed", "not_a_feed")
    yield _feed("deep-json", answer(opened + b"[" * 900_000, content_type="application/json"), *odd)
    numbers = opened + b"[" + b"9" * 3_000_000 + b"]}"
    yield _feed("json-of-long-numbers", answer(numbers, content_type="application/json"), *odd, "ok")
    pages = {
        "deep-html": b"<div>" * 300_000 + b"talks",
        "huge-attribute": b"<html><body><p title='" + b"x" * (8 * MIB) + b"'>talks</p></body></html>",
        "attributes-without-end":
            b"<html><body " + b" ".join(b"a%d=b" % n for n in range(200_000)) + b"><p>talks</p></body></html>",
        "page-of-15-mib": b"<html><body>" + b"<p>the talks went on</p>" * 600_000 + b"</body></html>",
        "page-of-tables": b"<html><body>" + b"<table><tr><td>" * 60_000,
        "unclosed-comments": b"<html><body>" + b"<!-- <p>a" * 200_000,
        "nothing-but-zeroes": bytes(2 * MIB),
        "nested-forms-and-links": b"<html><body>" + b"<a href=x><b><i><form>" * 80_000,
    }
    for name, page in pages.items():
        yield Case(name=name, ends=("failed", "new", "near_duplicate", "duplicate"), stores=True, answers={
            "/feed.xml": feed("/2026/page.html"), "/2026/page.html": answer(page)})


def _robots(port: int) -> Iterable[Case]:
    page = "/2026/talks-begin.html"
    story = {"/feed.xml": feed(page), page: answer(article_page("Talks begin", "robots"))}
    text = "text/plain"
    bomb = answer(zeroes("gzip"), content_encoding="gzip", content_type=text)
    agents = "\n".join(f"User-agent: a{n}" for n in range(12_000)) + "\n" + "Disallow: /a\n" * 20_000
    wild = "User-agent: *\n" + "\n".join(f"Disallow: /*{'a*' * 8}{n}" for n in range(16_000))
    for name, served, ends in (
        ("robots-of-many-agents", answer(agents.encode(), content_type=text), ("new", "duplicate")),
        ("robots-of-wildcards", answer(wild.encode(), content_type=text), ("new", "duplicate")),
        ("robots-endless", endless(OPEN, b"Disallow: /x\n" * 5000), ("new", "duplicate")),
        ("robots-bomb", bomb, ("robots_unreachable", "new", "duplicate")),
        ("robots-loop", redirect("/robots.txt"), ("new", "duplicate")),
        ("robots-broken", answer(status=500), ("robots_unreachable",)),
        ("robots-silent", say_nothing, ("robots_unreachable",)),
        ("robots-to-private", redirect(f"http://10.0.0.1:{port}/robots.txt"), ("private_address",)),
        ("robots-wants-a-year", answer(b"User-agent: *\nCrawl-delay: 31536000", content_type=text), ("host_paused",)),
        ("robots-forbids", answer(b"User-agent: avvisi\nDisallow: /", content_type=text), ("robots_forbidden",)),
    ):
        yield Case(name=name, ends=ends, stores=True, answers={**story, "/robots.txt": served})
    yield _feed("retry-after-a-year", answer(status=429, retry_after="31536000"), "http_429")


def _sitemap(body: bytes) -> bytes:
    return answer(body, content_type="text/xml")


def _sitemaps(port: int) -> Iterable[Case]:
    def places(*addresses: str) -> bytes:
        inside = "".join(f"<sitemap><loc>{each}</loc></sitemap>" for each in addresses)
        return _sitemap(f"<sitemapindex>{inside}</sitemapindex>".encode())

    def urls(*addresses: str) -> bytes:
        inside = "".join(f"<url><loc>{each}</loc></url>" for each in addresses)
        return _sitemap(f"<urlset>{inside}</urlset>".encode())

    def case(name: str, ends: tuple[str, ...], served: Answer, **more: Answer) -> Case:
        return Case(name=name, kind="sitemaps", ends=ends, answers={
            "/sitemap.xml": served, **{f"/{path}.xml": each for path, each in more.items()}})

    circle = places("/sitemap.xml", "/other.xml")
    yield case("sitemap-of-itself", ("ok",), circle, other=circle)
    yield case("sitemap-fan", ("http_404",), places(*(f"/s{n}.xml" for n in range(20_000))))
    yield case("sitemap-bomb", ("too_large",), answer(zeroes("gzip"), content_type="application/x-gzip"))
    private = (f"http://10.0.0.1:{port}/s.xml", f"http://[::1]:{port}/s.xml")
    yield case("sitemap-to-private", ("private_address",), places(*private))
    yield case("sitemap-of-files", ("ok",), urls("file:///etc/passwd", "data:,x", "//127.0.0.1:1/x"))
    yield case("sitemap-entities", ("entities",), _sitemap(b'<!DOCTYPE urlset [<!ENTITY a "b">]><urlset>&a;</urlset>'))
    yield case("sitemap-deep", ("too_deep",), _sitemap(b"<urlset>" + b"<url>" * 300_000))


FORGED = "FORGED 2026-11-22 12:00:00,000 CRITICAL root the disk is full"


def _words(port: int) -> Iterable[Case]:
    def story(name: str, title: str, path: str = "/2026/talks-in-words.html", *, content_type: str = "text/html",
              body: bytes | None = None, ends: tuple[str, ...] = ("new", "duplicate", "near_duplicate")) -> Case:
        page = article_page(title, name) if body is None else body
        return Case(name=name, ends=ends, stores=True, answers={
            "/feed.xml": feed(path, title=title), path: answer(page, content_type=content_type)})

    yield story("sql-in-title", "Talks'); DROP TABLE article; --")
    yield story("path-in-title", "../../../../tmp/avvisi-owned")
    yield story("shell-in-title", "Talks $(touch owned) `touch owned` ; touch owned | x")
    yield story("template-in-title", "{{ 7*7 }} {% import os %} ${7*7} %s %(x)d {0.__class__}")
    yield story("markup-in-title", "Talks &lt;script&gt;alert(1)&lt;/script&gt; [bold]x[/bold]")
    yield story("log-in-title", f"Talks\r\n{FORGED}\x1b[2J")
    yield story("path-in-address", "Talks of a path", "/2026/..%2f..%2f..%2fetc%2fpasswd",
                ends=("new", "duplicate", "near_duplicate", "failed_http_404"))
    yield Case(name="log-in-address", ends=("failed_http_404", "ok"), answers={
        "/feed.xml": answer(json.dumps({"version": "https://jsonfeed.org/version/1", "title": "x", "items": [
            {"id": "1", "url": f"/2026/a\n{FORGED}\x1b[2J\u2028{FORGED}", "title": "Talks"}]}).encode(),
            content_type="application/feed+json")})
    yield Case(name="log-in-redirect", ends=("http_302", "bad_address", "http_404", "broken_answer"), answers={
        "/feed.xml": redirect(f"http://log-in-redirect.attack.test:{port}/%0a{FORGED.replace(' ', '%20')}\x0b")})
    for charset in ("utf-7", "base64", "rot13", "unicode_escape", "zip", "x-no-such", "utf-16", "idna", "hex"):
        yield story(f"charset-{charset}", f"Talks in {charset}", content_type=f"text/html; charset={charset}")


def _traps(port: int) -> Iterable[Case]:
    def section(name: str, ends: tuple[str, ...], links: Iterable[str], **more: Answer) -> Case:
        items = "".join(f'<li><h3><a href="{link}">The ministers met for the talks of round {n} again</a></h3></li>'
                        for n, link in enumerate(links))
        return Case(name=name, kind="sections", ends=ends, answers={
            "/": answer(f"<html><body><main><ul>{items}</ul></main></body></html>".encode()), **more})

    months = [(2026 + n // 12, n % 12 + 1) for n in range(400)]
    yield section("trap-calendar", ("left_out_calendar",), [f"/calendar/{year}/{month:02}" for year, month in months])
    yield section("trap-calendar-query", ("left_out_calendar",),
                  [f"/events?year={year}&month={month}" for year, month in months])
    yield section("trap-session", ("left_out_session",),
                  [f"/news/the-talks-went-on?visit={zlib.crc32(b'%d' % n):08x}{n:08x}ab" for n in range(400)])
    yield section("trap-repeating", ("left_out_repeating",),
                  [f"{'/news/world' * (4 + n)}/talks-go-on-{n}" for n in range(50)])
    yield _feed("trap-long-address", feed("/" + "a-long-story-" * 1000), "left_out_too_long")
    yield Case(name="trap-endless-feed", ends=("put_off", "failed_http_404"), answers={
        "/feed.xml": feed(*(f"/2026/{n}-talks-without-end.html" for n in range(30_000)))})


@dataclass(frozen=True)
class Good:
    """A source that does no harm, and must not suffer."""

    name: str
    pages: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def host(self) -> str:
        """Its host."""
        return f"{self.name}.attack.test"


def list_good(number: int = 4, pages: int = 5) -> tuple[Good, ...]:
    """The others."""
    def write(n: int) -> dict[str, bytes]:
        return {f"/2026/talks-of-{n}-round-{page}.html": article_page(f"Talks {n} enter round {page}", f"{n} {page}")
                for page in range(pages)}

    return tuple(Good(f"good-{n}", write(n)) for n in range(number))
