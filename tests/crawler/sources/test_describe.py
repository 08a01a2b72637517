"""What an entry says of its site, and what it does not invent."""

import pytest

from crawler.sources.announced import Announced, Kind
from crawler.sources.describe import suggest_country, suggest_id, suggest_language, suggest_name
from crawler.sources.found import FoundSite
from crawler.sources.probe import Fetched


def found(page: str | None = None, *, title: str | None = None, language: str | None = None) -> FoundSite:
    home = None if page is None else Fetched(
        requested_url="https://a.test/", url="https://a.test/", status=200, body=page.encode())
    feed = Announced(kind=Kind.FEED, url="https://a.test/feed", links=(), title=title, language=language)
    return FoundSite(site="https://a.test/", feeds=(feed,), sitemaps=(), sections=(), left_out=(), home=home)


@pytest.mark.parametrize(("host", "id"), [
    ("www.bbc.co.uk", "bbc"), ("evropaelire.org", "evropaelire"), ("english.kyodonews.net", "kyodonews-english"),
    ("127.0.0.1", "127-0-0-1"), ("localhost", "localhost"), ("www.ORF.at", "orf"),
])
def test_an_id_is_made_of_the_host(host: str, id: str) -> None:
    assert suggest_id(host) == id


@pytest.mark.parametrize(("host", "country"), [
    ("www.gov.uk", "GB"), ("reporter.al", "AL"), ("example.org", None), ("example.io", None), ("example.tv", None),
    ("europa.eu", None), ("127.0.0.1", None),
])
def test_a_country_is_named_only_where_the_domain_says_it(host: str, country: str | None) -> None:
    assert suggest_country(host) == country


def test_a_site_is_called_what_it_calls_itself() -> None:
    page = "<html><head><title>Front page</title><meta property='og:site_name' content=' The\n Envoy '></head></html>"
    assert suggest_name(found(page, title="Feed"), host="a.test") == "The Envoy"
    assert suggest_name(found("<html><head><title>Front page</title></head></html>"), host="a.test") == "Front page"
    assert suggest_name(found(None, title="Feed"), host="a.test") == "Feed"


def test_a_site_that_says_nothing_or_too_much_is_called_by_its_host() -> None:
    assert suggest_name(found(None), host="a.test") == "a.test"
    assert suggest_name(found(f"<html><head><title>{'word ' * 40}</title></head></html>"), host="a.test") == "a.test"
    assert suggest_name(found(""), host="a.test") == "a.test"


def test_the_language_is_the_feed_s_before_the_page_s() -> None:
    assert suggest_language(found("<html lang='de'>", language="fr-CH")) == "fr"
    assert suggest_language(found("<html lang='de'>")) == "de"
    assert suggest_language(found("<html lang='xx'>", language="")) is None
