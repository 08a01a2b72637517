import pytest

from crawler.discover.identity import identify
from crawler.discover.traps import MOST_DATES, MOST_TOKENS, find_trap, leave_traps
from store.values import Link


def links(*paths: str) -> list[Link]:
    return [Link(url=f"https://a.example{path}", key=identify(f"https://a.example{path}")) for path in paths]


@pytest.mark.parametrize(
    "form", ["/calendar/2026/{:02}", "/events?year=2026&month={}", "/events?date=2026-05-{:02}", "/day/2026-05-{:02}/"]
)
def test_a_calendar_is_left_out_after_a_few_of_its_days(form: str) -> None:
    kept, left_out = leave_traps(links(*(form.format(n) for n in range(1, 29))), is_page=True)
    assert len(kept) == MOST_DATES
    assert left_out == {"calendar": 28 - MOST_DATES}


def test_articles_by_number_and_by_day_with_a_headline_are_no_trap() -> None:
    by_number = [f"/news/{1000 + n}" for n in range(200)]
    by_day = [f"/2026/05/{n % 28 + 1:02}/talks-{n}" for n in range(200)]
    kept, left_out = leave_traps(links(*by_number, *by_day), is_page=True)
    assert len(kept) == 400 and not left_out


def test_a_session_in_the_address_is_left_out() -> None:
    kept, left_out = leave_traps(links(*(f"/talks?visit=ab12cd34ef56ab{n:04}" for n in range(50))), is_page=True)
    assert len(kept) == MOST_TOKENS and left_out == {"session": 50 - MOST_TOKENS}


def test_feeds_may_list_days_and_tokens() -> None:
    days = [f"/briefing/2026-05-{n:02}" for n in range(1, 29)]
    listed = links(*days, *(f"/{n:02}ab12cd34ef56ab78" for n in range(40)))
    assert leave_traps(listed, is_page=False)[0] == tuple(listed)


@pytest.mark.parametrize(
    ("path", "word"),
    [("/a/b/a/b/a/b/a/b/story", "repeating"), ("/" + "/".join("abcdefghijklmnopqrstuvw"), "repeating"),
     ("/" + "a-long-story-" * 400, "too_long"), ("/news/2026/05/talks-begin", None), ("/a/b/a/b/a/story", None)],
)  # fmt: skip
def test_a_path_that_cannot_be_is_named(path: str, word: str | None) -> None:
    assert find_trap(links(path)[0]) == word
