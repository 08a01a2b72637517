"""Records found by their words, on both databases: the same question, the same answer."""

import json
import sqlite3
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from sqlalchemy import text as sql

from scheduler import main
from store import models
from store.articles import ingest
from store.database import open_database
from store.errors import DatabaseError
from store.export import About
from store.search.index import count_missing, find, forget_index, index_missing, match
from store.search.words import parse_question
from store.values import Moment, Precision
from tests.store.subjects import make_subject

TEXTS = {
    "en": "The foreign minister of Iran met envoys in Geneva.\nSanctions were discussed and the treaty was signed.",
    "sq": "Ministrja e Jashtme e Shqipërisë foli në Tiranë për sanksionet.",
    "zh": "中国外交部发言人在北京回答了记者的提问，伊朗代表出席。",
    "ja": "日本の外務省は条約について発表した。",
    "th": "กระทรวงการต่างประเทศแถลงข่าวเรื่องสนธิสัญญา",
    "ko": "한국은 오늘 외교부 성명을 발표했다.",
    "ar": "التقى وزير الخارجية الإيراني مبعوثين في جنيف.",
    "hi": "विदेश मंत्री ने संधि पर हस्ताक्षर किए।",
}


def on(day):
    return Moment(at=datetime(2026, 11, day, tzinfo=UTC), precision=Precision.DAY, origin="meta")


@pytest.fixture
def put(database, make_article, now):
    def put_one(address, text, **facts):
        with database.begin() as session:
            return ingest(session, make_article(address, text, **facts), page_id=None, now=now).id

    return put_one


@pytest.fixture
def ask(database):
    def ask_for(written, *, limit=20, **filters):
        list(index_missing(database))
        with database.read() as session:
            return find(session, parse_question(written), limit=limit, **filters)

    return ask_for


@pytest.fixture
def languages(put):
    for language, text in TEXTS.items():
        put(f"{language}.org/1", text, language=language, title=f"Title {language}")


@pytest.mark.parametrize(("asked", "languages_found"), [
    ("IRAN geneva", "en"), ("shqiperise", "sq"), ("sanks*", "sq"), ("sanction", ""), ("sanction*", "en"),
    ('"foreign minister"', "en"), ('"minister foreign"', ""), ('"envoys in geneva" treaty', "en"),
    ("外交部", "zh"), ("外交", "zh"), ("外", "zh ja"), ("京", "zh"), ("伊朗代表", "zh"), ("朗伊", ""),
    ("条約", "ja"), ("สนธิสัญญา", "th"), ("외교부", "ko"), ("한국", "ko"), ("الايراني", "ar"), ("संधि", "hi"),
    ("title -sanctions", "sq zh ja th ko ar hi"), ("title -外 -한국", "en sq th ar hi"),
])
def test_any_script_is_found_by_its_words(languages, ask, asked, languages_found):
    found = ask(asked)
    assert {record["language"] for record in found.records} == set(languages_found.split())
    assert found.count == len(found.records)


def test_no_phrase_goes_from_the_title_into_the_text(put, ask):
    put("a.org/1", "Talks went on.", title="Peace")
    assert ask('"peace talks"').count == 0
    assert ask("peace talks").count == 1


def test_titles_alone_can_be_looked_in(put, ask):
    put("a.org/1", "The treaty was signed.", title="Peace at last")
    assert (ask("treaty", in_title=True).count, ask("peace", in_title=True).count) == (0, 1)
    assert ask('"at last" pea*', in_title=True).count == 1


def test_the_newest_come_first_and_the_rest_is_counted(put, ask):
    days = (3, 9, 5)
    ids = {day: put(f"a.org/{day}", f"A treaty, number {day}.", published=on(day)) for day in days}
    found = ask("treaty", limit=2)
    assert found.count == 3
    assert [record["id"] for record in found.records] == [ids[9], ids[5]]
    assert found.records[0]["excerpt"] == "A treaty, number 9."


def test_filters_of_the_export_hold_here(put, ask):
    put("a.org/1", "A treaty of two.", language="en", subject=make_subject("US", "CN"), published=on(1))
    put("b.org/1", "A treaty of three.", language="en", published=on(9))
    assert ask("treaty", about=About(between=(("US", "CN"),))).count == 1
    assert ask("treaty", since=datetime(2026, 11, 5, tzinfo=UTC)).count == 1
    assert ask("treaty", language="de").count == 0


def test_a_new_text_is_found_and_the_former_one_is_not(put, ask):
    put("a.org/1", "The summit was held in Vienna on a rainy Monday morning.")
    assert ask("vienna").count == 1
    put("a.org/1", "The summit was moved to Geneva and nobody knows why it was.")
    assert (ask("vienna").count, ask("geneva").count) == (0, 1)


def test_a_title_that_comes_later_is_found(put, ask):
    put("a.org/1", "The summit was held.")
    assert ask("vienna").count == 0
    put("a.org/1", "The summit was held.", title="Vienna")
    assert ask("vienna").count == 1


def test_each_record_is_indexed_once(database, put):
    put("a.org/1", "The summit was held.")
    assert [progress.done for progress in index_missing(database)] == [0, 1]
    assert [progress.done for progress in index_missing(database)] == [0]
    with database.read() as session:
        assert count_missing(session) == 0


def test_the_index_can_be_made_anew(database, put, ask):
    put("a.org/1", "The summit was held.")
    assert ask("summit").count == 1
    forget_index(database)
    with database.read() as session:
        assert find(session, parse_question("summit"), limit=1).count == 0
    assert ask("summit").count == 1


def test_a_text_of_endless_different_words_does_not_stop_the_index(put, ask):
    letters = [chr(0x10330 + number) for number in range(20)]
    words = ("".join(letters[number // 20 ** place % 20] for place in range(4)) * 16 for number in range(20_000))
    put("a.org/1", "Beginning " + " ".join(words))
    assert ask("beginning").count == 1


@pytest.mark.parametrize("written", ["'", '"', "a'b\\", "title: x", "NEAR(a b)", "a & | ! <-> :*", "x\ty", "''::text"])
def test_no_question_is_more_than_words(put, ask, written):
    put("a.org/1", "The summit was held.")
    if parse_question(written):
        assert ask(written).count == 0


def test_the_question_is_answered_from_the_index(sqlite_url):
    with open_database(sqlite_url) as database, database.read() as session:
        query = match("sqlite", parse_question("treaty")).compile(session.get_bind())
        plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", ("treaty",)).all()
    assert "SCAN search_entry" not in str(plan)


def test_sqlite_without_full_text_search_says_so(sqlite_url):
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as connection:
        connection.execute("DROP TABLE search_words")
    said = r"without full-text search \(FTS5\)"
    with open_database(sqlite_url) as database, pytest.raises(DatabaseError, match=said):
        list(index_missing(database))


# The command


@pytest.fixture
def call(sqlite_url, make_article, now):
    with open_database(sqlite_url) as database, database.begin() as session:
        for number, language in enumerate(("en", "zh"), 1):
            ingest(session, make_article(f"{language}.org/1", TEXTS[language], title=f"Title {number}",
                                         language=language, published=on(number)), page_id=None, now=now)

    def run(*arguments):
        return CliRunner().invoke(main, [arguments[0], "--database", sqlite_url, *arguments[1:]], prog_name="avvisi")

    return run


def test_search_shows_title_place_and_where_the_words_stand(call):
    result = call("search", "iran", "TREATY")
    assert result.exit_code == 0
    title, told, excerpt, url, _ = result.stdout.split("\n", 4)
    assert title == "Title 1"
    assert told.endswith("  2026-11-01  no source  en")
    assert "minister of Iran met envoys" in excerpt
    assert url.strip() == "https://en.org/1"
    assert result.stderr == "1 record\n"


def test_search_prints_json(call):
    printed = json.loads(call("search", "title", "--limit", "1", "--json").stdout)
    assert (printed["words"], printed["found"], len(printed["records"])) == ("title", 2, 1)
    assert {"id", "url", "title", "text", "excerpt"} <= set(printed["records"][0])


def test_search_says_how_to_see_the_rest(call):
    assert call("search", "title", "--limit", "1").stderr == (
        "2 records match; shown are the newest 1 (--limit shows more, avvisi export --matching writes all)\n")


@pytest.mark.parametrize(("arguments", "said"), [
    (["search"], "name words to look for, as in avvisi search ceasefire"),
    (["search", "..."], "nothing to look for in '...': name at least one word that is to be there"),
    (["search", "--", "-iran"], "nothing to look for in '-iran': name at least one word that is to be there"),
    (["search", "x", "--source", "nope"],
     "no source 'nope' in this database: `avvisi status` lists those that were run"),
])
def test_search_says_in_one_line_what_it_cannot_use(call, arguments, said):
    result = call(*arguments)
    assert (result.exit_code, result.stderr) == (2, f"avvisi: {said}\n")


def test_search_rebuilds_its_index(call):
    assert call("search", "--rebuild").stderr == "2 records indexed\n"
    assert json.loads(call("search", "--rebuild", "--json").stdout) == {"indexed": 2}


def test_search_answers_from_what_is_indexed_while_another_process_writes(call, sqlite_url, monkeypatch, make_article,
                                                                          now):
    assert call("search", "iran").stderr == "1 record\n"
    with open_database(sqlite_url) as database:
        with database.begin() as session:
            ingest(session, make_article("x.org/1", "Iran again, and again."), page_id=None, now=now)
        monkeypatch.setattr("store.database.BUSY_MS", 50)
        with database.begin() as session:
            session.execute(sql("UPDATE article SET section = section"))
            result = call("search", "iran")
    assert (result.exit_code, result.stdout.count("Title 1")) == (0, 1)
    assert "not looked through: 1 new record: " in result.stderr and "is locked" in result.stderr


def test_export_writes_what_matches(call):
    (line,) = call("export", "--matching", '"foreign minister"').stdout.splitlines()
    assert json.loads(line)["language"] == "en"
    assert call("export", "--matching", "外交部", "--language", "en").stdout == ""


def test_a_crawl_writes_nothing_of_the_index(database, put):
    put("a.org/1", "The summit was held.")
    with database.read() as session:
        assert session.query(models.SearchEntry).count() == 0
