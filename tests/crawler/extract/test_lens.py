"""The lens: all that a text is about, in one look."""

import subprocess
import sys

from crawler.extract.lens import look
from store.subject import Kind, Role

TEXT = ("US Secretary of State Antony Blinken met his Chinese counterpart Wang Yi in Beijing on Monday. "
        "The Chinese foreign ministry welcomed the bilateral talks, and NATO said the treaty was a step forward.")


def test_a_text_is_rated_its_actors_and_its_kind_are_found():
    subject = look(title="Statement: Washington and Beijing resume talks", text=TEXT, language="en")
    assert subject.relevance.score > 0.8
    assert set(subject.actors.codes) == {"US", "CN"}
    assert [(dyad.first, dyad.second) for dyad in subject.actors.dyads] == [("CN", "US")]
    assert subject.kind.kind is Kind.STATEMENT


def test_the_type_that_a_page_states_tells_the_kind():
    subject = look(title="Talks", text=TEXT, language="en", types=("OpinionNewsArticle",))
    assert (subject.kind.kind, subject.kind.evidence) == (Kind.OPINION, "type OpinionNewsArticle")


def test_organisations_and_offices_have_evidence_and_a_role():
    actors = look(title=None, text=TEXT, language="en").actors
    nato = next(body for body in actors.organisations if body.code == "NATO")
    assert (nato.role, nato.evidence[0].term) == (Role.MAIN, "NATO")
    assert TEXT[nato.first.start:].startswith("NATO")
    minister = next(office for office in actors.offices if office.country == "US")
    assert TEXT[minister.first.start:].startswith(minister.first.term)


def test_an_organisation_named_once_far_down_is_a_mention():
    late = TEXT.replace("NATO", "It") + " Nothing else was said on that day at all." * 20 + " NATO was named as well."
    nato = next(body for body in look(title=None, text=late, language="en").actors.organisations if body.code == "NATO")
    assert nato.role is Role.MENTION


def test_a_given_name_that_is_also_a_town_is_no_state():
    subject = look(title=None, text="Antony Blinken arrived in Warsaw. Antony Blinken left it on Friday.", language="en")
    assert "FR" not in {country.code for country in subject.actors.countries}


def test_a_town_beside_no_person_stays_a_place():
    subject = look(title=None, text="The French police closed roads in Lyon. In Lyon, Macron spoke.", language="en")
    assert {country.code for country in subject.actors.countries} == {"FR"}
    assert subject.actors.countries[0].count == 4


def test_a_pair_with_a_state_named_in_passing_is_no_dyad():
    text = TEXT + " Talks went on and on, as they had for years." * 24 + " Iceland and the US Senate were not involved."
    subject = look(title=None, text=text, language="en")
    assert any(country.code == "IS" and country.role is Role.PASSING for country in subject.actors.countries)
    assert all("IS" not in (dyad.first, dyad.second) for dyad in subject.actors.dyads)


def test_no_table_is_read_before_the_first_text():
    code = ("import crawler.extract.lens, crawler.extract.actors.tables as t; "
            "print(t.lexicon.cache_info().currsize)")
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "0\n"
