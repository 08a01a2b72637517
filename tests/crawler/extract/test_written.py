"""Dates as people write them."""

import pytest
from babel import Locale

from crawler.extract.months import MONTHS_BY_LANGUAGE, month_number
from crawler.extract.written import cut_dates, find_written_date


@pytest.mark.parametrize(("text", "language", "written"), [
    ("19. Dezember 2023, 10:15 Uhr", "de", "2023-12-19"),
    ("15.05.2023 - 13:52 Uhr", "de", "2023-05-15"),
    ("Published: December 20, 2023", "en", "2023-12-20"),
    ("Dec. 22, 2023 5:30 AM EST", "en", "2023-12-22T05:30-05:00"),
    ("12/22/2023 05:00 AM EST", "en", "2023-12-22T05:00-05:00"),
    ("5 de marzo de 2024", "es", "2024-03-05"),
    ("05/03/2024", "es", "2024-03-05"),
    ("1er mars 2024", "fr", "2024-03-01"),
    ("5 марта 2024 г.", "ru", "2024-03-05"),
    ("5 березня 2024", "uk", "2024-03-05"),
    ("18 Qershor 2023", "sq", "2023-06-18"),
    ("2024. március 5.", "hu", "2024-03-05"),
    ("2024 m. kovo 5 d.", "lt", "2024-03-05"),
    ("٥ مارس ٢٠٢٤", "ar", "2024-03-05"),
    ("8 كانون الثاني 2024", "ar", "2024-01-08"),
    ("5 मार्च 2024", "hi", "2024-03-05"),
    ("2023年12月19日 10時", "ja", "2023-12-19"),
    ("2025년 3월 1일", "ko", "2025-03-01"),
    ("Thứ Sáu, 24 tháng 5, 2024", "vi", "2024-05-24"),
    ("24/05/2024 10:00 (GMT+7)", "vi", "2024-05-24T10:00+07:00"),
    ("5 Ağustos 2024", "tr", "2024-08-05"),
    ("22 Desember 2023", "id", "2023-12-22"),
    ("Created 4 May 2024, updated 6 May 2024", "en", "2024-05-04"),
])
def test_a_written_date_is_found(text: str, language: str, written: str) -> None:
    assert str(find_written_date(text, "text", language)) == written


def test_the_language_decides_where_languages_use_one_name_for_two_months() -> None:
    assert str(find_written_date("15. listopada 2023.", "text", "hr")) == "2023-10-15"
    assert str(find_written_date("15 listopada 2023", "text", "pl")) == "2023-11-15"
    assert find_written_date("15 listopada 2023", "text", None) is None


@pytest.mark.parametrize("text", [
    "03/05/2024",  # March or May
    "in May 2024", "Mayor 12, 2024", "31 June 2024", "version 1.2.2024.5", "12:30", "no date", "5 March 1850", "",
    "x" * 9_000 + "5 May 2024",
])
def test_what_may_be_read_in_two_ways_or_none_is_refused(text: str) -> None:
    assert find_written_date(text, "text", "en") is None


def test_dates_are_cut_out_of_a_byline() -> None:
    assert cut_dates("Jane Doe 5 May 2024", "|").strip() == "Jane Doe |"
    assert cut_dates("Studio 54 Press", "|") == "Studio 54 Press"


@pytest.mark.parametrize("language", ["en", "sq", "de", "pl", "uk", "fa", "id", "hy"])
def test_the_months_are_those_of_cldr(language: str) -> None:
    names = Locale.parse(language).months["format"]["wide"]
    assert {month_number(name, language): name for name in names.values()} == dict(names)


def test_every_language_has_twelve_months() -> None:
    for language, groups in MONTHS_BY_LANGUAGE.items():
        assert len(groups.split(" ")) == 12, language
