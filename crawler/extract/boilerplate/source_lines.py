"""Source lines: "Quelle: https://...", "Источник: Reuters"; they say what a text was taken or translated from."""

import re
from dataclasses import replace
from urllib.parse import urlsplit

from crawler.extract.boilerplate.agencies import find_agency
from crawler.extract.boilerplate.credits import is_outlet, split_names
from crawler.extract.reading import NumberedLine, Reading, Rule
from crawler.extract.text import fold
from crawler.extract.words import any_of, words
from crawler.extract.words.sources import LABELS, ORIGIN_NOTES

NAME = "source_line"
LONGEST_NAME = 60  # characters of outlet names after the label
LONGEST_LINE = 600  # characters; addresses may be long, sentences with an address in them are not source lines
NEAR_THE_END = 4  # lines; in mid-text a source is a table's or a picture's
NEAR_THE_HEAD = 2

LONGEST_NOTE = 400  # characters

LABEL = frozenset(words(LABELS))
LABELLED = re.compile(r"^[\s(\[（【*•–—-]*(?P<label>[^:：]{2,32}?)\s*[:：]\s*(?P<rest>\S.*?)[\s)\]）】]*$")
ORIGIN_NOTE = re.compile(rf"[\W\d]{{0,3}}{any_of(ORIGIN_NOTES)}(?:(?<=[\u2e80-\uffff])|(?![a-z\u00c0-\u2e7f]))")
LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"'“”«»（）【】]+", re.IGNORECASE)
AROUND_A_LINK = " \t.,;:()[]（）【】<>|–—-→»"


def read_source_line(text: str) -> tuple[str | None, tuple[str, ...]] | None:
    """Return the link and the names that a source line gives; None when the line is something else."""
    if len(text) > LONGEST_LINE:
        return None
    labelled = LABELLED.match(text)
    if not labelled or fold(labelled["label"]) not in LABEL:
        return None
    link = LINK.search(labelled["rest"])
    named = (LINK.sub("", labelled["rest"]) if link else labelled["rest"]).strip(AROUND_A_LINK)
    names = read_names(named)
    if names is None or not (link or names):
        return None
    return read_address(link.group(), names) if link else (None, names)


def read_address(link: str, names: tuple[str, ...]) -> tuple[str | None, tuple[str, ...]] | None:
    """Return the original's address; a home page is no original, but it names the outlet."""
    address = clean_link(link)
    try:
        parts = urlsplit(address)
    except ValueError:  # brackets that are no address
        return None
    if parts.path.strip("/") or parts.query:
        return address, names
    return None, names or (parts.netloc.removeprefix("www."),)


def is_origin_note(text: str) -> bool:
    """Tell whether a line begins as the note that says where a text first stood, or what it was translated from."""
    return len(text) <= LONGEST_NOTE and ORIGIN_NOTE.match(fold(text)) is not None


def is_label(text: str) -> bool:
    """Tell whether a text is what names a source, before the colon."""
    return fold(text.strip(" \t\n*•([（【–—-")) in LABEL


def read_names(text: str) -> tuple[str, ...] | None:
    """Read outlet names after a label; none where a link stands alone, None where a sentence follows the label."""
    if not text:
        return ()
    if len(text) > LONGEST_NAME:
        return None
    parts = split_names(text)
    agencies = [find_agency(part) for part in parts]
    if not any(agencies) and is_outlet(text):
        return (text,)
    if all(agency or is_outlet(part) for part, agency in zip(parts, agencies, strict=True)):
        return tuple(agency or part for part, agency in zip(parts, agencies, strict=True))
    return None


def clean_link(link: str) -> str:
    """Return an address without the punctuation of the sentence around it."""
    bare = link.rstrip(".,;:!?…")
    while bare.endswith(")") and bare.count(")") > bare.count("("):
        bare = bare[:-1]
    return bare if "://" in bare else f"https://{bare}"


def note_origin(reading: Reading) -> Reading:
    """Note the original that a sentence near the head or the end links to; the sentence is the author's and stays."""
    for line in _places(reading.lines):
        if reading.derived_from is None and is_origin_note(line.text):
            link = LINK.search(line.text)
            named = read_address(link.group(), ()) if link else None
            reading = replace(reading, derived_from=(named and named[0]) or reading.links.get(line.text))
    return reading


def strip_source_lines(reading: Reading) -> Reading:
    """Drop the source lines near the head and the end; their link is ``derived_from``, their names are credits."""
    if len(reading.lines) < 2:
        return reading
    reading = note_origin(reading)
    for line in _places(reading.lines):
        found = read_source_line(line.text)
        if found:
            link, names = found
            original = reading.derived_from or link or reading.links.get(line.text)
            reading = replace(reading, derived_from=original).credit(names).drop([line], NAME)
    return reading


def _places(lines: tuple[NumberedLine, ...]) -> tuple[NumberedLine, ...]:
    return (*lines[:NEAR_THE_HEAD], *lines[max(NEAR_THE_HEAD, len(lines) - NEAR_THE_END):])


SOURCE_LINES = Rule(name=NAME, apply=strip_source_lines)
