"""Imported once by the server that the reading processes are forked from: what they share costs memory once."""

from crawler.discover import feeds, sections, sitemaps
from crawler.extract import language, reader
from crawler.extract.body import model

__all__ = ["feeds", "language", "model", "reader", "sections", "sitemaps"]

language.load_model()
model.shipped()
