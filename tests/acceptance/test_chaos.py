"""A few of the harms of ``tests.acceptance.chaos``."""

import pytest

from tests.acceptance import chaos
from tests.acceptance.races import Broken
from tests.acceptance.warm import WarmStart


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
