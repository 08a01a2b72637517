"""Find who wrote an article: in its JSON-LD, its tags, its byline."""

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

from lxml import etree
from lxml.html import HtmlElement

from crawler.extract.facts.evidence import Evidence
from crawler.extract.facts.jsonld import Node, objects, squeeze, strings, types
from crawler.extract.facts.names import (
    clean_authors,
    cut_others_work,
    is_agency,
    is_collective,
    is_personal,
    may_be_name,
)
from crawler.extract.facts.surroundings import Spot, elements_at, has_own_text, own_text, stands_with_others
from crawler.extract.facts.vocabulary import BY, KINDS, LABELS, WRITTEN_BY
from crawler.extract.facts.written import find_written_date

AUTHOR_TAGS = (
    "parsely-author", "author", "byl", "sailthru.author", "article:author", "dc.creator", "dcterms.creator",
    "cxenseparse:author", "article:author_name", "authors", "citation_author", "article.author", "creator", "byline",
    "article_author",
)
SHORTEST_OUTLET = 6  # letters of an outlet's name that are looked for inside another name
LONGEST = 140  # characters of an element that is a byline
SOURCE_TAGS = (
    "news_source", "source", "article:source", "syndication-source", "original-source", "dc.source", "credit",
    "news-source", "cxenseparse:source", "byline_source",
)
OWNERS = ("sourceOrganization", "copyrightHolder", "provider", "creditText")
MOST_BOXES = 60
MOST_SIBLINGS = 4
MAY_BE_LABELS = ("strong", "b", "dt", "th", "em", "span", "label")
LONGEST_LABEL = 20
LONGEST_DATE_LINE = 60
_LABEL = re.compile(rf"(?:{KINDS}\s)?{LABELS}\s*[:：]?", re.IGNORECASE)
_NAMED = re.compile(
    r"by-?line|(?:^|[\s_-])(?:author(?!i[sz])\w*|autor\w{0,3}|auteurs?|autore|writer|penulis|reporter|journalist)"
    r"(?:$|[\s_-])|(?:article|post|story|entry|news)author|posted-by|written-by|(?-i:[a-z]Author)(?!i[sz])",
    re.IGNORECASE)
_NAMED_SIGNS = (  # a quick look: most classes name something else
    "author", "byline", "by-line", "autor", "auteur", "writer", "written-by", "penulis", "reporter", "journalist",
    "posted-by")
_PROFILE = re.compile(
    r"/(?:authors?|autor\w{0,3}|auteurs?|autori|by|staff|profiles?|people|person|team|contributors?|columnists?|writers?"
    r"|journalists?|reporters?|redaktion|redakcja|skribent|avtor)/[^/]", re.IGNORECASE)
_BY = re.compile(rf"(?i:(?:{KINDS}\s)?{BY})\s*:?\s+[^\W\d_a-zа-я]|(?i:{LABELS})\s*[:：]")
_WRITTEN_BY = re.compile(WRITTEN_BY, re.IGNORECASE)
_AUTHOR = re.compile(
    rf"(?:{WRITTEN_BY}|(?:the\s)?authors?|autor(?:en|in|es|a|ka)?(?:/in|/autor)?|auteure?s?|autore)\s*[:：]?",
    re.IGNORECASE)
# What a page says about its author, in a class of its own.
_ABOUT = re.compile(
    r"(?:author|autor|auteur|writer)[\w-]*(?:desc|bio|about|avatar|image|photo|social|title|role|position|job)",
    re.IGNORECASE)
_BOXES = etree.XPath("/html/body/descendant::*[contains(@class,'author') or contains(@class,'byline')"
                     " or contains(@href,'/author')]")
_SIGNED = etree.XPath("/html/body/descendant::a[@rel='author']")


@dataclass(frozen=True, kw_only=True)
class Authorship:
    """Who wrote an article, and which news agencies stand behind it."""

    authors: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()


def extract_authorship(evidence: Evidence) -> Authorship:
    """Choose the authors: people of the JSON-LD, else of the tags, else of the byline; an outlet for want of people.

    The agencies are those that any of these, or the stated owners of rights, name.
    """
    byline = tuple(_near(evidence))
    sources = (_jsonld(evidence), _tags(evidence), _labelled(evidence), byline, _beside_the_date(evidence),
               _stated(evidence), _behind_the_heading(evidence), _labelled_anywhere(evidence))
    stated = (*_jsonld(evidence), *_owners(evidence), *evidence.tags.all(*SOURCE_TAGS, *AUTHOR_TAGS), *byline)
    return Authorship(authors=_choose(sources, evidence),
                      agencies=tuple(name for name in clean_authors(stated) if is_agency(name)))


def _choose(sources: Iterable[Iterable[str]], evidence: Evidence) -> tuple[str, ...]:
    """Take the first source that names a person, without the outlets beside them; else the first that names any."""
    outlets = frozenset(squeeze(name) for name in evidence.titles.site_names) - {""}
    title = squeeze(evidence.headline or "")
    weak: tuple[str, ...] = ()
    for position, source in enumerate(sources):
        found = tuple(name for name in clean_authors(source, outlets=outlets) if squeeze(name) != title)
        people = tuple(name for name in found if _is_person(name, outlets))
        if people:
            return found if position == 0 else people  # what JSON-LD lists as authors are its authors
        weak = weak or found
    return weak or _only_person(evidence)


def _owners(evidence: Evidence) -> Iterator[str]:
    for node in evidence.article:
        for name in OWNERS:
            yield from _values(node.get(name), evidence.nodes)


def _values(value: object, nodes: tuple[Node, ...]) -> Iterator[str]:
    """Give the texts of a value and the names of the objects in it."""
    yield from strings(value)
    for item in objects(value, nodes):
        yield from strings(item.get("name"))


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
    for side in evidence.around:
        for spot in side.spots:
            label = _label_value(spot)
            if label or _may_be_byline(spot) or _is_signed(spot):
                yield from [label] if label else _pieces(spot.element)
                return


def _beside_the_date(evidence: Evidence) -> Iterator[str]:
    """Read a name that stands alone right beside the date line, as where the page marks neither."""
    for side in evidence.around:
        near = [spot for spot in side.spots if is_line(spot)]
        for one, other in pairwise(near):
            for name, date in ((one, other), (other, one)):
                if is_date_line(date, evidence.language) and _is_name_alone(name.text):
                    yield own_text(name.element)
                    return


def _behind_the_heading(evidence: Evidence) -> Iterator[str]:
    """Read a byline that has no element of its own: ``<h1>Headline</h1> by Jane Doe``."""
    for side in evidence.around[:1]:
        for element in (side.heading, *islice(side.heading.itersiblings(), MOST_SIBLINGS)):
            text = " ".join((element.tail or "").split())
            if _BY.match(text) and len(text) <= LONGEST:
                yield text
                return


def _labelled_anywhere(evidence: Evidence) -> Iterator[str]:
    """Read the name behind the first label of an author, wherever on the page: ``<b>Author</b> Jane Doe``."""
    for element in evidence.tree.iter(*MAY_BE_LABELS):
        text = (element.text or "").strip()
        if len(text) <= LONGEST_LABEL and _AUTHOR.fullmatch(text) and not stands_with_others(element):
            name = _label_value(Spot(element))
            if name:
                yield name
                return


def is_line(spot: Spot) -> bool:
    """Whether an element holds a short text of its own, not only through its children."""
    return spot.has_own_text and len(spot.text) <= LONGEST


def is_date_line(spot: Spot, language: str | None) -> bool:
    """Whether an element is a date and little else."""
    return len(spot.text) <= LONGEST_DATE_LINE and (
        spot.element.tag == "time" or find_written_date(spot.text, "text", language) is not None)


def _is_name_alone(text: str) -> bool:
    """Whether a text is names and nothing else; what keeps its comma is a place: "Palma, Mallorca"."""
    names = clean_authors([text])
    people = all(is_personal(name) and "," not in name for name in names)
    return bool(names) and people and sum(map(len, names)) + 6 * len(names) >= len(text)


def _label_value(spot: Spot) -> str | None:
    """Read the name behind a label that stands in an element of its own: ``<b>Author</b> Jane Doe``."""
    text = spot.text if spot.has_own_text else own_text(spot.element, LONGEST_LABEL)  # most are boxes of much text
    if len(text) > LONGEST_LABEL or not _LABEL.fullmatch(text):
        return None
    following = spot.element.getnext()
    beside = (spot.element.tail or "").strip() or (own_text(following, LONGEST) if following is not None else "")
    return beside if 0 < len(beside) <= LONGEST and any(map(is_personal, clean_authors([beside]))) else None


def _is_signed(spot: Spot) -> bool:
    """Whether a paragraph is nothing but names in bold or italics, as in papers that mark no byline."""
    element = spot.element
    inner = element[0] if element.tag == "p" and len(element) == 1 else None
    return inner is not None and inner.tag in ("strong", "b", "em", "i") and (
        own_text(inner) == own_text(element, LONGEST)) and _is_name_alone(own_text(element, LONGEST))


def _pieces(element: HtmlElement) -> Iterator[str]:
    """Read a byline name by name where each has an element of its own, also beside the first."""
    parent = element.getparent()
    if parent is not None and len(own_text(parent)) <= LONGEST:
        element = parent
    text = cut_others_work(own_text(element))
    inner = [piece for piece in element.iterdescendants() if is_byline(piece)]
    innermost = [own_text(piece) for piece in inner if not any(piece in other.iterancestors() for other in inner)]
    yield from [piece for piece in innermost if piece in text] or [text]


def _stated(evidence: Evidence) -> Iterator[str]:
    for element in (*elements_at(_SIGNED, evidence.tree)[:4], *evidence.marked.get("author", ())[:4]):
        if not stands_with_others(element):
            yield own_text(element)


def _only_person(evidence: Evidence) -> tuple[str, ...]:
    """Read an author's box wherever it stands: the person whom the page marks or links a profile of, if only one."""
    elements = islice(elements_at(_BOXES, evidence.tree), MOST_BOXES)
    marked = (element for element in elements if is_byline(element) and not stands_with_others(element))
    named = (name for element in marked for name in clean_authors(_pieces(element)))
    people = {squeeze(name): name for name in named if is_personal(name)}
    return tuple(people.values()) if len(people) == 1 else ()


def _may_be_byline(spot: Spot) -> bool:
    """Whether an element near the heading holds a byline, as ``is_byline`` tells."""
    marked = is_marked(spot.element)
    return (marked or spot.has_own_text) and _reads_as_byline(spot.element, spot.text, marked)


def is_byline(element: HtmlElement) -> bool:
    """Whether an element holds a byline and little else, by its names, its link or its first word."""
    marked = is_marked(element)
    return (marked or has_own_text(element)) and _reads_as_byline(element, own_text(element, LONGEST), marked)


def _reads_as_byline(element: HtmlElement, text: str, marked: bool) -> bool:
    if not 2 < len(text) <= LONGEST or not (marked or _BY.match(text)):
        return False
    return any(is_personal(name) or (_is_signature(element) and may_be_name(name)) for name in clean_authors([text]))


def is_marked(element: HtmlElement) -> bool:
    """Whether the page itself marks the element as a byline: by its class, its relation, its link to a profile."""
    names = element.get("class")
    return bool(names and _names_byline(names)) or _is_signature(element)


@functools.lru_cache(maxsize=2048)  # a page repeats its classes; the cache only remembers
def _names_byline(names: str) -> bool:
    lower = names.lower()
    return any(sign in lower for sign in _NAMED_SIGNS) and _NAMED.search(names) is not None and not _ABOUT.search(names)


def _is_signature(element: HtmlElement) -> bool:
    return bool("author" in (element.get("rel") or "").split() or element.get("itemprop") == "author"
                or (element.tag == "a" and _PROFILE.search(element.get("href") or "")))
