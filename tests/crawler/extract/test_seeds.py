import json

import pytest

from crawler.extract.reader import extract
from tests.crawler.extract.theme import page_of

FILES = (
    "000_3fb7c8cbc7e1fd89", "001_46b31751a18c788b", "002_d732bddbb89ed201", "003_b61f901732ddba09",
    "004_1623a29c14190e3a",
)


@pytest.mark.parametrize("name", FILES)
def test_a_seed_comes_out_exactly(shared, name):
    rows = map(json.loads, (shared / "seeds" / "expected.jsonl").read_text(encoding="utf-8").splitlines())
    expected = next(row for row in rows if row["file"] == f"{name}.txt")
    body = (shared / "seeds" / f"{name}.txt").read_bytes()
    article = extract(page_of(body, content_type="text/plain", url=f"file:///seeds/{name}.txt"))
    assert list(article.paragraphs) == expected["paragraphs"]
    assert [removal.text for removal in article.removed] == expected["removed"]
    assert list(article.credits) == expected["credits"]
    assert article.derived_from == expected["derived_from"]
    assert article.language == expected["language"]
    published = article.published and {"value": str(article.published), "precision": str(article.published.precision)}
    assert published == expected["published"]
