"""Clean the names of authors as bylines and metadata write them, and tell people from outlets and agencies."""

import functools
import html
import re
from collections.abc import Iterable, Iterator

from crawler.extract.facts.jsonld import squeeze
from crawler.extract.facts.months import month_number
from crawler.extract.facts.vocabulary import (
    ACRONYMS,
    AGENCIES,
    AND,
    BY,
    COMMON_NOUNS,
    KINDS,
    LABELS,
    NO_NAMES,
    OTHERS_WORK,
    PARTICLES,
    ROLES,
)
from crawler.extract.facts.written import cut_dates

LONGEST_NAME = 60  # in characters
LONGEST_BYLINE = 300
MOST_AUTHORS = 15

_LABEL = re.compile(rf"\W*(?:{LABELS}\s*[:：︰]|文[/／丨|]|本报记者|記者)\s*", re.IGNORECASE)
_KIND_BY = re.compile(rf"\W*(?:by|{KINDS}\s+{BY})\s+", re.IGNORECASE)
_BY = re.compile(rf"\W*{BY}\s+(?=\S+\s+\S)", re.IGNORECASE)  # two words must be left: Von Miller, Di Maio, Nga Pham
_STRONG = re.compile(r"\s*[;|、·•\n]\s*|\s+[/／]\s+")
# Words that join names, or stand inside one: "Center for Drug Evaluation and Research".
_JOINT = re.compile(rf"\s*(?:,|，|/|&)\s*(?:(?:and|und|et|og|och)\s)?|\s{AND}\s(?=[^\W\d_a-zа-я])")
_SURNAMES = re.compile(r"[^\W\d_]\S+(?:\s[^\W\d_]\S+){1,2}\s[yi]\s[^\W\d_a-z][\w’'-]+")
_TAIL = re.compile(
    r"\s*[(\[（【].*$|\s*\S+@\S+.*$|\s*(?:^|\s)@\w+.*$|\s*\b\d{1,2}[:./]\d.*$|\s+\d.*$|\s*(?:记者|기자).*$|記者$"
    r"|\s+(?:published|updated|posted|last\s(?:up|mod|ed)\w+|aktualisiert|veröffentlicht|actualizado|publicado|publié"
    r"|mis à jour)\b.*$"
    r"|\s+(?-i:in|à|en|aus|from|at|IN|FROM|AT)\s+[^\W\d_].*$", re.IGNORECASE)  # "Kim In Soo" is in no place
_DASH = re.compile(r"\s+[|–—-]\s+")
_ROLES = re.compile(rf"(?:{ROLES}\.?(?:\s+|$|\s*&\s*))+", re.IGNORECASE)
_TRAILING_ROLES = re.compile(rf"(?<=\w)(?:[,\s]+{ROLES}\.?)+$", re.IGNORECASE)
_REFUSED = re.compile(rf"https?:|www\.|@|/[\w-]+/|^\W*$|\d{{3}}|^{NO_NAMES}$", re.IGNORECASE)
_AGENCY = re.compile(rf"(?i:(?:the\s+)?{AGENCIES})|{ACRONYMS}")
_COMMON = re.compile(rf"\b{COMMON_NOUNS}\b", re.IGNORECASE)
_NO_LETTER = re.compile(r"[\d!?:;：，。\"“”…%€$<>{}=#_]|\w\.\w\w")
_OTHERS_WORK = re.compile(rf"(?<!\w){OTHERS_WORK}(?!\w)")
_OTHERS_SIGNS = (  # a quick look: hardly a byline names others
    "edit", "review", "contribut", "report", "check", "photo", "foto", "picture", "illustr", "transl", "traduc",
    "traduit", "bersetzt", "bearbeitet", "redig", "редактор", "фото", "перевод")
_WORD = re.compile(r"[^\s,]+")


def clean_authors(written: Iterable[str], *, outlets: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Read the names that these bylines give, each once: prefixes, roles, places and addresses cut, joint ones split.

    ``outlets`` are the names of the site, squeezed: cut off the end of a name, and never split.
    """
    names: dict[str, str] = {}
    for text in written:
        for name in split_byline(text, outlets):
            names.setdefault(squeeze(name), name)
    return tuple(names.values())[:MOST_AUTHORS]


@functools.lru_cache(maxsize=512)  # several judge one byline; the cache only remembers
def split_byline(text: str, outlets: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Split one byline into clean names."""
    return tuple(_split(text, outlets))


def _split(text: str, outlets: frozenset[str]) -> Iterator[str]:
    text = cut_dates(" ".join(html.unescape(html.unescape(text[:LONGEST_BYLINE])).split()), " | ")
    text = cut_others_work(text)
    text = _cut_prefix(text.strip(" ,;|-–—·•")).strip(" ,;|-–—·•")
    if squeeze(text) in outlets:
        yield text
        return
    text = _cut_outlet(text, outlets, agencies=False)
    if not re.match(r"https?:|www\.", text) and not ("@" in text and " " not in text):
        for part in _STRONG.split(text):
            yield from _names(part, outlets)


def cut_others_work(text: str) -> str:
    """Cut a byline where it begins to name those who did not write: "By Jane Doe. Edited by John Roe"."""
    lower = text.lower()
    others = _OTHERS_WORK.search(lower) if any(sign in lower for sign in _OTHERS_SIGNS) else None
    return text[: others.start()] if others and others.start() else text


def is_agency(name: str) -> bool:
    """Whether the name is a news agency's, and no person's."""
    return _AGENCY.fullmatch(name.strip(" .")) is not None


@functools.lru_cache(maxsize=512)  # several judge one name; the cache only remembers
def is_personal(name: str) -> bool:
    """Whether a text has the shape of a person's full name: two to five words, capitals, nothing else."""
    if len(name) > LONGEST_NAME or _NO_LETTER.search(name) or _COMMON.search(name):
        return False
    words = _WORD.findall(name)
    if len(words) == 1:
        return 2 <= len(name) <= 8 and name[0] > "\u2e80"
    return 2 <= len(words) <= 5 and all(
        word.lower() in PARTICLES or not word[0].islower() for word in words) and any(c.isalpha() for c in name)


def is_collective(name: str) -> bool:
    """Whether a name is a desk's, a team's or an outlet's rather than a person's."""
    return bool(_COMMON.search(name))


def may_be_name(name: str) -> bool:
    """Whether a single word may be how an author signs: letters, a capital, no word of roles or months."""
    return name.isalpha() and name[0].isupper() and not _COMMON.search(name) and month_number(name) is None


def _cut_prefix(text: str) -> str:
    for prefix in (_LABEL, _KIND_BY, _BY):
        match = prefix.match(text)
        if match and match.end() < len(text):
            return text[match.end() :]
    return text


def _names(part: str, outlets: frozenset[str]) -> Iterator[str]:
    """Split at the words that join names, if each piece is a name, or one is and what follows its comma is a role."""
    part = _cut_prefix(part)
    pieces = [piece for piece in (_clean(p, outlets) for p in _JOINT.split(part)) if piece]
    people = [piece for piece in pieces if is_personal(piece) and not is_agency(piece)]
    if len(people) == 1 and _SURNAMES.fullmatch(part) and not is_agency(pieces[-1]) and not is_collective(part):
        yield part  # "José Ortega y Gasset"
        return
    if people and (is_personal(pieces[0]) or len(people) == len(pieces)):
        yield from people
        yield from (piece for piece in pieces if is_agency(piece))
    else:
        whole = _clean(part, outlets)
        if not whole and _ROLES.fullmatch(part) and " " in part:  # "News Staff": signed so for want of a name
            whole = part
        if whole:
            yield whole


def _clean(piece: str, outlets: frozenset[str]) -> str:
    before, *after = _DASH.split(piece, maxsplit=1)
    if after and (is_personal(before) or squeeze(after[0]) in outlets):  # what a dash parts from a full name is no name
        piece = before
    piece = _cut_outlet(_TAIL.sub("", piece, count=1).strip(" ,.:-–—|*\"'“”/"), outlets)
    if _ROLES.fullmatch(piece):
        return ""
    shorter = _TRAILING_ROLES.sub("", piece).strip(" ,:-–—|*\"“”/")
    piece = shorter if is_personal(shorter) else piece
    return "" if len(piece) > LONGEST_NAME or len(squeeze(piece)) < 2 or _REFUSED.search(piece) else piece


def _cut_outlet(piece: str, outlets: frozenset[str], *, agencies: bool = True) -> str:
    words = piece.split()
    for start in range(2, len(words)):
        rest = " ".join(words[start:])
        if squeeze(rest) in outlets or (agencies and is_agency(rest.strip(",. "))):
            return " ".join(words[:start])
    return piece
