"""Log lines that a page cannot forge."""

import io
import json
import logging
import subprocess
import sys

import pytest

from store.console.command import Command
from store.logs import JsonFormatter, TextFormatter, escape

FORGED = "https://a.example/\r\n2026-11-22 12:00:00,000 INFO scheduler all is well\x1b[2J\u2028\x85next"


@pytest.fixture
def written(request):
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(request.param())
    logger = logging.getLogger("avvisi.test")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    yield logger, stream
    logger.removeHandler(handler)


@pytest.mark.parametrize("written", [TextFormatter, JsonFormatter], indirect=True)
def test_one_event_is_one_line_whatever_a_page_says(written):
    logger, stream = written
    logger.warning("%s: not read", FORGED)
    assert len(stream.getvalue().splitlines()) == 1
    assert "\x1b" not in stream.getvalue()


@pytest.mark.parametrize("written", [TextFormatter], indirect=True)
def test_the_lines_of_a_traceback_cannot_be_taken_for_events(written):
    logger, stream = written
    try:
        raise ValueError(FORGED)
    except ValueError:
        logger.exception("it failed")
    first, *rest = stream.getvalue().splitlines()
    assert first.endswith("it failed")
    assert rest and all(line.startswith("  | ") for line in rest)


@pytest.mark.parametrize("written", [JsonFormatter], indirect=True)
def test_json_events_carry_their_parts_and_give_back_the_text(written):
    logger, stream = written
    try:
        raise ValueError("why")
    except ValueError:
        logger.exception("%s", FORGED, extra={"source": "a", "counts": {"new": 3}})
    event = json.loads(stream.getvalue())
    assert (event["message"], event["level"], event["logger"]) == (FORGED, "ERROR", "avvisi.test")
    assert (event["source"], event["counts"]) == ("a", {"new": 3})
    assert event["exception"].endswith("ValueError: why")
    assert event["time"].endswith("+00:00")


def test_text_in_any_language_stays_readable_and_marks_that_turn_it_do_not():
    assert escape("Außenminister 外交部 وزارة\tok") == "Außenminister 外交部 وزارة\\tok"
    assert escape("a\u202eb\u2066c\ud800") == "a\\u202eb\\u2066c\\ud800"
    assert escape("a\nb\x00", keep="\n") == "a\nb\\x00"


def test_what_a_command_says_in_json_is_an_event(capsys):
    command = Command(database_url="", sources=None, json=False, quiet=False, verbose=False).with_logs("json")
    command.say(f"avvisi: {FORGED}")
    (line,) = capsys.readouterr().err.splitlines()
    assert json.loads(line)["message"] == f"avvisi: {FORGED}"
    command.with_logs("text").say("avvisi: \x1b[31mred")
    assert capsys.readouterr().err == "avvisi: \\x1b[31mred\n"


def test_the_format_of_logs_is_checked():
    done = subprocess.run([sys.executable, "-m", "scheduler", "run", "--log-format", "xml"], capture_output=True,
                          text=True)
    assert done.returncode == 2
    assert "xml" in done.stderr
