"""The built-in catalogue keeps its own rules."""

import tomllib
from collections import Counter
from importlib import resources

import pytest

from crawler.sources import Source
from crawler.sources.loader import load_sources, read_catalogue


@pytest.fixture(scope="module")
def sources() -> tuple[Source, ...]:
    return load_sources(None)


def test_the_built_in_catalogue_is_without_mistakes() -> None:
    assert read_catalogue(None).problems == ()


def test_it_begins_with_more_than_twenty_sources_in_more_than_ten_languages(sources: tuple[Source, ...]) -> None:
    assert len(sources) >= 20
    assert len({source.language for source in sources}) >= 10
    assert None not in {source.language for source in sources}


def test_it_is_one_file_a_region(sources: tuple[Source, ...]) -> None:
    assert len({source.file for source in sources}) >= 5
    files = [file.name for file in resources.files("crawler.sources").iterdir() if file.name.endswith(".toml")]
    assert {source.file for source in sources} == {f"built-in {name}" for name in files}


def test_each_source_was_seen_to_work_or_stands_in_a_maintained_list(sources: tuple[Source, ...]) -> None:
    for source in sources:
        assert source.evidence is not None, source.id
        assert source.evidence.status in ("V", "L"), source.id
        assert source.evidence.where, source.id


def test_no_address_is_fetched_for_two_sources(sources: tuple[Source, ...]) -> None:
    counts = Counter(address for source in sources for address in source.addresses)
    assert [address for address, count in counts.items() if count > 1] == []


def test_no_source_is_asked_more_often_than_every_half_hour_or_faster_than_every_two_seconds(
        sources: tuple[Source, ...]) -> None:
    assert min(source.every.total_seconds() for source in sources) >= 1800
    assert min(source.delay.total_seconds() for source in sources) >= 2


def test_the_opaque_addresses_of_the_rferl_network_are_not_written_down(sources: tuple[Source, ...]) -> None:
    # They vary from list to list and go stale: /api/ followed by nothing is the one that stays.
    assert not [address for source in sources for address in source.addresses if "-vomx-" in address]


def test_the_files_are_plain_toml_for_other_tools_too() -> None:
    for file in resources.files("crawler.sources").iterdir():
        if file.name.endswith(".toml"):
            assert tomllib.loads(file.read_text(encoding="utf-8"))["source"]
