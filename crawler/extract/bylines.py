"""Find who wrote an article: in its JSON-LD, its tags, its byline."""

from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement

from crawler.extract.evidence import Evidence
from crawler.extract.jsonld import Node, objects, squeeze, strings, types
from crawler.extract.names import clean_authors

AUTHOR_TAGS = ("parsely-author", "author", "byl", "sailthru.author", "article:author", "dc.creator", "dcterms.creator",
               "cxenseparse:author", "article:author_name", "authors", "citation_author", "article.author", "creator")
MOST_ELEMENTS = 12
_LOWER = "translate(@class,'ABCDEFGHIJKLMNOPQRSTUVWXYZ','abcdefghijklmnopqrstuvwxyz')"
_BYLINES = etree.XPath(
    f"//body//*[@rel='author' or @itemprop='author' or contains({_LOWER},'byline') or contains({_LOWER},'author')]")


def extract_authors(evidence: Evidence, title: str | None) -> tuple[str, ...]:
    """Choose the authors: those of the JSON-LD, else of the tags, else of the byline; an outlet only for want of people."""
    names = frozenset(squeeze(name) for name in evidence.titles.site_names)
    weak: tuple[str, ...] = ()
    for source in (_jsonld, _tags, _byline):
        found = clean_authors(source(evidence), title=title)
        people = tuple(name for name in found if squeeze(name) not in names)
        if people:
            return people
        weak = weak or found
    return weak


def _jsonld(evidence: Evidence) -> Iterator[str]:
    for node in evidence.article:
        found = list(_names(node, evidence.nodes))
        if found:
            yield from found
            return


def _names(node: Node, nodes: tuple[Node, ...]) -> Iterator[str]:
    for value in (node.get("author"), node.get("creator")):
        yield from strings(value)
        for item in objects(value, nodes):
            yield from strings(item.get("name"))
        if value:
            return


def _tags(evidence: Evidence) -> Iterator[str]:
    for name in AUTHOR_TAGS:
        found = list(evidence.tags.all(name))
        if clean_authors(found):
            yield from found
            return


def _byline(evidence: Evidence) -> Iterator[str]:
    for element in _BYLINES(evidence.tree)[:MOST_ELEMENTS]:
        text = " ".join(element.text_content().split())
        if text and len(text) < 100:
            yield text
            return
