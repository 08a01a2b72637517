"""Writers that meet over near-copies, and writers that are killed; ``tests.acceptance.races`` does it at length."""

from tests.acceptance.races import check_kills, check_near_race


def test_writers_that_meet_with_near_copies_make_one_group_of_each_story(url):
    check_near_race(url, 30)


def test_what_a_killed_writer_had_acknowledged_is_there_once_and_whole(url):
    assert check_kills(url, 5) > 0
