"""The demo's site, built in memory: five texts in the dress of five news themes, with a feed and a robots.txt."""

import json
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from string import Template
from urllib.parse import quote
from xml.sax.saxutils import escape

HTML = "text/html; charset=utf-8"
ESCAPED_IN_ATTRIBUTES = {'"': "&quot;"}


@dataclass(frozen=True, kw_only=True)
class Asset:
    """What one path of the site answers with."""

    content_type: str
    body: bytes


@dataclass(frozen=True, kw_only=True)
class DemoPage:
    """One entry of pages.toml: a text, the theme it stands in, and the address it is found at."""

    path: str
    text: str
    theme: str
    outlet: str
    language: str
    title: str
    description: str

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines of its text, empty ones left out."""
        return tuple(line.strip() for line in read("texts", f"{self.text}.txt").splitlines() if line.strip())


def build_site(base_url: str) -> dict[str, Asset]:
    """Build every asset of the site, by path; ``base_url`` has no slash at its end."""
    pages = read_pages()
    site = {page.path: Asset(content_type=HTML, body=render_page(page, base_url)) for page in pages}
    return site | {
        "/": Asset(content_type=HTML, body=render_home(pages, base_url)),
        "/feed.xml": Asset(content_type="application/rss+xml; charset=utf-8", body=render_feed(pages, base_url)),
        "/robots.txt": Asset(content_type="text/plain; charset=utf-8", body=render_robots(base_url)),
        "/sitemap.xml": Asset(content_type="application/xml; charset=utf-8", body=render_sitemap(pages, base_url)),
        "/theme.css": Asset(content_type="text/css; charset=utf-8", body=read("themes", "theme.css").encode()),
        "/picture.svg": Asset(content_type="image/svg+xml", body=read("themes", "picture.svg").encode()),
    }


def read_pages() -> tuple[DemoPage, ...]:
    """Read the table of pages."""
    return tuple(DemoPage(**entry) for entry in tomllib.loads(read("pages.toml"))["page"])


def render_page(page: DemoPage, base_url: str) -> bytes:
    """Dress a text in its theme, which has a place for each of its lines: ``line_1``, ``line_2``..."""
    url = base_url + page.path
    words = {f"line_{number}": line for number, line in enumerate(page.lines, start=1)}
    words |= {"base_url": base_url, "url": url, "url_quoted": quote(url, safe=""), "outlet": page.outlet,
              "language": page.language, "title": page.title, "description": page.description}
    markup = {name: escape(word, ESCAPED_IN_ATTRIBUTES) for name, word in words.items()}
    markup["json_ld"] = render_json_ld(page, url, base_url)
    return Template(read("themes", f"{page.theme}.html")).substitute(markup).encode()


def render_json_ld(page: DemoPage, url: str, base_url: str) -> str:
    """Say what a theme says to machines, but for the dates and the body."""
    return json.dumps({
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": page.title,
        "description": page.description,
        "inLanguage": page.language,
        "mainEntityOfPage": {"@type": "WebPage", "@id": url},
        "image": f"{base_url}/picture.svg",
        "publisher": {"@type": "NewsMediaOrganization", "name": page.outlet, "url": f"{base_url}/"},
    }, ensure_ascii=False).replace("</", "<\\/")


def render_home(pages: tuple[DemoPage, ...], base_url: str) -> bytes:
    """List the articles as a front page does."""
    teasers = "\n".join(
        f'<article lang="{page.language}"><h2><a href="{base_url}{page.path}">{escape(page.title)}</a></h2>'
        f"<p>{escape(page.description)}</p></article>" for page in pages)
    return Template(read("themes", "home.html")).substitute(base_url=base_url, teasers=teasers).encode()


def render_feed(pages: tuple[DemoPage, ...], base_url: str) -> bytes:
    """Announce the articles in RSS 2.0, without dates."""
    items = "\n".join(
        f'<item><title>{escape(page.title)}</title><link>{base_url}{page.path}</link>'
        f'<guid isPermaLink="true">{base_url}{page.path}</guid><description>{escape(page.description)}</description>'
        "</item>" for page in pages)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>\n'
        f"<title>The avvisi demo</title><link>{base_url}/</link><description>Five pages, five themes</description>\n"
        f"{items}\n</channel></rss>\n").encode()


def render_sitemap(pages: tuple[DemoPage, ...], base_url: str) -> bytes:
    """List the articles in a plain sitemap, without dates."""
    places = "".join(f"<url><loc>{base_url}{page.path}</loc></url>\n" for page in pages)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{places}</urlset>\n').encode()


def render_robots(base_url: str) -> bytes:
    """Welcome every crawler."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {base_url}/sitemap.xml\n".encode()


def read(*path: str) -> str:
    """Read one of the files that travel with this package."""
    return files("crawler.demo").joinpath(*path).read_text(encoding="utf-8")
