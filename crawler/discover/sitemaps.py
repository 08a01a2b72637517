"""News sitemaps, sitemap indexes, plain and text sitemaps -> Links, newest first, and further sitemaps."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import NamedTuple

from lxml import etree

from crawler.discover.feeds import make_link, unique
from crawler.discover.markup import MAX_BYTES, absolute, decode, is_html, is_whole, parse_xml, refuse_tags, unzipped
from crawler.extract.facts.dates import parse_moment
from store.errors import DiscoveryError
from store.values import Link, Moment

MAX_LINKS = 5000  # the newest; a plain sitemap may hold 50,000 (sitemaps.org), of which news is the tip
MAX_SITEMAPS = 5000
MAX_ENTRIES = 50_000  # by the protocol
MAX_FIELDS = 300  # of one entry, pictures included
MAX_UNPACKED = 16 << 20  # of the 50 MiB that https://www.sitemaps.org/protocol.html allows: a tree is far larger
# Where a page is in other languages: never read here, and repeated for each of them it is most of a sitemap.
ALTERNATE = re.compile(rb"<\w+:link\b[^<>]*/>")

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Sitemap:
    """What a sitemap listed: articles, newest first, and further sitemaps, newest first; one cut off is not whole."""

    links: tuple[Link, ...] = ()
    sitemaps: tuple[str, ...] = ()
    is_whole: bool = True


class Entry(NamedTuple):
    """One entry as it is written."""

    address: str | None
    title: str | None
    published: Moment | None
    modified: Moment | None

    @property
    def stamp(self) -> datetime:
        """When it is from, for sorting."""
        moment = self.published or self.modified
        return moment.at if moment else _LONG_AGO


def parse_sitemap(body: bytes, *, url: str) -> Sitemap:
    """Read a sitemap of any kind, gzip'd or not.

    Raises DiscoveryError: ``empty``, ``not_a_sitemap``, ``too_large``, ``too_deep``, ``entities``, ``broken_gzip``.
    """
    if len(body) > MAX_BYTES:
        raise DiscoveryError("too_large", f"{len(body)} bytes")
    body = ALTERNATE.sub(b"", unzipped(body, limit=MAX_UNPACKED))
    refuse_tags(body)
    text = decode(body).strip("\ufeff\x00 \t\r\n")
    if not text:
        raise DiscoveryError("empty", f"{len(body)} bytes")
    if text[:4].lower() == "http":
        return _parse_lines(text, url=url)
    if is_html(text):
        raise DiscoveryError("not_a_sitemap", "a web page")
    try:
        root = parse_xml(text)
    except DiscoveryError as error:
        if error.reason != "not_a_feed":
            raise
        raise DiscoveryError("not_a_sitemap", error.detail) from error
    match _local(root):
        case "urlset":
            entries = [_read_url(element) for element in islice(root.iter("{*}url"), MAX_ENTRIES)]
            return Sitemap(links=_newest(entries, url=url), is_whole=is_whole(text))
        case "sitemapindex":
            return Sitemap(sitemaps=_read_index(root, url=url))
        case other:
            raise DiscoveryError("not_a_sitemap", f"starts with <{other}>")


def _parse_lines(text: str, *, url: str) -> Sitemap:
    """Read a text sitemap: an address a line."""
    links = (make_link(absolute(line.strip(), base=url), title=None, published=None, modified=None)
             for line in text.splitlines() if line[:4].lower() == "http")
    return Sitemap(links=unique((link for link in links if link), limit=MAX_LINKS))


def _read_url(element: etree._Element) -> Entry:
    """Read one entry; the news extension says title and time, ``lastmod`` only when it changed."""
    found: dict[str, str] = {}
    for child in islice(element.iter(), 1, MAX_FIELDS):
        space = child.tag.rpartition("}")[0].lower() if isinstance(child.tag, str) else ""
        if not ("image" in space or "video" in space) and child.text and child.text.strip():
            found.setdefault(_local(child), child.text.strip())
    return Entry(address=found.get("loc"), title=found.get("title"),
                 published=parse_moment(found.get("publication_date", ""), "sitemap"),
                 modified=parse_moment(found.get("lastmod", ""), "sitemap"))


def _read_index(root: etree._Element, *, url: str) -> tuple[str, ...]:
    """List the sitemaps of an index, the newest first; without dates in the index's own order."""
    entries: list[tuple[str, Moment | None]] = []
    for element in islice(root.iter("{*}sitemap"), MAX_ENTRIES):
        found = {_local(child): (child.text or "").strip() for child in islice(element, MAX_FIELDS)}
        address = absolute(found.get("loc"), base=url)
        if address and address != url:
            entries.append((address, parse_moment(found.get("lastmod", ""), "sitemap")))
    entries.sort(key=lambda entry: entry[1].at if entry[1] else _LONG_AGO, reverse=True)
    return tuple(dict.fromkeys(address for address, _ in entries))[:MAX_SITEMAPS]


def _newest(entries: list[Entry], *, url: str) -> tuple[Link, ...]:
    """Order by time, the undated last in their own order; only the newest, which are kept, are looked at closely."""
    entries.sort(key=lambda entry: entry.stamp, reverse=True)
    links = (make_link(absolute(entry.address, base=url), title=entry.title, published=entry.published,
                       modified=entry.modified) for entry in entries)
    return unique((link for link in links if link), limit=MAX_LINKS)


def _local(element: etree._Element) -> str:
    """The name of an element without its namespace or prefix."""
    return element.tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(element.tag, str) else ""
