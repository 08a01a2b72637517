"""Stripping: which rules take lines out of a reading, in which order, and how to leave one out.

Each rule is pure and named. The order matters: what stands below the article goes before its last line is looked at.
"""

from bisect import bisect
from collections.abc import Iterable, Mapping
from dataclasses import replace

from crawler.extract.boilerplate.adverts import AD_SLOTS
from crawler.extract.boilerplate.appeals import APPEALS
from crawler.extract.boilerplate.comments import COMMENTS
from crawler.extract.boilerplate.credits import AGENCY_CREDITS, read_credit_line
from crawler.extract.boilerplate.date_stubs import DATE_STUB
from crawler.extract.boilerplate.furniture import LINK_LINES, NEWSLETTERS, PHOTO_CREDITS, SHARE_BARS
from crawler.extract.boilerplate.paywall_notices import PAYWALL_NOTICES
from crawler.extract.boilerplate.source_lines import SOURCE_LINES, read_source_line
from crawler.extract.boilerplate.titles import REPEATED_TITLE
from crawler.extract.line import Line
from crawler.extract.reading import NumberedLine, Reading, Rule, open_reading
from crawler.extract.site_memory import NO_MEMORY, SiteMemory, find_furniture
from store.values import Removal

SITE_MEMORY = "site_memory"
NEAR = 5  # lines before and after the article in which a dropped line still speaks of it
SHORTEST_TOLD = 25  # characters; what is shorter is a label, a counter or a menu's word
LONGEST_ASKED = 300  # characters; source lines with long addresses are the longest that say something

RULES: tuple[Rule, ...] = (
    REPEATED_TITLE,
    DATE_STUB,
    AD_SLOTS,
    COMMENTS,
    SHARE_BARS,
    LINK_LINES,
    NEWSLETTERS,
    PHOTO_CREDITS,
    PAYWALL_NOTICES,
    APPEALS,
    SOURCE_LINES,
    AGENCY_CREDITS,
)
RULE_NAMES = frozenset({SITE_MEMORY, *(rule.name for rule in RULES)})


def strip(
    lines: Iterable[Line],
    *,
    title: str | None = None,
    links: Mapping[str, str] | None = None,
    site: SiteMemory = NO_MEMORY,
    without: frozenset[str] = frozenset(),
) -> Reading:
    """Strip what is not the article; raise ValueError when ``without`` names a rule that does not exist."""
    if unknown := without - RULE_NAMES:
        raise ValueError(f"no such rule: {', '.join(sorted(unknown))}; there are {', '.join(sorted(RULE_NAMES))}")
    reading = open_reading(lines, title=title, links=links)
    memory = () if site is NO_MEMORY else (remembered(site),)
    rules = [rule for rule in (*memory, *RULES) if rule.name not in without]
    reading = ask_dropped(reading, rules)
    for rule in rules:
        reading = rule.apply(reading)
    return replace(reading, removed=tuple(sorted(reading.removed, key=_place)))


def ask_dropped(reading: Reading, rules: Iterable[Rule]) -> Reading:
    """Let the lines that the line filter dropped beside the article say what they are: a source, a credit, a heading.

    A line that a rule would have taken carries that rule's name, and what it states becomes a fact all the same. Of the
    others those stay on record that stand inside the article and say something: menus were never taken for its text.
    """
    if not reading.lines:
        return reading
    first, last = reading.lines[0].number, reading.lines[-1].number
    asked = []
    for removal in reading.removed:
        number, rule = _place(removal), removal.rule
        if first - NEAR <= number <= last + NEAR and len(removal.text) <= LONGEST_ASKED:
            reading, removal = _ask(reading, removal, NumberedLine(number=number, text=removal.text), rules)
        if removal.rule != rule or (first < number < last and len(removal.text) >= SHORTEST_TOLD):
            asked.append(removal)
    return _renumbered(replace(reading, removed=tuple(asked)))


def _renumbered(reading: Reading) -> Reading:
    """Number the lines anew, those on record only; so far whole lines were taken out and nothing else."""
    on_record = sorted({line.number for line in reading.lines} | {_place(removal) for removal in reading.removed})
    new = {old: number for number, old in enumerate(on_record, start=1)}
    return replace(
        reading,
        lines=tuple(replace(line, number=new[line.number]) for line in reading.lines),
        removed=tuple(replace(removal, where=f"line {new[_place(removal)]}") for removal in reading.removed),
    )


def _ask(
    reading: Reading, removal: Removal, line: NumberedLine, rules: Iterable[Rule]
) -> tuple[Reading, Removal]:
    place = bisect(reading.lines, line.number, key=_number)
    alone = replace(reading, lines=(*reading.lines[max(0, place - 1):place], line, *reading.lines[place:place + 1]),
                    removed=())
    for rule in rules:
        if rule.matches is not None:
            if rule.matches(line.text):
                return reading, replace(removal, rule=rule.name)
            continue
        told = rule.apply(alone)
        if any(other.where == f"line {line.number}" for other in told.removed):
            told = replace(reading, credits=told.credits, derived_from=told.derived_from, published=told.published)
            return told, replace(removal, rule=rule.name)
    return reading, removal


def _number(line: NumberedLine) -> int:
    return line.number


def remembered(site: SiteMemory) -> Rule:
    """Make the rule that drops the lines a site's memory knows as furniture; who they credit is noted."""

    def apply(reading: Reading) -> Reading:
        furniture = find_furniture([line.text for line in reading.lines], site)
        lines = [reading.lines[found.number] for found in furniture]
        for line in lines:
            link, names = read_source_line(line.text) or (None, read_credit_line(line.text) or ())
            reading = replace(reading, derived_from=reading.derived_from or link).credit(names)
        return reading.drop(lines, SITE_MEMORY)

    return Rule(name=SITE_MEMORY, apply=apply)


def _place(removal: Removal) -> int:
    return int(removal.where.removeprefix("line ").partition(",")[0])
