"""A record for a person to read, on a terminal that its text cannot command."""

import unicodedata
from collections.abc import Iterable
from typing import Any

from rich.console import Console
from rich.text import Text

from store.fields import cut_paragraphs

# Besides control characters: what reorders a line for the eye. Marks and joiners stay; scripts need them.
_REORDERING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_FACTS = ("id", "url", "canonical_url", "source", "language", "authors", "published", "published_precision",
          "published_origin", "modified", "description", "image", "section", "tags", "paywalled", "credits",
          "derived_from", "first_seen", "last_seen", "revision")


def make_harmless(text: str) -> str:
    """Write control and reordering characters as their escapes, line ends included; the rest stays."""
    return "".join(_escape(character) if _is_harmful(character) else character for character in text)


def show_record(record: dict[str, Any], console: Console) -> None:
    """Print facts, text, what was removed and why, every address, every revision."""
    _heading(console, record["title"] or "(no title)")
    for name in _FACTS:
        if record[name] not in (None, []):
            _say(console, (f"{name.replace('_', ' '):<20}", "dim"), (_write(record[name]), ""))
    _heading(console, "Text")
    _show_text(console, record["text"])
    _heading(console, "Removed")
    _show_removed(console, record["removed"])
    _heading(console, "Addresses")
    for address in record["addresses"]:
        _show_address(console, address)
    if len(record["revisions"]) > 1:
        _heading(console, "Revisions")
        for revision in record["revisions"]:
            _show_revision(console, revision)


def _show_text(console: Console, text: str) -> None:
    for paragraph in cut_paragraphs(text):
        _say(console, (paragraph, ""))


def _show_removed(console: Console, removed: Iterable[dict[str, str]]) -> None:
    lines = list(removed)
    for line in lines:
        _say(console, (f"{line['rule']:<24}", "yellow"), (f"{line['where']:<16}", "dim"), (line["text"], ""),
             (f"  ({line['evidence']})" if "evidence" in line else "", "dim"))
    if not lines:
        _say(console, ("nothing", "dim"))


def _show_address(console: Console, address: dict[str, Any]) -> None:
    until = f", until {_cut(address['ended_at'])}" if address["ended_at"] else ""
    met = f"met {address['times']} times, last {_cut(address['last_seen'])}" if address["times"] else "declared only"
    _say(console, (f"{address['role']:<10}", "cyan"), (address["url"] or address["key"], ""),
         (f"  ({address['source'] or 'no source'}; since {_cut(address['first_seen'])}, {met}{until})", "dim"))


def _show_revision(console: Console, revision: dict[str, Any]) -> None:
    _say(console, (f"{revision['number']:<4}", "cyan"), (_cut(revision["seen_at"]), "dim"),
         (f"  {revision['title'] or ''}", ""), (f"  {len(revision['text'])} characters", "dim"))


def _heading(console: Console, words: str) -> None:
    console.print()
    _say(console, (words, "bold"))


def _say(console: Console, *parts: tuple[str, str]) -> None:
    console.print(Text.assemble(*((make_harmless(words), style) for words, style in parts)), soft_wrap=True)


def _write(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def _cut(time: str) -> str:
    """Write a stored time to the second; all of them are UTC."""
    return f"{time[:10]} {time[11:19]}Z"


def _is_harmful(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") or character in _REORDERING


def _escape(character: str) -> str:
    return "    " if character == "\t" else character.encode("unicode_escape", "surrogatepass").decode("ascii")
