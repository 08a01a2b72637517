"""One entry of a TOML file: its keys, and what each may hold."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from typing import Any
from urllib.parse import urlsplit

from crawler.sources import Checked, Evidence, Source, Terms
from crawler.sources.codes import find_country, find_language, is_country, is_language
from crawler.sources.duration import parse_duration, write_duration

REQUIRED = ("id", "name", "site")
ADDRESSES = ("feeds", "sitemaps", "sections")
KEEPS = ("all", "diplomacy")
STATUSES = ("V", "L", "U", "X")
# What a source is, and whose voice it is; docs/adding-a-source.md says what each word means.
KINDS = ("ministry", "presidency", "government", "parliament", "organisation", "agency", "broadcaster", "paper",
         "magazine", "site", "think tank")
STANDPOINTS = ("government", "intergovernmental", "state media", "state funded", "public broadcaster", "party",
               "independent")
TERMS = {"robots": ("allowed", "disallowed", "unknown"),
         "reuse": ("free", "with credit", "restricted", "unknown"),
         "mining": ("allowed", "reserved", "unknown")}
MOST_CATEGORIES = 20
MOST_EVERY = timedelta(days=366)
MOST_DELAY = timedelta(hours=1)
MOST_BUDGET = 1_000_000
_ID = re.compile(r"[^\W_][\w.:-]{0,99}")
_SEEN = re.compile(r"\d{4}-\d{2}(-\d{2})?", re.ASCII)


class Wrong(ValueError):
    """What is wrong with a value, and what would be right; the reader of the entry adds file, source and key."""


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Something wrong in a catalogue: where it is and what would be right."""

    file: str
    message: str
    source: str | None = None
    key: str | None = None

    def __str__(self) -> str:
        """Write it as one line that starts with the place."""
        place = [self.file]
        if self.source is not None:
            place.append(f"source {self.source}")
        if self.key is not None:
            place.append(f"key {self.key!r}")
        return " ".join(f"{': '.join(place)}: {self.message}".split())


def parse_entry(table: object, *, file: str, number: int) -> tuple[Source | None, tuple[Problem, ...]]:
    """Read the ``number``-th entry of ``file`` (1-based); without problems there is a source, with any there is none.

    ``file`` is only named in problems and kept in the source.
    """
    if not isinstance(table, dict):
        message = f"entry {number} is {_kind(table)}; a source is a table, begun by the line [[source]]"
        return None, (Problem(file=file, message=message),)
    label = name_entry(table, number=number)
    values, wrong = _read_keys(table)
    wrong += _missing_keys(table)
    problems = tuple(Problem(file=file, source=label, key=key, message=message) for key, message in wrong)
    return (None if problems else Source(**values, file=file)), problems


def name_entry(table: Mapping[str, Any], *, number: int) -> str:
    """Name an entry for a person: by its id, or by its place in the file when it has no usable one."""
    id = table.get("id")
    return repr(id) if isinstance(id, str) and id else f"number {number}"


def closest(word: str, words: tuple[str, ...]) -> str:
    """Suggest the nearest of ``words``, as the end of a sentence; empty when none is near."""
    near = get_close_matches(word.lower(), words, n=1, cutoff=0.6)
    return f"; did you mean {near[0]!r}?" if near else ""


def parse_key(key: str, value: str) -> str:
    """Read the value of one key whose value is a word; raise Wrong, which says what to write."""
    return str(_READERS[key](value))


def _read_keys(table: Mapping[str, Any]) -> tuple[dict[str, Any], list[tuple[str | None, str]]]:
    values: dict[str, Any] = {}
    wrong: list[tuple[str | None, str]] = []
    for key, value in table.items():
        reader = _READERS.get(key)
        if reader is None:
            known = tuple(_READERS)
            wrong.append((key, f"not a key of a source{closest(key, known) or '; the keys are ' + ', '.join(known)}"))
            continue
        try:
            values[key] = reader(value)
        except Wrong as error:
            wrong.append((key, str(error)))
    return values, wrong


def _missing_keys(table: Mapping[str, Any]) -> list[tuple[str | None, str]]:
    # A misspelt key is told once, as that, and not a second time as the one that is missing.
    meant = {near for key in table if key not in _READERS for near in get_close_matches(key.lower(), _READERS, n=1)}
    missing: list[tuple[str | None, str]] = [(key, "is missing; every source has one")
                                             for key in REQUIRED if key not in table and key not in meant]
    if not any(table.get(key) for key in ADDRESSES) and meant.isdisjoint(ADDRESSES):
        missing.append((None, f"nothing to fetch: give at least one address in {', '.join(ADDRESSES)}"))
    return missing


def _read_text(value: object) -> str:
    if not isinstance(value, str):
        raise Wrong(f"must be text in quotes, not {_kind(value)}")
    if not value.strip():
        raise Wrong("is empty; leave the key out or write something")
    return value.strip()


def _read_id(value: object) -> str:
    text = _read_text(value)
    if not _ID.fullmatch(text):
        raise Wrong(f"{text!r} is not an id; use up to 100 letters, digits, '-', '_', '.', ':', "
                    "beginning with a letter or digit")
    return text


def parse_address(value: object) -> str:
    """Read an absolute http or https address without credentials; raise Wrong, which says what to write."""
    text = _read_text(value)
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise Wrong(f"{text!r} is not an address: {error}") from error
    if parts.scheme.lower() not in ("http", "https") or not host:
        raise Wrong(f"{text!r} is not an absolute address; write it from http:// or https:// on")
    if parts.username is not None or parts.password is not None:
        raise Wrong(f"{parts.scheme}://...@{host} carries a user name or password; a catalogue is no place for them")
    if any(character.isspace() or not character.isprintable() for character in text):
        raise Wrong(f"{text!r} contains blanks or control characters; percent-encode them")
    return text


def _read_addresses(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise Wrong(f'must be a list of addresses such as ["https://example.org/feed"], not {_kind(value)}')
    addresses = tuple(parse_address(item) for item in value)
    for address in addresses:
        if addresses.count(address) > 1:
            raise Wrong(f"lists {address} twice")
    return addresses


def _read_word(value: object, *, words: tuple[str, ...]) -> str:
    text = _read_text(value)
    if text not in words:
        raise Wrong(f"{text!r} is none of {', '.join(words)}{closest(text, words)}")
    return text


def _read_keep(value: object) -> str:
    return _read_word(value, words=KEEPS)


def _read_kind(value: object) -> str:
    return _read_word(value, words=KINDS)


def _read_standpoint(value: object) -> str:
    return _read_word(value, words=STANDPOINTS)


def _read_categories(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise Wrong(f'must be a list of words such as ["Balkans"], not {_kind(value)}')
    categories = tuple(_read_text(item) for item in value)
    if len(categories) > MOST_CATEGORIES:
        raise Wrong(f"lists {len(categories)} categories; at most {MOST_CATEGORIES} are allowed")
    return categories


def _read_language(value: object) -> str:
    text = _read_text(value)
    if not is_language(text):
        meant = find_language(text)
        hint = f"write {meant!r}" if meant else "write one such as 'sq' or 'en', or leave the key out"
        raise Wrong(f"{text!r} is not an ISO 639 language code; {hint}")
    return text


def _read_country(value: object) -> str:
    text = _read_text(value)
    if not is_country(text):
        meant = find_country(text)
        hint = f"write {meant!r}" if meant else "write one such as 'AL' or 'XK', or leave the key out"
        raise Wrong(f"{text!r} is not an ISO 3166-1 alpha-2 country code; {hint}")
    return text


def _read_duration(value: object, *, least: timedelta, most: timedelta) -> timedelta:
    if not isinstance(value, str):
        raise Wrong(f'must be a duration in quotes such as "30m", not {_kind(value)}')
    try:
        length = parse_duration(value)
    except ValueError as error:
        raise Wrong(f'{value!r} is not a duration; write it like "90s", "30m", "1h30m" or "1d"') from error
    if not least <= length <= most:
        raise Wrong(f"{value!r} is out of range; from {write_duration(least)} to {write_duration(most)} is allowed")
    return length


def _read_every(value: object) -> timedelta:
    return _read_duration(value, least=timedelta(seconds=1), most=MOST_EVERY)


def _read_delay(value: object) -> timedelta:
    return _read_duration(value, least=timedelta(0), most=MOST_DELAY)


def _read_budget(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise Wrong(f"must be a number without quotes such as 5000, not {_kind(value)}")
    if not 1 <= value <= MOST_BUDGET:
        raise Wrong(f"{value} is out of range; from 1 to {MOST_BUDGET} requests a day are allowed")
    return value


def _read_switch(value: object) -> bool:
    if not isinstance(value, bool):
        raise Wrong(f"must be true or false, without quotes, not {_kind(value)}")
    return value


def _read_table(value: object, *, known: tuple[str, ...], example: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Wrong(f"must be a table such as {{{example}}}, not {_kind(value)}")
    for key in value:
        if key not in known:
            raise Wrong(f"has no key {key!r}{closest(key, known) or '; its keys are ' + ', '.join(known)}")
    return value


def _read_terms(value: object) -> Terms:
    table = _read_table(value, known=(*TERMS, "where"), example='reuse = "with credit", where = "..."')
    words = {key: _read_word(table[key], words=TERMS[key]) for key in TERMS if key in table}
    where = table.get("where")
    if where is None and any(word != "unknown" for word in words.values()):
        raise Wrong("needs where: the public file or page that says so")
    return Terms(**words, where=None if where is None else _read_text(where))


def _read_checked(value: object) -> Checked:
    table = _read_table(value, known=("on", "state"), example='on = "2026-11-22", state = "alive"')
    on = _read_seen(table.get("on"))
    if on is None or len(on) != len("2026-11-22"):
        raise Wrong('needs on, a day such as "2026-11-22"')
    return Checked(on=on, state=_read_text(table.get("state")))


def _read_evidence(value: object) -> Evidence:
    value = _read_table(value, known=("status", "seen", "where"),
                        example='status = "V", seen = "2026-09-28", where = "..."')
    if value.get("status") not in STATUSES:
        raise Wrong(f"needs a status, one of {', '.join(STATUSES)}")
    where = value.get("where")
    return Evidence(status=value["status"], seen=_read_seen(value.get("seen")),
                    where=None if where is None else _read_text(where))


def _read_seen(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    try:
        if not isinstance(value, str) or not _SEEN.fullmatch(value):
            raise ValueError(value)
        date.fromisoformat(value if len(value) == 10 else f"{value}-01")
    except ValueError as error:
        raise Wrong(f'has the date {value!r}; write a day or a month such as "2026-09-28" or "2026-09"') from error
    return value


def _kind(value: object) -> str:
    """Name a TOML type as its writer knows it."""
    kinds: tuple[tuple[type, str], ...] = ((bool, "true or false"), (str, "text"), (int, "a number"),
                                           (float, "a number"), (list, "a list"), (dict, "a table"))
    return next((name for kind, name in kinds if isinstance(value, kind)), "a date or time")


# The keys of a source in the order in which they are written and listed.
_READERS: dict[str, Callable[[object], Any]] = {
    "id": _read_id,
    "name": _read_text,
    "site": parse_address,
    "feeds": _read_addresses,
    "sitemaps": _read_addresses,
    "sections": _read_addresses,
    "kind": _read_kind,
    "standpoint": _read_standpoint,
    "language": _read_language,
    "country": _read_country,
    "categories": _read_categories,
    "enabled": _read_switch,
    "every": _read_every,
    "every_min": _read_every,
    "every_max": _read_every,
    "delay": _read_delay,
    "budget": _read_budget,
    "recheck": _read_switch,
    "keep": _read_keep,
    "terms": _read_terms,
    "rights": _read_text,
    "notes": _read_text,
    "evidence": _read_evidence,
    "checked": _read_checked,
}
