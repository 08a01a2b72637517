import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.archive import MAX_BYTES, count_inputs, find_inputs, read_inputs
from store.errors import UsageError

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def write(path: Path, body: bytes = b"<p>words</p>") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    return path


def test_a_folder_gives_its_texts_and_pages_in_order(tmp_path: Path) -> None:
    for name in ("b.html", "a.txt", "deep/c.html.gz", "picture.png"):
        write(tmp_path / name)
    names = [path.relative_to(tmp_path).as_posix() for path in find_inputs([tmp_path])]
    assert names == ["a.txt", "b.html", "deep/c.html.gz"]


def test_a_manifest_stands_for_its_folder(tmp_path: Path) -> None:
    write(tmp_path / "a.html.gz", gzip.compress(b"<p>hello</p>"))
    row = {"id": "x/1", "url": "https://a.example/1", "html_path": "a.html.gz"}
    write(tmp_path / "index.jsonl", (json.dumps(row) + "\n\n").encode())
    inputs = find_inputs([tmp_path])
    (saved,) = read_inputs(inputs, now=NOW, source="import")
    assert count_inputs(inputs) == 1
    assert saved.id == "x/1"
    assert saved.page is not None
    assert (saved.page.url, saved.page.body, saved.page.source) == ("https://a.example/1", b"<p>hello</p>", "import")


@pytest.mark.parametrize("url", ["not an address", 5, "https://", "https://a.example/\ud800", ["https://a.example/"]])
def test_a_line_with_an_address_that_is_none_is_named_and_does_not_stop_the_others(tmp_path: Path, url: object) -> None:
    write(tmp_path / "a.html")
    rows = [{"url": url, "html_path": "a.html"}, {"url": "https://a.example/1", "html_path": "a.html"}]
    write(tmp_path / "index.jsonl", "\n".join(map(json.dumps, rows)).encode())
    bad, good = read_inputs(find_inputs([tmp_path]), now=NOW)
    assert bad.error is not None and bad.error.startswith("bad_address: ")
    assert good.page is not None


def test_a_file_without_an_address_is_known_by_its_place(tmp_path: Path) -> None:
    (saved,) = read_inputs([write(tmp_path / "a.txt")], now=NOW)
    assert saved.page is not None
    assert saved.page.url == (tmp_path / "a.txt").as_uri()
    assert saved.page.content_type == "text/plain"


@pytest.mark.parametrize(
    ("name", "body", "word"),
    [
        ("a.html.gz", b"not gzip", "unreadable"),
        ("a.html.gz", gzip.compress(b"cut short", mtime=0)[:-9], "unreadable"),
        ("a.html.gz", gzip.compress(bytes(MAX_BYTES + 1), mtime=0), "unreadable"),
        ("a.pdf", b"%PDF", "unknown_format"),
    ],
)
def test_a_bad_file_is_named_and_does_not_stop_the_others(tmp_path: Path, name: str, body: bytes, word: str) -> None:
    bad, good = read_inputs([write(tmp_path / name, body), write(tmp_path / "good.txt")], now=NOW)
    assert bad.error is not None and bad.error.startswith(word)
    assert name in bad.name
    assert good.page is not None


def test_a_missing_page_of_a_manifest_is_named(tmp_path: Path) -> None:
    write(tmp_path / "index.jsonl", b'{"id": "1", "html_path": "gone.html"}')
    (saved,) = read_inputs(find_inputs([tmp_path]), now=NOW)
    assert saved.error is not None and "No such file" in saved.error


@pytest.mark.parametrize("line", [b"[1]", b"{}", b"{broken", b'{"html_path": 3}'])
def test_a_broken_manifest_names_the_line(tmp_path: Path, line: bytes) -> None:
    write(tmp_path / "index.jsonl", b"\n" + line)
    with pytest.raises(UsageError, match=r"index\.jsonl, line 2"):
        list(read_inputs(find_inputs([tmp_path]), now=NOW))


def test_a_missing_path_and_an_empty_folder_are_usage_errors(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        find_inputs([tmp_path / "gone"])
    with pytest.raises(UsageError, match="holds no"):
        find_inputs([tmp_path])
