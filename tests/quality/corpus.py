"""Saved pages with gold text: a folder with ``index.jsonl`` and the pages it names."""

import gzip
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tld import get_fld


@dataclass(frozen=True, kw_only=True)
class SavedPage:
    """A page of a corpus: its row in the index (``id, url, lang, text, ...``) and where its bytes are."""

    row: dict[str, Any]
    path: Path

    @property
    def id(self) -> str:
        """The page's name in its corpus."""
        return str(self.row["id"])

    @property
    def collection(self) -> str:
        """The collection that it comes from, the first part of its id."""
        return self.id.split("/")[0]

    @property
    def url(self) -> str:
        """The address that it was saved from."""
        return str(self.row.get("url") or "")

    @property
    def domain(self) -> str:
        """The registrable domain of the address; the id where there is none."""
        return get_fld(self.url, fail_silently=True) or self.id

    def read(self) -> bytes:
        """Read the saved bytes."""
        content = self.path.read_bytes()
        return gzip.decompress(content) if self.path.suffix == ".gz" else content


def read_corpus(folder: Path) -> list[SavedPage]:
    """Read a corpus's index; rows that a line break inside a text splits are read as one."""
    text = (folder / "index.jsonl").read_text(encoding="utf-8")
    decoder, start, pages = json.JSONDecoder(strict=False), 0, []
    while start < len(text):
        if text[start].isspace():
            start += 1
            continue
        row, start = decoder.raw_decode(text, start)
        pages.append(SavedPage(row=row, path=folder / row["html_path"]))
    return pages
