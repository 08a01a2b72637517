"""Comment headings and counters below an article: "3 Comments", "Leave a reply", "Комментарии (5)", "评论".

Built from parts: what a language calls comments, the counters beside it, and the ways to ask for one.
"""

import re
from collections.abc import Sequence

from crawler.extract.line_forms import asks_the_reader, is_prose
from crawler.extract.reading import NumberedLine, Reading, Rule
from crawler.extract.text import fold
from crawler.extract.words import keyed, words
from crawler.extract.words.comments import ASKING, DENYING, NOUNS, WORDS_OF_ARTICLES

NAME = "comments"
LONGEST_HEADING = 70  # characters; the longest seen asks for a comment, names the forum and counts

# What stands around a counter: "(5)", ": 5", "| 5", "5 件"; and the words that count in scripts that need one.
COUNTER = re.compile(
    r"^\(?\d[\d.,\s]*\)?\s*(?:条|條|则|則|个|個|件|件の|개의|개|건)?\s*(?=\D)"
    r"|\s*[(\[:|·•–—-]?\s*\d[\d.,\s]*k?\s*(?:条|條|则|則|个|個|件|개|건)?\s*[)\]]?$"
)
DECORATION = " \t:.!?…>»›→↓▼▾#*|•·–—-()[]💬🗨"


def _phrases(table: str) -> frozenset[str]:
    """Return every form of a table with every noun of its language."""
    nouns = keyed(NOUNS)
    return frozenset(fold(form.replace("~", noun)) for language, forms in keyed(table).items() for form in forms
                     for noun in nouns[language])


BARE = frozenset(fold(noun) for listed in keyed(NOUNS).values() for noun in listed)
ASKED, DENIED = _phrases(ASKING), _phrases(DENYING) | frozenset(words(WORDS_OF_ARTICLES))


def is_comment_heading(text: str) -> bool:
    """Tell whether a whole line only heads, counts or asks for comments; "Comments" alone does too."""
    return _kind(text) is not None


def _kind(text: str) -> str | None:
    """Return ``asked`` for a heading that counts or asks, ``bare`` for a noun alone, which an article may use too.

    ``denied``: what says that there are none, or heads what others answered to the news.
    """
    if len(text) > LONGEST_HEADING:
        return None
    whole = fold(text).strip(DECORATION)
    counted = COUNTER.sub("", fold(text), count=1).strip(DECORATION)
    if whole in DENIED:
        return "denied"
    if whole in BARE and not any(map(str.isdigit, text)):
        return "bare"
    return "asked" if whole in ASKED or counted in ASKED or counted in BARE else None


def strip_comments(reading: Reading) -> Reading:
    """Drop the first comment heading of the tail, and what follows it."""
    sizes = [len(line.text) for line in reading.lines]
    total, before = sum(sizes), 0
    for index, line in enumerate(reading.lines):
        after = total - before - sizes[index]
        if before and _ends_the_article(line, reading.lines[index + 1:], before=before, after=after):
            return reading.drop(reading.lines[index:], NAME)
        before += sizes[index]
    return reading


def _ends_the_article(line: NumberedLine, rest: Sequence[NumberedLine], *, before: int, after: int) -> bool:
    """Accept a heading when the article is behind it: a third of the text may follow, a sixth below a bare noun.

    Below "No comment" stands no comment: a paragraph there is the article's.
    """
    match _kind(line.text):
        case "asked":
            return after * 2 <= before
        case "bare":
            return after * 5 <= before
        case "denied":
            return after * 2 <= before and not any(is_prose(each.text) and not asks_the_reader(each.text)
                                                   for each in rest)
    return False


COMMENTS = Rule(name=NAME, apply=strip_comments)
