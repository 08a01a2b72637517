"""When each source was last asked for, and what became of it: written where its owner may write.

A source of the owner's own files keeps it in its entry (``checked``), beside whatever else a person wrote there. The
built-in catalogue lies in the installed package, which may be read-only and is replaced with every update; for it the
dates stand in a file of state. They are no part of the database, for `avvisi sources` needs none.
"""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from crawler.sources import Checked, Source
from crawler.sources.writing import replace_file
from store.errors import UsageError


def state_file(environment: Mapping[str, str]) -> Path:
    """Return the file that keeps the dates of the built-in catalogue.

    ``AVVISI_CHECKED``, or checked.json in the folder that systemd gives a service (``STATE_DIRECTORY``), or in
    ``$XDG_STATE_HOME/avvisi``: https://specifications.freedesktop.org/basedir-spec/
    """
    if named := environment.get("AVVISI_CHECKED"):
        return Path(named)
    if given := environment.get("STATE_DIRECTORY", "").split(":")[0]:
        return Path(given) / "checked.json"
    home = environment.get("XDG_STATE_HOME") or Path(environment.get("HOME") or "~").expanduser() / ".local" / "state"
    return Path(home) / "avvisi" / "checked.json"


def with_dates(sources: Sequence[Source], *, state: Path) -> tuple[Source, ...]:
    """Return the sources of the built-in catalogue with the dates that ``state`` has for them."""
    dates = _read_state(state)
    return tuple(replace(source, checked=dates.get(source.id, source.checked)) for source in sources)


def write_state(checked: Mapping[str, Checked], *, state: Path) -> None:
    """Write dates to the file of state; those of other sources stay."""
    dates = {**_read_state(state), **checked}
    lines = ",\n".join(f"{json.dumps(id)}: {json.dumps(vars(dates[id]))}" for id in sorted(dates))
    _write(state, f"{{\n{lines}\n}}\n")


def write_entries(checked: Mapping[str, Checked], *, file: Path) -> None:
    """Write dates into the entries of a file of sources; every comment and every other line of it stays.

    Raise UsageError when the file cannot be written.
    """
    try:
        text = file.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: cannot be read again to write the date: {error}") from error
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    try:
        document = tomlkit.parse(text.removeprefix(mark))
    except TOMLKitError as error:
        raise UsageError(f"{file}: cannot be read again to write the date: {error}") from error
    entries: Any = document.get("source", [])
    for entry in entries:
        said = checked.get(str(entry.get("id")))
        if said is not None:
            table = tomlkit.inline_table()
            table.update(vars(said))
            entry["checked"] = table
    after = mark + tomlkit.dumps(document)
    if after != text:
        _write(file, after)


def _write(file: Path, text: str) -> None:
    try:
        replace_file(file.resolve(), text)
    except OSError as error:
        raise UsageError(f"{file}: the dates of the check cannot be written: {error.strerror}") from error


def _read_state(state: Path) -> dict[str, Checked]:
    """Read the dates; a file that is not there, or not ours, knows none."""
    try:
        known = json.loads(state.read_text(encoding="utf-8"))
        return {id: Checked(on=said["on"], state=said["state"]) for id, said in known.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def default_state() -> Path:
    """Return the file of state of this process."""
    return state_file(os.environ)
