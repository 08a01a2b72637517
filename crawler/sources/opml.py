"""OPML, the form in which feed readers hand their subscriptions to each other: written and read.

What another reader wrote is untrusted: it is read as feeds are, with the same limits (crawler.discover.markup).
Written is OPML 2.0: a feed is an outline of type ``rss``; news sitemaps and section pages, which it does not know, are
outlines of type ``link``. What OPML has no word for stands in attributes of our own namespace, as the specification
allows: http://opml.org/spec2.opml
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from lxml import etree

from crawler.discover.markup import MAX_BYTES, absolute, decode, parse_xml
from crawler.sources import Source
from store.errors import DiscoveryError

NAMESPACE = "urn:avvisi:sources"
MOST_OUTLINES = 20_000
_ILLEGAL = re.compile("[\x00-\x1f\x7f\ufffe\uffff\ud800-\udfff]")  # in an attribute of XML 1.0, and DEL
_OURS = ("id", "kind", "standpoint", "country", "list")


@dataclass(frozen=True, kw_only=True)
class Outline:
    """One subscription: an address, what its reader calls it, and the folders and categories it is filed under.

    ``list_kind`` is ``feed``, ``sitemap`` or ``section``. The words of our own namespace are None in a file that
    another program wrote.
    """

    url: str
    list_kind: str = "feed"
    name: str | None = None
    site: str | None = None
    language: str | None = None
    categories: tuple[str, ...] = ()
    id: str | None = None
    kind: str | None = None
    standpoint: str | None = None
    country: str | None = None
    enabled: bool = True


def write_opml(sources: Iterable[Source], *, title: str, now: datetime) -> bytes:
    """Write sources as OPML, an outline for each address; ``now`` is the date in its head."""
    root = etree.Element("opml", {"version": "2.0"}, nsmap={"avvisi": NAMESPACE})
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = title
    etree.SubElement(head, "dateCreated").text = format_datetime(now)
    body = etree.SubElement(root, "body")
    for source in sources:
        for list_kind, urls in (("feed", source.feeds), ("sitemap", source.sitemaps), ("section", source.sections)):
            for url in urls:
                etree.SubElement(body, "outline", _attributes(source, list_kind, url))
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)


def parse_opml(body: bytes) -> tuple[Outline, ...]:
    """Read the subscriptions of an OPML file, in its order.

    Raise DiscoveryError: ``not_opml``, ``too_large``, and what hostile markup gives (``entities``, ``too_deep``).
    """
    if len(body) > MAX_BYTES:
        raise DiscoveryError("too_large", f"more than {MAX_BYTES} bytes")
    try:
        root = parse_xml(decode(body, None))
    except DiscoveryError as error:
        raise DiscoveryError("not_opml", error.detail) if error.reason == "not_a_feed" else error from error
    if str(root.tag).lower() != "opml":
        raise DiscoveryError("not_opml", f"it begins with <{str(root.tag)[:40]}>, not with <opml>")
    outlines: list[Outline] = []
    for outline in _walk(root, folders=()):
        if len(outlines) == MOST_OUTLINES:
            raise DiscoveryError("too_large", f"more than {MOST_OUTLINES} subscriptions")
        outlines.append(outline)
    return tuple(outlines)


def _attributes(source: Source, list_kind: str, url: str) -> dict[str, str]:
    own = {"id": source.id, "kind": source.kind, "standpoint": source.standpoint, "country": source.country,
           "list": list_kind if list_kind != "feed" else None, "enabled": None if source.enabled else "false"}
    where = {"type": "rss", "xmlUrl": url, "htmlUrl": source.site} if list_kind == "feed" else {
        "type": "link", "url": url, "htmlUrl": source.site}
    said = {"text": source.name, "title": source.name, **where, "language": source.language,
            "category": ",".join(category.replace(",", " ") for category in source.categories) or None,
            **{f"{{{NAMESPACE}}}{name}": value for name, value in own.items()}}
    return {name: _ILLEGAL.sub("", value) for name, value in said.items() if value}


def _walk(element: etree._Element, *, folders: tuple[str, ...]) -> Iterator[Outline]:
    """Go through the outlines; one without an address is a folder. The depth was bounded by the parser."""
    for child in element:
        name = str(child.tag).rsplit("}", 1)[-1].lower()
        said = {str(key).lower(): str(value).strip() for key, value in child.attrib.items()}
        inside = folders
        if name == "outline":
            outline = _read(said, folders=folders)
            if outline is not None:
                yield outline
            label = said.get("text") or said.get("title")
            inside = (*folders, label) if outline is None and label else folders
        if name in ("outline", "body"):
            yield from _walk(child, folders=inside)


def _read(said: dict[str, str], *, folders: tuple[str, ...]) -> Outline | None:
    own = {name: said.get(f"{{{NAMESPACE}}}{name}") or None for name in _OURS}
    site = absolute(said.get("htmlurl"), base="")
    list_kind = own["list"] if own["list"] in ("sitemap", "section") else "feed"
    url = absolute(said.get("xmlurl") if list_kind == "feed" else said.get("url"), base="")
    if url is None:
        return None
    filed = [folder.strip("/ ") for folder in folders]
    filed += [word.strip("/ ") for word in said.get("category", "").split(",")]
    categories = tuple(dict.fromkeys(word for word in filed if word))
    return Outline(url=url, list_kind=list_kind, name=said.get("title") or said.get("text") or None, site=site,
                   language=said.get("language") or None, categories=categories, id=own["id"], kind=own["kind"],
                   standpoint=own["standpoint"], country=own["country"],
                   enabled=said.get(f"{{{NAMESPACE}}}enabled") != "false")
