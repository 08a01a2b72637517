"""Read the times that a page states, and choose the one of its publication and the one of its last change."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

import htmldate
from lxml.html import HtmlElement

from crawler.extract.dates import agree, is_plausible, parse_moment, parse_url_date, unique
from crawler.extract.evidence import Evidence
from crawler.extract.jsonld import Node, strings
from crawler.extract.surroundings import Spot, own_text, stands_with_others
from crawler.extract.written import find_written_date
from store.values import Moment, Precision

PUBLISHED_TAGS = (
    "article:published_time", "og:article:published_time", "article:published", "article:published:time",
    "og:published_time", "datepublished", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime", "publishdate", "publish-date", "publish_date", "published_date", "published-date",
    "publication_date", "publication-date", "pubdate", "ptime", "pub_date", "published", "dc.date.issued",
    "dcterms.issued", "dc.date.published", "dcterms.date", "dcterms.created", "dc.date.created", "dc.date",
    "article.published", "article_date_original", "originalpublicationdate", "citation_publication_date",
    "citation_online_date", "citation_date", "prism.publicationdate", "bt:pubdate", "displaydate", "article:post_date",
    "rnews:datepublished", "vr:published_time", "weibo:article:create_at", "article:create_at", "og:pubdate",
    "release_date", "og:release_date", "pdate", "iso-8601-publish-date", "article:publicationdate", "dateposted",
    "datecreated", "created", "date",
)
MODIFIED_TAGS = (
    "article:modified_time", "og:article:modified_time", "article:modified", "article:modified:time", "datemodified",
    "og:updated_time", "dc.date.modified", "dcterms.modified", "dc.modified", "last-modified", "lastmod",
    "last_modified", "modified", "utime", "revision_date", "weibo:article:update_at", "updated_time",
    "article.updated", "dateupdated", "article:updated_time",
)
MOST_TIMES = 200  # elements looked at
LONGEST_LINE = 110  # characters of a date line; a longer line is prose
_IS_CHANGE = re.compile(
    r"updat|modif|revis|edited|aktualis|geändert|actualiz|mis[e]? à jour|màj|modifié|aggiorna|atualiza|bijgewerkt"
    r"|gewijzigd|oppdater"
    r"|opdater|uppdater|päivit|zaktualiz|aktuali[zs]|upraven|frissít|обновл|оновл|ажурира|актуализ|güncelle"
    r"|diperbarui|cập nhật"
    r"|更新|수정|업데이트|تحديث|به‌روز|बदल|अपडेट|ενημέρωσ|uuendat|atjaunin|atnaujin|përditës|ažurir", re.IGNORECASE)


_DIGIT = re.compile(r"\d")
_IS_PUBLICATION = re.compile(r"publish|publi[ck]|entry-date|post-date|posted|created", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Times:
    """When an article appeared and when it last changed; ``dates`` holds every candidate, the best first."""

    published: Moment | None = None
    modified: Moment | None = None
    dates: tuple[Moment, ...] = ()


def extract_times(evidence: Evidence) -> Times:
    """Read all times that the page, its address and its feed state, and choose among them.

    The order: JSON-LD of the article, tags, marked elements, the feed, JSON-LD of the page, the date line at the
    heading, the address; htmldate only where all these are silent or know no more than the month.
    """
    def plausible(moments: Iterable[Moment]) -> list[Moment]:
        return [moment for moment in moments if is_plausible(moment, fetched_at=evidence.page.fetched_at)]

    lines = tuple(_date_lines(evidence))
    published = plausible((*_published(evidence), *(moment for moment, changed in lines if not changed)))
    published += plausible(_address(evidence))
    modified = plausible((*_modified(evidence), *(moment for moment, changed in lines if changed)))
    if all(moment.precision is Precision.MONTH for moment in published):
        published += plausible(_guessed(evidence, modified))
    chosen = choose_published(published, modified)
    return Times(published=chosen, modified=_latest(modified, chosen), dates=unique((*published, *modified)))


def choose_published(candidates: list[Moment], modified: list[Moment]) -> Moment | None:
    """Choose among candidates in order of trust; a lone voice yields to three places that agree against it.

    Of those that mean one instant the one in the publisher's own zone is taken, of those that mean one day the one
    that knows the clock.
    """
    if not candidates:
        return None
    best = candidates[0]
    supporters = {m.origin for m in candidates if agree(m, best)}
    for rival in candidates[1:]:
        voices = {m.origin for m in candidates if agree(m, rival)}
        if len(supporters) == 1 and len(voices) >= 3:
            best = rival
            break
    return max((m for m in candidates if agree(m, best)), key=lambda m: _detail(m, best))


def _detail(moment: Moment, best: Moment) -> tuple[bool, bool, bool]:
    """Rank a candidate that agrees with the best: the same instant in a zone of its own, then the best itself."""
    sharper = moment.precision is not Precision.MONTH and best.precision is Precision.MONTH
    clocked = best.precision is Precision.DAY and _has_clock(moment) and moment.at.date() == best.at.date()
    same = _has_clock(moment) and _has_clock(best) and abs(moment.at - best.at) < timedelta(minutes=1)
    return sharper or clocked, same and bool(moment.at.utcoffset()), moment is best


def _has_clock(moment: Moment) -> bool:
    return moment.precision in (Precision.MINUTE, Precision.SECOND)


def _latest(modified: list[Moment], published: Moment | None) -> Moment | None:
    """Take the change stated first, unless it lies a day before the publication: a template's date."""
    for moment in modified:
        if published is None or moment.at >= published.at - timedelta(days=1):
            return moment
    return None


def _published(evidence: Evidence) -> Iterator[Moment]:
    yield from _parse(evidence.said("datePublished"), "json-ld")
    yield from _parse(evidence.tags.all(*PUBLISHED_TAGS), "meta")
    yield from _elements(evidence, evidence.marked.get("datePublished", []))
    link = evidence.page.link
    if link and link.published:
        yield link.published
    yield from _parse(_of(evidence.webpage, "datePublished"), "json-ld")
    yield from _parse(evidence.said("dateCreated", "uploadDate"), "json-ld")


def _modified(evidence: Evidence) -> Iterator[Moment]:
    yield from _parse(evidence.said("dateModified"), "json-ld")
    yield from _parse(evidence.tags.all(*MODIFIED_TAGS), "meta")
    yield from _elements(evidence, evidence.marked.get("dateModified", []))
    link = evidence.page.link
    if link and link.modified:
        yield link.modified
    yield from _parse(_of(evidence.webpage, "dateModified"), "json-ld")


def _of(nodes: tuple[Node, ...], name: str) -> Iterator[str]:
    for node in nodes:
        yield from strings(node.get(name))


def _parse(texts: Iterable[str], origin: str) -> Iterator[Moment]:
    for text in texts:
        moment = parse_moment(text, origin)
        if moment:
            yield moment


def _elements(evidence: Evidence, elements: list[HtmlElement]) -> Iterator[Moment]:
    for element in elements[:4]:
        moment = _read(element, evidence) if not stands_with_others(element) else None
        if moment:
            yield moment
            return


def _read(element: HtmlElement, evidence: Evidence) -> Moment | None:
    """Read one element: what it states for machines, then what it shows; of the same day the one with a clock."""
    stated = next((m for name in ("datetime", "content", "title", "data-date", "data-datetime", "data-timestamp")
                   if (m := parse_moment(element.get(name) or "", "time"))), None)
    if stated and _has_clock(stated):
        return stated
    shown = find_written_date(own_text(element, LONGEST_LINE), "time", evidence.language)
    sharper = shown and (stated is None or (_has_clock(shown) and shown.at.date() == stated.at.date()))
    return shown if sharper else stated


def _date_lines(evidence: Evidence) -> Iterator[tuple[Moment, bool]]:
    """Read the date lines between the heading and the text, else above the heading; with each, whether of a change."""
    for side in evidence.around:
        found = [line for spot in side.spots if (line := _date_line(spot, evidence))]
        if found:
            yield from found[:4]
            return


def _date_line(spot: Spot, evidence: Evidence) -> tuple[Moment, bool] | None:
    element = spot.element
    if element.tag == "time" or element.get("datetime"):
        moment = _read(element, evidence)
        return (moment, _tells_change(element)) if moment else None
    if not spot.has_own_text:
        return None  # its children are read by themselves
    text = spot.text
    if len(text) > LONGEST_LINE or not _DIGIT.search(text) or next(element.iter("time"), None) is not None:
        return None
    change = _IS_CHANGE.search(text)
    before = find_written_date(text[: change.start()], "text", evidence.language) if change else None
    moment = before or find_written_date(text, "text", evidence.language)
    return (moment, before is None and _tells_change(element)) if moment else None


def _tells_change(element: HtmlElement) -> bool:
    """Whether a date line tells a change: by its words, by those right before it, by its class.

    A class that names both, as WordPress writes ``entry-date updated`` for what was never changed, decides nothing.
    """
    names = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
    if _IS_CHANGE.search(own_text(element, LONGEST_LINE)[:60]) or _IS_CHANGE.search(_beside(element)):
        return True
    return bool(_IS_CHANGE.search(names)) and not _IS_PUBLICATION.search(names)


def _beside(element: HtmlElement) -> str:
    """Read the words right before an element: a label."""
    before, parent = element.getprevious(), element.getparent()
    if before is None:
        return (parent.text or "")[-40:] if parent is not None else ""
    return (before.tail or "").strip()[-40:] or own_text(before, LONGEST_LINE)[-40:]


def _address(evidence: Evidence) -> Iterator[Moment]:
    for url in (evidence.page.url, evidence.canonical or ""):
        moment = parse_url_date(url)
        if moment:
            yield moment
            return


def _guessed(evidence: Evidence, modified: list[Moment]) -> Iterator[Moment]:
    """Ask htmldate, and refuse what it found in a change, a comment, another story or a copyright line.

    Without its search through all languages: that one takes seconds when cold, and found no more on the corpus.
    """
    found = htmldate.find_date(evidence.tree, original_date=True, extensive_search=False,
                               max_date=evidence.page.fetched_at.strftime("%Y-%m-%d"))
    moment = parse_moment(found or "", "text")
    if moment and (moment.at.month, moment.at.day) != (1, 1) and not any(
            agree(moment, other) for other in (*modified, *_of_others(evidence))):  # the first of January: a year alone
        yield moment


def _of_others(evidence: Evidence) -> Iterator[Moment]:
    """Read the times that the page states of other things: of other stories in JSON-LD, of comments, of teasers."""
    own = {id(node) for node in (*evidence.article, *evidence.webpage)}
    others = tuple(node for node in evidence.nodes if id(node) not in own)
    for name in ("datePublished", "dateModified", "dateCreated", "uploadDate"):
        yield from _parse(_of(others, name), "json-ld")
    for element in islice(evidence.tree.iter("time"), MOST_TIMES):
        if stands_with_others(element):
            yield from _parse((element.get("datetime") or "",), "time")
