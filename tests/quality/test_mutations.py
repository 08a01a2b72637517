"""A small part of ``tests.quality.mutations``: broken pages through the real reading processes."""

import asyncio

from tests.quality.mutations import CHUNK, MUTATIONS, Result, make_originals, mutate, read_all

PAGES = 200


def test_two_hundred_broken_pages_end_in_a_sound_article_or_a_named_reason():
    result = asyncio.run(read_all(make_originals(), pages=PAGES, seed=7))
    assert result.failures == []
    assert sum(result.ends.values()) == PAGES
    assert result.ends["article"] >= PAGES / 2 and len(result.ends) >= 3, "pages are broken, and not all beyond reading"
    assert result.memory[PAGES] > 10, "the reading processes were found"


def test_a_page_can_be_made_again_by_its_number():
    originals = make_originals()
    assert mutate(originals, seed=7, number=3) == mutate(originals, seed=7, number=3)
    assert len({mutate(originals, seed=7, number=number).body for number in range(20)}) == 20
    assert len(MUTATIONS) >= 9


def test_growing_memory_is_seen():
    steady = {CHUNK * n: 100.0 + 30 * (n % 4 == 0) for n in range(1, 41)}
    assert Result(memory=steady).growth(40 * CHUNK) == 1.0, "what one page left free is no growth"
    leaking = {count: size + count / 500 for count, size in steady.items()}
    assert Result(memory=leaking).growth(40 * CHUNK) > 1.10
    assert Result(memory={200: 50.0}).growth(200) == Result().growth(200) == 1.0
