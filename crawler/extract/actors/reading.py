"""A title and a text as words: where each stands, in which sentence, and the key under which tables know it.

Languages that write no spaces (Chinese, Japanese, Thai...) keep their whole line: ``Reading.line`` is searched there,
and only words of other scripts within it ("G7", "WHO") become words.
"""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from store.memo import remember

UNSPACED = frozenset({"zh", "ja", "th", "lo", "km", "my", "yue", "bo"})

# Vowel signs and tones of Indic and Semitic scripts are no letters to ``\w``; dandas (U+0964, U+0965) end sentences.
_SIGNS = r"\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0dff\u0f18-\u0fbc\u200d"
_INITIALS = r"(?:[A-ZА-Я]\.){2,}"
_WORD = re.compile(rf"({_INITIALS}|\d+|[\w{_SIGNS}]+)")  # a number ends where letters begin: "12:54ABD"
_PLAIN_WORD = re.compile(rf"({_INITIALS}|\d+|\w+)")
_SIGN = re.compile(rf"[{_SIGNS}]")  # of a text without such signs plain words are the same, and sooner told
_FOREIGN_WORD = re.compile(rf"({_INITIALS}|[A-Za-z0-9]+)")
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”»’)\]]*\s|[。！？।॥؟۔\n;]")

_DOTTED_I = str.maketrans("İIı", "iii")
_ALIKES: dict[str, str | None] = {
    "’": "'", "ё": "е", "ѐ": "е", "ѝ": "и", "ş": "ș", "ţ": "ț", "ك": "ک", "ي": "ی", "ى": "ی", "أ": "ا", "إ": "ا",
    "آ": "ا", "ٱ": "ا", "ة": "ه", "ۃ": "ه", "ہ": "ه", "ھ": "ه", "ؤ": "و", "ئ": "ی", "ۀ": "ه", "\u200d": None,
    "\u0640": None, "\u0301": None, "ς": "σ", "़": None,
}
_ALIKE: dict[int, str | None] = {ord(char): like for char, like in _ALIKES.items()}
_BARE: dict[str, dict[int, int]] = {"sq": str.maketrans("ëç", "ec"), "el": str.maketrans("άέήίόύώϊϋΐΰ", "αεηιουωιυιυ"),
         "tr": _DOTTED_I, "az": _DOTTED_I}
_MARKS = re.compile("[\u0591-\u05c7\u064b-\u065f\u0670]")  # Hebrew points and Arabic vowels, written only at will

# Traditional and simplified characters in pairs, those only that the tables use.
_PAIRS = (
    "國国聯联會会東东亞亚華华頓顿羅罗烏乌蘭兰灣湾韓韩緬缅約约議议長长對对話话談谈協协關关係系訪访問问際际戰战爭争軍军導导彈弹擊击選选"
    "舉举黨党經经濟济貿贸緊紧張张聲声總总統统務务員员發发領领館馆駐驻維维護护條条組组織织歐欧盟盟達达與与機机構构單单邦邦當当財财報报銀银"
    "業业車车電电臨临時时飛飞學学術术樂乐劇剧視视賽赛隊队門门醫医藥药災灾難难殺杀獄狱審审檢检團团體体戲戏獎奖節节購购紐纽倫伦馬马爾尔諾诺"
    "納纳衛卫圖图島岛澤泽連连鄰邻內内賈贾習习進进寧宁義义蘇苏葉叶賓宾兩两國国裏里麗丽謝谢離离強强協协臺台陸陆剛刚幾几贊赞萬万奧奥盧卢森森"
    "貝贝魯鲁壓压製制裁裁獨独簽签署署書书轟轰炸炸無无後后撤撤僑侨證证護护線线熱热門门網网羣群間间變变風风調调質质環环廣广實实現现開开記记"
    "認认為为來来從从這这個个們们說说應应該该還还過过動动產产場场價价漲涨億亿萬万"
)
SIMPLER = str.maketrans(_PAIRS[::2], _PAIRS[1::2])

# Letters that stand before a noun without a space: "and", "in", "to", "from", the article.
_PROCLITICS = {
    "ar": ("وال", "بال", "فال", "کال", "ولل", "لل", "ال", "وب", "ول", "و", "ب", "ل", "ف", "ک"),
    "he": ("וה", "שה", "מה", "בה", "לה", "כש", "ומ", "וב", "ול", "ה", "ו", "ב", "ל", "מ", "ש", "כ"),
}
_SHORTEST_STEM = 2


class Word(NamedTuple):
    """A word, its place in the joined line, the number of its sentence, and the keys it can be looked up under."""

    text: str
    start: int
    end: int
    sentence: int
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """A title and a text, joined; ``title_end`` is where the title ends (0 without one)."""

    line: str
    title_end: int
    language: str

    @cached_property
    def sentence_starts(self) -> list[int]:
        """Where each sentence begins; the title is one."""
        return [0, *(match.end() for match in _SENTENCE_END.finditer(self.line))]

    def sentence_at(self, position: int) -> int:
        """Count the sentences begun before a place of the line; the first is 0."""
        return bisect_right(self.sentence_starts, position) - 1

    @cached_property
    def words(self) -> list[str]:
        """The words of the line as written, in order; more is asked of few of them."""
        return self._pieces[1::2]

    @cached_property
    def starts(self) -> list[int]:
        """Where each word stands in the line."""
        return list(accumulate(map(len, self._pieces)))[:-1:2]

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The different words of the line."""
        return frozenset(self.words)

    @cached_property
    def _pieces(self) -> list[str]:
        """What stands between words and the words, in turn, as C splits them: half the time of matches one by one."""
        if self.language in UNSPACED:
            return _FOREIGN_WORD.split(self.line)
        return (_PLAIN_WORD if self.line.isascii() or not _SIGN.search(self.line) else _WORD).split(self.line)

    def word(self, place: int) -> Word:
        """Give a word by its number."""
        text, start = self.words[place], self.starts[place]
        return Word(text, start, start + len(text), self.sentence_at(start), keys_of(text, self.language))

    def beginning(self, characters: int) -> "Reading":
        """Give the title and as many characters of the text; words that were told apart once are not again."""
        end = self.title_end + bool(self.title_end) + characters
        if len(self.line) <= end:
            return self
        short = Reading(line=self.line[:end], title_end=self.title_end, language=self.language)
        count = bisect_right(self.starts, end)
        while count and self.starts[count - 1] + len(self.words[count - 1]) > end:
            count -= 1
        short.__dict__.update(words=self.words[:count], starts=self.starts[:count])
        return short

    @cached_property
    def folded(self) -> str:
        """The line under one spelling, character for character, to be searched where no spaces are written."""
        line = self.line.translate(SIMPLER) if self.language in ("zh", "yue") else self.line
        return line if len(line) == len(self.line) else self.line


def read(title: str | None, text: str, language: str | None, *, limit: int) -> Reading:
    """Join a title and the first ``limit`` characters of a text; the language is guessed by script where unknown."""
    head = unicodedata.normalize("NFC", (title or "").strip())
    body = unicodedata.normalize("NFC", text[:limit])
    line = f"{head}\n{body}" if head else body
    return Reading(line=line, title_end=len(head), language=main_language(language, line))


def main_language(language: str | None, line: str) -> str:
    """Reduce a language tag to the code of its tables; name the script's widest language where there is no tag."""
    if language:
        code = language.lower().replace("_", "-").split("-")[0]
        return _SAME_TABLES.get(code, code)
    return _language_of_script(line)


# Norwegian is one table under three codes; Bosnian and Montenegrin read the Croatian and Serbian forms alike.
_SAME_TABLES = {"nb": "no", "nn": "no", "bs": "hr", "sh": "hr", "cnr": "hr", "iw": "he", "in": "id", "ms": "id",
                "tl": "fil", "prs": "fa", "yue": "zh", "cmn": "zh", "arb": "ar", "als": "sq", "aln": "sq"}

_SCRIPTS = (("ja", "\u3040", "\u30ff"), ("zh", "\u4e00", "\u9fff"), ("ko", "\uac00", "\ud7a3"),
            ("ru", "\u0400", "\u04ff"), ("ar", "\u0600", "\u06ff"), ("he", "\u0590", "\u05ff"),
            ("el", "\u0370", "\u03ff"), ("hi", "\u0900", "\u097f"), ("bn", "\u0980", "\u09ff"),
            ("ta", "\u0b80", "\u0bff"), ("ml", "\u0d00", "\u0d7f"), ("th", "\u0e00", "\u0e7f"),
            ("ka", "\u10a0", "\u10ff"), ("hy", "\u0530", "\u058f"))
_SCRIPT_SAMPLE = 400


def _language_of_script(line: str) -> str:
    sample = line[:_SCRIPT_SAMPLE]
    counts = {code: sum(low <= char <= high for char in sample) for code, low, high in _SCRIPTS}
    code = max(counts, key=lambda code: (counts[code], code == "zh"))
    return code if counts[code] * 4 > len(sample) else "en"


def is_plain(text: str) -> bool:
    """Whether a word's only key is itself in small letters: most words of Latin script, told without looking closer."""
    return text.isascii() and text.isalpha() and (text.islower() or text.istitle())


@remember(4096, longest=64)  # of all languages: some 1 MB
def keys_of(text: str, language: str) -> tuple[str, ...]:
    """Write a word as tables do: without case, dots, optional marks; then without what is written before it."""
    key = normalise(text, language)
    keys = [key]
    for clitic in _PROCLITICS.get(language, ()):
        if key.startswith(clitic) and len(key) - len(clitic) >= _SHORTEST_STEM:
            keys.append(key[len(clitic):])
            if keys[-1].startswith("וו"):  # a first vav is doubled behind a prefix: "בוורשה", in Warsaw
                keys.append(keys[-1][1:])
    inner = _inner_capital(text)
    if inner:
        keys.append(normalise(text[inner:], language))
    return tuple(dict.fromkeys(keys))


def _inner_capital(text: str) -> int:
    """Find where a name starts behind a small prefix: Zulu "eMelika", Irish "hÉireann", Xhosa "kwaSirayeli"."""
    if not text[:1].islower():
        return 0
    for place, char in enumerate(text[1:5], start=1):
        if char.isupper():
            return place if text[place + 1:place + 2].islower() else 0
    return 0


def normalise(text: str, language: str) -> str:
    """Reduce a word to its key; the same for the words of a text and for the entries of a table."""
    if language in ("tr", "az"):
        text = text.translate(_DOTTED_I)
    key = text.casefold()
    if not key.isascii():  # no ASCII character is written otherwise or left out
        key = _MARKS.sub("", key.translate(_ALIKE))
        if language in _BARE:
            key = key.translate(_BARE[language])
    return key.replace(".", "") if "." in key else key
