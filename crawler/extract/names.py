"""Clean the names of authors as bylines and metadata write them, and tell people from outlets and agencies."""

import html
import re
from collections.abc import Iterable, Iterator

from crawler.extract.jsonld import squeeze
from crawler.extract.months import month_number
from crawler.extract.written import cut_dates

LONGEST_NAME = 60  # in characters
LONGEST_BYLINE = 300
MOST_AUTHORS = 15

_KIND = (r"(?:(?:story|text|words|written|reported|reporting|posted|published|authored|created|article|analysis|opinion|review|interview"
         r"|commentary|column|essay|guest post|kommentar|analyse|gastbeitrag|kolumne|essay|bericht|reportage|porträt|glosse|"
         r"(?:ein|eine) \w{3,20}|propos recueillis|un article|testo|texto|tekst|text|foto)\s+)?")
_PREFIX = re.compile(
    rf"\W*(?:{_KIND}(?:by|von|vom|par|por|door|przez|oleh|nga|di|af|av|van|laporan)\s+"
    r"|(?:(?:by|von|par|por|door|przez|oleh|nga|af|av|(?:the )?authors?|autor(?:en|in|es|a|ka|zy|ka textu)?|auteurs?|autore|autori"
    r"|аuthor|автор(?:ы|и|и статті)?|текст|tekst|text|testo|texto|teks|words|penulis|reporter|editor|yazar|yazan|haber|kirjoittaja"
    r"|szerző|escrito por|skrevet av|skriven av|skrevet af|redaktion|redacción|fuente|source|foto|文|記者|记者|作者|筆者|撰文|編輯|기자"
    r"|글|بقلم|کاتب|نویسنده|كتب|كتبت)\s*[:：︰]|文[/／丨|]|本报记者|記者)\s*)", re.IGNORECASE)
_STRONG = re.compile(r"\s*[;|、·•\n]\s*|\s+[/／]\s+")
_JOINT = re.compile(  # words that join names, or stand inside one: "Center for Drug Evaluation and Research"
    r"\s*(?:,|，|/|&)\s*(?:(?:and|und|et|og|och)\s)?|\s(?:and|und|et|och|og|ja|dan|dhe|и|та|і|και|y|e|i|en|ve|a|with|mit|con|avec)"
    r"\s(?=[^\W\d_a-zа-я])")
_TAIL = re.compile(
    r"\s*[(\[（【].*$|\s+[|–—-]\s+.*$|\s*\S+@\S+.*$|\s*(?:^|\s)@\w+.*$|\s*\b\d{1,2}[:./]\d.*$"
    r"|\s+(?:published|updated|posted|last|on|for|aktualisiert|veröffentlicht|actualizado|publicado|publié|mis à jour|am|le|el|il"
    r"|vor|il y a|hace)\s.*$"
    r"|\s+(?:in|à|en|aus|from|at|of)\s+[^\W\d_].*$|\s+\d.*$|\s*记者.*$|\s*記者$|\s*기자.*$", re.IGNORECASE)
_ROLE = (
    r"(?:senior|junior|chief|deputy|assistant|associate|managing|executive|staff|contributing|freelance|special|guest|political|foreign"
    r"|diplomatic|sports?|business|news|national|international|digital|lead|investigative|former|opinion|tech(?:nology)?|health|science"
    r"|white house|washington|europe|defen[cs]e|security|economics?|editor(?:ial)?s?|reporters?|correspondents?|writers?|contributors?"
    r"|journalists?|columnists?|producers?|analysts?|bureau|desk|editor-in-chief|in|chief|at|large|director|author|team"
    r"|redakt(?:eur|ør|ör|or)\w*|korrespondent\w*|reporter\w*|autor(?:in)?|journalist\w*|périodiste|journaliste|correspondante?"
    r"|periodista|corresponsal|redactora?|giornalista|redazione|inviat[oa]|enviad[oa]|especial|jornalista|repórter|kontributor"
    r"|корреспондент|обозреватель|журналист|редактор|md|m\.d|phd|ph\.d|dr|msc?|ma|mba|rdn?|ld|rn|jd|esq|cfp|cpa|cscs|mph|bsc?)")
_ROLES = re.compile(rf"(?:{_ROLE}\.?(?:\s+|$|\s*&\s*))+", re.IGNORECASE)
_TRAILING_ROLES = re.compile(rf"(?<=\w)(?:[,\s]+{_ROLE}\.?)+$", re.IGNORECASE)
_REFUSED = re.compile(
    r"https?:|www\.|@|/[\w-]+/|^\W*$|\d{3}|^(?:admin|administrator|web\s?master|editor|staff|author|unknown|none|null|undefined"
    r"|anonymous|guest|by|user|root|false|true|share|follow|redaktion|about the author|read more|more|home|contact|profile)$", re.IGNORECASE)
_AGENCIES = re.compile(
    r"(?:the\s+)?(?:associated press|ap|a\.p\.|reuters|thomson reuters|agence france[ -]?presse|afp|deutsche presse[ -]?agentur|dpa(?:-\w+)?"
    r"|apa|ansa|efe|agencia efe|europa press|tass|тасс|interfax|интерфакс|риа новости|ria novosti|xinhua|新华社|新華社|bloomberg(?: news)?|upi"
    r"|united press international|pa media|press association|kyodo(?: news)?|共同|共同通信|時事通信?|jiji|yonhap|연합뉴스|anadolu(?: agency| ajansı)?"
    r"|aa|belga|ritzau|ntb|tt|stt|pap|čtk|ctk|tasr|hina|tanjug|fena|mina|agerpres|mti|bta|lusa|anp|keystone-sda|sda|ats|sid|epd|kna|kyivpost"
    r"|ukrinform|укрінформ|interfax-ukraine|unian|belta|ani|pti|ians|irna|wam|spa|mena|antara|bernama|canadian press|the canadian press"
    r"|australian associated press|aap|voa(?: news)?|voice of america|rfe/rl|newswire|wire reports?|agenc(?:y|ies)|agencias|agenturen|agences)",
    re.IGNORECASE)
_NO_PERSON = re.compile(  # a noun that a role or an outlet has, and a full name has not
    r"\b(?:consultants?|experts?|specialists?|educators?|gardeners?|astrologers?|horticulturalists?|attorneys?|lawyers?|professors?"
    r"|coach|trainers?|(?:co-?)?founders?|ceo|president|institute?|instituto|university|universität|université|college|center|centre"
    r"|reports?|times|news\w*|post|magazine|press|media|teams?|group|content|agency|company|inc|llc|ltd|gmbh|foundation|association"
    r"|department|ministry|office|studios?|network|journal|gazette|herald|tribune|zeitung|redaktion|redazione|redacción|rédaction"
    r"|redakcja|staff|service|editor\w*|reporters?|correspondents?|writers?|contributors?|journalists?|producers?|analysts?|directors?"
    r"|view|more|posts?|profile|follow|read|learn|articles?|stories|updated|published|written|share|comments?|min|minutes?"
    r"|subscribe|sign|log|home|about|contact|all|our|your|this|photo\w*|credit|image|getty|advertise\w*|disclosure|by)\b", re.IGNORECASE)
_PARTICLES = frozenset(
    "de da do dos das di del della la le el al van von den der ter ten zu zum af av bin ibn ben y e i of the d' dalla du des st abu".split())
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


def split_byline(text: str, outlets: frozenset[str] = frozenset()) -> Iterator[str]:
    """Split one byline into clean names."""
    text = cut_dates(" ".join(html.unescape(html.unescape(text[:LONGEST_BYLINE])).split()), " | ")
    text = _cut_prefix(text.strip(" ,;|-–—·•")).strip(" ,;|-–—·•")
    if squeeze(text) in outlets:
        yield text
    elif not re.match(r"https?:|www\.", text) and not ("@" in text and " " not in text):
        for part in _STRONG.split(text):
            yield from _names(part, outlets)


def is_agency(name: str) -> bool:
    """Whether the name is a news agency's, and no person's."""
    return _AGENCIES.fullmatch(name.strip(" .")) is not None


def is_personal(name: str) -> bool:
    """Whether a text has the shape of a person's full name: two to five words, capitals, nothing else."""
    if len(name) > LONGEST_NAME or re.search(r"[\d!?:;\"“”…%€$<>{}=#_]|\w\.\w\w", name) or _NO_PERSON.search(name):
        return False
    words = _WORD.findall(name)
    if len(words) == 1:
        return 2 <= len(name) <= 8 and name[0] > "\u2e80"
    return 2 <= len(words) <= 5 and all(
        word.lower() in _PARTICLES or not word[0].islower() for word in words) and any(c.isalpha() for c in name)


def is_collective(name: str) -> bool:
    """Whether a name is a desk's, a team's or an outlet's rather than a person's."""
    return bool(_NO_PERSON.search(name))


def may_be_name(name: str) -> bool:
    """Whether a single word may be how an author signs: letters, a capital, no word of roles or months."""
    return name.isalpha() and name[0].isupper() and not _NO_PERSON.search(name) and month_number(name) is None


def _cut_prefix(text: str) -> str:
    match = _PREFIX.match(text)
    return text[match.end() :] if match and match.end() < len(text) else text


def _names(part: str, outlets: frozenset[str]) -> Iterator[str]:
    """Split at the words that join names, if each piece is a name, or one is and what follows its comma is a role."""
    part = _cut_prefix(part)
    pieces = [piece for piece in (_clean(p, outlets) for p in _JOINT.split(part)) if piece]
    people = [piece for piece in pieces if is_personal(piece) and not is_agency(piece)]
    if people and (is_personal(pieces[0]) or len(people) == len(pieces)):
        yield from people
        yield from (piece for piece in pieces if is_agency(piece))
    else:
        whole = _clean(part, outlets)
        if whole:
            yield whole


def _clean(piece: str, outlets: frozenset[str]) -> str:
    piece = _cut_outlet(_TAIL.sub("", piece, count=1).strip(" ,.:-–—|*\"'“”/"), outlets)
    if _ROLES.fullmatch(piece):
        return ""
    shorter = _TRAILING_ROLES.sub("", piece).strip(" ,:-–—|*\"“”/")
    piece = shorter if is_personal(shorter) else piece
    return "" if len(piece) > LONGEST_NAME or len(squeeze(piece)) < 2 or _REFUSED.search(piece) else piece


def _cut_outlet(piece: str, outlets: frozenset[str]) -> str:
    words = piece.split()
    for start in range(2, len(words)):
        rest = " ".join(words[start:])
        if squeeze(rest) in outlets or is_agency(rest.strip(",. ")):
            return " ".join(words[:start])
    return piece
