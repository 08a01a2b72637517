"""Which lines are the same line."""

import pytest

from crawler.extract.line_keys import exact_key, line_keys, tokenize


@pytest.mark.parametrize(("one", "other"), [
    ("Read 1,204 times since 3 May", "READ 87 times since 12 June!"),
    ("Updated: Tuesday, March 5, 2024 10:32", "Updated: Fri, 12 January 2025, 9:01"),
    ("Обновлено: вторник, 5 марта 2024 г.", "Обновлено: среда, 12 мая 2025 г."),
    ("Остання зміна п’ятниця 20 серпня 2026", "Остання зміна п'ятниця 2 травня 2026"),
    ("आखिरी बदलाव मंगलवार, 5 मार्च 2024", "आखिरी बदलाव सोमवार, 12 जनवरी 2025"),
    ("آخر تحديث: الثلاثاء 5 مارس 2024", "آخر تحديث: الجمعة 12 يناير 2025"),
    ("更新于2024年3月5日 10:32", "更新于2025年12月15日 9:01"),
    ("Our Standards: The House Rules.", "our standards — the house rules"),
])
def test_numbers_dates_case_and_punctuation_do_not_tell_lines_apart(one, other):
    assert exact_key(one) == exact_key(other) is not None


@pytest.mark.parametrize(("one", "other"), [
    ("Anna Holm reports from Kyiv", "Peter Quist reports from Kyiv"), ("So it may be", "So it was"),
    ("背景", "目前所知"),
])
def test_words_do(one, other):
    assert exact_key(one) != exact_key(other)


@pytest.mark.parametrize("line", ["", "—", "5 March 2024", "12.03.2024, 10:30", "2024年3月5日"])
def test_a_date_alone_is_no_line_that_recurs(line):
    assert line_keys(line) == () or "年" in line


@pytest.mark.parametrize(("one", "other"), [
    ("Anna Holm covers the region for this paper and reads your letters",
     "Tom Aldous Reed covers the region for this paper and reads your letters"),
    ("Follow the talks between the two governments in our notes from Vienna",
     "Follow the talks between the two governments in our notes from New Delhi"),
    ("With reports by the correspondents of this paper, written by Anna Holm for the desk of foreign affairs",
     "With reports by the correspondents of this paper, written by Tom Reed for the desk of foreign affairs"),
    ("安娜霍姆为本报长期关注该地区，读者可以通过国际新闻部与其取得联系",
     "汤姆里德为本报长期关注该地区，读者可以通过国际新闻部与其取得联系"),
])
def test_lines_that_share_most_of_their_words_in_order_share_a_template(one, other):
    assert exact_key(one) != exact_key(other)
    assert set(line_keys(one)[1:]) & set(line_keys(other)[1:])


@pytest.mark.parametrize(("one", "other"), [
    ("The minister said on Tuesday that the talks would go on next week", "The minister said on Friday nobody came"),
    ("KYIV, March 5 (AP) — Ministers met in the old hall", "KYIV, March 9 (AP) — Envoys returned without a treaty"),
    ("Read more", "Read on"),
])
def test_lines_that_begin_alike_do_not(one, other):
    assert not set(line_keys(one)) & set(line_keys(other))


def test_a_short_word_is_a_month_beside_a_number_only():
    assert tokenize("It may rain") == ("it", "may", "rain")
    assert tokenize("5 may") == ("0",)
