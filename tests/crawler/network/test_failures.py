"""How failures are weighed, and when they are ours."""

from asyncio import Event
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import cast

import pytest

from crawler.network.failures import Kind, Reachability, weigh_failure
from crawler.runner import check_of
from crawler.sources import Source
from crawler.workshop import PageFailure, Run, Workshop

STARTED = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.mark.parametrize(("reason", "kind"), [
    ("http_404", Kind.HARD), ("http_410", Kind.HARD), ("unknown_host", Kind.HARD), ("robots_forbidden", Kind.HARD),
    ("http_403", Kind.SOFT), ("empty", Kind.SOFT), ("not_a_feed", Kind.SOFT), ("no_links", Kind.SOFT),
    ("redirect_loop", Kind.SOFT), ("a word of tomorrow", Kind.SOFT),
    ("timeout", Kind.TEMPORARY), ("http_500", Kind.TEMPORARY), ("http_503", Kind.TEMPORARY),
    ("connection_refused", Kind.TEMPORARY), ("http_429", Kind.TEMPORARY), ("host_paused", Kind.TEMPORARY),
])
def test_each_failure_has_its_weight(reason: str, kind: Kind) -> None:
    assert weigh_failure(reason) is kind


def test_three_sources_in_a_row_out_of_reach_are_our_own_network() -> None:
    reach = Reachability()
    for source, is_offline in (("a", False), ("a", False), ("b", False), ("c", True)):
        reach.note(source, "unknown_host")
        assert reach.is_offline is is_offline
    reach.note("d", None)
    assert not reach.is_offline


def test_an_answer_that_only_a_server_can_give_shows_that_the_network_is_there() -> None:
    reach = Reachability()
    for source, reason in (("a", "timeout"), ("b", "timeout"), ("c", "http_404"), ("d", "timeout")):
        reach.note(source, reason)
    assert not reach.is_offline


def test_a_run_that_asked_nobody_says_nothing_of_the_network() -> None:
    workshop = SimpleNamespace(reach=Reachability(), stopping=Event())
    for source in "abc":
        workshop.reach.note(source, "unknown_host")
    run = Run(source=Source(id="d", name="D", site="http://d.example/"), workshop=cast(Workshop, workshop))
    until = STARTED + timedelta(minutes=15)
    run.fail_place(PageFailure(url="http://d.example/feed", reason="host_paused", until=until, cause="http_503"))
    check = check_of(run, STARTED)
    assert check is not None
    assert (check.failure, check.reason, check.put_off) == (Kind.OFFLINE, "http_503", until)
    workshop.reach.note("e", None)
    answered = check_of(run, STARTED)
    assert answered is not None and answered.failure == Kind.TEMPORARY
