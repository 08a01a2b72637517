"""What others say the page's text is: trafilatura's reading, the page's own articleBody, title and description.

A reading is compared with blocks by squeezed text (letters and digits only), so that spacing, quotes and markup do not
matter.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

import trafilatura
from lxml import etree, html
from trafilatura.settings import Document, Extractor

from crawler.extract.body.blocks import HOLDERS, Block, Blocks
from crawler.extract.body.characters import UNSPACED

_MARKUP = re.compile(r"<[^>]{1,200}>|&[a-z]{2,6};")
_AUTHOR = re.compile(r'"author"\s*:\s*[\[{][^\]}]{0,200}?"name"\s*:\s*"([^"]{4,60})"')
_MAX_READING = 400_000
_MAX_JSON_NODES = 5_000
_HEADLINES = ("og:title", "twitter:title")
_DESCRIPTIONS = ("og:description", "description", "twitter:description")
_LINKED_DATA = "application/ld+json"
_LINKED_DATA_SCRIPTS = f'.//script[@type="{_LINKED_DATA}"]'
_NO_TEXT = ("style", "svg", "link", "noscript", "template", "canvas", "select", "input", "source", "track", "textarea")
_NEVER_READ = (
    "aside", "audio", "button", "dialog", "embed", "fieldset", "footer", "iframe", "label", "map", "menu", "nav",
    "object", "picture", "time", "video",
)
"""What trafilatura takes out of each of its copies of a page before it reads; "form" and "figure" it may keep."""
_OPTIONS = Extractor(output_format="python", fast=True, recall=True, comments=False)
SENTENCE, _DENSE_SENTENCE = 60, 24
"""Characters outside links from which a block may be a sentence; the second in scripts without spaces."""
_SENTENCE_TAGS = HOLDERS - {"h1"} | {"pre"}
"""Elements in which shorter lines of an article stand, the more if they are no links."""
_WANTED = frozenset((*_HEADLINES, *_DESCRIPTIONS, "author"))


@dataclass(frozen=True, slots=True)
class Readings:
    """Squeezed texts of one page; empty where nothing was said."""

    trafilatura: str
    article_body: str
    held: Sequence[bool]
    """Whether each element of the page was there to be read."""
    titles: tuple[str, ...]
    descriptions: tuple[str, ...]
    authors: tuple[str, ...]
    about: str
    """Titles and descriptions as they stand."""


NO_READINGS = Readings("", "", (), (), (), (), "")


def squeeze(text: str) -> str:
    """Leave letters and digits, in lower case."""
    return _leave_letters(text, set(text)).lower()


def squeeze_all(texts: Sequence[str]) -> list[str]:
    """Squeeze texts of one line each."""
    joined = "\n".join(texts)
    return _leave_letters(joined, set(joined) - {"\n"}).lower().split("\n")


def _leave_letters(text: str, characters: Iterable[str]) -> str:
    for character in characters:  # some twenty signs, each a quick search: ten times as fast as a regular expression
        if not character.isalnum():
            text = text.replace(character, "")
    return text


def strip(tree: html.HtmlElement) -> None:
    """Take out of a page what nobody reads as text: every later copy and search of the page is cheaper for it."""
    for script in list(tree.iter("script")):
        if script.get("type") != _LINKED_DATA:
            script.clear(keep_tail=True)
    etree.strip_elements(tree, etree.Comment, etree.ProcessingInstruction, *_NO_TEXT, with_tail=False)


def read_with_others(tree: html.HtmlElement, page: Blocks, elements: Sequence[etree._Element]) -> Readings:
    """Gather what others read on a page that was walked; the tree is used up by it."""
    metas = dict(_find_metas(tree))
    titles = [metas.get(name, "") for name in _HEADLINES] + [tree.findtext(".//title") or ""]
    authors = (metas.get("author", ""), *_find_authors(tree))
    article_body = squeeze(find_article_body(tree))
    descriptions = [metas.get(name, "") for name in _DESCRIPTIONS]
    return Readings(
        about=" ".join(filter(None, titles + descriptions)),
        held=leave_prose(page, elements),
        article_body=article_body,
        titles=tuple(dict.fromkeys(filter(None, map(squeeze, titles)))),
        authors=tuple(dict.fromkeys(filter(_is_name, map(squeeze, authors)))),
        descriptions=tuple(dict.fromkeys(filter(None, map(squeeze, descriptions)))),
        trafilatura=squeeze(read_with_trafilatura(tree)),
    )


def leave_prose(page: Blocks, elements: Sequence[etree._Element]) -> list[bool]:
    """Take the elements that hold no prose out of a walked page: menus, teasers and bars, three quarters of all.

    trafilatura copies and searches what it is given dozens of times; so it takes less than half as long. What stands
    in them is nearly never read, and the line filter is trained on what is. Returns for each element whether it stays.
    """
    nodes = page.nodes
    holds = [False] * len(nodes)
    for block in page.blocks:
        holds[block.node] = holds[block.node] or _is_prose(block, nodes.tags[block.node])
    for number in range(len(nodes) - 1, 0, -1):
        if holds[number]:
            holds[nodes.parents[number]] = True
    if not holds[0]:
        return [True] * len(nodes)
    for number in range(1, len(nodes)):
        if not holds[number] and holds[nodes.parents[number]]:
            cast(html.HtmlElement, elements[number]).drop_tree()
    return holds


def _is_prose(block: Block, tag: str) -> bool:
    """Tell whether a block may be a sentence, or is a short line where sentences stand."""
    plain = len(block.text) - block.linked
    if plain >= SENTENCE:
        return True
    if tag in _SENTENCE_TAGS and plain > block.linked:
        return True
    return plain >= _DENSE_SENTENCE and not block.text.isascii() and UNSPACED.search(block.text) is not None


def read_with_trafilatura(tree: html.HtmlElement) -> str:
    """Read the page with trafilatura, without comments and metadata; empty where it finds nothing.

    The fast way in favour of recall: its second opinions cost half as much again, and the line filter is a better one.
    What it never reads is taken out of the tree beforehand: it copies and searches the page several times.
    """
    if any(next(paragraph.iterancestors(*_NEVER_READ), None) is None for paragraph in tree.iter("p")):
        etree.strip_elements(tree, *_NEVER_READ, with_tail=False)
    document = trafilatura.bare_extraction(tree, options=_OPTIONS)
    return (document.text or "")[:_MAX_READING] if isinstance(document, Document) else ""


def find_article_body(tree: html.HtmlElement) -> str:
    """The text that the page's JSON-LD gives as the article's; empty without one."""
    for script in tree.iterfind(_LINKED_DATA_SCRIPTS):
        source = script.text or ""
        if "articleBody" not in source:
            continue
        try:
            value = json.loads(source, strict=False)
        except (ValueError, RecursionError):
            continue
        for body in _find_values(value, "articleBody"):
            return _MARKUP.sub(" ", body)[:_MAX_READING]
    return ""


def _find_authors(tree: html.HtmlElement) -> Iterator[str]:
    for script in tree.iterfind(_LINKED_DATA_SCRIPTS):
        yield from _AUTHOR.findall(script.text or "")


def _is_name(key: str) -> bool:
    return 4 <= len(key) <= 60 and not key.startswith("http")


def _find_values(value: Any, name: str) -> Iterator[str]:
    waiting, seen = [value], 0
    while waiting and seen < _MAX_JSON_NODES:
        seen += 1
        thing = waiting.pop()
        if isinstance(thing, dict):
            found = thing.get(name)
            if isinstance(found, str) and found.strip():
                yield found
            waiting.extend(thing.values())
        elif isinstance(thing, list):
            waiting.extend(thing)


def _find_metas(tree: html.HtmlElement) -> Iterator[tuple[str, str]]:
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or "").lower()
        content = meta.get("content")
        if content and name in _WANTED:
            yield name, content
