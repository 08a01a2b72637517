"""What a site says of itself: an id, a name, a language and a country for its entry, none of them invented."""

import re

from lxml import html as lxml_html
from lxml.etree import ParserError
from lxml.html import HtmlElement, HTMLParser

from crawler.discover.hosts import registrable_domain
from crawler.discover.markup import decode
from crawler.sources.codes import find_country, find_language
from crawler.sources.found import FoundSite

# Country domains that are sold to anybody, so that they say nothing of a country: Google's list of "generic
# country code top-level domains" (Search Central, "Managing multi-regional sites").
_SOLD_DOMAINS = {"ad", "ai", "as", "bz", "cc", "cd", "co", "dj", "fm", "io", "la", "me", "ms", "nu", "sc", "sr", "su",
                 "tv", "tk", "ws"}
_MOST_NAME = 80  # characters; a longer title is a slogan


def suggest_id(host: str, *, language: str | None = None) -> str:
    """Make an id of a host: its own name without the suffix, what stands before it but www, and the language if given.

    ``www.bbc.co.uk`` becomes ``bbc``, ``english.example.org`` ``example-english``.
    """
    domain = registrable_domain(host)
    before = host.lower().removesuffix(domain).strip(".").removeprefix("www").strip(".")
    own = domain if re.fullmatch(r"[\d.:\[\]a-f]+", domain) else domain.split(".")[0]
    parts = [part for part in (own, before, language) if part]
    return re.sub(r"[\W_]+", "-", "-".join(parts)).strip("-") or "source"


def suggest_name(found: FoundSite, *, host: str) -> str:
    """Return the name the site gives itself on its front page, or its feed's title, or its host."""
    page = _parse(found)
    said = [*_said(page, "//meta[@property='og:site_name']/@content"),
            *_said(page, "//meta[@name='application-name']/@content"),
            *(announced.title for announced in found.feeds if announced.title),
            *_said(page, "//head/title/text()")]
    names = (" ".join("".join(c for c in text if c.isprintable() or c.isspace()).split()) for text in said)
    return next((name for name in names if 0 < len(name) <= _MOST_NAME), host)


def suggest_language(found: FoundSite) -> str | None:
    """Return the language that its feeds or its front page declare."""
    page = _parse(found)
    said = [*(announced.language for announced in found.feeds), *_said(page, "/html/@lang")]
    return next((code for text in said if text and (code := find_language(text))), None)


def suggest_country(host: str) -> str | None:
    """Return the country of a host's country domain, where that domain is not sold to everybody."""
    suffix = host.lower().rstrip(".").rsplit(".", 1)[-1]
    return find_country(suffix) if len(suffix) == 2 and suffix not in _SOLD_DOMAINS else None


def _said(page: HtmlElement | None, xpath: str) -> list[str]:
    return [] if page is None else [str(text) for text in page.xpath(xpath)]


def _parse(found: FoundSite) -> HtmlElement | None:
    """Read the front page; one that cannot be read says nothing of itself."""
    if found.home is None:
        return None
    text = decode(found.home.body, found.home.content_type)
    try:
        return lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=HTMLParser(encoding="utf-8"))
    except ParserError:
        return None
