"""Imported once by the server that the reading processes are forked from: what they share costs memory once."""

import gc

gc.disable()  # looking for garbage among libraries being loaded is a tenth of the start

from crawler import cli, readers  # noqa: E402  # after the line above, as the next ones
from crawler.discover import feeds, sections, sitemaps  # noqa: E402
from crawler.extract import language, reader  # noqa: E402
from crawler.extract.body import model  # noqa: E402

__all__ = ["cli", "feeds", "language", "model", "reader", "readers", "sections", "sitemaps"]

language.load_model()
model.shipped()

# What is loaded stays: the collector need not walk through it again and again, nor copy the pages of memory that the
# workers share by touching them. Reading is a sixth faster for it.
gc.freeze()
gc.set_threshold(50_000, 20, 50)
gc.enable()
