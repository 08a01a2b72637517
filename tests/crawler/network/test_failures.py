"""How failures are weighed, and when they are ours."""

import pytest

from crawler.network.failures import Kind, Reachability, weigh_failure


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
