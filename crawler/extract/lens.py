"""The lens: what an article is about, in one look. Title and text -> Subject.

Tables are read when the first text in a language comes, 50 ms and some 3 MB each; nothing of it is loaded before.
"""

from collections.abc import Iterable

from crawler.extract.actors import find_actors
from crawler.extract.kind import find_kind
from crawler.extract.topic import rate_relevance
from store.subject import Subject


def look(
    *,
    title: str | None,
    text: str,
    language: str | None,
    types: Iterable[str] = (),
    section: str | None = None,
    tags: Iterable[str] = (),
    url: str | None = None,
) -> Subject:
    """See what a text is about; ``types`` are what the page's JSON-LD calls it."""
    return Subject(
        relevance=rate_relevance(title, text, language),
        actors=find_actors(title, text, language),
        kind=find_kind(title=title, text=text, types=types, section=section, tags=tags, url=url),
    )
