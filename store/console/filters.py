"""The options that say which records are meant, for every command that has them."""

from collections.abc import Callable
from typing import Any

import click

from store.subject import Kind

OPTIONS = (
    click.option("--since", metavar="DATE",
                 help="Published at or after: 2023, 2023-03, 2023-03-05 or a time with zone."),
    click.option("--until", metavar="DATE",
                 help="Published up to the end of this year, month or day, or before a time."),
    click.option("--language", metavar="CODE", help="Only records in this language, as in sq or de."),
    click.option("--source", metavar="ID", help="Only records of this source."),
    click.option("--between", metavar="US,CN", multiple=True,
                 help="Only records that set these two states against each other, in either order; once or several "
                      "times."),
    click.option("--about", metavar="US", multiple=True,
                 help="Only records in which this state or organisation acts: US, NATO, org:AU; once or several "
                      "times."),
    click.option("--min-relevance", type=click.FloatRange(0, 1), metavar="SCORE",
                 help="Only records that are about relations between states at least this much, from 0 to 1."),
    click.option("--kind", "kinds", type=click.Choice([kind.value for kind in Kind]), multiple=True,
                 help="Only records of this kind; once or several times."),
)


def filter_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options; it hands what it gets of them to ``read_filters``."""
    for option in reversed(OPTIONS):
        function = option(function)
    return function


def read_filters(*, since: str | None, until: str | None, language: str | None, source: str | None,
                 between: tuple[str, ...], about: tuple[str, ...], min_relevance: float | None,
                 kinds: tuple[str, ...]) -> dict[str, Any]:
    """Read what the options say, as ``store.export.list_conditions`` takes it; raises UsageError."""
    from store.console.asked import check_period, parse_language
    from store.export import About, parse_actor, parse_pair, parse_period

    start = parse_period(since)[0] if since else None
    end = parse_period(until)[1] if until else None
    check_period(start, end)
    return {
        "since": start,
        "until": end,
        "language": parse_language(language) if language else None,
        "source": source,
        "about": About(between=tuple(map(parse_pair, between)), about=tuple(map(parse_actor, about)),
                       min_relevance=min_relevance, kinds=kinds),
    }
