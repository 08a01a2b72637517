"""A page's lines in one piece, and finding those that one page showed."""

import random

from store.page_lines import MOST_RECENT, OUTSIDE, TAIL, Once, PageLines, SeenOnce, pack, unpack


def test_lines_are_packed_and_read_again():
    lines = PageLines(keys=(5, 2**63 - 1, 0), marks=bytes((TAIL, OUTSIDE, 127)))
    keys, marks = unpack(pack(lines))
    assert (tuple(keys.tolist()), bytes(marks)) == (lines.keys, lines.marks)
    assert len(pack(lines)) == 27 and pack(PageLines()) == b""


def test_a_line_is_found_with_its_page_and_marks_and_another_is_not():
    pages = PageLines(keys=(5, 9), marks=bytes((TAIL, 0))), PageLines(keys=(7,), marks=bytes((64,)))
    once = Once((number, pack(lines)) for number, lines in enumerate(pages, 1))
    once.add(3, PageLines(keys=(8,), marks=bytes((OUTSIDE,))))
    assert once.find((9, 5, 6, 7, 8)) == {9: SeenOnce(1, 0), 5: SeenOnce(1, TAIL), 7: SeenOnce(2, 64),
                                          8: SeenOnce(3, OUTSIDE)}
    assert Once([]).find((1, 2)) == {} and once.find(()) == {}


def test_lines_added_one_by_one_are_found_like_those_read_at_once():
    chance = random.Random(3)
    pages = [(number, PageLines(keys=tuple(chance.getrandbits(63) for _ in range(150)), marks=bytes(range(75)) * 2))
             for number in range(1, 2 * MOST_RECENT // 150)]
    grown = Once([])
    for number, lines in pages:
        grown.add(number, lines)
    read = Once((number, pack(lines)) for number, lines in pages)
    wanted = [key for _, lines in pages for key in lines.keys[::7]] + [1, 2, 3]
    assert grown.find(wanted) == read.find(wanted)
    assert len(read.find(wanted)) == len(wanted) - 3
