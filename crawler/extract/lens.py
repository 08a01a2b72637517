"""The lens: what an article is about, in one look. Title and text -> Subject.

Tables are read when the first text in a language comes, 50 ms and some 3 MB each; nothing of it is loaded before.
"""

from collections.abc import Iterable

from crawler.extract.actors.finder import LONGEST_TEXT as LONGEST_FOR_ACTORS
from crawler.extract.actors.finder import actors_of, find_names
from crawler.extract.actors.reading import read
from crawler.extract.kind import find_kind
from crawler.extract.topic.relevance import LONGEST_TEXT as LONGEST_FOR_TOPIC
from crawler.extract.topic.relevance import rate_reading
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
    reading = read(title, text, language, limit=LONGEST_FOR_ACTORS)
    names = find_names(reading)  # found once for both: a third of the cost
    return Subject(
        relevance=rate_reading(reading.beginning(LONGEST_FOR_TOPIC), names),
        actors=actors_of(reading, names),
        kind=find_kind(title=title, text=text, types=types, section=section, tags=tags, url=url),
    )
