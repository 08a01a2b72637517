"""Any bytes end in an article or in a named reason."""

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.extract.reader import extract
from store.errors import ExtractionError
from store.values import Article
from tests.crawler.extract.theme import LONG, page_of, themed

BODY = (*LONG, "[ad_1]", "Source: https://origin.example/a/1", LONG[0] + " (Reuters)")
PAGE = themed("Ministers meet", BODY).encode()
TYPES = st.sampled_from([
    "text/html", "text/html; charset=utf-16", "text/plain", "", "application/xhtml+xml; charset=nonsense",
])
JUNK = st.sampled_from([
    b"\0", b"<", b"</div>", b"<!--", b"<![CDATA[", b"&#0;", b"&#x110000;", b"\xff\xfe", b"<table><tr><li>",
    b"<script>", b"]]>",
    b'<meta charset="utf-7">', b"<p" + b" a" * 300 + b">", b"<div>" * 300, "\u202e\ud7ff".encode(),
    b"<svg><math><title>", b"<base href='http://['>",
])
RELAXED = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)


def ends_well(body, content_type):
    try:
        article = extract(page_of(body, content_type=content_type))
    except ExtractionError as error:
        assert re.fullmatch(r"[a-z_]+", error.reason)
        return
    assert isinstance(article, Article)
    assert article.paragraphs
    assert all(paragraph.strip() and "\n" not in paragraph for paragraph in article.paragraphs)
    assert all(re.fullmatch(r"line [1-9]\d*(, start|, end)?", removal.where) for removal in article.removed)


@RELAXED
@given(start=st.integers(0, len(PAGE)), end=st.integers(0, len(PAGE)), content_type=TYPES)
def test_a_truncated_page_ends_well(start, end, content_type):
    ends_well(PAGE[start:end], content_type)
    ends_well(PAGE[:end], content_type)


@RELAXED
@given(places=st.lists(st.tuples(st.integers(0, len(PAGE)), JUNK), min_size=1, max_size=12), content_type=TYPES)
def test_a_mutilated_page_ends_well(places, content_type):
    body = PAGE
    for place, junk in places:
        body = body[:place] + junk + body[place + len(junk):]
    ends_well(body, content_type)


@RELAXED
@given(body=st.binary(max_size=400), content_type=TYPES)
def test_any_bytes_end_well(body, content_type):
    ends_well(body, content_type)


@RELAXED
@given(lines=st.lists(st.text(max_size=120), max_size=12))
def test_any_lines_end_well(lines):
    ends_well("\n".join((LONG[0], *lines)).encode(errors="replace"), "text/plain")
