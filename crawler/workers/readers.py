"""Reading off the event loop: warm worker processes with a deadline that ends the worker and not the crawl.

Threads do not help (the work holds the interpreter's lock) and a cold process pays a second of imports, so the workers
live as long as there is work and are forked from a server that has imported the readers once. A worker that dies takes
nothing with it: its page is read once more by another. When nothing is read for a while all of them end, since they
hold more memory than the rest of the service; the next page starts them again.
"""

import asyncio
import itertools
import logging
import multiprocessing
import os
import resource
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import forkserver
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from crawler.workers.allocation import give_back, map_large_blocks
from crawler.workers.pool import WorkerDied, Workers, serve
from store.errors import AvvisiError, ExtractionError, ReasonedError
from store.page_lines import PageLines
from store.subject import Subject
from store.values import Article, Page

if TYPE_CHECKING:
    from store.lens import Unlooked

log = logging.getLogger(__name__)

START = "forkserver"
DEADLINE = 20.0  # seconds for one page: three times what the slowest real page of 3 MB took
TASKS_A_WORKER = 1_000  # then it is replaced, which takes .2 s: by then its caches are full and its heap has holes
LARGE = 1 << 20  # bytes of a body; the 99th percentile of 1,287 saved pages has 1.3 million
BYTES_A_TAG = 64  # a tree takes memory by its tags; for this one of 1,286 saved pages more counts as large
STUCK = 30.0  # seconds in which the server forks a worker, or it hangs; to load takes it 1.3 s, 15 on a busy machine
IDLE = 30.0  # seconds without a page, then the workers and their server end: 150 MB for 1.3 s of work at the next page
GIVE_BACK_EVERY = 50  # pieces of work, then a worker returns the memory that it has no use for; it takes some 5 ms
GIVE_BACK_AFTER = 500_000  # bytes of a body; after one of these it does so at once
MEMORY_MB = 1024  # of address space a worker; one that has read many pages of 3 MB takes 400, the empty one 250
DEATHS = (TimeoutError, MemoryError, WorkerDied)

Result = TypeVar("Result")

_works = itertools.count(1)


def start_server() -> None:
    """Start the server that the workers are forked from; it loads the readers while the caller goes on."""
    # Each worker imports the program that called for it; what `avvisi` consists of is here already then.
    forkserver.set_forkserver_preload(["crawler.cli", "crawler.workers.warm"])
    with _deaf_to_ctrl_c():
        forkserver.ensure_running()


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Let what is started here ignore Ctrl-C, which a terminal sends to all: its caller ends it."""
    if threading.current_thread() is not threading.main_thread():  # only that one may say so
        yield
        return
    former = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, former if former is not None else signal.SIG_DFL)


def stop_server() -> None:
    """End the server; its workers have ended before."""
    kill_server()  # what is stopped or hangs would be waited for without end
    forkserver._forkserver._stop()  # type: ignore[attr-defined]  # it has no public way; a new one starts when asked for


def kill_server() -> None:
    """Kill the server, if there is one; the next start of a worker starts another."""
    pid = forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined]  # as above
    with suppress(ProcessLookupError):
        if pid is not None:
            os.kill(pid, signal.SIGKILL)


class Readers:
    """A pool of reading processes; as many as there are cores unless told otherwise.

    ``memory`` bounds each one's address space in megabytes (0: unbounded): a page that asks for more fails, and
    nothing else. ``idle`` is how long they outlive their last page, in seconds.
    """

    def __init__(self, workers: int | None = None, *, deadline: float = DEADLINE, memory: int = MEMORY_MB,
                 idle: float = IDLE) -> None:
        start_server()
        self.workers = workers or os.cpu_count() or 1
        self._deadline = deadline
        self._large = asyncio.Lock()
        self._memory = memory
        self._idle = idle
        self._pool = self._make_pool()
        self._is_used = False  # whether the pool has processes
        self._at_work = 0
        self._rest: asyncio.TimerHandle | None = None

    def _make_pool(self) -> Workers:
        return Workers(self.workers, self._start, deadline=self._deadline, most_tasks=TASKS_A_WORKER)

    def _start(self, ours: socket.socket, others: Sequence[socket.socket]) -> BaseProcess:
        held = others if START == "fork" else ()  # what a process of the server's does not inherit
        context: Any = multiprocessing.get_context(START)  # to mypy only the kinds of contexts have processes
        process: BaseProcess = context.Process(
            target=_be_worker, args=(ours, held, self._memory), name="avvisi-reader", daemon=True)
        patience = threading.Timer(STUCK, kill_server)  # a server that hangs would be waited for without end
        patience.daemon = True
        patience.start()
        try:
            process.start()
        finally:
            patience.cancel()
        return process

    def warm_up(self) -> None:
        """Start the workers now, so that the first page does not wait for them."""
        self._is_used = True
        self._pool.warm_up()
        with suppress(RuntimeError):  # no event loop runs yet: the first page will see to it
            self._rest_later()

    @property
    def has_room(self) -> bool:
        """Whether a worker has nothing to do."""
        return self._at_work < self.workers

    async def read(self, page: Page) -> Article:
        """Read the article on a page; raise ExtractionError with the reason if there is none."""
        return await self._read(_read, page)

    async def read_with_lines(self, page: Page) -> tuple[Article, PageLines]:
        """Read the article on a page, and the lines that the memory of its site learns from."""
        return await self._read(_read_with_lines, page)

    async def look(self, records: "Sequence[Unlooked]") -> tuple[Subject, ...]:
        """Look at what stored texts are about; raise TimeoutError, or WorkerDied."""
        return await self.call(_look, records)

    async def _read(self, function: Callable[[Page], Result], page: Page) -> Result:
        try:
            return await self.call(function, page)
        except DEATHS as error:
            raise ExtractionError(*_name_death(error, self._deadline)) from error
        except AvvisiError:
            raise
        except Exception as error:  # the edge of the job: one page that breaks the reader stops no other
            log.exception("reading %s failed", page.url)
            raise ExtractionError("reader_failed", f"{type(error).__name__}: {error}") from error

    async def call(self, function: Callable[..., Result], *arguments: Any, **options: Any) -> Result:
        """Run a function of importable name in a worker; of large bodies one at a time: a tree takes many times more.

        Raises TimeoutError past the deadline, WorkerDied where it ends two workers one after the other: the first may
        have been killed for something else (memory was short, someone's ``kill``).
        """
        if _size_of(arguments) > LARGE:
            async with self._large:
                return await self._call_again(function, arguments, options)
        return await self._call_again(function, arguments, options)

    async def _call_again(self, function: Callable[..., Result], arguments: Any, options: Any) -> Result:
        self._at_work += 1
        self._is_used = True
        try:
            try:
                return await self._pool.run(function, *arguments, **options)
            except WorkerDied as error:
                log.warning("a reading process died (%s); its work is given to another", error)
                return await self._pool.run(function, *arguments, **options)
        finally:
            self._at_work -= 1
            self._rest_later()

    def _rest_later(self) -> None:
        """Have the processes end when nothing comes for a while."""
        if self._rest is None:
            self._rest = asyncio.get_running_loop().call_later(self._idle, self._let_rest)
        self._used_at = time.monotonic()

    def _let_rest(self) -> None:
        """End the processes: nothing was read for a while."""
        self._rest = None
        left = self._used_at + self._idle - time.monotonic()
        if self._at_work or left > 0:
            self._rest = asyncio.get_running_loop().call_later(max(left, self._idle / 10), self._let_rest)
            return
        if not self._is_used:
            return
        self._is_used = False
        pool, self._pool = self._pool, self._make_pool()
        threading.Thread(target=self._end_all, args=(pool,), name="avvisi-old-readers", daemon=True).start()

    def _end_all(self, pool: Workers) -> None:
        pool.close()
        if not self._is_used and not multiprocessing.active_children():  # it would wait for those of others
            stop_server()

    def close(self) -> None:
        """End the workers now."""
        if self._rest is not None:
            self._rest.cancel()
        self._pool.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def _name_death(error: Exception, deadline: float) -> tuple[str, str]:
    if isinstance(error, TimeoutError):
        return "timeout", f"not read within {deadline:.0f} s"
    if isinstance(error, MemoryError):
        return "out_of_memory", "reading it takes more memory than a reading process may have"
    return "crashed", "the reading process died"


def _size_of(arguments: Sequence[object]) -> int:
    """The bytes of the largest body among some arguments; a tag counts for as many as usually stand between two."""
    bodies = (argument.body if isinstance(argument, Page) else argument for argument in arguments)
    sizes = (max(len(body), BYTES_A_TAG * body.count(b"<")) for body in bodies if isinstance(body, bytes))
    return max(sizes, default=0)


def _work(function: Callable[..., Result], *arguments: Any, **options: Any) -> Result:
    """Run a function in a worker; give back what large bodies left free, or it grows by a fifth."""
    from trafilatura.utils import line_processing, trim  # here and not above: the caller need not hold it

    try:
        return function(*arguments, **options)
    finally:
        if next(_works) % GIVE_BACK_EVERY == 0 or _size_of(arguments) >= GIVE_BACK_AFTER:
            line_processing.cache_clear()  # they remember a thousand lines each, however long
            trim.cache_clear()
            give_back()


def _be_worker(ours: socket.socket, others: Sequence[socket.socket], memory: int) -> None:
    """Be a reading process, until whoever started it lets go."""
    _prepare_worker(memory)
    import crawler.workers.warm  # noqa: F401  # at hand already where its server made this process

    serve(ours, others, _work)


def _prepare_worker(memory: int) -> None:
    """Leave Ctrl-C to the parent, which ends the workers in order, and words to it, too: libraries chatter.

    ``memory`` bounds the address space, in megabytes: what a page asks for beyond it fails here, and the machine is
    not made to choose a process to kill, which may be another's.
    """
    logging.disable(logging.CRITICAL)
    map_large_blocks()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if memory:
        resource.setrlimit(resource.RLIMIT_AS, (memory * 2**20, memory * 2**20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a dump of a crash would hold pages, and fill the disk
    with suppress(OSError):  # where memory is short all the same, the service itself is the last to go
        Path("/proc/self/oom_score_adj").write_text("500", encoding="ascii")


def _read(page: Page) -> Article:
    # Here and not above: only the workers pay for the readers' memory.
    from crawler.extract.reader import extract_with_subject

    return extract_with_subject(page)


def _read_with_lines(page: Page) -> tuple[Article, PageLines]:
    from crawler.extract.reader import extract_with_lines

    read = extract_with_lines(page)
    return read.article, read.lines  # a class of the readers' own would have the receiver load them all


def _look(records: "Sequence[Unlooked]") -> tuple[Subject, ...]:
    from crawler.extract.lens import look

    return tuple(
        look(title=record.title, text=record.text, language=record.language, types=types_told(record.kind_evidence),
             section=record.section, tags=record.tags, url=record.url)
        for record in records
    )


def types_told(kind_evidence: str | None) -> tuple[str, ...]:
    """Give the type of the page's JSON-LD that told an article's kind when its page was read."""
    word, _, name = (kind_evidence or "").partition(" ")
    return (name,) if word == "type" else ()


def name_reading_error(error: Exception) -> ReasonedError:
    """Give any failure of a worker its word, for callers that read other things than pages."""
    if isinstance(error, ReasonedError):
        return error
    return ExtractionError(*_name_death(error, DEADLINE))
