"""Section pages -> Links: which anchors of a page lead to articles, judged by the page's own structure.

No list of sites and no fixed form of an address. An anchor earns points for what it says (a headline is longer than a
menu's word), where it leads (a slug, a date, a number), where it stands (a heading, an article, not a menu), and for
its company: siblings with the same tags and classes are one list, and a list of headlines lifts its weaker members
as a list of single words sinks its stronger ones.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from urllib.parse import unquote

from lxml import etree

from crawler.discover.feeds import make_link
from crawler.discover.hosts import host_of, path_of, registrable_domain
from crawler.discover.identity import identify
from crawler.discover.markup import MAX_BYTES, absolute, decode, parse_html, plain_text, refuse_tags, text_of
from crawler.discover.paths import article_strength
from crawler.discover.trackers import words
from store.errors import DiscoveryError
from store.values import Link

MAX_TAGS = 200_000  # the busiest front pages seen have some 20,000
MAX_ANCHORS = 5000  # looked at; the busiest front pages seen have some 900
MAX_LINKS = 500

_ENOUGH = 3.0  # points that make an article; weights and this were set together on real and made pages

_MENU_TAGS = frozenset(("nav", "footer", "form", "menu", "dialog", "noscript", "template", "button", "select"))
_INNER_TAGS = frozenset(("article", "main", "li", "section"))
_MENU_ROLES = words("navigation banner contentinfo search menu menubar dialog toolbar")
_MENU_CLASSES = re.compile(r"(?:^|[\s_-])(?:nav|navi|navbar|navigation|menu|submenu|topbar|footer|foot|"
                           r"crumbs?|breadcrumbs?|cookies?|consent|pagination|pager|paginator|share|sharing|social|login|lang(?:uage)?s?|"
                           r"toolbar|skip|tags?|tagcloud|sitemap|partners?|advert|ads?)(?:$|[\s_-])", re.I)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5"))
_FILES = re.compile(r"\.(?:jpe?g|png|gif|svg|webp|ico|css|js|json|xml|rss|pdf|docx?|xlsx?|pptx?|zip|rar|gz|mp[34]|"
                    r"avi|mov|m3u8?|apk|exe|ics|txt)$", re.I)
_OFFICES = words("""
    login logon signin sign-in signup register registration subscribe subscription abonnement abo account profile user
    users logout cart checkout about about-us aboutus contact contacts contact-us kontakt impressum imprint datenschutz
    privacy privacy-policy terms terms-of-use terms-of-service legal cookies cookie-policy disclaimer faq help hilfe
    search suche poisk buscar newsletter newsletters rss feed feeds sitemap advertise advertising jobs careers vacancies
    donate support accessibility podcasts apps mentions-legales nosotros contacto quienes-somos chi-siamo o-nas o-nama
    rreth-nesh kontakti hakkimizda iletisim cgu copyright feedback wp-login.php
""")
_GROUPINGS = words("""
    tag tags tagged topic topics author authors autor autoren auteur category categories kategorie kategoria categoria
    rubric rubrik rubrique section sections archive archives archiv page people person staff writer writers
    contributor contributors columnist columnists series keyword keywords label location
""")
_OFFICE_WORDS = re.compile(r"newsletters?(?:$|[-_])|(?:^|[-_])(?:subscribe|subscription|policy|policies|guidelines|"
                           r"preferences?|sign-?in|sign-?up|log-?in|standards|e-?paper)(?:$|[-_])", re.I)
_SPACELESS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_ADDRESS_TEXT = re.compile(r"(?:https?://|www\.)\S+$", re.I)
_DIGITS = re.compile(r"\d+")
_MORE = re.compile(r"^[^\w]*(?:\d+|read more|more|continue reading|weiterlesen|mehr|lire la suite|leer más|ler mais|"
                   r"leggi tutto|подробнее|читать далее|czytaj dalej|devamı|更多|もっと見る|المزيد)[^\w]*$", re.I)

Signature = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Anchor:
    """One anchor of the page with what its place says."""

    link: Link
    text: str
    is_described: bool
    signature: Signature
    is_alone: bool
    in_menu: bool
    in_aside: bool
    in_heading: bool
    in_article: bool


def parse_section(body: bytes, *, url: str, content_type: str | None = None) -> tuple[Link, ...]:
    """Find the articles that a page lists, in the order of the page, at most ``MAX_LINKS``.

    Raises DiscoveryError: ``empty``, ``too_large``, ``not_html``.
    """
    if len(body) > MAX_BYTES:
        raise DiscoveryError("too_large", f"{len(body)} bytes")
    refuse_tags(body, most=MAX_TAGS)
    text = decode(body, content_type).strip("\ufeff\x00 \t\r\n")
    if not text:
        raise DiscoveryError("empty", f"{len(body)} bytes")
    anchors = list(_find_anchors(parse_html(text), url=url))
    company = _judge_lists(anchors)
    best: dict[str, tuple[float, Anchor]] = {}
    for anchor in anchors:
        score = _own_score(anchor) + company[anchor.signature]
        known = best.get(anchor.link.key)
        chosen = _better_titled(known[1], anchor) if known else anchor
        best[anchor.link.key] = max(score, known[0]) if known else score, chosen
    return tuple(anchor.link for score, anchor in best.values() if score >= _ENOUGH)[:MAX_LINKS]


def _better_titled(known: Anchor, other: Anchor) -> Anchor:
    """Of two anchors to one article keep the headline: a picture, a teaser and a "more" are often linked apart."""
    def worth(anchor: Anchor) -> tuple[bool, bool, int]:
        return not anchor.is_described, anchor.in_heading, len(anchor.link.title or "")

    return max(known, other, key=worth) if other.link.title else known


def _find_anchors(root: etree._Element, *, url: str) -> Iterator[Anchor]:
    """Walk the page once; yield the anchors that stay on the site and lead to pages."""
    own, domain = identify(url), registrable_domain(host_of(url))
    base = next((found for element in root.iter("base") if (found := absolute(element.get("href"), base=url))), url)
    for count, element in enumerate(root.iter("a")):
        if count >= MAX_ANCHORS:
            break
        address = absolute(element.get("href"), base=base)
        if address is None or registrable_domain(host_of(address)) != domain:
            continue
        text, is_described = _text_of(element)
        link = make_link(address.partition("#")[0] if "#!" not in address and "#/" not in address else address,
                         title=None if _ADDRESS_TEXT.match(text) or _MORE.match(text) else text,
                         published=None, modified=None)
        if link and link.key != own and not _FILES.search(path_of(link.key)):
            yield _placed(element, link=link, text=text, is_described=is_described)


def _text_of(element: etree._Element) -> tuple[str, bool]:
    """What the anchor says: its heading or its text; else how its title or picture is described, which is told."""
    heading = next(iter(element.iter(*_HEADINGS)), None)
    text = plain_text(text_of(heading if heading is not None else element, between=" "))
    if text:
        return text, False
    picture = next(iter(element.iter("img")), None)
    return plain_text(element.get("title") or element.get("aria-label")
                      or (picture.get("alt") if picture is not None else None)) or "", True


def _placed(element: etree._Element, *, link: Link, text: str, is_described: bool) -> Anchor:
    """Look at where the anchor stands."""
    lineage = list(element.iterancestors())
    tags = [ancestor.tag for ancestor in lineage]
    inside = next((place for place, tag in enumerate(tags) if tag in _INNER_TAGS and tag != "li"), -1)
    return Anchor(
        link=link, text=text, is_described=is_described,
        is_alone=_is_alone(element), signature=tuple(_sign(place) for place in (element, *lineage[:3])),
        in_menu=any(_is_menu(ancestor, within=place < inside) for place, ancestor in enumerate(lineage)
                    if ancestor.tag not in ("body", "html")),
        in_aside="aside" in tags, in_article="article" in tags,
        in_heading=any(tag in _HEADINGS for tag in tags[:3]) or next(iter(element.iter(*_HEADINGS)), None) is not None)


def _is_alone(element: etree._Element) -> bool:
    """Whether the anchor is all that its list item or row holds."""
    parent = element.getparent()
    return parent is not None and parent.tag in ("li", "td", "dt", "dd") and len(parent) == 1


def _is_menu(element: etree._Element, *, within: bool) -> bool:
    """Whether an element holds a menu; a header ``within`` an article or section holds its headline instead."""
    if element.tag in _MENU_TAGS or element.get("role") in _MENU_ROLES:
        return True
    if element.tag == "header":
        return not within
    if element.tag in ("main", "article"):
        return False
    return _MENU_CLASSES.search(f"{element.get('class') or ''} {element.get('id') or ''}") is not None


def _sign(element: etree._Element) -> str:
    """Write an element as its tag and classes, numbers apart (``item-1`` and ``item-2`` are siblings)."""
    classes = sorted(_DIGITS.sub("", name) for name in (element.get("class") or "").split()[:6])
    return ".".join([str(element.tag), *dict.fromkeys(classes)])


def _own_score(anchor: Anchor) -> float:
    """Points for an anchor's words, address and place."""
    return _headline(anchor.text) + _address(anchor.link.key) + (
        (1.0 if anchor.in_heading else 0) + (0.5 if anchor.in_article else 0) + (0.5 if anchor.is_alone else 0)
        - (5.0 if anchor.in_menu else 0) - (1.5 if anchor.in_aside else 0))


def _headline(text: str) -> float:
    """How much a text reads like a headline: 2.5 surely, below 0 a menu's word."""
    if not text or _MORE.match(text):
        return -0.5
    if _ADDRESS_TEXT.match(text):
        return 1.5
    length = len(text) + 2 * len(_SPACELESS.findall(text))
    words = len(text.split()) + len(_SPACELESS.findall(text)) // 3
    if words >= 5 and length >= 28:
        return 2.5
    if words >= 4 or length >= 30:
        return 2.0
    if words == 3 or length >= 18:
        return 1.5 if length >= 20 else 1.0
    return 0.5 if words == 2 and length >= 15 else -0.5


def _address(key: str) -> float:
    """How much an address looks like an article's."""
    path = unquote(path_of(key)).lower()
    path, _, query = path.partition("?")
    segments = [segment for segment in path.split("/") if segment]
    last = segments[-1].partition(".")[0] if segments else ""
    points = {0: 0.0, 1: 1.0, 2: 2.0}[article_strength(path)]
    if re.search(r"(?:^|&)\w*(?:id|no|nr|seq\w*|p|article|newsid|story)=\w*\d", query):
        points += 1.5
    if any(_DIGITS.search(segment) for segment in segments) and points < 2:
        points += 0.5
    points += 0.5 if len(segments) > 1 else 0
    if last in _OFFICES or (segments and segments[0] in _OFFICES) or (points < 2 and _OFFICE_WORDS.search(last)):
        points -= 3
    elif any(segment in _GROUPINGS for segment in segments[:-1]) or last in _GROUPINGS:
        points -= 2.5
    return points


def _judge_lists(anchors: list[Anchor]) -> defaultdict[Signature, float]:
    """Points for each list: positive for lists of headlines, negative for lists of words."""
    members: defaultdict[Signature, dict[str, float]] = defaultdict(dict)
    for anchor in anchors:
        scores = members[anchor.signature]
        scores[anchor.link.key] = max(scores.get(anchor.link.key, -1.0), _headline(anchor.text))
    points: defaultdict[Signature, float] = defaultdict(float)
    for signature, scores in members.items():
        typical = median(scores.values())
        if typical >= 1.5:
            points[signature] = 1.0 if len(scores) < 3 else 2.0
        elif typical < 0 and len(scores) >= 3:
            points[signature] = -1.5
    return points
