"""Log lines that a page cannot forge: one line an event, whatever is in it, as text or as JSON."""

import json
import logging
import re
from datetime import UTC, datetime

# What ends a line or moves a cursor, and what turns the direction of writing: shown, not done.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_NAMES = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def escape(text: str, *, keep: str = "") -> str:
    """Write control characters as escapes, but for those in ``keep``."""
    return _UNSAFE.sub(lambda found: found[0] if found[0] in keep else _name(found[0]), text)


def _name(character: str) -> str:
    code = ord(character)
    return _NAMES.get(character) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")


class TextFormatter(logging.Formatter):
    """One line an event; a traceback follows in lines that begin with a bar, as no event does."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """Write an event."""
        record.message = record.getMessage()
        record.asctime = self.formatTime(record)
        trace = "".join(f"\n  | {escape(line)}" for line in _trace(self, record).splitlines())
        return escape(self.formatMessage(record)) + trace


class JsonFormatter(logging.Formatter):
    """One JSON object an event: ``time``, ``level``, ``logger``, ``message``, and what the event carries besides."""

    def format(self, record: logging.LogRecord) -> str:
        """Write an event, in ASCII: no reader of lines is deceived by what Unicode calls one."""
        event = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **{name: value for name, value in vars(record).items() if name not in _OWN},
        }
        if trace := _trace(self, record):
            event["exception"] = trace
        return json.dumps(event, default=str)


def _trace(formatter: logging.Formatter, record: logging.LogRecord) -> str:
    parts = []
    if record.exc_info:
        parts.append(formatter.formatException(record.exc_info))
    if record.stack_info:
        parts.append(formatter.formatStack(record.stack_info))
    return "\n".join(parts)
