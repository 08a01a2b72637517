"""Objects in JSON-LD, whole and broken."""

import time

import lxml.html
import pytest

from crawler.extract.facts.jsonld import Node, find_article, objects, parse_jsonld, strings, types


def parse(*scripts: str) -> tuple[Node, ...]:
    page = "".join(f'<script type="application/ld+json">{script}</script>' for script in scripts)
    tree = lxml.html.document_fromstring(f"<html><head>{page}</head><body><p>x</p></body></html>")
    return parse_jsonld(tree.iter("script"))


ARTICLE = '{"@type": "NewsArticle", "headline": "A treaty"}'


def test_graphs_lists_and_main_entities_are_unfolded() -> None:
    assert len(parse(f'{{"@graph": [{ARTICLE}, {{"@type": "WebPage"}}]}}')) == 2
    assert len(parse(f"[{ARTICLE}]", ARTICLE)) == 2
    assert [types(node) for node in parse(f'{{"@type": "WebPage", "mainEntity": {ARTICLE}}}')] == [("WebPage",),
        ("NewsArticle",)]


@pytest.mark.parametrize("broken", [
    '{"@type": "NewsArticle", "headline": "A treaty",}',
    '{"@type": "NewsArticle",, "headline": "A treaty"}',
    '<!-- {"@type": "NewsArticle", "headline": "A treaty"} -->',
    '//<![CDATA[\n{"@type": "NewsArticle", "headline": "A treaty"}\n//]]>',
    '{"@type": "NewsArticle", "headline": "A treaty"};',
    '{"@type": "NewsArticle", "headline": "A treaty"} {"@type": "WebPage"}',
    '{"@type": "NewsArticle", "description": "It\\\'s\nbroken", "headline": "A treaty"}',
    '{&quot;@type&quot;: &quot;NewsArticle&quot;, &quot;headline&quot;: &quot;A treaty&quot;}',
    '{"@type": "NewsArticle", "description": "she said "no" to it", "headline": "A treaty"}',
    '{"@type": "NewsArticle", "headline": "A treaty", "articleBody": "cut off',
])
def test_broken_json_still_says_what_is_certain(broken: str) -> None:
    assert next(strings(parse(broken)[0].get("headline"))) == "A treaty"


@pytest.mark.parametrize("script", ["", "null", "[]", "{", "not json", '{"a": 1}', "[" * 100_000, '"' * 9_999])
def test_what_is_no_json_gives_nothing(script: str) -> None:
    assert parse(script) == ()


def test_hostile_scripts_cost_no_time() -> None:
    began = time.process_time()
    parse('{"@type": "Article", "headline": "' + "\\" * 200_000, '{"headline"' + " " * 200_000, "{" + '"a":{' * 50_000,
          "Article" + '"headline" : "' * 50_000, ",\n" * 100_000 + "x")
    assert time.process_time() - began < 1.0


def find(nodes: tuple[Node, ...], *, address: str = "example.org/a", title: str = "atreaty") -> list[str]:
    found = find_article(nodes, addresses=frozenset({address}), titles=frozenset({title}))
    return [next(strings(node.get("headline"))) for node in found]


def test_the_article_of_this_page_is_chosen_by_its_address_then_by_its_headline() -> None:
    other = '{"@type": "NewsArticle", "headline": "Another", "url": "https://example.org/b", "articleBody": "x"}'
    own = '{"@type": "NewsArticle", "headline": "A treaty", "mainEntityOfPage": {"@id": "https://www.example.org/a/"}}'
    assert find(parse(other, own)) == ["A treaty"]
    assert find(parse(other.replace("/b", "/c"), ARTICLE)) == ["A treaty"]


def test_an_article_that_names_no_address_is_taken_though_its_headline_differs() -> None:
    assert find(parse('{"@type": "NewsArticle", "headline": "Treaty signed"}')) == ["Treaty signed"]


def test_only_articles_are_articles() -> None:
    assert find(parse('{"@type": "Product", "headline": "A treaty"}',
        '{"@type": "https://schema.org/ReportageNewsArticle", "headline": "R"}')) == ["R"]


def test_an_author_given_by_its_id_is_looked_up() -> None:
    nodes = parse('{"@graph": [{"@type": "NewsArticle", "author": {"@id": "#jane"}},'
                  ' {"@type": "Person", "@id": "#jane", "name": "Jane Doe"}]}')
    assert [item["name"] for item in objects(nodes[0].get("author"), nodes)] == ["Jane Doe"]


def test_what_follows_an_ampersand_in_an_address_is_no_sign() -> None:
    assert list(strings("https://example.org/i.jpg?id=5&amp;w=1&section=2")) == [
        "https://example.org/i.jpg?id=5&w=1&section=2"]


def test_half_an_emoji_and_control_characters_are_no_text() -> None:
    (node,) = parse('{"@type": "NewsArticle", "headline": "A treaty\\u0000 \\ud83d", "author": ["\\ud83d\\ude00 Jane"]}')
    assert [*strings(node.get("headline")), *strings(node.get("author"))] == ["A treaty", "\U0001f600 Jane"]
