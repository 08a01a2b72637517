"""What is asked for and is not there: one line that names it and what is near."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from store.articles import ingest
from store.cli import export, stats
from store.console.asked import check_source, check_state, parse_language
from store.database import open_database
from store.errors import UsageError
from store.health.cli import conditions, coverage
from store.health.status import status
from store.timetable.runs import sync_sources


@pytest.fixture
def call(sqlite_url, make_article, now):
    with open_database(sqlite_url) as opened, opened.begin() as session:
        sync_sources(session, [SimpleNamespace(id="reporter-al", name="R", site="s", language="sq", country=None,
                                               every=timedelta(minutes=30))])
        ingest(session, make_article(source="an-import"), page_id=None, now=now)
    return lambda command, *arguments: CliRunner().invoke(command, ["--database", sqlite_url, *arguments])


@pytest.mark.parametrize(("command", "arguments"), [
    (status, ["reporter"]), (conditions, ["reporter"]), (coverage, ["reporter"]),
    (export, ["--source", "reporter"]), (stats, ["--source", "reporter"]),
])
def test_an_unknown_source_is_told_with_the_one_that_is_near(call, command, arguments):
    result = call(command, *arguments)
    assert result.exit_code == 2
    assert result.stderr == ("avvisi: no source 'reporter' in this database; did you mean 'reporter-al'? "
                             "`avvisi status` lists those that were run\n")


def test_what_an_import_named_is_known(call):
    assert call(export, "--source", "an-import").stdout.count("\n") == 1


def test_an_unknown_source_with_nothing_near_says_where_they_are_listed(database):
    with database.read() as session, pytest.raises(UsageError, match="'zzz' in this database: `avvisi status`"):
        check_source(session, "zzz")


@pytest.mark.parametrize("command", [export, stats])
def test_a_period_that_ends_before_it_begins_is_refused(call, command):
    result = call(command, "--since", "2026-12", "--until", "2025")
    assert (result.exit_code, result.stderr) == (
        2, "avvisi: --since 2026-12-01 does not come before the end of --until, 2026-01-01\n")


@pytest.mark.parametrize("arguments", [["--between", "UK,US"], ["--about", "uk"]])
def test_a_code_that_people_use_for_a_state_is_told_with_the_right_one(call, arguments):
    result = call(export, *arguments)
    assert (result.exit_code, result.stderr) == (
        2, "avvisi: UK is not the ISO 3166-1 code of a state: write GB\n")


@pytest.mark.parametrize("code", ["XX", "EL", "SU"])
def test_a_code_that_is_no_state_is_refused(code):
    with pytest.raises(UsageError, match=f"{code} is not the ISO 3166-1 code of a state: two letters"):
        check_state(code)


@pytest.mark.parametrize("code", ["US", "xk", " eu"])
def test_a_state_is_taken_in_any_case(code):
    assert check_state(code) == code.strip().upper()


@pytest.mark.parametrize(("written", "code"), [("SQ", "sq"), ("ckb", "ckb")])
def test_a_language_is_taken_in_any_case(written, code):
    assert parse_language(written) == code


@pytest.mark.parametrize("written", ["english", "zh-CN", ""])
def test_a_language_that_is_no_code_is_refused(written):
    with pytest.raises(UsageError, match="not a language"):
        parse_language(written)


def test_an_export_of_nothing_says_so_beside_the_output(call):
    result = call(export, "--language", "de")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "no record matches\n")
    assert call(export, "--language", "de", "--quiet").stderr == ""
