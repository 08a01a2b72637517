"""Nothing grows, and rest is rest: ``python -m tests.acceptance.flat [--runs 2000] [--idle 60]``.

`avvisi run` as a process, its clock faster so that runs follow each other quickly, against a local web that mostly
answers 304 and now and then has a new article. After the last run the memory of all its processes must be within a
tenth of what it was after the first tenth of the runs, and its descriptors as many. Then a service for which nothing
is due: its memory and its share of a core.

Memory is PSS: what processes share is counted once. Each figure is the median of several looks. Descriptors are counted
beside the connections to sites, which come and go and may be no more than there are sites.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from sqlalchemy import func, select

from store import models
from store.database import Database, open_database
from tests.acceptance.avvisi import article_page, source_entry
from tests.acceptance.warm import ROOT, all_processes, get_session
from tests.localweb import LocalWeb

SOURCES = 30
RATE = 100.0  # an interval of five minutes in three seconds
EVERY = "5m"
NEWS = 0.08  # articles a run
GROWTH = 0.10
OWN_SOCKETS = 6  # the event loop's, the reading processes' server's
FIRST = 0.1  # of the runs, then memory is taken as what it should stay
LOOKS = 12
IDLE_CORE, IDLE_MB = 0.01, 150.0
SETTLED = 45.0  # seconds until a service without work has let its reading processes go


@dataclass(frozen=True)
class Cost:
    """What the service holds: MB of all its processes, descriptors of its main one, seconds of processor time."""

    megabytes: float
    descriptors: int
    connections: int
    processes: int
    seconds: float


def look(service: int) -> Cost:
    """Look at a service's processes; its session is its own."""
    family = [pid for pid in all_processes() if get_session(pid) == service]
    seconds = 0.0
    for pid in family:
        with suppress(OSError):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            seconds += sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")
    kinds = Counter(map(kind_of, Path(f"/proc/{service}/fd").iterdir()))
    connections = kinds.pop("socket", 0)
    return Cost(sum(map(pss, family)), kinds.total(), connections, len(family), seconds)


def kind_of(descriptor: Path) -> str:
    """What a descriptor is of."""
    with suppress(OSError):
        return str(descriptor.readlink()).partition(":")[0]
    return "closed"


def pss(pid: int) -> float:
    """The proportional share of memory of a process, in MB; 0 when it has ended."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0


def look_well(service: int) -> Cost:
    """Look several times."""
    looks = []
    for _ in range(LOOKS):
        looks.append(look(service))
        time.sleep(0.5)
    return Cost(median(one.megabytes for one in looks), round(median(one.descriptors for one in looks)),
                max(one.connections for one in looks), max(one.processes for one in looks), looks[-1].seconds)


@contextmanager
def run_service(folder: Path, web: LocalWeb, *, rate: float) -> Iterator["subprocess.Popen[bytes]"]:
    """Run the service in a session of its own."""
    environment = {
        **os.environ, "http_proxy": web.proxy_url, "no_proxy": "", "PYTHONPATH": str(ROOT),
        "AVVISI_DATABASE_URL": f"sqlite:///{folder / 'avvisi.db'}", "AVVISI_SOURCES": str(folder / "sources.toml"),
        "AVVISI_CONTACT": "https://example.org/", "AVVISI_CLOCK_RATE": str(rate), "AVVISI_CLOCK_ORIGIN": "1790000000"}
    with (folder / "service.log").open("ab") as log:
        service = subprocess.Popen([sys.executable, "-m", "scheduler", "run"], cwd=folder, env=environment, stdout=log,
                                   stderr=log, start_new_session=True)
    try:
        yield service
        service.send_signal(signal.SIGTERM)
        service.wait(40)
    finally:
        service.kill()
        service.wait()


def count_runs(database: Database) -> int:
    """Count the runs that have ended."""
    with database.read() as session:
        return session.scalar(select(func.count()).where(models.Run.finished_at.is_not(None))) or 0


class Papers:
    """The local web's sites, to which articles are added."""

    def __init__(self, web: LocalWeb, number: int) -> None:
        self._web = web
        self._pages: dict[str, dict[str, bytes]] = {f"paper{one}.example": {} for one in range(number)}
        self._chance = random.Random(0)
        for _ in range(2 * number):
            self.publish()

    @property
    def hosts(self) -> list[str]:
        """The hosts."""
        return list(self._pages)

    def publish(self) -> None:
        """Publish an article somewhere; a feed lists the last ten."""
        host = self._chance.choice(self.hosts)
        number = sum(map(len, self._pages.values()))
        pages = self._pages[host]
        pages[f"/{number}-{self._chance.random()}.html"] = article_page(f"Round {number}", f"{host} dossier {number}")
        for path in list(pages)[:-10]:
            del pages[path]
        self._web.add_site(host, pages)


def check_runs(runs: int) -> bool:
    """Make so many runs; say what they cost and whether it stays."""
    with tempfile.TemporaryDirectory(prefix="avvisi-flat-") as made, LocalWeb() as web:
        folder, papers, costs = Path(made), Papers(web, SOURCES), list[Cost]()
        write_sources(folder, papers, every=EVERY)
        with open_database(f"sqlite:///{folder / 'avvisi.db'}") as database, run_service(folder, web, rate=RATE) as one:
            owed, before, started = 0.0, 0, time.monotonic()
            for until in (int(runs * FIRST), runs):
                while (done := count_runs(database)) < until:
                    owed += (done - before) * NEWS
                    before = done
                    while owed >= 1:
                        papers.publish()
                        owed -= 1
                    web.log.clear()
                    time.sleep(0.5)
                    if one.poll() is not None:
                        print(f"the service ended with {one.returncode}")
                        return False
                costs.append(look_well(one.pid))
                print(f"after {done:,} runs: {costs[-1].megabytes:.0f} MB in {costs[-1].processes} processes, "
                      f"{costs[-1].descriptors} descriptors and {costs[-1].connections} connections "
                      f"({time.monotonic() - started:.0f} s)", flush=True)
    first, last = costs
    growth = last.megabytes / first.megabytes - 1
    is_flat = (growth <= GROWTH and first.descriptors == last.descriptors
               and last.connections <= SOURCES + OWN_SOCKETS)
    print(f"{'ok  ' if is_flat else 'MISS'} memory {growth:+.1%} (at most {GROWTH:+.0%}), descriptors "
          f"{first.descriptors} and {last.descriptors} (equal), connections {last.connections} (at most {SOURCES} and "
          f"{OWN_SOCKETS} of its own)")
    return is_flat


def check_idle(seconds: float) -> bool:
    """Let a service have nothing to do; say what that costs."""
    with tempfile.TemporaryDirectory(prefix="avvisi-idle-") as made, LocalWeb() as web:
        folder, papers = Path(made), Papers(web, SOURCES)
        write_sources(folder, papers, every="12h")
        url = f"sqlite:///{folder / 'avvisi.db'}"
        with run_service(folder, web, rate=1.0) as service, open_database(url) as database:
            while count_runs(database) < SOURCES:
                time.sleep(0.5)
            time.sleep(SETTLED)
            before = look(service.pid)
            time.sleep(seconds)
            after = look_well(service.pid)
    core = (after.seconds - before.seconds) / (seconds + LOOKS * 0.5)
    is_idle = core < IDLE_CORE and after.megabytes < IDLE_MB
    print(f"{'ok  ' if is_idle else 'MISS'} idle: {core:.2%} of a core (under {IDLE_CORE:.0%}), "
          f"{after.megabytes:.0f} MB in {after.processes} processes (under {IDLE_MB:.0f})")
    return is_idle


def write_sources(folder: Path, papers: Papers, *, every: str) -> None:
    """Write a source a host."""
    entries = (source_entry(host, {"feeds": "/feed.xml", "every": every}) for host in papers.hosts)
    (folder / "sources.toml").write_text("".join(entries), encoding="utf-8")


def main(arguments: list[str] | None = None) -> int:
    """Measure both; 1 where a promise does not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=2000, help="0 for none")
    parser.add_argument("--idle", type=float, default=60.0, metavar="SECONDS", help="0 for none")
    options = parser.parse_args(arguments)
    results = []
    if options.runs:
        results.append(check_runs(options.runs))
    if options.idle:
        results.append(check_idle(options.idle))
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
