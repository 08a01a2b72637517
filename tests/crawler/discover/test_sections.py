"""Articles on section pages, by the page's own structure."""

import pytest

from crawler.discover.sections import parse_section
from store.errors import DiscoveryError

URL = "https://www.example.com/world"


def addresses(body: str) -> list[str]:
    return [link.url.removeprefix("https://www.example.com") for link in parse_section(body.encode(), url=URL)]


def test_a_plain_list_of_headlines_is_found_whatever_its_addresses_look_like():
    body = (
        '<body><nav><a href="/about">About</a></nav><ul>'
        '<li><a href="/agency">Ministers meet again to discuss the border</a></li>'
        '<li><a href="/x?y=1">Envoy says talks will resume in spring</a></li></ul></body>'
    )
    assert addresses(body) == ["/agency", "/x?y=1"]


def test_a_menu_is_not_a_list_of_articles():
    body = (
        '<header><a href="/a-guide-to-our-long-headlines">A guide to everything that we publish here</a></header>'
        '<div class="main-nav"><a href="/politics">Politics</a><a href="/world-news">World news</a></div>'
        '<footer><a href="/2024/05/06/terms-of-use-of-this-site">Terms of use of this very site</a></footer>'
    )
    assert addresses(body) == []


def test_a_menu_without_a_name_is_known_by_its_words():
    body = (
        "<div>"
        + "".join(f'<p><a href="/section-{word}/">{word}</a></p>' for word in ("Sport", "World", "Money", "Art"))
        + "</div>"
    )
    assert addresses(body) == []


def test_a_headline_inside_an_article_header_counts():
    body = (
        '<main><article><header><h2>'
        '<a href="/2024/05/06/envoy-returns">Envoy returns to the capital after a year</a></h2>'
        '<a class="tag" href="/tag/envoys">Envoys</a><a href="/author/jane-doe">Jane Doe</a></header></article></main>'
    )
    assert addresses(body) == ["/2024/05/06/envoy-returns"]


def test_a_picture_and_its_headline_are_one_link_with_the_headline_as_title():
    body = (
        '<div class="card"><a href="/2024/05/06/envoy-returns"><img alt="A photo of the envoy at the airport on Monday '
        'morning (Photo: Agency)"></a><h3><a href="/2024/05/06/envoy-returns">Envoy returns to the capital</a></h3>'
        '<a href="/2024/05/06/envoy-returns">Read more</a></div>'
    )
    (link,) = parse_section(body.encode(), url=URL)
    assert link.title == "Envoy returns to the capital"


def test_scripts_without_spaces_have_headlines_too():
    body = (
        "<ul>"
        + "".join(f'<li><a href="/n/{number}.html">外交部长在北京会见来访的代表团{number}</a></li>' for number in "123")
        + "</ul>"
    )
    assert addresses(body) == ["/n/1.html", "/n/2.html", "/n/3.html"]


@pytest.mark.parametrize(
    "address",
    [
        "https://other.example.org/2024/05/06/envoy-returns",
        "/",
        "/world",
        "#top",
        "/a.pdf",
        "mailto:a@example.com",
        "javascript:go()",
    ],
)
def test_what_leads_elsewhere_is_left_out(address):
    assert (
        parse_section(f'<li><a href="{address}">Envoy returns to the capital after a year</a></li>'.encode(), url=URL)
        == ()
    )


@pytest.mark.parametrize(
    "address",
    ["/login", "/tag/foreign-policy", "/author/jane-doe", "/about-us", "/category/world", "/newsletter-subscription"],
)
def test_pages_of_the_house_are_left_out(address):
    assert addresses(f'<div><a href="{address}">Our foreign policy</a></div>') == []


def test_another_host_of_the_same_domain_belongs():
    body = '<li><a href="https://blogs.example.com/2024/05/06/envoy">Envoy returns to the capital after a year</a></li>'
    assert len(parse_section(body.encode(), url=URL)) == 1


def test_the_base_of_the_page_resolves_its_links():
    body = (
        '<base href="https://www.example.com/news/"><li><a href="a1">Envoy returns to the capital after a year</a></li>'
    )
    assert addresses(body) == ["/news/a1"]


def test_an_empty_body_says_so():
    with pytest.raises(DiscoveryError) as caught:
        parse_section(b" \n", url=URL)
    assert caught.value.reason == "empty"
