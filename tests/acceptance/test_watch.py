"""The service as a real process, watched from outside."""

import json
import random
import signal
import socket
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest
from click import Command
from click.testing import CliRunner, Result

from store.health.cli import conditions, coverage
from tests.acceptance.avvisi import Avvisi, article_page
from tests.acceptance.test_run import wait_for
from tests.localweb import Answer, LocalWeb


def free_port() -> int:
    """Find a port that nobody uses, below those that the system deals out meanwhile."""
    while True:
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", random.randint(20_000, 32_000)))
            return probe.getsockname()[1]


def get(port: int, path: str) -> tuple[int, str]:
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(
                f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except OSError:
        return 0, ""


def ask(avvisi: Avvisi, command: Command, *arguments: str) -> Result:
    return CliRunner().invoke(command, ["--database", avvisi.database_url, *arguments], env={"COLUMNS": "200"})


@pytest.fixture
def avvisi(tmp_path: Path, web: LocalWeb) -> Avvisi:
    pages = {f"/{n}.html": article_page(f"Round {n}", f"dossier {n}") for n in range(3)}
    web.add_site("good.example", pages)
    web.add_site("tiny.example", pages)
    web.add("tiny.example", "/feed.xml", Answer(b"eleven byte", headers={"Content-Type": "application/rss+xml"}))
    made = Avvisi(tmp_path, web)
    made.write_sources(["good.example", "tiny.example"], feeds="/feed.xml", every="1s")
    return made


def test_the_service_shows_its_health_names_a_tiny_feed_and_tells_its_owner(avvisi: Avvisi, tmp_path: Path) -> None:
    port, told = free_port(), tmp_path / "told"
    script = tmp_path / "tell.sh"
    script.write_text(f'#!/bin/sh\ncat >> "{told}"; echo >> "{told}"\n')
    script.chmod(0o755)
    service = avvisi.start("run", "--listen", f"127.0.0.1:{port}", "--notify", str(script), "--log-format", "json")
    try:
        wait_for(lambda: get(port, "/health")[0] == 200 and told.exists() and told.read_text().endswith("}\n"))
        assert json.loads(get(port, "/health")[1])["open_conditions"] == {"tiny": 1}
        metrics = get(port, "/metrics")[1]
        assert 'avvisi_open_conditions{condition="tiny",source="tiny-example"} 1.0' in metrics
        wait_for(lambda: 'avvisi_articles_total{outcome="new"} 3.0' in get(port, "/metrics")[1])
    finally:
        service.send_signal(signal.SIGTERM)
        _, err = service.communicate(timeout=30)
    assert service.returncode == 0, err
    said = json.loads(told.read_text().splitlines()[0])
    assert (said["condition"], said["state"], said["place"]) == ("tiny", "opened", "http://tiny.example/feed.xml")
    assert said["evidence"]["bytes"] == 11
    events = [json.loads(line) for line in err.splitlines()]
    assert {"run", "condition"} <= {event.get("event") for event in events}
    assert get(port, "/health")[0] == 0
    (shown,) = json.loads(ask(avvisi, conditions, "--json").stdout)["conditions"]
    assert (shown["source"], shown["condition"]) == ("tiny-example", "tiny")
    assert "tiny" in ask(avvisi, conditions, "tiny-example").stdout
    days = json.loads(ask(avvisi, coverage, "good-example", "--json").stdout)["days"]
    assert sum(day["stored"] for day in days) == 3
    assert ask(avvisi, coverage).stdout.count("good-example") >= 1
    assert ask(avvisi, conditions, "no-such-source").exit_code == 2


def test_a_wrong_place_or_program_ends_the_command_before_it_starts(avvisi: Avvisi) -> None:
    started = time.monotonic()
    done = avvisi.run("run", "--listen", "9477")
    assert (done.returncode, "127.0.0.1:9477" in done.stderr) == (2, True)
    done = avvisi.run("run", "--notify", "no-such-program")
    assert (done.returncode, "no-such-program" in done.stderr) == (2, True)
    assert time.monotonic() - started < 60
