from crawler.extract.text import fold, normalise_characters, normalise_line, split_lines


def test_soft_hyphens_zero_width_spaces_and_control_characters_are_dropped():
    written = "The min\u00adis\u00adter\u200b met\u00a0 his \x00guest\ufeff "
    assert normalise_line(written) == "The minister met his guest"


def test_joiners_that_spell_words_and_marks_of_direction_stay():
    persian = "می\u200cخواهم"
    assert normalise_characters(persian) == persian
    assert normalise_characters("\u200fשלום\u200e") == "\u200fשלום\u200e"


def test_quotation_marks_dashes_and_case_stay_as_written():
    written = "“Ne jemi gati” – tha ai… ‘po’ ﬁ Ⅳ"
    assert normalise_line(written) == written


def test_accents_written_apart_are_composed():
    assert normalise_line("Pa\u0301ris") == "Páris"


def test_each_line_of_a_text_is_a_paragraph_and_blank_lines_are_nothing():
    assert split_lines("\n one \r\n\n\n\ttwo\u2028three\n \x0b") == ("one", "two", "three")


def test_words_are_compared_without_accents_width_and_case():
    assert fold("ŹRÓDŁO：") == fold("Zrodło:")
    assert fold("ş") == fold("ș") == "s"
    assert fold("（０）") == "(0)"


def test_letters_that_are_no_accents_tell_words_apart():
    assert fold("и") != fold("н")
    assert fold("が") != fold("か")
