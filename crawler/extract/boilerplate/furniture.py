"""Whole lines that dress a page: share bars, links to other articles, newsletter boxes, photo credits."""

import re

from crawler.extract.boilerplate.appeals import ADDRESSES
from crawler.extract.line_forms import ends_sentence
from crawler.extract.reading import drop_matching
from crawler.extract.text import fold
from crawler.extract.words import any_of, words
from crawler.extract.words.links import LABELS as LINK_LABELS
from crawler.extract.words.links import NEEDING_A_TARGET
from crawler.extract.words.newsletters import INVITATIONS, INVITING, NAMES, PERHAPS, PERHAPS_UNSPACED
from crawler.extract.words.pictures import OWNERSHIP, PICTURES
from crawler.extract.words.sharing import GLUE, NETWORKS, VERBS, WORDS_OF_ARTICLES

LONGEST_BAR = 120  # characters
LONGEST_LINK_LINE = 250
LONGEST_BOX = 200
LONGEST_PHOTO_CREDIT = 110
LONGEST_NAME = 12  # words of a photo credit: people, agencies, an archive

NETWORK, SHARE, BETWEEN = (frozenset(words(table)) for table in (NETWORKS, VERBS, GLUE))
WORD = re.compile(r"[^\s|/,:·•+&()\[\]<>›»→!.–—]+")
BAR_ALONE = SHARE - frozenset(words(WORDS_OF_ARTICLES))
COUNT = re.compile(r"\d[\d.,]*[km]?")


def is_share_bar(text: str) -> bool:
    """Tell whether a line only offers to share: every word a network, a verb of sharing or the glue between them."""
    if len(text) > LONGEST_BAR:
        return False
    folded = fold(text)
    if folded.strip(" :.!…") in BAR_ALONE:
        return True
    said = [word for word in WORD.findall(folded) if not COUNT.fullmatch(word)]
    shares = sum(word in SHARE for word in said)
    networks = sum(word in NETWORK for word in said)
    if not said or not all(word in SHARE or word in NETWORK or word in BETWEEN for word in said):
        return False
    return networks >= 3 or (shares >= 1 and networks >= 1) or (2 <= len(said) <= 6 and said[0] in SHARE)


LINK_LABEL = frozenset(words(LINK_LABELS))
NEEDS_TARGET = frozenset(words(NEEDING_A_TARGET))
LABELLED = re.compile(r"^[\s\W]{0,4}(?P<label>[^:：|]{2,45}?)\s*(?P<colon>[:：|>»›→]+|$)\s*(?P<rest>.*)$")


def is_link_line(text: str) -> bool:
    """Tell whether a line leads to another article: "Read also: ...", or that heading alone."""
    if len(text) > LONGEST_LINK_LINE:
        return False
    found = LABELLED.match(text)
    if not found:
        return False
    label = fold(found["label"]).strip(" .!…[]()")
    if label not in LINK_LABEL:
        return False
    return bool(found["rest"]) or label not in NEEDS_TARGET


NEWSLETTER = re.compile(any_of(NAMES))
INVITATION = re.compile(rf"\W*(?:{any_of(INVITATIONS)}(?![\w-])|{any_of(INVITING)})")
MAYBE_INVITATION = re.compile(rf"\W*(?:{any_of(PERHAPS)}(?!\w)|{any_of(PERHAPS_UNSPACED)})")


def is_newsletter_box(text: str) -> bool:
    """Tell whether a line invites to a newsletter or channel: it begins by asking to join, and names one.

    "Following the daily briefing, talks resumed" and "Daftar negara" ask for nothing.
    """
    if len(text) > LONGEST_BOX:
        return False
    folded = fold(text)
    if not NEWSLETTER.search(folded):
        return False
    if INVITATION.match(folded):
        return True
    return bool(MAYBE_INVITATION.match(folded)) and (not ends_sentence(text) or bool(ADDRESSES.search(folded)))


PHOTO = re.compile(rf"[(\[]?{any_of(PICTURES)}(?:\s{any_of(OWNERSHIP)})?\s*(?:[:/©|]|by\s|courtesy\s)\s*.{{2,80}}")
SENTENCE = re.compile(r"[a-zа-я]{3,}[.!?…]\s+\w|[.!?…]$")
BY_NO_NAME = re.compile(r"\W*\w+ by (?!the author)(?!the [A-Z])[a-z]")  # "Image by image, analysts compared the posts"


def is_photo_credit(text: str) -> bool:
    """Tell whether a line says whose picture was there: "Foto: dpa"; a caption that is a sentence is not one."""
    if len(text) > LONGEST_PHOTO_CREDIT:
        return False
    folded = fold(text)
    if not PHOTO.match(folded) or BY_NO_NAME.match(text):
        return False
    return not SENTENCE.search(folded) and len(folded.split()) <= LONGEST_NAME


SHARE_BARS = drop_matching("share_bar", is_share_bar)
LINK_LINES = drop_matching("read_also", is_link_line)
NEWSLETTERS = drop_matching("newsletter", is_newsletter_box)
PHOTO_CREDITS = drop_matching("photo_credit", is_photo_credit)
