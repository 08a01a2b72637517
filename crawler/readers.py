"""Reading off the event loop: warm worker processes with a deadline that ends the worker and not the crawl.

Threads do not help (the work holds the interpreter's lock) and a cold process pays a second of imports, so the workers
live as long as the crawl and are forked from a server that has imported the readers once.
"""

import asyncio
import logging
import multiprocessing
import os
import signal
from collections.abc import Callable
from multiprocessing import forkserver
from typing import TYPE_CHECKING, Any, Self, TypeVar

from pebble import ProcessExpired, ProcessPool

from crawler.allocation import give_back, map_large_blocks
from store.errors import AvvisiError, ExtractionError, ReasonedError
from store.values import Article, Page

if TYPE_CHECKING:
    from crawler.extract.reader import ReadPage

log = logging.getLogger(__name__)

DEADLINE = 20.0  # seconds for one page: three times what the slowest real page of 3 MB took
LARGE = 1 << 20  # bytes of a body; the 99th percentile of 1,287 saved pages has 1.3 million
TASKS_A_WORKER = 5_000  # then it is replaced, whatever a library may have leaked

Result = TypeVar("Result")


def start_server() -> None:
    """Start the server that the workers are forked from; it loads the readers while the caller goes on."""
    forkserver.set_forkserver_preload(["crawler.warm"])
    forkserver.ensure_running()


class Readers:
    """A pool of reading processes; as many as there are cores unless told otherwise."""

    def __init__(self, workers: int | None = None, *, deadline: float = DEADLINE) -> None:
        start_server()
        context = multiprocessing.get_context("forkserver")
        self.workers = workers or os.cpu_count() or 1
        self._deadline = deadline
        self._large = asyncio.Lock()
        self._pool = ProcessPool(
            max_workers=self.workers, max_tasks=TASKS_A_WORKER, initializer=_prepare_worker, context=context
        )

    def warm_up(self) -> None:
        """Start the workers now, so that the first page does not wait for them."""
        for _ in range(self.workers):
            self._pool.schedule(_load_readers)

    async def read(self, page: Page) -> Article:
        """Read the article on a page; raise ExtractionError with the reason if there is none."""
        return await self._read(_read, page)

    async def read_with_lines(self, page: Page) -> "ReadPage":
        """Read the article on a page, and the lines that the memory of its site learns from."""
        return await self._read(_read_with_lines, page)

    async def _read(self, function: Callable[[Page], Result], page: Page) -> Result:
        try:
            return await self.call(function, page)
        except (TimeoutError, ProcessExpired) as error:
            raise ExtractionError(*_name_death(error, self._deadline)) from error
        except AvvisiError:
            raise
        except Exception as error:  # the edge of the job: one page that breaks the reader stops no other
            log.exception("reading %s failed", page.url)
            raise ExtractionError("reader_failed", f"{type(error).__name__}: {error}") from error

    async def call(self, function: Callable[..., Result], *arguments: Any, **options: Any) -> Result:
        """Run a function of importable name in a worker; raise TimeoutError past the deadline.

        Of large bodies one is read at a time: the tree of a body takes many times its size.
        """
        if any(_size_of(argument) > LARGE for argument in arguments):
            async with self._large:
                return await self._call(_then_give_back, function, *arguments, **options)
        return await self._call(function, *arguments, **options)

    async def _call(self, function: Callable[..., Result], *arguments: Any, **options: Any) -> Result:
        future = self._pool.schedule(function, args=arguments, kwargs=options, timeout=self._deadline)
        return await asyncio.wrap_future(future)

    def close(self, *, now: bool = False) -> None:
        """End the workers: after their work, or now."""
        if now:
            self._pool.stop()  # type: ignore[no-untyped-call]  # pebble
        else:
            self._pool.close()  # type: ignore[no-untyped-call]  # pebble
        self._pool.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close(now=True)


def _name_death(error: Exception, deadline: float) -> tuple[str, str]:
    if isinstance(error, TimeoutError):
        return "timeout", f"not read within {deadline:.0f} s"
    return "crashed", "the reading process died"


def _size_of(argument: object) -> int:
    body = argument.body if isinstance(argument, Page) else argument
    return len(body) if isinstance(body, bytes) else 0


def _then_give_back(function: Callable[..., Result], *arguments: Any, **options: Any) -> Result:
    try:
        return function(*arguments, **options)
    finally:
        give_back()


def _prepare_worker() -> None:
    """Leave Ctrl-C to the parent, which ends the workers in order, and words to it, too: libraries chatter."""
    logging.disable(logging.CRITICAL)
    map_large_blocks()
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _read(page: Page) -> Article:
    from crawler.extract.reader import extract  # here and not above: only the workers pay for the readers' memory

    return extract(page)


def _read_with_lines(page: Page) -> "ReadPage":
    from crawler.extract.reader import extract_with_lines

    return extract_with_lines(page)


def _load_readers() -> None:
    import crawler.warm  # noqa: F401


def name_reading_error(error: Exception) -> ReasonedError:
    """Give any failure of a worker its word, for callers that read other things than pages."""
    if isinstance(error, ReasonedError):
        return error
    return ExtractionError(*_name_death(error, DEADLINE))
