"""What kind of text an article is: statement, communiqué, report, interview, opinion, live page, agency flash.

The page's own marks decide first (schema.org types, section, tags, the folders of its address), then how the title
begins, then the shape of the text. What nothing marks is a report.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.resources import files
from urllib.parse import unquote, urlsplit

from store.subject import Kind, KindFound

# schema.org/NewsArticle and its neighbours, in lower case.
_TYPES = {
    "liveblogposting": Kind.LIVE, "opinionnewsarticle": Kind.OPINION, "reviewnewsarticle": Kind.OPINION,
    "askpublicnewsarticle": Kind.INTERVIEW, "interview": Kind.INTERVIEW, "reportagenewsarticle": Kind.REPORT,
    "analysisnewsarticle": Kind.REPORT, "backgroundnewsarticle": Kind.REPORT,
}

# A communiqué is also a statement and an interview may be live: the narrower kind is asked first.
_ORDER = (Kind.COMMUNIQUE, Kind.LIVE, Kind.INTERVIEW, Kind.OPINION, Kind.STATEMENT, Kind.FLASH)
_TITLE_MARK = re.compile(r"^\W*([^|:–—•!]{2,40}?)\s*[|:–—•!]")
_TITLE_TAIL = re.compile(r"[|–—•]\s*([^|–—•]{2,40})$")
_CLOCK_LINE = re.compile(r"\W{0,3}\d{1,2}[:.h]\d{2}\b")
_QUESTION_LINE = re.compile(r"(?:Q|Question|Frage|Pregunta|Domanda|Вопрос|问|問|سؤال)\s*[:：.]")
_QUESTION_MARKS = ("?", "？", "؟", ";")
_SHORTEST_QUESTION, _LONGEST_QUESTION = 13, 301
_FEWEST_TIMES, _FEWEST_QUESTIONS = 4, 4
_FLASH_CHARACTERS = 280
_UNSPACED = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")


def find_kind(
    *,
    title: str | None,
    text: str,
    types: Iterable[str] = (),
    section: str | None = None,
    tags: Iterable[str] = (),
    url: str | None = None,
) -> KindFound:
    """Tell an article's kind; ``types`` are its JSON-LD types, with or without their address."""
    for found in (_by_type(types), _by_marks("section", [section or ""]), _by_marks("tag", tags),
                  _by_marks("address", _folders(url)), _by_title(title or ""), _by_shape(title, text)):
        if found is not None:
            return found
    return KindFound(kind=Kind.REPORT)


def _by_type(types: Iterable[str]) -> KindFound | None:
    for name in types:
        kind = _TYPES.get(re.split(r"[/#:]", name)[-1].casefold())
        if kind is not None:
            return KindFound(kind=kind, evidence=f"type {name}")
    return None


def _by_marks(origin: str, marks: Iterable[str]) -> KindFound | None:
    """Compare whole marks, never pieces of them: a section "Live music" is no live page."""
    for mark in marks:
        kind = _kinds().get(_key(mark))
        if kind is not None:
            return KindFound(kind=kind, evidence=f"{origin} {mark.strip()}")
    return None


def _folders(url: str | None) -> Iterator[str]:
    """Give the folders of an address, the last part (the article's own name) left out."""
    parts = unquote(urlsplit(url or "").path).split("/")[1:-1]
    return (part for part in parts if part)


def _by_title(title: str) -> KindFound | None:
    """Read the word before a colon or a bar, the one behind the last bar, and a communiqué's own words anywhere."""
    for pattern in (_TITLE_MARK, _TITLE_TAIL):
        match = pattern.search(title)
        found = _by_marks("title", [match[1]]) if match else None
        if found is not None:
            return found
    key = _key(title)
    if key.startswith(_openings()):
        for phrase in _openings():
            if _opens(key, phrase):
                return KindFound(kind=_kinds()[phrase], evidence=f"title {phrase.replace('-', ' ')}")
    return None


@lru_cache(maxsize=1)
def _openings() -> tuple[str, ...]:
    """Give the phrases of several words by which a title is told that begins with them; one word alone is no mark."""
    return tuple(phrase for phrase, kind in _kinds().items()
                 if "-" in phrase and kind in (Kind.COMMUNIQUE, Kind.STATEMENT))


def _opens(key: str, phrase: str) -> bool:
    """Whether a title begins with a phrase: "Joint statement of..."."""
    return key.startswith(phrase) and (
        key[len(phrase):len(phrase) + 1] in ("", "-") or bool(_UNSPACED.match(phrase)))


def _by_shape(title: str | None, text: str) -> KindFound | None:
    lines = text.split("\n")
    if sum(map(_begins_with_time, lines)) >= _FEWEST_TIMES:
        return KindFound(kind=Kind.LIVE, evidence="shape: lines that begin with a time")
    if sum(map(_is_question, lines)) >= _FEWEST_QUESTIONS:
        return KindFound(kind=Kind.INTERVIEW, evidence="shape: lines that are questions")
    if title and 0 < len(text.strip()) <= _FLASH_CHARACTERS and "\n" not in text.strip():
        return KindFound(kind=Kind.FLASH, evidence="shape: one short paragraph")
    return None


def _begins_with_time(line: str) -> bool:
    return bool(_CLOCK_LINE.match(line))


def _is_question(line: str) -> bool:
    is_asked = line.endswith(_QUESTION_MARKS) and _SHORTEST_QUESTION <= len(line) <= _LONGEST_QUESTION
    return is_asked or bool(_QUESTION_LINE.match(line))


def _key(mark: str) -> str:
    return "-".join(re.findall(r"[^\s\-_.,:|!/()]+", mark.casefold()))


@lru_cache(maxsize=1)
def _kinds() -> dict[str, Kind]:
    """Read the marks of all languages, each with its kind; a mark of two kinds is the narrower one's."""
    rows: dict[Kind, list[str]] = {}
    for line in files("crawler.extract").joinpath("kind.tsv").read_text(encoding="utf-8").splitlines():
        name, marks = line.split("\t")
        rows.setdefault(Kind(name), []).extend(marks.split())
    kinds: dict[str, Kind] = {}
    for kind in _ORDER:
        for mark in rows.get(kind, ()):
            kinds.setdefault(_key(mark), kind)
    return kinds
