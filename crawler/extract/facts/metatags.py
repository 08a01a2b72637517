"""Read what a page's ``meta`` and ``link`` elements say, by name."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml.html import HtmlElement

LONGEST_VALUE = 5_000


@dataclass(frozen=True)
class MetaTags:
    """The values of a page's ``meta`` elements: all of one name, in reading order, names in lower case."""

    values: dict[str, list[str]] = field(default_factory=dict)

    def all(self, *names: str) -> Iterator[str]:
        """Give every value of these names, by the order of the names."""
        for name in names:
            yield from self.values.get(name, ())

    def first(self, *names: str) -> str | None:
        """Give the first value of these names, by the order of the names."""
        return next(self.all(*names), None)


def parse_metatags(metas: Iterable[HtmlElement]) -> MetaTags:
    """Collect ``name``, ``property``, ``itemprop`` and ``http-equiv`` with their contents; empty ones are left out."""
    values: dict[str, list[str]] = {}
    for meta in metas:
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv")
        content = " ".join((meta.get("content") or "")[:LONGEST_VALUE].split()) if name else ""
        if content and name:
            values.setdefault(name.strip().lower(), []).append(content)
    return MetaTags(values)
