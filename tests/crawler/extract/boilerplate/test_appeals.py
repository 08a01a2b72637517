import pytest

from crawler.extract.boilerplate.appeals import is_appeal
from crawler.extract.boilerplate.rules import strip
from crawler.extract.line import Line

APPEALS = (
    "We guard the common cause We depend on your support Support Border.example",
    "Strzeżemy granic Istniejemy dzięki Twojemu wsparciu Wspieram Granica.example",
    "Unterstützen Sie unseren unabhängigen Journalismus mit einem Abo",
    "Soutenez notre rédaction indépendante, faites un don",
    "Apoya nuestro periodismo independiente",
    "Поддержите нашу редакцию",
    "Підтримайте нашу редакцію донатом",
    "Help us keep going: your donation supports Example.org",
    "Mbështetni redaksinë tonë",
    "Sostieni il nostro giornalismo",
    "Podpořte naši redakci",
    "Apoie o nosso jornalismo",
)


@pytest.mark.parametrize("line", APPEALS)
def test_an_appeal_for_support_is_recognised(line):
    assert is_appeal(line)


@pytest.mark.parametrize("line", [
    "“We need your support,” the president told the troops",
    "Ukraine needs our support, and your weapons, he said.",
    "We will support you",
    "Your support for Ukraine",
    "Five Ways to Help Support Your Ecosystem",
    "Rosja liczy na wsparcie Chin",
    "The government supports journalism with two million a year.",
    "Deutschland unterstützt die Ukraine mit Waffen im Wert von zwei Milliarden Euro",
    "Our ministers met at the site of the U.N. to support us",
    "Support",
    "Президент поддержал наш план.",
])
def test_a_line_about_support_is_no_appeal(line):
    assert not is_appeal(line)


def test_an_appeal_goes_from_mid_text_and_says_where_it_stood():
    sentence = "The talks took place on the edge of the summit."
    reading = strip([Line(text=line) for line in (sentence, APPEALS[0], sentence)])
    assert [line.text for line in reading.lines] == [sentence, sentence]
    assert [(r.text, r.rule, r.where) for r in reading.removed] == [(APPEALS[0], "support_appeal", "line 2")]


def test_the_first_line_is_never_an_appeal():
    assert strip([Line(text=APPEALS[0]), Line(text="A sentence.")]).removed == ()
