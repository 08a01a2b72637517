"""The built-in catalogue keeps its own rules; with no network."""

import tomllib
from collections import Counter
from importlib import resources

import pytest
from babel import Locale

from crawler.sources import Source
from crawler.sources.loader import find_duplicates, load_sources, read_catalogue

REGIONS = ("africa", "americas", "asia", "central-asia", "europe", "international", "middle-east", "pacific")
PROMISED = set("sq ar zh en fr de el he hi id it ja ko mk fa pl pt ro ru sr es sw tr uk ur vi".split())


@pytest.fixture(scope="module")
def sources() -> tuple[Source, ...]:
    return load_sources(None)


def test_the_built_in_catalogue_is_without_mistakes() -> None:
    assert read_catalogue(None).problems == ()


def test_it_has_400_sources_in_70_languages_and_100_countries(sources: tuple[Source, ...]) -> None:
    assert len(sources) >= 400
    assert len({source.language for source in sources}) >= 70
    assert len({source.country for source in sources if source.country}) >= 100


def test_most_of_it_is_on_and_no_less_various(sources: tuple[Source, ...]) -> None:
    on = [source for source in sources if source.enabled]
    assert len(on) >= 340
    assert len({source.language for source in on}) >= 65


def test_every_promised_language_is_there_under_a_name_that_the_cldr_knows(sources: tuple[Source, ...]) -> None:
    languages = {source.language for source in sources}
    assert not PROMISED - languages
    assert languages <= set(Locale("en").languages)


def test_it_is_one_file_a_region_and_none_is_thin(sources: tuple[Source, ...]) -> None:
    files = {file.name for file in resources.files("crawler.sources").iterdir() if file.name.endswith(".toml")}
    assert files == {f"{region}.toml" for region in REGIONS}
    counts = Counter(source.file for source in sources)
    assert set(counts) == {f"built-in {name}" for name in files}
    assert min(counts.values()) >= 10


def test_ministries_and_presidencies_agencies_organisations_broadcasters_papers_and_think_tanks_are_in_it(
        sources: tuple[Source, ...]) -> None:
    kinds = Counter(source.kind for source in sources)
    assert None not in kinds
    for kind, least in (("ministry", 15), ("presidency", 5), ("organisation", 15), ("agency", 20), ("broadcaster", 80),
                        ("paper", 60), ("think tank", 10)):
        assert kinds[kind] >= least, kind


def test_each_source_says_whose_voice_it_is_or_why_that_is_not_known(sources: tuple[Source, ...]) -> None:
    unsettled = {source.id: source.notes for source in sources if source.standpoint is None}
    assert set(unsettled) == {"arab-news", "asharq-al-awsat", "straits-times-asia", "the-national"}
    assert all(unsettled.values())
    official = [source for source in sources if source.kind in ("ministry", "presidency", "government")]
    assert {source.standpoint for source in official} == {"government"}


def test_each_source_is_of_a_country_unless_it_is_of_many(sources: tuple[Source, ...]) -> None:
    of_none = [source for source in sources if source.country is None]
    assert {source.file for source in of_none} == {"built-in international.toml"}


def test_each_source_has_evidence_with_its_place_and_date(sources: tuple[Source, ...]) -> None:
    for source in sources:
        assert source.evidence is not None, source.id
        assert source.evidence.where, source.id
        assert source.evidence.seen, source.id


def test_what_nobody_was_seen_to_verify_is_off_and_the_rest_is_on(sources: tuple[Source, ...]) -> None:
    for source in sources:
        assert source.evidence is not None
        assert source.evidence.status in ("V", "L", "U"), source.id
        assert source.enabled == (source.evidence.status != "U"), source.id


def test_a_word_on_rights_names_the_file_that_says_so(sources: tuple[Source, ...]) -> None:
    for source in sources:
        said = {source.terms.robots, source.terms.reuse, source.terms.mining}
        assert (source.terms.where is not None) == (said != {"unknown"}), source.id
        assert source.terms.robots != "disallowed", source.id


def test_no_address_is_fetched_for_two_sources_however_it_is_spelt(sources: tuple[Source, ...]) -> None:
    assert find_duplicates(sources) == ()


def test_no_source_is_asked_more_often_than_every_half_hour_or_faster_than_every_two_seconds(
        sources: tuple[Source, ...]) -> None:
    assert min(source.every.total_seconds() for source in sources) >= 1800
    assert min(source.delay.total_seconds() for source in sources) >= 2


def test_the_opaque_addresses_of_the_rferl_network_are_not_written_down(sources: tuple[Source, ...]) -> None:
    # They vary from list to list and go stale: /api/ followed by nothing is the one that stays.
    network = [source for source in sources if "RFE/RL" in (source.terms.where or "")]
    assert len(network) >= 10
    assert all(address.endswith("/api/") for source in network for address in source.addresses)
    assert not [address for source in sources for address in source.addresses if "-vomx-" in address]


def test_no_aggregator_whose_terms_forbid_it_is_in_it(sources: tuple[Source, ...]) -> None:
    addresses = [address for source in sources for address in source.addresses]
    assert not [address for address in addresses if "news.google." in address or "bing.com" in address]


def test_the_files_are_plain_toml_for_other_tools_too() -> None:
    for file in resources.files("crawler.sources").iterdir():
        if file.name.endswith(".toml"):
            assert tomllib.loads(file.read_text(encoding="utf-8"))["source"]
