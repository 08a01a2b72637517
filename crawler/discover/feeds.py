"""RSS 2.0 and 0.9x, RSS 1.0, Atom and JSON Feed -> Links. Why an own walk over lxml: docs/design/feeds.md."""

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from typing import Any

from lxml import etree

from crawler.discover.hosts import host_of, path_of, registrable_domain
from crawler.discover.identity import identify
from crawler.discover.markup import (
    MAX_BYTES,
    absolute,
    decode,
    is_html,
    is_whole,
    parse_xml,
    plain_text,
    refuse_tags,
    text_of,
    unzipped,
)
from crawler.extract.facts.dates import parse_moment
from store.errors import DiscoveryError
from store.timetable.schedule import Wishes
from store.values import Link, Moment

MAX_LINKS = 5000  # the longest feeds of news sites seen hold a few hundred items
MAX_TAGS = 300_000  # the longest feeds seen have some 10,000
MAX_ITEMS = 2 * MAX_LINKS  # looked at, the doubles and the linkless included
MAX_FIELDS = 300  # of one item

_XML = "{http://www.w3.org/XML/1998/namespace}"
_OWN = frozenset(("", "http://www.w3.org/2005/atom", "http://purl.org/atom/ns#", "http://purl.org/rss/1.0/",
                  "http://my.netscape.com/rdf/simple/0.9/", "http://backend.userland.com/rss2",
                  "http://purl.org/net/rss1.1#", "http://channel.netscape.com/rdf/simple/0.9/"))
_PREFIXES = {"http://purl.org/rss/1.0/modules/syndication/": "sy",
             "http://purl.org/dc/elements/1.1/": "dc", "http://purl.org/dc/terms/": "dcterms",
             "http://rssnamespace.org/feedburner/ext/1.0": "feedburner", "http://www.w3.org/2005/atom": "atom",
             "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf"}
_ROOTS = frozenset(("rss", "rdf:rdf", "feed", "channel", "rdf"))
_PUBLISHED = ("pubdate", "published", "dc:date", "dcterms:issued", "issued", "dcterms:created", "created",
              "dcterms:date", "date")
_MODIFIED = ("updated", "dcterms:modified", "modified", "atom:updated", "lastmod")
_TTL = re.compile(r"\d{1,5}", re.ASCII)
_PERIODS = {"daily": 1, "weekly": 7, "monthly": 30, "yearly": 365}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SURROGATE = re.compile("[\ud800-\udfff]")  # half a character, which JSON can write and UTF-8 cannot
_UNFINISHED = re.compile(r"<(/?)(?:\w+:)?(?:item|entry)[\s>]", re.I)

Fields = dict[str, list[etree._Element]]


@dataclass(frozen=True, kw_only=True)
class Feed:
    """What a feed said: its links in its own order, its title, its language as written (``sq``, ``en-GB``).

    ``wishes`` are when it wants to be asked again, and when never. One that was cut off is not whole.
    """

    links: tuple[Link, ...]
    is_whole: bool = True
    title: str | None = None
    language: str | None = None
    wishes: Wishes = field(default_factory=Wishes)


def parse_feed(body: bytes, *, url: str, content_type: str | None = None) -> Feed:
    """Read a feed of any kind.

    Raises DiscoveryError: ``empty``, ``not_a_feed``, ``broken_feed``, ``too_large``, ``too_deep``, ``entities``,
    ``broken_gzip``. A feed that is cut off gives its whole items; one without items gives no links.
    """
    if len(body) > MAX_BYTES:
        raise DiscoveryError("too_large", f"{len(body)} bytes")
    body = unzipped(body)
    refuse_tags(body, most=MAX_TAGS)
    text = decode(body, content_type).strip("\ufeff\x00 \t\r\n")
    if not text:
        raise DiscoveryError("empty", f"{len(body)} bytes")
    if text[0] in "{[":
        return _parse_json(text, url=url)
    if is_html(text):
        raise DiscoveryError("not_a_feed", "a web page")
    return _parse_xml(text, url=url)


def _parse_xml(text: str, *, url: str) -> Feed:
    root = parse_xml(text)
    if _name(root) not in _ROOTS:
        raise DiscoveryError("not_a_feed", f"starts with <{_name(root)}>")
    channel = next((child for child in islice(root, MAX_FIELDS) if _name(child) == "channel"), root)
    about = _fields(channel)
    site = absolute(_alternate(about, url=url), base=url)
    items = list(islice(root.iter("{*}item", "{*}entry"), MAX_ITEMS))
    if len(items) < MAX_ITEMS and _ends_inside_an_item(text):
        items = items[:-1]
    base = site if site and registrable_domain(host_of(site)) != registrable_domain(host_of(url)) else url
    return Feed(
        links=unique(link for item in items if (link := _read_item(item, url=url, base=base))),
        title=plain_text(_text(about, "title")),
        language=_text(about, "language", "dc:language") or root.get(f"{_XML}lang") or channel.get(f"{_XML}lang"),
        wishes=_read_wishes(about),
        is_whole=is_whole(text),
    )


def _read_wishes(about: Fields) -> Wishes:
    """Read RSS's ttl, skipHours and skipDays, and sy:updatePeriod from a day on.

    A shorter period is no wish: blog software writes "hourly" by itself.
    """
    ttl = _text(about, "ttl") or ""
    minutes = int(ttl) if _TTL.fullmatch(ttl) else 0
    period = timedelta(days=_PERIODS.get((_text(about, "sy:updateperiod") or "").lower(), 0))
    often = _text(about, "sy:updatefrequency") or "1"
    period = period / max(1, int(often)) if _TTL.fullmatch(often) else period
    return Wishes(
        pause=max(timedelta(minutes=minutes), period if period >= timedelta(days=1) else timedelta(0)),
        skip_hours=tuple(sorted({int(hour) % 24 for hour in _entries(about, "skiphours")
                                 if hour.isdecimal() and len(hour) <= 2 and int(hour) <= 24})),
        skip_days=tuple(sorted({_DAYS.index(day.lower()) for day in _entries(about, "skipdays")
                                if day.lower() in _DAYS})),
    )


def _entries(about: Fields, name: str) -> list[str]:
    return [text_of(entry).strip() for element in about.get(name, ()) for entry in islice(element, 31)]


def _read_item(item: etree._Element, *, url: str, base: str) -> Link | None:
    """Read one item; None when it leads nowhere."""
    fields = _fields(item)
    inside = _base(item, url=url, otherwise=base)
    for address in (_text(fields, "feedburner:origlink"), _alternate(fields, url=url), _permanent(fields, item)):
        found = make_link(absolute(address, base=inside), title=_text(fields, "title", "dc:title"),
                          published=_moment(fields, _PUBLISHED), modified=_moment(fields, _MODIFIED),
                          guid=_text(fields, "guid", "id"))
        if found:
            return found
    return None


def _base(element: etree._Element, *, url: str, otherwise: str) -> str:
    """The base of an element's addresses where the feed states one (``xml:base``)."""
    return (absolute(element.base, base=url) if element.base else None) or otherwise


def make_link(address: str | None, *, title: str | None = None, published: Moment | None = None,
              modified: Moment | None = None, guid: str | None = None) -> Link | None:
    """Make a Link of an absolute address; None when it has no identity, and for a front page, which is no article."""
    if address is None:
        return None
    try:
        key = identify(address)
    except ValueError:
        return None
    if path_of(key) == "/":
        return None
    return Link(url=address, key=key, title=plain_text(title), published=published, modified=modified, guid=guid)


def unique(links: Iterable[Link], *, limit: int = MAX_LINKS) -> tuple[Link, ...]:
    """Keep the first link of each identity, at most ``limit``."""
    kept: dict[str, Link] = {}
    for link in links:
        if link.key not in kept:
            if len(kept) >= limit:
                break
            kept[link.key] = link
    return tuple(kept.values())


def _ends_inside_an_item(text: str) -> bool:
    """Whether the body was cut off in the middle of an item, whose address may be cut too."""
    last = deque(_UNFINISHED.finditer(text, max(0, len(text) - 200_000)), maxlen=1)
    return bool(last) and not last[0][1]


def _name(element: etree._Element) -> str:
    """Name an element by the vocabulary it is from: ``title``, ``dc:date``; an unknown one keeps its prefix."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    space, _, local = tag.lower().rpartition("}")
    space = space[1:]
    if space in _OWN:
        return local
    return f"{_PREFIXES.get(space) or element.prefix or '?'}:{local}"


def _fields(element: etree._Element) -> Fields:
    """Gather the children by name."""
    fields: Fields = {}
    for child in islice(element, MAX_FIELDS):
        fields.setdefault(_name(child), []).append(child)
    return fields


def _text(fields: Fields, *names: str) -> str | None:
    """Give the text of the first field that has any."""
    for name in names:
        for element in fields.get(name, ()):
            text = text_of(element).strip()
            if text:
                return text
    return None


def _alternate(fields: Fields, *, url: str) -> str | None:
    """Find the address of the page itself: RSS's link, or Atom's with rel ``alternate``, a web page before others."""
    best: tuple[int, str] | None = None
    for element in [*fields.get("link", ()), *fields.get("atom:link", ())]:
        address = (element.get("href") or text_of(element)).strip()
        relation = (element.get("rel") or "alternate").strip().lower().rpartition("/")[2]
        kind = (element.get("type") or "text/html").lower()
        if address and relation == "alternate":
            rank = 0 if "html" in kind else 1
            if best is None or rank < best[0]:
                best = rank, absolute(address, base=_base(element, url=url, otherwise="")) or address
    return best[1] if best else None


def _permanent(fields: Fields, item: etree._Element) -> str | None:
    """Find an identifier that is an address: a guid that is a permalink, Atom's id, RDF's about."""
    for element in fields.get("guid", ()):
        if (element.get("isPermaLink") or element.get("ispermalink") or "true").lower() != "false":
            return _if_address(text_of(element))
    return _if_address(_text(fields, "id", "link:id")) or _if_address(
        item.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"))


def _if_address(text: str | None) -> str | None:
    text = (text or "").strip()
    return text if text.lower().startswith(("http://", "https://", "//")) else None


def _moment(fields: Fields, names: Iterable[str]) -> Moment | None:
    """Read the first of the named dates that can be read."""
    for name in names:
        moment = parse_moment(_text(fields, name) or "", "feed")
        if moment:
            return moment
    return None


def _parse_json(text: str, *, url: str) -> Feed:
    try:
        feed = json.loads(text, strict=False)
    except RecursionError as error:
        raise DiscoveryError("too_deep", "JSON") from error
    except ValueError as error:
        raise DiscoveryError("broken_feed", f"JSON: {error}") from error
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise DiscoveryError("not_a_feed", "JSON without items")
    return Feed(links=unique(_read_json_items(feed["items"], url=url)), title=plain_text(_string(feed, "title")),
                language=_string(feed, "language"))


def _read_json_items(items: list[Any], *, url: str) -> Iterator[Link]:
    for item in items:
        if not isinstance(item, dict):
            continue
        address = _string(item, "url") or _string(item, "external_url") or _if_address(_string(item, "id"))
        link = make_link(absolute(address, base=url), title=_string(item, "title"),
                         published=parse_moment(_string(item, "date_published") or "", "feed"),
                         modified=parse_moment(_string(item, "date_modified") or "", "feed"), guid=_string(item, "id"))
        if link:
            yield link


def _string(values: dict[str, Any], name: str) -> str | None:
    value = values.get(name)
    return _SURROGATE.sub("\ufffd", value) if isinstance(value, str) and value.strip() else None
