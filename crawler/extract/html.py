"""HTML as bytes -> a tree, whatever the header claims and however the markup is broken."""

import codecs
import re

import lxml.html
from charset_normalizer import from_bytes
from lxml import etree
from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom, resolve_encoding

from crawler.extract.text import CONTROL
from store.errors import ExtractionError

# Of 1,287 saved news pages, blogs and essays the largest has 2.34 million bytes of markup, the 99th percentile 1.3.
# Scripts and styles taken out, each is below this. Reading costs some 40 ms for every 200,000.
LARGEST_MARKUP = 2 * 1024 * 1024  # characters
MOST_TAGS = 40_000  # of beginnings and of ends; the fullest of these pages has half as many. Each costs a KB and a half
SAMPLE = 20_000  # bytes that the guess at a charset is made from
FORGIVEN = ("cp1252", "gb18030")  # however many stray bytes there are
TOLERATED = 0.02  # share of undecodable sequences among non-ASCII bytes in a text that is still what it is taken for
FEW_STRAY = 3  # of them in a text that is declared: a title cut inside a character; browsers read any number

TAG = re.compile(rb"<[a-zA-Z!?/]|<\x00[a-zA-Z!?/]|\x00<\x00[a-zA-Z!?/]")
FEED = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:rss|feed|rdf:RDF|urlset|sitemapindex)\b", re.DOTALL
)
NOT_TEXT = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b", b"RIFF", b"\x28\xb5\x2f\xfd")
OPENING = re.compile(r"<!--|<(script|style|svg|noscript|template|iframe|object)\b", re.IGNORECASE)
CLOSING = {
    "!--": re.compile("-->"),
    **{name: re.compile(f"</{name}[^<>]{{0,50}}>", re.IGNORECASE)
       for name in ("script", "style", "svg", "noscript", "template", "iframe", "object")},
}
INLINE_FILE = re.compile(r"\bdata:[\w/+.-]{0,60};base64,[A-Za-z0-9+/=]+")
# A tag of thousands of attributes takes the parser seconds and the copying of its tree minutes: the time is quadratic.
LONGEST_TAG = 4_000  # characters
LONG_TAG = re.compile(rf"<([a-zA-Z][\w:-]{{0,30}})\s[^<>]{{{LONGEST_TAG},}}")
MOST_ATTRIBUTES = 256
C0 = bytes(code for code in (*range(0x20), 0x7F) if chr(code) not in "\t\n\x0b\x0c\r")
C1 = (re.compile(b"\xc2[\x80-\x84\x86-\x9f]"), re.compile(b"\xef\xbf[\xbe\xbf]"))  # one each: found by their first byte
JSON_LD = re.compile(r"<script[^>]{0,300}ld\+json", re.IGNORECASE)


def is_html(body: bytes) -> bool:
    """Tell whether bytes may be a page: they have tags, and are no feed and no picture."""
    start = body[:4096]
    return bool(TAG.search(start) or TAG.search(body)) and not start.startswith(NOT_TEXT) and not FEED.match(start)


def decode(body: bytes, content_type: str = "", *, markup: bool = True) -> str:
    """Decode bytes in the charset they are in, which need not be the declared one. Never fails.

    A byte-order mark decides, then whether the bytes are valid UTF-8 (no other text is by accident), then the
    page's own word, then the header's (servers add theirs to every page), then a guess from the bytes.
    """
    encoding, mark = read_bom(body)
    if encoding:
        return body[len(mark or b""):].decode(encoding, errors="replace")
    if wide := wide_charset(body[:200]):
        return body.decode(wide, errors="replace")
    if b"\x1b$" in body and "iso2022_jp" in _stated(body, content_type, markup=markup):  # Japanese in seven bits,
        return body.decode("iso2022_jp_ext", errors="replace")  # which would be UTF-8 as well
    text = decode_utf8(body)
    if text is not None:
        return text
    for declared in _stated(body, content_type, markup=markup):
        decoded = _decode_as(body, declared)
        if decoded is not None and is_plausible(decoded):
            return decoded
    return body.decode(guess_charset(body), errors="replace")


def wide_charset(start: bytes) -> str | None:
    """Name the UTF-16 that bytes without a mark are in: every other one of a page's first bytes is zero."""
    high, low = start[0::2], start[1::2]
    if high.count(0) * 5 > len(high) * 4 and not low.count(0):
        return "utf-16-be"
    return "utf-16-le" if low.count(0) * 5 > len(low) * 4 and not high.count(0) else None


def _stated(body: bytes, content_type: str, *, markup: bool) -> tuple[str | None, str | None]:
    return html_body_declared_encoding(body) if markup else None, http_content_type_encoding(content_type)


def decode_utf8(body: bytes) -> str | None:
    """Decode bytes that are UTF-8, but for the odd broken sequence; None where they are something else."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        text = body.decode("utf-8", errors="replace")
        return text if text.count("\ufffd") <= _beyond_ascii(body) * TOLERATED else None


def _beyond_ascii(body: bytes) -> int:
    return len(body) - len(body.translate(None, bytes(range(128, 256))))


def is_plausible(text: str) -> bool:
    """Tell whether a text decoded as declared looks written: Cyrillic read as Latin-1 is all accents."""
    accented = sum("\u0080" <= character <= "\u00ff" for character in text[:SAMPLE * 4])
    letters = sum(character.isalpha() for character in text[:SAMPLE * 4])
    beyond_latin = sum(character > "\u024f" for character in text[:SAMPLE * 4])
    return accented <= 200 or accented * 5 <= letters or beyond_latin > accented


def guess_charset(body: bytes) -> str:
    """Guess a charset from the bytes beyond ASCII; Windows-1252 when nothing fits."""
    text = re.sub(rb"<[^<>]{0,2000}>", b" ", body[: SAMPLE * 10])
    guess = from_bytes(text[:SAMPLE]).best()
    encoding = guess.encoding if guess else "cp1252"
    return "cp1252" if encoding == "ascii" else encoding


def _decode_as(body: bytes, declared: str | None) -> str | None:
    encoding = resolve_encoding(declared) if declared else None
    if not encoding or encoding.startswith("utf"):  # UTF-8 is refuted, UTF-16 would have shown itself
        return None
    try:
        text = body.decode(encoding, errors="replace")
    except (UnicodeError, LookupError):  # a codec that is no charset raises the former
        return None
    stray = text.count("\ufffd")
    is_it = stray <= FEW_STRAY or codecs.lookup(encoding).name in FORGIVEN or stray <= _beyond_ascii(body) * TOLERATED
    return text if is_it else None


def shrink(markup: str) -> str:
    """Take out of overlong markup what is never text: scripts (JSON-LD stays), styles, drawings, files written inline.

    One pass, linear in its length; an element that never closes is left.
    """
    kept: list[str] = []
    position, hopeless = 0, set[str]()
    for opening in OPENING.finditer(markup):
        name = (opening[1] or "!--").lower()
        if opening.start() < position or name in hopeless or JSON_LD.match(markup, opening.start()):
            continue
        closing = CLOSING[name].search(markup, opening.end())
        if not closing:
            hopeless.add(name)
            continue
        kept.append(markup[position:opening.start()])
        position = closing.end()
    kept.append(markup[position:])
    return INLINE_FILE.sub("", "".join(kept))


def parse_html(body: bytes, content_type: str = "") -> lxml.html.HtmlElement:
    """Parse a page; raise ExtractionError ``empty``, ``not_html`` or ``too_large``."""
    if not body.strip():
        raise ExtractionError("empty", "the page has no content")
    if not is_html(body):
        raise ExtractionError("not_html", f"no markup of a page in {len(body)} bytes")
    markup = decode(body, content_type)
    if has_long_tag(markup):
        markup = LONG_TAG.sub(_without_attributes, markup)
    if is_too_large(markup):
        markup = shrink(markup)
    if is_too_large(markup):
        raise ExtractionError("too_large", f"{len(markup)} characters of markup and {markup.count('<')} tags, at most "
                                           f"{LARGEST_MARKUP} and {MOST_TAGS} are read")
    return _parse(markup)


def has_long_tag(markup: str) -> bool:
    """Tell whether a tag may have ``LONGEST_TAG`` characters: some stretch of half as many then has no bracket."""
    half, opening = LONGEST_TAG // 2, -1
    for start in range(0, len(markup), half):
        last = markup.rfind("<", start, start + half)
        if last >= 0:
            opening = last
        elif opening >= 0 and markup.find(">", opening, opening + LONGEST_TAG) < 0:
            return True
    return False


def is_too_large(markup: str) -> bool:
    """Tell whether markup is more than any page of news has."""
    return len(markup) > LARGEST_MARKUP or markup.count("<") > MOST_TAGS


def _without_control(markup: bytes) -> bytes:
    """Take control characters out; on UTF-8 bytes, where that is ten times as fast as on text."""
    markup = markup.translate(None, C0)
    return CONTROL.sub("", markup.decode()).encode() if any(kind.search(markup) for kind in C1) else markup


def _without_attributes(tag: re.Match[str]) -> str:
    """Take the attributes off a tag that has more than any page writes by hand; text that only looks like one stays."""
    return f"<{tag[1]}" if len(tag[0].split(None, MOST_ATTRIBUTES + 1)) > MOST_ATTRIBUTES and "=" in tag[0] else tag[0]


def _parse(markup: str) -> lxml.html.HtmlElement:
    # Bytes and not a string: lxml refuses strings that declare an encoding. Comments and processing instructions
    # are no text; element identifiers are not collected, which costs memory on every page.
    parser = lxml.html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False, default_doctype=False  # type: ignore[call-arg]  # the stubs lack it
    )
    # One class for all elements, chosen in C: lxml.html's own lookup is Python code that runs each time an element is
    # touched, 4,000 times a page and for a tenth of the reading time.
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=lxml.html.HtmlElement))
    try:
        tree = lxml.html.document_fromstring(_without_control(markup.encode("utf-8", errors="replace")), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise ExtractionError("not_html", f"the markup cannot be parsed: {error}") from error
    return tree
