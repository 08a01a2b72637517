import urllib.error
import urllib.request
from datetime import timedelta

import pytest

from crawler.demo.server import holds, serve_site, source
from crawler.demo.site import build_site


@pytest.fixture(scope="module")
def base_url():
    with serve_site() as url:
        yield url


def fetch(url, *, method="GET", **headers):
    # An opener of our own: a proxy in the environment has no business with loopback.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    request = urllib.request.Request(url, method=method, headers=headers)
    try:
        with opener.open(request, timeout=5) as response:
            return response.status, response.headers, response.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


def test_every_asset_is_served_with_its_type_and_a_validator(base_url):
    for path, asset in build_site(base_url).items():
        status, headers, body = fetch(base_url + path)
        assert (status, headers["Content-Type"], body) == (200, asset.content_type, asset.body)
        assert headers["ETag"].startswith('"')


def test_who_holds_the_same_bytes_gets_304_and_no_body(base_url):
    _, headers, _ = fetch(f"{base_url}/feed.xml")
    status, again, body = fetch(f"{base_url}/feed.xml", **{"If-None-Match": headers["ETag"]})
    assert (status, again["ETag"], body) == (304, headers["ETag"], b"")


def test_who_holds_other_bytes_gets_the_asset(base_url):
    status, _, body = fetch(f"{base_url}/feed.xml", **{"If-None-Match": '"something-else"'})
    assert status == 200
    assert body


def test_a_head_request_gets_the_headers_alone(base_url):
    status, headers, body = fetch(f"{base_url}/", method="HEAD")
    assert (status, body) == (200, b"")
    assert int(headers["Content-Length"]) > 0


@pytest.mark.parametrize("path", ["/sitemap-news.xml", "/nothing-here/"])
def test_an_unknown_path_is_not_found(base_url, path):
    assert fetch(base_url + path)[0] == 404


def test_the_query_of_an_address_is_ignored(base_url):
    assert fetch(f"{base_url}/robots.txt?utm_source=feed")[0] == 200


def test_nothing_is_printed_while_serving(base_url, capfd):
    fetch(f"{base_url}/nothing-here/")
    assert capfd.readouterr() == ("", "")


def test_the_site_is_gone_when_the_demo_is_over():
    with serve_site() as url:
        assert url.startswith("http://127.0.0.1:")
    with pytest.raises(urllib.error.URLError):
        fetch(url)


@pytest.mark.parametrize(("if_none_match", "held"), [
    ('"a"', True), ('W/"a"', True), ('"b", "a"', True), ("*", True), ('"b"', False), ("", False)])
def test_validators_are_compared_weakly(if_none_match, held):
    assert holds(if_none_match, '"a"') is held


def test_the_site_is_a_source_like_any_other_but_for_its_delay():
    declared = source("http://127.0.0.1:8000")
    assert (declared.id, declared.site) == ("demo", "http://127.0.0.1:8000/")
    assert declared.feeds == ("http://127.0.0.1:8000/feed.xml",)
    assert declared.delay == timedelta(0)
