"""Imported once by the server that the reading processes are forked from: what they share costs memory once."""

import gc

from crawler.allocation import give_back, map_large_blocks
from crawler.discover import feeds, sections, sitemaps
from crawler.extract import language, reader
from crawler.extract.body import model

__all__ = ["feeds", "language", "model", "reader", "sections", "sitemaps"]

map_large_blocks()
language.load_model()
model.shipped()
give_back()  # a third of what loading took

# What is loaded stays: the collector need not walk through it again and again, nor copy the pages of memory that the
# workers share by touching them. Reading is a sixth faster for it.
gc.freeze()
gc.set_threshold(50_000, 20, 50)
