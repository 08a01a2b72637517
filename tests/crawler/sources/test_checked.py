"""The date of a check is written where its owner may write, and nothing else is changed."""

import json
from pathlib import Path

import pytest

from crawler.sources import Checked, Source
from crawler.sources.checked import state_file, with_dates, write_entries, write_state
from crawler.sources.loader import load_sources
from store.errors import UsageError

ALIVE = Checked(on="2026-11-22", state="alive")
FILE = """# my sources\r
[[source]]\r
id = "a" # the first\r
name = "A"\r
site = "https://a.test/"\r
feeds = [\r
    "https://a.test/feed", # all of it\r
]\r
\r
[[source]]\r
id = "b"\r
name = "B"\r
site = "https://b.test/"\r
feeds = ["https://b.test/feed"]\r
checked = { on = "2025-01-01", state = "gone" }\r
"""


def test_the_date_goes_into_the_entry_and_every_comment_stays(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_bytes(FILE.encode())
    write_entries({"a": ALIVE, "b": Checked(on="2026-11-22", state="moved")}, file=file)
    after = file.read_bytes().decode()
    assert {source.id: source.checked for source in load_sources(file)} == {
        "a": ALIVE, "b": Checked(on="2026-11-22", state="moved")}
    for line in FILE.split("\r\n"):
        assert line in after or line.startswith("checked")


def test_an_entry_that_was_not_asked_for_keeps_its_date(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_bytes(("\ufeff" + FILE).encode())
    write_entries({"a": ALIVE}, file=file)
    assert file.read_bytes().startswith(b"\xef\xbb\xbf#")
    assert [source.checked for source in load_sources(file)] == [ALIVE, Checked(on="2025-01-01", state="gone")]


def test_a_file_without_such_an_entry_is_not_touched(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_bytes(FILE.encode())
    before = file.stat().st_mtime_ns
    write_entries({"c": ALIVE}, file=file)
    assert (file.read_bytes().decode(), file.stat().st_mtime_ns) == (FILE, before)


def test_a_file_that_is_gone_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read again"):
        write_entries({"a": ALIVE}, file=tmp_path / "mine.toml")


def test_the_file_of_state_keeps_what_it_knew(tmp_path: Path) -> None:
    state = tmp_path / "new" / "checked.json"
    write_state({"a": Checked(on="2026-01-01", state="gone"), "b": ALIVE}, state=state)
    write_state({"a": ALIVE}, state=state)
    assert json.loads(state.read_text()) == {"a": vars(ALIVE), "b": vars(ALIVE)}
    source = Source(id="a", name="A", site="https://a.test/")
    (dated, other) = with_dates([source, Source(id="c", name="C", site="https://c.test/")], state=state)
    assert (dated.checked, other.checked) == (ALIVE, None)


@pytest.mark.parametrize("text", ["", "[]", "null", '{"a": 1}', '{"a": {"on": "2026-11-22"}}', "\x00"])
def test_a_file_of_state_that_is_not_ours_knows_nothing(tmp_path: Path, text: str) -> None:
    state = tmp_path / "checked.json"
    state.write_text(text)
    source = Source(id="a", name="A", site="https://a.test/")
    assert with_dates([source], state=state) == (source,)


@pytest.mark.parametrize(("environment", "place"), [
    ({"AVVISI_CHECKED": "/x/y.json", "STATE_DIRECTORY": "/s", "HOME": "/h"}, "/x/y.json"),
    ({"STATE_DIRECTORY": "/var/lib/avvisi:/other", "HOME": "/h"}, "/var/lib/avvisi/checked.json"),
    ({"XDG_STATE_HOME": "/state", "HOME": "/h"}, "/state/avvisi/checked.json"),
    ({"HOME": "/h"}, "/h/.local/state/avvisi/checked.json"),
])
def test_the_file_of_state_lies_where_its_owner_may_write(environment: dict[str, str], place: str) -> None:
    assert state_file(environment) == Path(place)
