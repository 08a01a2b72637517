"""Labels of our own are joined with the texts of a corpus."""

import json

import tests.quality.own_labels as own_labels
from tests.quality.own_labels import cut, read_own_rows

LABELS = "wmt:a/en/src\ten\t2\tUS,CN\nsemeval:1_2/2\tde\t0\t\nblogs:one\tfr\t1\tFR\nwmt:gone\ten\t0\tGB\n"


def write_lines(path, *rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def test_labels_find_their_texts_and_those_without_a_text_are_counted(tmp_path, monkeypatch):
    (tmp_path / "labels_x.tsv").write_text(LABELS, encoding="utf-8")
    monkeypatch.setattr(own_labels, "FOLDER", tmp_path)
    write_lines(tmp_path / "stories.jsonl", {"id": "a/en/src", "text": "Talks\nThey met."})
    write_lines(tmp_path / "pairs.jsonl", {"pair": "1_2", "text1": "Eins.", "text2": "Zwei."})
    write_lines(tmp_path / "news" / "index.jsonl",
                {"id": "blogs/one", "html_path": "one.html", "title": "Titre", "text": "Un texte."})
    rows, skipped = read_own_rows(tmp_path)
    assert skipped == 1
    assert rows == [
        {"id": "wmt:a/en/src", "lang": "en", "diplomacy": 2, "countries": ["US", "CN"],
         "title": "Talks", "text": "They met."},
        {"id": "semeval:1_2/2", "lang": "de", "diplomacy": 0, "countries": [], "title": "Zwei.", "text": "Zwei."},
        {"id": "blogs:one", "lang": "fr", "diplomacy": 1, "countries": ["FR"], "title": "Titre", "text": "Un texte."},
    ]


def test_a_text_is_cut_to_its_title_and_lead():
    long = "word " * 200
    assert cut(None, long)["title"] == long[:150]
    assert len(cut("Title", long)["text"]) == 420
    assert cut(None, "First line\nand  the\nrest") == {"title": "First line", "text": "and the rest"}


def test_the_labels_in_the_repository_are_well_formed():
    seen = set()
    for path in sorted(own_labels.FOLDER.glob("labels_*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            key, language, diplomacy, codes = line.split("\t")
            assert key not in seen
            assert diplomacy in "012"
            assert language.islower()
            assert all(len(code) == 2 and code.isupper() for code in codes.split(",") if code)
            seen.add(key)
    assert seen
