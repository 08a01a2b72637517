"""Numbers in a sentence."""

import pytest

from store.console.wording import write_count


@pytest.mark.parametrize(("number", "written"), [
    (0, "0 copies"), (1, "1 copy"), (2, "2 copies"), (1200, "1,200 copies"),
])
def test_one_is_one_and_all_else_are_many(number, written):
    assert write_count(number, "copy", "copies") == written


def test_most_things_take_an_s():
    assert (write_count(1, "record"), write_count(3, "record")) == ("1 record", "3 records")
