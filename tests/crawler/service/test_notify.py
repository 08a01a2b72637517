"""Somebody is told."""

import asyncio
import json
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.service.notify import CommandNotifier, make_notifier
from store.errors import UsageError
from store.health.watching import Standing

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
APPRISE_WARNS = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # it imports imghdr on Python 3.11 and 3.12
SILENT = Standing(id=1, source="a", name="silent", place="https://a.example/$(id)\n;rm", opened_at=NOW,
                  evidence={"articles_due": 3.5})


def tell(notifier, condition: Standing = SILENT) -> bool:
    return asyncio.run(notifier.tell(condition))


@pytest.fixture
def script(tmp_path: Path):
    def write(body: str) -> str:
        path = tmp_path / "tell.py"
        path.write_text(f"import json, os, sys, time\n{body}")
        return f"{sys.executable} {path} --to 'the desk'"

    return write


def test_a_command_gets_the_condition_as_json_and_its_parts(script, tmp_path: Path):
    notifier = make_notifier(script(
        f"json.dump([json.load(sys.stdin), sys.argv[1:], dict(os.environ)], open({str(tmp_path / 'out')!r}, 'w'))"))
    assert tell(notifier)
    said, arguments, environment = json.loads((tmp_path / "out").read_text())
    assert said == SILENT.as_dict()
    assert arguments == ["--to", "the desk"]
    assert environment["AVVISI_CONDITION"] == "silent"
    assert environment["AVVISI_STATE"] == "opened"
    assert environment["AVVISI_PLACE"] == "https://a.example/$(id)\\n;rm"
    assert environment["AVVISI_CLOSED_AT"] == ""


def test_a_command_that_fails_has_not_told(script):
    assert not tell(make_notifier(script("sys.exit(3)")))


def test_a_command_that_reads_nothing_has_told(script):
    assert tell(make_notifier(script("")))


def test_a_command_that_hangs_is_ended_with_what_it_started(script, tmp_path: Path):
    words = script(f"os.fork(); open({str(tmp_path / 'pid')!r} + str(os.getpid()), 'w'); time.sleep(60)").split()[:2]
    started = time.monotonic()
    assert not tell(CommandNotifier(words, seconds=1.0))
    assert time.monotonic() - started < 8
    pids = [int(path.name.removeprefix("pid")) for path in tmp_path.glob("pid*")]
    while [pid for pid in pids if _is_running(pid)]:
        assert time.monotonic() - started < 20
        time.sleep(0.02)


def _is_running(pid: int) -> bool:
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


@pytest.mark.parametrize("target", ["", "no-such-program --all", "'unbalanced", "{folder}/plain.txt", "{folder}"])
def test_what_cannot_be_run_is_refused_at_the_start(target: str, tmp_path: Path):
    (tmp_path / "plain.txt").touch(mode=0o644)
    with pytest.raises(UsageError):
        make_notifier(target.format(folder=tmp_path))


@APPRISE_WARNS
def test_an_apprise_url_is_told(monkeypatch):
    apprise = pytest.importorskip("apprise")
    told = []
    monkeypatch.setattr(apprise.Apprise, "notify", lambda self, **parts: told.append(parts) or True)
    assert tell(make_notifier("json://localhost:1/"))
    assert told[0]["title"] == "avvisi: a: silent opened"
    assert "articles_due: 3.5" in told[0]["body"]
    assert "\\n;rm" in told[0]["body"]


@APPRISE_WARNS
def test_a_url_that_apprise_does_not_know_is_refused_without_its_secrets():
    pytest.importorskip("apprise")
    with pytest.raises(UsageError, match="nosuch://") as raised:
        make_notifier("nosuch://user:secret@host")
    assert "secret" not in str(raised.value)


def test_without_apprise_the_way_out_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "apprise", None)
    with pytest.raises(UsageError, match=r"avvisi\[notify\]"):
        make_notifier("mailto://me@example.org")
