import io
import os

import pytest
from rich.console import Console

from crawler.demo.cli import expect_all, first_sentence, in_site_order, next_steps, show_records, without_proxy
from crawler.demo.site import read_pages
from store.errors import AvvisiError

RECORD = {
    "title": "A treaty is signed", "url": "http://127.0.0.1/treaty", "language": "en", "credits": ["VOA"],
    "derived_from": None, "published": "2023-03", "published_precision": "month",
    "text": "The treaty was signed on 3. March. It runs for ten years.\nMore followed.",
    "paragraphs": ["The treaty was signed on 3. March. It runs for ten years.", "More followed."],
    "removed": [{"text": "[Ad_2]", "rule": "slot_marker", "where": "line 3"}],
    "relevance": 0.97, "countries": ["US", "RU"], "dyads": ["RU-US"], "kind": "report",
}


def shown(*records):
    console = Console(width=110, file=io.StringIO())
    show_records(console, list(records))
    return console.file.getvalue()


def test_a_record_is_shown_with_its_facts():
    text = shown(RECORD)
    for fact in ("A treaty is signed", "en", "VOA", "2023-03 (to the month)", "The treaty was signed on 3. March.",
                 "report; relations between states: 0.97 of 1; states US, RU; first of all RU and US"):
        assert fact in text
    assert "It runs for ten years" not in text


def test_a_stripped_line_is_shown_with_its_rule_and_place_and_never_read_as_markup():
    [row] = [line for line in shown(RECORD).splitlines() if "[Ad_2]" in line]
    assert "slot_marker" in row
    assert "line 3" in row


def test_a_long_address_is_shown_whole():
    address = "https://example.org/" + "very-long-" * 20
    text = shown(RECORD | {"derived_from": address})
    assert address in "".join(line.strip("│ ") for line in text.splitlines())


def test_a_page_that_says_little_is_shown_too():
    text = shown(RECORD | {"title": None, "language": None, "published": None, "credits": [], "removed": [],
                           "countries": [], "dyads": []})
    assert "http://127.0.0.1/treaty" in text
    assert "no line of this text had to be stripped" in text
    assert "rule" not in text.partition("1 records")[0]


def test_a_title_of_any_length_is_shown_whole():
    title = "Envoys of two states " * 12
    text = "".join(line.strip("│ ") + " " for line in shown(RECORD | {"title": title}).splitlines())
    assert title.strip() in text


@pytest.mark.parametrize(("text", "sentence"), [
    ("One. Two.", "One."),
    ("Heute (27. Februar) sagte er es. Dann nicht.", "Heute (27. Februar) sagte er es."),
    ("“Really?” he asked. Yes.", "“Really?”"),
    ("No end\nNext paragraph.", "No end"),
    ("これは文です。", "これは文です。"),
    ("", ""),
])
def test_the_first_sentence_ends_with_its_paragraph_at_the_latest(text, sentence):
    assert first_sentence(text) == sentence


def test_records_are_shown_in_the_order_of_the_site():
    urls = [f"http://127.0.0.1:8000{page.path}" for page in read_pages()]
    shuffled = [{"url": url} for url in (urls[3], urls[0], "http://127.0.0.1:8000/other/", urls[4], urls[2], urls[1])]
    assert [record["url"] for record in in_site_order(shuffled)] == urls


def test_a_missing_record_fails_the_demo_with_the_reason():
    with pytest.raises(AvvisiError, match="4 records instead of 5: feed: empty"):
        expect_all([RECORD] * 4, errors=["feed: empty"])


def test_five_records_end_the_demo_well():
    expect_all([RECORD] * 5, errors=[])


@pytest.mark.parametrize(("before", "during"), [
    (None, "127.0.0.1"), ("example.org", "example.org,127.0.0.1"), ("*", "*")])
def test_loopback_is_asked_without_the_proxy_of_the_environment(monkeypatch, before, during):
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    if before is not None:
        monkeypatch.setenv("no_proxy", before)
    with without_proxy():
        assert os.environ["no_proxy"] == during
    assert os.environ.get("no_proxy") == before


def test_the_hint_says_where_the_records_are():
    assert "sqlite:///kept.db" in next_steps("sqlite:///kept.db")
    assert "temporary" in next_steps(None)


@pytest.mark.parametrize(("called", "path", "hint"), [
    (".venv/bin/avvisi", "", "(avvisi is .venv/bin/avvisi here)"), (".venv/bin/avvisi", "there", None),
    ("scheduler.py", "", None)])
def test_the_hint_says_where_the_command_is_if_the_shell_does_not_know(monkeypatch, tmp_path, called, path, hint):
    (tmp_path / "avvisi").touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path) if path else str(tmp_path / "elsewhere"))
    monkeypatch.setattr("sys.argv", [called, "demo"])
    assert ("avvisi is" in next_steps(None)) == bool(hint)
    assert (hint or "") in next_steps(None)
