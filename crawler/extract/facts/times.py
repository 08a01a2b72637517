"""Read the times that a page states, and choose the one of its publication and the one of its last change."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, timedelta, timezone
from itertools import islice

import htmldate
from lxml.html import HtmlElement

from crawler.extract.facts.dates import agree, is_plausible, parse_moment, parse_url_date, unique
from crawler.extract.facts.evidence import Evidence
from crawler.extract.facts.jsonld import Node, strings
from crawler.extract.facts.surroundings import Spot, own_text, stands_with_others
from crawler.extract.facts.written import cut_dates, find_wall_clock, find_written_date, may_hold_date
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
    r"|更新|수정|업데이트|تحديث|به‌روز|बदल|अपडेट|ενημέρωσ|uuendat|atjaunin|atnaujin|përditës|ažurir")
# Of texts in lower case: a search that ignores case takes five times as long. (İ alone grows when it is lowered.)
_LABEL = re.compile(
    r"[\W\d]{0,3}(?:(?:(?:first|originally)\s)?(?:published|posted)(?:\s(?:on|at|date))?|(?:publication|release|issue)\sdate"
    r"|date(?:\s(?:of\spublication|published|posted))?|datum|veröffentlicht(?:\sam)?|erschienen(?:\sam)?|erstellt(?:\sam)?"
    r"|stand|publi[ée]e?(?:\sle)?|mis\sen\sligne(?:\sle)?|date\sde\spublication|publicado(?:\s(?:el|em))?|publicada\sem"
    r"|fecha(?:\sde\spublicación)?|data(?:\sde\spublicação)?|pubblicato(?:\sil)?|data\s(?:di\spubblicazione|publikacji|publicării)"
    r"|gepubliceerd(?:\sop)?|geplaatst(?:\sop)?|publicerad|publisert|udgivet|offentliggjort|julkaistu|avaldatud|publicēts"
    r"|paskelbta|opublikowano|dodano|zveřejněno|publikováno|vydáno|zverejnené|publikované|objavljeno|objavljen|megjelent"
    r"|közzétéve|publicat(?:\s(?:la|pe))?|δημοσίευση|δημοσιεύθηκε|ημερομηνία|yayınlanma(?:\starihi)?|yayın\starihi|tarih"
    r"|eklenme(?:\starihi)?|опубликован[оа]|дата(?:\sпубликации)?|опубліковано|дата\sпублікації|апублікавана|публикувано"
    r"|објављено|објавено|publikuar(?:\smë)?|ngày(?:\sđăng)?|diterbitkan|tanggal|dipublikasikan|tayang|imechapishwa"
    r"|発行日|公開日|掲載日|投稿日|配信|发布(?:时间|日期)?|发表(?:时间|于)?|時間|时间|日期|發布(?:時間|日期)?|發佈(?:時間|日期)?|입력|등록|게재|기사입력|승인"
    r"|تاريخ(?:\sالنشر)?|نشر(?:\s(?:في|بتاريخ))?|نُشر|تاریخ(?:\sانتشار)?|تاریخ\sخبر|انتشار|منتشر\sشده|פורסם|תאריך|प्रकाशित|प्रकाशन\sतिथि"
    r"|প্রকাশিত?|প্রকাশ|เผยแพร่|วันที่|โพสต์)(?=\W|\d|$)[\s:：|,–—-]*")
MAY_BE_LABELLED = ("p", "div", "span", "li", "td", "tr", "dd", "small", "em", "i", "b", "strong", "h4", "h5", "h6")
FARTHEST_LABEL = 3  # elements around a date, before which its label may stand
_UPDATE = re.compile(r"update(?!d)")  # a class of news in brief as well: ``entry_update``
NEXT_DAY = timedelta(days=1)
LONGEST_REST = 45  # characters of a date line beside its date: a byline, a place, "min read"
FARTHEST_ZONE = timedelta(hours=14)
_CLOCK = re.compile(r"\d:\d\d")
_IS_PUBLICATION = re.compile(r"publish|publi[ck]|entry-date|post-date|posted|created", re.IGNORECASE)


@dataclass(frozen=True)
class DateLine:
    """A date that the page shows near its heading: the whole line, and whether it tells of a change.

    ``is_certain`` is false where a class of updates alone tells the change, or the line says much else, as a caption.
    """

    moment: Moment
    text: str
    is_change: bool
    is_certain: bool = True


@dataclass(frozen=True, kw_only=True)
class Times:
    """When an article appeared and when it last changed; ``dates`` holds every candidate, the best first."""

    published: Moment | None = None
    modified: Moment | None = None
    dates: tuple[Moment, ...] = ()


def extract_times(evidence: Evidence) -> Times:
    """Read all times that the page, its address and its feed state, and choose among them.

    The order: JSON-LD of the article, tags, marked elements, the feed, JSON-LD of the page, the date line at the
    heading, the address; then, where all these are silent or know no more than the month, a labelled date anywhere,
    the end of the title, and htmldate.
    """
    def plausible(moments: Iterable[Moment]) -> list[Moment]:
        return [moment for moment in moments if is_plausible(moment, fetched_at=evidence.page.fetched_at)]

    every_line = tuple(_date_lines(evidence))
    lines = tuple(line for line in every_line if line.is_certain or line.is_change)
    published = plausible((*_published(evidence), *(line.moment for line in lines if not line.is_change)))
    published += plausible(_address(evidence))
    modified = plausible((*_modified(evidence), *(line.moment for line in lines if line.is_change)))
    if all(moment.precision is Precision.MONTH for moment in published):
        published += plausible(_labelled(evidence)) or plausible(_at_the_end_of_the_title(evidence)) or (
            plausible(line.moment for line in every_line if not line.is_certain)) or (
            plausible(_guessed(evidence, modified)))
    else:
        published += plausible(line.moment for line in every_line if not (line.is_certain or line.is_change))
    chosen = choose_published(published)
    if chosen and lines:
        chosen = _as_shown(_redated(chosen, lines, published, modified), lines, evidence.language)
    return Times(published=chosen, modified=_latest(modified, chosen), dates=unique((*published, *modified)))


def choose_published(candidates: list[Moment]) -> Moment | None:
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


def _redated(chosen: Moment, lines: tuple[DateLine, ...], published: list[Moment], modified: list[Moment]) -> Moment:
    """Take the later day that the page shows its readers as its date, if another place knows of that day too.

    A guide that is written anew every year appears under a new date, and states the first one to machines for ever.
    One day later is the print edition's date, or that of another zone.
    """
    shown = next((line.moment for line in lines if not line.is_change), None)
    if shown is None or shown not in published:
        return chosen
    changes = {line.moment.at.date() for line in lines if line.is_change}
    if shown.at.date() < chosen.at.date() in changes:
        return shown  # what is stated as the publication is shown as a change, beside an earlier day
    same_day = [other for other in (*published, *modified) if other.at.date() == shown.at.date()]
    is_known = any(other.origin in ("json-ld", "meta") for other in same_day)
    if shown.at.date() - chosen.at.date() <= NEXT_DAY or shown.at.date() in changes or not is_known:
        return chosen
    return max(same_day, key=lambda other: _detail(other, shown))


def _as_shown(chosen: Moment, lines: tuple[DateLine, ...], language: str | None) -> Moment:
    """Write the instant as the clock that the page shows its readers, which tells the offset that it is shown in."""
    shown = next((line.text for line in lines if not line.is_change), "")
    wall = find_wall_clock(shown, language) if _has_clock(chosen) and _CLOCK.search(shown) else None
    if wall is None or wall.date() == chosen.at.date():
        return chosen
    offset = wall.replace(second=0) - chosen.at.astimezone(UTC).replace(second=0)
    if abs(offset) > FARTHEST_ZONE or offset % timedelta(minutes=15):
        return chosen
    return replace(chosen, at=chosen.at.astimezone(timezone(offset) if offset else UTC))


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


def _date_lines(evidence: Evidence) -> Iterator[DateLine]:
    """Read the date lines between the heading and the text, else above the heading."""
    for side in evidence.around:
        found = [line for spot in side.spots if (line := _date_line(spot, evidence))]
        if found:
            yield from found[:4]
            return


def _date_line(spot: Spot, evidence: Evidence) -> DateLine | None:
    element = spot.element
    if element.tag == "time" or element.get("datetime"):
        moment = _read(element, evidence)
        return DateLine(moment, spot.text, *_tells_change(element)) if moment else None
    if not spot.has_own_text:
        return None  # its children are read by themselves
    text = spot.text
    if len(text) > LONGEST_LINE or not may_hold_date(text) or next(element.iter("time"), None) is not None:
        return None
    change = _find_change(text)
    before = find_written_date(text[: change.start()], "text", evidence.language) if change else None
    moment = before or find_written_date(text, "text", evidence.language)
    if moment is None:
        return None
    is_change, is_certain = (False, True) if before else _tells_change(element)
    is_short = len(cut_dates(text, "")) <= LONGEST_REST
    return DateLine(moment, text, is_change, is_certain and (is_short or is_change))


def _tells_change(element: HtmlElement) -> tuple[bool, bool]:
    """Tell whether a date line tells a change, by its words, those before it or its class; and whether that is certain.

    A class that names both, as WordPress writes ``entry-date updated`` for what was never changed, decides nothing.
    """
    names = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
    if _find_change(own_text(element, LONGEST_LINE)[:60]) or _find_change(_beside(element)):
        return True, True
    is_change = bool(_find_change(names)) and not _IS_PUBLICATION.search(names)
    return is_change, not is_change or _find_change(_UPDATE.sub("", names)) is not None


def _find_change(text: str) -> re.Match[str] | None:
    return _IS_CHANGE.search(text.replace("İ", "I").lower())


def _beside(element: HtmlElement) -> str:
    """Read the words right before an element, or before the one that it begins: a label."""
    for _ in range(FARTHEST_LABEL):
        before, parent = element.getprevious(), element.getparent()
        while before is not None and not isinstance(before.tag, str) and not (before.tail or "").strip():
            before = before.getprevious()  # a comment
        if before is not None:
            return (before.tail or "").strip()[-40:] or own_text(before, LONGEST_LINE)[-40:]
        if parent is None or (parent.text or "").strip():
            break
        element = parent
    return (parent.text or "")[-40:] if parent is not None else ""


def _address(evidence: Evidence) -> Iterator[Moment]:
    for url in (evidence.page.url, evidence.canonical or ""):
        moment = parse_url_date(url)
        if moment:
            yield moment
            return


def _labelled(evidence: Evidence) -> Iterator[Moment]:
    """Read the first date that stands behind a label of publication, wherever on the page: ``<b>Date</b> 5.3.2024``."""
    for element in evidence.tree.iter(*MAY_BE_LABELLED):
        text = own_text(element, LONGEST_LINE) if _shows_label(element) else ""
        label = _LABEL.match(text.replace("İ", "I").lower()) if len(text) <= LONGEST_LINE else None
        moment = find_written_date(text[label.end() :], "text", evidence.language) if label else None
        if moment and not stands_with_others(element):
            yield moment
            return


def _shows_label(element: HtmlElement) -> bool:
    """Whether an element begins with a word, its own or that of its first child; a cheap look before it is read."""
    return bool((element.text or "").strip() or (len(element) and (element[0].text or "").strip()))


def _at_the_end_of_the_title(evidence: Evidence) -> Iterator[Moment]:
    """Read a date that the page's title ends with, behind a bar or a dash: ``Headline | Paper | 28.04.2023``."""
    for title in (evidence.titles.document, *evidence.titles.stated):
        parts = re.split(r"\s[|–—-]\s", title or "")
        moment = find_written_date(parts[-1], "text", evidence.language) if len(parts) > 1 else None
        if moment:
            yield moment
            return


def _guessed(evidence: Evidence, modified: list[Moment]) -> Iterator[Moment]:
    """Ask htmldate, and refuse what it found in a change, a comment, another story or a copyright line.

    Without its search through all languages: that one takes seconds when cold, and found no more on the corpus.
    """
    try:
        found = htmldate.find_date(evidence.tree, original_date=True, extensive_search=False,
                                   max_date=evidence.page.fetched_at.strftime("%Y-%m-%d"))
    except (ValueError, OverflowError):  # as for an offset of 99 hours; the other facts are none the worse
        return
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
