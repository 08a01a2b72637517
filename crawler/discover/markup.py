"""Hostile bytes made safe: one decoding, one XML reader with limits, plain text and absolute addresses.

What was promised as XML is untrusted: its declared encoding lies, it declares entities that multiply, it nests 200,000
levels deep or stops in the middle. libxml2's own limits (256 levels, ten million characters a text) decide here, and
all work is linear in the size of the body.
"""

import codecs
import html
import html.entities
import re
import zlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree

from store.errors import DiscoveryError

MAX_BYTES = 16 << 20  # as much as the crawler downloads; news sitemaps end at 50 MB by the protocol, none comes near
MAX_ADDRESS = 1 << 16  # characters; what is over 4,000 is left out later, and counted
MAX_ATTRIBUTES = 200_000  # twenty times those of the fullest of 1,286 saved pages
MAX_TAGS = 1_000_000  # a sitemap of 50,000 addresses has 800,000; an element takes 150 bytes in memory, and more
MAX_DEPTH = 256  # libxml2's own limit without its huge mode, kept; feeds nest some ten levels
MAX_TITLE = 2000  # characters; what is longer is no title

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
         (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)"""
                       rb"""|<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]+)""", re.I)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)
# What people declare and what they write: https://encoding.spec.whatwg.org/#names-and-labels
_WRITTEN_AS = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030",
               "euc_kr": "cp949", "shift_jis": "cp932", "tis-620": "cp874", "iso8859-11": "cp874", "big5": "big5hkscs"}
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ILLEGAL_REFERENCE = re.compile(r"&#(?:x0*(?:[0-8bcef]|1[0-9a-f])|0*(?:[0-8]|1[124-9]|2\d|3[01]));", re.I)
_CDATA = re.compile(r"(<!\[CDATA\[(?:.*?\]\]>|.*\Z))", re.S)  # an unclosed one runs to the end: one look, not many
_BARE = re.compile(r"&(?!#?\w{1,40};)")
_NAMED = re.compile(r"&(?!(?:lt|gt|amp|quot|apos);)([a-zA-Z]\w{1,39};)")
_FIRST_ELEMENT = re.compile(r"<[^\W\d]")
_LAST_TAG = re.compile(r"</(?:\w+:)?(?:rss|feed|rdf|channel|urlset|sitemapindex)\s*>", re.I)
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.I)
_PROLOG = re.compile(r"<\?.*?\?>|<!--.*?-->|\s+", re.S)
_TAG = re.compile(r"</?[a-zA-Z!][^<>]*>")
_SPACES = re.compile(r"\s+")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_ADDRESS = re.compile(r"https?://[^/\s]", re.I)
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]\w{1,39});", re.I)
_LINE_BREAK = re.compile(r"\s*[\n\t]\s*")


def unzipped(body: bytes, *, limit: int = MAX_BYTES) -> bytes:
    """Decompress a gzip'd body up to ``limit`` bytes; other bodies come back as they are.

    Raises DiscoveryError ``too_large`` or ``broken_gzip``. A truncated stream gives what there is.
    """
    if body[:2] != b"\x1f\x8b":
        return body
    stream = zlib.decompressobj(31)
    try:
        plain = stream.decompress(body, limit + 1)
    except zlib.error as error:
        raise DiscoveryError("broken_gzip", str(error)) from error
    if len(plain) > limit:
        raise DiscoveryError("too_large", f"more than {limit} bytes when unpacked")
    return plain


def refuse_tags(body: bytes, *, most: int = MAX_TAGS) -> None:
    """Raise DiscoveryError ``too_large`` for more tags than any document of its kind has: each costs memory.

    So does an attribute, more than an element.
    """
    if body.count(b"<") > most:
        raise DiscoveryError("too_large", f"more than {most} tags")
    if body.count(b'="') + body.count(b"='") > MAX_ATTRIBUTES:
        raise DiscoveryError("too_large", f"more than {MAX_ATTRIBUTES} attributes")


def decode(body: bytes, content_type: str | None = None) -> str:
    """Turn bytes into text whatever they say of themselves: mark, then valid UTF-8, then header, then declaration."""
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body.decode("utf-8-sig" if encoding == "utf-8" else encoding, "replace")
    stated = list(_stated_encodings(body, content_type))
    if body[:4] in (b"<\x00?\x00", b"<\x00r\x00", b"<\x00f\x00", b"\x00<\x00?"):  # UTF-16 without its mark
        return body.decode("utf-16-le" if body[0] else "utf-16-be", "replace")
    if not (b"\x1b$" in body and "iso2022_jp" in stated):
        text = _strictly(body, "utf-8")
        if text is not None:
            return text
    for encoding in stated:
        text = _strictly(body, encoding)
        if text is not None:
            return text
    return body.decode(stated[0] if stated else "utf-8", "replace")


def _stated_encodings(body: bytes, content_type: str | None) -> Iterator[str]:
    """Name the encodings that the header and the document claim, as Python knows them."""
    found = _DECLARED.search(body[:2048])
    header = _CHARSET.search(content_type or "")
    for name in (header[1] if header else "", ((found[1] or found[2]).decode() if found else "")):
        try:
            known = codecs.lookup(name).name if name else ""
        except LookupError:
            continue
        if known and not known.startswith(("utf-16", "utf-32")):  # those would have shown themselves already
            yield _WRITTEN_AS.get(known, known)


def _strictly(body: bytes, encoding: str) -> str | None:
    """Decode without a fault, but for one character cut off at the end."""
    try:
        return body.decode(encoding)
    except UnicodeDecodeError as error:
        if len(body) - error.start < 4 and error.start:
            return body[:error.start].decode(encoding)
    except (LookupError, UnicodeError):  # codecs that are not for text
        pass
    return None


def is_html(text: str) -> bool:
    """Whether the text starts as a web page does, after at most a few comments."""
    position = 0
    for _ in range(20):
        prolog = _PROLOG.match(text, position)
        if prolog is None:
            break
        position = prolog.end()
    return _HTML.match(text, position) is not None


def parse_xml(text: str) -> etree._Element:
    """Read XML as far as it goes; what is not well-formed is mended.

    Raises DiscoveryError: ``entities`` for a document that declares its own, ``too_deep``, ``not_a_feed`` when there
    is no element at all.
    """
    text = _mended(text)
    first = _FIRST_ELEMENT.search(text)
    if first is None:
        raise DiscoveryError("not_a_feed", "no markup")
    if "<!ENTITY" in text[:first.start()].upper():
        raise DiscoveryError("entities", "the document declares its own entities")
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
                             remove_comments=True, remove_pis=True, encoding="utf-8", collect_ids=False)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise DiscoveryError("not_a_feed", "no readable markup") from error
    if root is None:
        raise DiscoveryError("not_a_feed", "no readable markup")
    declared: Any = root.getroottree().docinfo.internalDTD
    if declared is not None and declared.entities():
        raise DiscoveryError("entities", "the document declares its own entities")
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise DiscoveryError("too_deep", f"more than {MAX_DEPTH} levels")
    return root


def is_whole(text: str) -> bool:
    """Whether the document was sent to its end: the element that holds all others is closed, comments may follow."""
    return _LAST_TAG.search(text, max(0, len(text) - 20_000)) is not None


def _mended(text: str) -> str:
    """Repair what feeds get wrong before any parser sees it: stray characters, HTML's entities, bare ampersands."""
    text = _ILLEGAL.sub("", text[max(text.find("<"), 0):])
    if "&" not in text:
        return text
    return "".join(piece if piece.startswith("<![CDATA[") else _legal(piece) for piece in _CDATA.split(text))


def _legal(text: str) -> str:
    """Spell all references so that XML knows them."""
    text = _BARE.sub("&amp;", _ILLEGAL_REFERENCE.sub("", text))
    return _NAMED.sub(_character, text)


def _character(found: re.Match[str]) -> str:
    """The character that HTML means by a name; an unknown name stays visible."""
    return html.entities.html5.get(found[1], f"&amp;{found[1]}").replace("<", "&lt;")


def plain_text(text: str | None) -> str | None:
    """Read a title as a reader sees it: tags gone, entities decoded (twice where a feed escaped twice)."""
    if not text:
        return None
    text = text[:MAX_TITLE]
    for _ in range(2):
        text = _TAG.sub(" " if "<br" in text.lower() else "", text) if "<" in text else text
        if "&" not in text:
            break
        text = html.unescape(text)
    return _SPACES.sub(" ", _ILLEGAL.sub("", text)).strip() or None


def unescape(text: str) -> str:
    """Decode the references that end with a semicolon: in an address ``&section=2`` is no section sign."""
    return _REFERENCE.sub(lambda found: html.unescape(found[0]), text) if "&" in text else text


def absolute(address: str | None, *, base: str) -> str | None:
    """Resolve an address, also one escaped twice; None unless it comes out as http(s) with a host and a true port."""
    if not address or len(address) > MAX_ADDRESS:
        return None
    address = _CONTROL.sub("", address) if not address.isprintable() else address
    address = _LINE_BREAK.sub("", unescape(address)).strip()
    if not address:
        return None
    try:
        resolved = urljoin(base, address)
        _ = urlsplit(resolved).port
    except ValueError:
        return None
    return resolved if _ADDRESS.match(resolved) else None


def text_of(element: etree._Element, *, between: str = "") -> str:
    """All text inside an element."""
    return between.join(str(piece) for piece in element.itertext())


def parse_html(text: str) -> etree._Element:
    """Read a web page as browsers do, as far as it goes. Raises DiscoveryError ``not_html`` when there is none."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False,
                              collect_ids=False)
    try:
        root = etree.fromstring(_ILLEGAL.sub(" ", text).encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise DiscoveryError("not_html", "no readable markup") from error
    if root is None:
        raise DiscoveryError("not_html", "no readable markup")
    return root
