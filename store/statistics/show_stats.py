"""Statistics for a person to read, on a terminal; as a picture where a file is named."""

from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from store.console.show import make_harmless
from store.console.terminal import name_column
from store.errors import UsageError
from store.statistics.chart import FONTS, draw_stats, headline

MOST_ROWS = 15
_SHARPNESS = 2  # pixels a point of a .png
_ONE_WORD = ('<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">'
             f'<text x="2" y="15" style="font:12px {FONTS}">{{word}}</text></svg>')


def show_stats(stats: dict[str, Any], console: Console) -> None:
    """Print the sums, then tables of sources, time, languages, actors and pairs."""
    console.print(Text(headline(stats)))
    if stats["off_topic"]:
        console.print(Text(f"{stats['off_topic']:,} pages left aside as off the topic that their source keeps"))
    _table(console, ("source", "records", "relevant", "duplicates", "languages"), [
        (each["source"], each["records"], each["relevant"], each["duplicates"], " ".join(each["languages"]))
        for each in stats["sources"]])
    _table(console, (stats["by"], "records", "relevant", "duplicates", "languages", "outlets"), [
        (each["period"], each["records"], each["relevant"], each["duplicates"], each["languages"],
         len(each["sources"])) for each in reversed(stats["over_time"])])
    _table(console, ("language", "records"), list(stats["languages"].items()))
    _table(console, ("state", "records", "acts in"), [
        (each["code"], each["records"], each["main"]) for each in stats["actors"]])
    _table(console, ("organisation", "records", "acts in"), [
        (each["code"], each["records"], each["main"]) for each in stats["organisations"]])
    _table(console, ("pair", "records"), [(each["dyad"], each["records"]) for each in stats["dyads"]])
    _table(console, ("kind", "records"), list(stats["kinds"].items()))


def _table(console: Console, names: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    if not rows:
        return
    first, *others = names
    table = Table(name_column(first, [make_harmless(str(row[0])) for row in rows[:MOST_ROWS]]), box=None,
                  padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    for number, name in enumerate(others, 1):
        table.add_column(name, justify="right" if isinstance(rows[0][number], int) else "left")
    for row in rows[:MOST_ROWS]:
        table.add_row(*(Text(f"{value:,}" if isinstance(value, int) else make_harmless(str(value))) for value in row))
    console.print()
    console.print(table)
    if len(rows) > MOST_ROWS:
        console.print(Text(f"and {len(rows) - MOST_ROWS} more; --json has them all", style="dim"))


def check_picture(path: Path) -> None:
    """Raise UsageError where no picture can be written under this name."""
    if path.suffix.lower() not in (".svg", ".png"):
        raise UsageError(f"{path}: a picture is an .svg or a .png file")
    if path.suffix.lower() == ".png":
        _check_words(_get_painter())
    if not path.parent.is_dir():
        raise UsageError(f"{path} cannot be written: there is no folder {path.parent}")


def write_picture(stats: dict[str, Any], path: Path) -> None:
    """Draw the statistics into a file, as its name says: .svg or .png."""
    drawn = draw_stats(stats)
    try:
        if path.suffix.lower() == ".svg":
            path.write_text(drawn, encoding="utf-8")
        else:
            path.write_bytes(_paint(_get_painter(), drawn, zoom=_SHARPNESS))
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror or error}") from error


def _get_painter() -> Any:
    try:
        import resvg_py
    except ImportError as error:
        raise UsageError("a .png needs one more library: pip install 'avvisi[plot]', or name an .svg file, "
                         "which every browser shows") from error
    return resvg_py


def _check_words(painter: Any) -> None:
    """Raise UsageError where no font is installed: the picture would have no words."""
    if _paint(painter, _ONE_WORD.format(word="avvisi")) == _paint(painter, _ONE_WORD.format(word="")):
        raise UsageError("a .png needs a font, and none is installed (fonts-dejavu has one); name an .svg file, "
                         "which every browser shows")


def _paint(painter: Any, drawn: str, *, zoom: int = 1) -> bytes:
    return bytes(painter.svg_to_bytes(svg_string=drawn, zoom=zoom))
