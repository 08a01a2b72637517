"""Words that look like a country and may be something else: a person, a state of the USA, a restaurant.

- A word that is also a personal name (``?`` in the tables: Jordan, Chad, Israel, Georgia...) and every city counts
  only where no other unknown capitalised word stands beside it: "Michael Jordan" and "Chad Smith" are no states. A
  city before the surname of somebody known is a given name: "Antony Blinken" comes from no suburb of Paris.
- Georgia is the state of the USA where the text names the USA or places of it, and nothing of the Caucasus.
- The seat of a government close behind a restaurant, a hotel or a bar, or right before one, is a sign over a door.
- "German researchers", "a Swedish university": who studies is no act of a state, which counts as a mere place.
- A paper or station is named after its place: "北海道新聞" is no sign of Japan, "RT en français" none of France.
- In Chinese a dot joins the parts of a foreign person's name: "多米尼克·卡明斯" is not Dominica. A name
  of two characters is hardly such a part: "中国·浙江".
- A mark of home (currency, ministry) counts only where the text names no state.
- What is fixed in a phrase ("Latin America", "guinea pig", "Persian Gulf") is in the tables, under ``-``.
"""

from bisect import bisect_left
from collections.abc import Iterable

from crawler.extract.actors.lexicon import Hit, Sort
from crawler.extract.actors.reading import UNSPACED, Reading

VENUE, OUTLET, RESEARCH = "venue", "outlet", "research"
_MARKS = frozenset({VENUE, OUTLET, RESEARCH})
_WORDS_BEHIND_VENUE = 3
_VENUE_CHARACTERS = 6
_NAME_DOTS, _SHORT_NAME = frozenset("·•‧・"), 2

# In German every noun has a capital; in the others a capital beside a name makes it part of a longer name.
_CAPITALS_SAY_NOTHING = frozenset({"de"})
# Words of English and its neighbours that stand before a place with a capital and are no given name.
_DIRECTIONS = frozenset("""southern northern eastern western central south north east west new old greater upper lower
downtown mid the in at from le la les el los las san santa saint st süd nord ost west alt neu""".split())

# What begins a sentence before the name of a state; any other word there is taken for a given name.
_OPENERS = frozenset("""after all also although among and as at because before both but by can could despite did does
during even except from has have how if in inside into is it its king like likewise many may meanwhile more most near
not now of on only or outside over queen should since so some still than that the their then there though through today
toward under unless unlike until was what when where whether which while who why will with within without would
yesterday yet pour dans avec sans sous entre depuis selon mais con sin sobre entre desde según pero para por com sem
sob desde segundo mas per tra fra della della nella secondo""".split())
_CAUCASUS = frozenset({"AM", "AZ", "RU", "TR", "UA", "MD"})


def settle(hits: Iterable[Hit], reading: Reading) -> list[Hit]:
    """Drop the hits that mean no state here, and give Georgia to the right one."""
    found = list(hits)
    venues = [hit for hit in found if hit.label == VENUE]
    outlets = [hit for hit in found if hit.label == OUTLET]
    known = _known_words(found)
    studies = [hit for hit in found if hit.label == RESEARCH]
    surnames = frozenset(hit.first for hit in found if hit.sort is Sort.PERSON)
    kept = [
        hit._replace(sort=Sort.PLACE) if _is_named_by_one_of(studies, hit) else hit
        for hit in found
        if hit.label not in _MARKS
        and not any(hit.end == outlet.start for outlet in outlets)
        and not (reading.language == "zh" and is_dotted(hit, reading))
        and not (hit.sort is Sort.SEAT and any(_is_beside(hit, venue) for venue in venues))
        and not (hit.sort is Sort.PLACE and hit.last + 1 in surnames and reading.line[hit.end:hit.end + 1] == " ")
        and not ((hit.doubtful or hit.sort is Sort.PLACE) and is_personal_name(hit, reading, known))
    ]
    return _settle_georgia(_settle_home(kept))


def is_dotted(hit: Hit, reading: Reading) -> bool:
    """Whether a Chinese hit is a part of a foreign person's name."""
    beside = reading.line[max(0, hit.start - 1):hit.start] + reading.line[hit.end:hit.end + 1]
    return hit.sort is not Sort.PERSON and hit.end - hit.start > _SHORT_NAME and not _NAME_DOTS.isdisjoint(beside)


def _settle_home(hits: list[Hit]) -> list[Hit]:
    is_named = any(len(hit.label) == len("US") and hit.sort is not Sort.HOME for hit in hits)
    return [hit for hit in hits if hit.sort is not Sort.HOME] if is_named else hits


def _known_words(hits: Iterable[Hit]) -> frozenset[int]:
    return frozenset(place for hit in hits if hit.first >= 0 for place in range(hit.first, hit.last + 1))


def _is_beside(hit: Hit, venue: Hit) -> bool:
    if hit.first >= 0 and venue.first >= 0:
        return hit.sentence == venue.sentence and (
            0 < hit.first - venue.last <= _WORDS_BEHIND_VENUE or venue.first - hit.last == 1
        )
    return abs(hit.start - venue.start) <= _VENUE_CHARACTERS


def _is_named_by_one_of(studies: Iterable[Hit], hit: Hit) -> bool:
    """Whether a state is named right beside a researcher or a university; where no spaces are written, before it."""
    return hit.sort in (Sort.NAME, Sort.SEAT) and any(
        study.sentence == hit.sentence and (
            1 in (study.first - hit.last, hit.first - study.last) if hit.first >= 0 and study.first >= 0
            else 0 <= study.start - hit.end <= 1)
        for study in studies
    )


def is_personal_name(hit: Hit, reading: Reading, known: frozenset[int]) -> bool:
    """Whether an unknown capitalised word stands directly beside a hit, with nothing but a space between."""
    if hit.first < 0 or reading.language in UNSPACED or not reading.words[hit.first][:1].isupper():
        return False
    if reading.language in _CAPITALS_SAY_NOTHING and not hit.doubtful:
        return False
    if hit.end <= reading.title_end and _is_title_case(reading):
        return False
    return _is_name_part(hit.first - 1, hit, reading, known) or (
        hit.doubtful and _is_name_part(hit.last + 1, hit, reading, known)
    )


def _is_name_part(place: int, hit: Hit, reading: Reading, known: frozenset[int]) -> bool:
    if not 0 <= place < len(reading.words) or place in known:
        return False
    word = reading.word(place)
    if word.sentence != hit.sentence or word.keys[0] in _DIRECTIONS:
        return False
    gap = reading.line[word.end:hit.start] if word.end <= hit.start else reading.line[hit.end:word.start]
    is_name = gap == " " and word.text[:1].isupper() and word.text[1:2].islower() and len(word.text) > 2
    starts_sentence = place < hit.first and (place == 0 or reading.word(place - 1).sentence != word.sentence)
    return is_name and not (starts_sentence and (not hit.doubtful or word.keys[0] in _OPENERS))


def _is_title_case(reading: Reading) -> bool:
    count = bisect_left(reading.starts, reading.title_end)
    title = [text for text in reading.words[:count] if len(text) > 3]
    return bool(title) and sum(text[:1].isupper() for text in title) * 3 > len(title) * 2


def _settle_georgia(hits: list[Hit]) -> list[Hit]:
    bare = [hit for hit in hits if hit.label == "GE" and hit.doubtful]
    if not bare:
        return hits
    caucasian = any((hit.label == "GE" and not hit.doubtful) or hit.label in _CAUCASUS for hit in hits)
    if caucasian or not any(hit.label == "US" for hit in hits):
        return hits
    return [
        Hit("US", Sort.PLACE, False, hit.start, hit.end, hit.sentence, hit.first, hit.last) if hit in bare else hit
        for hit in hits
    ]
