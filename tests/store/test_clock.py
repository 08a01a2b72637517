"""The clock: the machine's, or one that runs faster."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from store.clock import Clock, read_clock
from store.errors import UsageError


def test_without_a_wish_the_clock_is_the_machines():
    clock = read_clock()
    assert abs(clock.now().timestamp() - time.time()) < 1
    moment = datetime(2026, 11, 22, tzinfo=UTC)
    assert clock.to_machine(moment) == moment
    assert clock.real(timedelta(minutes=1)) == 60


def test_a_fast_clock_runs_from_its_origin(monkeypatch):
    monkeypatch.setenv("AVVISI_CLOCK_RATE", "60")
    monkeypatch.setenv("AVVISI_CLOCK_ORIGIN", "1000")
    clock = read_clock()
    assert clock == Clock(rate=60, origin=1000)
    assert clock.show(1000).timestamp() == 1000
    assert clock.show(1010).timestamp() == 1600
    assert clock.to_machine(clock.show(1010)).timestamp() == 1010
    assert clock.real(timedelta(hours=1)) == 60


def test_two_processes_with_one_origin_show_the_same_time():
    first, second = (Clock(rate=600, origin=5000.0) for _ in range(2))
    assert first.show(6000) == second.show(6000)


def test_without_an_origin_a_fast_clock_starts_now(monkeypatch):
    monkeypatch.setenv("AVVISI_CLOCK_RATE", "1000")
    assert abs(read_clock().origin - time.time()) < 1


@pytest.mark.parametrize("rate", ["fast", "0", "-1", "nan", "inf"])
def test_a_rate_that_is_none_is_refused_in_one_line(monkeypatch, rate):
    monkeypatch.setenv("AVVISI_CLOCK_RATE", rate)
    with pytest.raises(UsageError, match="for tests"):
        read_clock()
