"""Dates as machines write them, and dates in addresses."""

from datetime import UTC, datetime, timedelta

import pytest

from crawler.extract.facts.dates import agree, is_plausible, parse_moment, parse_url_date
from store.values import Moment, Precision

FETCHED = datetime(2024, 6, 1, 12, tzinfo=UTC)


def moment(text: str) -> Moment:
    found = parse_moment(text, "meta")
    assert found is not None, text
    return found


@pytest.mark.parametrize(("text", "written", "precision"), [
    ("2023-03-05T10:00:01+02:00", "2023-03-05T10:00:01+02:00", Precision.SECOND),
    ("2023-03-05T10:00:01.123Z", "2023-03-05T10:00:01+00:00", Precision.SECOND),
    ("2023-03-05T10:00:01+0200", "2023-03-05T10:00:01+02:00", Precision.SECOND),
    ("2023-03-05 10:00:01 -0500", "2023-03-05T10:00:01-05:00", Precision.SECOND),
    ("2023-03-05T10:00Z", "2023-03-05T10:00+00:00", Precision.MINUTE),
    ("2023-03-05T10:00:00+01:00[Europe/Berlin]", "2023-03-05T10:00:00+01:00", Precision.SECOND),
    ("20230305T100001Z", "2023-03-05T10:00:01+00:00", Precision.SECOND),
    ("Sun, 05 Mar 2023 10:00:01 GMT", "2023-03-05T10:00:01+00:00", Precision.SECOND),
    ("Sun, 5 Mar 23 10:00 EST", "2023-03-05T10:00-05:00", Precision.MINUTE),
    ("05 Mar 2023 10:00:01 +0530", "2023-03-05T10:00:01+05:30", Precision.SECOND),
    ("Sun Mar 05 2023 10:00:01 GMT+0100 (CET)", "2023-03-05T10:00:01+01:00", Precision.SECOND),
    ("Sun Mar 5 10:00:01 CET 2023", "2023-03-05T10:00:01+01:00", Precision.SECOND),
    ("March 5, 2023 5:30 PM EST", "2023-03-05T17:30-05:00", Precision.MINUTE),
    ("1678010401", "2023-03-05T10:00:01+00:00", Precision.SECOND),
    ("1678010401000", "2023-03-05T10:00:01+00:00", Precision.SECOND),
    ("2023-03-05", "2023-03-05", Precision.DAY),
    ("2023/03/05", "2023-03-05", Precision.DAY),
    ("20230305", "2023-03-05", Precision.DAY),
    ("2023-03", "2023-03", Precision.MONTH),
])
def test_a_moment_is_read_as_exactly_as_it_is_written(text: str, written: str, precision: Precision) -> None:
    assert (str(moment(text)), moment(text).precision) == (written, precision)


@pytest.mark.parametrize("text", [
    "2023-03-05T10:00:01", "2023-03-05 10:00", "Sun, 05 Mar 2023 10:00:01", "March 5, 2023 5:30 PM",
    "2023-03-05T10:00:01 IST",  # India, Ireland or Israel
])
def test_a_clock_time_without_a_zone_is_known_to_the_day_only(text: str) -> None:
    assert moment(text) == Moment(at=datetime(2023, 3, 5, tzinfo=UTC), precision=Precision.DAY, origin="meta")


@pytest.mark.parametrize("text", [
    "", "   ", "yesterday", "2023", "12:30", "5", "03/05/2023", "2023-02-30", "2023-13-01", "2023-03-05T25:00:00Z",
    "2023-03-05T10:00:00+23:00", "0001-01-01T00:00:00Z", "1970-01-01", "0", "-1", "1", "2022-02-112023-06-08",
    "Updated 2023-03-05", "2023-03-05 or so", "31 Foo 2023", "1" * 10_000, "2023-03-05T" * 5_000, "２０２３-03-05T",
    "99999999999999",
])
def test_what_is_no_whole_date_is_refused(text: str) -> None:
    assert parse_moment(text, "meta") is None


def test_a_moment_says_where_it_was_read() -> None:
    found = parse_moment("2023-03-05", "feed")
    assert found is not None and found.origin == "feed"


@pytest.mark.parametrize(("url", "written"), [
    ("https://example.org/2024/03/05/a-story", "2024-03-05"),
    ("https://example.org/world/2024/3/5/a-story", "2024-03-05"),
    ("https://example.org/2024/mar/05/a-story", "2024-03-05"),
    ("https://example.org/news/20240305-a-story", "2024-03-05"),
    ("https://example.org/a-story-2024-03-05.html", "2024-03-05"),
    ("https://example.org/2024/03/a-story", "2024-03"),
])
def test_an_address_may_carry_a_date(url: str, written: str) -> None:
    assert str(parse_url_date(url)) == written


@pytest.mark.parametrize("url", [
    "https://example.org/a-story", "https://example.org/5123420240305", "https://example.org/2024/99/05/story",
    "https://example.org/story?from=/2024/03/05/", "https://example.org/in-2024-we-vote",
    "https://example.org/1850/03/05/x",
])
def test_numbers_in_an_address_are_not_dates(url: str) -> None:
    assert parse_url_date(url) is None


def test_the_future_and_the_time_before_the_web_are_refused() -> None:
    def at(when: datetime) -> bool:
        return is_plausible(Moment(at=when, precision=Precision.SECOND, origin="meta"), fetched_at=FETCHED)

    assert at(FETCHED) and at(FETCHED + timedelta(hours=20)) and at(datetime(1990, 1, 1, tzinfo=UTC))
    assert not at(FETCHED + timedelta(days=2)) and not at(datetime(1989, 12, 31, tzinfo=UTC))


def test_two_moments_agree_within_the_zones_of_one_day_and_a_month_with_its_days() -> None:
    assert agree(moment("2023-03-05T23:00:00-05:00"), moment("2023-03-06"))
    assert agree(moment("2023-03"), moment("2023-03-31"))
    assert not agree(moment("2023-03-05"), moment("2023-03-08"))
    assert not agree(moment("2023-03"), moment("2023-04-01"))
