"""Paths: one spelling, and the AMP, print and session dresses taken off."""

import re
import unicodedata
from contextlib import suppress
from urllib.parse import unquote_to_bytes

from crawler.discover.trackers import words
from store.memo import remember

# Letters may precede a combining mark, so one is taken along for the normal form.
_ODD = re.compile(r"[A-Za-z]?(?:%[0-9A-Fa-f]{2}|[^\x00-\x7f])+|[^A-Za-z0-9\-._~!$'()*,:@/=&;+]")
_LITERAL = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$'()*,:@")
_DOTS = re.compile(r"/\.{1,2}(?:/|$)")

_DEFAULT_DOCUMENT = re.compile(r"(?:index|default)\.(?:html?|[sxp]html|php\d?|aspx?|jspx?|jsf|cfm|do|cgi|pl)$", re.I)
_PATH_PARAMETER = re.compile(r";(?:jsessionid|phpsessid|sid|sessionid|session)=[^;/]*|;jsessionid(?=/|$)", re.I)
_COOKIELESS = re.compile(r"\([AFSX]\([\w-]*\)(?:[AFSX]\([\w-]*\))*\)$")  # ASP.NET keeps a session in the path
_AMP_ENDING = re.compile(r"\.amp(?:\.html?)?$|\.amp\.", re.I)
_PRINT_ENDING = re.compile(r"(?:[._-]print|-druck|-drucken|[._-]printable|[._-]printview)(\.(?:s?html?|ece|cms|aspx))$",
                           re.I)
_PRINT_SEGMENTS = words("print printable printer-friendly printview print-view print-version printversion "
                            "drucken druckversion druckansicht imprimir imprimer stampa amp mobile-amp")
_PRINT_PREFIXES = words("print printpdf printmail printview printable amp")
# A word before /amp or /print that makes it a topic: /tag/amp
_TOPICS = words("tag tags topic topics category categories keyword label wiki glossary product products search "
                    "author term a p")
_CASELESS = re.compile(r"\.(?:aspx?|ashx|cfm|nsf)(?:/|$)", re.I)  # IIS, ColdFusion and Domino do not tell case
_PLAIN_SLUG = re.compile(r"(?:[A-Z]?[a-z]+|[A-Z]+|\d+)(?:-(?:[A-Z]?[a-z]*|[A-Z]+|\d+))+(?:\.[a-z]{3,5})?$")
_PLAIN_WORD = re.compile(r"[A-Z][a-z]{3,}(?:\.[a-z]{3,5})?$")
# Pangea and Escenic find an article by its number alone: /a/slug/123456.html, /world/slug/article123456.ece
_PANGEA = re.compile(r"/(?:a|amp|articleprintview)/(?:(?:(?=[^/]*[^\d/-])[^/]+/)?(?=\d{7})|[^/]*[^\d/-][^/]*-[^/]+/)?"
                     r"(\d{5,}\.html)$")
_ESCENIC = re.compile(r"/(?:.+/)?(article\d{4,}\.ece)$")
_FIRST_PAGE = re.compile(r"/(?:page/[01]|comment-page-\d+|trackback|embed)$")
_PRINT_NODE = re.compile(r"/(?:print|printpdf|printmail)/(\d+)$")
_PRINT_NODE_10 = re.compile(r"(/node/\d+)/printable/\w+$")

_SCRIPT = re.compile(r"\.(?:php\d?|aspx?|jspx?|do|cgi|cfm|pl|action|htm|nsf|phtml|shtml|mvc|dll|exe)$", re.I)
_NUMBER = re.compile(r"(?<![0-9])\d{4,}")
_LONG_NUMBER = re.compile(r"\d{6,}|[0-9a-f]{8}-[0-9a-f]{4}-|/\d{4}[/-]\d{1,2}[/-]|[0-9a-f]{24}")


def encode(text: str) -> str:
    """Spell percent-encoding in one way: UTF-8 in normal form C, upper-case digits, nothing encoded in vain.

    Bytes that are no UTF-8 stay as they are, and so do encoded signs that would divide (``%2F``, ``%26``).
    """
    if text.isalnum() and text.isascii():
        return text
    return _ODD.sub(_spelled, text)


def _spelled(found: re.Match[str]) -> str:
    raw = unquote_to_bytes(found[0])
    with suppress(UnicodeDecodeError):  # old encodings stay as they are
        raw = unicodedata.normalize("NFC", raw.decode()).encode()
    return "".join(chr(byte) if byte in _LITERAL else f"%{byte:02X}" for byte in raw)


@remember(4096, longest=512)
def normalize_path(path: str) -> str:
    """Spell a path in one way and take its dresses off; it starts with a slash and ends in none but the root."""
    while (plainer := _normalized_once(path)) != path:  # a dress may hide another; each turn is shorter
        path = plainer
    return path


def _normalized_once(path: str) -> str:
    if "(" in path or ";" in path:
        path = "/".join(part for part in _PATH_PARAMETER.sub("", path).split("/") if not _COOKIELESS.match(part))
    segments = _resolved(encode(path))
    if segments and _DEFAULT_DOCUMENT.match(segments[-1]):
        segments.pop()
    if len(segments) > 1 and segments[0].lower() == "index.php":  # the front controller of clean addresses
        segments.pop(0)
    known = _by_number("/" + "/".join(segments))
    if known:
        return known
    segments = _undressed(segments)
    known = _by_number("/" + "/".join(segments))
    if known:
        return known
    if any(segment != segment.lower() for segment in segments):
        segments = _folded(segments)
    return _FIRST_PAGE.sub("", "/" + "/".join(segments)) or "/"


def _resolved(path: str) -> list[str]:
    """Split into segments; empty ones and dots are gone."""
    segments = [segment for segment in path.split("/") if segment]
    if not _DOTS.search(path):
        return segments
    resolved: list[str] = []
    for segment in segments:
        if segment == "..":
            del resolved[-1:]
        elif segment != ".":
            resolved.append(segment)
    return resolved


def _by_number(path: str) -> str | None:
    """Shorten the addresses of systems that look at the number only."""
    found = _PANGEA.match(path)
    if found:
        return f"/a/{found[1]}"
    found = _ESCENIC.match(path)
    if found:
        return f"/{found[1]}"
    found = _PRINT_NODE.match(path)
    if found:
        return f"/node/{found[1]}"
    found = _PRINT_NODE_10.match(path)
    return found[1] if found else None


def _undressed(segments: list[str]) -> list[str]:
    """Take off what chooses AMP or print, as long as an article remains."""
    if not segments:
        return segments
    if segments[:2] == ["platform", "amp"] and len(segments) > 2:
        return segments[2:]
    last = _AMP_ENDING.sub(lambda found: ".html" if found[0].lower() != ".amp" else "", segments[-1])
    last = _PRINT_ENDING.sub(r"\1", last)
    segments = [*segments[:-1], last] if last else segments
    while len(segments) > 1 and segments[-1].lower() in _PRINT_SEGMENTS and segments[-2].lower() not in _TOPICS:
        segments = segments[:-1]
    if len(segments) > 1 and segments[0].lower() in _PRINT_PREFIXES:
        segments = segments[1:]
    if len(segments) > 2 and segments[-2] == "amp":
        segments = [*segments[:-2], segments[-1]]
    if len(segments) > 1 and segments[0] == "m" and article_strength("/" + "/".join(segments[1:])):
        segments = segments[1:]
    return segments


def _folded(segments: list[str]) -> list[str]:
    """Fold the case of words; identifiers in mixed case (``/s/aB3x``) and wiki titles keep theirs."""
    if _CASELESS.search("/" + "/".join(segments)):
        return [segment.lower() for segment in segments]
    if segments[0] in ("wiki", "w"):
        return segments
    return [segment.lower() if _PLAIN_SLUG.match(segment) or _PLAIN_WORD.match(segment) else segment
            for segment in segments]


@remember(4096, longest=512)
def article_strength(path: str) -> int:
    """Judge how surely a path alone names one article: 2 surely, 1 probably, 0 not.

    Sure are a date, a long number or a slug of six words; probable a number of four digits or three words. A script
    (``view.php``) names nothing.
    """
    last = path.rstrip("/").rpartition("/")[2]
    if _SCRIPT.search(last):
        return 0
    words = max((segment.count("-") + segment.count("_") for segment in path.split("/")), default=0)
    if words >= 5 or _LONG_NUMBER.search(path):
        return 2
    return 1 if words >= 2 or _NUMBER.search(path) or last.count("%") >= 12 else 0
