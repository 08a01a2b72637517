"""The demo's site on loopback, for as long as somebody crawls it."""

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from crawler.demo.site import HTML, Asset, build_site
from crawler.sources import Source

SOURCE_ID = "demo"
NOT_FOUND = Asset(content_type=HTML, body=b"<!DOCTYPE html><title>Not found</title><h1>Not found</h1>")


@contextmanager
def serve_site() -> Iterator[str]:
    """Serve the site on a free port of 127.0.0.1 and yield its base URL, without a slash at the end."""
    with SiteServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server.base_url
        finally:
            server.shutdown()
            thread.join()


def source(base_url: str) -> Source:
    """Declare the site as a source. It is our own guest, so no pause is kept between two requests."""
    return Source(id=SOURCE_ID, name="The avvisi demo", site=f"{base_url}/", feeds=(f"{base_url}/feed.xml",),
                  delay=timedelta(0))


class SiteServer(ThreadingHTTPServer):
    """The assets of the site, each with its validator."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), SiteRequestHandler)
        self.base_url = f"http://127.0.0.1:{self.server_port}"
        self.site = build_site(self.base_url)


class SiteRequestHandler(BaseHTTPRequestHandler):
    """Answer from memory; 304 where the caller holds the same bytes."""

    server: SiteServer

    def do_GET(self) -> None:
        """Answer with headers and body."""
        body = self.answer()
        self.wfile.write(body)

    def do_HEAD(self) -> None:
        """Answer with headers alone."""
        self.answer()

    def answer(self) -> bytes:
        """Send status and headers, and return the body that belongs to them."""
        asset = self.server.site.get(urlsplit(self.path).path)
        if asset is None:
            return self.send_head(HTTPStatus.NOT_FOUND, NOT_FOUND)
        if holds(self.headers.get("If-None-Match", ""), etag(asset)):
            self.send_response(HTTPStatus.NOT_MODIFIED)
            self.send_header("ETag", etag(asset))
            self.end_headers()
            return b""
        return self.send_head(HTTPStatus.OK, asset)

    def send_head(self, status: HTTPStatus, asset: Asset) -> bytes:
        """Send the headers of an asset, and return its body."""
        self.send_response(status)
        self.send_header("Content-Type", asset.content_type)
        self.send_header("Content-Length", str(len(asset.body)))
        if status is HTTPStatus.OK:
            self.send_header("ETag", etag(asset))
        self.end_headers()
        return asset.body

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet: the crawl reports what was fetched."""


def etag(asset: Asset) -> str:
    """Name the bytes of an asset."""
    return f'"{hashlib.sha256(asset.body).hexdigest()[:16]}"'


def holds(if_none_match: str, tag: str) -> bool:
    """Whether the validators of a request name this tag, weakly compared (RFC 9110, 13.1.2)."""
    tags = {candidate.strip().removeprefix("W/") for candidate in if_none_match.split(",")}
    return "*" in tags or tag in tags
