"""Languages and countries by their codes."""

import pytest

from crawler.sources.codes import find_country, find_language, is_country, is_language


@pytest.mark.parametrize("code", ["sq", "en", "zh", "be", "ckb", "rom", "tet"])
def test_iso_639_codes_are_languages(code: str) -> None:
    assert is_language(code)


@pytest.mark.parametrize("code", ["SQ", "xx", "und", "mul", "english", "en-GB", "", "zh_Hans"])
def test_other_codes_are_no_languages(code: str) -> None:
    assert not is_language(code)


@pytest.mark.parametrize("code", ["AL", "XK", "GB", "TW", "SS"])
def test_iso_3166_codes_and_kosovo_are_countries(code: str) -> None:
    assert is_country(code)


@pytest.mark.parametrize("code", ["UK", "gb", "EU", "UN", "ZZ", "ALB", "001", "YU", ""])
def test_other_codes_are_no_countries(code: str) -> None:
    assert not is_country(code)


@pytest.mark.parametrize(("text", "code"), [
    ("sqi", "sq"), ("iw", "he"), ("EN", "en"), ("en-GB", "en"), ("pt_BR.UTF-8", "pt"), ("mo", "ro"), ("sh", "sr"),
    ("english", None), ("", None), ("und", None),
])
def test_the_language_that_was_meant_is_found(text: str, code: str | None) -> None:
    assert find_language(text) == code


@pytest.mark.parametrize(("text", "code"), [("uk", "GB"), ("al", "AL"), ("YU", None), ("Albania", None)])
def test_the_country_that_was_meant_is_found(text: str, code: str | None) -> None:
    assert find_country(text) == code
