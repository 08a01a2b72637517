"""Read the facts that a page states about its article: title, authors, times, image, section, language."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.discover.markup import absolute
from crawler.extract.facts.bylines import extract_authorship
from crawler.extract.facts.evidence import Evidence, gather
from crawler.extract.facts.headline import tidy
from crawler.extract.facts.jsonld import objects, squeeze, strings, types
from crawler.extract.facts.times import extract_times
from store.values import Moment, Page

DESCRIPTION_TAGS = ("og:description", "description", "twitter:description", "dc.description")
IMAGE_TAGS = ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src")
SECTION_TAGS = ("article:section", "parsely-section", "og:article:section", "section", "cxenseparse:section",
                "sailthru.section", "dc.subject")
TAG_TAGS = ("article:tag", "og:article:tag", "parsely-tags", "news_keywords", "keywords", "sailthru.tags")
ORIGINAL_TAGS = ("original-source", "syndication-source", "og:url")  # the first two: what Google News asked of copies
MOST_TAGS = 40
LONGEST_TAG = 80  # characters; a longer one is a sentence that a template put there
LONGEST_SECTION = 60
_NO_SECTIONS = frozenset({
    "home", "startseite", "homepage", "front page", "uncategorized", "unkategorisiert", "non classé", "sin categoría",
})


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a page states about its article, beside the text.

    ``dates`` keeps every candidate, the one chosen as ``published`` among them. ``canonical`` is absolute and not
    checked: it may point elsewhere; ``originals`` are all addresses that may be the original's, it among them.
    ``declared_language`` is a language tag as the page writes it (``sr-Latn``).
    ``types`` are what its JSON-LD calls it (``NewsArticle``).
    ``article_body`` is the text that the page's JSON-LD gives, as a check and a fallback.
    """

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
    originals: tuple[str, ...] = ()
    declared_language: str | None = None
    article_body: str | None = None
    site_name: str | None = None
    agencies: tuple[str, ...] = ()
    types: tuple[str, ...] = ()


def extract_facts(tree: HtmlElement, *, page: Page) -> Facts:
    """Read the facts of the page's article from its parsed tree, which is left as it was.

    A fact that the page does not state is None or empty; nothing is raised for a page that states none.
    """
    evidence = gather(tree, page)
    times = extract_times(evidence)
    authorship = extract_authorship(evidence)
    return Facts(
        title=evidence.headline, authors=authorship.authors, agencies=authorship.agencies,
        dates=times.dates, published=times.published, modified=times.modified,
        description=_first(evidence.tags.all(*DESCRIPTION_TAGS), evidence.said("description")),
        image=_image(evidence), section=_section(evidence), tags=_tags(evidence), paywalled=_paywalled(evidence),
        canonical=evidence.canonical, originals=tuple(_originals(evidence)), declared_language=evidence.language,
        types=tuple(name for node in evidence.article for name in types(node)),
        article_body=next(evidence.said("articleBody"), None), site_name=_site_name(evidence))


def _first(*sources: Iterable[str]) -> str | None:
    return next((clean for source in sources for text in source if (clean := tidy(text, longest=None))), None)


def _image(evidence: Evidence) -> str | None:
    """Choose the lead image: the one to be shown with a link to the page, else that of the JSON-LD."""
    stated = (absolute(text, base=evidence.base) for text in (*evidence.tags.all(*IMAGE_TAGS), *_pictures(evidence)))
    return next((url for url in stated if url), None)


def _pictures(evidence: Evidence) -> Iterator[str]:
    for node in evidence.article:
        for name in ("image", "thumbnailUrl"):
            yield from strings(node.get(name))
            for picture in objects(node.get(name), evidence.nodes):
                yield from strings(picture.get("url"))
                yield from strings(picture.get("contentUrl"))


def _section(evidence: Evidence) -> str | None:
    for text in (*evidence.said("articleSection"), *evidence.tags.all(*SECTION_TAGS)):
        section = tidy(text)
        named = section.casefold() not in _NO_SECTIONS and not section.startswith("http")
        if named and 1 < len(section) <= LONGEST_SECTION:
            return section
    return None


def _tags(evidence: Evidence) -> tuple[str, ...]:
    """Read the tags of the article's JSON-LD, else of the first meta name that has any; joined ones are split."""
    sources = [evidence.said("keywords"), *(evidence.tags.all(name) for name in TAG_TAGS)]
    for source in sources:
        found = {squeeze(tag): tag for text in source for part in re.split(r"[,;،、|]", text) if (tag := tidy(part))}
        tags = tuple(tag for flat, tag in found.items() if flat and len(tag) <= LONGEST_TAG)
        if tags:
            return tags[:MOST_TAGS]
    return ()


def _paywalled(evidence: Evidence) -> bool | None:
    """Read whether the page says that its article must be paid for; None where it says nothing.

    https://developers.google.com/search/docs/appearance/structured-data/paywalled-content
    """
    for node in (*evidence.article, *evidence.webpage):
        free = node.get("isAccessibleForFree")
        if isinstance(free, bool):
            return not free
        if isinstance(free, str) and free.strip().lower() in ("true", "false"):
            return free.strip().lower() == "false"
    tier = evidence.tags.first("article:content_tier", "og:article:content_tier") or ""
    return {"free": False, "metered": True, "locked": True}.get(tier.lower())


def _originals(evidence: Evidence) -> Iterator[str]:
    """Give the addresses that may be the original's: what the page names as canonical, or says that it is based on."""
    stated = [evidence.canonical, *evidence.tags.all(*ORIGINAL_TAGS)]
    for node in evidence.article:
        for name in ("isBasedOn", "isBasedOnUrl", "translationOfWork"):
            stated += strings(node.get(name))
            stated += (text for item in objects(node.get(name), evidence.nodes) for text in strings(item.get("url")))
    yield from filter(None, (absolute(text, base=evidence.base) for text in stated))


def _site_name(evidence: Evidence) -> str | None:
    publishers = (text for node in evidence.article for item in objects(node.get("publisher"), evidence.nodes)
                  for text in strings(item.get("name")))
    return _first(evidence.tags.all("og:site_name"), publishers, evidence.tags.all("application-name"))
