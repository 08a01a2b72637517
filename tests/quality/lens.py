"""What the lens costs: processor time a text, memory of its tables, and who pays for its start.

    python -m tests.quality.lens [--json]

The texts are our own: the five of the demo and, for each language, its test sentences joined to an article of 3,000
characters, or 1,000 where no spaces are written; they name a state every fifth word, more than any article does. Time
is processor time of one process, the least of five passes over all texts, when the tables are loaded. Memory is what a
process grows by when it has looked at texts in every language that has tables. Nothing of the lens may be loaded in a
process that reads no page: the command line, the daemon, the crawl's own process.
Exit status 1 above a ceiling.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator

CEILINGS = {"milliseconds": 5.0, "slowest_language_milliseconds": 5.0, "megabytes": 60.0, "loaded_elsewhere": 0.0}

COST = """
import json, resource, time
from importlib.resources import files
from crawler.extract.actors.reading import UNSPACED
from crawler.extract.lens import look
from tests.crawler.extract.topic.own import LANGUAGES, sentences

CHARACTERS, UNSPACED_CHARACTERS, PASSES = 3000, 1000, 5

def memory():
    try:
        return int(open("/proc/self/statm").read().split()[1]) * resource.getpagesize() / 2 ** 20
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2 ** 20

def article(language):
    scene = " ".join(sentence.text for sentence in sentences(language))
    length = UNSPACED_CHARACTERS if language in UNSPACED else CHARACTERS
    return (scene * (length // len(scene) + 1))[:length]

def look_at(texts):
    started = time.process_time()
    for language, text in texts:
        look(title=text[:60], text=text, language=language)
    return time.process_time() - started

demo = [("en", path.read_text(encoding="utf-8")) for path in files("crawler.demo").joinpath("texts").iterdir()]
texts = [*demo, *((language, article(language)) for language in LANGUAGES)]
tables = sorted(path.name.removesuffix(".tsv") for path in files("crawler.extract.actors").joinpath("names").iterdir())
empty, started = memory(), time.process_time()
for language in tables:
    look(title=None, text="UN", language=language)
start_up = time.process_time() - started
look_at(texts)
seconds = min(look_at(texts) for _ in range(PASSES))
single = {language: min(look_at([(language, text)]) for _ in range(PASSES)) for language, text in texts}
slowest = max(single, key=single.get)
print(json.dumps({
    "milliseconds": round(seconds / len(texts) * 1000, 2),
    "slowest_language_milliseconds": round(single[slowest] * 1000, 2), "slowest_language": slowest,
    "megabytes": round(memory() - empty, 1), "languages": len(tables),
    "start_up_milliseconds": round(start_up / len(tables) * 1000, 1),
}))
"""

# Every module that a process imports which reads no page, and what of the lens it then has.
ELSEWHERE = """
import sys
import scheduler, crawler.cli, crawler.runner, crawler.workers.readers, crawler.pipelines, store.cli
print(*sorted(name for name in sys.modules if name.startswith(("crawler.extract.actors", "crawler.extract.topic"))))
"""


def main() -> None:
    """Measure, print, compare with the ceilings."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    report: dict[str, object] = json.loads(run(COST))
    report["loaded_elsewhere"] = len(run(ELSEWHERE).split())
    print(json.dumps(report, indent=None if options.json else 2))
    failures = list(above(report))
    for failure in failures:
        print(f"above the ceiling: {failure}", file=sys.stderr)
    sys.exit(bool(failures))


def run(script: str) -> str:
    """Run a script in a process of its own and give what it prints."""
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout


def above(report: dict[str, object]) -> Iterator[str]:
    """Name what is above its ceiling."""
    for name, ceiling in CEILINGS.items():
        value = report[name]
        assert isinstance(value, int | float)
        if value > ceiling:
            yield f"{name} {value}"


if __name__ == "__main__":
    main()
