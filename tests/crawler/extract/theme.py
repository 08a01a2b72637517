"""Pages in the dress that news themes put on: made here, with invented text."""

from collections.abc import Iterable
from datetime import UTC, datetime

from crawler.extract.line_keys import line_keys
from crawler.extract.site_memory import Recurrence, SiteMemory
from store.values import Page

FETCHED = datetime(2024, 5, 1, 12, 0, tzinfo=UTC)


def page_of(
    body: bytes | str, *, content_type: str = "text/html; charset=utf-8", url: str = "https://news.example/a"
) -> Page:
    """Make a fetched page."""
    raw = body.encode() if isinstance(body, str) else body
    return Page(url=url, requested_url=url, body=raw, fetched_at=FETCHED, content_type=content_type)


def remember(*lines: str, pages: int, **counts: int) -> SiteMemory:
    """Make the memory of a site that showed these lines on all its pages, at the end of the text if nothing is said."""
    recurrence = Recurrence(pages=pages, since=pages, **(counts or {"tail": pages}))
    return SiteMemory(pages=pages, lines={line_keys(line)[0]: recurrence for line in lines})


def text_page(*lines: str) -> Page:
    """Make a plain text of lines."""
    return page_of("\n".join(lines), content_type="text/plain; charset=utf-8", url="file:///text.txt")


def themed(title: str, body: Iterable[str], *, below: Iterable[str] = (), comments: str = "3 Comments") -> str:
    """Dress an article: navigation, byline, share bar, figure, related links, comments, cookie note and footer.

    Elements of ``body`` and ``below`` that begin with ``<`` stand as they are, others become paragraphs.
    """
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title} | The Example Courier</title>
<meta property="og:title" content="{title}"><meta property="article:published_time" content="2024-04-30T08:15:00+02:00">
<script>window.dataLayer = [];</script><style>.share {{ color: red }}</style></head>
<body class="single-post">
<header id="masthead"><nav class="menu"><ul><li><a href="/">Home</a></li>
<li><a href="/world">World</a></li></ul></nav></header>
<main id="content"><article class="post hentry">
<header class="entry-header"><h1 class="entry-title">{title}</h1>
<div class="entry-meta"><span class="author">Jane Example</span>
<time datetime="2024-04-30T08:15:00+02:00">30 April</time></div>
</header>
<div class="social-share"><ul><li><a href="#">Facebook</a></li><li><a href="#">Twitter</a></li>
<li><a href="#">WhatsApp</a></li></ul></div>
<figure class="wp-caption"><img src="/a.jpg" alt="">
<figcaption>The two ministers before their meeting. Photo: Example</figcaption></figure>
<div class="entry-content">{_blocks(body)}</div>
{_blocks(below)}
<aside class="related"><h3>Related posts</h3>
<ul><li><a href="/b">Another story about another meeting</a></li></ul></aside>
</article>
<section id="comments" class="comments-area"><h2 class="comments-title">{comments}</h2>
<ol class="comment-list"><li class="comment">
<p>I have read this and I do not agree with any of it.</p></li></ol></section>
</main>
<div id="cookie-notice"><p>We use cookies to give you the best experience. <a href="#">Accept</a></p></div>
<footer><p>© 2024 The Example Courier. All rights reserved.</p></footer>
</body></html>"""


def _blocks(blocks: Iterable[str]) -> str:
    return "\n".join(block if block.startswith("<") else f"<p>{block}</p>" for block in blocks)


LONG = (
    "The foreign ministers of the two countries met on Tuesday in a small town on the border to speak about trade, "
    "fishing rights and the release of the crews that were arrested in the spring.",
    "Both sides called the talks useful and said that experts would go on with them in the coming weeks, first in the "
    "one capital and then in the other.",
    "Officials who know the matter said that a treaty was still far away, because neither government wants to be the "
    "first to give up its claim to the islands.",
    "The next round is planned for the end of June. Until then the ships of the coast guard shall stay in harbour, "
    "according to a note that was read out after the meeting.",
)
