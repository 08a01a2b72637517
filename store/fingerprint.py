"""Say what makes two texts, or two addresses, the same. Pure: the standard library only."""

import re
import unicodedata
from functools import lru_cache
from hashlib import blake2b

ID_LENGTH = 16  # hexadecimal digits, 64 bits: one chance in thirty million of a clash among a million articles
HASH_BYTES = 16
KEY_BYTES = 1000  # PostgreSQL indexes at most 2,704 bytes of a value; real identities are far below
SHINGLE = 8  # characters of normalised text: about a word and a half in alphabets, a phrase in Chinese

_APOSTROPHE_LETTERS = "\u02bb\u02bc\u02bd\u02be\u02bf"  # written for and instead of quotation marks
_BETWEEN_DIGITS = re.compile(r"(?<=\d)(\W+)(?=\d)")


class _Kept(dict[int, int | None]):
    """A table for ``str.translate``, filled as characters are met: letters, marks, digits and symbols stay."""

    def __missing__(self, code: int) -> int | None:
        character = chr(code)
        category = unicodedata.category(character)
        dropped = category[0] in "ZPC" or category == "Sk" or character in _APOSTROPHE_LETTERS
        self[code] = None if dropped else code
        return self[code]


_KEPT = _Kept()


def normalise_text(text: str) -> str:
    """Reduce a text to what its readers would call the same text.

    NFKC and case folding; then white space, punctuation, control and format characters and spacing accents are
    dropped, so that quotation marks, dashes, line breaks and soft hyphens do not count. Marks stay (they are vowels in
    many scripts) and so do symbols (``%``, ``€``). Between two digits all stays, white space as one blank: ``1.5`` is
    not ``15``.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    pieces = _BETWEEN_DIGITS.split(folded)
    pieces[::2] = [piece.translate(_KEPT) for piece in pieces[::2]]
    pieces[1::2] = [" ".join(re.split(r"\s+", piece)) for piece in pieces[1::2]]
    return "".join(pieces)


@lru_cache(maxsize=4)  # for speed only: storing asks for the hash of one text several times
def hash_text(text: str) -> str:
    """Hash the normalised text: equal for texts that differ only in case, white space and punctuation."""
    return blake2b(normalise_text(text).encode("utf-8", "surrogatepass"), digest_size=HASH_BYTES).hexdigest()


def make_id(key: str) -> str:
    """Make the id of the article whose own address has this identity: the same in every database, fit to cite."""
    return blake2b(key.encode("utf-8", "surrogatepass")).hexdigest()[:ID_LENGTH]


def shorten_key(key: str) -> str:
    """Bound an identity so that it fits an index; equal only for equal keys, and nearly always the key itself."""
    written = key.encode("utf-8", "surrogatepass")
    if len(written) <= KEY_BYTES:
        return key
    digest = blake2b(written, digest_size=HASH_BYTES).hexdigest()
    return written[: KEY_BYTES - len(digest) - 1].decode("utf-8", "ignore") + "~" + digest


def measure_containment(one: str, other: str) -> float:
    """Measure how much of the shorter text is in the longer one, from 0 to 1, by shared runs of characters."""
    shingles, others = _cut_shingles(one), _cut_shingles(other)
    return len(shingles & others) / max(1, min(len(shingles), len(others)))


def _cut_shingles(text: str) -> set[str]:
    text = normalise_text(text)
    return {text[start : start + SHINGLE] for start in range(max(1, len(text) - SHINGLE + 1))}
