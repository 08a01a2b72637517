"""Read a page's JSON-LD: every object it states, and which of them is the article that the page is about."""

import functools
import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.discover.markup import unescape

Node = Mapping[str, object]

MOST_CHARACTERS = 2_000_000  # of one script; the largest on 487 pages is 330,000
MOST_NODES = 2_000
MOST_ITEMS = 100  # authors, pictures or publishers of one node
CONTAINERS = ("@graph", "mainEntity", "mainEntityOfPage", "item")
PAGE_TYPES = frozenset({"WebPage", "ItemPage", "CollectionPage", "AboutPage", "FAQPage", "QAPage", "MedicalWebPage"})

_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")  # JSON can write half a character, UTF-8 cannot
_NO_LETTERS = re.compile(r"[\W_]+")
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_DOUBLE_COMMA = re.compile(r",\s*,")
_WRONG_ESCAPE = re.compile(r'\\(?=[^"\\/bfnrtu])')
_WRAPPING = re.compile(r"<!--|-->|/\*\s*<!\[CDATA\[\s*\*/|/\*\s*\]\]>\s*\*/|(?://\s*)?<!\[CDATA\[|(?://\s*)?\]\]>")
_SALVAGED = re.compile(r'"(headline|datePublished|dateModified)"\s{0,9}:\s{0,9}"((?:[^"\\]|\\.){1,400})"')
_ARTICLE_TYPE = re.compile(r"Article$|^(?:Blog|SocialMedia|LiveBlog|Discussion\w*)Posting$|^Report$|^NewsItem$")


def parse_jsonld(scripts: Iterable[HtmlElement]) -> tuple[Node, ...]:
    """Parse every object that these scripts state, graphs and main entities unfolded, in reading order.

    Broken JSON is repaired where the repair is certain (comments, trailing commas, control characters, HTML
    entities); of what is broken beyond that only the headline and the dates are saved. Never raises.
    """
    nodes: list[Node] = []
    for script in scripts:
        if "ld+json" in (script.get("type") or "").lower() and script.text and len(script.text) <= MOST_CHARACTERS:
            for value in _parse(script.text):
                nodes.extend(_unfold(value))
    return tuple(nodes[:MOST_NODES])


def find_article(nodes: tuple[Node, ...], *, addresses: frozenset[str], titles: frozenset[str]) -> tuple[Node, ...]:
    """Find the objects that describe the article of this page, the best first; others' articles are left out.

    ``addresses`` are the page's own (``address_key``), ``titles`` what it calls itself elsewhere (``squeeze``).
    """
    scored = []
    for position, node in enumerate(nodes):
        if is_article(node):
            score = _score(node, addresses, titles)
            if score >= 0:
                scored.append((-score, position, node))
    return tuple(node for _, _, node in sorted(scored, key=lambda entry: entry[:2]))


def find_webpage(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """Find the objects that describe the page itself, which may carry dates and authors of its article."""
    return tuple(node for node in nodes if not PAGE_TYPES.isdisjoint(types(node)))


def types(node: Node) -> tuple[str, ...]:
    """Name the node's types, without any schema.org prefix."""
    return tuple(name.rsplit("/", 1)[-1] for name in strings(node.get("@type")))


def is_article(node: Node) -> bool:
    """Whether the node says that it is some kind of article."""
    return any(_ARTICLE_TYPE.search(name) for name in types(node))


def strings(value: object) -> Iterator[str]:
    """Flatten a string, or a list of strings, unescaped and stripped; anything else gives nothing."""
    if isinstance(value, str):
        text = _NO_TEXT.sub("", unescape(value)).strip()
        if text:
            yield text
    elif isinstance(value, list):
        for item in value:
            if isinstance(item, str):
                yield from strings(item)


def objects(value: object, nodes: tuple[Node, ...] = ()) -> Iterator[Node]:
    """Flatten an object, or a list of objects, following a bare ``@id`` to the node that it names."""
    for item in value[:MOST_ITEMS] if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            yield _resolve(item, nodes)


def address_key(url: str) -> str:
    """Reduce an address to what two spellings of it share: host without www, path without its last slash."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    path = parts.path.rstrip("/")
    return f"{(parts.hostname or '').removeprefix('www.')}{path}" if path else ""


@functools.lru_cache(maxsize=1024)  # a page says its title and its site's name many times; the cache only remembers
def squeeze(text: str) -> str:
    """Reduce a text to its letters and digits, in lower case, to compare two spellings of it."""
    return _NO_LETTERS.sub("", text).casefold()


def _parse(text: str) -> Iterator[object]:
    try:
        yield json.loads(text, strict=False)
    except (ValueError, RecursionError):
        yield from _repair(text)


def _repair(text: str) -> Iterator[object]:
    text = _WRAPPING.sub("", text).strip().rstrip(";").strip()
    if "&quot;" in text and '"' not in text:
        text = html.unescape(text)
    text = _WRONG_ESCAPE.sub("", _DOUBLE_COMMA.sub(",", _TRAILING_COMMA.sub("", text)))
    decoder = json.JSONDecoder(strict=False)
    position = 0
    while position < len(text):
        try:
            value, position = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            yield from _salvage(text[position:])
            return
        yield value
        while position < len(text) and (text[position].isspace() or text[position] in ",;"):
            position += 1


def _salvage(text: str) -> Iterator[object]:
    """Save the facts that can be read without the structure: the first of each, where an article is meant at all."""
    if "Article" in text:
        found: dict[str, object] = {"@type": "Article"}
        for match in _SALVAGED.finditer(text):
            found.setdefault(match[1], match[2].replace("\\/", "/").replace('\\"', '"'))
        yield found


def _unfold(value: object, depth: int = 0) -> Iterator[Node]:
    if depth > 6:
        return
    if isinstance(value, list):
        for item in value:
            yield from _unfold(item, depth + 1)
    elif isinstance(value, dict):
        if "@type" in value:
            yield value
        for name in CONTAINERS:
            if isinstance(value.get(name), (dict, list)):
                yield from _unfold(value[name], depth + 1)


def _resolve(node: Node, nodes: tuple[Node, ...]) -> Node:
    identity = node.get("@id")
    if "name" in node or not isinstance(identity, str):
        return node
    return next((other for other in nodes if other.get("@id") == identity and "name" in other), node)


def _score(node: Node, addresses: frozenset[str], titles: frozenset[str]) -> int:
    """Weigh a node: its address decides, then its headline, then how much it says. Negative: another article's."""
    own = {key for key in map(address_key, _addresses(node)) if key}
    headline = {squeeze(text) for name in ("headline", "name", "alternativeHeadline")
                for text in strings(node.get(name))}
    score = sum(1 for name in ("headline", "datePublished", "author", "articleBody") if node.get(name))
    if not own.isdisjoint(addresses):
        return score + 8
    if not headline.isdisjoint(titles):
        return score + 6
    return score - 6 if own and headline else score


def _addresses(node: Node) -> Iterator[str]:
    for name in ("url", "mainEntityOfPage", "@id"):
        value = node.get(name)
        yield from strings(value)
        for item in objects(value):
            yield from strings(item.get("@id"))
            yield from strings(item.get("url"))
