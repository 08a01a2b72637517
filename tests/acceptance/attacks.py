"""Attacks: python -m tests.acceptance.attacks [--only WORD] [--keep]

A real `avvisi crawl` (and a real `avvisi run`) against a hostile web on loopback: each case of
tests/acceptance/hostile.py is a source of its own beside good ones. Prints a line a case, the peak memory of the
process with all its children (PSS), and what became of the good sources; exit status 1 if anything is not contained.

Only loopback is ever contacted: names resolve as the test says, and a socket that would reach anything else is refused
before it is connected and counts as an escape (tests/acceptance/attacked.py).
"""

import argparse
import asyncio
import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.acceptance.hostile import NAMES, Answer, Case, Good, answer, feed, list_cases, list_good
from tests.acceptance.hostile_more import list_more

MOST_MEMORY = 350.0  # MB
PLACES = {"feeds": "/feed.xml", "sitemaps": "/sitemap.xml", "sections": "/"}
ROOT = Path(__file__).resolve().parents[2]
ON_TIME = 10.0  # seconds between two visits of a good source that is due every 3


class HostileWeb:
    """Serves the cases and the good sources from one port of loopback; ``log`` holds (host, path, time)."""

    def __init__(self) -> None:
        self.log: list[tuple[str, str, float]] = []
        self.answers: dict[tuple[str, str], Answer] = {}
        self.port = 0
        self._loop = asyncio.new_event_loop()

    @contextmanager
    def serve(self) -> Iterator[None]:
        """Serve from a thread."""
        thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        thread.start()
        starting = asyncio.start_server(self._serve, "127.0.0.1", 0)
        server = asyncio.run_coroutine_threadsafe(starting, self._loop).result()
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield
        finally:
            server.close()
            asyncio.run_coroutine_threadsafe(self._end(), self._loop).result()
            self._loop.call_soon_threadsafe(self._loop.stop)
            thread.join()
            self._loop.close()

    def add(self, case: Case | Good) -> None:
        """Answer for a host."""
        if isinstance(case, Good):
            links = [f"http://{case.host}:{self.port}{path}" for path in case.pages]
            self.answers[case.host, "/feed.xml"] = feed(*links)
            self.answers.update({(case.host, path): answer(page) for path, page in case.pages.items()})
        else:
            self.answers.update({(case.host, path): served for path, served in case.answers.items()})
            self.answers.update(case.elsewhere)

    async def _end(self) -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            path = (await reader.readline()).decode("latin-1").split(" ")[1]
            host = ""
            while (line := await reader.readline()) not in (b"\r\n", b""):
                name, _, value = line.decode("latin-1").partition(":")
                host = value.strip().partition(":")[0] if name.lower() == "host" else host
            self.log.append((host, path, time.monotonic()))
            found = self.answers.get((host, path), answer(b"no such page", 404))
            if isinstance(found, bytes):
                writer.write(found)
                await writer.drain()
            else:
                await found(writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError, IndexError, ValueError):
            pass
        finally:
            writer.close()


@dataclass
class Attacked:
    """The real command under attack, in a folder of its own, its memory watched."""

    folder: Path
    web: HostileWeb
    peak: float = 0.0
    parts: dict[int, float] = field(default_factory=dict)

    def write_sources(self, cases: Iterable[Case | Good], every: str = "30m", budget: int = 80) -> None:
        """Write a source a case."""
        lines = []
        for case in cases:
            site = f"http://{case.host}:{self.web.port}"
            place = "feeds" if isinstance(case, Good) else case.kind
            lines.append(f'[[source]]\nid = "{case.name}"\nname = "{case.name}"\nsite = "{site}/"\nevery = "{every}"\n'
                         f'delay = "0s"\nbudget = {budget}\n{place} = ["{site}{PLACES[place]}"]\n')
        (self.folder / "sources.toml").write_text("\n".join(lines), encoding="utf-8")
        (self.folder / "names.json").write_text(json.dumps(NAMES), encoding="utf-8")

    def start(self, *command: str) -> "subprocess.Popen[str]":
        """Start a command."""
        environment = {name: value for name, value in os.environ.items()
                       if not name.lower().endswith("_proxy") and not name.startswith("AVVISI_")}
        environment |= {"AVVISI_SOURCES": str(self.folder / "sources.toml"), "PYTHONPATH": str(ROOT), "no_proxy": "*",
                        "AVVISI_DATABASE_URL": f"sqlite:///{self.folder / 'avvisi.db'}", "AVVISI_ALLOW": ".attack.test"}
        with (self.folder / "out.txt").open("w") as out, (self.folder / "err.txt").open("a") as err:
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.acceptance.attacked", str(self.folder / "escaped.txt"),
                 str(self.folder / "names.json"), str(self.web.port), "--", *command],
                cwd=self.folder, env=environment, stdout=out, stderr=err, text=True)
        threading.Thread(target=self._watch, args=(process,), daemon=True).start()
        return process

    def _watch(self, process: "subprocess.Popen[str]") -> None:
        while process.poll() is None:
            sizes = {pid: read_pss(pid) for pid in list_family(process.pid)}
            if sum(sizes.values()) > self.peak:
                self.peak, self.parts = sum(sizes.values()), sizes
            time.sleep(0.2)

    @property
    def escaped(self) -> list[str]:
        """The places that a socket was about to reach; a public address is no escape, and was not reached either."""
        file = self.folder / "escaped.txt"
        lines = file.read_text().splitlines() if file.exists() else []
        return [line for line in lines if not line.startswith("8.8.8.8 ")]

    def query(self, statement: str) -> list[tuple[Any, ...]]:
        """Ask the database."""
        with sqlite3.connect(self.folder / "avvisi.db") as database:
            return database.execute(statement).fetchall()


def list_family(pid: int) -> list[int]:
    """List a process and all that it started."""
    family = [pid]
    for each in family:
        try:
            for task in Path(f"/proc/{each}/task").iterdir():
                family += map(int, (task / "children").read_text().split())
        except OSError:
            continue
    return family


def read_pss(pid: int) -> float:
    """The proportional memory of a process, in MB; 0 when it has gone."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024 / 1e6
    except OSError:
        pass
    return 0.0


def judge(case: Case, run: dict[str, Any] | None, web: HostileWeb) -> tuple[bool, str]:
    """Say whether a case was contained, and the word it ended in."""
    if run is None:
        return False, "no report"
    words = [run["outcome"], *(word for word, amount in run["counts"].items() if amount)]
    word = next((word for word in case.ends if word in words), None)
    if word is None or run["outcome"] == "internal_error":
        return False, f"{run['outcome']} {run['counts']} {run['error']}"
    if run["counts"].get("new") and not case.stores:
        return False, f"stored {run['counts']['new']}"
    asked = sum(host == case.host for host, _, _ in web.log)
    return asked <= 80, f"{word}, {asked} requests, {run['seconds']:.1f} s"


def judge_all(attacked: Attacked, cases: tuple[Case, ...], good: tuple[Good, ...]) -> list[str]:
    """List what went wrong beyond the single cases."""
    wrong = [f"a socket was about to reach {place}" for place in attacked.escaped]
    if any(path.startswith("/secret") and not host.endswith(".attack.test") for host, path, _ in attacked.web.log):
        wrong.append("a private address was asked")
    tables = {name for (name,) in attacked.query("select name from sqlite_master where type = 'table'")}
    if not {"article", "page", "link"} <= tables:
        wrong.append(f"tables are missing: {sorted(tables)}")
    stored = {title or "" for (title,) in attacked.query("select title from revision")}
    has_sql = any(case.name == "sql-in-title" for case in cases)
    if has_sql and not any("DROP TABLE article" in title for title in stored):
        wrong.append("the title with SQL was not stored as it is")
    log = (attacked.folder / "err.txt").read_text(errors="replace")
    wrong += [f"a log line was forged: {line[:60]!r}" for line in log.splitlines() if line.startswith("FORGED")]
    wrong += ["a control sequence reached the log"] * ("\x1b[2J" in log)
    wrong += ["a traceback reached the log"] * ("Traceback (most recent call last)" in log)
    expected = {"sources.toml", "names.json", "out.txt", "err.txt", "escaped.txt"}
    expected |= {"avvisi.db", "avvisi.db-wal", "avvisi.db-shm"}
    wrong += [f"a file was made: {file.name}" for file in attacked.folder.iterdir() if file.name not in expected]
    wrong += ["a file was made: /tmp/avvisi-owned"] * Path("/tmp/avvisi-owned").exists()
    if attacked.peak > MOST_MEMORY:
        wrong.append(f"peak memory {attacked.peak:.0f} MB, at most {MOST_MEMORY:.0f}: {attacked.parts}")
    return wrong


def crawl_once(attacked: Attacked, cases: tuple[Case, ...], good: tuple[Good, ...]) -> tuple[list[str], int]:
    """Crawl all at once, the good ones last in line; print a line a case, return what went wrong."""
    attacked.write_sources([*cases, *good])
    process = attacked.start("crawl", "--json", "--verbose")
    try:
        process.wait(timeout=500)
    except subprocess.TimeoutExpired:
        process.kill()
        return ["the crawl did not end"], 0
    try:
        runs = {run["source"]: run for run in json.loads((attacked.folder / "out.txt").read_text())["runs"]}
    except ValueError:
        return [f"no report, exit status {process.returncode}"], 0
    wrong, contained = [], 0
    for case in cases:
        is_contained, words = judge(case, runs.get(case.name), attacked.web)
        contained += is_contained
        print(f"{'contained' if is_contained else 'NOT CONTAINED':14}{case.name:32}{words}", flush=True)
        wrong += [] if is_contained else [f"{case.name}: {words}"]
    for each in good:
        run = runs.get(each.name, {"outcome": "no report", "counts": {}, "seconds": 0})
        new = run["counts"].get("new")
        print(f"{'good source':14}{each.name:32}{run['outcome']}, {new} new, {run['seconds']:.1f} s")
        if run["outcome"] != "ok" or run["counts"]["new"] != len(each.pages):
            wrong.append(f"{each.name} suffered: {run}")
    return wrong, contained


def serve_on(attacked: Attacked, cases: tuple[Case, ...], good: tuple[Good, ...], seconds: float) -> list[str]:
    """Run the service with all of them; return which good source was late, by the times that the web saw."""
    attacked.write_sources([*cases, *good], every="3s", budget=5000)
    for file in attacked.folder.glob("avvisi.db*"):
        file.unlink()
    started = time.monotonic()
    process = attacked.start("run")
    time.sleep(seconds)
    process.send_signal(signal.SIGTERM)
    try:
        status = process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        process.kill()
        return ["the service did not stop within 30 s"]
    wrong = [f"the service ended with status {status}"] if status else []
    for each in good:
        visits = [moment for host, path, moment in attacked.web.log
                  if host == each.host and path == "/feed.xml" and moment > started]
        gaps = [after - before for before, after in pairwise(visits)]
        print(f"{'good source':14}{each.name:32}{len(visits)} visits, at most {max(gaps, default=0):.1f} s apart")
        if len(visits) < 3 or max(gaps) > ON_TIME:
            wrong.append(f"{each.name} was late: {[round(gap, 1) for gap in gaps]}")
    return wrong


def main() -> int:
    """Attack."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="cases whose name contains this word")
    parser.add_argument("--service", type=float, default=45.0, metavar="SECONDS",
                        help="how long the service runs; 0: not")
    parser.add_argument("--keep", action="store_true", help="leave the folder and name it")
    options = parser.parse_args()
    folder, web = Path(tempfile.mkdtemp(prefix="attacks-")), HostileWeb()
    with web.serve():
        listed, good = (*list_cases(web.port), *list_more(web.port)), list_good()
        cases = tuple(case for case in listed if options.only in case.name)
        for each in (*cases, *good):
            web.add(each)
        attacked = Attacked(folder, web)
        wrong, contained = crawl_once(attacked, cases, good)
        wrong += judge_all(attacked, cases, good)
        print(f"peak memory of the crawl with all children {attacked.peak:.0f} MB")
        if options.service and not any(line.startswith("the crawl") for line in wrong):
            slow = tuple(case for case in cases if case.name.startswith(("slow", "silent", "bomb", "endless")))
            attacked.peak = 0.0
            wrong += serve_on(attacked, slow, good, options.service)
            wrong += judge_all(attacked, slow, good)
    print(f"\n{contained} of {len(cases)} contained; "
          f"peak memory of the last process with all children {attacked.peak:.0f} MB")
    for line in wrong:
        print(f"WRONG: {line}")
    if options.keep or wrong:
        print(f"see {folder}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
