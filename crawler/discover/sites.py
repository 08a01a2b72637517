"""Where a site says what is new: its feeds and sitemaps, from a page, from robots.txt, or by custom."""

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from lxml import etree

from crawler.discover.markup import MAX_BYTES, absolute, decode, parse_html, plain_text, text_of
from store.errors import DiscoveryError

MAX_FOUND = 100

Kind = Literal["rss", "atom", "json", "sitemap"]

_TYPES: dict[str, Kind] = {
    "application/rss+xml": "rss", "application/rdf+xml": "rss", "text/rss+xml": "rss", "application/x-rss+xml": "rss",
    "text/rss": "rss", "application/rss": "rss", "application/xml": "rss", "text/xml": "rss",
    "application/atom+xml": "atom", "text/atom+xml": "atom", "application/feed+json": "json",
}
_COMMENTS = re.compile(r"/comments?/(?:feed|rss)|/feed/comments|comments?[_-]?(?:rss|feed|atom)|[?&]feed=comments",
                       re.I)
_SITEMAP = re.compile(r"/[^/]*sitemap[^/]*\.xml(?:\.gz)?$", re.I)
_ATOM = re.compile(r"(?:^|[/._=-])atom(?:$|[/._-])", re.I)
_FEED = re.compile(r"/(?:feed|feeds|rss|rss2|rdf|atom)/?$|/[^/]*\.(?:rss|atom|rdf)$"
                   r"|/(?:[^/]*[_-])?(?:rss|feed|atom|index)\d?\.(?:xml|rdf)$"
                   r"|[?&](?:feed|format|type|output)=(?:rss2?|atom|rdf|feed)\b", re.I)
_NOT_FEEDS = re.compile(r"(?:feedly|inoreader|netvibes|subtome|follow\.it|add\.my\.yahoo)", re.I)
_SITEMAP_LINE = re.compile(r"^[ \t]*sitemap[ \t]*:[ \t]*(\S+)", re.I | re.M)
# In the order of worth: a feed of news before a map of everything. Custom of WordPress, Drupal, Joomla, TYPO3, Ghost,
# Hugo, Jekyll, Blogger, Bitrix, Pangea, and of the news sitemap plugins.
_CUSTOM = (
    "feed/", "rss", "rss.xml", "feed.xml", "atom.xml", "index.xml", "feeds/posts/default?alt=rss", "api/", "rss/",
    "rss/all.xml", "rss/news.xml", "feeds/all.rss.xml", "news/rss", "news/feed/", "?format=feed&type=rss", "?type=100",
    "feed.json", "news-sitemap.xml", "sitemap-news.xml", "sitemap_news.xml", "googlenews.xml", "sitemap.xml",
    "sitemap_index.xml", "wp-sitemap.xml",
)


@dataclass(frozen=True, kw_only=True)
class FoundFeed:
    """A feed or sitemap that a page points to."""

    url: str
    kind: Kind
    title: str | None = None


def find_feeds(body: bytes, *, url: str) -> tuple[FoundFeed, ...]:
    """Find the feeds and sitemaps that a page announces, then those it merely links to; comment feeds never.

    Bytes that are no page give none.
    """
    if len(body) > MAX_BYTES:
        return ()
    text = decode(body).strip("\ufeff\x00 \t\r\n")
    if not text:
        return ()
    try:
        root = parse_html(text, url=url)
    except DiscoveryError:
        return ()
    base = next((found for element in root.iter("base") if (found := absolute(element.get("href"), base=url))), url)
    feeds: dict[str, FoundFeed] = {}
    for element in [*root.iter("link"), *root.iter("a", "area")]:
        feed = _read_element(element, base=base)
        if feed and not _COMMENTS.search(feed.url):
            feeds.setdefault(feed.url, feed)
    return tuple(feeds.values())[:MAX_FOUND]


def _read_element(element: etree._Element, *, base: str) -> FoundFeed | None:
    """Read one ``<link>`` or ``<a>``; None when it leads to no feed."""
    address = absolute(element.get("href"), base=base)
    if address is None:
        return None
    address = address.partition("#")[0]
    relations = (element.get("rel") or "").lower().split()
    stated = (element.get("type") or "").partition(";")[0].strip().lower()
    kind: Kind | None = None
    if "sitemap" in relations or _SITEMAP.search(urlsplit(address).path):
        kind = "sitemap"
    elif element.tag == "link":
        kind = _TYPES.get(stated) if "alternate" in relations or "feed" in relations else None
    elif stated in _TYPES or (_FEED.search(address) and not _NOT_FEEDS.search(address)):
        kind = _TYPES.get(stated) or ("atom" if _ATOM.search(address) else "rss")
    if kind is None:
        return None
    title = element.get("title") or (text_of(element, between=" ") if element.tag != "link" else None)
    return FoundFeed(url=address, kind=kind, title=plain_text(title))


def guess_addresses(site: str) -> tuple[str, ...]:
    """List where feeds and news sitemaps lie by custom: under the address given, then at the host's root.

    Raises ValueError when ``site`` is no absolute http(s) address.
    """
    parts = urlsplit(site.strip())
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ValueError(f"not an absolute http(s) address: {site[:200]!r}")
    root = f"{parts.scheme}://{parts.netloc}/"
    directory = root + parts.path.lstrip("/").rpartition("/")[0]
    starts = [root] if directory.rstrip("/") == root.rstrip("/") else [directory.rstrip("/") + "/", root]
    return tuple(dict.fromkeys(start + custom for start in starts for custom in _CUSTOM))


def find_sitemaps(robots_txt: bytes, *, url: str) -> tuple[str, ...]:
    """List the sitemaps that a robots.txt names, news sitemaps first."""
    text = decode(robots_txt[:MAX_BYTES])
    found = [address for line in _SITEMAP_LINE.finditer(text) if (address := absolute(line[1], base=url))]
    found.sort(key=lambda address: "news" not in urlsplit(address).path.lower())
    return tuple(dict.fromkeys(found))[:MAX_FOUND]
