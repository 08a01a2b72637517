"""The lines of a page, and where they stand."""

import time

import lxml.html

from crawler.extract.body.blocks import find_blocks
from crawler.extract.line_keys import line_keys
from crawler.extract.page_lines import SAMPLE, Place, gather, see_lines
from crawler.extract.reader import extract_with_lines
from store.page_lines import OUTSIDE, TEMPLATE
from tests.crawler.extract.theme import LONG, page_of, text_page, themed

PAGE = """<html><body><nav><p>Home and World</p></nav><article>
<div class="meta">Last changed at noon</div><p>One paragraph of the text.</p><h2>A heading</h2>
<p>Another <b>paragraph</b> of the <i>text</i>.</p><p><strong>A bold heading</strong></p><p>The third paragraph.</p>
<p>The third paragraph.</p><div>Our principles</div></article>
<ul><li><a href="/x">The title of another story</a></li></ul><footer>All rights<br>reserved</footer>
<script>var line = 1</script></body></html>"""
TEXT = ("Last changed at noon", "One paragraph of the text.", "A heading", "Another paragraph of the text.",
        "A bold heading", "The third paragraph.", "The third paragraph.")


def seen(text=TEXT):
    return {line.text: line for line in see_lines(text, find_blocks(lxml.html.document_fromstring(PAGE)))}


def test_all_blocks_of_a_page_are_seen_once_but_for_links_and_navigation():
    assert [*seen()] == [*dict.fromkeys(TEXT), "Our principles", "All rights", "reserved"]


def test_a_line_outside_the_text_is_told_from_one_inside():
    assert {text for text, line in seen().items() if line.place is Place.OUTSIDE} == {
        "Our principles", "All rights", "reserved"}


def test_where_a_line_stands_in_the_text_is_said():
    places = [line.place for line in seen().values()][:6]
    assert places == [Place.HEAD, Place.HEAD, Place.BODY, Place.TAIL, Place.TAIL, Place.TAIL]


def test_headings_are_known_by_their_element_or_by_being_bold():
    assert [text for text, line in seen().items() if line.is_heading] == ["A heading", "A bold heading"]


def test_what_stands_in_another_element_than_the_paragraphs_stands_apart():
    assert [text for text, line in seen().items() if line.is_apart and line.place is not Place.OUTSIDE] == [
        "Last changed at noon", "A heading"]


def test_a_line_that_the_text_has_twice_is_repeated():
    assert [text for text, line in seen().items() if line.is_repeated] == ["The third paragraph."]


def test_a_text_without_a_page_has_its_lines_only():
    assert [line.text for line in see_lines(("One line of it.", "5 March 2026", "Another line."))] == [
        "One line of it.", "Another line."]


def test_reading_a_page_gives_its_article_and_its_lines():
    read = extract_with_lines(page_of(themed("Ministers meet", LONG)))
    assert read.lines.paragraphs == tuple(map(line_keys, read.article.paragraphs))
    assert read.lines.samples[:len(LONG)] == tuple(paragraph[:SAMPLE] for paragraph in LONG)
    place = read.lines.samples.index("© 2024 The Example Courier. All rights reserved.")
    assert read.lines.marks[place] & OUTSIDE and read.lines.keys[place] not in read.lines.in_text


def test_a_key_is_there_once_and_those_of_templates_come_last():
    lines = gather(TEXT, find_blocks(lxml.html.document_fromstring(PAGE)))
    assert len(set(lines.keys)) == len(lines.keys) == len(lines.marks)
    assert [bool(mark & TEMPLATE) for mark in lines.marks] == sorted(bool(mark & TEMPLATE) for mark in lines.marks)
    assert sum(not mark & TEMPLATE for mark in lines.marks) == len(lines.samples)


def test_reading_a_plain_text_gives_its_lines():
    assert len(extract_with_lines(text_page(*LONG)).lines.samples) == len(LONG)


def test_the_names_of_elements_may_be_of_any_length():
    page = f"<html><body><article><p class='{'x' * 400_000}'>One paragraph of the text.</p></article></body></html>"
    blocks = find_blocks(lxml.html.document_fromstring(page))
    started = time.process_time()
    assert len(gather(TEXT, blocks)) > 0
    assert time.process_time() - started < 1


def test_elements_that_are_numbered_are_of_one_kind():
    paragraphs = "".join(f"<p id='par-{n}'>Paragraph {word} of the text.</p>" for n, word in enumerate(("one", "two", "six")))
    page = find_blocks(lxml.html.document_fromstring(f"<article>{paragraphs}<p class='note'>Our principles</p></article>"))
    text = ("Paragraph one of the text.", "Paragraph two of the text.", "Paragraph six of the text.", "Our principles")
    assert [line.is_apart for line in see_lines(text, page)] == [False, False, False, True]
