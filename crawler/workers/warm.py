"""Imported once by the server that the reading processes are forked from: what they share costs memory once."""

import gc

gc.disable()  # looking for garbage among libraries being loaded is a tenth of the start

from contextlib import suppress  # noqa: E402  # after the line above, as the next ones
from datetime import UTC, datetime  # noqa: E402

import numpy.ma  # noqa: E402  # numpy would load it with the first median

from crawler import cli  # noqa: E402
from crawler.discover import feeds, sections, sitemaps  # noqa: E402
from crawler.extract import language, reader  # noqa: E402
from crawler.extract.body import model  # noqa: E402
from crawler.workers import readers  # noqa: E402
from crawler.workers.allocation import give_back, keep_free, map_large_blocks  # noqa: E402
from store.errors import ExtractionError  # noqa: E402
from store.values import Page  # noqa: E402

__all__ = ["cli", "feeds", "language", "model", "numpy", "reader", "readers", "sections", "sitemaps"]

PARAGRAPH = "<p>The foreign ministers of France and Germany met in Vienna on Tuesday for talks about the treaty.</p>"
SAMPLE = f"""<html lang="en"><head><title>Ministers meet in Vienna</title>
<meta property="article:published_time" content="2026-01-02T08:15:00+02:00"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Ministers meet in Vienna</h1><p class="byline">By Jane Doe</p>
<time datetime="2026-01-02">2 January 2026</time>{PARAGRAPH * 3}</article><footer>Imprint</footer></body></html>"""


def read_sample() -> None:
    """Read a page, so that what the first one builds (tables of words, expressions) is built once for all workers."""
    url = "https://example.org/2026/ministers-meet.html"
    page = Page(url=url, requested_url=url, body=SAMPLE.encode(), content_type="text/html",
                fetched_at=datetime(2026, 1, 2, tzinfo=UTC))
    with suppress(ExtractionError):  # a reader that thinks otherwise of it reads all the same
        reader.extract_with_lines(page)


map_large_blocks()
keep_free()
language.load_model()
model.shipped()
read_sample()
give_back()  # a third of what loading took

# What is loaded stays: the collector need not look through it again and again, nor copy the pages of memory that the
# workers share by touching them. Reading is a sixth faster for it.
gc.freeze()
gc.set_threshold(50_000, 20, 50)
gc.enable()
