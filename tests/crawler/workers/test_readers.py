"""The reading processes: killed, crashed, hung and out of memory, they end alone; idle, they go."""

import asyncio
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.workers.readers import Readers, kill_server
from store.errors import ExtractionError
from store.values import Page
from tests.acceptance.avvisi import article_page

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def make_page() -> Page:
    url = "https://example.org/a"
    return Page(url=url, requested_url=url, body=article_page("Envoys meet", "the treaty"), fetched_at=NOW)


def die_once(marker: str, number: int) -> str:
    """Be killed the first time."""
    if not Path(marker).exists():
        Path(marker).touch()
        os.kill(os.getpid(), number)
    return "read"


def kill_idle() -> None:
    for worker in multiprocessing.active_children():
        os.kill(worker.pid, signal.SIGKILL)


@pytest.fixture(scope="module")
def readers():
    with Readers(1, deadline=2.0, memory=600) as made:
        yield made


@pytest.fixture(scope="module")
def loop():
    with asyncio.Runner() as runner:
        yield runner.run


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV])
def test_work_of_a_process_that_died_is_given_to_another(readers, loop, tmp_path, number):
    assert loop(readers.call(die_once, str(tmp_path / "marker"), number)) == "read"


def test_a_page_that_kills_every_process_is_named_and_stops_no_other(readers, loop, monkeypatch):
    monkeypatch.setattr("crawler.workers.readers._read", os.abort)
    with pytest.raises(ExtractionError) as caught:
        loop(readers._read(os._exit, 3))
    assert caught.value.reason == "crashed"
    monkeypatch.undo()
    assert loop(readers.read(make_page())).title == "Envoys meet"


def test_a_process_that_hangs_is_ended_at_the_deadline(readers, loop):
    started = time.monotonic()
    with pytest.raises(TimeoutError):
        loop(readers.call(time.sleep, 60))
    assert time.monotonic() - started < 20
    assert loop(readers.call(abs, -1)) == 1


def test_a_deadline_does_not_follow_the_wall_clock(readers, loop, monkeypatch):
    async def jump() -> None:
        work = asyncio.ensure_future(readers.call(time.sleep, 0.6))
        await asyncio.sleep(0.3)
        with monkeypatch.context() as patch:
            right = time.time
            patch.setattr(time, "time", lambda: right() + 86_400)
            await work

    loop(jump())


def test_a_page_that_asks_for_too_much_memory_fails_alone(readers, loop):
    with pytest.raises(ExtractionError) as caught:
        loop(readers._read(bytes, 2**30))
    assert caught.value.reason == "out_of_memory"
    assert loop(readers.call(abs, -1)) == 1


def test_idle_processes_that_are_killed_are_started_anew(readers, loop):
    loop(readers.call(abs, -1))
    kill_idle()
    assert loop(readers.call(abs, -2)) == 2
    kill_idle()
    time.sleep(0.3)  # the pool has noticed, and broken
    assert loop(readers.call(abs, -3)) == 3


def test_what_fails_in_a_process_is_raised_here(readers, loop):
    with pytest.raises(ZeroDivisionError):
        loop(readers.call(divmod, 1, 0))


LOADED_AFTER_READING = """
import asyncio, sys
from datetime import UTC, datetime
import crawler.runner
from crawler.workers.readers import Readers, kill_server
from store.values import Page

async def read(readers):
    page = Page(url="https://example.org/a", requested_url="https://example.org/a", body=sys.stdin.buffer.read(),
                fetched_at=datetime(2026, 11, 22, tzinfo=UTC))
    article, lines = await readers.read_with_lines(page)
    print(article.title, len(lines.keys) > 0)

if __name__ == "__main__":
    with Readers(1) as readers:
        asyncio.run(read(readers))
    print([name for name in ("trafilatura", "htmldate", "crawler.extract.reader") if name in sys.modules])
"""


def test_the_process_of_the_crawl_never_loads_the_readers(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(LOADED_AFTER_READING, encoding="utf-8")
    done = subprocess.run([sys.executable, str(script)], input=make_page().body, capture_output=True, timeout=60,
                          env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}, check=False)
    assert done.stdout.decode().splitlines() == ["Envoys meet True", "[]"], done.stderr.decode()


def test_idle_processes_end_and_come_back(loop):
    async def rest() -> None:
        others = set(multiprocessing.active_children())
        with Readers(1, idle=0.2) as readers:
            assert await readers.call(abs, -1) == 1
            assert set(multiprocessing.active_children()) - others
            for _ in range(100):
                await asyncio.sleep(0.05)
                if set(multiprocessing.active_children()) <= others:
                    break
            assert set(multiprocessing.active_children()) == others
            assert await readers.call(abs, -2) == 2

    loop(rest())


def test_a_process_that_outlived_its_server_is_ended_when_it_hangs(loop):
    with Readers(1, deadline=1.0, memory=600) as readers:
        pid = loop(readers.call(os.getpid))
        kill_server()
        time.sleep(0.1)
        multiprocessing.active_children()  # takes what the dead server forked for dead, as each start of a process does
        with pytest.raises(TimeoutError):
            loop(readers.call(time.sleep, 60))
        assert loop(readers.call(os.getpid)) != pid
