"""Find who wrote an article: in its JSON-LD, its tags, its byline."""

import re
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement

from crawler.extract.evidence import Evidence
from crawler.extract.jsonld import Node, objects, squeeze, strings, types
from crawler.extract.names import clean_authors, is_agency, is_personal
from crawler.extract.surroundings import own_text, stands_with_others

AUTHOR_TAGS = ("parsely-author", "author", "byl", "sailthru.author", "article:author", "dc.creator", "dcterms.creator",
               "cxenseparse:author", "article:author_name", "authors", "citation_author", "article.author", "creator", "byline",
               "article_author")
LONGEST = 140  # characters of an element that is a byline
_NAMED = re.compile(r"by-?line|(?:^|[\s_-])(?:author(?!i[sz])\w*|autor\w{0,3}|auteurs?|autore|writer|penulis|reporter"
                    r"|journalist)(?:$|[\s_-])|(?:article|post|story|entry|news)author|posted-by|written-by", re.IGNORECASE)
_PROFILE = re.compile(r"/(?:authors?|autor\w{0,3}|auteurs?|autori|by|staff|profile|people|person|team|contributors?|columnists?|journalists?"
                      r"|writers?|reporters?|redaktion|redakcja|skribent|avtor)/[^/]", re.IGNORECASE)
_BY = re.compile(r"(?:by|von|par|por|door|przez|oleh|nga|di|af|av)\s+[^\W\d_a-zа-я]|(?:автор|text|текст|autor|penulis|بقلم|文|作者|記者|记者)\s*[:：]", re.IGNORECASE)
_STATED = etree.XPath("//body//*[@rel='author' or @itemprop='author']")


def extract_authors(evidence: Evidence, title: str | None) -> tuple[str, ...]:
    """Choose the authors: people of the JSON-LD, else of the tags, else of the byline; an outlet for want of people."""
    outlets = frozenset(squeeze(name) for name in evidence.titles.site_names) - {""}
    weak: tuple[str, ...] = ()
    for source in (_jsonld, _tags, _near, _stated):
        found = tuple(name for name in clean_authors(source(evidence), outlets=outlets) if squeeze(name) != squeeze(title or ""))
        if any(_is_person(name, outlets) for name in found):
            return found if source is _jsonld else tuple(name for name in found if _is_person(name, outlets))
        weak = weak or found
    return weak


def _is_person(name: str, outlets: frozenset[str]) -> bool:
    flat = squeeze(name)
    return not is_agency(name) and not any(flat.startswith(outlet) for outlet in outlets)


def _jsonld(evidence: Evidence) -> Iterator[str]:
    for node in (*evidence.article, *evidence.webpage):
        found = list(_names(node, evidence.nodes))
        if found:
            yield from found
            return


def _names(node: Node, nodes: tuple[Node, ...]) -> Iterator[str]:
    """Give the names of a node's authors; organisations only where no person is named."""
    for value in (node.get("author"), node.get("creator")):
        authors = list(objects(value, nodes))
        people = [author for author in authors if "Organization" not in " ".join(types(author))]
        yield from strings(value)
        for author in people or authors:
            yield from strings(author.get("name"))
        if value:
            return


def _tags(evidence: Evidence) -> Iterator[str]:
    for name in AUTHOR_TAGS:
        found = list(evidence.tags.all(name))
        if clean_authors(found):
            yield from found
            return


def _near(evidence: Evidence) -> Iterator[str]:
    """Read the byline that stands nearest to the heading: below it, else above it."""
    for elements in evidence.around:
        element = next(filter(is_byline, elements), None)
        if element is not None:
            yield from _pieces(element)
            return


def _pieces(element: HtmlElement) -> Iterator[str]:
    """Read a byline name by name where each has an element of its own, also beside the first."""
    parent = element.getparent()
    if parent is not None and len(own_text(parent)) <= LONGEST:
        element = parent
    inner = [piece for piece in element.iterdescendants() if is_byline(piece)]
    innermost = [piece for piece in inner if not any(piece in other.iterancestors() for other in inner)]
    yield from map(own_text, innermost or [element])


def _stated(evidence: Evidence) -> Iterator[str]:
    for element in _STATED(evidence.tree)[:4]:
        if not stands_with_others(element):
            yield own_text(element)


def is_byline(element: HtmlElement) -> bool:
    """Whether an element holds a byline and little else, by its names, its link or its first word."""
    if not isinstance(element.tag, str):
        return False
    marked = (_NAMED.search(element.get("class") or "") or element.get("rel") == "author" or element.get("itemprop") == "author"
              or (element.tag == "a" and _PROFILE.search(element.get("href") or "")))
    text = own_text(element)
    if not text or len(text) > LONGEST:
        return False
    return (bool(marked) or bool(_BY.match(text))) and any(map(is_personal, clean_authors([text])))
