"""A web of our own on loopback: an HTTP proxy that answers for any host name the test made up.

    with LocalWeb() as web:
        web.add_site("paper.example", {"/2026/a.html": page, ...})
        ... http_proxy=web.proxy_url avvisi crawl ...
        web.log          every request served, as (host, path, status, started, ended)
"""

import asyncio
import hashlib
import html
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Self
from urllib.parse import unquote, urlsplit, urlunsplit

STARTED = "Sun, 01 Nov 2026 08:00:00 GMT"


class Served(NamedTuple):
    """One request as the web saw it; times are time.monotonic()."""

    host: str
    path: str
    status: int
    started: float
    ended: float
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Answer:
    """What the web says; ``delay`` seconds pass first, ``abort`` drops the connection instead."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    abort: bool = False


Answerer = Callable[[Mapping[str, str]], Answer]


class LocalWeb:
    """Serve made-up hosts from a thread; use as a context manager."""

    def __init__(self) -> None:
        self.log: list[Served] = []
        self.proxy_url = ""
        self._answers: dict[tuple[str, str], Answer | Answerer] = {}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def add(self, host: str, path: str, answer: Answer | Answerer) -> None:
        """Answer for one address; a function is asked anew each time, with the request's headers."""
        self._answers[host, unquote(path)] = answer

    def get(self, host: str, path: str) -> Answer | Answerer:
        """Get what is answered for one address."""
        return self._answers[host, path]

    def add_site(self, host: str, pages: Mapping[str, bytes], *, delay: float = 0.0) -> None:
        """Answer for a host: its pages, robots.txt, feed.xml, sitemap-news.xml and a section page at /."""
        self.add(host, "/robots.txt", Answer(b"User-agent: *\nAllow: /\n", headers={"Content-Type": "text/plain"}))
        for path, body in pages.items():
            self.add(host, path, Answer(body, headers={"Content-Type": "text/html"}, delay=delay))
        links = [f"http://{host}{path}" for path in pages]
        self.add(host, "/feed.xml", conditional(rss(host, links), "application/rss+xml"))
        self.add(host, "/sitemap-news.xml", conditional(news_sitemap(host, links), "application/xml"))
        self.add(host, "/", conditional(section(host, links), "text/html"))

    def __enter__(self) -> Self:
        self._thread.start()
        self._server = asyncio.run_coroutine_threadsafe(
            asyncio.start_server(self._serve, "127.0.0.1", 0), self._loop
        ).result()
        self.proxy_url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    def __exit__(self, *error: object) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _close(self) -> None:
        self._server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while line := await reader.readline():
                await self._answer(line.decode("latin-1").split(" ")[1], await _headers(reader), writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    async def _answer(self, target: str, headers: dict[str, str], writer: asyncio.StreamWriter) -> None:
        parts, started = urlsplit(target), time.monotonic()
        host = parts.hostname or headers.get("host", "").partition(":")[0]
        path = unquote(urlunsplit(("", "", parts.path or "/", parts.query, "")))
        found = self._answers.get((host, path), Answer(b"no such page", status=404))
        answer = found(headers) if callable(found) else found
        await asyncio.sleep(answer.delay)
        self.log.append(Served(host, path, answer.status, started, time.monotonic(), headers))
        if answer.abort:
            writer.transport.abort()
            raise ConnectionResetError
        fields = {"Content-Type": "text/html", **answer.headers, "Content-Length": str(len(answer.body))}
        head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        writer.write(f"HTTP/1.1 {answer.status} Status\r\n{head}\r\n".encode("latin-1") + answer.body)
        await writer.drain()


async def _headers(reader: asyncio.StreamReader) -> dict[str, str]:
    headers = {}
    while (line := await reader.readline()) not in (b"\r\n", b"\n", b""):
        name, _, value = line.decode("latin-1").partition(":")
        headers[name.strip().lower()] = value.strip()
    return headers


def conditional(body: bytes, content_type: str) -> Answerer:
    """Answer with validators, and 304 to whoever sends them back."""
    etag = f'"{hashlib.md5(body).hexdigest()}"'
    fields = {"ETag": etag, "Last-Modified": STARTED, "Content-Type": content_type}

    def answer(headers: Mapping[str, str]) -> Answer:
        if headers.get("if-none-match") == etag:
            return Answer(status=304, headers=fields)
        return Answer(body, headers=fields)

    return answer


def rss(host: str, links: list[str]) -> bytes:
    """An RSS 2.0 feed."""
    items = "".join(f"<item><title>Story {n}</title><link>{html.escape(u)}</link></item>" for n, u in enumerate(links))
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{host}</title>{items}</channel></rss>'.encode()


def news_sitemap(host: str, links: list[str]) -> bytes:
    """A sitemap."""
    urls = "".join(f"<url><loc>{html.escape(url)}</loc></url>" for url in links)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'.encode()


def section(host: str, links: list[str]) -> bytes:
    """A page that lists articles."""
    items = "".join(
        f'<li><a href="{html.escape(url)}">The headline of story number {n} is this long</a></li>'
        for n, url in enumerate(links)
    )
    return f"<html><head><title>{host}</title></head><body><ul>{items}</ul></body></html>".encode()
