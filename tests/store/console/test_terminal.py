"""What commands print: whole in a pipe, whole names on a narrow terminal, readable without UTF-8."""

import json
from datetime import timedelta
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from store.articles import ingest
from store.cli import show, stats
from store.database import open_database
from store.health.cli import coverage
from store.health.status import status
from store.timetable.runs import sync_sources

LONG = "ministry-of-foreign-affairs-of-zürich" + "-and-all-of-its-embassies-and-consulates-abroad"


@pytest.fixture
def call(sqlite_url, make_article, now, monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)
    with open_database(sqlite_url) as database, database.begin() as session:
        sync_sources(session, [SimpleNamespace(id=LONG, name="F", site="s", language="en", country=None,
                                               every=timedelta(minutes=30))])
        ingest(session, make_article("a.org/1", source=LONG, title="漢"), page_id=None, now=now)

    def run(command, *arguments, charset="utf-8"):
        return CliRunner(charset=charset).invoke(command, ["--database", sqlite_url, *arguments])

    return run


@pytest.mark.parametrize("command", [status, stats])
def test_a_pipe_gets_each_name_whole_and_each_row_on_one_line(call, command):
    (line,) = [line for line in call(command).stdout.splitlines() if LONG in line]
    assert "…" not in line


@pytest.mark.parametrize("command", [status, stats])
def test_a_narrow_terminal_folds_a_name_and_never_shortens_it(call, command, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    lines = [line.strip() for line in call(command).stdout.splitlines()]
    assert LONG in "".join(line.split("  ")[0] for line in lines)  # folded, its pieces below each other


@pytest.mark.parametrize("command", [status, stats, coverage])
def test_a_terminal_without_utf_8_shows_escapes(call, command):
    result = call(command, charset="ascii")
    assert result.exit_code == 0, result.stderr


def test_json_is_utf_8_whatever_the_terminal(call, sqlite_url):
    shown = call(show, "", "--json", charset="latin-1")
    assert json.loads(shown.stdout_bytes.decode())["title"] == "漢"
