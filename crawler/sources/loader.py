"""From TOML files to sources: all of them read, all of their problems reported at once."""

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from crawler.discover.identity import identify
from crawler.sources import Source
from crawler.sources.entry import Problem, closest, name_entry, parse_entry
from store.errors import SourceError, UsageError, suggest


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """What stands in the files: the sources that can be used, and what is wrong with the rest."""

    sources: tuple[Source, ...]
    problems: tuple[Problem, ...]


def load_sources(path: Path | None) -> tuple[Source, ...]:
    """Return the sources of a TOML file, of a folder of them, or of the built-in catalogue (None).

    Raise SourceError with one line for each problem, in all files: either everything is right or nothing is used.
    """
    catalogue = read_catalogue(path)
    if catalogue.problems:
        raise SourceError("\n".join(map(str, catalogue.problems)))
    return catalogue.sources


def select_sources(sources: Sequence[Source], ids: Iterable[str]) -> tuple[Source, ...]:
    """Return the sources with these ids, in the order asked and each once; all that are enabled when no id is given.

    One that is off can be had by its name. Raise UsageError that names each id which is not there.
    """
    by_id = {source.id: source for source in sources}
    wanted = tuple(dict.fromkeys(ids)) or tuple(source.id for source in sources if source.enabled)
    unknown = [id for id in wanted if id not in by_id]
    if unknown:
        raise UsageError("\n".join(_unknown_id(id, tuple(by_id)) for id in unknown))
    return tuple(by_id[id] for id in wanted)


def read_catalogue(path: Path | None) -> Catalogue:
    """Read all files and keep what is right and what is wrong; raise SourceError if there is no file to read."""
    sources: list[Source] = []
    problems: list[Problem] = []
    owners: dict[str, str] = {}
    for name, file in _files(path):
        entries, wrong_file = _read_file(file, name=name)
        problems += wrong_file
        for number, entry in enumerate(entries, 1):
            source, wrong = parse_entry(entry, file=name, number=number)
            problems += wrong
            repeated = _repeated_id(entry, file=name, number=number, owners=owners)
            if repeated is not None:
                problems.append(repeated)
            elif source is not None:
                sources.append(source)
    return Catalogue(sources=tuple(sources), problems=tuple(problems))


def find_duplicates(sources: Sequence[Source]) -> tuple[Problem, ...]:
    """Name every address that two sources fetch, or one of them twice, whatever way it is spelt.

    A catalogue that has them works: the second finds nothing new. `avvisi sources check` tells of them.
    """
    owners: dict[str, tuple[str, str]] = {}
    problems = []
    for source in sources:
        for url in source.addresses:
            own = identify(url)
            if own in owners:
                id, spelt = owners[own]
                problems.append(Problem(file=source.file, source=repr(source.id),
                                        message=f"fetches {url}, which is {spelt} of source {id!r}"))
            owners.setdefault(own, (source.id, url))
    return tuple(problems)


def _files(path: Path | None) -> Iterator[tuple[str, Traversable]]:
    """List the files to read, in the order of their names, each with the name a person knows it by."""
    if path is None:
        built_in = (file for file in resources.files("crawler.sources").iterdir() if file.name.endswith(".toml"))
        yield from ((f"built-in {file.name}", file) for file in sorted(built_in, key=lambda file: file.name))
    elif not _is_folder(path):
        yield str(path), path
    else:
        yield from ((str(file), file) for file in _folder(path))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError as error:  # a folder above it is closed to us
        raise SourceError(f"{path}: cannot be read: {error.strerror}") from error


def _folder(path: Path) -> list[Path]:
    try:
        files = sorted(file for file in path.iterdir() if file.suffix == ".toml" and not file.name.startswith("."))
    except OSError as error:
        raise SourceError(f"{path}: cannot read the folder: {error.strerror}") from error
    if not files:
        raise SourceError(f"{path}: the folder holds no .toml file; `avvisi sources add URL --to {path / 'mine.toml'}` "
                          "writes a first one")
    return files


def _read_file(file: Traversable, *, name: str) -> tuple[list[object], list[Problem]]:
    """Return the entries of one file, unread, and what is wrong with the file as a whole."""
    try:
        document = tomllib.loads(file.read_bytes().decode("utf-8-sig"))  # some editors begin a file with a BOM
    except OSError as error:
        return [], [Problem(file=name, message=f"cannot be read: {error.strerror}")]
    except UnicodeDecodeError as error:
        return [], [Problem(file=name, message=f"is not UTF-8 text, from byte {error.start} on")]
    except (ValueError, RecursionError) as error:  # the latter for lists nested without end
        return [], [Problem(file=name, message=f"is not valid TOML: {error}")]
    problems = [Problem(file=name, key=key, message=f"not a key of a source file{closest(key, ('source',))}")
                for key in document if key != "source"]
    entries = document.get("source")
    if isinstance(entries, list) and entries:
        return entries, problems
    message = ("has [source] where [[source]] belongs: two brackets, once for each source" if "source" in document
               else "holds no source; each begins with the line [[source]]")
    return [], [*problems, Problem(file=name, message=message)]


def _repeated_id(entry: object, *, file: str, number: int, owners: dict[str, str]) -> Problem | None:
    """Remember who owns an id; name both owners when it is taken."""
    id = entry.get("id") if isinstance(entry, dict) else None
    if not isinstance(id, str):
        return None
    place = f"entry {number} of {file}"
    first = owners.setdefault(id, place)
    if first == place:
        return None
    return Problem(file=file, source=name_entry({"id": id}, number=number), key="id",
                   message=f"the same id stands in {first} and in {place}; each source needs its own")


def _unknown_id(id: str, known: tuple[str, ...]) -> str:
    return f"there is no source {id!r}{suggest(id, known) or ';'} `avvisi sources list` shows all {len(known)}"
