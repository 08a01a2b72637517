"""The commands of the store, as a person or a script calls them."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from store.articles import ingest
from store.cli import _open_output, export, migrate, show
from store.console.show import make_harmless
from store.database import open_database
from store.migrations import list_revisions
from store.values import Removal


@pytest.fixture
def call(sqlite_url):
    def run(command, *arguments, database=sqlite_url):
        result = CliRunner().invoke(command, ["--database", database, *arguments])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


@pytest.fixture
def put(sqlite_url, now):
    def put_all(*articles):
        with open_database(sqlite_url) as database, database.begin() as session:
            return [ingest(session, article, page_id=None, now=now).id for article in articles]

    return put_all


def test_export_prints_one_line_a_record(call, put, make_article):
    ids = put(make_article("a.org/1", "One."), make_article("a.org/2", "Two."))
    result = call(export)
    assert result.exit_code == 0
    assert sorted(json.loads(line)["id"] for line in result.stdout.splitlines()) == sorted(ids)


def test_export_takes_format_filters_and_file(call, put, make_article, tmp_path):
    put(make_article("a.org/1", "One.", language="sq"), make_article("a.org/2", "Two.", language="de"))
    output = tmp_path / "out.csv"
    result = call(export, "--format", "csv", "--language", "de", "--since", "2026", "--until", "2026-11",
                  "--output", str(output), "--json")
    assert json.loads(result.stdout) == {"records": 1, "output": str(output)}
    assert output.read_text().count("Two.") == 1
    assert "One." not in output.read_text()


def test_an_export_that_fails_leaves_the_former_file(call, tmp_path, monkeypatch):
    def fail_midway(records, file):
        file.write("half")
        raise OSError(28, "No space left on device")

    output = tmp_path / "out.jsonl"
    output.write_text("former")
    monkeypatch.setattr("store.export.write_jsonl", fail_midway)
    result = call(export, "--output", str(output))
    assert result.exit_code == 2
    assert result.stderr == f"avvisi: {output} cannot be written: No space left on device\n"
    assert output.read_text() == "former"
    assert [path.name for path in tmp_path.glob("*unfinished*")] == []


@pytest.mark.parametrize(("arguments", "line"), [
    (["--since", "soon"], "not a date: soon"),
    (["--output", "{folder}"], "is a directory: name a file in it"),
    (["--output", "{folder}/no/out.jsonl"], "there is no folder"),
])
def test_export_says_in_one_line_what_it_cannot_use(call, tmp_path, arguments, line):
    result = call(export, *(argument.format(folder=tmp_path) for argument in arguments))
    assert result.exit_code == 2
    assert line in result.stderr
    assert result.stderr.count("\n") == 1


def test_show_prints_facts_text_removals_addresses_and_revisions(call, put, make_article):
    removed = (Removal(text="Discussion about this post", rule="comment_heading", where="line 4"),)
    (id, *_rest) = put(
        make_article("a.org/1", "One.", title="Talks", removed=removed),
        make_article("copy.org/1", "One."),
        make_article("a.org/1", "One and more.", title="More talks", authors=("Ana", "Ben"), removed=removed),
    )
    result = call(show, id)
    assert result.exit_code == 0
    for words in ("More talks", "Ana; Ben", "One and more.", "Discussion about this post", "comment_heading", "line 4",
                  "https://copy.org/1", "https://a.org/1", "Talks"):
        assert words in result.stdout


def test_show_takes_the_beginning_of_an_id_and_prints_json(call, put, make_article):
    (id,) = put(make_article())
    record = json.loads(call(show, id[:6].upper(), "--json").stdout)
    assert (record["id"], record["revisions"][0]["number"], record["addresses"][0]["role"]) == (id, 1, "own")


def test_show_names_an_unknown_id(call):
    result = call(show, "ffff")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "avvisi: no record ffff: `avvisi export` lists them\n"


@pytest.mark.parametrize("id", ["%", "zz", "\udcff"])
def test_show_knows_no_record_that_is_no_id(call, put, make_article, id):
    put(make_article())
    assert call(show, id).exit_code == 1


def test_export_finds_nothing_under_names_that_are_no_text(call, put, make_article):
    put(make_article(source="a"))
    assert call(export, "--source", "\udcff", "--language", "\0").stdout == ""


def test_show_asks_for_more_of_an_ambiguous_id(call, put, make_article):
    put(*(make_article(f"a.org/{n}", f"Story {n}.") for n in range(40)))
    result = call(show, "")
    assert result.exit_code == 2
    assert "write more of the id" in result.stderr


def test_a_text_cannot_command_the_terminal_that_shows_it(call, put, make_article):
    evil = "Red \x1b[31m alert \x07\x9b2J back\rover \u202eevil [bold]markup[/bold] :smile: a\u2028b"
    (id,) = put(make_article(text=evil, title=evil, authors=(evil,), source=evil,
                             removed=(Removal(text=evil, rule="rule", where="line 1"),)))
    shown = call(show, id).stdout
    assert not set("\x1b\x07\x9b\r\u202e\u2028") & set(shown)
    assert "\\x1b[31m" in shown
    assert "[bold]markup[/bold] :smile:" in shown


def test_scripts_keep_their_joiners_and_marks():
    text = "می\u200cخواهم क्\u200dष \u200fשלום"
    assert make_harmless(text) == text


def test_migrate_creates_and_then_finds_it_current(call, tmp_path):
    url = f"sqlite:///{tmp_path / 'new.db'}"
    newest = list_revisions()[-1]
    first, second = call(migrate, database=url), call(migrate, "--json", database=url)
    assert f"created at version {newest}" in first.stderr
    assert f"already at version {newest}" in second.stderr
    assert json.loads(second.stdout) == {"database": str(tmp_path / "new.db"), "from": newest, "to": newest}


@pytest.mark.parametrize("command", [export, migrate])
@pytest.mark.parametrize("database", ["nonsense", "sqlite:///{folder}", "sqlite:///{folder}/no/a.db", "mysql://h/d"])
def test_a_database_that_cannot_be_used_is_one_line_and_status_two(call, tmp_path, command, database):
    result = call(command, database=database.format(folder=tmp_path))
    assert result.exit_code == 2
    assert result.stderr.startswith("avvisi: ")
    assert result.stderr.count("\n") == 1


def test_the_commands_are_ready_without_loading_the_rooms():
    loaded = "import sys, store.cli; print(sorted({'sqlalchemy', 'alembic', 'rich', 'zstandard'} & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_two_exports_into_one_file_do_not_write_into_each_other(tmp_path, monkeypatch):
    file = tmp_path / "out.jsonl"
    with _open_output(file) as first:
        first.write("first\n" * 1000)
        monkeypatch.setattr("os.getpid", lambda: 1)  # the other process
        with _open_output(file) as second:
            second.write("second\n")
        assert file.read_text() == "second\n"
    assert file.read_text() == "first\n" * 1000
