"""The Gregorian days of dates in other calendars, against days that are known."""

from datetime import date

import pytest

from crawler.extract.facts.calendars import ethiopic_day, hijri_day, persian_day


@pytest.mark.parametrize(("year", "month", "day", "gregorian"), [
    (1370, 1, 1, date(1991, 3, 21)), (1375, 12, 30, date(1997, 3, 20)), (1399, 12, 30, date(2021, 3, 20)),
    (1402, 12, 15, date(2024, 3, 5)), (1403, 1, 1, date(2024, 3, 20)), (1404, 7, 1, date(2025, 9, 23)),
])
def test_a_persian_date_is_the_day_it_is(year: int, month: int, day: int, gregorian: date) -> None:
    assert persian_day(year, month, day) == gregorian


def test_the_leap_years_of_persia_are_known() -> None:
    leap = [year for year in range(1370, 1421) if (persian_day(year + 1, 1, 1) - persian_day(year, 1, 1)).days == 366]
    assert leap == [1370, 1375, 1379, 1383, 1387, 1391, 1395, 1399, 1403, 1408, 1412, 1416, 1420]


@pytest.mark.parametrize(("year", "month", "day", "gregorian"), [
    (2000, 1, 1, date(2007, 9, 12)), (2016, 1, 1, date(2023, 9, 12)), (2016, 6, 26, date(2024, 3, 5)),
    (2017, 1, 1, date(2024, 9, 11)), (2015, 13, 6, date(2023, 9, 11)),
])
def test_an_ethiopic_date_is_the_day_it_is(year: int, month: int, day: int, gregorian: date) -> None:
    assert ethiopic_day(year, month, day) == gregorian


@pytest.mark.parametrize(("year", "month", "day", "gregorian"), [
    (1445, 9, 1, date(2024, 3, 11)), (1446, 1, 1, date(2024, 7, 7)), (1440, 12, 10, date(2019, 8, 11)),
])
def test_an_islamic_date_is_within_a_day_of_the_one_it_is(year: int, month: int, day: int, gregorian: date) -> None:
    assert abs((hijri_day(year, month, day) - gregorian).days) <= 1


@pytest.mark.parametrize("reckoning", [persian_day, ethiopic_day, hijri_day])
def test_a_day_that_no_month_has_is_refused(reckoning) -> None:  # type: ignore[no-untyped-def]
    for month, day in ((0, 1), (14, 1), (1, 0), (1, 32)):
        with pytest.raises(ValueError, match="no such"):
            reckoning(1400, month, day)
