"""A few of the harms of ``tests.acceptance.chaos``, and the sums of ``tests.acceptance.soak``."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.acceptance import chaos, soak
from tests.acceptance.races import Broken
from tests.acceptance.warm import WarmStart

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def warm():
    with WarmStart() as started:
        yield started


@pytest.fixture
def world(warm):
    with chaos.make_world("SQLite", None, "world", warm) as made:
        yield made


def test_a_service_that_is_killed_again_and_again_loses_nothing_and_a_loss_would_be_found(world):
    chaos.kills(world, 2)
    chaos.make_pass(world)
    assert "0 lost, 0 double, 0 stuck" in chaos.inspect(world)
    world.pages["paper0.example"]["/never-listed.html"] = b""
    with pytest.raises(Broken, match="lost"):
        chaos.inspect(world)


def test_the_fixed_interval_of_comparison_has_the_wanted_median():
    moments = [NOON + timedelta(minutes=7 * number) for number in range(2000)]
    fixed = soak.find_fixed(moments, timedelta(hours=1), NOON)
    assert timedelta(hours=1.8) < fixed < timedelta(hours=2.2)


def test_scripted_lives_keep_their_days_and_nights_and_some_end():
    lives = soak.script(NOON, NOON + timedelta(days=10), seed=0)
    assert len(lives) == 200
    for life in lives:
        assert life.published == sorted(life.published)
        hours = {moment.hour for moment in life.published}
        assert len(hours) < 24 or len(life.published) > 100
        assert (life.published[-1] <= life.turn) == (life.kind in ("zombie", "silent", "dying"))
