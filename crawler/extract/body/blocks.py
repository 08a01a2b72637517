"""A page as blocks: every run of text between two block-level boundaries, in reading order, and where it stands.

One walk over the tree, without recursion, so that its cost is the page's size and its depth does not matter.
"""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree, html

MAX_BLOCKS = 12_000
"""A page has some 150 blocks, an endless one some thousands; what follows is another page's worth of text."""

UNSEEN = frozenset([
    "applet", "area", "audio", "base", "canvas", "datalist", "embed", "frame", "frameset", "head", "iframe",
    "input", "link", "map", "meta", "noembed", "noframes", "noscript", "object", "optgroup", "option", "param",
    "progress", "script", "select", "source", "style", "svg", "template", "textarea", "title", "track", "video",
])
INLINE = frozenset([
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "img", "ins", "kbd", "mark", "math", "nobr", "q", "rb", "rp", "rt", "ruby", "s", "samp", "small", "span",
    "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
])
HOLDERS = frozenset(["p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "td", "th", "dd", "dt"])
"""Elements whose spans belong to a running sentence; elsewhere a span that names a role is a block of its own."""

PLACES = ("figure", "aside", "nav", "footer", "header", "form", "list", "table", "article", "main", "quote", "section")
"""Elements that say where a block stands, by their own name."""

PLACE_OF_TAG = {
    "figure": "figure", "figcaption": "figure", "aside": "aside", "nav": "nav", "footer": "footer",
    "header": "header", "form": "form", "button": "form", "label": "form", "ul": "list", "ol": "list", "dl": "list",
    "table": "table", "article": "article", "main": "main", "blockquote": "quote", "section": "section",
}

ROLE_WORDS = {
    "related": r"relat|recommend|recirc|more[-_]?(?:from|on|stor|news|article|top|link)|read[-_]?(?:next|more|also|on)"
               r"|also[-_]|trending|popular|most[-_]|latest|teaser|suggest|onward|further|outbrain|taboola|similar",
    "share": r"shar(?:e|ing)|social|facebook|twitter|whatsapp|follow|sociab|addthis|bookmark|print[-_]?",
    "caption": r"caption|credit|legend|copyright|cutline|attribution",
    "media": r"image|photo|picture|figure|galler|slid|carousel|thumb|video|player|audio|podcast|media|img|lightbox",
    "author": r"author|byline|by-line|\bbio|writer|reporter|contributor|profile|avatar|autor|journalist",
    "comment": r"comment|discuss|disqus|repl(?:y|ies)|respond|kommentar|feedback",
    "appeal": r"newsletter|subscri|sign-?up|signin|regist|login|paywall|premium|donat|support|member|offer|cta\b|promo"
              r"|abo\b|upsell|app-?link",
    "nav": r"nav|menu|crumb|pagin|pager|toolbar|\btoc\b|tabs?\b|skip",
    "foot": r"foot|bottom|colophon|legal|disclaim|imprint",
    "side": r"sidebar|aside|widget|rail\b|secondary|right-?col|infobox|factbox|fact-?box|panel|\bbox|module",
    "meta": r"meta|date|time|publish|updated|tags?\b|categor|topic|keyword|label|kicker|eyebrow|\binfo|source|location",
    "advert": r"\bads?\b|\bads?[-_]|[-_]ads?\b|advert|sponsor|banner|dfp|commercial|werbung|anzeige|partner",
    "consent": r"cookie|consent|gdpr|privacy|modal|popup|pop-up|overlay|dialog|notice|alert|toast|warning",
    "title": r"title|headline|heading|\bhed\b|header",
    "deck": r"sub-?(?:title|head)|deck|\bdek\b|standfirst|lead|lede|summary|abstract|excerpt|intro|descri|synopsis"
            r"|highlight|key-?point",
    "body": r"article[-_]?(?:body|content|text|main|inner)|body|content|text|story|entry|post|prose|paragraph|main"
            r"|\bcopy|article",
    "card": r"card|item|tile|grid|list|feed|stream|block|row|wrap",
    "embed": r"embed|tweet|instagram|quote|pull|oembed",
    "live": r"live|ticker|timeline|update",
    "hidden": r"hidden|hide|sr-only|visually|screen-?reader|noprint|invisible|collaps|d-none|inactive",
}
"""Words of class names, ids and roles as page builders everywhere use them; each is only a hint for the model."""

ROLES = tuple(ROLE_WORDS)
_ROLE_PATTERN = re.compile("|".join(f"(?P<{role}>{words})" for role, words in ROLE_WORDS.items()))
_LOUD_SPAN = re.compile(r"caption|credit|byline|author|copyright|share|date|kicker|label|related", re.IGNORECASE)
_UNDISPLAYED = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MAX_WORDS, _MAX_WORD = 40, 60
_NAMING = ("class", "id", "itemprop", "role", "data-testid", "data-component", "data-type", "data-module")

NEAREST = PLACES + ROLES
"""What a block is asked about its ancestors: the nearest one of each kind."""

_PLACE_INDEX = {tag: NEAREST.index(place) for tag, place in PLACE_OF_TAG.items()}
_ROLE_INDEX = {role: NEAREST.index(role) for role in ROLES}
_HIDDEN = _ROLE_INDEX["hidden"]
_NOWHERE = (-1,) * len(NEAREST)


@dataclass(slots=True)
class Node:
    """A block-level element: what it is, and (by index into the page's nodes) what it stands in."""

    tag: str
    parent: int
    depth: int
    name: str
    nearest: tuple[int, ...]
    position: int
    """Index among the children of its parent."""
    children: int = 0


@dataclass(slots=True)
class Block:
    """A run of text with no block-level boundary inside."""

    text: str
    node: int
    linked: int
    links: int
    strong: int
    broken: bool
    """Whether a line break, not an element, starts it."""


@dataclass(slots=True)
class Blocks:
    """The blocks of a page and the elements that they stand in; node 0 is the page itself."""

    nodes: list[Node] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)


def find_blocks(tree: html.HtmlElement) -> Blocks:
    """Cut a page into blocks in reading order; at most ``MAX_BLOCKS``."""
    walk = _Walk()
    walker = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walker:
        if event == "end":
            walk.leave(element)
            if len(walk.page.blocks) >= MAX_BLOCKS:
                break
        elif not walk.enter(element):
            walker.skip_subtree()
    walk.cut()
    return walk.page


class _Walk:
    """The state of one walk: the open elements, and the text gathered since the last boundary."""

    def __init__(self) -> None:
        self.page = Blocks(nodes=[Node("", -1, 0, "", _NOWHERE, 0)])
        self.node = 0
        self.linked_depth = 0
        self.strong_depth = 0
        self.pieces: list[str] = []
        self.linked = self.links = self.strong = 0
        self.broken = False
        self.roles: dict[str, tuple[int, ...]] = {}
        self.opened: list[int] = []  # per open element: 0 unseen, 1 inline, 2 link, 3 strong, 4 block

    def enter(self, element: etree._Element) -> bool:
        """Open an element; False where nothing below it is text of the page."""
        tag = element.tag
        if not isinstance(tag, str) or tag in UNSEEN:
            self.opened.append(0)
            return False
        if tag == "br":
            self.cut()
            self.broken = True
            self.opened.append(1)
        elif tag in INLINE and not (tag == "span" and self._is_loud(element)):
            self.opened.append(self._enter_inline(tag))
        else:
            self._enter_block(element, tag)
            self.opened.append(4)
        if element.text:
            self._add(element.text)
        return True

    def leave(self, element: etree._Element) -> None:
        """Close an element and read the text after it."""
        kind = self.opened.pop()
        if kind == 4:
            self.cut()
            self.node = self.page.nodes[self.node].parent
        elif kind == 2:
            self.linked_depth -= 1
        elif kind == 3:
            self.strong_depth -= 1
        if element.tail and self.opened:
            self._add(element.tail)

    def cut(self) -> None:
        """End the block that is open."""
        if self.pieces:
            text = " ".join("".join(self.pieces).split())
            if text:
                self.page.blocks.append(Block(text, self.node, self.linked, self.links, self.strong, self.broken))
            self.pieces = []
        self.linked = self.links = self.strong = 0
        self.broken = False

    def _enter_inline(self, tag: str) -> int:
        if tag == "a":
            self.linked_depth += 1
            self.links += 1
            return 2
        if tag in ("b", "strong"):
            self.strong_depth += 1
            return 3
        return 1

    def _enter_block(self, element: etree._Element, tag: str) -> None:
        self.cut()
        nodes = self.page.nodes
        parent = nodes[self.node]
        index = len(nodes)
        name = " ".join(filter(None, map(element.get, _NAMING)))
        nodes.append(Node(tag, self.node, parent.depth + 1, name,
                          self._nearest(parent, index, tag, name, element), parent.children))
        parent.children += 1
        self.node = index

    def _nearest(self, parent: Node, index: int, tag: str, name: str, element: etree._Element) -> tuple[int, ...]:
        kinds = self._kinds(tag, name)
        if _is_undisplayed(element):
            kinds = (*kinds, _HIDDEN)
        if not kinds:
            return parent.nearest
        nearest = list(parent.nearest)
        for kind in kinds:
            nearest[kind] = index
        return tuple(nearest)

    def _kinds(self, tag: str, name: str) -> tuple[int, ...]:
        place = _PLACE_INDEX.get(tag)
        here = () if place is None else (place,)
        if not name:
            return here
        roles = self.roles.get(name)
        if roles is None:
            roles = self.roles[name] = tuple(sorted(set(_find_roles(name))))
        return here + roles

    def _is_loud(self, element: etree._Element) -> bool:
        name = element.get("class")
        return bool(name) and self.page.nodes[self.node].tag not in HOLDERS and bool(_LOUD_SPAN.search(name or ""))

    def _add(self, text: str) -> None:
        self.pieces.append(text)
        if self.linked_depth or self.strong_depth:
            length = len(text.strip())
            if self.linked_depth:
                self.linked += length
            if self.strong_depth:
                self.strong += length


def _find_roles(name: str) -> Iterator[int]:
    for word in name.split()[:_MAX_WORDS]:
        yield from _roles_of(word)


@functools.lru_cache(maxsize=8192)  # for speed only: class names recur from element to element and page to page
def _roles_of(word: str) -> tuple[int, ...]:
    return tuple(_ROLE_INDEX[match.lastgroup or ""] for match in _ROLE_PATTERN.finditer(word.lower()[:_MAX_WORD]))


def _is_undisplayed(element: etree._Element) -> bool:
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    style = element.get("style")
    return style is not None and _UNDISPLAYED.search(style) is not None
