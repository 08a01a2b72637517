"""Read the facts that a page states about its article: title, authors, times, image, section, language."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.extract.bylines import extract_authors
from crawler.extract.evidence import Evidence, absolute, gather
from crawler.extract.headline import choose_headline, tidy
from crawler.extract.jsonld import objects, strings
from crawler.extract.times import extract_times
from store.values import Moment, Page


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a page states about its article, beside the text."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    dates: tuple[Moment, ...] = ()
    published: Moment | None = None
    modified: Moment | None = None
    description: str | None = None
    image: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    paywalled: bool | None = None
    canonical: str | None = None
    declared_language: str | None = None
    article_body: str | None = None
    site_name: str | None = None
    agencies: tuple[str, ...] = ()


def extract_facts(tree: HtmlElement, *, page: Page) -> Facts:
    """Read the facts of the page's article from its parsed tree, which is left as it was.

    A fact that the page does not state is None or empty; nothing is raised for a page that states none.
    """
    evidence = gather(tree, page)
    title = choose_headline(evidence.titles)
    times = extract_times(evidence)
    return Facts(
        title=title, authors=extract_authors(evidence, title), dates=times.dates, published=times.published,
        modified=times.modified, description=_description(evidence), image=_image(evidence),
        section=_first(evidence.said("articleSection"), evidence.tags.all("article:section", "parsely-section", "section")),
        tags=_tags(evidence), paywalled=_paywalled(evidence), canonical=evidence.canonical,
        declared_language=evidence.language, article_body=_first(evidence.said("articleBody")),
        site_name=_first(evidence.tags.all("og:site_name"), evidence.titles.site_names), agencies=())


def _first(*sources: object) -> str | None:
    return next((text for source in sources for text in source if text), None)


def _description(evidence: Evidence) -> str | None:
    return _first(evidence.tags.all("og:description", "description"), evidence.said("description"))


def _image(evidence: Evidence) -> str | None:
    return absolute(_first(evidence.tags.all("og:image"), evidence.said("image")), evidence.page.url)


def _tags(evidence: Evidence) -> tuple[str, ...]:
    return ()


def _paywalled(evidence: Evidence) -> bool | None:
    return None
