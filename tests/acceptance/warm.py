"""Start the real command without its imports: a process that has imported all of avvisi forks one for each start.

A cold start costs two seconds of a core, which a series of three hundred short lives cannot pay. What is forked is the
command's own ``main``, in a session of its own, with environment and streams as a shell would give them.

    with WarmStart() as warm:
        life = warm.start(["crawl", "--quiet"], environment, log=path)
        life.kill(); life.wait()
"""

import ctypes
import gc
import importlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).resolve().parents[2]
PR_SET_PDEATHSIG = 1
QUICK = "AVVISI_TEST_QUICK_READERS"
IMPORTED = ("apscheduler.schedulers.asyncio", "apscheduler.triggers.date", "psycopg", "crawler.cli", "crawler.runner",
            "crawler.workers.warm", "crawler.sources.cli", "scheduler", "store.cli", "store.timetable.dues",
            "store.timetable.leases")
SKEW = "AVVISI_TEST_SKEW"  # a file that says by how many seconds the wall clock of the process is wrong


@dataclass(frozen=True)
class Life:
    """One process of the command."""

    pid: int
    log: Path
    warm: "WarmStart"

    def kill(self, number: signal.Signals = signal.SIGKILL) -> None:
        """Send it a signal."""
        os.kill(self.pid, number)

    def wait(self, seconds: float = 60.0) -> int:
        """Wait until it ends; return its status, negative for a signal. Raises TimeoutError."""
        end = time.monotonic() + seconds
        while (status := self.warm.ask({"reap": self.pid})["status"]) is None:
            if time.monotonic() > end:
                raise TimeoutError(f"process {self.pid} still lives: {self.log.read_text()[-2000:]}")
            time.sleep(0.02)
        return int(status)

    def is_alive(self) -> bool:
        """Whether it has not ended."""
        return self.warm.ask({"reap": self.pid})["status"] is None

    def family(self) -> list[int]:
        """The living processes that it has started, and it."""
        return [pid for pid in all_processes() if get_session(pid) == self.pid]


class WarmStart:
    """The process that forks the lives."""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.acceptance.warm"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True, env={**os.environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"})
        self._read()
        return self

    def __exit__(self, *error: object) -> None:
        assert self._process.stdin is not None
        self._process.communicate(timeout=30)

    def start(self, arguments: list[str], environment: Mapping[str, str], *, folder: Path, log: Path) -> Life:
        """Start the command."""
        asked = {"arguments": arguments, "environment": dict(environment), "folder": str(folder), "log": str(log)}
        return Life(self.ask(asked)["pid"], log, self)

    def ask(self, what: Mapping[str, Any]) -> dict[str, Any]:
        """Ask for a fork, or what became of one."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(what) + "\n")
        self._process.stdin.flush()
        return self._read()

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer


def all_processes() -> list[int]:
    """The ids of all processes."""
    return [int(each.name) for each in Path("/proc").iterdir() if each.name.isdecimal()]


def get_session(pid: int) -> int:
    """The session of a process; 0 when it has ended."""
    try:
        state, _, _, session = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()[:4]
    except (OSError, ValueError):
        return 0
    return 0 if state == "Z" else int(session)


def be_the_command(asked: dict[str, Any]) -> None:
    """Become the command; never returns."""
    os.setsid()
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)  # who ends the tests ends the lives
    streams = os.open(asked["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0), os.dup2(streams, 1), os.dup2(streams, 2)
    os.environ.clear()
    os.environ.update(asked["environment"])
    os.chdir(asked["folder"])
    if os.environ.get(QUICK):
        start_readers_at_once()
    if skew := os.environ.get(SKEW):
        be_wrong_about_time(Path(skew))
    import scheduler

    try:
        scheduler.main(asked["arguments"])
    except SystemExit as end:
        sys.stdout.flush(), sys.stderr.flush()
        shut_down()
        os._exit(end.code if isinstance(end.code, int) else int(end.code is not None))
    os._exit(70)


def shut_down() -> None:
    """Do what the interpreter does at the end of a process that was not forked."""
    import threading

    threading._shutdown()


def start_readers_at_once() -> None:
    """Fork the reading processes from the command itself: their server takes longer to load than such a life lasts."""
    from crawler.workers import readers

    readers.START, readers.start_server, readers.stop_server = "fork", lambda: None, lambda: None


def be_wrong_about_time(skew: Path) -> None:
    """Let the wall clock of this process jump as the file says: for avvisi, and for APScheduler, which asks itself."""
    import apscheduler.executors.base
    import apscheduler.schedulers.base

    right = time.time
    time.time = lambda: right() + float(skew.read_text() or 0)

    class Wrong(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return datetime.fromtimestamp(time.time(), tz)

    for module in (apscheduler.executors.base, apscheduler.schedulers.base):
        module.datetime = Wrong


def main() -> None:
    """Fork a life for each line, or say what became of one."""
    for name in IMPORTED:
        importlib.import_module(name)
    gc.unfreeze()  # what crawler.workers.warm froze for reading processes
    assert len(list(Path("/proc/self/task").iterdir())) == 1, "a process with threads must not fork"
    say, ended = os.fdopen(os.dup(1), "w"), dict[int, int]()
    print("{}", file=say, flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        if "reap" in asked:
            if asked["reap"] not in ended:
                pid, status = os.waitpid(asked["reap"], os.WNOHANG)
                ended |= {pid: os.waitstatus_to_exitcode(status)} if pid else {}
            print(json.dumps({"status": ended.get(asked["reap"])}), file=say, flush=True)
        elif pid := os.fork():
            print(json.dumps({"pid": pid}), file=say, flush=True)
        else:
            say.close()
            be_the_command(asked)


if __name__ == "__main__":
    main()
