"""Find who wrote an article: in its JSON-LD, its tags, its byline."""

import itertools
import re
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement

from crawler.extract.evidence import Evidence
from crawler.extract.jsonld import Node, objects, squeeze, strings, types
from crawler.extract.names import clean_authors, is_agency, is_collective, is_personal, may_be_name
from crawler.extract.surroundings import before_the_text, own_text, stands_with_others
from crawler.extract.written import find_written_date

AUTHOR_TAGS = ("parsely-author", "author", "byl", "sailthru.author", "article:author", "dc.creator", "dcterms.creator",
               "cxenseparse:author", "article:author_name", "authors", "citation_author", "article.author", "creator", "byline",
               "article_author")
SHORTEST_OUTLET = 6  # letters of an outlet's name that are looked for inside another name
LONGEST = 140  # characters of an element that is a byline
LONGEST_LABEL = 20
LONGEST_DATE_LINE = 60
_LABEL = re.compile(r"(?:written |words |story |text )?(?:by|von|par|por|door|oleh)\s*:?|(?:the )?authors?\s*:?|autor(?:/?in(?:/autor)?|en|es|a|ka)?"
                    r"\s*:?|auteurs?\s*:?|autore\s*:?|автор\s*:?|penulis\s*:?|yazar\s*:?|作者\s*[:：]?|記者\s*[:：]?|著者\s*[:：]?", re.IGNORECASE)
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
    for source in (_jsonld, _tags, _labelled, _near, _beside_the_date, _stated):
        found = tuple(name for name in clean_authors(source(evidence), outlets=outlets) if squeeze(name) != squeeze(title or ""))
        if any(_is_person(name, outlets) for name in found):
            return found if source is _jsonld else tuple(name for name in found if _is_person(name, outlets))
        weak = weak or found
    return weak


def _is_person(name: str, outlets: frozenset[str]) -> bool:
    flat = squeeze(name)
    return not is_agency(name) and not is_collective(name) and not any(
        flat.startswith(outlet) or (len(outlet) >= SHORTEST_OUTLET and outlet in flat) for outlet in outlets)


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
        for element in before_the_text(elements):
            label = _label_value(element)
            if label or is_byline(element) or _is_signed(element):
                yield from [label] if label else _pieces(element)
                return


def _beside_the_date(evidence: Evidence) -> Iterator[str]:
    """Read a name that stands alone right beside the date line, as where the page marks neither."""
    for elements in evidence.around:
        near = [element for element in before_the_text(elements) if is_line(element)]
        for one, other in itertools.pairwise(near):
            for name, date in ((one, other), (other, one)):
                if is_date_line(date, evidence.language) and _is_name_alone(name):
                    yield own_text(name)
                    return


def is_line(element: HtmlElement) -> bool:
    """Whether an element holds a short text of its own, not only through its children."""
    return bool((element.text or "").strip() or any((child.tail or "").strip() for child in element)) and (
        len(own_text(element, LONGEST)) <= LONGEST)


def is_date_line(element: HtmlElement, language: str | None) -> bool:
    """Whether an element is a date and little else."""
    text = own_text(element, LONGEST_DATE_LINE)
    return len(text) <= LONGEST_DATE_LINE and (element.tag == "time" or find_written_date(text, "text", language) is not None)


def _is_name_alone(element: HtmlElement) -> bool:
    text = own_text(element, LONGEST)
    names = clean_authors([text])
    return bool(names) and all(map(is_personal, names)) and sum(map(len, names)) + 6 * len(names) >= len(text)


def _label_value(element: HtmlElement) -> str | None:
    """Read the name behind a label that stands in an element of its own: ``<b>Author</b> Jane Doe``."""
    if not _LABEL.fullmatch(own_text(element, LONGEST_LABEL + 1)):
        return None
    beside = (element.tail or "").strip() or (own_text(element.getnext(), LONGEST) if element.getnext() is not None else "")
    return beside if 0 < len(beside) <= LONGEST and any(map(is_personal, clean_authors([beside]))) else None


def _is_signed(element: HtmlElement) -> bool:
    """Whether a paragraph is nothing but names in bold or italics, as in papers that mark no byline."""
    inner = element[0] if element.tag == "p" and len(element) == 1 else None
    return inner is not None and inner.tag in ("strong", "b", "em", "i") and (
        own_text(inner) == own_text(element, LONGEST)) and _is_name_alone(element)


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
