import time

import pytest

from crawler.extract.html import LARGEST_MARKUP, MOST_TAGS, decode, is_html, parse_html, shrink
from store.errors import ExtractionError

RUSSIAN = "Президент встретился с министром иностранных дел и обсудил с ним итоги переговоров, которые шли всю неделю. "
GERMAN = "Über Nacht größer geworden: die Prüfung der Verträge. "


@pytest.mark.parametrize(("text", "encoding"), [
    (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (RUSSIAN, "utf-8"), (GERMAN, "iso-8859-1"),
    ("日本の外相が会談した。", "shift_jis"),
    ("两国外长举行会谈。", "gb18030"), ("兩國外長舉行會談。", "big5"), ("العلاقات بين البلدين", "cp1256"),
    ("양국 외교장관 회담", "euc-kr"),
])
def test_a_declared_charset_is_read(text, encoding):
    page = f"<html><head><meta charset={encoding}></head><body><p>{text * 3}</p></body></html>"
    assert decode(page.encode(encoding)) == page
    bare = f"<p>{text * 3}</p>"
    assert decode(bare.encode(encoding), f"text/html; charset={encoding}") == bare


def test_utf8_is_recognised_whatever_is_declared():
    page = f"<meta charset=iso-8859-1><p>{RUSSIAN}</p>"
    assert decode(page.encode(), "text/html; charset=windows-1252") == page


def test_the_page_is_believed_before_the_header():
    page = f"<meta charset=windows-1251><p>{RUSSIAN}</p>"
    assert decode(page.encode("cp1251"), "text/html; charset=iso-8859-1") == page


def test_a_latin_charset_claimed_for_cyrillic_is_not_believed():
    page = f"<html><p>{RUSSIAN * 10}</p></html>"
    assert decode(page.encode("cp1251"), "text/html; charset=iso-8859-1") == page


def test_an_undeclared_charset_is_guessed():
    page = f"<html><p>{RUSSIAN * 10}</p></html>"
    assert decode(page.encode("cp1251")) == page


@pytest.mark.parametrize("codec", ["undefined", "rot13", "base64", "idna", "punycode", "nonsense", ""])
def test_a_codec_that_is_no_charset_is_not_believed(codec):
    assert RUSSIAN[:40] in decode(f"<p>{RUSSIAN * 3}</p>".encode("cp1251"), f"text/html; charset={codec}")


def test_a_byte_order_mark_decides():
    page = f"<meta charset=utf-8><p>{RUSSIAN}</p>"
    assert decode(page.encode("utf-16"), "text/html; charset=utf-8") == page
    assert decode(b"\xef\xbb\xbf" + page.encode()) == page


def test_utf16_without_a_mark_is_read():
    page = "<html><body><p>Hello, it is me again.</p></body></html>"
    assert decode(page.encode("utf-16-le")) == page


def test_one_broken_sequence_does_not_make_utf8_something_else():
    page = f"<p>{RUSSIAN * 5}</p>".encode()
    assert decode(page[:60] + b"\xff" + page[60:]).count("\ufffd") == 1


@pytest.mark.parametrize(("text", "encoding"), [
    ("日本の外相が火曜日に東京で会談した。", "shift_jis"), ("日本の外相が火曜日に東京で会談した。", "euc-jp"),
    ("양국 외교장관은 화요일 서울에서 회담했다.", "euc-kr"), ("兩國外長週二在台北舉行會談。", "big5"),
    ("İki bakan salı günü görüştü, şartları ağırdı.", "windows-1254"), ("שר החוץ נפגש עם עמיתו", "windows-1255"),
])
def test_a_title_cut_inside_a_character_leaves_a_declared_charset_what_it_is(text, encoding):
    page = f"<html><head><meta charset={encoding}><title>x</title></head><body><p>{text * 3}</p></body></html>"
    assert decode(page.encode(encoding).replace(b">x<", b">\x81\xff<")).endswith(f"<p>{text * 3}</p></body></html>")


def test_japanese_in_seven_bits_is_no_ascii():
    page = "<html><head><meta charset=iso-2022-jp></head><body><p>日本の外相が会談した。</p></body></html>"
    assert decode(page.encode("iso-2022-jp")) == page


def test_utf16_named_in_a_page_of_single_bytes_is_not_believed():
    page = f"<html><head><meta charset=utf-16></head><body><p>{RUSSIAN * 10}</p></body></html>"
    assert decode(page.encode("cp1251")) == page


@pytest.mark.parametrize(("body", "reason"), [
    (b"", "empty"), (b" \n ", "empty"), (b"%PDF-1.7 <a>", "not_html"), (b"\x89PNG\r\n<p>", "not_html"),
    (b"just words", "not_html"),
    (b'<?xml version="1.0"?><rss version="2.0"><channel/></rss>', "not_html"), (b'{"error": 404}', "not_html"),
    (b"<feed xmlns='http://www.w3.org/2005/Atom'></feed>", "not_html"), (b"<!---->", "not_html"),
])
def test_what_is_no_page_is_named(body, reason):
    with pytest.raises(ExtractionError) as error:
        parse_html(body)
    assert error.value.reason == reason


def test_scripts_do_not_make_a_page_too_large():
    script = "<script>" + "x = 1;\n" * (LARGEST_MARKUP // 6) + "</script>"
    tree = parse_html(f"<html><body>{script}<p>Words</p></body></html>".encode())
    assert "Words" in tree.text_content()


def test_a_page_of_too_much_markup_is_named():
    with pytest.raises(ExtractionError) as error:
        parse_html(b"<html>" + b"<p>word</p>" * (LARGEST_MARKUP // 8))
    assert error.value.reason == "too_large"


def test_a_page_of_too_many_tags_is_named_unless_they_are_drawings():
    drawing = "<svg>" + "<path/>" * MOST_TAGS + "</svg>"
    assert "Words" in parse_html(f"<html><body>{drawing}<p>Words</p></body></html>".encode()).text_content()
    with pytest.raises(ExtractionError) as error:
        parse_html(b"<html>" + b"<p>a" * (MOST_TAGS + 1))
    assert error.value.reason == "too_large"


def test_json_ld_survives_shrinking():
    ld = '<script type="application/ld+json">{"@type": "NewsArticle"}</script>'
    assert shrink(f"<!-- c --><style>a</style>{ld}<p>x</p><svg><path/></svg>") == f"{ld}<p>x</p>"


@pytest.mark.parametrize("unit", ["<!--", "<script>", "<svg ", "<style></styl", "<script><!--"])
def test_shrinking_takes_linear_time(unit):
    started = time.process_time()
    shrink(unit * (3_000_000 // len(unit)))
    assert time.process_time() - started < 5


def test_nul_bytes_and_deep_nesting_and_huge_attributes_are_parsed():
    deep = b"<div>" * 5_000 + b"<p>end</p>"
    assert parse_html(deep) is not None
    assert parse_html(b"<html><p\x00>wo\x00rds</p>").text_content() == "words"
    assert "words" in parse_html(b'<html><a href="' + b"x" * 1_000_000 + b'">words</a>').text_content()


def test_a_page_with_an_xml_declaration_is_parsed():
    page = '<?xml version="1.0" encoding="iso-8859-1"?><!DOCTYPE html><html><body><p>Größe</p></body></html>'
    assert "Größe" in parse_html(page.encode("iso-8859-1")).text_content()


def test_a_fragment_is_a_page():
    assert is_html(b"<p>x</p>")
    assert not is_html(b"a < b and b > c")


def test_a_tag_of_endless_attributes_loses_them_and_an_address_of_endless_length_stays():
    attributes = " ".join(f"a{number}='{number}'" for number in range(50_000))
    tree = parse_html(f"<html><body><p {attributes}>words</p><a href='/{'x' * 9000}'>link</a></body></html>".encode())
    assert [len(element.attrib) for element in tree.iter("p", "a")] == [0, 1]
    assert tree.text_content() == "wordslink"
