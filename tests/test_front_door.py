"""The front door: what a person who types something wrong is told."""


import pytest
from click.testing import CliRunner

from scheduler import main


@pytest.mark.parametrize(("arguments", "line"), [
    (["crwal"], "no such command 'crwal'. Did you mean 'crawl'? `avvisi --help` tells more"),
    (["sources", "lst"], "no such command 'lst'. Did you mean 'list'? `avvisi sources --help` tells more"),
    (["crawl", "--limit", "x"],
     "invalid value for '--limit': 'x' is not a valid integer range; `avvisi crawl --help` tells more"),
    (["show"], "missing argument 'ID'; `avvisi show --help` tells more"),
    (["show", "--jsn", "x"], "no such option '--jsn'. Did you mean '--json'? `avvisi show --help` tells more"),
])
def test_wrong_words_are_answered_in_one_line_with_what_is_near(arguments, line):
    result = CliRunner().invoke(main, arguments, prog_name="avvisi")
    assert (result.exit_code, result.stderr) == (2, f"avvisi: {line}\n")


def test_a_group_without_a_command_shows_its_commands_whole():
    result = CliRunner().invoke(main, ["sources"], prog_name="avvisi")
    assert result.exit_code == 2
    assert "import  Take over the OPML of a feed reader." in result.stderr
    assert "..." not in result.stderr.partition("Commands:")[2]
