"""Credits where they are signed: after the last sentence, on a line of their own, in a dateline.

A mention within a sentence is no credit. Known agencies get their canonical name; an unknown outlet that stands in a
credit's form beside a known one, or after a slash, is kept as written.
"""

import re

from crawler.extract.boilerplate.agencies import find_agency, is_generic
from crawler.extract.reading import TAIL, NumberedLine, Reading, Rule
from crawler.extract.text import fold
from crawler.extract.words import words
from crawler.extract.words.credits import LABELS

NAME = "agency_credit"
LONGEST_CREDIT = 80  # characters, on a line of its own
LONGEST_DATELINE = 70  # characters before the dash: place, state, date and agency
SIGNED_AT_END = 3  # lines, counted from the end, among which a credit line is looked for
SIGNED_AT_HEAD = 2
DATELINES = 3

SENTENCE_END = r"[.!?…。！？।۔؟»”\"“’'›」』)\]]"
GLUED = re.compile(
    rf"(?<={SENTENCE_END})\s*(?P<credit>"
    r"/\s*(?P<slash>[^\s/()\[\]][^/()\[\]]{0,30}?)\s*/?"
    r"|[(\[（【]\s*(?P<bracket>[^()\[\]（）【】]{2,60})\s*[)\]）】]"
    r"|[—–―-]\s?(?P<dash>[^\s—–―()\[\]-][^—–―()\[\]]{1,30})"
    r")\.?$"
)
DATELINE = re.compile(
    r"^(?P<place>[^()（）【】\[\]/:]{0,60}?)\s*(?:"
    r"[(（【\[](?P<bracket>[^()（）【】\[\]]{2,60})[)）】\]]\s*(?P<dash>[—–―:.-]|$|(?=\S))"
    r"|/(?P<slash>[^/]{2,40})/"
    r"|[—–―-]\s?(?P<bare>[^—–―.]{2,30}?)\s*[.—–―])"
)
XINHUA_DATELINE = re.compile(r"^(?P<name>新华社|新華社|中新社|中央社)[^，。,]{2,24}(?:电|電)")
SEPARATOR = re.compile(
    r"\s*[/;,+&|·、，；／]\s*|\s+(?:and|und|et|y|e|i|и|та|en|och|og|ve|a|și|dhe|és|ja)\s+|\s+[—–-]\s+"
)
DOMAIN = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}")
SHORT_NAME = re.compile(r"[^\W\d_][\w.’'-]*(?: [\w.’'-]+){0,2}")
CAPITALS = re.compile(r"[^\W\d_a-z]{2,6}")
LABEL = frozenset(words(LABELS))
LONGEST_LABEL = 5  # words


def split_names(text: str) -> tuple[str, ...]:
    """Split "Outlet.example/Reuters" or "AP, dpa und AFP" into the names it joins."""
    return tuple(name for name in (part.strip(" .()[]（）【】*") for part in SEPARATOR.split(text)) if name)


def read_credit(text: str, *, strangers: bool) -> tuple[str, ...] | None:
    """Return the names a credit gives, canonical where known; None when the text is no credit.

    At least one name must be a known agency or stand for agencies at large. ``strangers`` allows others beside it.
    """
    names = split_names(text)
    known = [find_agency(name) for name in names]
    if not any(known) and not (names and all(map(is_generic, names))):
        return None
    credits = []
    for name, agency in zip(names, known, strict=True):
        if agency is None and not is_generic(name) and not (strangers and is_outlet(name)):
            return None
        if not is_generic(name):
            credits.append(agency or name)
    return tuple(credits)


def is_outlet(name: str) -> bool:
    """Tell whether a name looks like an outlet's: a domain, or up to three words that begin with a capital."""
    return bool(DOMAIN.fullmatch(name)) or (bool(SHORT_NAME.fullmatch(name)) and not name[0].islower())


def read_signature(slash: str | None, bracket: str | None, dash: str | None) -> tuple[str, ...] | None:
    """Read what is glued to the last sentence."""
    if slash is not None:
        stranger = (slash,) if CAPITALS.fullmatch(slash) or DOMAIN.fullmatch(slash) else None
        return read_credit(slash, strangers=True) or stranger
    if bracket is not None:
        return read_credit(bracket, strangers="/" in bracket)
    return read_credit(dash, strangers=False) if dash else None


def strip_glued(reading: Reading) -> Reading:
    """Take a signature off the end of the last line."""
    if not reading.lines:
        return reading
    line = reading.lines[-1]
    found = GLUED.search(line.text[-LONGEST_CREDIT:])
    if not found:
        return reading
    names = read_signature(found["slash"], found["bracket"], found["dash"])
    if not names:
        return reading
    return reading.credit(names).cut(line, found.group().lstrip(), side=TAIL, rule=NAME)


def read_credit_line(text: str) -> tuple[str, ...] | None:
    """Return the names on a line that is a credit and nothing else; None when it is not."""
    if len(text) > LONGEST_CREDIT:
        return None
    bare = text.strip(" \t.()[]（）【】/*—–―-|")
    unlabelled = without_label(bare)
    slashed = "/" in unlabelled or "／" in unlabelled
    names = read_credit(unlabelled, strangers=slashed)
    return read_credit(bare, strangers=slashed) if names is None else names


def without_label(text: str) -> str:
    """Return what follows "Text:", "By", "Con información de"; the text itself where nothing of the kind begins it."""
    parts = text.split()
    for length in range(min(LONGEST_LABEL, len(parts) - 1), 0, -1):
        if fold(" ".join(parts[:length])).rstrip(" :") in LABEL:
            return " ".join(parts[length:])
    return text


def strip_credit_lines(reading: Reading) -> Reading:
    """Drop lines at the head and at the end that only credit."""
    lines = reading.lines
    if len(lines) < 2:
        return reading
    places = (*lines[:SIGNED_AT_HEAD], *lines[max(SIGNED_AT_HEAD, len(lines) - SIGNED_AT_END):])
    for line in places:
        names = read_credit_line(line.text) if line.tag != "li" else None  # a list of agencies is what is told
        if names is not None:
            reading = reading.credit(names).drop([line], NAME)
    return reading


def read_dateline(line: NumberedLine) -> tuple[str, ...]:
    """Return the agencies that a dateline credits: "WASHINGTON (AP) —", "МОСКВА, 5 марта. /ТАСС/"."""
    start = line.text[: LONGEST_DATELINE + LONGEST_CREDIT]
    if xinhua := XINHUA_DATELINE.match(start):
        agency = find_agency(xinhua["name"])
        return (agency,) if agency else (xinhua["name"],)
    found = DATELINE.match(start)
    if not found or (found["bracket"] and not found["dash"] and found["place"]):
        return ()
    text = found["bracket"] or found["slash"] or found["bare"]
    if "=" in text:  # the Korean form joins place and agency: (서울=연합뉴스)
        text = text.split("=")[-1].split()[0] if text.split("=")[-1].split() else ""
    return read_credit(text, strangers=False) or ()


def note_datelines(reading: Reading) -> Reading:
    """Note the agencies that datelines credit; the dateline is text and stays."""
    for line in reading.lines[:DATELINES]:
        names = read_dateline(line)
        if names:
            return reading.credit(names)
    return reading


def strip_credits(reading: Reading) -> Reading:
    """Take agency credits out of the text and keep who they name."""
    return strip_glued(strip_credit_lines(note_datelines(reading)))


AGENCY_CREDITS = Rule(name=NAME, apply=strip_credits)
