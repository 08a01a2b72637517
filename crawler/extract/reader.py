"""Reading a page: the front door of this room. Page -> Article, or an ``ExtractionError`` that names why not.

The result depends on the page and the site's memory only, never on what was read before.
"""

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import lxml.html
from lxml import etree

from crawler.discover.identity import choose_canonical, choose_original, identify
from crawler.extract.body import Body, read_with_blocks
from crawler.extract.body.blocks import Blocks
from crawler.extract.boilerplate.rules import strip
from crawler.extract.boilerplate.source_links import Sources, find_sources, has_label, has_note
from crawler.extract.facts.dates import is_plausible
from crawler.extract.facts.page_facts import Facts, extract_facts
from crawler.extract.html import LARGEST_MARKUP, decode, parse_html
from crawler.extract.language import detect_language
from crawler.extract.lens import look
from crawler.extract.line import Line
from crawler.extract.page_lines import gather
from crawler.extract.reading import Reading
from crawler.extract.site_memory import NO_MEMORY, SiteMemory
from crawler.extract.text import CONTROL, fold, split_lines
from crawler.extract.walls import DETAILS, is_paywall_line, name_emptiness, name_wall
from crawler.extract.words import any_of
from crawler.extract.words.consent import WORDS as CONSENT_WORDS
from store.errors import ExtractionError
from store.page_lines import PageLines
from store.values import Article, Moment, Page

# Letters and digits; the shortest news in the corpora, a flash of one sentence, has more. An ideograph counts for two.
FEWEST_LETTERS = 40
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
CONSENT_SHARE = 0.5  # of the characters of a text, on lines that speak of cookies and consent
CONSENT_LONGEST = 4_000  # characters; an article about cookies is longer or says other things as well
CONSENT = re.compile(any_of(CONSENT_WORDS))
NO_CONSENT = "the page asks for consent and shows no article"
LEAD = 1_500  # characters; what stands before a door is shorter
EMPTY = ("no_text", "too_short")
SAMPLE = 4_000  # characters by which a text is told from binary content
MOST_CONTROL = 100  # characters of text for each that is none

# What trafilatura and lxml have been seen to raise on broken pages, beside recursion in pages nested too deeply.
READING_ERRORS = (
    ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError,
    etree.LxmlError,
)

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class ReadPage:
    """An article, and the lines of the page it was read on: what the memory of its site learns from."""

    article: Article
    lines: PageLines


def extract(page: Page, *, site: SiteMemory = NO_MEMORY, without: frozenset[str] = frozenset()) -> Article:
    """Read the article on a fetched page; raise ExtractionError if there is none.

    ``without`` names rules of ``crawler.extract.boilerplate.rules`` to leave out.
    """
    return _extract(page, site, without)[0]


def extract_with_subject(page: Page) -> Article:
    """Read the article on a fetched page as ``extract`` does, and what it is about."""
    article, _, facts = _extract(page, NO_MEMORY, frozenset())
    return with_subject(article, facts)


def with_subject(article: Article, facts: Facts) -> Article:
    """Look at what an article is about."""
    subject = look(title=article.title, text=article.text, language=article.language, types=facts.types,
                   section=article.section, tags=article.tags, url=article.url)
    return replace(article, subject=subject)


def extract_with_lines(page: Page) -> ReadPage:
    """Read the article on a fetched page as ``extract`` does, what it is about, and all lines of the page."""
    article, blocks, facts = _extract(page, NO_MEMORY, frozenset())
    return ReadPage(article=with_subject(article, facts), lines=gather(article.paragraphs, blocks))


def _extract(page: Page, site: SiteMemory, without: frozenset[str]) -> tuple[Article, Blocks | None, Facts]:
    blocks, sources = None, Sources()
    if is_plain_text(page):
        facts, lines = told_by_the_link(page), read_text(page)
    else:
        tree = parse_html(page.body, page.content_type)
        facts = read_facts(tree, page)
        is_labelled = has_label(tree)
        body = read_lines(tree, page)  # uses up the tree: the few pages with a source to look for are parsed again
        lines, blocks = body.lines, body.blocks
        if is_labelled or has_note(lines):
            sources = find_sources(parse_html(page.body, page.content_type), lines, url=page.url)
    reading = strip(
        (*lines, *sources.missing), title=facts.title, links=sources.links, site=site, without=without
    )
    try:
        check_readable(reading, is_open=facts.paywalled is False)
    except ExtractionError as error:
        if blocks is not None and error.reason in EMPTY:
            check_shown(page, blocks)
        raise
    return write_article(page, reading, facts), blocks, facts


def is_plain_text(page: Page) -> bool:
    """Tell whether a page is served as text and is not a web page all the same."""
    kind = page.content_type.partition(";")[0].strip().lower()
    return kind == "text/plain" and not page.body[:1000].lstrip().lower().startswith((b"<!doctype html", b"<html"))


def told_by_the_link(page: Page) -> Facts:
    """Return the facts that a feed or sitemap stated beside the link; a plain text states none itself."""
    link = page.link
    if link is None:
        return Facts()
    published, modified = (believe(moment, page) for moment in (link.published, link.modified))
    return Facts(title=link.title, published=published, modified=modified, dates=(published,) if published else ())


def believe(moment: Moment | None, page: Page) -> Moment | None:
    """Give a moment back unless it lies before the web or after the page was fetched."""
    return moment if moment and is_plausible(moment, fetched_at=page.fetched_at) else None


def read_text(page: Page) -> tuple[Line, ...]:
    """Read the lines of a plain text; raise ExtractionError ``empty``, ``too_large`` or ``not_text``."""
    if not page.body.strip():
        raise ExtractionError("empty", "the text has no content")
    if len(page.body) > LARGEST_MARKUP:
        raise ExtractionError("too_large", f"{len(page.body)} bytes of text, at most {LARGEST_MARKUP} are read")
    text = decode(page.body, page.content_type, markup=False)
    if len(CONTROL.findall(text[:SAMPLE])) * MOST_CONTROL > len(text[:SAMPLE]):
        raise ExtractionError("not_text", "binary content under the name of a text")
    return tuple(Line(text=line) for line in split_lines(text))


def read_facts(tree: lxml.html.HtmlElement, page: Page) -> Facts:
    """Read what the page states about its article; nothing where its head is too broken, for the body may still do."""
    try:
        return extract_facts(tree, page=page)
    except READING_ERRORS:
        log.warning("no facts read on %s", page.url, exc_info=True)
        return Facts()


def read_lines(tree: lxml.html.HtmlElement, page: Page) -> Body:
    """Read the lines of a page's article; raise ExtractionError ``no_text`` or ``unreadable``."""
    try:
        body = read_with_blocks(tree, url=page.url)
    except READING_ERRORS as error:
        raise ExtractionError("unreadable", f"{type(error).__name__} while reading the body") from error
    if not body.lines:
        check_shown(page, body.blocks)
        raise ExtractionError("no_text", "no article was found on the page")
    return body


def check_shown(page: Page, shown: Blocks) -> None:
    """Raise ExtractionError with what a page without an article is: a consent dialog, or one of ``walls``."""
    if is_consent_wall([block.text for block in shown.blocks]):
        raise ExtractionError("consent_wall", NO_CONSENT)
    reason = name_emptiness(parse_html(page.body, page.content_type), shown)
    if reason is not None:
        raise ExtractionError(reason, DETAILS[reason])


def check_readable(reading: Reading, *, is_open: bool = False) -> None:
    """Raise ExtractionError where what is left is no article, with the reason.

    ``consent_wall``, ``challenge``, ``paywall``, ``no_text``, ``too_short``. ``is_open``: the page says it is free.
    """
    text = reading.text
    lines = [line.text for line in reading.lines]
    if is_consent_wall(lines):
        raise ExtractionError("consent_wall", NO_CONSENT)
    wall = name_wall(lines, is_open=is_open)
    if wall is not None:
        raise ExtractionError(wall, DETAILS[wall])
    if not text:
        raise ExtractionError("no_text", "nothing is left when boilerplate is taken away")
    if count_letters(text) < FEWEST_LETTERS:
        raise ExtractionError("too_short", f"{count_letters(text)} letters, an article has {FEWEST_LETTERS} or more")


def is_consent_wall(lines: Sequence[str]) -> bool:
    """Tell whether a short text is mostly lines about cookies and consent."""
    total = sum(map(len, lines))
    if not total or total > CONSENT_LONGEST:
        return False
    return sum(len(line) for line in lines if len(set(CONSENT.findall(fold(line)))) >= 2) >= total * CONSENT_SHARE


def is_behind_a_wall(reading: Reading) -> bool:
    """Tell whether a notice closed the text, or a short one, which may be the lead only, comes with such a line."""
    if reading.is_walled:
        return True
    lines = (*(line.text for line in reading.lines[-4:]), *(removal.text for removal in reading.removed))
    return len(reading.text) <= LEAD and any(map(is_paywall_line, lines))


def count_letters(text: str) -> int:
    """Count letters and digits; one of a script without spaces says as much as two."""
    return sum(map(str.isalnum, text)) + len(UNSPACED.findall(text))


def write_article(page: Page, reading: Reading, facts: Facts) -> Article:
    """Put together what the text, the stripped lines and the page's own statements say."""
    canonical_url = choose_canonical(page.url, facts.canonical)
    stripped = believe(reading.published, page)
    published = choose_published(facts.published, stripped)
    return Article(
        url=page.url,
        keys=tuple(dict.fromkeys(name_identity(url) for url in (page.url, canonical_url) if url)),
        paragraphs=tuple(line.text for line in reading.lines),
        source=page.source,
        canonical_url=canonical_url,
        title=facts.title,
        language=detect_language(reading.text, declared=facts.declared_language or page.language),
        authors=facts.authors,
        published=published,
        modified=facts.modified,
        dates=tuple(dict.fromkeys(date for date in (published, *facts.dates, stripped) if date)),
        description=facts.description,
        image=facts.image,
        section=facts.section,
        tags=facts.tags,
        paywalled=is_behind_a_wall(reading) or None if facts.paywalled is None else facts.paywalled,
        credits=tuple(dict.fromkeys((*facts.agencies, *reading.credits))),
        derived_from=reading.derived_from or choose_original(page.url, facts.originals),
        removed=reading.removed,
    )


def name_identity(url: str) -> str:
    """Return the identity of an address; what is no address, as in a manifest of saved pages, is its own."""
    try:
        return identify(url)
    except ValueError:
        return url


def choose_published(stated: Moment | None, stripped: Moment | None) -> Moment | None:
    """Choose between the page's statement and a stub stripped off the text; the stub beats a date seen in prose."""
    if stated and stripped and stated.origin == "text":
        return stripped
    return stated or stripped
