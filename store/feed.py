"""Records as an Atom feed (RFC 4287), for a feed reader: what is new of what one asked for.

The text is its publisher's: an entry has the page's own summary, or the beginning of the text, and leads to the page.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any, TextIO
from xml.sax.saxutils import escape, quoteattr

NEWEST = 100  # entries of a feed
SUMMARY = 400  # letters

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_atom(records: Iterable[dict[str, Any]], file: TextIO, *, now: datetime) -> int:
    """Write a feed; return how many entries it has."""
    entries = [_write_entry(record) for record in records]
    file.write('<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
               "<title>avvisi</title>\n<id>urn:avvisi:export</id>\n"
               f"<updated>{now.isoformat(timespec='seconds')}</updated>\n<generator>avvisi</generator>\n")
    file.writelines(entries)
    file.write("</feed>\n")
    return len(entries)


def _write_entry(record: dict[str, Any]) -> str:
    language = f" xml:lang={_attribute(record['language'])}" if record["language"] else ""
    lines = [
        f"<entry{language}>", f"<title>{_text(record['title'] or record['url'])}</title>",
        f"<id>urn:avvisi:{record['id']}</id>", f"<link href={_attribute(record['url'])}/>",
        f"<updated>{record['retrieved']}</updated>",
        f"<author><name>{_text(', '.join(record['authors']) or record['source'] or 'unknown')}</name></author>",
    ]
    if (record["published"] or "")[10:11] == "T":  # Atom knows no day without a time
        lines.append(f"<published>{_complete(record['published'])}</published>")
    lines += [f"<category term={_attribute(word)}/>" for word in (*record["countries"], *record["organisations"])]
    lines += [f"<summary>{_text(_summarise(record))}</summary>", "</entry>", ""]
    return "\n".join(lines)


def _summarise(record: dict[str, Any]) -> str:
    said: str = record["description"] or record["text"].replace("\n", " ")
    if len(said) <= SUMMARY:
        return said
    kept = said[:SUMMARY]
    return (kept.rsplit(" ", 1)[0] if " " in kept else kept) + "…"


def _complete(written: str) -> str:
    """Give a time its seconds, which Atom asks for."""
    return datetime.fromisoformat(written).isoformat(timespec="seconds")


def _text(value: str) -> str:
    return escape(_NO_XML.sub("", value))


def _attribute(value: str) -> str:
    return quoteattr(_NO_XML.sub("", value))
