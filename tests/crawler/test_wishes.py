"""What a feed and its server say of when to ask again."""

from datetime import UTC, datetime, timedelta

import pytest
from scrapy.http import Response

from crawler.discover.feeds import parse_feed
from crawler.spiders.base import read_freshness
from store.timetable.schedule import Wishes

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SY = 'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'


def wishes(channel: str) -> Wishes:
    body = f'<rss version="2.0" {SY}><channel><title>x</title>{channel}</channel></rss>'.encode()
    return parse_feed(body, url="https://example.org/feed").wishes


def test_a_feed_says_how_long_to_wait_and_when_never() -> None:
    said = wishes("<ttl>90</ttl><skipHours><hour>0</hour><hour>24</hour><hour>3</hour></skipHours>"
                  "<skipDays><day>Sunday</day><day>saturday</day></skipDays>")
    assert said == Wishes(pause=timedelta(minutes=90), skip_hours=(0, 3), skip_days=(5, 6))


@pytest.mark.parametrize("channel", ["", "<ttl>soon</ttl>", "<ttl>-5</ttl>", "<ttl>99999999</ttl>",
                                     "<skipHours><hour>25</hour><hour>x</hour></skipHours>",
                                     "<skipDays><day>Someday</day></skipDays>",
                                     "<sy:updatePeriod>hourly</sy:updatePeriod>"])
def test_what_is_no_wish_is_none(channel: str) -> None:
    assert wishes(channel) == Wishes()


def test_a_period_counts_from_a_day_on() -> None:
    assert wishes("<sy:updatePeriod>weekly</sy:updatePeriod>").pause == timedelta(days=7)
    assert wishes("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>1</sy:updateFrequency>"
                  ).pause == timedelta(days=1)
    assert wishes("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>24</sy:updateFrequency>") == Wishes()


@pytest.mark.parametrize(("headers", "seconds"), [
    ({}, 0),
    ({"Cache-Control": "public, max-age=600"}, 600),
    ({"Cache-Control": "max-age=600", "Age": "250"}, 350),
    ({"Cache-Control": "s-maxage=900"}, 0),
    ({"Cache-Control": "no-cache, max-age=600"}, 0),
    ({"Cache-Control": "max-age=600", "Expires": "Sun, 22 Nov 2026 18:00:00 GMT"}, 600),
    ({"Expires": "Sun, 22 Nov 2026 12:10:00 GMT"}, 600),
    ({"Expires": "Sun, 22 Nov 2026 12:10:00 GMT", "Date": "Sun, 22 Nov 2026 12:05:00 GMT"}, 300),
    ({"Expires": "0"}, 0),
    ({"Expires": "Thu, 01 Jan 1970 00:00:00 GMT"}, 0),
    ({"Cache-Control": "max-age=999999999"}, 28 * 86_400),
])
def test_a_server_says_how_long_its_answer_is_fresh(headers: dict[str, str], seconds: int) -> None:
    assert read_freshness(Response("https://example.org/feed", headers=headers), now=NOW).total_seconds() == seconds
