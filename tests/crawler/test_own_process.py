"""What a crawl's own process holds: not the readers, which only their own processes need."""

import subprocess
import sys

HEAVY = {"trafilatura", "py3langid", "htmldate", "justext", "courlan"}


def test_a_crawl_holds_no_reader() -> None:
    code = ("import sys, scheduler, crawler.runner, crawler.service.watch\n"
            f"held = {HEAVY!r} & sys.modules.keys()\nassert not held, held")
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_sample_that_warms_the_readers_is_an_article() -> None:
    code = ("import crawler.workers.warm as w; from datetime import datetime, UTC; from store.values import Page; u = 'http://a.b/c'\n"
            "p = Page(url=u, requested_url=u, body=w.SAMPLE.encode(), content_type='text/html', "
            "fetched_at=datetime(2026, 1, 2, tzinfo=UTC))\n"
            "assert len(w.reader.extract_with_lines(p).article.paragraphs) == 3")
    subprocess.run([sys.executable, "-c", code], check=True)
