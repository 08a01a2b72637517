"""The names under which records leave avvisi, in ``export`` and ``extract`` alike; documented, and stable.

    id                   16 hexadecimal digits, made from the article's own address
    url, canonical_url   where it was read; what the page calls its own address
    source               id of the source, or what the manifest of an import named
    title, text          text is the paragraphs joined by newlines
    paragraphs           the same, as a list
    language             ISO 639 code
    authors              a list
    published            ISO 8601, no longer than it is known: 2023-03, 2023-03-05, 2023-03-05T10:00+02:00
    published_precision  second, minute, day or month
    published_origin     where it was read: feed, sitemap, json-ld, meta, time, url or text
    modified             as published
    description, image, section
    tags                 a list
    paywalled            true, false, or null where the page does not say
    credits              a list: the agencies and outlets that the text credits
    derived_from         address of the original that the text names
    removed              a list of {text, rule, where}: each line that was not the article
    dates                a list of {at, precision, origin}: every date the page gave, the chosen one among them
    relevance            from 0 to 1: how much it is about relations between states; null where nobody has looked yet
    relevance_reasons    a list of {term, where, language, weight}: what moved the score, the weightiest first
    countries            a list: ISO 3166-1 codes of those that act or are spoken of, the weightiest first
    organisations        a list: international organisations by their English short names, the most named first
    offices              a list: who speaks, behind the state named beside it: "US foreign_minister", "spokesperson"
    dyads                a list: pairs of states that it sets against each other, the strongest first: "CN-US"
    kind                 statement, communique, report, interview, opinion, live or flash
    text_sha256          SHA-256 of ``text`` in UTF-8, in hexadecimal digits

and, of a stored record only:

    first_seen, last_seen   when its text was first stored, and last met
    sightings               at how many addresses it is now
    revision                number of its current text, from 1
    gone_at                 since when its page is gone; null while it is there
    near_group              one word for all records that are copies of each other; null where it has no copies
    group_earliest          id of the copy that was published first
    group_members           how many records are copies of each other
    group_origins           from how many origins they come; a wire story in thirty papers is one
    group_credits           a list: whom any of them credits
    retrieved               when the page was fetched that its current text was read on
    page_sha256             SHA-256 of that page as it came; null where the text came without one
"""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from store.fingerprint import make_id
from store.moments import write_moment
from store.subject import Actors, Subject
from store.values import Article, Moment, Removal

RELEVANT = 0.5  # relevance from which a text counts as one on relations between states (docs/design/relevance.md)

ARTICLE_FIELDS = (
    "id", "url", "canonical_url", "source", "title", "text", "paragraphs", "language", "authors", "published",
    "published_precision", "published_origin", "modified", "description", "image", "section", "tags", "paywalled",
    "credits", "derived_from", "removed", "dates", "relevance", "relevance_reasons", "countries", "organisations",
    "offices", "dyads", "kind", "text_sha256",
)
RECORD_FIELDS = (
    *ARTICLE_FIELDS, "first_seen", "last_seen", "sightings", "revision", "gone_at", "near_group", "group_earliest",
    "group_members", "group_origins", "group_credits", "retrieved", "page_sha256",
)


def article_fields(article: Article) -> dict[str, Any]:
    """Write an article that was read and not stored."""
    return {
        "id": make_id(article.keys[0]) if article.keys else None,
        "url": article.url,
        "canonical_url": article.canonical_url,
        "source": article.source,
        "title": article.title,
        "text": article.text,
        "paragraphs": cut_paragraphs(article.text),
        "language": article.language,
        "authors": list(article.authors),
        "published": _write(article.published),
        "published_precision": article.published.precision.value if article.published else None,
        "published_origin": article.published.origin if article.published else None,
        "modified": _write(article.modified),
        "description": article.description,
        "image": article.image,
        "section": article.section,
        "tags": list(article.tags),
        "paywalled": article.paywalled,
        "credits": list(article.credits),
        "derived_from": article.derived_from,
        "removed": [removal_fields(removal) for removal in article.removed],
        "dates": [write_moment(moment) for moment in article.dates],
        **subject_fields(article.subject),
        "text_sha256": _hash(article.text),
    }


def subject_fields(subject: Subject | None) -> dict[str, Any]:
    """Write what a text is about."""
    actors = Actors() if subject is None else subject.actors
    return {
        "relevance": None if subject is None else subject.relevance.score,
        "relevance_reasons": [] if subject is None else write_reasons(subject),
        "countries": list(actors.codes),
        "organisations": [body.code for body in actors.organisations],
        "offices": [f"{office.country} {office.name}" if office.country else office.name for office in actors.offices],
        "dyads": [f"{dyad.first}-{dyad.second}" for dyad in actors.dyads],
        "kind": None if subject is None else subject.kind.kind.value,
    }


def write_reasons(subject: Subject) -> list[dict[str, Any]]:
    """Write the terms that moved the score, the weightiest first."""
    return [{"term": reason.term, "where": reason.where.value, "language": reason.language, "weight": reason.weight}
            for reason in subject.relevance.reasons]


def record_fields(row: Mapping[Any, Any]) -> dict[str, Any]:
    """Write a row of the view ``record``."""
    return {name: _write_value(row, name) for name in RECORD_FIELDS}


def removal_fields(removal: Removal) -> dict[str, str]:
    """Write a removed line."""
    return {"text": removal.text, "rule": removal.rule, "where": removal.where}


def cut_paragraphs(text: str) -> list[str]:
    """Cut a text into its paragraphs: its lines."""
    return text.split("\n") if text else []


def _write_value(row: Mapping[Any, Any], name: str) -> Any:
    if name == "paragraphs":
        return cut_paragraphs(row["text"])
    if name == "text_sha256":
        return _hash(row["text"])
    value = row[name]
    return value.isoformat() if isinstance(value, datetime) else value


def _hash(text: str) -> str:
    return sha256(text.encode(errors="replace")).hexdigest()


def _write(moment: Moment | None) -> str | None:
    return str(moment) if moment is not None else None
