"""Spiders: one per way of finding articles, none per site."""
