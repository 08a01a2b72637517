"""What records are about, through the real command: what was stored without the lens is looked at."""

from datetime import UTC, datetime
from pathlib import Path

from store.articles import ingest
from store.database import open_database
from store.export import iter_records
from store.records import get_record
from store.values import Article
from tests.acceptance.avvisi import Avvisi
from tests.crawler.test_lens import MATCH, TALKS


def test_lens_looks_at_what_was_stored_without_it(tmp_path: Path) -> None:
    avvisi = Avvisi(tmp_path)
    with open_database(avvisi.database_url) as database:
        with database.begin() as session:
            for host, text in (("a.org", TALKS), ("b.org", MATCH)):
                article = Article(url=f"https://{host}/1", keys=(f"{host}/1",), paragraphs=(text,), language="en")
                ingest(session, article, page_id=None, now=datetime.now(UTC))
        done = avvisi.run("lens", "--json", "--jobs", "1")
        assert '{"looked_at": 2, "left": 0}' in done.stdout, done.stderr
        with database.read() as session:
            talks, match = sorted(iter_records(session), key=lambda record: record["url"])
            shown = get_record(session, talks["id"])
    assert (talks["dyads"], match["dyads"]) == (["CN-RU"], [])
    assert talks["relevance"] > 0.8 > 0.2 > match["relevance"]
    assert shown["actors"][0]["evidence"][0]["term"] in ("China", "Russia")
