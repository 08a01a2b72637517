"""The notation of the tables, and finding what they hold."""

from crawler.extract.actors.lexicon import Lexicon, Sort
from crawler.extract.actors.reading import read


def found(rows, text, language="en"):
    lexicon = Lexicon(rows, language)
    reading = read(None, text, language, limit=1000)
    return [(hit.label, reading.line[hit.start:hit.end]) for hit in lexicon.find(reading)]


def test_a_plain_word_is_found_alone():
    assert found([("CN", "kina")], "Kina dhe kinat", "sq") == [("CN", "Kina")]


def test_a_star_takes_any_ending():
    assert found([("CN", "kinez*")], "presidentit kinez, kinezëve", "sq") == [("CN", "kinez"), ("CN", "kinezëve")]


def test_a_plus_takes_an_ending_and_no_compound():
    assert found([("FI", "finn+")], "Finnen, Finnlandisierung", "de") == [("FI", "Finnen")]


def test_capitals_are_asked_for_where_the_table_has_them():
    rows = [("US", "US"), ("TR", "Turkey")]
    assert found(rows, "Tell us of the turkey") == []
    assert found(rows, "The US and Turkey") == [("US", "US"), ("TR", "Turkey")]


def test_a_seat_of_government_needs_a_capital_however_it_is_written():
    rows = [("CU", "@гаван+")]
    assert found(rows, "корабль вошел в гавань", "ru") == []
    assert found(rows, "В Гаване прошла встреча", "ru") == [("CU", "Гаване")]


def test_the_longest_of_several_wins():
    rows = [("KR", "Korea"), ("KP", "North_Korea"), ("-", "North_Korea_Road")]
    assert found(rows, "North Korea, Korea, North Korea Road") == [("KP", "North Korea"), ("KR", "Korea")]


def test_initials_with_dots_are_one_word():
    assert found([("US", "US")], "The U.S. envoy") == [("US", "U.S.")]


def test_the_longer_key_wins_over_the_shorter_one_of_another_table():
    shared = Lexicon([("US", "Indiana")], "")
    lexicon = Lexicon([("IN", "Indi+")], "sq", shared)
    assert [hit.label for hit in lexicon.find(read(None, "Indiana dhe India", "sq", limit=100))] == ["US", "IN"]


def test_a_script_without_spaces_is_searched_as_a_line():
    assert found([("CN", "中国"), ("JP", "日本")], "日本和中国的关系", "zh") == [("JP", "日本"), ("CN", "中国")]


def test_traditional_characters_are_found_by_simplified_entries():
    assert found([("US", "美国")], "美國總統", "zh") == [("US", "美國")]


def test_a_piece_of_a_katakana_word_is_no_country():
    assert found([("TH", "タイ")], "スタイルとタイヤ、タイの首相", "ja") == [("TH", "タイ")]


def test_arabic_and_hebrew_words_are_found_behind_their_particles():
    assert found([("RU", "روسي*")], "والروسية", "ar") == [("RU", "والروسية")]
    assert found([("RU", "רוסיה")], "ולרוסיה ברוסיה", "he") == [("RU", "ולרוסיה"), ("RU", "ברוסיה")]
    assert found([("PL", "ורשה")], "בוורשה", "he") == [("PL", "בוורשה")]


def test_korean_particles_follow_without_a_space():
    assert found([("US", "미국")], "미국과 미국의", "ko") == [("US", "미국과"), ("US", "미국의")]


def test_a_turkish_dotted_i_is_an_i():
    assert found([("IR", "iran*")], "İRAN'ın", "tr") == [("IR", "İRAN")]


def test_a_name_behind_a_small_prefix_is_found():
    assert found([("US", "Melika")], "eMelika", "zu") == [("US", "eMelika")]


def test_a_hit_says_its_sort_and_whether_it_is_doubtful():
    hit = Lexicon([("JO", "?@Amman")], "en").find(read(None, "Amman", "en", limit=10))[0]
    assert (hit.sort, hit.doubtful) == (Sort.SEAT, True)
