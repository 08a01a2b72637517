"""Records on their way out: names, order, filters, JSON Lines, CSV."""

import csv
import io
import json
import time
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from sqlalchemy import text

from store.articles import ingest
from store.database import POSTGRES_SETTINGS, open_database
from store.errors import UsageError
from store.export import CHUNK, CSV_FIELDS, dump_line, iter_records, parse_period, write_csv, write_jsonl
from store.fields import ARTICLE_FIELDS, RECORD_FIELDS, article_fields
from store.pages import keep_page
from store.values import Article, Moment, Page, Precision, Removal


def on(year, month, day, precision=Precision.DAY):
    return Moment(at=datetime(year, month, day, tzinfo=UTC), precision=precision, origin="meta")


FULL = Article(
    url="https://example.org/a?x=1", keys=("example.org/a", "example.org/canonical"),
    paragraphs=("Sekretari tha: “Po”.", "Fund."), source="evropaelire", canonical_url="https://example.org/canonical",
    title="Bisedime", language="sq", authors=("Ana A.", "Ben B."), published=on(2023, 3, 1, Precision.MONTH),
    modified=on(2023, 3, 9), dates=(on(2023, 3, 1, Precision.MONTH), on(2023, 3, 9)), description="Në Pekin",
    image="https://example.org/i.jpg", section="Bota", tags=("Kina", "SHBA"), paywalled=False, credits=("VOA",),
    derived_from="https://voa.example/original",
    removed=(Removal(text="Share", rule="share_bar", where="line 1"),
             Removal(text="Kommentar (0)", rule="comment_heading", where="line 9, end")),
)


@pytest.fixture
def put(database, now):
    def put_all(*articles, at=now):
        with database.begin() as session:
            return [ingest(session, article, page_id=None, now=at).id for article in articles]

    return put_all


@pytest.fixture
def export(database):
    def export_all(**filters):
        with database.read() as session:
            return list(iter_records(session, **filters))

    return export_all


def test_a_record_comes_out_as_the_article_went_in(put, export, now):
    put(FULL)
    (record,) = export()
    assert list(record) == list(RECORD_FIELDS)
    assert {name: record[name] for name in ARTICLE_FIELDS} == article_fields(FULL)
    assert (record["first_seen"], record["last_seen"], record["sightings"], record["revision"]) == (
        now.isoformat(), now.isoformat(), 1, 1)


def test_extracted_and_exported_articles_have_the_promised_names():
    promised = ["id", "url", "canonical_url", "source", "title", "text", "paragraphs", "language", "authors",
                "published", "published_precision", "modified",
                "description", "image", "credits", "derived_from", "removed"]
    fields = article_fields(FULL)
    assert set(promised) <= set(fields)
    assert list(fields) == list(ARTICLE_FIELDS)
    assert fields["published"] == "2023-03"
    assert fields["text"] == "\n".join(fields["paragraphs"])
    assert fields["removed"][1] == {"text": "Kommentar (0)", "rule": "comment_heading", "where": "line 9, end"}


def test_a_bare_article_comes_out_with_nulls_and_empty_lists(put, export, make_article):
    put(make_article())
    (record,) = export()
    assert (record["title"], record["published"], record["authors"], record["removed"], record["dates"]) == (
        None, None, [], [], [])


def test_the_view_can_be_read_without_us(put, database):
    put(FULL)
    query = ("SELECT id, json_array_length(removed), json_extract(authors, '$[0]') FROM record"
             if database.name.endswith(".db") else "SELECT id, jsonb_array_length(removed), authors->>0 FROM record")
    with database.read() as session:
        assert session.execute(text(query)).one()[1:] == (2, "Ana A.")


def test_records_come_in_the_order_they_were_first_seen(put, export, make_article, now):
    put(make_article("c.org/1", "Three."), at=now + timedelta(hours=2))
    put(make_article("a.org/1", "One."), at=now)
    put(make_article("b.org/1", "Two."), at=now + timedelta(hours=1))
    assert [record["text"] for record in export()] == ["One.", "Two.", "Three."]


def test_records_are_chosen_by_publication_or_else_by_first_sight(put, export, make_article, now):
    put(make_article("a.org/1", "One.", published=on(2023, 3, 5)), make_article("a.org/2", "Two.",
        published=on(2023, 3, 6)), make_article("a.org/3", "Unknown."))
    start, end = parse_period("2023-03-06")
    assert {record["text"] for record in export(since=start)} == {"Two.", "Unknown."}
    assert [record["text"] for record in export(until=start)] == ["One."]
    assert [record["text"] for record in export(since=start, until=end)] == ["Two."]


def test_records_are_chosen_by_language_and_source(put, export, make_article):
    put(make_article("a.org/1", "One.", language="sq", source="a"), make_article("a.org/2", "Two.", language="de",
        source="a"), make_article("a.org/3", "Three.", language="sq", source="b"))
    assert {record["text"] for record in export(language="sq")} == {"One.", "Three."}
    assert [record["text"] for record in export(language="sq", source="a")] == ["One."]


def test_a_record_says_what_a_citation_needs(database, export, make_article, now):
    later = now + timedelta(minutes=9)
    body = b"<p>Ministers met.</p>"
    with database.begin() as session:
        page = keep_page(session, Page(url="https://a.org/1", requested_url="https://a.org/1", body=body,
                                       fetched_at=now), key="a.org/1")
        ingest(session, make_article("a.org/1", "Kryeministri foli.\nFund."), page_id=page, now=later)
        ingest(session, make_article("b.org/1", "A note without a page."), page_id=None,
               now=later + timedelta(minutes=1))
    read, note = export()
    assert (read["url"], read["revision"]) == ("https://a.org/1", 1)
    assert read["retrieved"] == now.isoformat()
    assert read["page_sha256"] == sha256(body).hexdigest()
    assert read["text_sha256"] == sha256(b"Kryeministri foli.\nFund.").hexdigest()
    assert (note["retrieved"], note["page_sha256"]) == ((later + timedelta(minutes=1)).isoformat(), None)


def test_a_new_text_is_cited_by_the_page_it_was_read_on(database, export, make_article, now):
    for hours, words in enumerate(("They met in Vienna.", "They met in Geneva, at last.")):
        at = now + timedelta(hours=hours)
        with database.begin() as session:
            page = keep_page(session, Page(url="https://a.org/1", requested_url="https://a.org/1", body=words.encode(),
                                           fetched_at=at), key="a.org/1")
            ingest(session, make_article("a.org/1", words), page_id=page, now=at)
    (record,) = export()
    assert (record["revision"], record["retrieved"]) == (2, at.isoformat())
    assert record["page_sha256"] == sha256(words.encode()).hexdigest()


def test_a_json_line_is_one_line_for_every_reader(put, export, make_article):
    put(make_article(text="One\u2028two\u0085three\x9bfour\u2029.", title="a\nb"))
    file = io.StringIO()
    assert write_jsonl(export(), file) == 1
    (line,) = file.getvalue().splitlines()
    assert json.loads(line) == export()[0]
    assert not set("\u2028\u2029\x85\x9b") & set(line)


def test_json_keeps_letters_as_they_are():
    assert dump_line({"t": "Në 北京"}) == '{"t": "Në 北京"}'


def test_csv_has_a_row_a_record_with_lists_joined(put, export):
    put(FULL)
    file = io.StringIO(newline="")
    assert write_csv(export(), file) == 1
    rows = list(csv.DictReader(io.StringIO(file.getvalue(), newline="")))
    assert list(rows[0]) == list(CSV_FIELDS)
    assert (rows[0]["authors"], rows[0]["tags"], rows[0]["text"], rows[0]["paywalled"], rows[0]["revision"]) == (
        "Ana A.; Ben B.", "Kina; SHBA", "Sekretari tha: “Po”.\nFund.", "false", "1")
    assert json.loads(rows[0]["removed"])[0] == {"text": "Share", "rule": "share_bar", "where": "line 1"}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\uff1d"])
def test_csv_cells_cannot_run_as_formulas(start, put, export, make_article):
    put(make_article(title=f"{start}HYPERLINK(1)", authors=(f"{start}1+1",)))
    file = io.StringIO(newline="")
    write_csv(export(), file)
    (row,) = csv.DictReader(io.StringIO(file.getvalue(), newline=""))
    assert row["title"] == f"'{start}HYPERLINK(1)"
    assert row["authors"] == f"'{start}1+1"


def test_an_export_of_nothing_is_an_empty_table(export):
    file = io.StringIO(newline="")
    assert write_csv(export(), file) == 0
    assert file.getvalue().strip() == ",".join(CSV_FIELDS)


@pytest.mark.parametrize(("written", "start", "end"), [
    ("2023", "2023-01-01T00:00+00:00", "2024-01-01T00:00+00:00"),
    ("2023-12", "2023-12-01T00:00+00:00", "2024-01-01T00:00+00:00"),
    ("2024-02", "2024-02-01T00:00+00:00", "2024-03-01T00:00+00:00"),
    ("2023-03-05", "2023-03-05T00:00+00:00", "2023-03-06T00:00+00:00"),
    ("2023-03-05T10:00+02:00", "2023-03-05T08:00+00:00", "2023-03-05T08:00+00:00"),
    ("2023-03-05T10:00", "2023-03-05T10:00+00:00", "2023-03-05T10:00+00:00"),
])
def test_a_period_is_as_long_as_it_is_written(written, start, end):
    assert parse_period(written) == (datetime.fromisoformat(start), datetime.fromisoformat(end))


@pytest.mark.parametrize("written", ["", "yesterday", "2023-13", "2023-02-30", "23-03", "9999"])
def test_what_is_no_date_is_refused_with_the_forms(written):
    with pytest.raises(UsageError, match="write 2023, 2023-03"):
        parse_period(written)


def test_more_records_than_a_chunk_stream_out(put, export, make_article):
    put(*(make_article(f"a.org/{n}", f"Story {n}.") for n in range(300)))
    assert len({record["id"] for record in export()}) == 300


def test_whoever_reads_an_export_may_pause_longer_than_a_writer_may(postgres_url, monkeypatch):
    with open_database(postgres_url) as database, database.begin() as session:
        for number in range(CHUNK + 1):
            article = Article(url=f"https://example.org/{number}", keys=(f"example.org/{number}",),
                              paragraphs=(f"Ministers met {number} times.",))
            ingest(session, article, page_id=None, now=datetime(2026, 11, 22, tzinfo=UTC))
    monkeypatch.setitem(POSTGRES_SETTINGS, "idle_in_transaction_session_timeout", "'1s'")
    with open_database(postgres_url) as database, database.read() as session:
        records = iter_records(session)
        next(records)
        time.sleep(1.5)
        assert len(list(records)) == CHUNK
