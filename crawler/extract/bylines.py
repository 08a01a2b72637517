"""Find who wrote an article: in its JSON-LD, its tags, its byline."""

import re
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement

from crawler.extract.evidence import Evidence
from crawler.extract.jsonld import Node, objects, squeeze, strings, types
from crawler.extract.names import clean_authors, is_agency, is_personal, may_be_name
from crawler.extract.surroundings import before_the_text, own_text, stands_with_others

AUTHOR_TAGS = ("parsely-author", "author", "byl", "sailthru.author", "article:author", "dc.creator", "dcterms.creator",
               "cxenseparse:author", "article:author_name", "authors", "citation_author", "article.author", "creator", "byline",
               "article_author")
LONGEST = 140  # characters of an element that is a byline
_NAMED = re.compile(r"by-?line|(?:^|[\s_-])(?:author(?!i[sz])\w*|autor\w{0,3}|auteurs?|autore|writer|penulis|reporter"
                    r"|journalist)(?:$|[\s_-])|(?:article|post|story|entry|news)author|posted-by|written-by"
                    r"|(?-i:[a-z]Author)(?!i[sz])", re.IGNORECASE)
_PROFILE = re.compile(r"/(?:authors?|autor\w{0,3}|auteurs?|autori|by|staff|profile|people|person|team|contributors?|columnists?|journalists?"
                      r"|writers?|reporters?|redaktion|redakcja|skribent|avtor)/[^/]", re.IGNORECASE)
_BY = re.compile(r"(?i:(?:written |words |story |text |reviewed )?by|von|par|por|door|przez|oleh|nga|di|af|av)\s*:?\s+[^\W\d_a-zа-я]"
                 r"|(?i:автор|text|текст|autor|penulis|contributors?|authors?|بقلم|文|作者|記者|记者)\s*[:：]")
_WRITTEN_BY = re.compile(r"written by|author|geschrieben von|verfasst von|écrit par|auteur|escrito por|autor|scritto da|geschreven door"
                         r"|napisane przez|skrevet av|skriven av|yazan|автор|написано|ditulis oleh|作者|執筆者", re.IGNORECASE)
_STATED = etree.XPath("//body//*[@rel='author' or @itemprop='author']")


def extract_authors(evidence: Evidence, title: str | None) -> tuple[str, ...]:
    """Choose the authors: people of the JSON-LD, else of the tags, else of the byline; an outlet for want of people."""
    outlets = frozenset(squeeze(name) for name in evidence.titles.site_names) - {""}
    weak: tuple[str, ...] = ()
    for source in (_jsonld, _tags, _labelled, _near, _stated):
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


def _labelled(evidence: Evidence) -> Iterator[str]:
    """Read the card of a shared link, which many content systems label in the site's language."""
    for number in ("1", "2"):
        if _WRITTEN_BY.fullmatch(evidence.tags.first(f"twitter:label{number}") or ""):
            yield from evidence.tags.all(f"twitter:data{number}")


def _near(evidence: Evidence) -> Iterator[str]:
    """Read the byline that stands nearest to the heading: below it and before the text, else above it."""
    for elements in evidence.around:
        element = next(filter(is_byline, before_the_text(elements)), None)
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
    text = own_text(element, LONGEST)
    if not 2 < len(text) <= LONGEST:
        return False
    marked = is_marked(element)
    return (marked or _BY.match(text) is not None) and any(
        is_personal(name) or (_is_signature(element) and may_be_name(name)) for name in clean_authors([text]))


def is_marked(element: HtmlElement) -> bool:
    """Whether the page itself marks the element as a byline: by its class, its relation, its link to a profile."""
    return _is_signature(element) or _NAMED.search(element.get("class") or "") is not None


def _is_signature(element: HtmlElement) -> bool:
    return bool("author" in (element.get("rel") or "").split() or element.get("itemprop") == "author"
                or (element.tag == "a" and _PROFILE.search(element.get("href") or "")))
