"""What a person asked for, held against what is there: a word that nothing answers to is told with what is near it."""

import re
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from store import models
from store.errors import UsageError, suggest

_LANGUAGE = re.compile("[a-z]{2,3}")


def check_source(session: Session, source: str | None) -> None:
    """Raise UsageError where no source was run and no record came under this name."""
    if source is None or session.get(models.Source, source) is not None:
        return
    labels = set(session.scalars(select(models.Article.source).distinct()))
    if source not in labels:
        ids = labels | set(session.scalars(select(models.Source.id)))
        raise UsageError(f"no source {source!r} in this database{suggest(source, filter(None, ids)) or ':'} "
                         "`avvisi status` lists those that were run")


def check_period(since: datetime | None, until: datetime | None) -> None:
    """Raise UsageError where the end comes before the start."""
    if since is not None and until is not None and since >= until:
        raise UsageError(f"--since {since:%Y-%m-%d} does not come before the end of --until, {until:%Y-%m-%d}")


def parse_language(written: str) -> str:
    """Read a language as records name it; raises UsageError."""
    code = written.strip().lower()
    if not _LANGUAGE.fullmatch(code):
        raise UsageError(f"not a language: {written}: write its ISO 639 code, as in sq, de or zh")
    return code


def check_state(code: str) -> str:
    """Give back a code in upper case; raises UsageError where it is no state's, nor the EU's."""
    from babel import Locale  # a tenth of a second, and seldom needed
    from babel.core import get_global

    code = code.strip().upper()
    meant = get_global("territory_aliases").get(code, [code])
    if len(meant) == 1 and meant != [code]:
        raise UsageError(f"{code} is not the ISO 3166-1 code of a state: write {meant[0]}")
    if code not in Locale("en").territories:
        raise UsageError(f"{code} is not the ISO 3166-1 code of a state: two letters, as in US, CN or XK (Kosovo)")
    return code
