"""The service is watched, and lets itself be watched."""

import asyncio
import json
import socket
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from crawler.observing import find_rest_days
from crawler.service.listen import parse_place
from crawler.service.watch import Watch, tell_systemd
from crawler.sources import Source
from crawler.workshop import Run, Workshop
from store.health.conditions import Finding
from store.health.watching import Standing, get_conditions, settle
from store.timetable.runs import finish_run, start_run, sync_sources
from store.values import Link

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SOURCE = Source(id="a", name="A", site="https://a.example/", feeds=("https://a.example/feed",), file="a.toml")


class Ear:
    """A notifier that remembers; it fails the first ``failures`` times."""

    def __init__(self, failures: int = 0) -> None:
        self.told: list[Standing] = []
        self.failures = failures

    async def tell(self, condition: Standing) -> bool:
        self.failures -= 1
        if self.failures < 0:
            self.told.append(condition)
        return self.failures < 0


def watching(folder: Path, test, *, listen: bool = False, **options):
    """Run a test with a watch over an empty database."""

    async def run():
        place = parse_place("127.0.0.1:0") if listen else None
        async with Workshop(f"sqlite:///{folder / 'a.db'}", workers=1) as workshop:
            await write(workshop, lambda session: sync_sources(session, [SOURCE]))
            async with Watch(workshop, ["a"], listen=place, **options) as watch:
                return await test(workshop, watch)

    return asyncio.run(run())


async def write(workshop: Workshop, job):
    """Write at once: other jobs would wait a second for company."""
    return await workshop.write(job, urgent=True)


async def get(watch: Watch, path: str) -> tuple[int, bytes]:
    reader, writer = await asyncio.open_connection("127.0.0.1", watch.listener.port)
    writer.write(f"GET {path} HTTP/1.1\r\n\r\n".encode())
    head, _, body = (await reader.read()).partition(b"\r\n\r\n")
    writer.close()
    return int(head.split()[1]), body


def read_metrics(body: bytes) -> dict[tuple[str, ...], float]:
    return {(sample.name, *sample.labels.values()): sample.value
            for family in text_string_to_metric_families(body.decode()) for sample in family.samples}


def test_nothing_listens_unless_told_to(tmp_path):
    async def test(workshop, watch):
        assert watch.listener is None

    watching(tmp_path, test)


def test_a_healthy_service_is_ready_and_one_that_stops_is_not(tmp_path):
    async def test(workshop, watch):
        await write(workshop, lambda session: settle(session, "a", [Finding(name="silent")], now=NOW))
        status, body = await get(watch, "/health")
        health = json.loads(body)
        assert (status, health["live"], health["ready"], health["reasons"]) == (200, True, True, [])
        assert (health["sources"], health["open_conditions"]) == (1, {"silent": 1})
        workshop.stopping.set()
        status, body = await get(watch, "/health")
        assert (status, json.loads(body)["reasons"]) == (503, ["avvisi stops"])

    watching(tmp_path, test, listen=True)


def test_a_service_whose_writer_is_down_says_so(tmp_path, monkeypatch):
    async def test(workshop, watch):
        monkeypatch.setattr(type(workshop.writer), "is_down", True)
        status, body = await get(watch, "/health")
        health = json.loads(body)
        assert (status, health["live"], health["ready"]) == (503, True, False)
        assert health["reasons"] == ["the database cannot be written"]
        workshop.writer.close()
        status, body = await get(watch, "/health")
        assert (status, json.loads(body)["live"]) == (503, False)

    watching(tmp_path, test, listen=True)


def test_the_metrics_count_runs_and_show_how_fresh_each_source_is(tmp_path):
    async def test(workshop, watch):
        run = Run(source=SOURCE, workshop=workshop)
        link = Link(url="https://a.example/1", key="a.example/1")
        run.sight.of("https://a.example/feed").note_size(900)
        run.sight.of("https://a.example/feed").note_links([link], [link])
        run.sight.of("https://a.example/other").note_not_modified()
        run.sight.is_known = True
        run.sight.latencies += [30.0, 4000.0]
        run.count("new", 2)
        run.count("failed_too_short")
        run.requests = 5

        def finish(session):
            finish_run(session, start_run(session, "a", now=NOW), outcome="ok", counts={}, requests=5, seconds=1,
                       now=NOW, next_due_at=NOW + timedelta(minutes=30))
            return settle(session, "a", [Finding(name="silent"), Finding(name="tiny", place="p")], now=NOW)

        workshop.on_run_end(run, run.report(), await write(workshop, finish))
        status, body = await get(watch, "/metrics")
        found = read_metrics(body)
        assert status == 200
        assert found["avvisi_runs_total", "ok"] == 1
        assert found["avvisi_requests_total",] == 5
        assert found["avvisi_articles_total", "new"] == 2
        assert found["avvisi_pages_failed_total", "too_short"] == 1
        assert found["avvisi_place_answers_total", "not_modified"] == 1
        assert found["avvisi_publication_to_storage_seconds_bucket", "60.0"] == 1
        assert found["avvisi_publication_to_storage_seconds_count",] == 2
        assert found["avvisi_source_last_run_timestamp_seconds", "a"] == NOW.timestamp()
        assert found["avvisi_source_next_due_timestamp_seconds", "a"] == NOW.timestamp() + 1800
        assert found["avvisi_source_last_news_timestamp_seconds", "a"] == NOW.timestamp()
        assert found["avvisi_open_conditions", "silent", "a"] == 1
        assert found["avvisi_queue_links",] == 0
        assert found["process_resident_memory_bytes",] > 0

    watching(tmp_path, test, listen=True, now=lambda: NOW)


def test_the_first_run_of_a_source_says_nothing_of_latencies(tmp_path):
    async def test(workshop, watch):
        run = Run(source=SOURCE, workshop=workshop)
        run.sight.latencies.append(9e6)
        workshop.on_run_end(run, run.report(), await write(workshop, lambda session: settle(session, "a", [], now=NOW)))
        _, body = await get(watch, "/metrics")
        assert read_metrics(body)["avvisi_publication_to_storage_seconds_count",] == 0

    watching(tmp_path, test, listen=True)


def test_the_owner_is_told_until_he_has_heard(tmp_path):
    ear, times = Ear(failures=1), iter([NOW, NOW, NOW, NOW + timedelta(minutes=6), NOW + timedelta(minutes=7)])

    async def test(workshop, watch):
        began = watch._last_tick
        while watch._last_tick == began:  # noqa: ASYNC110  # the first look of its own
            await asyncio.sleep(0.01)
        await write(workshop, lambda session: settle(session, "a", [Finding(name="silent")], now=NOW))
        await watch.look()
        assert ear.told == []
        await watch.look()
        assert [(each.name, each.state) for each in ear.told] == [("silent", "opened")]
        await write(workshop, lambda session: settle(session, "a", [], now=NOW))
        await watch.look()
        assert [(each.name, each.state) for each in ear.told] == [("silent", "opened"), ("silent", "closed")]

    watching(tmp_path, test, notifier=ear, now=lambda: next(times))


def test_a_source_that_nobody_runs_is_noticed_without_a_run(tmp_path):
    ear, clock = Ear(), [NOW]

    async def test(workshop, watch):
        await write(workshop, lambda session: finish_run(
            session, start_run(session, "a", now=NOW), outcome="ok", counts={}, requests=1, seconds=1, now=NOW,
            next_due_at=NOW + timedelta(minutes=30)))
        clock[0] += timedelta(hours=6)
        for _ in range(400):
            await asyncio.sleep(0.05)
            if ear.told:
                break
        assert [each.name for each in ear.told] == ["overdue"]
        assert [each.name for each in await workshop.query(get_conditions)] == ["overdue"]

    watching(tmp_path, test, notifier=ear, now=lambda: clock[0], tick=0.05)


def test_where_most_sources_are_out_of_reach_the_fault_is_ours_and_nobody_is_told_of_each(tmp_path):
    ear, sources = Ear(), ["a", "b", "c", "d", "e"]

    async def test(workshop, watch):
        gone = Finding(name="failing", place="p", evidence={"reason": "unknown_host"})

        async def have(findings):
            await write(workshop, lambda session: [settle(session, id, findings, now=NOW) for id in sources[:3]])

        await write(workshop, lambda session: sync_sources(session, [replace(SOURCE, id=id) for id in sources]))
        async with Watch(workshop, sources, notifier=ear) as other:
            await have([gone])
            await other.look()
            assert ear.told == []
            assert (await other.check())["reasons"] == [
                "3 of 5 sources cannot be reached: is this machine's network down?"]
            await have([])
            await write(workshop, lambda session: settle(session, "d", [gone], now=NOW))
            await other.look()
            assert [each.source for each in ear.told] == ["d"]
            assert (await other.check())["ready"]

    watching(tmp_path, test)


@pytest.fixture
def manager(tmp_path, monkeypatch):
    """A service manager's socket."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as made:
        made.bind(str(tmp_path / "notify"))
        made.settimeout(5)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        yield made


def test_systemd_hears_that_the_service_is_ready_lives_and_stops(tmp_path, manager, monkeypatch):
    monkeypatch.setenv("WATCHDOG_USEC", "300000")

    said, pings = [], []

    async def test(workshop, watch):
        async with asyncio.timeout(20):
            while len(pings) < 4:
                said.append((await asyncio.to_thread(manager.recv, 1000)).decode())
                if said[-1] == "WATCHDOG=1":
                    pings.append(time.monotonic())

    watching(tmp_path, test)
    assert min(later - former for former, later in pairwise(pings)) < 0.2
    manager.settimeout(0.1)
    with pytest.raises(TimeoutError):
        while True:
            said.append(manager.recv(1000).decode())
    assert "READY=1\nSTATUS=1 sources" in said
    assert said[-1] == "STOPPING=1"


def test_without_a_watchdog_systemd_is_not_pinged_and_without_systemd_nobody_is_told(tmp_path, manager, monkeypatch):
    async def test(workshop, watch):
        await asyncio.sleep(0.05)

    watching(tmp_path, test)
    assert [manager.recv(1000).decode() for _ in range(2)] == ["READY=1\nSTATUS=1 sources", "STOPPING=1"]
    monkeypatch.delenv("NOTIFY_SOCKET")
    tell_systemd("READY=1")
    manager.settimeout(0.05)
    with pytest.raises(TimeoutError):
        manager.recv(1000)


def test_a_weekend_is_where_the_country_has_it():
    assert find_rest_days("DE") == find_rest_days(None) == find_rest_days("XX") == {5, 6}
    assert find_rest_days("EG") == {4, 5}
