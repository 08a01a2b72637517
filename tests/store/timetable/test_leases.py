"""Leases: one process runs a source, and a dead one's source is taken over."""

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from store import models
from store.database import open_database
from store.errors import UsageError
from store.timetable.leases import (
    BeatWatch,
    Lease,
    is_gone,
    lease_length,
    list_leases,
    name_holder,
    release_lease,
    renew_leases,
    take_lease,
)


@pytest.fixture
def session(database):
    with database.begin() as opened:
        yield opened


def take(session, holder, **facts):
    return take_lease(session, "a", **({"holder": holder, "length": 60.0} | facts))


def test_a_free_source_is_taken_and_one_that_is_held_is_not(session):
    assert take(session, "x") is None
    in_the_way = take(session, "y")
    assert (in_the_way.source, in_the_way.holder) == ("a", "x")
    assert [lease.holder for lease in list_leases(session)] == ["x"]


def test_a_source_that_was_given_back_is_free(session):
    take(session, "x")
    assert release_lease(session, "a", holder="x")
    assert take(session, "y") is None


def test_nobody_gives_back_the_lease_of_another(session):
    take(session, "x")
    assert not release_lease(session, "a", holder="y")
    assert take(session, "y") is not None


def test_a_source_that_is_not_due_is_left_alone(session, now):
    session.add(models.Source(id="a", failures=0, next_due_at=now + timedelta(minutes=5)))
    session.flush()
    assert take(session, "x", due_by=now).holder == ""
    assert list_leases(session) == ()
    assert take(session, "x", due_by=now + timedelta(minutes=5)) is None


def test_renewing_keeps_what_is_ours_and_tells_what_is_not(session):
    take(session, "x")
    take_lease(session, "b", holder="y", length=60.0)
    before = {lease.source: lease.beat for lease in list_leases(session)}
    assert renew_leases(session, ["a", "b"], holder="x", length=60.0) == {"a"}
    after = {lease.source: lease.beat for lease in list_leases(session)}
    assert (after["a"], after["b"]) == (before["a"] + 1, before["b"])


def test_a_lease_without_a_beat_is_taken_over_and_one_that_beats_is_not(session):
    watch = BeatWatch(60.0)
    take(session, "x")
    for second in range(0, 50, 10):
        watch.look(list_leases(session), now=float(second))
        assert take(session, "y", watch=watch, monotonic=float(second)) is not None
    renew_leases(session, ["a"], holder="x", length=60.0)
    for second in range(50, 90, 10):
        watch.look(list_leases(session), now=float(second))
        assert take(session, "y", watch=watch, monotonic=float(second)) is not None
    for second in (90, 100):
        watch.look(list_leases(session), now=float(second))
    assert take(session, "y", watch=watch, monotonic=100.0) is None


def test_a_watcher_that_could_not_look_begins_anew():
    watch, lease = BeatWatch(60.0), Lease(source="a", holder="x", beat=1)
    watch.look([lease], now=0.0)
    watch.look([lease], now=200.0)  # the database was gone, for the holder perhaps as well
    assert not watch.is_dead(lease, now=200.0)
    for second in range(210, 260, 10):
        watch.look([lease], now=float(second))
    assert watch.is_dead(lease, now=250.0)


def test_a_clock_that_jumps_takes_no_lease_from_the_living(session):
    """A watcher believes beats, not times: a lease that seems to have ended long ago is still its holder's."""
    take(session, "x")
    session.get_one(models.Source, "a").lease_until = datetime(2000, 1, 1, tzinfo=UTC)
    session.flush()
    watch = BeatWatch(60.0)
    watch.look(list_leases(session), now=0.0)
    assert take(session, "y", watch=watch, monotonic=1.0) is not None


def test_a_command_believes_the_time_when_the_lease_ended_long_ago(session):
    take(session, "x")
    row = session.get_one(models.Source, "a")
    row.lease_until = datetime.now(UTC) - timedelta(seconds=30)
    session.flush()
    assert take(session, "y") is not None
    row.lease_until = datetime.now(UTC) - timedelta(seconds=90)
    session.flush()
    assert take(session, "y") is None


def test_the_system_knows_who_is_gone():
    named = "from store.timetable.leases import name_holder; print(name_holder(), flush=True); input()"
    process = subprocess.Popen([sys.executable, "-c", named], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    holder = process.stdout.readline().strip()
    assert not is_gone(holder)
    process.kill()
    process.communicate()
    assert is_gone(holder) or not Path("/proc/self/ns/pid").exists()
    assert not is_gone(name_holder())
    assert not is_gone("elsewhere/1/another-boot:1/1")
    assert not is_gone("x")


@pytest.mark.parametrize("written", ["soon", "0", "nan", "1e9"])
def test_a_length_that_is_none_is_refused(monkeypatch, written):
    monkeypatch.setenv("AVVISI_LEASE_SECONDS", written)
    with pytest.raises(UsageError, match="seconds from"):
        lease_length()


RACE = """
import sys
from store.database import open_database
from store.timetable.leases import release_lease, take_lease
url, holder = sys.argv[1:]
won = 0
with open_database(url) as database:
    print("ready", flush=True)
    input()
    for number in range(40):
        with database.begin() as session:
            won += take_lease(session, f"s{number}", holder=holder, length=60.0) is None
print(won, flush=True)
"""


def test_of_two_processes_each_source_is_won_by_one(url):
    racers = [subprocess.Popen([sys.executable, "-c", RACE, url, holder], stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, text=True) for holder in ("x/1/-/a", "y/1/-/b")]
    for racer in racers:
        assert racer.stdout.readline() == "ready\n"
    for racer in racers:
        racer.stdin.write("\n")
        racer.stdin.flush()
    assert sum(int(racer.communicate()[0]) for racer in racers) == 40


HOLD = """
import sys, time
from store.database import open_database
from store.timetable.leases import renew_leases, take_lease
url, length = sys.argv[1], float(sys.argv[2])
with open_database(url) as database:
    with database.begin() as session:
        assert take_lease(session, "a", holder="elsewhere/1/-/x", length=length) is None
    print("held", flush=True)
    while True:
        time.sleep(length / 3)
        with database.begin() as session:
            renew_leases(session, ["a"], holder="elsewhere/1/-/x", length=length)
"""


def test_a_killed_holders_source_is_taken_over_within_the_lease_and_never_before(url):
    length = 2.0
    holder = subprocess.Popen([sys.executable, "-c", HOLD, url, str(length)], stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout.readline() == "held\n"
        watch = BeatWatch(length)
        with open_database(url) as database:

            def tries(now: float) -> bool:
                with database.begin() as session:
                    watch.look(list_leases(session), now=now)
                    return take(session, "here/1/-/y", length=length, watch=watch, monotonic=now) is None

            alive_until = time.monotonic() + 1.4 * length
            while time.monotonic() < alive_until:
                assert not tries(time.monotonic())
                time.sleep(length / 10)
            os.kill(holder.pid, signal.SIGKILL)
            in_vain = []
            while not tries(now := time.monotonic()):
                in_vain.append(now)
                assert now - in_vain[0] <= length  # the first look after the kill may have seen a last beat
                time.sleep(length / 10)
            assert in_vain
    finally:
        holder.kill()
        holder.communicate()
