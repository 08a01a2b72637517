"""What is known of a site before a page of it is read: the lines that recur from article to article."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from crawler.extract.text import fold

DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, kw_only=True)
class SiteMemory:
    """A site's boilerplate: ``recurring`` maps a line's key (``line_key``) to the evidence that it is furniture."""

    recurring: Mapping[str, str] = field(default_factory=dict)

    def knows(self, text: str) -> bool:
        """Tell whether a line is remembered as furniture."""
        return bool(self.recurring) and line_key(text) in self.recurring


NO_MEMORY = SiteMemory()


def line_key(text: str) -> str:
    """Return the form under which a line recurs: folded, every number the same, for dates and counters change."""
    return DIGITS.sub("0", fold(text))
