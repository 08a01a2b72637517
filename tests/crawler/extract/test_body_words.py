"""Words that blocks share with the title and with each other."""

from crawler.extract.body.words import find_words, share_text, share_title


def test_words_are_those_of_four_letters_or_more_in_lower_case() -> None:
    assert find_words(["The Ministers, at the lake-side: 2024 talks."], [False]) == [
        {"ministers", "lake", "side", "2024", "talks"}]


def test_a_vowel_sign_is_part_of_its_word() -> None:
    assert find_words(["मंत्रियों की बैठक"], [False]) == [{"मंत्रियों", "बैठक"}]


def test_a_text_without_spaces_is_its_pairs_of_signs() -> None:
    assert find_words(["外长会谈。"], [True]) == [{"外长", "长会", "会谈"}]


def test_each_text_has_its_own_words() -> None:
    assert find_words(["first words", "", "second words"], [False] * 3) == [
        {"first", "words"}, set(), {"second", "words"}]


def test_words_of_the_title_are_counted() -> None:
    assert share_title([{"border", "reopens"}, {"olive", "trees"}], {"border", "crossing"}) == [1.0, 0.0]


def test_a_word_is_shared_only_with_another_block_that_was_read() -> None:
    words = [{"border", "alone"}, {"border", "talks"}, {"talks", "olive"}, {"olive"}]
    assert share_text(words, [True, True, False, False]) == [1.0, 1.0, 1.0, 0.0]
