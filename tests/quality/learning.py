"""What a site's memory costs a crawl: CPU of all its processes, with learning and without.

    python -m tests.quality.learning --corpus DIR [--rounds 3] [--pages 250]

DIR holds index.jsonl and the saved pages that it lists; the local web serves them as sixteen papers. In alternating
rounds, each into a new database, `avvisi crawl` reads all of them with `--learn` and with `--no-learn`. Prints the CPU
seconds (user and system) of each crawl and all processes below it, start-up included, and the median of the rounds'
ratios. Exit status 1 above the ceiling.
"""

import argparse
import ctypes
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.localweb import LocalWeb
from tests.quality.throughput import load, write_catalogue

CEILING = 1.10  # of the CPU of the same crawl without learning
ADOPT = 36  # prctl: have orphans below us become our children, so that their CPU is counted here


def measure_crawl(web: LocalWeb, catalogue: Path, *, learns: bool) -> tuple[float, int]:
    """Crawl once into a new database; return CPU seconds of all its processes, and the pages it stored."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "scheduler", "crawl", "--json", "--quiet", "--sources", str(catalogue)]
        command += ["--database", f"sqlite:///{folder}/crawl.db", "--learn" if learns else "--no-learn"]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(command, stdout=subprocess.PIPE, check=False, timeout=500,
                              env={**os.environ, "http_proxy": web.proxy_url, "no_proxy": ""})
        _await_orphans()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        totals = json.loads(done.stdout)["totals"]
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, totals["new"] + totals["near_duplicate"]


def _await_orphans() -> None:
    """Wait for the reading processes and the server they were forked from, which outlive the crawl for a moment."""
    while True:
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return


def main(arguments: list[str] | None = None) -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pages", type=int, default=250)
    options = parser.parse_args(arguments)
    ctypes.CDLL(None).prctl(ADOPT, 1, 0, 0, 0)
    ratios = []
    with LocalWeb() as web, tempfile.TemporaryDirectory() as folder:
        sites = load(options.corpus, options.pages)
        for host, site in sites.items():
            web.add_site(host, site)
        catalogue = Path(folder) / "sources.toml"
        write_catalogue(catalogue, iter(sites))
        for number in range(1, options.rounds + 1):
            order = (True, False) if number % 2 else (False, True)
            costs = {learns: measure_crawl(web, catalogue, learns=learns) for learns in order}
            (learning, stored), (without, _) = costs[True], costs[False]
            ratios.append(learning / without)
            print(f"round {number}: {stored} articles; CPU {learning:.1f} s with learning, {without:.1f} s without; "
                  f"{(learning - without) / stored * 1000:.1f} ms an article; ratio {ratios[-1]:.3f}", flush=True)
    median = statistics.median(ratios)
    print(f"ratio {median:.3f} (range {min(ratios):.3f} to {max(ratios):.3f}; ceiling {CEILING:.2f})")
    return int(median > CEILING)


if __name__ == "__main__":
    sys.exit(main())
