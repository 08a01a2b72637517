"""A reading: the lines still held to be the article, and what has been taken from them so far.

Rules take a reading and return another one. Nothing leaves it without a ``Removal`` that says what, why and where.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from crawler.extract.line import Line
from store.values import Moment, Removal

HEAD = "start"
TAIL = "end"


@dataclass(frozen=True, kw_only=True)
class NumberedLine:
    """A line with its place, 1-based, in the text as it was read, before any removal."""

    number: int
    text: str
    tag: str = "p"


@dataclass(frozen=True, kw_only=True)
class Reading:
    """The lines kept, in order; the removals, in the order they were made; the facts that removed lines stated.

    ``links`` says where the page's source lines lead to, by their text.
    """

    lines: tuple[NumberedLine, ...]
    title: str | None = None
    removed: tuple[Removal, ...] = ()
    credits: tuple[str, ...] = ()
    derived_from: str | None = None
    published: Moment | None = None
    is_walled: bool = False
    links: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The lines kept, joined by newlines."""
        return "\n".join(line.text for line in self.lines)

    def drop(self, unwanted: Iterable[NumberedLine], rule: str) -> "Reading":
        """Take whole lines out."""
        gone = {line.number: line for line in unwanted}
        if not gone:
            return self
        removals = tuple(Removal(text=line.text, rule=rule, where=f"line {line.number}") for line in gone.values())
        kept = tuple(line for line in self.lines if line.number not in gone)
        return replace(self, lines=kept, removed=self.removed + removals)

    def cut(self, line: NumberedLine, piece: str, *, side: str, rule: str) -> "Reading":
        """Take ``piece`` off the start or the end of a line; the whole line when nothing else is left of it."""
        rest = (line.text[len(piece):] if side == HEAD else line.text[: len(line.text) - len(piece)]).strip()
        if not rest:
            return self.drop([line], rule)
        removal = Removal(text=piece.strip(), rule=rule, where=f"line {line.number}, {side}")
        lines = tuple(replace(kept, text=rest) if kept.number == line.number else kept for kept in self.lines)
        return replace(self, lines=lines, removed=(*self.removed, removal))

    def credit(self, names: Iterable[str]) -> "Reading":
        """Note who is credited, each once, in the order of reading."""
        return replace(self, credits=tuple(dict.fromkeys((*self.credits, *names))))


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One pure step of stripping, with the name that its removals carry and by which it is switched off.

    ``matches`` is set where a line's own words are enough to tell what the rule would say of it.
    """

    name: str
    apply: Callable[[Reading], Reading]
    matches: Callable[[str], bool] | None = None


def open_reading(
    lines: Iterable[Line], *, title: str | None = None, links: Mapping[str, str] | None = None
) -> Reading:
    """Number the lines as they were read and take out those that the reader of bodies did not believe."""
    written = [line for line in lines if line.text.strip()]
    numbered = [NumberedLine(number=n, text=line.text.strip(), tag=line.tag) for n, line in enumerate(written, start=1)]
    dropped_by = [original.dropped_by for original in written]
    return Reading(
        lines=tuple(line for line, rule in zip(numbered, dropped_by, strict=True) if rule is None),
        removed=tuple(Removal(text=line.text, rule=rule, where=f"line {line.number}")
                      for line, rule in zip(numbered, dropped_by, strict=True) if rule is not None),
        title=title, links=links or {})


def drop_matching(rule: str, matches: Callable[[str], bool]) -> Rule:
    """Make the rule that drops every line that ``matches``."""
    def apply(reading: Reading) -> Reading:
        return reading.drop([line for line in reading.lines if matches(line.text)], rule)

    return Rule(name=rule, apply=apply, matches=matches)
