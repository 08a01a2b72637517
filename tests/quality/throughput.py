"""How fast avvisi crawls: pages a second against trafilatura alone.

    python -m tests.quality.throughput --corpus DIR [--rounds 3] [--pages N]

DIR holds index.jsonl and the saved pages that it lists; the local web serves them as sixteen papers, each with a feed
of some three dozen articles and asked without a pause, one request at a time. In alternating rounds, each in fresh
processes: `avvisi crawl` of all pages from the local web into SQLite, and, alone, in two processes,
`trafilatura.bare_extraction(with_metadata=True)` over the same pages from memory. Prints pages a second of both,
start-up included, the ratio of each round and their median, and the crawl's peak memory. Exit status 1 below the floor.
"""

import argparse
import gzip
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from tests.localweb import LocalWeb

FLOOR = 0.80  # of trafilatura alone in two processes; extraction inside the crawl's own process gets about .5
PROCESSES = 2
PAPERS = 16


def load(corpus: Path, limit: int | None) -> dict[str, dict[str, bytes]]:
    """Read the corpus as host -> path -> page, dealt out to the papers."""
    sites: dict[str, dict[str, bytes]] = {f"paper{n}.example": {} for n in range(PAPERS)}
    seen: set[str] = set()
    for row in map(json.loads, (corpus / "index.jsonl").open(encoding="utf-8")):
        parts = urlsplit((row.get("url") or "").strip())
        path = urlunsplit(("", "", parts.path, parts.query, ""))
        if path in seen or not re.match("/[^/]", path) or (limit and len(seen) >= limit):
            continue
        seen.add(path)
        body = (corpus / row["html_path"]).read_bytes()
        paper = f"paper{len(seen) % PAPERS}.example"
        sites[paper][path] = gzip.decompress(body) if row["html_path"].endswith(".gz") else body
    return sites


def write_catalogue(path: Path, hosts: Iterator[str]) -> None:
    """Write a source for each host, read through its feed, without a pause."""
    path.write_text(
        "".join(
            f'[[source]]\nid = "s{n}"\nname = "{host}"\nsite = "http://{host}/"\n'
            f'feeds = ["http://{host}/feed.xml"]\ndelay = "0s"\n\n'
            for n, host in enumerate(hosts)
        ),
        encoding="utf-8",
    )


def crawl(web: LocalWeb, catalogue: Path) -> tuple[float, int, float]:
    """Crawl once into a new database; return seconds, pages read or refused, and peak memory in MiB."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "scheduler", "crawl", "--json", "--quiet", "--sources", str(catalogue)]
        command += ["--database", f"sqlite:///{folder}/crawl.db"]
        started = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, env={**os.environ, "http_proxy": web.proxy_url, "no_proxy": ""}
        )
        peak = 0.0
        with tempfile.TemporaryFile() as output:
            while process.poll() is None:
                peak = max(peak, memory_of(process.pid))
                chunk = os.read(process.stdout.fileno(), 65536) if ready(process) else b""  # type: ignore[union-attr]
                output.write(chunk)
            output.write(process.stdout.read())  # type: ignore[union-attr]
            seconds = time.perf_counter() - started
            output.seek(0)
            totals = json.loads(output.read())["totals"]
    return seconds, totals["fetched"], peak


def ready(process: "subprocess.Popen[bytes]") -> bool:
    """Wait for output of the process; two seconds, for looking at its memory takes time from it."""
    import select

    return bool(select.select([process.stdout], [], [], 2.0)[0])


def memory_of(pid: int) -> float:
    """Sum the resident memory of a process and its children, in MiB; pages shared by forks count once (PSS)."""
    return sum(map(pss, family(pid))) / 1024


def family(pid: int) -> list[int]:
    """A process and all below it."""
    children: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children += map(int, task.read_text().split())
        except OSError:
            continue
    return [pid, *(each for child in children for each in family(child))]


def pss(pid: int) -> int:
    """Resident memory of a process in KiB, its share of what it shares with others; none when it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def read_alone(body: bytes) -> bool:
    """The peer: trafilatura with metadata, as its users call it."""
    import trafilatura

    try:
        return trafilatura.bare_extraction(body, with_metadata=True) is not None
    except Exception:  # noqa: BLE001  # the peer's failures are its own
        return False


def extract_alone(pages: list[bytes]) -> float:
    """Read all pages with the peer in new processes; return seconds."""
    started = time.perf_counter()
    with ProcessPoolExecutor(PROCESSES) as pool:
        list(pool.map(read_alone, pages, chunksize=4))
    return time.perf_counter() - started


def main() -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pages", type=int, default=None, help="only the first N pages")
    options = parser.parse_args()
    sites = load(options.corpus, options.pages)
    pages = [body for site in sites.values() for body in site.values()]
    ratios, peaks = [], []
    with LocalWeb() as web, tempfile.TemporaryDirectory() as folder:
        for host, site in sites.items():
            web.add_site(host, site)
        catalogue = Path(folder) / "sources.toml"
        write_catalogue(catalogue, iter(sites))
        for number in range(1, options.rounds + 1):
            seconds, fetched, peak = crawl(web, catalogue)
            alone = extract_alone(pages)
            ratios.append((fetched / seconds) / (len(pages) / alone))
            peaks.append(peak)
            print(
                f"round {number}: avvisi {fetched} pages in {seconds:.1f} s, {fetched / seconds:.1f}/s; "
                f"trafilatura alone {len(pages)} pages, {len(pages) / alone:.1f}/s; "
                f"ratio {ratios[-1]:.2f}; peak {peak:.0f} MiB",
                flush=True,
            )
    median = statistics.median(ratios)
    print(f"ratio {median:.2f} (range {min(ratios):.2f} to {max(ratios):.2f}; floor {FLOOR:.2f})")
    print(f"peak memory {max(peaks):.0f} MiB, all processes")
    return 0 if median >= FLOOR else 1


if __name__ == "__main__":
    sys.exit(main())
