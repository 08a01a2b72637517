"""Finding: bytes of a feed, sitemap or section page -> Links, and the identity of an address. Pure.

    feeds.py     parse_feed       sitemaps.py  parse_sitemap     sections.py  parse_section
    sites.py     find_feeds       identity.py  identify, choose_canonical
"""
