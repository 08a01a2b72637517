"""What stands around an article's heading, where its byline and its date line stand."""

import re
from collections.abc import Iterable, Iterator

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
_OTHERS = re.compile(
    r"(?:^|[\s_-])(?:comments?|kommentare?|related|recommend\w*|sidebar|footer|teasers?|popular|trending|most-?read|newsletter"
    r"|promo\w*|more-?(?:news|stories|from)|latest|breadcrumbs?|caption|tooltip|modal|menu|nav|navbar|cookie\w*"
    r"|advert\w*|taboola|outbrain)(?:$|[\s_-])", re.IGNORECASE)


def around(heading: HtmlElement) -> tuple[tuple[HtmlElement, ...], tuple[HtmlElement, ...]]:
    """Give the elements before the heading, the nearest first, and those after it, in reading order.

    Whole blocks that speak of something else (comments, related stories, forms, pictures) are left out.
    """
    return _take(_before(heading), MOST_BEFORE), _take(_after(heading), MOST_AFTER)


def before_the_text(elements: Iterable[HtmlElement]) -> Iterator[HtmlElement]:
    """Give elements until some paragraphs of text have passed: a byline or a date further down is another story's."""
    paragraphs = 0
    for element in elements:
        if element.tag == "p" and len(own_text(element, PROSE)) >= PROSE:
            paragraphs += 1
            if paragraphs > DECKS:
                return
        yield element


def is_about_others(element: HtmlElement) -> bool:
    """Whether the block, by its tag or its names, holds something else than the article and its byline."""
    return element.tag in _NOT_READ or not isinstance(element.tag, str) or bool(
        _OTHERS.search(element.get("class") or "") or _OTHERS.search(element.get("id") or ""))


def stands_with_others(element: HtmlElement) -> bool:
    """Whether the element stands inside such a block."""
    return is_about_others(element) or any(
        is_about_others(parent) for parent in element.iterancestors() if parent.tag not in ("body", "html"))


def own_text(element: HtmlElement, most: int = 10_000) -> str:
    """Read an element's text, scripts left out, the words of neighbouring elements kept apart; stop after ``most``."""
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
    waiting: list[HtmlElement | str] = [element]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            yield item
            continue
        if item is not element and item.tail:
            waiting.append(item.tail)
        if isinstance(item.tag, str) and item.tag not in _UNSEEN:
            waiting.extend(reversed(item))
            if item.text:
                yield item.text


def _take(elements: Iterator[HtmlElement], most: int) -> tuple[HtmlElement, ...]:
    return tuple(element for element, _ in zip(elements, range(most), strict=False))


def _after(element: HtmlElement) -> Iterator[HtmlElement]:
    while element is not None and element.tag != "body":
        for sibling in element.itersiblings():
            yield from _walk(sibling)
        element = element.getparent()


def _before(element: HtmlElement) -> Iterator[HtmlElement]:
    while element is not None and element.tag != "body":
        for sibling in element.itersiblings(preceding=True):
            yield from reversed(_take(_walk(sibling), MOST_BEFORE))
        element = element.getparent()


def _walk(element: HtmlElement, depth: int = 0) -> Iterator[HtmlElement]:
    if depth < 40 and not is_about_others(element):
        yield element
        for child in element:
            yield from _walk(child, depth + 1)
