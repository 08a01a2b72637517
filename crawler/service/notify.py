"""Tell somebody of a condition: by a command of the owner's, or by an Apprise URL."""

import asyncio
import json
import logging
import os
import shlex
import shutil
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, Protocol

from store.errors import UsageError
from store.health.watching import Standing
from store.logs import escape

log = logging.getLogger(__name__)

SECONDS = 30.0  # for one notification


class Notifier(Protocol):
    """Whoever is told of conditions."""

    async def tell(self, condition: Standing) -> bool:
        """Tell of a condition; False where it could not be told, and should be later."""


def make_notifier(target: str) -> Notifier:
    """Read what an owner named: ``/usr/local/bin/tell --all``, or ``mailto://...`` for Apprise; raises UsageError."""
    if "://" in target.partition(" ")[0]:
        return AppriseNotifier(target)
    try:
        words = shlex.split(target)
    except ValueError as error:
        raise UsageError(f"{target!r} is no command: {error}") from error
    if not words or shutil.which(words[0]) is None:
        raise UsageError(f"{target!r} cannot be run: name a program that is there and may be executed")
    return CommandNotifier(words)


class CommandNotifier:
    """Run a program for each condition: the condition as JSON on its input, its parts in its environment.

    No shell is involved, and nothing that a page said is among the arguments.
    """

    def __init__(self, words: Sequence[str], *, seconds: float = SECONDS) -> None:
        self._words = words
        self._seconds = seconds

    async def tell(self, condition: Standing) -> bool:
        """Run the program and give it its time; it has told when it ends with 0."""
        try:
            process = await asyncio.create_subprocess_exec(
                *self._words, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.DEVNULL, env={**os.environ, **environment_of(condition)},
                start_new_session=True)
        except OSError as error:
            log.warning("telling of %s failed: %s", condition.name, error)
            return False
        try:
            async with asyncio.timeout(self._seconds):
                await process.communicate(json.dumps(condition.as_dict()).encode())
        except TimeoutError:
            log.warning("telling of %s took more than %.0f s and was ended", condition.name, self._seconds)
        finally:
            if process.returncode is None:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)  # with whatever it started
                await process.wait()
        if process.returncode:
            log.warning("telling of %s failed: %s ended with %d", condition.name, self._words[0], process.returncode)
        return process.returncode == 0


def environment_of(condition: Standing) -> dict[str, str]:
    """The parts of a condition as environment variables; control characters are escaped."""
    said = condition.as_dict()
    names = ("source", "condition", "state", "place", "opened_at", "closed_at")
    return {f"AVVISI_{name.upper()}": escape(str(said[name] or "")) for name in names}


class AppriseNotifier:
    """Tell by one of the services that Apprise knows."""

    def __init__(self, url: str) -> None:
        try:
            import apprise
        except ImportError as error:
            raise UsageError("a notification by URL needs Apprise: pip install 'avvisi[notify]'") from error
        service = apprise.Apprise()
        if not service.add(url):
            raise UsageError(f"{url.partition('://')[0]}:// with these parts is no address that Apprise knows")
        self._notify: Callable[..., Any] = service.notify

    async def tell(self, condition: Standing) -> bool:
        """Send a title and the evidence."""
        evidence = "\n".join(f"{name}: {escape(str(value))}" for name, value in condition.evidence.items())
        title = escape(f"avvisi: {condition.source}: {condition.name} {condition.state}")
        body = "\n".join(filter(None, (escape(condition.place), evidence))) or title
        try:
            return bool(await asyncio.wait_for(asyncio.to_thread(self._notify, title=title, body=body), SECONDS))
        except TimeoutError:
            log.warning("telling of %s took more than %.0f s", condition.name, SECONDS)
            return False
