"""Stripping: which rules take lines out of a reading, in which order, and how to leave one out.

Each rule is pure and named. The order matters: what stands below the article goes before its last line is looked at.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from crawler.extract.adverts import AD_SLOTS
from crawler.extract.appeals import APPEALS
from crawler.extract.comments import COMMENTS
from crawler.extract.credits import AGENCY_CREDITS, read_credit_line
from crawler.extract.date_stubs import DATE_STUB
from crawler.extract.furniture import LINK_LINES, NEWSLETTERS, PHOTO_CREDITS, SHARE_BARS
from crawler.extract.line import Line
from crawler.extract.reading import Reading, Rule, open_reading
from crawler.extract.site_memory import NO_MEMORY, SiteMemory, find_furniture
from crawler.extract.source_lines import SOURCE_LINES, read_source_line
from crawler.extract.titles import REPEATED_TITLE
from store.values import Removal

SITE_MEMORY = "site_memory"

RULES: tuple[Rule, ...] = (
    REPEATED_TITLE,
    DATE_STUB,
    AD_SLOTS,
    COMMENTS,
    SHARE_BARS,
    LINK_LINES,
    NEWSLETTERS,
    PHOTO_CREDITS,
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
    for rule in (remembered(site), *RULES):
        if rule.name not in without:
            reading = rule.apply(reading)
    return replace(reading, removed=tuple(sorted(reading.removed, key=_place)))


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
