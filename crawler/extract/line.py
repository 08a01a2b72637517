"""A line: one paragraph, heading, list item, caption or table row of a page, in reading order."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line as it was read.

    ``tag`` is what the page marks it as: ``p``, ``h1``..``h6``, ``li``, ``blockquote``, ``caption``, ``tr``, ``pre``.
    ``dropped_by`` names the rule that says it is not the article; None where nothing does.
    """

    text: str
    tag: str = "p"
    dropped_by: str | None = None
