"""Gather the names of provinces from public facts: run by hand, never by avvisi.

    python -m crawler.extract.actors.gather_provinces FOLDER

FOLDER is ``common/subdivisions`` of Unicode CLDR (Unicode License v3), which names the provinces of ISO 3166-2 in
some eighty languages. Writes ``provinces/LANGUAGE.tsv``: the provinces of great states, and in the languages of a
state all of its own; and ``provinces/latn.tsv`` with those that languages of Latin script write alike.

A name loses what only says that it is a province ("Provinz", "Region", "Präfektur", "州"): words that stand in many
names. What is left is dropped where provinces of two states share it, where it is a state's name, and where it is
mostly another word.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree

from crawler.extract.actors.gather import (
    INFLECTED,
    LANGUAGES,
    OTHER_SCRIPTS,
    begins_other_word,
    capital_cities,
    common_words,
    stem,
    write,
)
from crawler.extract.actors.reading import SIMPLER
from crawler.extract.actors.tables import read_table

HERE = Path(__file__).parent
_GREAT = frozenset("US CA AU GB DE AT CH IN CN JP RU UA BR FR IT ES PL ZA NG ID".split())
# Where a language is spoken all provinces are named alone.
_HOMES = {
    "ar": "EG SA IQ SY DZ MA SD YE JO LB LY TN", "bg": "BG", "bn": "BD", "be": "BY", "cs": "CZ", "da": "DK",
    "de": "DE AT CH", "el": "GR", "en": "GB US IE NZ PK KE", "es": "ES AR MX CO CL PE VE", "et": "EE", "fa": "IR AF",
    "fi": "FI", "fr": "FR BE CH", "he": "IL", "hr": "HR BA", "hu": "HU", "hy": "AM", "id": "ID", "is": "IS",
    "it": "IT CH", "kk": "KZ", "ko": "KR KP", "lt": "LT", "lv": "LV", "ne": "NP", "nl": "NL BE", "no": "NO", "pl": "PL",
    "pt": "PT AO MZ", "ro": "RO MD", "ru": "BY KZ KG AM EE", "sk": "SK", "sr": "RS", "sv": "SE FI", "sw": "KE TZ",
    "th": "TH", "tr": "TR", "uk": "UA PL", "ur": "PK", "vi": "VN", "zh": "TW",
}
# Elsewhere those of great states are, and of some of these the great parts alone.
_PARTS = {
    "FR": re.compile("fr[a-z]{3}"), "IT": re.compile(r"it\d\d"), "PL": re.compile(r"pl\d\d"),
    "ES": re.compile("es(an|ar|as|cb|cl|cm|cn|ct|ex|ga|ib|md|nc|pv|vc)"), "GB": re.compile("gb(eng|sct|wls|nir)"),
    "ID": re.compile("id(ac|ba|jw|ki|pa|ri|su)"),
}
# Provinces with a code of their own among the states, and those whose names are plain words (Free State, Delta).
_LEFT_OUT = re.compile(
    "cn(hk|mo|tw)|us(as|dc|gu|mp|pr|um|vi)|fr(bl|cp|gf|gp|mf|mq|nc|pf|pm|re|tf|wf|yt)|nl(aw|bq.|cw|sx)|fi01|no2[12]|"
    "za(fs|nw)|ng(de|fc|ni|pl|ri)|brdf|ruyev|aozai|pl26|pl18|it57|auvic|auact|aunt"
)
# Names that are given names, surnames or words as well; stems that begin other words. Found among the thirty thousand
# most frequent words of each language.
_OTHER_NAMES = frozenset("""rhode kirov hesse rio_grande_do north_west moray highland central nord sud norte sur est
ouest albert lara sucre bolívar miranda hidalgo guerrero morelos durango santander mercedes
chatham harrow slough apure şansi παπούα κότσι τσίμπα μπόρνο νατάλ αλμπέρτα άλμπερτα alberta
венето наталь натал парана навара северозападна_провинција هیوگو पुलिया gryzonia sacha
ιβάνοβο карінтія karintia karinthia valais 西北地区""".split())
_NO_ENDING = frozenset("ассам індіана бремен hunan hamburg ломбардия ломбардія lombardia mordowia наварра".split())

_WORD = re.compile(r"[^\s\-'’ʼ׳״\".,()&/·‑–—]+")
_BRACKETS = re.compile(r"\s*[（(].*?[)）]|[²³]")
_KIND_FROM = 9  # names of a language that a word stands in, from which on it says what kind of province it is
_NAME_PARTS = re.compile(
    r"\b(New|North|South|East|West|Northern|Southern|Eastern|Western|San|Santa|Saint|St\.?|Upper|Lower|Central|Great|Rio|"
    r"Mecklenburg|Baden|Santiago|Inner|Los|Lake)\b"
)
_LINE_KINDS = re.compile(
    "(?:州|省|県|縣|县|府|都|道|市|區|区|自治区|自治區|自治州|地方|準州|共和国|共和國|郡|大区|大區|邦|地区|連邦管区)$"
)
_SHORTEST, _SHORTEST_LINE, _SHORTEST_KANA = 5, 3, 4
_ALIKE = 4  # languages of Latin script that write a name alike, from which on all share it
_UNCASED = frozenset("am ar bn fa gu he hi hy ka km kn ko lo ml mr my ne pa ps si ta te th ur".split())


def names_in(path: Path) -> dict[str, str]:
    """Give the provinces that CLDR names in a language, by their codes."""
    root = ElementTree.parse(path).getroot()  # noqa: S314  # a file of CLDR, read by hand
    return {str(node.get("type")): node.text or "" for node in root.iter("subdivision") if node.text}


def is_wanted(code: str, language: str) -> bool:
    """Whether a province is named in a language without its state."""
    state = code[:2].upper()
    if _LEFT_OUT.fullmatch(code):
        return False
    if state in _HOMES.get(language, "").split():
        return True
    return state in _GREAT and (state not in _PARTS or bool(_PARTS[state].fullmatch(code)))


def seated(english: Mapping[str, str]) -> Iterator[str]:
    """Give the provinces that are called after their state's capital, a seat and no mere place: Beijing, Berlin."""
    capitals = capital_cities()
    for code, name in english.items():
        if set(_WORD.findall(capitals.get(code[:2].upper(), ""))) & set(_WORD.findall(name)):
            yield code


def kinds_of(names: Mapping[str, str], english: Mapping[str, str]) -> frozenset[str]:
    """Give the words that only say that something is a province: those of many names, but for "New" and "Saint"."""
    seen: Counter[str] = Counter()
    proper: Counter[str] = Counter()
    for code, name in names.items():
        for word in set(_WORD.findall(name.casefold())):
            seen[word] += 1
            proper[word] += bool(_NAME_PARTS.search(english.get(code, "")))
    return frozenset(word for word, count in seen.items() if count >= _KIND_FROM and proper[word] * 2 < count)


def bare(name: str, kinds: frozenset[str], language: str) -> list[str]:
    """Give the words of a name without those that say its kind; none where they are no name without them."""
    words = _WORD.findall(_BRACKETS.sub("", name))
    while words and (words[0].casefold() in kinds or (language not in OTHER_SCRIPTS and words[0][:1].islower())):
        words = words[1:]
    if language in INFLECTED and words and words[-1].casefold() in kinds:
        return words if len(words) > 1 else []  # an adjective needs its noun: "Одесская область"
    while words and words[-1].casefold() in kinds:
        words = words[:-1]
    return words


def entries_of(names: Mapping[str, str], english: Mapping[str, str], language: str) -> Iterator[tuple[str, str]]:
    """Give (ISO code, entry) for the provinces of a language."""
    kinds = kinds_of(names, english)
    states = {written.strip("#@%~?").rstrip("*+").casefold() for kind in ("names", "words")
              for label, written in read_table("crawler.extract.actors", f"{kind}/{language}.tsv")}
    owners: dict[str, set[str]] = {}
    found: list[tuple[str, str, list[str]]] = []
    for code, name in names.items():
        words = bare(name, kinds, language)
        if words:
            owners.setdefault(" ".join(words).casefold(), set()).add(code[:2])
            found.append((code, name, words))
    for code, name, words in found:
        key = " ".join(words).casefold()
        if len(owners[key]) > 1 or not is_wanted(code, language):
            continue
        if language in ("zh", "ja"):
            yield from ((code[:2].upper(), "#" + line) for line in lines_of(name, language))
        elif key.replace(" ", "_") not in states | _OTHER_NAMES and (len(words) > 1 or is_name(words[0], language)):
            yield code[:2].upper(), "#" + written_as(words, kinds, language)


def lines_of(name: str, language: str) -> Iterator[str]:
    """Give what a line without spaces is searched for: the name, and without its kind where that says enough."""
    name = _BRACKETS.sub("", name).replace("·", "")
    short = _LINE_KINDS.sub("", name)
    is_kana = bool(re.fullmatch("[ァ-ヺー・]+", short))
    line = short if len(short) >= (_SHORTEST_KANA if is_kana else _SHORTEST_LINE) else name
    if len(line) >= _SHORTEST_LINE and line not in _OTHER_NAMES and re.fullmatch(r"[\u3400-\u9fffァ-ヺー・]+", line):
        yield from {line, line.replace("・", "")} if language == "ja" else {simplified(line), line.translate(SIMPLER)}


def simplified(line: str) -> str:
    """Write Chinese in simplified characters."""
    import zhconv

    return str(zhconv.convert(line, "zh-hans"))


def is_name(word: str, language: str) -> bool:
    """Whether a word alone is long enough and hardly another word of the language."""
    is_written_as_name = language in _UNCASED or word[:1].isupper()
    return len(word) >= _SHORTEST and is_written_as_name and word.casefold() not in common_words(language)


def written_as(words: list[str], kinds: frozenset[str], language: str) -> str:
    """Write a name as an entry, with any ending where the language declines."""
    if language not in INFLECTED:
        return "_".join(words)
    script = "cyrl" if re.match(r"[\u0400-\u04ff]", words[0]) else "latn"
    if len(words) == 1:
        kept = stem(words[0]).replace("*", "+")
        start = kept.rstrip("+")
        is_word = words[0].casefold() in _NO_ENDING or begins_other_word(start, words[0], script)
        return words[0] if is_word or (start != words[0] and start.casefold() in common_words(language)) else kept
    return "_".join(word.casefold()[:-2] + "+" if word.casefold() in kinds and len(word) > 4 else
                    stem(word, fewest=3) for word in words)


def main() -> None:
    """Write all tables anew."""
    folder = Path(sys.argv[1])
    english = names_in(folder / "en.xml")
    seats = set(seated(english))
    rows: dict[str, set[tuple[str, str]]] = {}
    for language in LANGUAGES:
        if (folder / f"{language}.xml").exists():
            names = {code: name for code, name in names_in(folder / f"{language}.xml").items() if code not in seats}
            rows[language] = set(entries_of(names, english, language))
    plain = [language for language in rows if language not in OTHER_SCRIPTS]
    spread = Counter(row for language in plain for row in rows[language])
    shared = {row for row, count in spread.items() if count >= _ALIKE and not row[1].count("+")}
    (HERE / "provinces").mkdir(exist_ok=True)
    write(HERE / "provinces" / "latn.tsv", shared)
    for language, own in rows.items():
        write(HERE / "provinces" / f"{language}.tsv", own - shared if language in plain else own)


if __name__ == "__main__":
    main()
