"""How far a long command is, for the person who watches it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from store.console.command import Command


@contextmanager
def show_progress(command: Command) -> Iterator[Callable[[int, int], None]]:
    """Show on standard error how many of how many are done; nothing where nobody watches."""
    if not command.shows_progress:
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
