"""Source files: what they may hold, and what each mistake is called."""

import pickle
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.cli import chosen_sources
from crawler.sources import Checked, Evidence, Terms
from crawler.sources.loader import find_duplicates, load_sources, read_catalogue, select_sources
from store.console.command import Command
from store.errors import SourceError, UsageError

GOOD = """
[[source]]
id = "evropaelire"
name = "Radio Evropa e Lirë"
site = "https://www.evropaelire.org/"
feeds = ["https://www.evropaelire.org/api/"]
sitemaps = []          # news sitemaps and sitemap indexes
sections = []          # pages that list articles
language = "sq"
country = "XK"
every = "30m"
delay = "2s"
"""


def write(folder: Path, text: str, name: str = "mine.toml") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def entry(id: str = "a", /, **changes: str | None) -> str:
    """Write an entry with some keys replaced by TOML text, or left out (None)."""
    keys: dict[str, str | None] = {
        "id": f'"{id}"', "name": '"A"', "site": '"https://a.test/"', "feeds": '["https://a.test/feed"]', **changes}
    return "[[source]]\n" + "".join(f"{key} = {value}\n" for key, value in keys.items() if value is not None)


def complaint(folder: Path, text: str) -> str:
    """Return the only problem of a file with this text."""
    with pytest.raises(SourceError) as caught:
        load_sources(write(folder, text))
    lines = str(caught.value).splitlines()
    assert len(lines) == 1, lines
    return lines[0]


def test_a_source_is_a_few_lines_of_toml(tmp_path: Path) -> None:
    file = write(tmp_path, GOOD)
    (source,) = load_sources(file)
    assert source.id == "evropaelire"
    assert source.name == "Radio Evropa e Lirë"
    assert source.feeds == ("https://www.evropaelire.org/api/",)
    assert (source.sitemaps, source.sections) == ((), ())
    assert (source.language, source.country) == ("sq", "XK")
    assert (source.every, source.delay) == (timedelta(minutes=30), timedelta(seconds=2))
    assert source.file == str(file)


def test_what_a_source_leaves_out_has_polite_defaults(tmp_path: Path) -> None:
    (source,) = load_sources(write(tmp_path, entry()))
    assert (source.every, source.delay) == (timedelta(minutes=30), timedelta(seconds=2))
    assert (source.language, source.country, source.evidence) == (None, None, None)


@pytest.mark.parametrize("key", ["feeds", "sitemaps", "sections"])
def test_one_kind_of_address_is_enough(tmp_path: Path, key: str) -> None:
    text = entry(**{"feeds": None, key: '["https://a.test/x"]'})
    (source,) = load_sources(write(tmp_path, text))
    assert source.addresses == ("https://a.test/x",)


def test_a_delay_of_zero_is_allowed(tmp_path: Path) -> None:
    (source,) = load_sources(write(tmp_path, entry(delay='"0s"')))
    assert source.delay == timedelta(0)


def test_evidence_rights_and_notes_are_kept_as_written(tmp_path: Path) -> None:
    text = entry(evidence='{status = "V", seen = 2026-09-28, where = "seen"}', rights='"No sale."', notes='"State."')
    (source,) = load_sources(write(tmp_path, text))
    assert source.evidence == Evidence(status="V", seen="2026-09-28", where="seen")
    assert (source.rights, source.notes) == ("No sale.", "State.")


def test_a_source_crosses_a_process_boundary(tmp_path: Path) -> None:
    (source,) = load_sources(write(tmp_path, entry(evidence='{status = "L", seen = "2026-03"}')))
    assert pickle.loads(pickle.dumps(source)) == source


def test_a_folder_is_read_file_by_file_in_the_order_of_names(tmp_path: Path) -> None:
    write(tmp_path, entry("b"), "b.toml")
    write(tmp_path, entry("a"), "a.toml")
    write(tmp_path, "not toml at all", "readme.txt")
    write(tmp_path, "lock", ".#a.toml")
    assert [source.id for source in load_sources(tmp_path)] == ["a", "b"]


def test_a_byte_order_mark_is_forgiven(tmp_path: Path) -> None:
    file = tmp_path / "bom.toml"
    file.write_bytes(b"\xef\xbb\xbf" + entry().encode())
    assert len(load_sources(file)) == 1


@pytest.mark.parametrize(("text", "says"), [
    (entry(nmae='"A"', name=None), ["source 'a'", "key 'nmae'", "did you mean 'name'"]),
    (entry(frobnicate="1"), ["key 'frobnicate'", "the keys are id, name"]),
    (entry(name="7"), ["source 'a'", "key 'name'", "must be text in quotes, not a number"]),
    (entry(name='""'), ["key 'name'", "is empty"]),
    (entry(name=None), ["source 'a'", "key 'name'", "is missing"]),
    (entry(site=None), ["key 'site'", "is missing"]),
    (entry(id=None), ["source number 1", "key 'id'", "is missing"]),
    (entry("a b"), ["source 'a b'", "key 'id'", "not an id"]),
    (entry("-rf"), ["key 'id'", "beginning with a letter or digit"]),
    (entry(id="true"), ["source number 1", "key 'id'", "not true or false"]),
    (entry(feeds='"https://a.test/feed"'), ["key 'feeds'", "must be a list of addresses", "not text"]),
    (entry(feeds="[3]"), ["key 'feeds'", "not a number"]),
    (entry(feeds='["https://a.test/f", "https://a.test/f"]'), ["key 'feeds'", "https://a.test/f twice"]),
    (entry(feeds='["/feed"]'), ["key 'feeds'", "'/feed' is not an absolute address"]),
    (entry(feeds='["ftp://a.test/feed"]'), ["key 'feeds'", "http:// or https://"]),
    (entry(feeds='["https:///feed"]'), ["key 'feeds'", "not an absolute address"]),
    (entry(feeds='["https://a.test/a feed"]'), ["key 'feeds'", "percent-encode"]),
    (entry(feeds='["https://a.test:port/"]'), ["key 'feeds'", "is not an address"]),
    (entry(feeds='["http://[::1/"]'), ["key 'feeds'", "is not an address"]),
    (entry(site='"https://me:secret@a.test/"'), ["key 'site'", "user name or password"]),
    (entry(feeds=None), ["source 'a'", "nothing to fetch", "feeds, sitemaps, sections"]),
    (entry(feed='["https://a.test/f"]', feeds=None), ["key 'feed'", "did you mean 'feeds'"]),
    (entry(feeds="[]"), ["source 'a'", "nothing to fetch"]),
    (entry(language='"english"'), ["key 'language'", "'english' is not an ISO 639"]),
    (entry(language='"sqi"'), ["key 'language'", "write 'sq'"]),
    (entry(language='"EN"'), ["key 'language'", "write 'en'"]),
    (entry(country='"UK"'), ["key 'country'", "write 'GB'"]),
    (entry(country='"EU"'), ["key 'country'", "'EU' is not an ISO 3166-1"]),
    (entry(every='"often"'), ["key 'every'", "'often' is not a duration", '"1h30m"']),
    (entry(every="30"), ["key 'every'", "in quotes", "not a number"]),
    (entry(every='"0s"'), ["key 'every'", "out of range", "from 1s"]),
    (entry(every='"400d"'), ["key 'every'", "out of range"]),
    (entry(delay='"2h"'), ["key 'delay'", "to 1h is allowed"]),
    (entry(evidence='"V"'), ["key 'evidence'", "must be a table"]),
    (entry(evidence='{status = "good"}'), ["key 'evidence'", "one of V, L, U, X"]),
    (entry(evidence='{status = "V", sene = "2026"}'), ["key 'evidence'", "did you mean 'seen'"]),
    (entry(evidence='{status = "V", seen = "2026-13"}'), ["key 'evidence'", "a day or a month"]),
    (entry(evidence='{status = "V", seen = 2026-09-28T10:00:00Z}'), ["key 'evidence'", "a day or a month"]),
    ("source = [1]", ["entry 1 is a number", "[[source]]"]),
    (entry().replace("[[source]]", "[source]"), ["[source] where [[source]] belongs"]),
    ("", ["holds no source", "[[source]]"]),
    ("[[source]\n", ["is not valid TOML", "line 1, column 9"]),
    ("a = " + "[" * 100_000, ["is not valid TOML"]),
])
def test_a_mistake_is_named_with_file_source_and_key(tmp_path: Path, text: str, says: list[str]) -> None:
    line = complaint(tmp_path, text)
    assert line.startswith(f"{tmp_path / 'mine.toml'}: ")
    for words in says:
        assert words in line
    assert "secret" not in line


def test_an_unknown_table_in_a_file_is_named(tmp_path: Path) -> None:
    assert "key 'sources': not a key of a source file; did you mean 'source'?" in complaint(
        tmp_path, "sources = 1\n" + entry())


def test_two_sources_with_one_id_are_named_with_both_files(tmp_path: Path) -> None:
    first, second = write(tmp_path, entry(), "one.toml"), write(tmp_path, entry(), "two.toml")
    with pytest.raises(SourceError) as caught:
        load_sources(tmp_path)
    assert "source 'a': key 'id'" in str(caught.value)
    assert str(first) in str(caught.value)
    assert str(second) in str(caught.value)


def test_one_id_twice_in_one_file_is_named_with_both_places(tmp_path: Path) -> None:
    line = complaint(tmp_path, entry("a") + entry("b") + entry("a"))
    assert "entry 1 of" in line
    assert "entry 3 of" in line


def test_all_mistakes_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    write(tmp_path, entry("a", every='"x"', colour="1"), "one.toml")
    write(tmp_path, entry("b", language='"xx"') + entry("c"), "two.toml")
    write(tmp_path, "=", "three.toml")
    with pytest.raises(SourceError) as caught:
        load_sources(tmp_path)
    assert len(str(caught.value).splitlines()) == 4
    assert [source.id for source in read_catalogue(tmp_path).sources] == ["c"]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"nowhere\.toml: cannot be read: No such file"):
        load_sources(tmp_path / "nowhere.toml")


def test_a_path_through_a_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        load_sources(write(tmp_path, entry()) / "below.toml")


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    file = tmp_path / "latin.toml"
    file.write_bytes('name = "Lirë"'.encode("latin-1"))
    with pytest.raises(SourceError, match="not UTF-8 text, from byte 11"):
        load_sources(file)


def test_a_folder_without_toml_is_named_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"no \.toml file.*avvisi sources add"):
        load_sources(tmp_path)


def test_sources_are_selected_in_the_order_asked_and_once(tmp_path: Path) -> None:
    sources = load_sources(write(tmp_path, entry("a") + entry("b") + entry("c")))
    assert [source.id for source in select_sources(sources, ["c", "a", "c"])] == ["c", "a"]
    assert select_sources(sources, []) == sources


def test_an_unknown_id_is_named_with_the_closest_ones_and_how_to_list(tmp_path: Path) -> None:
    sources = load_sources(write(tmp_path, entry("france24-en") + entry("france24-fr") + entry("tass")))
    with pytest.raises(UsageError) as caught:
        select_sources(sources, ["tass", "france24", "zzz"])
    first, second = str(caught.value).splitlines()
    assert "'france24'" in first
    assert "did you mean" in first
    assert "'france24-fr'" in first
    assert "tass" not in first
    assert "'zzz'" in second
    assert "did you mean" not in second
    assert "avvisi sources list" in second


def test_a_source_may_keep_diplomacy_only(tmp_path: Path) -> None:
    [source] = load_sources(write(tmp_path, entry(keep='"diplomacy"')))
    assert source.keep == "diplomacy"
    [source] = load_sources(write(tmp_path, entry()))
    assert source.keep == "all"


def test_what_a_source_cannot_keep_is_named_with_what_it_can(tmp_path: Path) -> None:
    line = complaint(tmp_path, entry(keep='"diplomatic"'))
    assert "'diplomatic' is none of all, diplomacy; did you mean 'diplomacy'?" in line


def test_an_entry_says_what_its_source_is_and_whose_voice(tmp_path: Path) -> None:
    (source,) = load_sources(write(tmp_path, entry(
        kind='"think tank"', standpoint='"state funded"', categories='["Balkans", "daily"]', enabled="false",
        terms='{ reuse = "with credit", mining = "reserved", where = "https://a.test/terms" }',
        checked='{ on = 2026-11-22, state = "moved" }')))
    assert (source.kind, source.standpoint, source.enabled) == ("think tank", "state funded", False)
    assert source.categories == ("Balkans", "daily")
    assert source.terms == Terms(robots="unknown", reuse="with credit", mining="reserved", where="https://a.test/terms")
    assert source.checked == Checked(on="2026-11-22", state="moved")


def test_an_entry_that_does_not_say_is_on_and_its_terms_are_unknown(tmp_path: Path) -> None:
    (source,) = load_sources(write(tmp_path, entry()))
    assert (source.kind, source.standpoint, source.enabled, source.checked) == (None, None, True, None)
    assert source.terms == Terms(robots="unknown", reuse="unknown", mining="unknown")


@pytest.mark.parametrize(("key", "value", "says"), [
    ("kind", '"Ministry"', "'Ministry' is none of ministry, presidency"),
    ("kind", '"news paper"', "did you mean 'paper'?"),
    ("standpoint", '"state-media"', "did you mean 'state media'?"),
    ("enabled", '"no"', "must be true or false, without quotes, not text"),
    ("categories", '"Balkans"', "must be a list of words"),
    ("categories", '[""]', "is empty"),
    ("categories", "[" + '"x",' * 21 + "]", "lists 21 categories; at most 20"),
    ("terms", '{ reuse = "with credit" }', "needs where: the public file or page that says so"),
    ("terms", '{ reuse = "yes", where = "x" }', "'yes' is none of free, with credit, restricted, unknown"),
    ("terms", '{ robot = "allowed", where = "x" }', "has no key 'robot'; did you mean 'robots'?"),
    ("terms", '"free"', "must be a table such as {reuse"),
    ("checked", '{ on = "2026-11", state = "alive" }', "needs on, a day such as"),
    ("checked", '{ on = "2026-11-31", state = "alive" }', "has the date '2026-11-31'"),
    ("checked", '{ on = "2026-11-22" }', "must be text in quotes"),
    ("evidence", '{ status = "V", source = "x" }', "has no key 'source'"),
    ("standpiont", '"party"', "not a key of a source; did you mean 'standpoint'?"),
])
def test_a_wrong_word_is_named_with_what_would_be_right(tmp_path: Path, key: str, value: str, says: str) -> None:
    line = complaint(tmp_path, entry("b", **{key: value}))
    assert f"source 'b': key {key!r}: " in line
    assert says in line


def test_a_source_that_is_off_is_chosen_only_by_its_name(tmp_path: Path) -> None:
    sources = load_sources(write(tmp_path, entry("a") + entry("b", enabled="false")))
    assert [source.id for source in select_sources(sources, [])] == ["a"]
    assert [source.id for source in select_sources(sources, ["b", "a"])] == ["b", "a"]


def test_a_crawl_and_the_service_leave_out_what_is_off_unless_it_is_named(tmp_path: Path) -> None:
    file = write(tmp_path, entry("a") + entry("b", enabled="false"))
    command = Command(database_url="", sources=str(file), json=False, quiet=True, verbose=False)
    assert [source.id for source in chosen_sources(command, ())] == ["a"]
    assert [source.id for source in chosen_sources(command, ("b",))] == ["b"]


def test_an_address_fetched_twice_is_named_with_both_sources(tmp_path: Path) -> None:
    sources = load_sources(write(tmp_path, entry("a") + entry("b", feeds='["http://a.test/feed?utm_medium=rss"]')
                                 + entry("c", feeds='["https://a.test/feed?page=2"]')))
    (problem,) = find_duplicates(sources)
    assert problem.source == "'b'"
    assert problem.message == "fetches http://a.test/feed?utm_medium=rss, which is https://a.test/feed of source 'a'"


def test_the_bounds_of_the_schedule_are_durations_too():
    from datetime import timedelta

    from crawler.sources.entry import parse_entry

    table = {"id": "a", "name": "A", "site": "https://example.org/", "feeds": ["https://example.org/feed"],
             "every_min": "5m", "every_max": "2h"}
    source, problems = parse_entry(table, file="x.toml", number=1)
    assert problems == ()
    assert (source.every_min, source.every_max) == (timedelta(minutes=5), timedelta(hours=2))
    assert parse_entry(table | {"every_min": "soon"}, file="x.toml", number=1)[1][0].key == "every_min"
