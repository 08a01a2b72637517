"""Adding an entry to a file of sources, so that what a person wrote there stays as it is."""

import json
import os
import tempfile
import tomllib
from collections.abc import Iterable
from pathlib import Path

from crawler.discover.identity import identify
from crawler.sources import Checked, Evidence, Source, Terms
from crawler.sources.duration import write_duration
from crawler.sources.loader import load_sources
from store.errors import SourceError, UsageError


def write_entry(source: Source) -> str:
    """Write a source as the lines of its entry, defaults included so that they can be changed."""
    lines = ["[[source]]", *(f"{key} = {_text(value)}" for key, value in (
        ("id", source.id), ("name", source.name), ("site", source.site)))]
    lines += [f"{key} = {_list(urls)}" for key, urls in (
        ("feeds", source.feeds), ("sitemaps", source.sitemaps), ("sections", source.sections)) if urls]
    lines += [f"{key} = {_text(value)}" for key, value in (
        ("kind", source.kind), ("standpoint", source.standpoint), ("language", source.language),
        ("country", source.country)) if value]
    if source.categories:
        lines.append(f"categories = [{', '.join(map(_text, source.categories))}]")
    if not source.enabled:
        lines.append("enabled = false")
    lines += [f"{key} = {_text(value)}" for key, value in (
        ("every", write_duration(source.every)), ("delay", write_duration(source.delay)))]
    if source.terms != Terms():
        lines.append(_table("terms", source.terms))
    lines += [f"{key} = {_text(value)}" for key, value in (("rights", source.rights), ("notes", source.notes)) if value]
    kept = (("evidence", source.evidence), ("checked", source.checked))
    lines += [_table(key, value) for key, value in kept if value is not None]
    return "\n".join(lines) + "\n"


def load_known(file: Path, *, folder: Path | None) -> tuple[Source, ...]:
    """Return the sources that stand in ``file`` and, where it lies in a ``folder`` of files in use, beside it.

    Raise SourceError if a file has mistakes in it: nothing is added to what cannot be used.
    """
    if folder is not None and folder.is_dir():
        beside = load_sources(folder) if any(folder.glob("*.toml")) else ()
        if file.parent.resolve() == folder.resolve():
            return beside
        return beside + _load(file)
    return _load(file)


def refuse_known(source: Source, known: Iterable[Source]) -> None:
    """Raise SourceError if one of ``known`` has the id or an address of ``source`` already."""
    for other in known:
        if other.id == source.id:
            raise SourceError(f"{other.file}: source {source.id!r}: key 'id': is taken; choose another with --id")
        known_here = set(map(identify, other.addresses))
        shared = [url for url in source.addresses if identify(url) in known_here]
        if shared:
            raise SourceError(f"{other.file}: source {other.id!r}: fetches {min(shared)} already")


def _load(file: Path) -> tuple[Source, ...]:
    return () if _holds_nothing(file) else load_sources(file)


def _holds_nothing(file: Path) -> bool:
    """Tell whether an entry would be the first in ``file``: it is not there, or has nothing but comments."""
    try:
        return not tomllib.loads(file.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        return True
    except (OSError, ValueError):
        return False  # and the loader says what is wrong


def append_entry(entry: str, *, file: Path) -> None:
    """Add an entry at the end of ``file``, made if need be; the file is replaced whole or not at all."""
    try:
        target = file.resolve()
        before = target.read_bytes().decode("utf-8") if target.exists() else ""  # line ends stay what they are
        gap = "" if not before else "\n" if before.endswith("\n") else "\n\n"
        after = before + gap + entry
        _refuse_broken(after, file=file)
        replace_file(target, after)
    except OSError as error:
        raise UsageError(f"{file}: cannot be written: {error.strerror}") from error


def _refuse_broken(text: str, *, file: Path) -> None:
    try:
        tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{file}: writes its sources as one list, so no [[source]] can follow it; "
                         "add the entry by hand (--dry-run prints it)") from error


def replace_file(target: Path, text: str) -> None:
    """Write a file whole or not at all, with the permissions it had; raise OSError."""
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as stream:
            stream.write(text)
        temporary.chmod(target.stat().st_mode & 0o7777 if target.exists() else 0o644)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _table(key: str, value: Evidence | Terms | Checked) -> str:
    return f"{key} = {{ " + ", ".join(f"{name} = {_text(said)}" for name, said in vars(value).items() if said) + " }"


def _list(urls: tuple[str, ...]) -> str:
    if len(urls) == 1:
        return f"[{_text(urls[0])}]"
    return "[\n" + "".join(f"    {_text(url)},\n" for url in urls) + "]"


def _text(value: str) -> str:
    """Write a TOML basic string: JSON's, save that DEL must be escaped."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
