"""Clean the names of authors as bylines and metadata write them."""

import html
import re
from collections.abc import Iterable, Iterator

from crawler.extract.jsonld import squeeze

LONGEST_NAME = 60
MOST_AUTHORS = 12

_PREFIX = re.compile(
    r"(?:(?:(?:story|text|words|written|reported|posted|published|authored|reviewed|edited|article|analysis|opinion"
    r"|review|interview|(?:ein\s|eine\s)?(?:kommentar|analyse|gastbeitrag|kolumne|interview|essay|bericht))\s+(?:by|von)"
    r"|by|von|par|por|door|przez|text|autor(?:en|in|es|a)?|auteurs?|author|authors|автор(?:ы|и)?|текст|escrito por"
    r"|skrevet av|skriven av|tekst|teks|penulis|oleh|yazar|yazan|kirjoittaja|szerző|autore|nga|od|文|記者|记者|作者)"
    r"\s*[::]\s*|(?:(?:story|text|words|written|reported|posted|published|authored|article|analysis|opinion|review"
    r"|interview|(?:ein\s|eine\s)?(?:kommentar|analyse|gastbeitrag|kolumne|interview|essay|bericht))\s+(?:by|von)"
    r"|by|von|par|por|door|przez|oleh|nga|di|af|av)\s+)", re.IGNORECASE)
_JOINT = re.compile(r"\s*(?:[;|/、，·•\n]|,(?!\s*(?:jr|sr|ph\.?\s?d|m\.?d|esq|ii|iii)\b)|\s(?:and|und|et|y|e|i|og|och|ja|en|ve|и|та|dan|dhe|&|with)\s)\s*",
                    re.IGNORECASE)
_AFTER = re.compile(r"\s+[|–—-]\s+.*|\s*\(.*?\)\s*$|\s*@\S+.*|\s+(?:\d|published|updated|posted).*|\s+in\s+[A-Z][a-z]+$", re.IGNORECASE)
_REFUSED = re.compile(r"https?:|www\.|@|\.(?:com|org|net)\b.*/|^\W*$|\d{3}|^(?:admin|administrator|editor|staff|author|unknown|none|null|undefined|anonymous|guest)$",
                      re.IGNORECASE)


def clean_authors(written: Iterable[str], *, title: str | None = None) -> tuple[str, ...]:
    """Read the names that these bylines give: prefixes, roles and addresses cut, joint bylines split, once each."""
    names: dict[str, str] = {}
    for text in written:
        for name in _split(html.unescape(text)):
            names.setdefault(squeeze(name), name)
    if title:
        names.pop(squeeze(title), None)
    return tuple(names.values())[:MOST_AUTHORS]


def _split(text: str) -> Iterator[str]:
    text = _PREFIX.sub("", " ".join(text.split()), count=1) if _PREFIX.match(text.strip()) else " ".join(text.split())
    for piece in _JOINT.split(text):
        name = _AFTER.sub("", piece).strip(" ,.;:-–—|*\"'“”").strip()
        if name and len(name) <= LONGEST_NAME and not _REFUSED.search(name) and len(squeeze(name)) > 1:
            yield name
