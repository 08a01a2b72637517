"""Word lists, and how they are read: tables of words parted by " | ", compared in folded form.

A row may begin with a key and a colon: a language, or a canonical name; a key may have several rows.
"""

import re

from crawler.extract.text import fold


def words(table: str) -> list[str]:
    """Return the words of a table, folded."""
    return [fold(word) for row in table.strip().splitlines() for word in row.split(" | ")]


def keyed(table: str) -> dict[str, list[str]]:
    """Return the words of a table by key, as written."""
    rows: dict[str, list[str]] = {}
    for row in table.strip().splitlines():
        key, _, listed = row.partition(": ")
        rows.setdefault(key, []).extend(listed.split(" | "))
    return rows


def any_of(table: str) -> str:
    """Return a pattern that matches any word of a table in a folded text, the longest first."""
    return "(?:" + "|".join(map(re.escape, sorted(words(table), key=len, reverse=True))) + ")"
