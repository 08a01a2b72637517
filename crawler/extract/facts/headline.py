"""Choose an article's own headline among all the titles that a page states."""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from crawler.extract.facts.jsonld import squeeze

LONGEST_HEADLINE = 400  # in characters; the longest of 316 is 196
LIKENESS = 0.4  # of a heading to another title, to be the article's: half the words or so in common
FEWEST_WORDS = 4  # of a headline that stands alone
SHORTEST_CORE = 4  # letters of an address that are taken for the site's name

GENRES = frozenset("""
    editorial opinion column commentary analysis review letters explainer video photos watch live kommentar
    meinung leitartikel analyse opinión análisis opinione analisi opinião análise opinie opinia
    мнение комментарий анализ думка коментар yorum 社説 评论
    """.split())  # behind a bar, what kind of article it is
_SEPARATOR = re.compile(r"\s+[|\-–—·•:»«/~]+\s+|\s*[|｜»]\s*|\s*[_－]\s*(?=[^\W\d_]*$)")
_INVISIBLE = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, kw_only=True)
class Titles:
    """What a page calls its article, and what it calls itself."""

    headings: tuple[str, ...] = ()
    stated: tuple[str, ...] = ()
    document: str | None = None
    site_names: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()


def choose_headline(titles: Titles) -> str | None:
    """Choose the heading that another title confirms; failing that the title stated first, without the site's name."""
    names = frozenset(filter(None, map(squeeze, (*titles.site_names, *titles.sections))))
    stated = [text for text in map(tidy, titles.stated) if text]
    headings = [_cut_heading(text, names, stated) for text in map(tidy, titles.headings)
                if text and squeeze(text) not in names]
    known = frozenset(squeeze(text) for text in (*headings, *stated))
    stated = [cut_site(text, names, known) for text in stated]
    document = cut_site(tidy(titles.document or ""), names, known)
    others = [text for text in (*stated, document) if text]
    return _confirmed(headings, others) or _only(headings) or next(iter((*others, *headings)), None)


def _only(headings: list[str]) -> str | None:
    """Take the page's only heading if it is long enough for a headline, even where no other title is like it."""
    return headings[0] if len(set(headings)) == 1 and len(_units(headings[0])) >= FEWEST_WORDS else None


def _cut_heading(heading: str, names: frozenset[str], stated: list[str]) -> str:
    """Cut the site's name off a heading, and a section that a bar parts from what is stated as the title."""
    known = {squeeze(text) for text in stated}
    for piece in map(str.strip, heading.split("|")):
        if piece != heading and squeeze(piece) in known:
            return piece
    return cut_site(heading, names, frozenset())


def tidy(text: str, *, longest: int | None = LONGEST_HEADLINE) -> str:
    """Decode entities (twice encoded ones too), join white space, drop invisible characters; cut to ``longest``."""
    if "&" in text:
        text = html.unescape(html.unescape(text))
    if not text.isascii():
        text = _INVISIBLE.sub("", text)
    return " ".join(text.split())[:longest].strip()


def cut_site(text: str, names: frozenset[str], known: frozenset[str]) -> str:
    """Cut the site's name, and sections beside it, off either end of a title.

    A piece goes if it is a name of the site, or if what is left is known as a title by itself.
    """
    pieces = list(_SEPARATOR.finditer(text))
    for piece in pieces:
        before, after = text[: piece.start()], text[piece.end() :]
        if squeeze(before) in known and len(squeeze(before)) > len(squeeze(after)) // 2:
            return before.strip()
        if _is_name(before, names) or (squeeze(after) in known and len(after) > len(before)):
            return cut_site(after.strip(), names, known)
    for piece in reversed(pieces):
        after = text[piece.end() :]
        if _is_name(after, names) or ("|" in piece[0] and squeeze(after) in GENRES):
            return cut_site(text[: piece.start()].strip(), names, known)
    return text


def likeness(one: str, other: str) -> float:
    """Share of words, or letters where words are not spaced, that two titles have in common (Dice)."""
    a, b = _units(one), _units(other)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def _is_name(piece: str, names: frozenset[str]) -> bool:
    """Whether a piece is a name of the site, or the core of its address: ``Foo`` on ``thefoo.com``."""
    flat = squeeze(piece)
    return bool(flat) and (flat in names or (len(flat) >= SHORTEST_CORE and any(
        flat in name for name in names if name.isascii() and name.endswith(("com", "org", "net", "news")))))


def _confirmed(headings: list[str], others: Iterable[str]) -> str | None:
    best, most = None, LIKENESS
    for heading in headings:
        flat = squeeze(heading)
        for other in others:
            score = 2.0 if flat == squeeze(other) else likeness(heading, other)
            if score > most and len(_units(heading)) > 1:
                best, most = heading, score
    return best


def _units(text: str) -> frozenset[str]:
    return frozenset(_split(text.casefold()))


def _split(text: str) -> Iterator[str]:
    for word in _WORD.findall(text):
        if word[0] > "\u2e80":
            yield from word
        else:
            yield word
