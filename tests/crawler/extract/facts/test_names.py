"""Names in bylines, in many languages."""

import time

import pytest

from crawler.extract.facts.names import clean_authors, is_agency, is_personal


@pytest.mark.parametrize(("byline", "names"), [
    ("Jane Doe", ("Jane Doe",)),
    ("By Jane Doe", ("Jane Doe",)),
    ("By: JANE DOE", ("JANE DOE",)),
    ("By Jane Doe and John Roe", ("Jane Doe", "John Roe")),
    ("Jane Doe, John Roe & Max Moe", ("Jane Doe", "John Roe", "Max Moe")),
    ("Jane Doe, John Roe, and Max Moe", ("Jane Doe", "John Roe", "Max Moe")),
    ("Jane Doe; John Roe", ("Jane Doe", "John Roe")),
    ("Von Jana Muster und Hans Beispiel", ("Jana Muster", "Hans Beispiel")),
    ("Kommentar von Jana Muster", ("Jana Muster",)),
    ("Eine Analyse von Jana Muster, Berlin", ("Jana Muster",)),
    ("Par Jeanne Dupont, à Paris", ("Jeanne Dupont",)),
    ("Por Juana Pérez y Luis Gómez", ("Juana Pérez", "Luis Gómez")),
    ("Автор: Иван Иванов", ("Иван Иванов",)),
    ("Nga Agim Agimi", ("Agim Agimi",)),
    ("文／王小明", ("王小明",)),
    ("Jane Doe, Political Editor", ("Jane Doe",)),
    ("Jane Doe Senior Writer", ("Jane Doe",)),
    ("Jane Doe in Kyiv", ("Jane Doe",)),
    ("Jane Doe (special correspondent)", ("Jane Doe",)),
    ("Jane Doe | jane@example.org", ("Jane Doe",)),
    ("Jane Doe @janedoe", ("Jane Doe",)),
    ("Jane Doe, PhD", ("Jane Doe",)),
    ("Jane Doe Published: December 20, 2023", ("Jane Doe",)),
    ("4 May 2024 Jane Doe", ("Jane Doe",)),
    ("Jane D&#039;Arc", ("Jane D'Arc",)),
    ("Jane Doe, Jane Doe", ("Jane Doe",)),
    ("Jane Doe, last updated 5 May", ("Jane Doe",)),
    ("JANE DOE IN PARIS", ("JANE DOE",)),
    ("Juana Pérez y EFE", ("Juana Pérez", "EFE")),
])
def test_a_byline_gives_its_names(byline: str, names: tuple[str, ...]) -> None:
    assert clean_authors([byline]) == names


@pytest.mark.parametrize("name", [
    "Van Jones", "Von Miller", "Di Maio", "Jean le Carré", "Ahmed el Sayed", "Ludwig van Beethoven", "Nga Pham",
    "Mary-Jane O'Neil", "Kim In Soo", "Ali At Tamimi", "John Last", "José Ortega y Gasset", "Josep Puig i Cadafalch",
    "J. R. R. Tolkien", "Center for European Policy and Research", "Nguyễn Văn An", "Editorial Board",
])
def test_words_that_are_part_of_a_name_stay(name: str) -> None:
    assert clean_authors([name]) == (name,)


@pytest.mark.parametrize("text",
    ["", "admin", "https://example.org/jane", "jane@example.org", "@janedoe", "12345", "Read more", "—"])
def test_what_is_no_name_is_refused(text: str) -> None:
    assert clean_authors([text]) == ()


def test_the_outlet_is_cut_off_a_name_and_never_split() -> None:
    outlets = frozenset({"worcestertelegramgazette"})
    assert clean_authors(["Worcester Telegram & Gazette"], outlets=outlets) == ("Worcester Telegram & Gazette",)
    assert clean_authors(["Jane Doe Worcester Telegram & Gazette"], outlets=outlets) == ("Jane Doe",)


def test_agencies_are_told_from_people() -> None:
    assert all(map(is_agency, ("Reuters", "The Associated Press", "AFP", "dpa", "EFE", "Xinhua", "新华社", "ТАСС")))
    assert not any(map(is_agency, ("Jane Doe", "Efe", "Mina", "Reuters Jane", "Hina")))


def test_a_full_name_is_told_from_a_role_and_from_prose() -> None:
    assert all(map(is_personal, ("Jane Doe", "Иван Иванов", "王小明", "Ludwig van Beethoven", "JANE DOE")))
    assert not any(map(is_personal,
        ("Jane", "jane doe", "Trial Attorney", "View More Posts", "He said: No", "One Two Three Four Five Six")))


def test_long_and_hostile_bylines_cost_no_time() -> None:
    began = time.process_time()
    clean_authors(["By " * 50_000, "a, " * 50_000, "and " * 50_000, "(" * 50_000, " | " * 50_000, "A B " * 50_000])
    assert time.process_time() - began < 1.0
