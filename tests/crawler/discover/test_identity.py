"""One article, one key; two articles, two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.discover.identity import choose_canonical, choose_original, identify, registrable_domain
from tests.quality.urls import APART_FLOOR, MERGED_FLOOR, PAIRS, main, read_pairs, share

ARTICLE = "https://www.example.com/world/2024/05/06/talks-resume-in-geneva/"


def test_addresses_of_one_article_merge_and_of_two_stay_apart():
    pairs = list(read_pairs(PAIRS))
    merge, apart = [pair for pair in pairs if pair.same], [pair for pair in pairs if not pair.same]
    assert len(merge) >= 150 and len(apart) >= 150 and len({pair.family for pair in pairs}) >= 20
    assert [pair for pair in apart if not pair.is_right()] == []
    assert share(apart) >= APART_FLOOR and share(merge) >= MERGED_FLOOR


def test_the_measure_fails_below_its_floor(tmp_path, capsys):
    file = tmp_path / "pairs.jsonl"
    file.write_text('{"a": "https://example.com/?id=1", "b": "https://example.com/?id=2", "same": true}\n')
    assert main(["--pairs", str(file)]) == 1
    assert "not merged" in capsys.readouterr().out


@pytest.mark.parametrize(
    "spelling",
    [
        "http://example.com/world/2024/05/06/talks-resume-in-geneva",
        "HTTPS://WWW.EXAMPLE.COM:443/world/2024/05/06/talks-resume-in-geneva/",
        "https://www.example.com//world/2024/05/./06/talks-resume-in-geneva/index.html",
        "https://m.example.com/world/2024/05/06/talks-resume-in-geneva/amp/?utm_source=x#comments",
        "https://www.example.com/world/2024/05/06/Talks-Resume-in-Geneva?print=1",
        "https://www.example.com/world/2024/05/06/talks%2Dresume%2din-geneva\n",
    ],
)
def test_spellings_of_one_article_share_a_key(spelling):
    assert identify(spelling) == identify(ARTICLE)


def test_a_key_is_readable_and_its_own_identity():
    key = identify("http://www.example.com/index.php?b=2&a=1&utm_source=x")
    assert key == "https://example.com/?a=1&b=2"
    assert identify(key) == key


def test_a_file_keeps_its_address():
    assert identify("file:///srv/Pages/A.html?x=1#y") == "file:///srv/Pages/A.html?x=1#y"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "example.com/a",
        "/a/b",
        "ftp://example.com/a",
        "mailto:a@example.com",
        "http://",
        "https:///",
        "https://..",
        "javascript:void(0)",
    ],
)
def test_what_is_no_address_is_refused(text):
    with pytest.raises(ValueError):
        identify(text)


@pytest.mark.parametrize(
    "rubbish",
    [
        "http://[::1",
        "https://example.com:99x/",
        "http://a b/c",
        "https://%zz/%",
        "https://example.com/\ud800",
        "http://user@@host:/x;;?&&=&=#",
    ],
)
def test_rubbish_with_a_host_still_has_a_key(rubbish):
    key = identify(rubbish)
    assert identify(key) == key


PIECES = st.sampled_from(
    [
        "a",
        "amp",
        "print",
        "m",
        "www",
        "index.php",
        "index.html",
        "node",
        "12345",
        "1234567.html",
        "..",
        "%2F",
        "%e4",
        "é",
        "e\u0301",
        "page",
        "1",
        "2",
        ";jsessionid=1",
        "(S(x))",
        "Talks-In",
        "?",
        "&",
        "=",
        "id",
        "ref",
        "rss",
        "utm_source",
        "_escaped_fragment_",
        "!",
        "#",
        "/",
        "/",
        "/",
        "+",
        "%26",
        " ",
        "%",
        ".amp",
        "-print.html",
        "comment-page-2",
        "q=node/5",
        "article12345.ece",
        "wiki",
        "\\",
    ]
)


@given(
    st.lists(PIECES, max_size=14).map("".join), st.sampled_from(["example.com", "m.example.co.uk", "bücher.example"])
)
def test_identity_is_settled_at_once(rest, host):
    key = identify(f"http://{host}/{rest}")
    assert identify(key) == key


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("news.example.co.uk", "example.co.uk"),
        ("www.example.com", "example.com"),
        ("one.blogspot.com", "one.blogspot.com"),
        ("co.uk", "co.uk"),
        ("localhost", "localhost"),
        ("127.0.0.1", "127.0.0.1"),
        ("a.b.unknown-suffix", "b.unknown-suffix"),
        ("WWW.Bücher.de", "xn--bcher-kva.de"),
    ],
)
def test_the_registered_domain_comes_from_the_bundled_list(host, domain):
    assert registrable_domain(host) == domain


@pytest.mark.parametrize(
    ("candidate", "chosen"),
    [
        ("/world/2024/05/06/talks-resume-in-geneva", "https://www.example.com/world/2024/05/06/talks-resume-in-geneva"),
        ("https://news.example.com/2024/05/06/talks", "https://news.example.com/2024/05/06/talks"),
        ("https://www.example.com/", None),
        ("https://www.example.com/world/", None),
        ("https://www.example.com/world/2024/", None),
        ("https://other.example.org/2024/05/06/talks-resume-in-geneva", None),
        ("http://localhost:3000/talks", None),
        ("https://staging.example.com/world/2024/05/06/talks-resume-in-geneva", None),
        ("javascript:void(0)", None),
        ("", None),
        ("http://[broken", None),
        (None, None),
    ],
)
def test_a_canonical_link_is_believed_only_when_it_can_be(candidate, chosen):
    assert choose_canonical(ARTICLE, candidate) == chosen


def test_a_saved_page_may_name_any_public_address_but_a_home_page():
    assert choose_canonical("file:///saved/1.html", "https://example.com/a") == "https://example.com/a"
    assert choose_canonical("file:///saved/1.html", "https://example.com/") is None


@pytest.mark.parametrize(("candidates", "original"), [
    (["https://courier.example/world/talks-on-the-border"], "https://courier.example/world/talks-on-the-border"),
    ([ARTICLE, "https://courier.example/world/talks"], "https://courier.example/world/talks"),
    (["https://courier.example/"], None),
    (["https://localhost/world/talks", "http://10.0.0.1/talks", "https://staging.courier.example/talks"], None),
    (["ftp://origin.example/talks", "//[broken", ""], None),
    ([], None),
])
def test_an_article_elsewhere_that_a_page_names_as_its_own_is_the_original(candidates, original):
    assert choose_original(ARTICLE, candidates) == original


def test_another_domain_of_the_same_name_is_the_outlets_own():
    assert choose_original("https://www.paper.com/world/talks", ["https://paper.co.uk/world/talks"]) is None
    assert choose_original("file:///saved/1.html", ["https://paper.co.uk/world/talks"]) is None
    assert choose_canonical("file:///saved/1.html", "http://localhost/a") is None
    assert choose_canonical("file:///saved/1.html", "2.html") is None
