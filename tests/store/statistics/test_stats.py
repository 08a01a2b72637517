"""Statistics: what is counted, over which time, and how it is drawn."""

import json
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from store.articles import ingest
from store.cli import stats
from store.database import open_database
from store.statistics.chart import draw_stats
from store.statistics.stats import Wanted, name_period, take_stats
from store.subject import Kind
from store.values import Moment, Precision
from tests.store.subjects import make_subject
from tests.store.texts import make_text

SVG = "{http://www.w3.org/2000/svg}"


def on(month, day):
    return Moment(at=datetime(2026, month, day, 23, 30, tzinfo=UTC), precision=Precision.SECOND, origin="meta")


def fill(database, make_article, now):
    articles = [
        make_article("a.org/1", make_text(1), source="dw", language="de", published=on(10, 30),
                     subject=make_subject("US", "CN", organisations=("NATO",))),
        make_article("a.org/2", make_text(2), source="dw", language="en", published=on(11, 2),
                     subject=make_subject("US", "CN", score=0.4, passing=("FR",))),
        make_article("b.org/1", make_text(3), source="voa", language="en",
                     subject=make_subject("US", "RU", kind=Kind.OPINION)),
        make_article("b.org/2", make_text(1), source="voa", language="de"),  # the same text as the first
        make_article("c.org/1", make_text(1) + "\nOne more line of words at the end.", source="tass", language="de",
                     subject=make_subject("US", "CN")),
    ]
    with database.begin() as session:
        for article in articles:
            ingest(session, article, page_id=None, now=now)


@pytest.fixture
def count(database, make_article, now):
    fill(database, make_article, now)

    def count_wanted(**wanted):
        with database.read() as session:
            return take_stats(session, Wanted(**wanted))

    return count_wanted


def test_records_are_counted_by_source_language_and_kind(count):
    counted = count()
    assert (counted["records"], counted["relevant"], counted["outlets"]) == (4, 3, 3)
    assert counted["languages"] == {"de": 2, "en": 2}
    assert counted["kinds"] == {"report": 3, "opinion": 1}
    assert counted["sources"][0] == {"source": "dw", "records": 2, "relevant": 1, "languages": ["de", "en"],
                                     "duplicates": 0}


def test_duplicates_and_origins_are_counted(count):
    counted = count()
    assert counted["duplicates"] == {"exact": 1, "near": 1}
    assert counted["origins"] == 3
    assert [each["duplicates"] for each in counted["sources"] if each["source"] == "voa"] == [1]


def test_actors_and_pairs_are_counted_and_those_in_passing_are_not(count):
    counted = count()
    assert counted["actors"] == [{"code": "US", "records": 4, "main": 4}, {"code": "CN", "records": 3, "main": 3},
                                 {"code": "RU", "records": 1, "main": 1}]
    assert counted["organisations"] == [{"code": "NATO", "records": 1, "main": 1}]
    assert counted["dyads"] == [{"dyad": "CN-US", "records": 3}, {"dyad": "RU-US", "records": 1}]


def test_time_is_cut_into_days_weeks_or_months_of_utc(count):
    assert [(each["period"], each["records"]) for each in count()["over_time"]] == [("2026-10", 1), ("2026-11", 3)]
    assert [each["period"] for each in count(by="day")["over_time"]] == ["2026-10-30", "2026-11-02", "2026-11-22"]
    assert [each["period"] for each in count(by="week")["over_time"]] == ["2026-W44", "2026-W45", "2026-W47"]
    assert name_period("2027-01-01", "week") == "2026-W53"


def test_a_period_and_a_source_leave_the_rest_out(count):
    october = count(until=datetime(2026, 11, 1, tzinfo=UTC))
    assert (october["records"], october["dyads"]) == (1, [{"dyad": "CN-US", "records": 1}])
    assert october["duplicates"] == {"exact": 0, "near": 0}
    voa = count(source="voa")
    assert (voa["records"], voa["duplicates"]["exact"], voa["origins"]) == (1, 1, 1)
    assert {each["code"] for each in voa["actors"]} == {"RU", "US"}


def test_an_empty_store_counts_nothing_and_is_drawn(database):
    with database.read() as session:
        counted = take_stats(session, Wanted())
    assert (counted["records"], counted["origins"], counted["over_time"]) == (0, 0, [])
    ElementTree.fromstring(draw_stats(counted))


def test_the_picture_has_a_bar_for_each_period_and_says_what_it_is(count):
    drawn = ElementTree.fromstring(draw_stats(count()))
    said = [title.text for title in drawn.iter(f"{SVG}title")]
    assert "2026-11: 3, of them 2" in said
    assert "CN-US: 3" in said
    assert any("4 records in 2 languages from 3 outlets" in (words.text or "") for words in drawn.iter(f"{SVG}text"))


def test_names_cannot_break_out_of_the_picture(count):
    counted = count()
    counted["sources"][0]["source"] = '</text><script>"&\x00'
    drawn = ElementTree.fromstring(draw_stats(counted))
    assert not list(drawn.iter(f"{SVG}script"))


@pytest.fixture
def call(sqlite_url, make_article, now):
    with open_database(sqlite_url) as database:
        fill(database, make_article, now)

    def run(*arguments):
        return CliRunner().invoke(stats, ["--database", sqlite_url, *arguments])

    return run


def test_stats_prints_tables_or_json_and_draws(call, tmp_path):
    assert "CN-US" in call().stdout
    result = call("--json", "--quiet", "--by", "day", "--plot", str(tmp_path / "a.svg"))
    assert json.loads(result.stdout)["records"] == 4
    ElementTree.parse(tmp_path / "a.svg")


def test_a_picture_of_another_kind_is_refused_with_the_way_out(call, tmp_path):
    result = call("--plot", str(tmp_path / "a.jpg"))
    assert (result.exit_code, "an .svg or a .png" in result.stderr) == (2, True)


def test_a_png_is_drawn_where_the_library_is_there(call, tmp_path):
    pytest.importorskip("resvg_py")
    assert call("--plot", str(tmp_path / "a.png")).exit_code == 0
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")


def test_a_png_without_the_library_names_the_way_out(call, tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "resvg_py", None)
    result = call("--plot", str(tmp_path / "a.png"))
    assert (result.exit_code, "avvisi[plot]" in result.stderr) == (2, True)


def test_a_picture_has_words_in_it(count, tmp_path):
    painter = pytest.importorskip("resvg_py")
    drawn = draw_stats(count())
    silent = ElementTree.fromstring(drawn)
    for group in silent.iter(SVG + "g"):
        for text in group.findall(SVG + "text"):
            group.remove(text)
    wordless = ElementTree.tostring(silent, encoding="unicode")
    assert bytes(painter.svg_to_bytes(svg_string=drawn)) != bytes(painter.svg_to_bytes(svg_string=wordless))


def test_a_png_without_a_font_is_refused_with_the_way_out(call, tmp_path, monkeypatch):
    painter = pytest.importorskip("resvg_py")
    monkeypatch.setattr(painter, "svg_to_bytes", lambda **wanted: b"a picture without words")
    result = call("--plot", str(tmp_path / "a.png"))
    assert (result.exit_code, "font" in result.stderr) == (2, True)
