"""Subscriptions become entries; what is known stays as it is."""

from datetime import UTC, date, datetime
from pathlib import Path

from crawler.sources import Source
from crawler.sources.importing import plan_import
from crawler.sources.loader import load_sources
from crawler.sources.opml import Outline, parse_opml, write_opml
from crawler.sources.writing import append_entry, write_entry

TODAY = date(2026, 11, 22)
KNOWN = Source(id="envoy", name="Envoy", site="https://envoy.test/", feeds=("https://www.envoy.test/feed/",))


def plan(*outlines: Outline, known: tuple[Source, ...] = ()) -> tuple[list[Source], list[tuple[str, str]]]:
    done = plan_import(outlines, known=known, file="mine.opml", today=TODAY)
    return list(done.sources), [(skipped.url, skipped.why) for skipped in done.skipped]


def test_a_plain_subscription_becomes_an_unverified_source() -> None:
    (source,), skipped = plan(Outline(url="https://news.example.org/rss", name="News", language="sq-AL",
                                      categories=("Balkans",)))
    assert skipped == []
    assert (source.id, source.name, source.site) == ("example-news", "News", "https://news.example.org/")
    assert (source.language, source.categories, source.enabled) == ("sq", ("Balkans",), True)
    assert source.evidence is not None
    assert (source.evidence.status, source.evidence.seen) == ("U", "2026-11-22")
    assert source.evidence.where == "imported from mine.opml"


def test_what_is_known_is_left_out_however_it_is_spelt() -> None:
    sources, skipped = plan(Outline(url="https://www.envoy.test/feed/?utm_source=reader"), known=(KNOWN,))
    assert sources == []
    assert skipped == [("https://www.envoy.test/feed/?utm_source=reader", "is known as envoy")]


def test_an_address_that_stands_twice_in_the_file_is_taken_once() -> None:
    sources, skipped = plan(Outline(url="https://a.test/feed"), Outline(url="https://a.test/feed"))
    assert [source.feeds for source in sources] == [("https://a.test/feed",)]
    assert len(skipped) == 1


def test_an_id_that_is_taken_gets_a_number() -> None:
    sources, _ = plan(Outline(url="https://envoy.test/other"), Outline(url="https://envoy.test/third"), known=(KNOWN,))
    assert [source.id for source in sources] == ["envoy-2", "envoy-3"]


def test_an_address_with_a_password_is_left_out_and_not_repeated() -> None:
    sources, skipped = plan(Outline(url="https://me:secret@a.test/feed"), Outline(url="https://b.test/feed"))
    assert [source.feeds for source in sources] == [("https://b.test/feed",)]
    assert "secret" not in skipped[0][1]
    assert "password" in skipped[0][1]


def test_words_of_ours_that_we_do_not_know_are_left_out() -> None:
    (source,), _ = plan(Outline(url="https://a.test/feed", kind="circus", standpoint="mine", country="ZZ",
                                language="x"))
    assert (source.kind, source.standpoint, source.country, source.language) == (None, None, None, None)


def test_the_catalogue_goes_out_and_comes_in_the_same(tmp_path: Path) -> None:
    sources = load_sources(None)
    outlines = parse_opml(write_opml(sources, title="all", now=datetime(2026, 11, 22, tzinfo=UTC)))
    done = plan_import(outlines, known=(), file="all.opml", today=TODAY)
    file = tmp_path / "mine.toml"
    append_entry("\n".join(map(write_entry, done.sources)), file=file)
    kept = [(source.id, source.name, source.site, source.feeds, source.sitemaps, source.sections, source.language,
             source.country, source.kind, source.standpoint, source.enabled) for source in load_sources(file)]
    assert done.skipped == ()
    assert kept == [(source.id, source.name, source.site, source.feeds, source.sitemaps, source.sections,
                     source.language, source.country, source.kind, source.standpoint, source.enabled)
                    for source in sources]
