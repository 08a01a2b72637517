import pytest

from crawler.extract.boilerplate.agencies import find_agency
from crawler.extract.boilerplate.rules import strip
from crawler.extract.line import Line
from crawler.extract.words import keyed
from crawler.extract.words.agencies import AGENCIES

SENTENCE = "The two ministers met in the capital for the first time since the war began."


def read(*lines, **options):
    return strip([Line(text=line) for line in lines], **options)


@pytest.mark.parametrize(("glued", "credit"), [
    (" /VOA", "VOA"), (" (Reuters)", "Reuters"), (" — AFP", "AFP"), (" /AFP/", "AFP"), (" (dpa)", "dpa"),
    (" [Xinhua]", "Xinhua"),
    (" – Reuters", "Reuters"), ("（新华社）", "Xinhua"), (" (ТАСС)", "TASS"), (" (رويترز)", "Reuters"),
    (" /dpa", "dpa"), (" (PAP)", "PAP"),
    (" /KosovaPress.example", "KosovaPress.example"), (" /RTK", "RTK"), (" (AFP).", "AFP"),
])
def test_a_credit_glued_to_the_last_sentence_becomes_a_fact(glued, credit):
    reading = read(SENTENCE, SENTENCE + glued)
    assert reading.credits == (credit,)
    assert [line.text for line in reading.lines] == [SENTENCE, SENTENCE]
    assert [(r.text, r.rule, r.where) for r in reading.removed] == [(glued.strip(), "agency_credit", "line 2, end")]


def test_two_agencies_in_one_bracket_are_two_credits():
    assert read(SENTENCE, SENTENCE + " (Reuters, AFP)").credits == ("Reuters", "AFP")


@pytest.mark.parametrize("ending", [
    "The news was spread, said the agency Reuters.",
    "– poinformowała agencja prasowa Reuters.",
    "They joined the alliance (NATO)",
    "The talks go on. (see page 4)",
    "He wrote for the agency (AFP)",
    "There were five arrests. / ab",
    "The list names three names. (Mia)",
    "It happened in the year of the treaty (1998)",
    "Nobody knows the outcome. – Peter Example",
])
def test_what_only_looks_like_a_credit_stays(ending):
    reading = read(SENTENCE, ending)
    assert reading.lines[-1].text == ending
    assert reading.credits == ()


def test_a_credit_glued_in_mid_text_stays():
    assert read(SENTENCE + " (Reuters)", SENTENCE).credits == ()


@pytest.mark.parametrize(("line", "credits"), [
    ("Border.example/Reuters", ("Border.example", "Reuters")),
    ("Reuters, AFP", ("Reuters", "AFP")),
    ("Text: dpa", ("dpa",)),
    ("AP, dpa und AFP", ("AP", "dpa", "AFP")),
    ("(Con información de AFP, EFE y Reuters)", ("AFP", "EFE", "Reuters")),
    ("With agencies", ()),
    ("Agencies", ()),
    ("ТАСС", ("TASS",)),
    ("新华社", ("Xinhua",)),
    ("/Tanjug/", ("Tanjug",)),
    ("Koha/VOA", ("Koha", "VOA")),
])
def test_a_line_that_only_credits_goes(line, credits):
    reading = read(SENTENCE, SENTENCE, SENTENCE, line)
    assert reading.credits == credits
    assert [(r.text, r.where) for r in reading.removed] == [(line, "line 4")]


@pytest.mark.parametrize("line", [
    "Border.example", "Moscow", "The Reuters building", "Reuters reported it first", "Peter Example, Anna Example",
    "Mia und Tim", "A", "II",
    "Paris, London", "USA/Russia",
])
def test_a_last_line_that_names_no_agency_alone_stays(line):
    assert read(SENTENCE, SENTENCE, SENTENCE, line).lines[-1].text == line


def test_a_list_of_broadcasters_is_no_credit():
    lines = [Line(text=SENTENCE), *(Line(text=name, tag="li") for name in ("RFI", "DW", "VOA"))]
    reading = strip(lines)
    assert [line.text for line in reading.lines] == [SENTENCE, "RFI", "DW", "VOA"]
    assert reading.credits == ()


def test_a_credit_line_in_mid_text_stays():
    lines = (*[SENTENCE] * 4, "Reuters", *[SENTENCE] * 4)
    assert [line.text for line in read(*lines).lines] == list(lines)


@pytest.mark.parametrize(("dateline", "credit"), [
    ("WASHINGTON (AP) — ", "AP"), ("ST. JOSEPH, Mich. (AP) — ", "AP"), ("BERLIN (dpa) - ", "dpa"),
    ("МОСКВА, 5 марта. /ТАСС/. ", "TASS"),
    ("(Reuters) — ", "Reuters"), ("新华社北京3月5日电 ", "Xinhua"), ("(서울=연합뉴스) ", "Yonhap"),
    ("【共同】", "Kyodo"),
    ("Москва, 5 мар - РИА Новости. ", "RIA Novosti"), ("PARIS, March 5 (Reuters) - ", "Reuters"),
])
def test_a_dateline_credits_and_stays(dateline, credit):
    reading = read(dateline + SENTENCE, SENTENCE)
    assert reading.credits == (credit,)
    assert reading.lines[0].text == dateline + SENTENCE
    assert reading.removed == ()


@pytest.mark.parametrize("start", [
    "The alliance (NATO) — ", "Reuters said on Monday that ", "In Berlin (Germany) the ",
    "The agency AP and - as it says - ",
])
def test_a_sentence_is_no_dateline(start):
    assert read(start + SENTENCE, SENTENCE).credits == ()


def test_agencies_have_one_name_in_all_scripts():
    names = ("Reuters", "رويترز", "路透社", "Рейтер", "ロイター", "로이터", "THOMSON REUTERS")
    assert {find_agency(name) for name in names} == {"Reuters"}
    assert {find_agency(name) for name in ("ТАСС", "TASS", "塔斯社", "ИТАР-ТАСС")} == {"TASS"}
    assert len(keyed(AGENCIES)) >= 40


@pytest.mark.parametrize("name", ["Mia", "ap", "Sita", "spa", "Ata", "Example", ""])
def test_a_word_or_a_person_is_no_agency(name):
    assert find_agency(name) is None
