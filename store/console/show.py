"""A record for a person to read, on a terminal that its text cannot command."""

import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from rich.console import Console
from rich.text import Text

from store.changes import Change
from store.console.wording import write_count
from store.fields import cut_paragraphs
from store.search.words import Phrase, find_excerpt

# Besides control characters: what reorders a line for the eye. Marks and joiners stay; scripts need them.
_REORDERING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_FACTS = ("id", "url", "canonical_url", "source", "language", "authors", "published", "published_precision",
          "published_origin", "modified", "description", "image", "section", "tags", "paywalled", "credits",
          "derived_from", "first_seen", "last_seen", "retrieved", "revision", "text_sha256",
          "page_sha256", "gone_at", "near_group", "group_earliest", "group_members", "group_origins",
          "group_credits", "relevance", "kind", "dyads")


def make_harmless(text: str) -> str:
    """Write control and reordering characters as their escapes, line ends included; the rest stays."""
    return "".join(_escape(character) if _is_harmful(character) else character for character in text)


def show_record(record: dict[str, Any], console: Console) -> None:
    """Print facts, text, what was removed and why, every address, every revision."""
    _heading(console, record["title"] or "(no title)")
    for name in _FACTS:
        if record[name] not in (None, []):
            _say(console, (f"{name.replace('_', ' '):<20}", "dim"), (_write(record[name]), ""))
    if record["actors"]:
        _heading(console, "Actors")
        for actor in record["actors"]:
            _show_actor(console, actor)
    if record["relevance_reasons"]:
        _heading(console, "Reasons")
        for reason in record["relevance_reasons"]:
            _say(console, (f"{reason['weight']:+6.2f}  ", "cyan"), (reason["term"], ""),
                 (f"  ({reason['where']})", "dim"))
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
    if record["tombstones"]:
        _heading(console, "Gone")
        for stone in record["tombstones"]:
            _show_tombstone(console, stone)
    if record["copies"]:
        _heading(console, "Copies")
        for copy in record["copies"]:
            _show_copy(console, copy)


def show_changes(record: dict[str, Any], console: Console) -> None:
    """Print what each revision changed in the one before: ``[-taken out-]`` in red, ``{+put in+}`` in green."""
    for former, revision in pairwise(record["revisions"]):
        _heading(console, f"Revision {revision['number']}, {_cut(revision['seen_at'])}")
        _say(console, (_describe(revision["change"]), "dim"))
        if former["title"] != revision["title"]:
            _say(console, *_mark(Change(former["title"] or "", revision["title"] or "")))
            console.print()
        _say_lines(console, _mark(Change(former["text"], revision["text"])))
    if len(record["revisions"]) < 2:
        _say(console, ("no revision but the first", "dim"))


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
    times = write_count(address["times"], "time")
    met = f"met {times}, last {_cut(address['last_seen'])}" if address["times"] else "declared only"
    credits = f"; credits {', '.join(address['credits'])}" if address["credits"] else ""
    _say(console, (f"{address['role']:<10}", "cyan"), (address["url"] or address["key"], ""),
         (f"  ({address['source'] or 'no source'}; since {_cut(address['first_seen'])}, {met}{until}{credits})", "dim"))


def _show_actor(console: Console, actor: dict[str, Any]) -> None:
    name = f"{actor['country']} {actor['code']}" if actor["country"] else actor["code"]
    said = ", ".join(f"{one['term']} ({one['where']} {one['start']})" for one in actor["evidence"])
    _say(console, (f"{name:<22}", ""), (f"{actor['role']:<8} {actor['mentions']:>3}  ", "cyan"), (said, "dim"))


def _show_revision(console: Console, revision: dict[str, Any]) -> None:
    _say(console, (f"{revision['number']:<4}", "cyan"), (_cut(revision["seen_at"]), "dim"),
         (f"  {revision['title'] or ''}", ""), (f"  {len(revision['text'])} characters", "dim"),
         (f"  {_describe(revision['change'])}" if revision["change"] else "", "dim"))


def _describe(change: dict[str, Any]) -> str:
    facts = [name for name in ("headline", "figures", "names", "quotes") if change[name]]
    kind = "cosmetic" if change["cosmetic"] else f"changed {', '.join(facts)}" if facts else "changed"
    return f"{kind}: {change['words_added']} words added, {change['words_removed']} removed"


def _show_tombstone(console: Console, stone: dict[str, Any]) -> None:
    back = f", back {_cut(stone['back_at'])}" if stone["back_at"] else ""
    _say(console, (f"{stone['status']:<4}", "cyan"), (stone["key"], ""),
         (f"  since {_cut(stone['gone_at'])}{back}", "dim"))


def show_found(record: dict[str, Any], question: Sequence[Phrase], console: Console) -> None:
    """Print a record that was found: its title, what tells it from others, and where the words stand in its text."""
    _say(console, (record["title"] or "(no title)", "bold"))
    _say(console, (record["id"], "cyan"), (f"  {record['published'] or 'no date'}  {record['source'] or 'no source'}"
                                           f"  {record['language'] or ''}", "dim"))
    excerpt = find_excerpt(record["text"], question)
    if excerpt is not None:
        _say(console, ("  " + excerpt.before, ""), (excerpt.found, "bold yellow"), (excerpt.after, ""))
    _say(console, ("  " + record["url"], "dim"))
    console.print()


def _show_copy(console: Console, copy: dict[str, Any]) -> None:
    _say(console, (f"{copy['id']:<18}", "cyan"), (copy["url"], ""),
         (f"  ({copy['published'] or 'no date'}; {'; '.join(copy['credits']) or 'no credit'})", "dim"))


def _mark(change: Change) -> list[tuple[str, str]]:
    marks = {"kept": ("", "", ""), "removed": ("[-", "-]", "red"), "added": ("{+", "+}", "green")}
    return [(f"{marks[piece.kind][0]}{piece.text}{marks[piece.kind][1]}", marks[piece.kind][2])
            for piece in change.pieces]


def _say_lines(console: Console, parts: list[tuple[str, str]]) -> None:
    """Print parts that hold line ends, a line at a time: a line end would be written as its escape."""
    line: list[tuple[str, str]] = []
    for words, style in parts:
        first, *rest = words.split("\n")
        line.append((first, style))
        for piece in rest:
            _say(console, *line)
            line = [(piece, style)]
    _say(console, *line)


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
