"""Text as it is read: characters made regular without changing what was written, and the form lines are compared in."""

import re
import unicodedata

from store.memo import remember

# Soft hyphens, zero-width spaces, word joiners and byte-order marks say nothing. The zero-width joiner and non-joiner
# stay: Persian, the Indic scripts and emoji spell with them. So do the marks of direction in right-to-left text.
INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
BLANKS = re.compile(r"\s+")
MARKS = re.compile("[\u0300-\u036f]")


def normalise_characters(text: str) -> str:
    """Drop what cannot be seen and compose accents (NFC); words, punctuation and line ends stay as they were."""
    return unicodedata.normalize("NFC", INVISIBLE.sub("", CONTROL.sub("", text)))


def normalise_line(text: str) -> str:
    """Make one regular line: no invisible characters, one space between words, none around."""
    return BLANKS.sub(" ", normalise_characters(text)).strip()


def split_lines(text: str) -> tuple[str, ...]:
    """Return the lines of a plain text; a blank line separates and is nothing by itself."""
    lines = (normalise_line(line) for line in LINE_END.split(text))
    return tuple(line for line in lines if line)


@remember(1024, longest=1000)  # several rules look at one line
def fold(text: str) -> str:
    """Return the form in which words are compared: one width, one case, without Latin, Greek or Cyrillic accents.

    People write "Źródło" and "Zrodlo", "ş" and "ș", "：" and ":"; a word list need not know which.
    """
    if text.isascii():
        return " ".join(text.lower().split())
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return unicodedata.normalize("NFKC", BLANKS.sub(" ", MARKS.sub("", decomposed)).strip())
