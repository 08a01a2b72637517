"""Tell the language of a text, and check what the page says about it.

Scripts that one language writes are told by their letters; the rest by py3langid, a naive Bayes model over byte
n-grams (figures and the ways not taken: docs/design/language.md).
"""

import functools
import re
from collections import Counter
from collections.abc import Sequence

from crawler.extract.language_model import LanguageModel

SAMPLE = 600  # characters from the start and as many from the middle; more changes nothing and costs time
GLANCE = 200  # as many of each are enough for most texts
SURE = 10  # how far, in the logarithm of its chance, the best language is ahead in each
FEWEST_LETTERS = 20  # below, only the script can tell
FEWEST_SYLLABLES = 4  # of a script whose letters are words or syllables

# What newspapers are written in, of the 141 that the model knows. Left out are dialects that it takes for the language
# they belong to (Nigerian Pidgin in English, Wu in Chinese), and tongues without a press: each costs memory and errors.
LANGUAGES = frozenset("""
    af am ar as az be bg bn br bs ca cs cy da de el en es et eu fa fi fo fr fy ga gd gl gu ha he hi hr ht hu hy id ig
    is it ja ka kk km kn ko ku ky lb lg ln lo lt lv mg mk ml mn mr ms mt my ne nl nn no oc om or pa pl ps pt ro ru rw
    se si sk sl sn so sq sr st sv sw ta te tg th tk tl tr tt ug uk ur uz vi xh yo zh zu
    """.split())

# Written so much alike that a text alone may not tell them apart; here the page's own word counts.
ALIKE = (
    frozenset({"hr", "bs", "sr"}), frozenset({"id", "ms"}), frozenset({"no", "nn", "da"}), frozenset({"zu", "xh"}),
    frozenset({"fa", "tg"}), frozenset({"fa", "ku"}), frozenset({"he", "yi"}), frozenset({"bo", "dz"}),
)
# Other codes for what we keep under one: ISO 639-2 and -3, members of a macrolanguage, codes out of use.
_SAME = """
    nb:no fil:tl iw:he in:id ji:yi mo:ro sh:sr cnr:sr cmn:zh yue:zh prs:fa pes:fa ckb:ku kmr:ku arb:ar als:sq ekk:et
    lvs:lv zsm:ms swh:sw srp:sr hrv:hr bos:bs eng:en deu:de ger:de fra:fr fre:fr spa:es rus:ru ukr:uk pol:pl ita:it
    por:pt sqi:sq alb:sq zho:zh chi:zh jpn:ja kor:ko fas:fa per:fa ell:el gre:el ces:cs cze:cs tur:tr ara:ar nld:nl
    dut:nl swe:sv dan:da nor:no fin:fi hun:hu ron:ro rum:ro bul:bg mkd:mk mac:mk slk:sk slo:sk slv:sl heb:he hin:hi
    urd:ur ind:id msa:ms may:ms vie:vi tha:th kat:ka geo:ka hye:hy arm:hy aze:az kaz:kk uzb:uz
    """
SAME = dict(pair.split(":") for pair in _SAME.split())

# Scripts of one language each: the first and the last letter, and the language.
SCRIPTS = (
    ("\uac00", "\ud7a3", "ko"), ("\u1100", "\u11ff", "ko"), ("\u3041", "\u30fe", "ja"), ("\u0e01", "\u0e4e", "th"),
    ("\u0e81", "\u0edf", "lo"), ("\u1780", "\u17dd", "km"), ("\u1000", "\u109f", "my"), ("\u10a0", "\u10ff", "ka"),
    ("\u0531", "\u0587", "hy"), ("\u0590", "\u05f4", "he"), ("\u0370", "\u03ff", "el"), ("\u0b80", "\u0bff", "ta"),
    ("\u0c00", "\u0c7f", "te"), ("\u0c80", "\u0cff", "kn"), ("\u0d00", "\u0d7f", "ml"), ("\u0a80", "\u0aff", "gu"),
    ("\u0a00", "\u0a7f", "pa"), ("\u0d80", "\u0dff", "si"), ("\u0b00", "\u0b7f", "or"), ("\u0f00", "\u0fff", "bo"),
)
_SYLLABIC = frozenset({"ko", "ja", "zh", "th", "lo", "km", "my", "bo"})
_ADDRESS = re.compile(r"\S*(?:https?://|www\.|@)\S*")
_IN_ADDRESSES = ("://", "www.", "@")
# Letters that only one of the languages sharing a script writes.
_TELLING = (("ўЎ", "be"), ("їЇєЄґҐ", "uk"), ("ѓЃќЌѕЅ", "mk"), ("ћЋђЂ", "sr"), ("ٹڈڑےں", "ur"), ("ټډړښځڅ", "ps"))


def detect_language(text: str, *, declared: str | None = None) -> str | None:
    """Tell the language of a text as an ISO 639 code, of two letters where there is one; None for too little text.

    ``declared`` is what the page says (``sr-Latn``, ``en_GB``); it decides only between languages written so much
    alike that the text cannot (Croatian, Bosnian, Serbian; Indonesian, Malay), or when the text is very short.
    """
    sample = _sample(text)
    said = primary(declared)
    letters = "".join(filter(str.isalpha, sample))
    by_script = _by_script(letters)
    if by_script:
        return said if _are_alike(said, by_script) else by_script
    if len(letters) < FEWEST_LETTERS:
        return None
    telling = _by_letters(letters)
    if telling:
        return telling
    return _glance(text) or _weigh(_rank(sample), said, letters=len(letters))


def load_model() -> None:
    """Load the model now: 1 s and some 33 MB, shared by processes that are forked later."""
    _model()


def primary(tag: str | None) -> str | None:
    """Reduce a language tag to its first part, in the code that we keep: ``nb_NO`` -> ``no``; None if it is no tag."""
    match = re.match(r"\s*([A-Za-z]{2,3})(?=$|[\s_;,-])", tag or "")
    return SAME.get(match[1].lower(), match[1].lower()) if match else None


def _glance(text: str) -> str | None:
    """Tell the language of a long text by a third of the sample; None where it is not certain by that.

    Its start and its middle must agree, for some pages are in two languages.
    """
    if len(text) <= 2 * SAMPLE:
        return None
    middle = len(text) // 2
    start, later = (_surest(text[place : place + GLANCE]) for place in (0, middle))
    return start if start == later and not any(start in group for group in ALIKE) else None


def _surest(piece: str) -> str | None:
    (best, chance), (_, next_chance), *_ = _model().rank(_without_addresses(piece))
    return best if chance - next_chance > SURE else None


def _rank(sample: str) -> list[str]:
    return [language for language, _ in _model().rank(sample)[:3]]


def _sample(text: str) -> str:
    middle = len(text) // 2
    return _without_addresses(
        text if len(text) <= 2 * SAMPLE else f"{text[:SAMPLE]} {text[middle : middle + SAMPLE]}")


def _without_addresses(text: str) -> str:
    return _ADDRESS.sub(" ", text) if any(sign in text for sign in _IN_ADDRESSES) else text


def _by_script(letters: str) -> str | None:
    """Tell a language that has a script of its own; kana or Hangul beside Chinese characters decide."""
    counts: dict[str, int] = {}
    for letter, times in Counter(letters).items():
        if letter > "\u036f":
            language = _script(letter)
            if language:
                counts[language] = counts.get(language, 0) + times
    if not counts:
        return None
    chinese = counts.get("zh", 0)
    for language, share in (("ko", 3), ("ja", 8)):  # both mix in Chinese characters; a Chinese text may quote a few
        own = counts.get(language, 0)
        if own * share >= chinese and own + chinese >= FEWEST_SYLLABLES and (own + chinese) * 2 > len(letters):
            return language
    language, count = max(counts.items(), key=lambda entry: entry[1])
    fewest = FEWEST_SYLLABLES if language in _SYLLABIC else FEWEST_LETTERS // 2
    return language if count * 2 > len(letters) and count >= fewest else None


@functools.lru_cache(maxsize=4096)
def _script(letter: str) -> str | None:
    if "\u4e00" <= letter <= "\u9fff" or "\u3400" <= letter <= "\u4dbf" or "\U00020000" <= letter <= "\U0003ffff":
        return "zh"
    return next((language for first, last, language in SCRIPTS if first <= letter <= last), None)


def _by_letters(letters: str) -> str | None:
    """Tell by letters that one language alone writes, if they are too many to be a foreign name."""
    if letters.isascii():
        return None
    for telling, language in _TELLING:
        if sum(map(letters.count, telling)) * 100 >= max(len(letters), 150):
            return language
    return None


def _weigh(ranked: Sequence[str], said: str | None, *, letters: int) -> str | None:
    best = ranked[0]
    if said == best or said is None:
        return best
    if _are_alike(said, best):
        return said
    return said if letters < 60 and said in ranked else best


def _are_alike(one: str | None, other: str) -> bool:
    return any(one in group and other in group for group in ALIKE)


@functools.cache
def _model() -> LanguageModel:
    return LanguageModel(LANGUAGES)
