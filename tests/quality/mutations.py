"""Reading is total: ``python -m tests.quality.mutations [--pages 10000] [--seed 1] [--corpus DIR] [--only N]``.

Pages of our own (the demo's, made-up sites in twelve languages, themes; with ``--corpus`` also the saved pages that
DIR/index.jsonl lists) are cut, flipped, torn, nested, blown up, spliced and lied about, and read by the real pool of
reading processes. Each must end in a sound article or in a named reason, within its deadline, and the processes must
not grow: their memory (PSS, idle) at the end is compared with that after a tenth of the pages. Prints the ends, the
slowest page, and the memory. ``--only N`` reads the page of that number here, for a debugger. Exit status 1 when a
page broke the reader, hung, came back unsound, or the memory grew by a tenth.
"""

import argparse
import asyncio
import gzip
import json
import os
import random
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from crawler.demo.site import build_site
from crawler.extract.reader import extract_with_lines
from crawler.workers.readers import DEADLINE, Readers
from store.errors import ExtractionError
from store.values import Article, Page
from tests.crawler.extract.theme import FETCHED, LONG, themed
from tests.quality.memory import MadeSite
from tests.quality.memory_words import LANGUAGES
from tests.quality.throughput import family, pss

AT_ONCE = 8  # pages on their way
CHUNK = 250  # pages; then the processes are idle for a moment, and their memory is looked at
GROWTH_CEILING = 1.10
BROKEN = frozenset({"reader_failed", "crashed", "timeout"})  # reasons by which a page has broken its reader
SLACK = 10.0  # seconds beyond the deadline, for waiting for a process on a busy machine
REASON = re.compile(r"[a-z][a-z_]+")
PLACE = re.compile(r"line [1-9]\d*(, start|, end)?")
TAG = re.compile(rb"<[^<>]{1,300}>")
LARGEST = 600_000  # bytes

CHARSETS = (
    "utf-8", "utf-16", "iso-8859-1", "windows-1251", "shift_jis", "gb18030", "big5", "euc-kr", "koi8-r", "utf-7",
    "iso-2022-jp", "hz", "ascii", "nonsense", "", "utf-32", "punycode", "idna", "base64", "rot13", "undefined",
)
TYPES = ("text/html", "text/plain", "application/xhtml+xml", "", "application/pdf", "text/html;;;charset")
ELEMENTS = (
    b"div", b"p", b"span", b"b", b"table><tr><td", b"ul><li", b"blockquote", b"font", b"a href='/x'", b"section",
    b"svg", b"math", b"noscript", b"template", b"select><option", b"object", b"ruby><rt", b"frameset", b"button",
)
JUNK = (
    b"\0", b"<", b">", b"&", b"</div>", b"</p></article>", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"&#0;",
    b"&#x110000;", b"&#xD800;", b"\xff\xfe", b"\xef\xbb\xbf", b"<script>", b"</script>", b"<style>", b"<textarea>",
    b"<title>", b"<body>", b"</html>", b"<plaintext>", b"<meta charset=utf-7>", b"<base href='http://['>",
    b"<a href='http://[::1'>x</a>", b"<time datetime='9999-99-99T99:99:99+99:99'>", b"<link rel=canonical href='//'>",
    b"\xe2\x80\xae", b"\xed\xa0\x80", b"<meta property='article:published_time' content='-1'>",
    b"<?xml version='1.0' encoding='utf-16'?>",
    b'<script type="application/ld+json">[[[[{"@graph":{"@type":[1,null]}}</script>',
    b'<script type="application/ld+json">{"@type":"NewsArticle","datePublished":1e999,"author":[[{}]]}</script>',
)


@dataclass(kw_only=True)
class Result:
    """What the pages came to; ``memory`` is MiB of the reading processes, by the pages read before."""

    ends: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    slowest: tuple[float, int] = (0.0, -1)
    memory: dict[int, float] = field(default_factory=dict)

    def growth(self, pages: int) -> float:
        """How many times as much memory the last tenth of the pages needs as the first tenth did, by the medians.

        What a large page has left free and not yet given back is in single figures, a leak in all.
        """
        sizes, tenth = list(self.memory.values()), max(1, pages // 10 // CHUNK)
        return statistics.median(sizes[-tenth:]) / statistics.median(sizes[:tenth]) if sizes else 1.0


def make_originals() -> list[bytes]:
    """Make pages of our own to mutate."""
    demo = [asset.body for path, asset in build_site("http://demo.example").items() if "html" in asset.content_type]
    made = [page.markup.encode() for number, (code, language) in enumerate(LANGUAGES.items())
            for page in MadeSite(code, language, seed=1, number=number).make_pages(3)]
    stated = json.dumps({"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Ministers meet",
                         "datePublished": "2024-04-30T08:15:00+02:00", "author": [{"@type": "Person", "name": "Jane"}],
                         "articleBody": " ".join(LONG), "isAccessibleForFree": False})
    theme = themed("Ministers meet", [*LONG, "[ad_1]", "Source: https://origin.example/a/1", "<table><tr><td>1</td>"])
    script = f'<script type="application/ld+json">{stated}</script></head>'
    return [*demo, *made, theme.encode(), theme.replace("</head>", script).encode()]


def read_corpus(folder: Path) -> list[bytes]:
    """Read saved pages, without the largest."""
    rows = map(json.loads, (folder / "index.jsonl").open(encoding="utf-8"))
    bodies = ((folder / row["html_path"], (folder / row["html_path"]).read_bytes()) for row in rows)
    pages = (gzip.decompress(body) if path.suffix == ".gz" else body for path, body in bodies)
    return [page for page in pages if len(page) <= LARGEST]


# Ways to break a page: bytes and chance in, bytes out


def cut(body: bytes, chance: random.Random) -> bytes:
    """Cut a page off, or a piece out of it."""
    start, end = sorted((chance.randint(0, len(body)), chance.randint(0, len(body))))
    return chance.choice((body[:end], body[start:end], body[:start] + body[end:]))


def flip(body: bytes, chance: random.Random) -> bytes:
    """Change some bytes."""
    changed = bytearray(body)
    for _ in range(chance.choice((1, 5, 50, 500)) if changed else 0):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def tear(body: bytes, chance: random.Random) -> bytes:
    """Drop some of the tags."""
    share = chance.choice((0.02, 0.2, 0.8, 1.0))
    return TAG.sub(lambda tag: b"" if chance.random() < share else tag[0], body)


def nest(body: bytes, chance: random.Random) -> bytes:
    """Open many elements, and do not close them, or only some."""
    depth, element = chance.choice((10, 100, 300, 3000)), chance.choice(ELEMENTS)
    closing = b"</" + element.split(b">")[0].split()[0] + b">"
    return _insert(body, b"<" + element + b">", depth, chance) + closing * chance.choice((0, depth // 2, depth))


def blow_up(body: bytes, chance: random.Random) -> bytes:
    """Give an element very many attributes, or a very long one."""
    count = chance.choice((10, 1000, 20_000))
    attributes = chance.choice((
        b"".join(b" a%d=%d" % (number, number) for number in range(count)), b" class='" + b"long name " * count + b"'",
        b" style='" + b"x" * count, b" href='javascript:" + b"%00" * count + b"'", b" id=" + b"\xc3\xa9" * count))
    places = [tag.start() + 2 for tag in TAG.finditer(body)] or [0]
    place = chance.choice(places)
    return body[:place] + attributes + body[place:]


def swell(body: bytes, chance: random.Random) -> bytes:
    """Repeat a piece many times."""
    start = chance.randint(0, len(body))
    piece = body[start : start + chance.choice((1, 20, 300, 3000))]
    return _insert(body, piece, chance.choice((3, 50, 1000)), chance)


def litter(body: bytes, chance: random.Random) -> bytes:
    """Strew in what parsers stumble over."""
    for _ in range(chance.randint(1, 12)):
        body = _insert(body, chance.choice(JUNK), 1, chance)
    return body


def recode(body: bytes, chance: random.Random) -> bytes:
    """Write the page in another charset than it declares."""
    charset = chance.choice(("utf-16", "windows-1251", "shift_jis", "gb18030", "euc-kr", "utf-7", "utf-32", "cp1252"))
    return body.decode("utf-8", "replace").encode(charset, "replace")


def shuffle(body: bytes, chance: random.Random) -> bytes:
    """Put the pieces between tags into another order."""
    pieces = body.split(b"<")
    chance.shuffle(pieces)
    return b"<".join(pieces)


Mutation = Callable[[bytes, random.Random], bytes]
MUTATIONS: tuple[Mutation, ...] = (cut, flip, tear, nest, blow_up, swell, litter, recode, shuffle)


def _insert(body: bytes, piece: bytes, times: int, chance: random.Random) -> bytes:
    place = chance.randint(0, len(body))
    return body[:place] + piece * min(times, LARGEST // max(1, len(piece))) + body[place:]


def mutate(originals: Sequence[bytes], *, seed: int, number: int) -> Page:
    """Make the mutated page of a number: always the same one."""
    chance = random.Random(f"{seed} {number}")
    body = chance.choice(originals)
    if chance.random() < 0.2:
        other = chance.choice(originals)
        body = body[: chance.randint(0, len(body))] + other[chance.randint(0, len(other)) :]
    for mutation in chance.choices(MUTATIONS, k=chance.choice((1, 1, 2, 3))):
        body = mutation(body, chance)[:LARGEST]
    charset = chance.choice(CHARSETS) if chance.random() < 0.4 else "utf-8"
    url = f"https://site{number % 50}.example/{number}"
    kind = "text/html" if chance.random() < 0.9 else chance.choice(TYPES)
    return Page(url=url, requested_url=url, body=body, fetched_at=FETCHED,
                content_type=f"{kind}; charset={charset}" if charset else kind)


# Reading them


def find_faults(article: Article) -> list[str]:
    """Find what is unsound about an article."""
    faults = []
    if not article.paragraphs or not all(text.strip() and "\n" not in text for text in article.paragraphs):
        faults.append("an empty or broken paragraph")
    if not all(PLACE.fullmatch(removal.where) for removal in article.removed):
        faults.append("a removal without a place")
    if len(article.text) > 4 * LARGEST:
        faults.append("more text than page")
    return faults


async def read_one(readers: Readers, page: Page, number: int, result: Result) -> None:
    """Read a page and note its end."""
    started = time.monotonic()
    try:
        article, _ = await readers.read_with_lines(page)
    except ExtractionError as error:
        end = error.reason
        if end in BROKEN or not REASON.fullmatch(end):
            result.failures.append(f"page {number}: {error}")
    else:
        end = "article"
        result.failures += [f"page {number}: {fault}" for fault in find_faults(article)]
    result.ends[end] += 1
    seconds = time.monotonic() - started
    result.slowest = max(result.slowest, (seconds, number))
    if seconds > DEADLINE + SLACK:
        result.failures.append(f"page {number}: {seconds:.0f} s, past its deadline")


async def read_all(originals: Sequence[bytes], *, pages: int, seed: int, workers: int = 2,
                   watch: Callable[[int, float], None] = lambda count, size: None) -> Result:
    """Read so many mutated pages in a pool of reading processes."""
    result, most = Result(), 0
    with Readers(workers) as readers:
        readers.warm_up()
        places = asyncio.Semaphore(AT_ONCE)

        async def one(number: int) -> None:
            async with places:
                page = await asyncio.to_thread(mutate, originals, seed=seed, number=number)
                await read_one(readers, page, number, result)

        for start in range(0, pages, CHUNK):
            end = min(pages, start + CHUNK)
            await asyncio.gather(*map(one, range(start, end)))
            processes = family(os.getpid())[1:]
            size, most = sum(map(pss, processes)) / 1024, max(most, len(processes))
            if len(processes) == most:  # none is being replaced, as each is after some hundreds of pages
                result.memory[end] = size
            watch(end, size)
    return result


def main(arguments: list[str] | None = None) -> int:
    """Read, print, judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--corpus", type=Path, default=None)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--only", type=int, default=None, metavar="N")
    options = parser.parse_args(arguments)
    originals = make_originals() + (read_corpus(options.corpus) if options.corpus else [])
    if options.only is not None:
        return read_here(mutate(originals, seed=options.seed, number=options.only))
    result = asyncio.run(read_all(
        originals, pages=options.pages, seed=options.seed, workers=options.workers,
        watch=lambda count, size: print(f"{count:>6} pages, {size:.1f} MiB in the reading processes", flush=True)))
    for reason, count in result.ends.most_common():
        print(f"{count:>6} {reason}")
    print(f"slowest: {result.slowest[0]:.1f} s, page {result.slowest[1]}")
    growth = result.growth(options.pages)
    print(f"memory at the end against that after a tenth of the pages: {growth:.2f} (ceiling {GROWTH_CEILING:.2f})")
    print(*result.failures[:40], f"{len(result.failures)} failures (ceiling 0)", sep="\n")
    return int(bool(result.failures) or growth > GROWTH_CEILING)


def read_here(page: Page) -> int:
    """Read one page in this process."""
    started = time.process_time()
    try:
        print(f"an article of {len(extract_with_lines(page).article.text)} characters")
    except ExtractionError as error:
        print(error)
    print(f"{len(page.body)} bytes, {page.content_type}, {time.process_time() - started:.1f} s of CPU")
    return 0


if __name__ == "__main__":
    sys.exit(main())
