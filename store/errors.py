"""Every error a user can meet.

    AvvisiError
    ├── UsageError            wrong words on the command line, or a file it names that cannot be used: exit status 2
    │   └── SourceError       a catalogue entry that is wrong: names file, source and key
    ├── DatabaseError         the database cannot be opened or written
    │   └── DatabaseTooNew    it was written by a newer avvisi
    ├── DiscoveryError        bytes that are no feed, sitemap or section page
    └── ExtractionError       a page on which no article could be read

The message is one line that names the subject and the way out. A command prints it and ends; nobody sees a traceback.
"""


from collections.abc import Iterable


class AvvisiError(Exception):
    """Base of all expected errors; ``str()`` is the line a user reads."""

    exit_status = 1


class UsageError(AvvisiError):
    """The command was called with something that cannot be used."""

    exit_status = 2


class SourceError(UsageError):
    """A catalogue entry is wrong."""


class DatabaseError(AvvisiError):
    """The database cannot be opened, read or written; ``passing`` where that may be over in a moment."""

    exit_status = 2

    def __init__(self, message: str, *, passing: bool = False) -> None:
        super().__init__(message)
        self.passing = passing


class DatabaseTooNew(DatabaseError):
    """The database was written by a newer avvisi."""


class ReasonedError(AvvisiError):
    """Something could not be read; ``reason`` is one short word, the counter and log event of that end."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail

    def __reduce__(self) -> tuple[type["ReasonedError"], tuple[str, str]]:
        """Cross a process boundary whole: workers raise, the crawl counts."""
        return type(self), (self.reason, self.detail)


class DiscoveryError(ReasonedError):
    """Bytes are not what their address promised: ``empty``, ``not_a_feed``, ``broken_feed``, ``too_deep``..."""


class ExtractionError(ReasonedError):
    """No article could be read: ``empty``, ``not_html``, ``too_short``, ``too_large``, ``consent_wall``..."""


def suggest(word: str, known: Iterable[str], *, most: int = 3) -> str:
    """Name what may have been meant, as the end of a sentence; empty where nothing is near."""
    from difflib import get_close_matches

    near = get_close_matches(word.lower(), list(known), n=most, cutoff=0.5)
    return f"; did you mean {' or '.join(map(repr, near))}?" if near else ""
