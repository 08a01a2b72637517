"""Dates as people write them."""

import pytest
from babel import Locale

from crawler.extract.facts.months import MONTHS_BY_LANGUAGE, SPELLINGS, month_number
from crawler.extract.facts.written import cut_dates, find_wall_clock, find_written_date


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
    ("Published March 9, 2026", "en", "2026-03-09"),
    ("Saturday, 12.16.2025", "en", "2025-12-16"),
    ("05/03/2024", "en-GB", "2024-03-05"),
    ("Do 25.04.24 | 14:07 Uhr", "de", "2024-04-25"),
    ("2024. gada 5. martā", "lv", "2024-03-05"),
    ("2024 жылғы 5 наурыз", "kk", "2024-03-05"),
    ("2024-yil 5-mart", "uz", "2024-03-05"),
    ("2024 оны 3-р сарын 5", "mn", "2024-03-05"),
    ("2024ko martxoaren 5a", "eu", "2024-03-05"),
    ("5 d’abril de 2024", "ca", "2024-04-05"),
    ("5 ta’ Marzu 2024", "mt", "2024-03-05"),
    ("5 במרץ 2024", "he", "2024-03-05"),
    ("5 كانون الثاني/يناير 2024", "ar", "2024-01-05"),
    ("5 ΜΑΡΤΙΟΥ 2024", "el", "2024-03-05"),
    ("২৫ ফেব্রুয়ারি ২০২৪", "bn", "2024-02-25"),
    ("२५ फरवरी २०२४", "hi", "2024-02-25"),
    ("ಮಾರ್ಚ್ 5, 2024", "kn", "2024-03-05"),
    ("5 ئازار 2024", "ckb", "2024-03-05"),
    ("5. marta 2024.", "sr", "2024-03-05"),
    ("二〇二四年十二月三十一日", "zh", "2024-12-31"),
])
def test_a_written_date_is_found(text: str, language: str, written: str) -> None:
    assert str(find_written_date(text, "text", language)) == written


@pytest.mark.parametrize(("text", "language", "written"), [
    ("۱۵ اسفند ۱۴۰۲", "fa", "2024-03-05"),
    ("سه‌شنبه ۱۵ اسفند ۱۴۰۲ - ۱۰:۳۰", "fa", "2024-03-05"),
    ("۱۴۰۲/۱۲/۱۵", "fa", "2024-03-05"),
    ("۱۵ حوت ۱۴۰۲", "prs", "2024-03-05"),
    ("۳۰ اسفند ۱۴۰۳", "fa", "2025-03-20"),
    ("5 มีนาคม 2567", "th", "2024-03-05"),
    ("วันอังคารที่ 5 มีนาคม พ.ศ. 2567", "th", "2024-03-05"),
    ("5 มี.ค. 67 10:30 น.", "th", "2024-03-05"),
    ("05/03/2567", "th", "2024-03-05"),
    ("መጋቢት 5 ቀን 2016 ዓ.ም", "am", "2024-03-14"),
    ("ታህሳስ 10/2016", "am", "2023-12-20"),
    ("5 መጋቢት 2024", "ti", "2024-03-05"),
    ("令和6年3月5日", "ja", "2024-03-05"),
    ("令和元年5月1日", "ja", "2019-05-01"),
    ("民國113年3月5日", "zh", "2024-03-05"),
    ("24 شعبان 1445 هـ - 5 مارس 2024 م", "ar", "2024-03-05"),
    ("الثلاثاء 24 شعبان 1445", "ar", "2024-03-05"),
])
def test_a_date_of_another_calendar_is_its_gregorian_day(text: str, language: str, written: str) -> None:
    assert str(find_written_date(text, "text", language)) == written


def test_of_an_islamic_date_without_its_weekday_the_month_alone_is_certain() -> None:
    assert str(find_written_date("15 شعبان 1445", "text", "ar")) == "2024-02"
    assert find_written_date("20 شعبان 1445", "text", "ar") is None, "the last of February, or the first of March"


@pytest.mark.parametrize(("text", "language"), [
    ("1402/12/15", "en"), ("5 رمضان 2024", "ar"), ("۱۵ اسفند ۲۰۲۴", "fa"), ("24.04.25", "ko"), ("25.04.24", "en"),
    ("32 اسفند 1402", "fa"), ("令和6年13月5日", "ja"), ("二〇二四年十三月一日", "zh"),
])
def test_a_year_that_no_calendar_of_the_page_has_is_refused(text: str, language: str) -> None:
    assert find_written_date(text, "text", language) is None


def test_a_zone_of_two_meanings_is_not_taken_for_americas_on_a_chinese_page() -> None:
    assert str(find_written_date("2024-03-05 10:30 CST", "text", "zh-CN")) == "2024-03-05"
    assert str(find_written_date("2024-03-05 10:30 CST", "text", "en")) == "2024-03-05T10:30-06:00"


@pytest.mark.parametrize(("text", "clock"), [
    ("December 22, 2023 10:00 PM", "2023-12-22T22:00"), ("05.04.2024, 10:30 Uhr", "2024-04-05T10:30"),
    ("5 May 2024", None), ("10:30", None), ("x" * 300 + " 5 May 2024 10:30", None),
])
def test_the_clock_beside_a_date_is_read_without_a_zone(text: str, clock: str | None) -> None:
    found = find_wall_clock(text, "de")
    assert (found and found.isoformat()[:16]) == clock


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


@pytest.mark.parametrize(("text", "written"), [
    ("5 March 2024, 10:00-16:00", "2024-03-05"), ("5 March 2024, 10:00-12:00", "2024-03-05"),
    ("5 March 2024, 10:00 UTC+20", "2024-03-05"), ("5 March 2024, 10:00 +99:00", "2024-03-05"),
    ("5 March 2024, 10:00 -05:00", "2024-03-05T10:00-05:00"),
    ("5 March 2024, 10:00 UTC-05:00", "2024-03-05T10:00-05:00"),
])
def test_a_time_from_and_to_is_no_zone_and_a_zone_that_is_none_costs_the_clock_alone(text: str, written: str) -> None:
    assert str(find_written_date(text, "text", "en")) == written


def test_numerals_that_are_no_number_are_no_date() -> None:
    assert find_written_date("二〇二四年十月十二三日", "text", "zh") is None


def test_dates_are_cut_out_of_a_byline() -> None:
    assert cut_dates("Jane Doe 5 May 2024", "|").strip() == "Jane Doe |"
    assert cut_dates("Studio 54 Press", "|") == "Studio 54 Press"


@pytest.mark.parametrize("language", ["en", "sq", "de", "pl", "uk", "fa", "id", "hy"])
def test_the_months_are_those_of_cldr(language: str) -> None:
    names = Locale.parse(language).months["format"]["wide"]
    assert {month_number(name, language): name for name in names.values()} == dict(names)


def test_every_language_has_twelve_months() -> None:
    for language, groups in (*MONTHS_BY_LANGUAGE.items(), *SPELLINGS.items()):
        assert len(groups.split(" ")) == 12, language


def test_a_name_is_known_without_its_accents_too() -> None:
    assert [month_number(name) for name in ("FEVRIER", "MARZ", "ΜΑΡΤΙΟΥ", "wrzesnia")] == [2, 3, 3, 9]
