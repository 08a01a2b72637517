"""The demo: a small news site that travels with avvisi, served on loopback and crawled like any other.

    site.py      build_site: texts/ in the dress of themes/, joined by pages.toml. Pure
    server.py    serve_site: that site on 127.0.0.1
    cli.py       avvisi demo
"""
