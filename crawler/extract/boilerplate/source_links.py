"""Source lines as the page has them: where "Source: Example" leads to, and the ones that the reader of bodies left out.

A line of text has lost its links, and a paragraph that is mostly a link looks like navigation to any extractor.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import lxml.html

from crawler.discover.paths import article_strength
from crawler.extract.boilerplate.source_lines import (
    LONGEST_LINE,
    NEAR_THE_END,
    NEAR_THE_HEAD,
    is_label,
    is_origin_note,
    read_source_line,
)
from crawler.extract.line import Line
from crawler.extract.text import normalise_line

LONGEST_LABEL = 40  # characters
NEAR = 4  # ancestors of a source line, in one of which the end of the article is
END = 3  # lines of the article's end, one of which must stand near
PROBE = 80  # characters of a line by which it is found again
MOST = 12  # source lines looked at, the last ones of the page: each is searched for in the text around it
COLONS = (":", "：")
INLINE = frozenset({"b", "strong", "em", "i", "span", "small", "u", "font"})
BEGINNINGS = (*INLINE, "p", "div", "li", "td", "section", "footer", "cite", "blockquote", "h3", "h4", "h5", "h6")


@dataclass(frozen=True, kw_only=True)
class Sources:
    """``links``: the text of a source line and where it leads; ``missing``: source lines that the body lacks."""

    links: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[Line, ...] = ()


def find_sources(tree: lxml.html.HtmlElement, lines: Iterable[Line], *, url: str) -> Sources:
    """Find the source lines at the end of an article and the addresses they link to, and those of notes of origin."""
    lines = tuple(lines)
    texts = [normalise_line(line.text) for line in lines]
    links = _links_of_notes(tree, lines, url=url)
    missing: dict[str, Line] = {}
    for block in _labelled_blocks(tree)[-MOST:]:
        text = normalise_line(block.text_content())
        if len(text) > LONGEST_LINE or read_source_line(text) is None:
            continue
        if text not in texts:
            if not _is_near(block, texts[-END:]):
                continue
            missing[text] = Line(text=text)
        if link := _original(block, url=url):
            links.setdefault(text, link)
    return Sources(links=links, missing=tuple(missing.values()))


def has_label(tree: lxml.html.HtmlElement) -> bool:
    """Tell whether any block of a page begins as source lines do; most pages have none."""
    return bool(_labelled_blocks(tree))


def has_note(lines: Iterable[Line]) -> bool:
    """Tell whether one of an article's lines says where the article comes from."""
    return bool(_find_notes(lines))


def _find_notes(lines: Iterable[Line]) -> dict[str, str]:
    """Find the notes of origin near the head and the end of an article."""
    kept = [line.text for line in lines if line.dropped_by is None]
    near = (*kept[:NEAR_THE_HEAD], *kept[-NEAR_THE_END:])
    return {normalise_line(text): text for text in near if is_origin_note(text)}


def _links_of_notes(tree: lxml.html.HtmlElement, lines: tuple[Line, ...], *, url: str) -> dict[str, str]:
    """Find where the notes of origin lead; the page is searched only if there is one."""
    notes = _find_notes(lines)
    links: dict[str, str] = {}
    for block in tree.iter(*BEGINNINGS) if notes else ():
        text = notes.get(normalise_line(block.text_content()))
        link = _original(block, url=url) if text else None
        # A form at which to subscribe is no original.
        if text and link and article_strength(urlsplit(link).path.removesuffix(".htm")):
            links.setdefault(text, link)
    return links


def _labelled_blocks(tree: lxml.html.HtmlElement) -> list[lxml.html.HtmlElement]:
    """Return the blocks that begin with a source label; hundreds of elements of a page begin with no label at all."""
    blocks = (_labelled_block(element, text) for element in tree.iter(*BEGINNINGS) if (text := element.text)
              and (":" in text or "：" in text or ((tail := element.tail) and tail.lstrip().startswith(COLONS))))
    return [block for block in blocks if block is not None]


def _labelled_block(element: lxml.html.HtmlElement, text: str) -> lxml.html.HtmlElement | None:
    """Return the block that an element with this text at its head labels; the label may be set off in bold."""
    start, colon, _ = text.replace("：", ":").partition(":")
    if not start or len(start) > LONGEST_LABEL:
        return None
    parent = element.getparent()
    if element.tag in INLINE and parent is not None:
        ended = colon or (element.tail or "").lstrip().startswith(COLONS)
        return parent if ended and is_label(start) else None
    return element if colon and is_label(start) else None


def _is_near(block: lxml.html.HtmlElement, ends: list[str]) -> bool:
    """Tell whether the end of the article stands in one of the elements around a block."""
    probes = [end[:PROBE] for end in ends]
    ancestors = [ancestor for ancestor, _ in zip(block.iterancestors(), range(NEAR), strict=False)]
    for ancestor in ancestors:
        text = normalise_line(ancestor.text_content())
        if any(probe in text for probe in probes):
            return ancestor.tag not in ("body", "html")
    return False


def _original(block: lxml.html.HtmlElement, *, url: str) -> str | None:
    """Return the first link of a block to an article elsewhere: no home page, no page of the same host."""
    for anchor in block.iter("a"):
        try:
            link = urljoin(url, str(anchor.get("href") or "").strip())
            parts, own = urlsplit(link), urlsplit(url)
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and parts.path.strip("/") and parts.hostname != own.hostname:
            return link
    return None
