"""Texts made up from a seed: English sentences of which no two seeds share many words in a row."""

import random

SUBJECTS = ("ministers", "envoys", "delegates", "negotiators", "observers", "ambassadors", "advisers", "officials",
            "presidents", "diplomats", "monitors", "mediators", "consuls", "lawmakers", "generals", "experts")
VERBS = ("discussed", "rejected", "welcomed", "postponed", "signed", "criticised", "reviewed", "proposed", "praised",
         "defended", "questioned", "suspended", "drafted", "ratified", "opposed", "renewed")
OBJECTS = ("trade", "borders", "energy", "fisheries", "visas", "sanctions", "prisoners", "grain", "customs", "water",
           "airspace", "refugees", "loans", "tariffs", "treaties", "elections", "pipelines", "railways", "archives")
PLACES = ("harbour", "capital", "valley", "summit", "border", "lake", "island", "coast", "museum", "palace",
          "airport", "university", "castle", "market", "bridge", "monastery", "garden")
TIMES = ("morning", "evening", "weekend", "autumn", "session", "recess", "ceremony", "banquet", "vote", "storm",
         "strike")

JOINTS = ("and", "while", "but", "although", "because", "whereas", "yet", "so", "where", "until", "unless", "besides")
WHERE = ("at", "near", "behind", "inside", "outside", "under", "above", "beyond", "around", "opposite")
WHEN = ("before", "after", "during", "without", "despite", "since", "following", "throughout", "amid", "ahead")


def make_text(seed: int, *, sentences: int = 16, paragraph: int = 4) -> str:
    """Make a text; the same seed makes the same one."""
    chance = random.Random(seed)
    lines = []
    for start in range(0, sentences, paragraph):
        lines.append(" ".join(make_sentence(chance) for _ in range(min(paragraph, sentences - start))))
    return "\n".join(lines)


def make_sentence(chance: random.Random) -> str:
    """Make one sentence of thirteen words."""
    words = [chance.choice(SUBJECTS), chance.choice(VERBS), chance.choice(OBJECTS), chance.choice(JOINTS),
             chance.choice(OBJECTS), chance.choice(WHERE), chance.choice(PLACES), chance.choice(WHEN),
             chance.choice(TIMES), chance.choice(JOINTS), chance.choice(SUBJECTS), chance.choice(VERBS),
             chance.choice(OBJECTS)]
    return " ".join(words).capitalize() + "."
