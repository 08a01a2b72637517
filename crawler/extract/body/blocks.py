"""A page as blocks: every run of text between two block-level boundaries, in reading order, and where it stands.

One walk over the tree, without recursion, so that its cost is the page's size and its depth does not matter.
"""

import itertools
import re
from dataclasses import dataclass, field
from typing import cast
from urllib.parse import urlsplit

from lxml import etree, html

from store.memo import remember

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
    "related": "relat recommend recirc more-from more-on more-stor more-news more-article readnext read-next readmore "
               "read-more read-also also- trending popular most- latest teaser suggest onward further outbrain taboola "
               "similar",
    "share": "share sharing social facebook twitter whatsapp follow sociab addthis bookmark print",
    "caption": "caption credit legend copyright cutline attribution",
    "media": "image photo picture figure galler slid carousel thumb video player audio podcast media img lightbox",
    "author": "author byline by-line writer reporter contributor profile avatar autor journalist",
    "comment": "comment discuss disqus reply replies respond kommentar feedback",
    "appeal": "newsletter subscri signup sign-up signin regist login paywall premium donat support member offer promo "
              "upsell app-link",
    "nav": "nav menu crumb pagin pager toolbar skip",
    "foot": "foot bottom colophon legal disclaim imprint",
    "side": "sidebar aside widget secondary right-col infobox factbox fact-box panel module",
    "meta": "meta date time publish categor topic keyword label kicker eyebrow source location",
    "advert": "advert sponsor banner dfp commercial werbung anzeige partner",
    "consent": "cookie consent gdpr privacy modal popup pop-up overlay dialog notice alert toast warning",
    "title": "title headline heading header",
    "deck": "subtitle sub-title subhead sub-head deck standfirst lead lede summary abstract excerpt intro descri "
            "synopsis highlight keypoint key-point",
    "body": "article body content text story entry post prose paragraph main",
    "card": "card item tile grid list feed stream block row wrap",
    "embed": "embed tweet instagram quote pull",
    "live": "live ticker timeline update",
    "hidden": "hidden hide sr-only visually screenreader screen-reader noprint invisible collaps d-none inactive",
}
"""Pieces of class names, ids and roles as page builders everywhere use them; each is only a hint for the model."""

ROLE_NAMES = {
    "ad": "advert", "ads": "advert", "bio": "author", "toc": "nav", "tab": "nav", "tabs": "nav", "abo": "appeal",
    "cta": "appeal", "rail": "side", "box": "side", "info": "meta", "tag": "meta", "tags": "meta", "hed": "title",
    "dek": "deck", "copy": "body",
}
"""Words that say so only when they stand alone."""

ROLES = tuple(ROLE_WORDS)
_ROLE_OF_PIECE = {piece: role for role, pieces in ROLE_WORDS.items() for piece in pieces.split()}
_PIECES = sorted(_ROLE_OF_PIECE, key=lambda piece: (piece[0], -len(piece), piece))
_PIECE = re.compile("|".join(
    f"{initial}(?:{'|'.join(piece[1:] for piece in pieces)})"  # one branch a letter: a third of the time of one a piece
    for initial, pieces in itertools.groupby(_PIECES, key=lambda piece: piece[0])))
_NAME = re.compile("[a-z]+")
_LOUD_SPAN = re.compile(r"caption|credit|byline|author|copyright|share|date|kicker|label|related", re.IGNORECASE)
_UNDISPLAYED = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MAX_WORDS, _MAX_WORD = 40, 60
_NAMING = frozenset(["class", "id", "itemprop", "role", "data-testid", "data-component", "data-type", "data-module"])
_HIDING = frozenset(["hidden", "aria-hidden", "style"])

NEAREST = (*PLACES, *(role for role in ROLES if role not in PLACES))
"""What a block is asked about its ancestors: the nearest one of each kind."""

_UNSEEN, _INLINE, _LINK, _STRONG, _SLANTED, _BLOCK = range(6)
_KIND_OF_TAG = {
    **dict.fromkeys(UNSEEN, _UNSEEN), **dict.fromkeys(INLINE, _INLINE), "br": _INLINE,
    "a": _LINK, "b": _STRONG, "strong": _STRONG, "i": _SLANTED, "em": _SLANTED, "cite": _SLANTED,
}
"""What each element is; all others are block-level."""

_PLACE_INDEX = {tag: NEAREST.index(place) for tag, place in PLACE_OF_TAG.items()}
_ROLE_INDEX = {role: NEAREST.index(role) for role in ROLES}
_HIDDEN = _ROLE_INDEX["hidden"]


@dataclass(slots=True)
class Nodes:
    """The block-level elements of a page in its order, a column a fact; number 0 is the page itself."""

    tags: list[str]
    parents: list[int]
    depths: list[int]
    names: list[str]
    """Classes, ids and the like, as they stand."""
    makes: list[int]
    """The same number for the same tag and names."""
    kinds: list[tuple[int, ...]]
    """What each is, by the index of ``NEAREST``."""
    positions: list[int]
    """Index among the children of its parent."""
    children: list[int]

    def __len__(self) -> int:
        return len(self.tags)

    def inside(self, kind: int) -> list[bool]:
        """Tell of each element whether it is of a kind or stands in one that is."""
        found: list[bool] = []
        for parent, kinds in zip(self.parents, self.kinds, strict=True):
            found.append(kind in kinds or (parent >= 0 and found[parent]))
        return found


def plant() -> Nodes:
    """The elements of a page of which nothing is known yet."""
    return Nodes([""], [-1], [0], [""], [-1], [()], [0], [0])


@dataclass(slots=True)
class Block:
    """A run of text with no block-level boundary inside."""

    text: str
    node: int
    linked: int = 0
    """Characters in links, in bold, in italics."""
    strong: int = 0
    slanted: int = 0
    links: int = 0
    abroad: int = 0
    """Links to other hosts."""
    times: int = 0
    """Elements of time between the block before and this one's end."""


@dataclass(slots=True)
class Blocks:
    """The blocks of a page and the elements that they stand in."""

    nodes: Nodes = field(default_factory=plant)
    blocks: list[Block] = field(default_factory=list)


def find_blocks(tree: html.HtmlElement, *, url: str = "") -> Blocks:
    """Cut a page into blocks in reading order; at most ``MAX_BLOCKS``."""
    return walk(tree, url=url)[0]


def walk(tree: html.HtmlElement, *, url: str = "") -> tuple[Blocks, list[etree._Element]]:
    """Cut a page into blocks as ``find_blocks`` does; with them the element of each node, the page itself first."""
    state = _Walk(tree, _find_host(url))
    walker = etree.iterwalk(tree, events=("start", "end"))
    enter, leave, blocks = state.enter, state.leave, state.page.blocks
    for event, element in walker:
        if event == "end":
            leave(element)
            if len(blocks) >= MAX_BLOCKS:
                break
        elif not enter(element):
            walker.skip_subtree()
    state.cut()
    return state.page, state.elements


def _find_host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:  # brackets that are no IPv6 address
        return ""


class _Walk:
    """The state of one walk: the open elements, and the text gathered since the last boundary.

    Of all that is done to a page this is done most often, some 800 times: hence the few calls and the local names.
    """

    def __init__(self, tree: html.HtmlElement, host: str) -> None:
        self.page = Blocks()
        self.elements: list[etree._Element] = [tree]
        self.host = host.removeprefix("www.")
        self.node = 0
        self.depths = [0] * 6
        self.marked = 0  # how many links, bold and slanted elements are open
        self.pieces: list[str] = []
        self.open = Block("", 0)
        self.makes: dict[tuple[str, str], tuple[int, tuple[int, ...]]] = {}
        self.opened: list[int] = []

    def enter(self, element: etree._Element) -> bool:
        """Open an element; False where nothing below it is text of the page."""
        tag = element.tag
        kind = _KIND_OF_TAG.get(tag, _BLOCK)
        if kind == _UNSEEN or not isinstance(tag, str):
            self.opened.append(_UNSEEN)
            return False
        if kind == _BLOCK:
            self._enter_block(element, tag)
        elif tag == "span" and self._is_loud(element):
            kind = _BLOCK
            self._enter_block(element, tag)
        elif tag != "span":
            self._enter_inline(element, tag, kind)
        self.opened.append(kind)
        text = element.text
        if text:
            self._add(text)
        return True

    def leave(self, element: etree._Element) -> None:
        """Close an element and read the text after it."""
        kind = self.opened.pop()
        if kind == _BLOCK:
            if self.pieces:
                self.cut()
            self.node = self.page.nodes.parents[self.node]
        elif kind >= _LINK:
            self.depths[kind] -= 1
            self.marked -= 1
        tail = element.tail
        if tail and self.opened:
            self._add(tail)

    def cut(self) -> None:
        """End the block that is open; what was passed by on the way to a block counts for it."""
        text = " ".join("".join(self.pieces).split())
        self.pieces = []
        if text:
            self.open.text, self.open.node = text, self.node
            self.page.blocks.append(self.open)
            self.open = Block("", 0)

    def _enter_inline(self, element: etree._Element, tag: str, kind: int) -> None:
        if tag == "a":
            self._count_link(element.get("href") or "")
        elif tag == "br" and self.pieces:
            self.cut()
        elif tag == "time":
            self.open.times += 1
        if kind != _INLINE:
            self.depths[kind] += 1
            self.marked += 1

    def _count_link(self, href: str) -> None:
        self.open.links += 1
        if href.startswith(("http://", "https://", "//")) and self.host not in href.split("/", 3)[2]:
            self.open.abroad += 1

    def _enter_block(self, element: etree._Element, tag: str) -> None:
        if self.pieces:
            self.cut()
        name, is_undisplayed = _read_attributes(element)
        make = self.makes.get((tag, name))
        if make is None:
            make = self.makes[tag, name] = len(self.makes), _find_kinds(tag, name)
        nodes, parent = self.page.nodes, self.node
        self.node = len(self.elements)
        nodes.tags.append(tag)
        nodes.parents.append(parent)
        nodes.depths.append(nodes.depths[parent] + 1)
        nodes.names.append(name)
        nodes.makes.append(make[0])
        nodes.kinds.append((*make[1], _HIDDEN) if is_undisplayed else make[1])
        nodes.positions.append(nodes.children[parent])
        nodes.children.append(0)
        nodes.children[parent] += 1
        self.elements.append(element)

    def _is_loud(self, element: etree._Element) -> bool:
        name = element.get("class")
        return bool(name) and self.page.nodes.tags[self.node] not in HOLDERS and bool(_LOUD_SPAN.search(name or ""))

    def _add(self, text: str) -> None:
        if self.pieces or not text.isspace():
            self.pieces.append(text)
        if self.marked:
            length = len(text.strip())
            linked, strong, slanted = self.depths[_LINK:_SLANTED + 1]
            if linked:
                self.open.linked += length
            if strong:
                self.open.strong += length
            if slanted:
                self.open.slanted += length


def _read_attributes(element: etree._Element) -> tuple[str, bool]:
    """Join what names an element, in the page's order; say whether it is not displayed."""
    name, is_undisplayed = "", False
    for key, value in cast(list[tuple[str, str]], element.items()):
        if key in _NAMING:
            name = f"{name} {value}" if name else value
        elif key in _HIDING:
            is_undisplayed = is_undisplayed or key == "hidden" or (
                value == "true" if key == "aria-hidden" else _UNDISPLAYED.search(value) is not None)
    return name, is_undisplayed


def _find_kinds(tag: str, name: str) -> tuple[int, ...]:
    """Say by the index of ``NEAREST`` what an element is: by its own name, and by those that its makers gave it."""
    place = _PLACE_INDEX.get(tag)
    roles = {role for word in name.split()[:_MAX_WORDS] for role in _roles_of(word)}
    return (() if place is None else (place,)) + tuple(sorted(roles))


@remember(16_384, longest=64)  # class names recur from element to element and page to page
def _roles_of(word: str) -> tuple[int, ...]:
    word = word.lower()[:_MAX_WORD]
    roles = {_ROLE_OF_PIECE[piece] for piece in _PIECE.findall(word)}
    roles.update(ROLE_NAMES[name] for name in _NAME.findall(word) if name in ROLE_NAMES)
    return tuple(_ROLE_INDEX[role] for role in roles)
