"""Texts and pages that are already here: files, folders, and manifests of saved pages -> Pages.

A manifest is an ``index.jsonl``: one JSON object a line with ``html_path`` (relative to the manifest, may end in
``.gz``), and, where known, ``id`` and ``url``.
"""

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from crawler.discover.identity import identify
from store.errors import UsageError
from store.values import Page

MAX_BYTES = 16 * 1024 * 1024  # of one file, unpacked; as much as a crawl downloads
CONTENT_TYPES = {".txt": "text/plain", ".html": "text/html", ".htm": "text/html", ".xhtml": "text/html"}


@dataclass(frozen=True, kw_only=True)
class Saved:
    """One input: its page, or the reason why there is none. ``id`` is the manifest's."""

    name: str
    id: str | None = None
    url: str | None = None
    page: Page | None = None
    error: str | None = None


def find_inputs(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Expand folders into the files they hold that can be read, sorted; an index.jsonl stands for its folder.

    Raises:
        UsageError: a path does not exist, or a folder holds nothing that can be read.
    """
    return tuple(found for path in paths for found in _expand(path))


def _expand(path: Path) -> Iterable[Path]:
    if path.is_file():
        return [path]
    if not path.exists():
        raise UsageError(f"{path}: no such file or folder")
    if (path / "index.jsonl").is_file():
        return [path / "index.jsonl"]
    inside = sorted(file for file in path.rglob("*") if file.is_file() and _suffix(file) in CONTENT_TYPES)
    if not inside:
        raise UsageError(f"{path}: holds no .txt or .html file and no index.jsonl")
    return inside


def read_inputs(inputs: Iterable[Path], *, now: datetime, source: str | None = None) -> Iterator[Saved]:
    """Yield each input's page; manifests yield the pages they list."""
    for path in inputs:
        if path.suffix == ".jsonl":
            yield from read_manifest(path, now=now, source=source)
        else:
            yield _read(path, name=str(path), id=None, url=None, now=now, source=source)


def read_manifest(manifest: Path, *, now: datetime, source: str | None = None) -> Iterator[Saved]:
    """Yield the pages that a manifest lists.

    Raises:
        UsageError: the manifest cannot be read, or a line of it is no JSON object with an ``html_path``.
    """
    for number, line in _lines(manifest):
        row = _parse_row(line, f"{manifest}, line {number}")
        path = manifest.parent / str(row["html_path"])
        yield _read(path, name=f"{manifest}:{number}", id=row.get("id"), url=row.get("url"), now=now, source=source)


def count_inputs(inputs: Iterable[Path], manifest: Path | None = None) -> int:
    """Count the pages, for progress."""
    listed = sum(1 for _ in _lines(manifest)) if manifest else 0
    return listed + sum(sum(1 for _ in _lines(path)) if path.suffix == ".jsonl" else 1 for path in inputs)


def _lines(manifest: Path) -> Iterator[tuple[int, str]]:
    try:
        with manifest.open(encoding="utf-8") as file:
            yield from ((number, line) for number, line in enumerate(file, 1) if line.strip())
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{manifest}: cannot be read ({_reason(error)})") from error


def _parse_row(line: str, place: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise UsageError(f"{place}: not JSON ({error})") from error
    if not isinstance(row, dict) or not isinstance(row.get("html_path"), str):
        raise UsageError(f"{place}: a manifest line is a JSON object with at least html_path")
    return row


def _read(path: Path, *, name: str, id: str | None, url: str | None, now: datetime, source: str | None) -> Saved:
    content_type = CONTENT_TYPES.get(_suffix(path))
    if url and not is_address(url):
        return Saved(name=name, id=id, error=f"bad_address: {url!r} is no absolute http(s) or file address")
    if content_type is None:
        return Saved(name=name, id=id, url=url, error="unknown_format: expected .txt or .html, .gz or not")
    try:
        body = _load(path)
    except (OSError, EOFError, zlib.error, ValueError) as error:
        return Saved(name=name, id=id, url=url, error=f"unreadable: {_reason(error)}")
    address = url or path.resolve().as_uri()
    page = Page(
        url=address, requested_url=address, body=body, content_type=content_type, fetched_at=now, source=source
    )
    return Saved(name=name, id=id, url=address, page=page)


def is_address(url: object) -> bool:
    """Tell whether what a manifest gives as a page's address is one."""
    try:
        return isinstance(url, str) and url.isprintable() and bool(identify(url))
    except ValueError:
        return False


def _load(path: Path) -> bytes:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rb") as file:
        body: bytes = file.read(MAX_BYTES + 1)
    if len(body) > MAX_BYTES:
        raise ValueError(f"larger than {MAX_BYTES // 2**20} MiB")
    return body


def _suffix(path: Path) -> str:
    return (Path(path.stem) if path.suffix == ".gz" else path).suffix.lower()


def _reason(error: BaseException) -> str:
    return (error.strerror if isinstance(error, OSError) and error.strerror else str(error)) or type(error).__name__
