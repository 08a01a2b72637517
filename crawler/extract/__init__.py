"""Reading: Page -> Article, or a named reason why not. Pure: no clock, no network, no database.

Start at ``crawler.extract.reader``.
"""
