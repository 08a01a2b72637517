"""Tables on standard output: for a person's terminal, and whole for whatever reads a pipe."""

import os
import sys
from collections.abc import Sequence

from rich.console import Console
from rich.table import Column

WIDE = 10_000  # columns, where no terminal says how many there are: nothing is cut off for grep and awk
LONGEST_NAME = 32  # columns that a name may take of a terminal before it is folded


def make_console() -> Console:
    """Make what prints on standard output; no markup, no emoji: what is printed may come from outside."""
    is_bounded = sys.stdout.isatty() or "COLUMNS" in os.environ
    return Console(file=sys.stdout, markup=False, highlight=False, emoji=False, width=None if is_bounded else WIDE)


def name_column(heading: str, names: Sequence[str]) -> Column:
    """Make the column by which rows are known: it is never shortened, since the name is what one types next."""
    longest = max(map(len, (heading, *names)))
    return Column(heading, min_width=min(longest, LONGEST_NAME), overflow="fold")
