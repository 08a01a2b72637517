"""Say what changed from one text to the next: word by word, and whether figures, names or quotes did. Pure."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

# A number with its separators and sign; letters beside it (a unit) are words.
_FIGURE = re.compile(r"\d+(?:[.,:/\u00a0\u202f'’ -]\d+)*\s?[%‰€$£¥°]?")
_QUOTE = re.compile(r"“[^“”]{2,}”|„[^„“”]{2,}[“”]|«[^«»]{2,}»|»[^«»]{2,}«|「[^「」]+」|『[^『』]+』|\"[^\"\n]{2,}\"")
_WORD = re.compile(r"[^\W\d_](?:[^\W_]|[\u0300-\u036f'’-])*")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;…。！？\n«»“”„\"(–—•]\s*)$")

# Words, single characters of scripts without spaces, and everything else piece by piece; joined they are the text.
_PIECE = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
    r"|\d+(?:[.,:]\d+)*|\w(?:\w|[\u0300-\u036f\u0900-\u0dff'’])*|\s+|.", re.DOTALL)

SHORT = 4  # letters of a word; in shorter ones each letter makes another word
TYPO = 0.7  # of the letters in common, from which one word is a respelling of the other


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A stretch of a difference: ``kept``, ``added`` or ``removed``."""

    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    """What changed between two texts."""

    before: str
    after: str

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """The difference, word by word; the kept and removed pieces are the old text, the kept and added the new."""
        return tuple(_diff(self.before, self.after))

    @cached_property
    def figures(self) -> bool:
        """Whether a number changed, came or went."""
        return find_figures(self.before) != find_figures(self.after)

    @cached_property
    def names(self) -> bool:
        """Whether a capitalised word within a sentence changed, came or went; in scripts without case never."""
        return find_names(self.before) != find_names(self.after)

    @cached_property
    def quotes(self) -> bool:
        """Whether the words in quotation marks changed."""
        return find_quotes(self.before) != find_quotes(self.after)

    @cached_property
    def words(self) -> tuple[int, int]:
        """How many words were added, and how many removed."""
        counts = Counter[str]()
        for piece in self.pieces:
            counts[piece.kind] += sum(1 for part in _PIECE.findall(piece.text) if _is_word(part))
        return counts["added"], counts["removed"]

    @property
    def is_cosmetic(self) -> bool:
        """Whether only spelling, spacing or punctuation changed: nothing that a reader would cite differently."""
        if self.figures or self.names or self.quotes:
            return False
        return all(_is_respelt(before, after) for before, after in self._replaced())

    def _replaced(self) -> list[tuple[list[str], list[str]]]:
        """The words taken out and put in, place by place."""
        places: list[tuple[list[str], list[str]]] = [([], [])]
        for piece in self.pieces:
            words = [part for part in _PIECE.findall(piece.text) if _is_word(part)]
            if piece.kind == "kept":
                if words:
                    places.append(([], []))
            else:
                places[-1][piece.kind == "added"].extend(words)
        return [place for place in places if place[0] or place[1]]


def find_figures(text: str) -> Counter[str]:
    """Find the numbers of a text, white space within them aside."""
    return Counter(re.sub(r"\s", "", figure) for figure in _FIGURE.findall(text))


def find_names(text: str) -> Counter[str]:
    """Find the capitalised words that do not begin a sentence."""
    return Counter(
        match[0] for match in _WORD.finditer(text)
        if match[0][0].isupper() and not _SENTENCE_START.search(text, max(0, match.start() - 4), match.start())
    )


def find_quotes(text: str) -> Counter[str]:
    """Find what stands in quotation marks, without the marks and the case of letters."""
    return Counter(" ".join(re.findall(r"\w+", quote.casefold())) for quote in _QUOTE.findall(text))


def have_replaced_facts(one: str, other: str) -> bool:
    """Tell whether each of two texts has figures, or each has names, that the other lacks: other facts, not more."""
    for find in (find_figures, find_names):
        here, there = find(one), find(other)
        if here - there and there - here:  # as often as they occur
            return True
    return False


def _diff(before: str, after: str) -> list[Piece]:
    """Compare paragraphs first, then the words of those that changed: words alone take time in the square."""
    pieces: list[Piece] = []
    lines, others = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for tag, a, b, c, d in SequenceMatcher(None, lines, others, autojunk=False).get_opcodes():
        if tag == "equal":
            _add(pieces, "kept", "".join(lines[a:b]))
        else:
            _diff_words(pieces, "".join(lines[a:b]), "".join(others[c:d]))
    return pieces


def _diff_words(pieces: list[Piece], before: str, after: str) -> None:
    words, others = _PIECE.findall(before), _PIECE.findall(after)
    # From 200 pieces on, blanks and frequent words do not begin a match (autojunk): else time goes with their square.
    for _, a, b, c, d in SequenceMatcher(None, words, others).get_opcodes():
        if words[a:b] == others[c:d]:
            _add(pieces, "kept", "".join(words[a:b]))
        else:
            _add(pieces, "removed", "".join(words[a:b]))
            _add(pieces, "added", "".join(others[c:d]))


def _add(pieces: list[Piece], kind: str, text: str) -> None:
    if not text:
        return
    if pieces and pieces[-1].kind == kind:
        pieces[-1] = Piece(kind=kind, text=pieces[-1].text + text)
    else:
        pieces.append(Piece(kind=kind, text=text))


def _is_word(part: str) -> bool:
    return any(unicodedata.category(character)[0] in "LN" for character in part)


def _is_respelt(before: list[str], after: list[str]) -> bool:
    """Tell whether words were only spelt differently, joined or parted: 'recieve', 'receive'; 'co operate'."""
    one, other = "".join(before).casefold(), "".join(after).casefold()
    if one == other:
        return True
    if min(len(one), len(other)) < SHORT or one[0] != other[0]:  # not, now; million, billion; could, would
        return False
    return abs(len(one) - len(other)) <= 2 and SequenceMatcher(None, one, other, autojunk=False).ratio() >= TYPO
