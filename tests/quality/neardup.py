"""How well copies are found, and what is taken for a copy wrongly: ``python -m tests.quality.neardup --corpus DIR``.

DIR holds stories.jsonl (id, story, lang, kind, text) and pairs.jsonl (lang1, lang2, overall, text1, text2: two news
texts and how far apart they are, 1 the same story to 4 unrelated). Through the store's own ingestion into SQLite:

- Every real text of at least 100 words is stored. Of each, perturbed copies arrive from another outlet, each alone, and
  must come into its group. Thai texts are made up, since the corpus has none.
- Texts of one language and different stories must not share a group, nor the two of a pair rated 2.5 or more. Pairs
  of pages that show a notice on cookies or robots instead of an article are listed and left aside.

Prints recall by perturbation and language, and each false group by name. Exit status 1 below a floor.
"""

import argparse
import json
import random
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from itertools import combinations
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from store import models
from store.articles import ingest
from store.copies.shingles import cut_shingles
from store.copies.signature import compare, compare_texts
from store.database import Database, open_database
from store.values import Article

FLOORS = {
    "credit appended": 1.0,
    "boilerplate line": 1.0,
    "5 % of words edited": 1.0,
    "10 % of words edited": 0.97,
    "paragraphs reordered": 0.99,
    "lead 60 %": 0.95,
    "lead 35 %": 0.90,
    "quoted in a longer text": 0.80,
}
UNSPACED = ("zh", "ja", "th")
BEHIND = 0.05  # how far these may stay behind the rest
UNRELATED = 2.5
LEAST = 100  # words, or pairs of characters
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
WALL = re.compile(r"cookie|adres IP|robot|anonym|datenschutz|prywatno", re.IGNORECASE)

# Thai syllables: a consonant, perhaps in a cluster, a vowel above, below or beside it, a tone, a final consonant.
THAI_FIRST = "ก ข ค ง จ ช ซ ด ต ถ ท น บ ป ผ พ ฟ ม ย ร ล ว ส ห อ กร กล คว ตร ปร พล พร".split()
THAI_VOWEL = "า ิ ี ึ ื ุ ู ะ ำ".split()
THAI_BEFORE = ["", "", "", "เ", "แ", "โ", "ไ", "ใ"]
THAI_TONE = ["", "", "", "่", "้"]
THAI_LAST = ["", "", "ก", "ง", "น", "บ", "ม", "ย", "ว", "ด"]
THAI_WORDS = 3000


@dataclass(frozen=True, kw_only=True)
class Text:
    """A real text."""

    id: str
    story: str
    language: str
    text: str

    @property
    def is_unspaced(self) -> bool:
        """Whether its script writes no spaces."""
        return self.language in UNSPACED


def load_stories(corpus: Path) -> list[Text]:
    """Read the texts that people wrote or translated, one a story and language."""
    texts: dict[tuple[str, str], Text] = {}
    for row in map(json.loads, (corpus / "stories.jsonl").open(encoding="utf-8")):
        text = Text(id=row["id"], story=row["story"], language=row["lang"], text=row["text"])
        if not row["kind"].startswith("mt") and len(split(text)) >= LEAST:
            texts.setdefault((text.story, text.language), text)
    return [*texts.values(), *(make_thai(number) for number in range(40))]


def load_lone(corpus: Path) -> list[Text]:
    """Read one text of each pair, for the languages that have no stories."""
    lone = []
    for number, row in enumerate(map(json.loads, (corpus / "pairs.jsonl").open(encoding="utf-8"))):
        text = Text(id=f"pair/{number}", story=f"pair/{number}", language=row["lang1"], text=row["text1"])
        if row["lang1"] in ("ar", "pl", "tr") and row["overall"] >= UNRELATED and len(split(text)) >= LEAST \
                and not is_wall(text.text):
            lone.append(text)
    return lone


def make_thai(seed: int) -> Text:
    """Make up a text of Thai syllables, without a space in a sentence; some words are frequent, most are rare."""
    chance = random.Random(seed)
    frequency = [1 / rank for rank in range(3, THAI_WORDS + 3)]
    lines = [" ".join("".join(chance.choices(thai_words(), frequency, k=15)) for _ in range(3)) for _ in range(8)]
    return Text(id=f"thai/{seed}", story=f"thai/{seed}", language="th", text="\n".join(lines))


@cache
def thai_words() -> list[str]:
    """Make up the words of a language, of one to three syllables."""
    chance = random.Random(0)

    def make_syllable() -> str:
        before = chance.choice(THAI_BEFORE)
        vowel = "" if before else chance.choice(THAI_VOWEL)
        return before + "".join(map(chance.choice, (THAI_FIRST, THAI_TONE, [vowel], THAI_LAST)))

    return ["".join(make_syllable() for _ in range(chance.randint(1, 3))) for _ in range(THAI_WORDS)]


def is_wall(text: str) -> bool:
    """Whether a page shows a notice on cookies or robots, which is the same on every page of its site."""
    return len(WALL.findall(text)) >= 3


# Perturbations: (text, its neighbours of the language, chance) -> copy


def split(text: Text) -> list[str]:
    """Split into words, or into pairs of characters."""
    return re.findall(r"\n|\S{1,2}" if text.is_unspaced else r"\n|\S+", text.text)


def join(text: Text, words: Iterable[str]) -> str:
    """Put words together again."""
    glue = "" if text.is_unspaced else " "
    return re.sub(r" ?\n ?", "\n", glue.join(words)).strip()


def append_credit(text: Text, others: Sequence[Text], chance: random.Random) -> str:
    """The agency's name at the end."""
    return f"{text.text}\n{chance.choice(['Reuters', '(AFP)', 'dpa/ATA', 'Source: Xinhua', 'TASS, 12:40'])}"


def add_line(text: Text, others: Sequence[Text], chance: random.Random) -> str:
    """A line of another text, anywhere between two of its own."""
    lines = text.text.split("\n")
    line = " ".join(others[0].text.split("\n"))[:150]
    lines.insert(chance.randint(0, len(lines)), line)
    return "\n".join(lines)


def edit(share: float) -> Callable[[Text, Sequence[Text], random.Random], str]:
    """Words replaced, left out and put in, by words of a neighbour."""

    def perturb(text: Text, others: Sequence[Text], chance: random.Random) -> str:
        words, strange = split(text), [word for word in split(others[0]) if word != "\n"]
        places = [place for place, word in enumerate(words) if word != "\n"]
        for place in chance.sample(places, round(share * len(places))):
            match chance.randrange(4):
                case 0:
                    words[place] = ""
                case 1:
                    words[place] += ("" if text.is_unspaced else " ") + chance.choice(strange)
                case _:
                    words[place] = chance.choice(strange)
        return join(text, filter(None, words))

    return perturb


def reorder(text: Text, others: Sequence[Text], chance: random.Random) -> str:
    """Its paragraphs, or else its sentences, in another order."""
    lines = text.text.split("\n")
    if len(lines) < 3:
        lines = re.split(r"(?<=[.!?。！？।])\s*", text.text)
    chance.shuffle(lines)
    return "\n".join(lines)


def lead(share: float) -> Callable[[Text, Sequence[Text], random.Random], str]:
    """The beginning only."""

    def perturb(text: Text, others: Sequence[Text], chance: random.Random) -> str:
        words = split(text)
        return join(text, words[: round(share * len(words))])

    return perturb


def quote(text: Text, others: Sequence[Text], chance: random.Random) -> str:
    """The whole text between halves of two or three others: 1 part in 2 to 4."""
    halves = []
    for other in others[: chance.randint(2, 3)]:
        words = split(other)
        halves.append(join(other, words[: len(words) // 2]))
    halves.insert(1, text.text)
    return "\n".join(halves)


PERTURBATIONS: dict[str, Callable[[Text, Sequence[Text], random.Random], str]] = {
    "credit appended": append_credit,
    "boilerplate line": add_line,
    "5 % of words edited": edit(0.05),
    "10 % of words edited": edit(0.10),
    "paragraphs reordered": reorder,
    "lead 60 %": lead(0.60),
    "lead 35 %": lead(0.35),
    "quoted in a longer text": quote,
}


# Through the store


class Undone(Exception):
    """Raised to take a copy out of the database again."""


def put(session: Session, address: str, text: str) -> str:
    """Store a text; return the record's id."""
    article = Article(url=f"https://{address}", keys=(address,), paragraphs=tuple(text.split("\n")))
    return ingest(session, article, page_id=None, now=NOW).id


def get_groups(session: Session) -> dict[str, str]:
    """Get the group of each record that has one."""
    rows = session.execute(select(models.NearMember.article_id, models.NearMember.group_id))
    return {row.article_id: row.group_id for row in rows}


def measure_recall(database: Database, texts: list[Text], ids: dict[str, str]) -> dict[str, dict[str, list[bool]]]:
    """Let each perturbed copy arrive alone; perturbation -> language -> whether it came into its text's group."""
    by_language = defaultdict[str, list[Text]](list)
    for text in texts:
        by_language[text.language].append(text)
    found: dict[str, dict[str, list[bool]]] = {name: defaultdict(list) for name in PERTURBATIONS}
    for text in texts:
        chance = random.Random(text.id)
        peers = [other for other in by_language[text.language] if other.story != text.story]
        peers = peers if len(peers) >= 3 else peers + by_language["en"]
        for name, perturb in PERTURBATIONS.items():
            copy = perturb(text, chance.sample(peers, 3), chance)
            try:
                with database.begin() as session:
                    id = put(session, "another.example/copy", copy)
                    groups = get_groups(session)
                    found[name][text.language].append(
                        id == ids[text.id] or (id in groups and groups[id] == groups.get(ids[text.id])))
                    raise Undone
            except Undone:
                continue
    return found


def find_false_stories(database: Database, texts: list[Text], ids: dict[str, str]) -> Iterator[str]:
    """Name the groups that hold texts of one language and different stories."""
    with database.read() as session:
        groups = get_groups(session)
    members = defaultdict[str, list[Text]](list)
    for text in texts:
        if (group := groups.get(ids[text.id])) is not None:
            members[group].append(text)
    for group in members.values():
        for one, other in combinations(group, 2):
            if one.story != other.story and one.language == other.language:
                yield f"{one.id}  {other.id}  {compare_texts(one.text, other.text)}"


def judge_pairs(corpus: Path) -> tuple[int, list[str], list[str]]:
    """Judge the pairs that are different stories; return how many, the false ones and the walls."""
    count, wrong, walls = 0, [], []
    for row in map(json.loads, (corpus / "pairs.jsonl").open(encoding="utf-8")):
        if row["overall"] < UNRELATED:
            continue
        if is_wall(row["text1"]) and is_wall(row["text2"]) and compare_texts(row["text1"], row["text2"]).is_copy:
            walls.append(row["pair"])
            continue
        count += 1
        with tempfile.TemporaryDirectory() as folder, open_database(f"sqlite:///{folder}/pair.db") as database, \
                database.begin() as session:
            put(session, "one.example/a", row["text1"])
            put(session, "two.example/b", row["text2"])
            if get_groups(session):
                wrong.append(f"{row['pair']}  rated {row['overall']:.1f}")
    return count, wrong, walls


def judge_all_pairs(texts: list[Text]) -> tuple[int, float, float]:
    """Compare all pairs of one language and different stories; return how many, highest resemblance and containment."""
    cut = [(text, cut_shingles(text.text)) for text in texts]
    count, resemblance, containment = 0, 0.0, 0.0
    for (one, a), (other, b) in combinations(cut, 2):
        if one.language == other.language and one.story != other.story:
            likeness = compare(a, b)
            count += 1
            resemblance, containment = max(resemblance, likeness.resemblance), max(containment, likeness.containment)
    return count, resemblance, containment


def main(arguments: list[str] | None = None) -> int:
    """Print the figures; 1 below a floor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True, metavar="DIR")
    corpus = parser.parse_args(arguments).corpus
    seeds = sorted((corpus.parent / "seeds").glob("*.txt"))
    failed = False
    with tempfile.TemporaryDirectory() as folder, open_database(f"sqlite:///{folder}/neardup.db") as database:
        texts = load_stories(corpus)
        texts += load_lone(corpus)
        texts += [Text(id=file.name, story=file.name, language="seed", text=file.read_text("utf-8")) for file in seeds]
        with database.begin() as session:
            ids = {text.id: put(session, f"outlet{n}.example/{n}", text.text) for n, text in enumerate(texts)}
        false_stories = list(find_false_stories(database, texts, ids))
        subjects = [text for text in texts if text.language != "seed"]
        found = measure_recall(database, subjects, ids)
    languages = sorted({text.language for text in subjects})
    print(f"{len(subjects)} texts in {len(languages)} languages ({' '.join(languages)}), {len(seeds)} seeds")
    print(f"{'':26}{'recall':>8}{'floor':>7}{'zh ja th':>10}  {'  '.join(f'{each:>4}' for each in languages)}")
    for name, floor in FLOORS.items():
        by_language = found[name]
        recall = share(hit for hits in by_language.values() for hit in hits)
        spaced = share(hit for each, hits in by_language.items() if each not in UNSPACED for hit in hits)
        unspaced = share(hit for each in UNSPACED for hit in by_language[each])
        lagging = [each for each in UNSPACED if share(by_language[each]) < spaced - BEHIND]
        row = "  ".join(f"{share(by_language[each]):4.2f}" for each in languages)
        print(f"{name:26}{recall:8.3f}{floor:7.2f}{unspaced:10.3f}  {row}{'  BELOW' if recall < floor else ''}"
              f"{'  BEHIND: ' + ' '.join(lagging) if lagging else ''}")
        failed |= recall < floor or bool(lagging)
    count, wrong, walls = judge_pairs(corpus)
    pairs, resemblance, containment = judge_all_pairs(texts)
    print(f"false groups among different stories: {len(false_stories)} of {pairs} pairs (nearest: resemblance "
          f"{resemblance:.2f}, containment {containment:.2f})")
    print(f"false groups among pairs rated {UNRELATED} or more: {len(wrong)} of {count}; "
          f"walls aside: {' '.join(walls)}")
    for line in (*false_stories, *wrong):
        print(f"FALSE  {line}")
    return int(failed or bool(false_stories) or bool(wrong))


def share(hits: Iterable[bool]) -> float:
    """The share of hits; 1 of none."""
    hits = list(hits)
    return sum(hits) / len(hits) if hits else 1.0


if __name__ == "__main__":
    sys.exit(main())
