"""Read the times that a page states, and choose the one of its publication and the one of its last change."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import htmldate
from lxml import etree
from lxml.html import HtmlElement

from crawler.extract.dates import agree, is_plausible, parse_moment, parse_url_date, unique
from crawler.extract.evidence import Evidence
from crawler.extract.jsonld import Node, strings
from store.values import Moment, Precision

PUBLISHED_TAGS = (
    "article:published_time", "og:article:published_time", "article:published", "article:published:time",
    "og:published_time", "datepublished", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime", "publishdate", "publish-date", "publish_date", "published_date", "published-date",
    "publication_date", "publication-date", "pubdate", "ptime", "pub_date", "published", "dc.date.issued",
    "dcterms.issued", "dc.date.published", "dcterms.date", "dcterms.created", "dc.date.created", "dc.date",
    "article.published", "article_date_original", "originalpublicationdate", "citation_publication_date",
    "citation_date", "prism.publicationdate", "bt:pubdate", "displaydate", "article:post_date", "rnews:datepublished",
    "date", "created", "datecreated", "og:pubdate", "release_date", "og:release_date",
    "vr:published_time", "weibo:article:create_at", "pdate", "article:create_at", "iso-8601-publish-date",
)
MODIFIED_TAGS = (
    "article:modified_time", "og:article:modified_time", "article:modified", "article:modified:time", "datemodified", "og:updated_time",
    "dc.date.modified", "dcterms.modified", "dc.modified", "last-modified", "lastmod", "last_modified", "modified", "utime",
    "revision_date", "weibo:article:update_at", "updated_time", "article.updated", "dateupdated",
)
MOST_TIMES = 4
_FOLLOWING = etree.XPath("(following::time)[position() <= 4]")
_STATED = etree.XPath("//*[@itemprop='datePublished' or @itemprop='dateCreated' or @pubdate]")
_CHANGED = etree.XPath("//*[@itemprop='dateModified']")


@dataclass(frozen=True, kw_only=True)
class Times:
    """When an article appeared and when it last changed; ``dates`` holds every candidate, the best first."""

    published: Moment | None = None
    modified: Moment | None = None
    dates: tuple[Moment, ...] = ()


def extract_times(evidence: Evidence) -> Times:
    """Read all times that the page, its address and its feed state, and choose among them."""
    fetched_at = evidence.page.fetched_at
    published = [m for m in _published(evidence) if is_plausible(m, fetched_at=fetched_at)]
    modified = [m for m in _modified(evidence) if is_plausible(m, fetched_at=fetched_at)]
    if not published:
        published = [m for m in _guessed(evidence) if is_plausible(m, fetched_at=fetched_at)]
    return Times(published=choose(published), modified=next(iter(modified), None),
                 dates=unique((*published, *modified)))


def choose(candidates: list[Moment]) -> Moment | None:
    return candidates[0] if candidates else None


def _published(evidence: Evidence) -> Iterator[Moment]:
    yield from _parse(evidence.said("datePublished"), "json-ld")
    yield from _parse(evidence.tags.all(*PUBLISHED_TAGS), "meta")
    yield from _times(_STATED(evidence.tree)[:2])
    link = evidence.page.link
    if link and link.published:
        yield link.published
    yield from _parse((t for node in evidence.webpage for t in strings(node.get("datePublished"))), "json-ld")
    yield from _parse(evidence.said("dateCreated"), "json-ld")
    for heading in evidence.headings[:1]:
        yield from _times(_FOLLOWING(heading)[:1])
    moment = parse_url_date(evidence.page.url)
    if moment:
        yield moment


def _modified(evidence: Evidence) -> Iterator[Moment]:
    yield from _parse(evidence.said("dateModified"), "json-ld")
    yield from _parse(evidence.tags.all(*MODIFIED_TAGS), "meta")
    yield from _times(_CHANGED(evidence.tree)[:2])
    link = evidence.page.link
    if link and link.modified:
        yield link.modified
    yield from _parse((t for node in evidence.webpage for t in strings(node.get("dateModified"))), "json-ld")


def _times(elements: Iterable[HtmlElement]) -> Iterator[Moment]:
    for element in elements:
        stated = element.get("datetime") or element.get("content") or element.get("title") or ""
        moment = parse_moment(stated, "time") or parse_moment(element.text_content()[:200], "time")
        if moment:
            yield moment


def _parse(texts: Iterable[str], origin: str) -> Iterator[Moment]:
    for text in texts:
        moment = parse_moment(text, origin)
        if moment:
            yield moment


def _guessed(evidence: Evidence) -> Iterator[Moment]:
    found = htmldate.find_date(evidence.tree, original_date=True, extensive_search=True,
                               max_date=evidence.page.fetched_at.strftime("%Y-%m-%d"))
    yield from _parse([found] if found else [], "text")
