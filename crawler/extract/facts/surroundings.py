"""What stands around an article's heading, where its byline and its date line stand."""

import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, pairwise

from lxml import etree
from lxml.html import HtmlElement

MOST_BEFORE = 40  # elements; a kicker, a breadcrumb or a date line above the heading
MOST_AFTER = 160  # elements; a deck, a picture, buttons to share, the byline
PROSE = 150  # characters of a paragraph that is text and no date line
DECKS = 2  # such paragraphs may stand above the byline: a deck, a caption
_NOT_READ = frozenset({
    "script", "style", "noscript", "svg", "template", "iframe", "form", "button", "select", "video", "audio", "figure",
    "figcaption", "nav", "footer", "picture", "img", "object",
})
_UNSEEN = frozenset({"script", "style", "noscript", "template", "svg", "button"})
# Words in the names of such blocks, which white space, dashes and underscores part; beginnings of words; pairs.
_OTHERS = frozenset("""
    comment comments kommentar kommentare related sidebar footer teaser teasers popular trending mostread newsletter
    morenews morestories morefrom latest breadcrumb breadcrumbs caption tooltip modal menu nav navbar taboola outbrain
    """.split())
_OTHERS_BEGIN = ("recommend", "promo", "cookie", "advert")
_OTHER_PAIRS = frozenset({("most", "read"), ("more", "news"), ("more", "stories"), ("more", "from")})


@dataclass(frozen=True, eq=False)
class Spot:
    """An element near a heading; what it shows is read once, though several judge it."""

    element: HtmlElement

    @cached_property
    def text(self) -> str:
        """The element's text if it is no longer than ``PROSE`` characters, else its beginning, which is longer."""
        return own_text(self.element, PROSE)

    @cached_property
    def has_own_text(self) -> bool:
        """Whether the element holds text itself, not only through its children."""
        return has_own_text(self.element)


@dataclass(frozen=True, eq=False)
class Neighbourhood:
    """The elements on one side of a heading, before the text begins.

    Whole blocks that speak of something else (comments, related stories, forms, pictures) are left out.
    """

    heading: HtmlElement
    is_after: bool

    @cached_property
    def spots(self) -> tuple[Spot, ...]:
        """The elements after the heading in reading order, or those before it, the nearest first."""
        side = islice(_after(self.heading), MOST_AFTER) if self.is_after else islice(_before(self.heading), MOST_BEFORE)
        return tuple(_before_the_text(side))


def around(heading: HtmlElement) -> tuple[Neighbourhood, Neighbourhood]:
    """Give what stands after a heading and what stands before it."""
    return Neighbourhood(heading, is_after=True), Neighbourhood(heading, is_after=False)


def _before_the_text(elements: Iterable[HtmlElement]) -> Iterator[Spot]:
    """Give elements until some paragraphs of text have passed: a byline or a date further down is another story's."""
    paragraphs = 0
    for spot in map(Spot, elements):
        if spot.element.tag == "p" and len(spot.text) >= PROSE:
            paragraphs += 1
            if paragraphs > DECKS:
                return
        yield spot


def is_about_others(element: HtmlElement) -> bool:
    """Whether the block, by its tag or its names, holds something else than the article and its byline."""
    tag = element.tag
    if tag in _NOT_READ or not isinstance(tag, str):
        return True
    names, identity = element.get("class"), element.get("id")
    return bool(names and _names_others(names)) or bool(identity and _names_others(identity))


@functools.lru_cache(maxsize=2048)  # a page repeats its classes; the cache only remembers
def _names_others(names: str) -> bool:
    words = names.lower().replace("_", " ").replace("-", " ").split()
    return not (_OTHERS.isdisjoint(words) and _OTHER_PAIRS.isdisjoint(pairwise(words))) or any(
        word.startswith(_OTHERS_BEGIN) for word in words)


def stands_with_others(element: HtmlElement) -> bool:
    """Whether the element stands inside such a block."""
    return is_about_others(element) or any(
        is_about_others(parent) for parent in element.iterancestors() if parent.tag not in ("body", "html"))


def own_text(element: HtmlElement, most: int = 10_000) -> str:
    """Read an element's text, scripts left out, the words of neighbouring elements kept apart; stop after ``most``."""
    if not isinstance(element.tag, str) or element.tag in _UNSEEN:
        return ""
    if not len(element):
        return " ".join((element.text or "").split())
    read = 0
    words: list[str] = []
    for text in _texts(element):
        words += text.split()
        read += len(text.strip())
        if read > most:
            break
    return " ".join(words)


def has_own_text(element: HtmlElement) -> bool:
    """Whether an element holds text itself, not only through its children."""
    return bool((element.text or "").strip()) or any((child.tail or "").strip() for child in element)


def elements_at(path: etree.XPath, tree: HtmlElement) -> list[HtmlElement]:
    """Give the elements at a path, which must select elements and nothing else."""
    found = path(tree)
    return found if isinstance(found, list) else []


def _texts(element: HtmlElement) -> Iterator[str]:
    """Give the texts in an element, in reading order, without recursion: pages nest deeper than Python does."""
    if element.text:
        yield element.text
    entered, open_elements = [iter(element)], [element]
    while entered:
        child = next(entered[-1], None)
        if child is None:
            entered.pop()
            ended = open_elements.pop()
            if entered and ended.tail:
                yield ended.tail
            continue
        if isinstance(child.tag, str) and child.tag not in _UNSEEN:
            if child.text:
                yield child.text
            if len(child):
                entered.append(iter(child))
                open_elements.append(child)
                continue
        if child.tail:
            yield child.tail


def _after(element: HtmlElement) -> Iterator[HtmlElement]:
    while element is not None and element.tag != "body":
        for sibling in element.itersiblings():
            yield from _walk(sibling)
        element = element.getparent()


def _before(element: HtmlElement) -> Iterator[HtmlElement]:
    while element is not None and element.tag != "body":
        for sibling in element.itersiblings(preceding=True):
            yield from reversed(tuple(islice(_walk(sibling), MOST_BEFORE)))
        element = element.getparent()


def _walk(element: HtmlElement) -> Iterator[HtmlElement]:
    if is_about_others(element):
        return
    yield element
    entered = [iter(element)]
    while entered:
        child = next(entered[-1], None)
        if child is None:
            entered.pop()
        elif not is_about_others(child):
            yield child
            if len(child):
                entered.append(iter(child))
