"""What a page says about itself outside its text, read once and shared by those who judge it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from urllib.parse import urlsplit

from lxml import etree
from lxml.html import HtmlElement

from crawler.discover.markup import absolute
from crawler.extract.facts.headline import Titles, choose_headline, cut_site, tidy
from crawler.extract.facts.jsonld import (
    Node,
    address_key,
    find_article,
    find_webpage,
    objects,
    parse_jsonld,
    squeeze,
    strings,
    types,
)
from crawler.extract.facts.metatags import MetaTags, parse_metatags
from crawler.extract.facts.surroundings import Neighbourhood, around, elements_at, own_text
from store.values import Page

_MARKED = etree.XPath("/html/body/descendant::*[@itemprop]")
STATING = ("base", "meta", "link", "script", "title", "h1")
UNMARKED_HEADINGS = ("h4", "h5", "h6", "div", "p", "span", "td", "font", "strong", "b")
MOST_HEADINGS = 8
SITE_TYPES = frozenset({"Organization", "NewsMediaOrganization", "WebSite"})


@dataclass(frozen=True, kw_only=True, eq=False)
class Evidence:
    """A page's statements: its tags, its JSON-LD objects, those of them that are its article, its headings.

    ``base`` is what its relative addresses begin from.
    """

    page: Page
    tree: HtmlElement
    tags: MetaTags
    nodes: tuple[Node, ...]
    article: tuple[Node, ...]
    webpage: tuple[Node, ...]
    headings: tuple[HtmlElement, ...]
    titles: Titles
    base: str
    canonical: str | None

    @cached_property
    def headline(self) -> str | None:
        """The article's own headline."""
        return choose_headline(self.titles)

    @cached_property
    def around(self) -> tuple[Neighbourhood, ...]:
        """What stands after and before each heading that may be the article's, the likeliest first."""
        headline = squeeze(self.headline or "")
        others = islice(self.tree.iter("h2", "h3"), 60) if not self.headings else ()
        likely = [heading for heading in (*self.headings, *others) if squeeze(own_text(heading)).endswith(headline)]
        if not likely and not self.headings:
            likely = list(islice(self._find_headline(headline), 1))
        return tuple(side for heading in (likely or self.headings)[:3] for side in around(heading))

    def _find_headline(self, headline: str) -> Iterator[HtmlElement]:
        """Find where the body shows the headline, on pages that mark no heading."""
        for element in self.tree.iter(*UNMARKED_HEADINGS):
            text = element.text or ""
            if len(text) > 8 and squeeze(text) == headline:
                yield element

    @cached_property
    def marked(self) -> dict[str, list[HtmlElement]]:
        """The elements of the body by what microdata says they are (``itemprop``)."""
        marked: dict[str, list[HtmlElement]] = {}
        for element in elements_at(_MARKED, self.tree):
            marked.setdefault(element.get("itemprop") or "", []).append(element)
        return marked

    @cached_property
    def language(self) -> str | None:
        """The language that the page declares on its root, in its tags or its JSON-LD; the source's if it says none."""
        root = self.tree.getroottree().getroot()
        stated = (root.get("lang"), root.get("xml:lang"),
                  self.tags.first("og:locale", "content-language", "language", "dc.language", "inlanguage"),
                  next(self.said("inLanguage"), None), self.page.language)
        return next((text.strip().replace("_", "-") for text in stated if text and text.strip()), None)

    def said(self, *names: str) -> Iterator[str]:
        """Give what the article's objects say under these names, by the order of the names, the best object first."""
        for name in names:
            for node in self.article:
                yield from strings(node.get(name))


def gather(tree: HtmlElement, page: Page) -> Evidence:
    """Read everything that the page states; the tree is left as it was."""
    stating = _find_stating(tree)
    tags = parse_metatags(stating["meta"])
    nodes = parse_jsonld(stating["script"])
    base = next((found for each in stating["base"] if (found := absolute(each.get("href"), base=page.url))), page.url)
    canonical = _canonical(stating["link"], tags, base)
    headings = tuple(heading for heading in stating["h1"][:MOST_HEADINGS] if not _is_logo(heading))
    named = tuple(tags.all("og:title", "twitter:title"))
    heading_texts = tuple(_heading_text(heading, frozenset(map(squeeze, named))) for heading in headings)
    names = tuple(_site_names(tags, nodes, page.url))
    flat_names = frozenset(map(squeeze, names))
    without_site = (cut_site(tidy(text), flat_names, frozenset()) for text in named)
    known = {squeeze(text) for text in (*heading_texts, *without_site)}
    addresses = {address_key(url) for url in (page.url, page.requested_url, canonical or "")}
    article = find_article(nodes, addresses=frozenset(addresses - {""}), titles=frozenset(known - {""}))
    return Evidence(page=page, tree=tree, tags=tags, nodes=nodes, article=article, webpage=find_webpage(nodes),
                    headings=headings, base=base, canonical=canonical,
                    titles=_titles(stating["title"], heading_texts, tags, article, names, tuple(_sections(page.url))))


def _find_stating(tree: HtmlElement) -> dict[str, list[HtmlElement]]:
    """Find the elements that state something, by their names, in one walk over the page."""
    stating: dict[str, list[HtmlElement]] = {name: [] for name in STATING}
    for element in tree.iter(*STATING):
        stating[element.tag].append(element)
    return stating


def _is_logo(heading: HtmlElement) -> bool:
    """Whether a heading is the site's name: nothing but a link to the front page."""
    link = next(heading.iter("a"), None)
    if link is None or own_text(link) != own_text(heading):
        return False
    path = link.get("href") or "/"
    return path.count("/") <= (3 if "//" in path else 1) and "?" not in path and not path.rstrip("/").endswith("html")


def _heading_text(heading: HtmlElement, named: frozenset[str]) -> str:
    """Read a heading; without its kicker where the rest is an element by itself and what the tags call the title."""
    text = own_text(heading)
    if len(heading) and squeeze(text) not in named:
        for part in heading.iterdescendants("span", "em", "strong", "a", "div"):
            if squeeze(own_text(part)) in named - {""} and text.endswith(own_text(part)):
                return own_text(part)
    return text


def _titles(titles: list[HtmlElement], headings: tuple[str, ...], tags: MetaTags, article: tuple[Node, ...],
            names: tuple[str, ...], sections: tuple[str, ...]) -> Titles:
    stated = [text for node in article for text in strings(node.get("headline"))][:1]
    stated += tags.all("og:title", "parsely-title", "sailthru.title", "dc.title", "twitter:title", "title")
    title = next(iter(titles), None)
    return Titles(headings=headings, stated=tuple(stated), site_names=names, sections=sections,
                  document=title.text if title is not None else None)


def _sections(url: str) -> Iterator[str]:
    """Give the folders of an address, which are often its sections: ``/politics/europe/slug``."""
    yield from (part for part in urlsplit(url).path.split("/")[1:-1] if 2 < len(part) < 25 and not part.isdigit())


def _canonical(links: list[HtmlElement], tags: MetaTags, base: str) -> str | None:
    for link in links:
        if "canonical" in (link.get("rel") or "").lower().split() and (link.get("href") or "").strip():
            return absolute(link.get("href"), base=base)
    return absolute(tags.first("og:url"), base=base)


def _site_names(tags: MetaTags, nodes: tuple[Node, ...], url: str) -> Iterator[str]:
    yield from tags.all("og:site_name", "application-name", "apple-mobile-web-app-title", "publisher", "dc.publisher",
                        "copyright", "twitter:site")
    for node in nodes:
        publishers = list(objects(node.get("publisher"), nodes))
        for publisher in (*publishers, *([node] if SITE_TYPES.intersection(types(node)) else [])):
            yield from strings(publisher.get("name"))
            yield from strings(publisher.get("alternateName"))
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    yield host
    labels = host.split(".")
    yield from (label for label in labels[:-1] if len(label) > 2)
