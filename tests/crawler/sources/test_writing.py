"""Adding an entry leaves what a person wrote as it is."""

import tomllib
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.sources import Checked, Evidence, Source, Terms
from crawler.sources.loader import load_sources
from crawler.sources.writing import append_entry, load_known, refuse_known, write_entry
from store.errors import SourceError, UsageError

SOURCE = Source(
    id="envoy", name='The "Envoy" \\ \x7f Gesandter', site="https://envoy.test/", feeds=("https://envoy.test/feed",),
    sitemaps=("https://envoy.test/a.xml", "https://envoy.test/b.xml"), language="de", country="AT", kind="agency",
    standpoint="independent", categories=("Wien", 'a "b"'), enabled=False,
    checked=Checked(on="2026-11-22", state="alive"), terms=Terms(reuse="free", where="https://envoy.test/terms"),
    every=timedelta(hours=1, minutes=30), delay=timedelta(0),
    evidence=Evidence(status="V", seen="2026-11-22", where="avvisi sources add"), rights="Ask.", notes="Quarterly.")


def test_what_is_written_is_read_back_the_same(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    append_entry(write_entry(SOURCE), file=file)
    (source,) = load_sources(file)
    assert source == Source(**{**vars(SOURCE), "file": str(file)})


@pytest.mark.parametrize("before", ["# mine\r\n\r\n", "# no line end", "# ends\n", ""])
def test_comments_and_line_ends_stay(tmp_path: Path, before: str) -> None:
    file = tmp_path / "mine.toml"
    file.write_bytes(before.encode())
    append_entry(write_entry(SOURCE), file=file)
    assert file.read_bytes().startswith(before.encode())
    assert [source.id for source in load_sources(file)] == ["envoy"]


def test_the_permissions_of_the_file_stay(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text("# mine\n")
    file.chmod(0o640)
    append_entry(write_entry(SOURCE), file=file)
    assert file.stat().st_mode & 0o777 == 0o640


def test_a_symbolic_link_stays_one(tmp_path: Path) -> None:
    file, link = tmp_path / "real.toml", tmp_path / "link.toml"
    file.write_text("# mine\n")
    link.symlink_to(file)
    append_entry(write_entry(SOURCE), file=link)
    assert link.is_symlink()
    assert "envoy" in file.read_text()


def test_a_file_that_lists_its_sources_in_brackets_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    text = 'source = [{id = "a", name = "A", site = "https://a.test/", feeds = ["https://a.test/f"]}]\n'
    file.write_text(text)
    with pytest.raises(UsageError, match="by hand"):
        append_entry(write_entry(SOURCE), file=file)
    assert file.read_text() == text
    assert list(tmp_path.iterdir()) == [file]


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot be written"):
        append_entry(write_entry(SOURCE), file=tmp_path / "file" / "mine.toml")


def test_nothing_is_added_to_a_file_with_mistakes(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text("[[source]]\nid = 1\n")
    with pytest.raises(SourceError, match="key 'id'"):
        load_known(file, folder=None)


def test_a_file_that_is_not_there_or_holds_only_comments_knows_nothing(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text("# mine\n")
    assert load_known(tmp_path / "mine.toml", folder=None) == ()
    assert load_known(tmp_path / "new.toml", folder=None) == ()


def test_an_id_in_another_file_of_the_folder_is_taken_too(tmp_path: Path) -> None:
    append_entry(write_entry(SOURCE), file=tmp_path / "one.toml")
    known = load_known(tmp_path / "two.toml", folder=tmp_path)
    with pytest.raises(SourceError, match=r"one\.toml: source 'envoy'.*is taken"):
        refuse_known(SOURCE, known)
    with pytest.raises(SourceError, match=r"one\.toml: source 'envoy': fetches https://envoy\.test/"):
        refuse_known(Source(**{**vars(SOURCE), "id": "b"}), known)
    refuse_known(Source(**{**vars(SOURCE), "id": "b", "feeds": (), "sitemaps": ()}), known)


def test_a_file_outside_the_folder_is_looked_into_too(tmp_path: Path) -> None:
    folder, file = tmp_path / "in-use", tmp_path / "mine.toml"
    folder.mkdir()
    append_entry(write_entry(SOURCE), file=file)
    assert [source.id for source in load_known(file, folder=folder)] == ["envoy"]


def test_what_was_read_is_plain_toml(tmp_path: Path) -> None:
    (entry,) = tomllib.loads(write_entry(SOURCE))["source"]
    assert entry["every"] == "1h30m"
    assert entry["delay"] == "0s"
    assert entry["evidence"] == {"status": "V", "seen": "2026-11-22", "where": "avvisi sources add"}
