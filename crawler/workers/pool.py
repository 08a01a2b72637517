"""Worker processes on an event loop: each has a socket of its own, its next task before it asks, and a deadline.

Everything is decided in the loop's thread, and no process shares a lock or a pipe with another: one that is killed in
the midst of anything takes its own task with it and nothing else. Tasks travel as pickles behind their length.
"""

import asyncio
import logging
import os
import pickle
import signal
import socket
import struct
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from store.errors import AvvisiError

log = logging.getLogger(__name__)

AHEAD = 2  # tasks that a worker holds: the one in hand, and the next, which comes while it works
ROOM = 1 << 20  # bytes asked for a socket's buffer, so that a whole page waits in it; systems give less
CHUNK = 1 << 16  # bytes read at a time; an answer has 15,000
STARTING = 60.0  # seconds until a new process must have loaded
FALSE_STARTS = 3  # processes in a row that ended before they were ready; then what waits is told that none comes
ENDING = 5.0  # seconds that killed processes get to be gone

_LENGTH = struct.Struct("!Q")

Result = TypeVar("Result")
Start = Callable[[socket.socket, Sequence[socket.socket]], BaseProcess]


class WorkerDied(RuntimeError):
    """The process ended that had a task in hand."""


@dataclass(eq=False)
class _Task:
    call: tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]
    future: "asyncio.Future[Any]"


@dataclass(eq=False)
class _Worker:
    process: BaseProcess
    socket: socket.socket
    is_ready: bool = False
    tasks: deque[_Task] = field(default_factory=deque)
    taken: int = 0
    received: bytearray = field(default_factory=bytearray)
    unsent: deque[memoryview] = field(default_factory=deque)
    deadline: asyncio.TimerHandle | None = None


class Workers:
    """Up to ``size`` processes, started when there is work; ``start`` starts one, off the loop.

    A task that takes longer than ``deadline`` seconds is ended with its process. A process is replaced after
    ``most_tasks``.
    """

    def __init__(self, size: int, start: Start, *, deadline: float, most_tasks: int) -> None:
        self._size = size
        self._start = start
        self._deadline = deadline
        self._most_tasks = most_tasks
        self._loop: asyncio.AbstractEventLoop | None = None
        self._workers: list[_Worker] = []
        self._queue: deque[_Task] = deque()
        self._starting = 0
        self._started: SimpleQueue[_Worker | Exception] = SimpleQueue()
        self._one_at_a_time = threading.Lock()
        self._ends: list[socket.socket] = []
        self._false_starts = 0
        self._is_closed = False
        self._chunk = memoryview(bytearray(CHUNK))  # what is made anew for each answer is cleared by the system first

    async def run(self, function: Callable[..., Result], *arguments: Any, **options: Any) -> Result:
        """Run a function of importable name; raise what it raises, TimeoutError, or WorkerDied."""
        if self._is_closed:
            raise WorkerDied("the workers have ended")
        self._bind()
        task = _Task((function, arguments, options), asyncio.get_running_loop().create_future())
        self._queue.append(task)
        self._start_missing()
        self._feed()
        try:
            result: Result = await task.future
        except asyncio.CancelledError:
            self._drop(task)
            raise
        return result

    def warm_up(self) -> None:
        """Start all processes now; may be called where no loop runs yet."""
        while self._starting + len(self._workers) < self._size:
            self._start_one()

    def close(self) -> None:
        """End the processes at once, from whatever thread; tasks in hand fail."""
        self._is_closed = True
        processes = [worker.process for worker in list(self._workers)]
        until = time.monotonic() + ENDING
        while self._starting and time.monotonic() < until:
            with suppress(Empty):
                self._started_late(self._started.get(timeout=0.05), processes)
        for process in processes:
            _kill(process)
        for process in processes:
            process.join(max(0.0, until - time.monotonic()))
        if self._loop is None or not self._loop.is_running():
            self._let_go()
        else:
            with suppress(RuntimeError):  # it ended in between
                self._loop.call_soon_threadsafe(self._let_go)

    # Starting

    def _start_missing(self) -> None:
        """Start as many processes as there are tasks, if there is room for them."""
        wanted = min(self._size, len(self._queue) + sum(len(worker.tasks) for worker in self._workers))
        while self._starting + len(self._workers) < wanted and not self._is_closed:
            self._start_one()

    def _start_one(self) -> None:
        self._starting += 1
        threading.Thread(target=self._start_off_loop, name="avvisi-start-worker", daemon=True).start()

    def _start_off_loop(self) -> None:
        """Start a process: its server may still load, which takes a second or two.

        One at a time: two that are forked at once would hold each other's sockets open, and neither see ours close.
        """
        with self._one_at_a_time:
            self._start_with_socket()
        loop = self._loop
        if loop is not None:
            with suppress(RuntimeError):  # it is closed; the next one will find the process
                loop.call_soon_threadsafe(self._take_up)

    def _start_with_socket(self) -> None:
        ours, theirs = socket.socketpair()
        try:
            for end in (ours, theirs):
                end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, ROOM)
            process = self._start(theirs, self._hold(ours))
        except Exception as error:  # noqa: BLE001  # whatever it was, who waits for the process must hear of it
            ours.close()
            self._started.put(error)
        else:
            ours.setblocking(False)
            self._started.put(_Worker(process, ours))
        finally:
            theirs.close()

    def _hold(self, end: socket.socket) -> tuple[socket.socket, ...]:
        """Note our end of a socket; give all of ours, which a process forked from this one must not hold open."""
        self._ends = [*(held for held in self._ends if held.fileno() >= 0), end]
        return tuple(self._ends)

    def _take_up(self) -> None:
        """Take up the processes that were started."""
        while True:
            try:
                started = self._started.get_nowait()
            except Empty:
                return
            self._starting -= 1
            if isinstance(started, Exception):
                log.warning("a reading process cannot be started: %s", started)
                self._count_false_start()
            else:
                self._workers.append(started)
                self._attach(started)

    def _started_late(self, started: "_Worker | Exception", processes: list[BaseProcess]) -> None:
        """Have a process ended that was started while its like are ended."""
        self._starting -= 1
        if isinstance(started, _Worker):
            self._workers.append(started)
            processes.append(started.process)

    def _bind(self) -> None:
        """Serve the loop that runs now."""
        loop = asyncio.get_running_loop()
        if loop is not self._loop:
            self._loop = loop
            for worker in self._workers:
                self._attach(worker)
        self._take_up()

    def _attach(self, worker: _Worker) -> None:
        assert self._loop is not None  # see _bind
        self._loop.add_reader(worker.socket, self._receive, worker)
        if not worker.is_ready:
            worker.deadline = self._loop.call_later(STARTING, _kill, worker.process)

    # Giving

    def _feed(self) -> None:
        """Give what waits: to those who have nothing first; ahead only where more waits than could begin at once."""
        while self._queue:
            worker = min((each for each in self._workers if each.is_ready and each.taken < self._most_tasks),
                         key=lambda each: len(each.tasks), default=None)
            if worker is None or len(worker.tasks) >= AHEAD or (worker.tasks and len(self._queue) <= self._size):
                return
            task = self._queue.popleft()
            if not task.future.done():
                self._give(worker, task)

    def _give(self, worker: _Worker, task: _Task) -> None:
        try:
            message = pickle.dumps(task.call, protocol=pickle.HIGHEST_PROTOCOL)
        except Exception as error:  # noqa: BLE001  # what cannot be pickled is the caller's fault
            task.future.set_exception(error)
            return
        worker.tasks.append(task)
        worker.taken += 1
        if len(worker.tasks) == 1:
            self._begin(worker)
        worker.unsent += (memoryview(_LENGTH.pack(len(message))), memoryview(message))
        self._send(worker)

    def _begin(self, worker: _Worker) -> None:
        """Count the time of the task that a worker has in hand; by the loop's clock, which never jumps."""
        if worker.tasks:
            assert self._loop is not None  # see _bind
            worker.deadline = self._loop.call_later(self._deadline, self._end_late, worker, worker.tasks[0])

    def _send(self, worker: _Worker) -> None:
        assert self._loop is not None  # see _bind
        try:
            while worker.unsent:
                sent = worker.socket.sendmsg(worker.unsent)
                while worker.unsent and sent >= len(worker.unsent[0]):
                    sent -= len(worker.unsent.popleft())
                if sent:
                    worker.unsent[0] = worker.unsent[0][sent:]
        except BlockingIOError:
            self._loop.add_writer(worker.socket, self._send, worker)
            return
        except OSError:  # it has died: _receive will see that
            worker.unsent.clear()
        self._loop.remove_writer(worker.socket)

    # Receiving

    def _receive(self, worker: _Worker) -> None:
        try:
            count = worker.socket.recv_into(self._chunk)
        except BlockingIOError:
            return
        except OSError:
            count = 0
        if not count:
            self._lose(worker)
            return
        worker.received += self._chunk[:count]
        while (message := _cut_message(worker.received)) is not None:
            self._hear(worker, message)

    def _hear(self, worker: _Worker, message: bytes) -> None:
        if worker.deadline is not None:
            worker.deadline.cancel()
        if not worker.is_ready:
            worker.is_ready = True
            self._false_starts = 0
            self._feed()
            return
        task = worker.tasks.popleft()
        self._begin(worker)
        self._feed()
        if not worker.tasks and worker.taken >= self._most_tasks:
            self._lose(worker)  # it ends when its socket does
        if not task.future.done():
            _settle(task.future, message)

    # Ending

    def _end_late(self, worker: _Worker, task: _Task) -> None:
        if not task.future.done():
            task.future.set_exception(TimeoutError())
        _kill(worker.process)

    def _drop(self, task: _Task) -> None:
        """End the process that has a task in hand for which nobody waits any more."""
        for worker in self._workers:
            if worker.tasks and worker.tasks[0] is task:
                _kill(worker.process)

    def _lose(self, worker: _Worker) -> None:
        """Let go of a process that ended; what it had not begun is given to others."""
        if worker not in self._workers:
            return
        self._workers.remove(worker)
        self._close_socket(worker)
        in_hand = worker.tasks.popleft() if worker.tasks else None
        self._queue.extendleft(reversed(worker.tasks))
        if in_hand is not None and not in_hand.future.done():
            in_hand.future.set_exception(WorkerDied("the process ended"))
        if not worker.is_ready:
            self._count_false_start()
        self._start_missing()
        self._feed()

    def _count_false_start(self) -> None:
        self._false_starts += 1
        if self._false_starts >= FALSE_STARTS:
            self._false_starts = 0
            self._refuse("no process can be started")
        self._start_missing()

    def _refuse(self, why: str) -> None:
        while self._queue:
            task = self._queue.popleft()
            if not task.future.done():
                task.future.set_exception(WorkerDied(why))

    def _let_go(self) -> None:
        for worker in list(self._workers):
            self._lose(worker)
        self._refuse("the workers have ended")

    def _close_socket(self, worker: _Worker) -> None:
        if worker.deadline is not None:
            worker.deadline.cancel()
        if self._loop is not None and not self._loop.is_closed():
            self._loop.remove_reader(worker.socket)
            self._loop.remove_writer(worker.socket)
        worker.socket.close()


def _kill(process: BaseProcess) -> None:
    """Kill a process, also one that ``multiprocessing`` takes for dead since the server is that forked it."""
    if process.pid is not None:
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)


def _cut_message(received: bytearray) -> bytes | None:
    """Cut the first whole message off what was received."""
    if len(received) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack_from(received)
    end = _LENGTH.size + length
    if len(received) < end:
        return None
    message = bytes(memoryview(received)[_LENGTH.size : end])
    del received[:end]
    return message


def _settle(future: "asyncio.Future[Any]", message: bytes) -> None:
    try:
        is_good, result = pickle.loads(message)  # noqa: S301  # of our own process
    except Exception as error:  # noqa: BLE001  # an exception that cannot be made again from its arguments
        is_good, result = False, error
    if is_good:
        future.set_result(result)
    else:
        future.set_exception(result)


# In the process


def serve(ours: socket.socket, others: Sequence[socket.socket], work: Callable[..., Any]) -> None:
    """Do what comes, one task after the other, until the other end closes; ``others`` are not ours to hold."""
    for other in others:
        other.close()
    ours.setblocking(True)
    with suppress(ConnectionError):  # who would have got the answer has ended
        _write(ours, b"")  # ready
        while (message := _read(ours)) is not None:
            answer = _do(work, message)
            del message
            _write(ours, answer)


def _do(work: Callable[..., Any], message: bytearray) -> bytes:
    try:
        function, arguments, options = pickle.loads(message)  # noqa: S301  # of our own process
        return pickle.dumps((True, work(function, *arguments, **options)), protocol=pickle.HIGHEST_PROTOCOL)
    except BaseException as error:  # noqa: BLE001  # the edge of the process: all of it is the caller's
        if not isinstance(error, AvvisiError | MemoryError):
            error.add_note("".join(traceback.format_exception(error)))
        return _dump_error(error)


def _dump_error(error: BaseException) -> bytes:
    try:
        message = pickle.dumps((False, error), protocol=pickle.HIGHEST_PROTOCOL)
        pickle.loads(message)  # noqa: S301  # some can be written and not read
    except Exception:  # noqa: BLE001
        return pickle.dumps((False, RuntimeError(f"{type(error).__name__}: {error}")))
    return message


def _read(ours: socket.socket) -> bytearray | None:
    head = _read_exactly(ours, _LENGTH.size)
    return None if head is None else _read_exactly(ours, _LENGTH.unpack(head)[0])


def _read_exactly(ours: socket.socket, size: int) -> bytearray | None:
    """Read so many bytes; None where the other end closed."""
    message = bytearray(size)
    rest = memoryview(message)
    while rest:
        count = ours.recv_into(rest)
        if not count:
            return None
        rest = rest[count:]
    return message


def _write(ours: socket.socket, message: bytes) -> None:
    ours.sendall(_LENGTH.pack(len(message)))
    ours.sendall(message)
