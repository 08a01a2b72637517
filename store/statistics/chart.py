"""Statistics as a picture: bars over time, by source, language, actor and pair, in one SVG that any browser shows.

Written as text, without a library: rectangles and words are all it needs.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any
from xml.sax.saxutils import escape

from store.console.wording import write_count

WIDTH, MARGIN, GAP = 1000, 24, 28
ROW, BARS_HEIGHT, TITLE = 20, 180, 30  # pixels
WIDEST_STEP, LABEL_WIDTH, NUMBER_WIDTH, LETTER, THINNEST = 90, 72, 48, 7.2, 1.0  # pixels
MOST_ROWS, MOST_PERIODS, LONGEST_LABEL = 15, 120, 24
ALL, RELEVANT, INK, PALE = "#9db8d9", "#1f4e8c", "#222", "#777"
# One by one: what draws a .png knows no "sans-serif" where its favourite is not installed, and leaves all words out.
FONTS = "Helvetica,Arial,'Liberation Sans','DejaVu Sans','Noto Sans',Roboto,'Segoe UI',sans-serif"
_STYLE = (f"text{{font:12px {FONTS};fill:{INK}}}.t{{font-size:15px;font-weight:bold}}"
          f".n{{font-size:12px;font-weight:normal;fill:{PALE}}}.p{{fill:{PALE}}}")


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One bar: all of it, the part of it that is drawn darker, and its name."""

    label: str
    value: int
    part: int = 0

    @property
    def words(self) -> str:
        """What it says when one points at it."""
        return f"{self.label}: {self.value:,}" + (f", of them {self.part:,}" if self.part else "")


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A chart drawn at a place; ``height`` is what it takes, title included."""

    height: int
    draw: Callable[[int, int], Iterator[str]]


def draw_stats(stats: dict[str, Any]) -> str:
    """Draw what ``take_stats`` counted, as an SVG document."""
    rows = [
        (over_time(f"Records by {stats['by']}", "dark: on relations between states",
                   [Bar(label=each["period"], value=each["records"], part=each["relevant"])
                    for each in stats["over_time"]]),),
        (ranking("Sources", "dark: on relations between states",
                 [Bar(label=each["source"], value=each["records"], part=each["relevant"])
                  for each in stats["sources"]]),
         ranking("Languages", "", [Bar(label=code, value=count) for code, count in stats["languages"].items()])),
        (ranking("States", "dark: as an actor", [Bar(label=each["code"], value=each["records"], part=each["main"])
                                                 for each in stats["actors"]]),
         ranking("Pairs of states", "", [Bar(label=each["dyad"], value=each["records"]) for each in stats["dyads"]])),
        (ranking("Organisations", "dark: as an actor",
                 [Bar(label=each["code"], value=each["records"], part=each["main"])
                  for each in stats["organisations"]]),
         ranking("Kinds", "", [Bar(label=kind, value=count) for kind, count in stats["kinds"].items()])),
    ]
    drawn: list[str] = [*_text(MARGIN, MARGIN + 16, headline(stats), style="t")]
    top = MARGIN + 40
    for panels in rows:
        width = (WIDTH - 2 * MARGIN - GAP * (len(panels) - 1)) // len(panels)
        for number, panel in enumerate(panels):
            left = MARGIN + number * (width + GAP)
            drawn.append(f'<g transform="translate({left},{top})">')
            drawn.extend(panel.draw(width, panel.height))
            drawn.append("</g>")
        top += max(panel.height for panel in panels) + GAP
    return "\n".join((
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{top}" viewBox="0 0 {WIDTH} {top}">',
        f'<style>{_STYLE}</style><rect width="{WIDTH}" height="{top}" fill="#fff"/>', *drawn, "</svg>", ""))


def headline(stats: dict[str, Any]) -> str:
    """Say it all in one line."""
    saved = stats["duplicates"]
    return (f"{write_count(stats['records'], 'record')} in {write_count(len(stats['languages']), 'language')} from "
            f"{write_count(stats['outlets'], 'outlet')}, {write_count(stats['origins'], 'origin')}; "
            f"{write_count(saved['exact'], 'duplicate')} not stored, "
            f"{write_count(saved['near'], 'copy', 'copies')} linked")


def over_time(title: str, note: str, bars: Sequence[Bar]) -> Panel:
    """Draw standing bars in the order of time; the last ones, where there are too many."""
    shown = bars[-MOST_PERIODS:]

    def draw(width: int, height: int) -> Iterator[str]:
        yield from _title(title, note)
        most = max((bar.value for bar in shown), default=0) or 1
        step = min(width / max(len(shown), 1), WIDEST_STEP)
        thick = max(1.0, min(step * 0.8, 60))
        bottom, full = height - 18, height - 2 * TITLE - 18
        for number, bar in enumerate(shown):
            left = number * step
            for amount, colour in ((bar.value, ALL), (bar.part, RELEVANT)):
                tall = full * amount / most
                yield _bar(left, bottom - tall, thick, tall, colour, bar.words)
            if step >= NUMBER_WIDTH or bar.value == most:
                yield from _text(left + thick / 2, bottom - full * bar.value / most - 5, f"{bar.value:,}", style="p",
                                 anchor="middle")
        every = max(1, ceil(LABEL_WIDTH / step))
        for number in range(0, len(shown), every):
            place, anchor = (thick / 2, "middle") if every == 1 else (0.0, "start")
            yield from _text(number * step + place, height - 2, shown[number].label, style="p", anchor=anchor)

    return Panel(height=BARS_HEIGHT + TITLE, draw=draw)


def ranking(title: str, note: str, bars: Sequence[Bar]) -> Panel:
    """Draw lying bars, the longest first."""
    shown = sorted(bars, key=lambda bar: -bar.value)[:MOST_ROWS]
    cut = f"{len(shown)} of {len(bars)}" if len(bars) > len(shown) else ""

    def draw(width: int, height: int) -> Iterator[str]:
        yield from _title(title, ", ".join(filter(None, (cut, note))))
        most = max((bar.value for bar in shown), default=0) or 1
        names = 12 + LETTER * max((len(shorten(bar.label)) for bar in shown), default=0)
        full = width - names - NUMBER_WIDTH
        for number, bar in enumerate(shown):
            y = TITLE + number * ROW
            yield from _text(names - 8, y + 12, shorten(bar.label), anchor="end")
            for amount, colour in ((bar.value, ALL), (bar.part, RELEVANT)):
                yield _bar(names, y, full * amount / most, ROW - 6, colour, bar.words)
            yield from _text(names + full * bar.value / most + 6, y + 12, f"{bar.value:,}", style="p")

    return Panel(height=TITLE + ROW * max(len(shown), 1), draw=draw)


def _title(title: str, note: str) -> Iterator[str]:
    """Give a panel its name, and what its colours mean in smaller letters behind it."""
    small = f'<tspan class="n" dx="8">{_words(note)}</tspan>' if note else ""
    yield f'<text x="0" y="14" class="t">{_words(title)}{small}</text>'


def shorten(label: str) -> str:
    """Cut a name that is too long for its place."""
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1] + "…"


def _bar(left: float, top: float, width: float, height: float, colour: str, words: str) -> str:
    if width <= 0 or height <= 0:
        return ""
    return (f'<rect x="{left:.1f}" y="{top:.1f}" width="{max(width, THINNEST):.1f}" '
            f'height="{max(height, THINNEST):.1f}" fill="{colour}">'
            f"<title>{_words(words)}</title></rect>")


def _text(left: float, top: float, words: str, *, style: str = "", anchor: str = "start") -> Iterable[str]:
    yield (f'<text x="{left:.1f}" y="{top:.1f}" text-anchor="{anchor}"' + (f' class="{style}"' if style else "")
           + f">{_words(words)}</text>")


def _words(text: str) -> str:
    """Make text fit for XML, which has no word for most control characters."""
    return escape("".join(char for char in text if char.isprintable()))
