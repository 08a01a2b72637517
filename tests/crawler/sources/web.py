"""A small web on loopback, and what stands on it."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

FEED = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>The Envoy</title><link>{root}/</link><language>en-gb</language>
<item><title>Talks resume</title><link>{root}/2026/10/talks-resume</link></item>
<item><title>Treaty signed</title><link>{root}/2026/10/treaty-signed</link></item>
</channel></rss>"""
EMPTY_FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Nothing</title></channel></rss>"""
NEWS_SITEMAP = """<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>{root}/2026/11/a-third-story</loc><news:news><news:publication><news:name>The Envoy</news:name>
<news:language>en</news:language></news:publication><news:publication_date>2026-11-02T10:00:00Z</news:publication_date>
<news:title>A third story</news:title></news:news></url>
</urlset>"""
PLAIN_SITEMAP = """<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>{root}/about</loc></url><url><loc>{root}/1999/an-old-story</loc></url>
</urlset>"""


@dataclass
class Answer:
    """What a path of the web answers; ``{root}`` in a text becomes the address of the web."""

    body: str | bytes = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    wait: float = 0.0


@dataclass
class Web:
    """A running web: its address, what it answers, and what it was asked."""

    root: str
    answers: dict[str, Answer]
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    most_at_once: int = 0

    def paths(self) -> list[str]:
        """Return the paths asked for, in order."""
        return [path for path, _ in self.asked]


@contextmanager
def serve(answers: dict[str, Answer]) -> Iterator[Web]:
    """Serve ``answers`` by path on a free port of loopback; everything else is 404."""
    lock = threading.Lock()
    running = 0

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            nonlocal running
            with lock:
                running += 1
                web.most_at_once = max(web.most_at_once, running)
                web.asked.append((self.path, dict(self.headers)))
            answer = web.answers.get(self.path, Answer("not here", status=404))
            time.sleep(answer.wait)
            body = answer.body.replace("{root}", web.root).encode() if isinstance(answer.body, str) else answer.body
            with lock:
                running -= 1
            try:
                self.send_response(answer.status)
                for name, value in {"Content-Length": str(len(body)), **answer.headers}.items():
                    self.send_header(name, value.replace("{root}", web.root))
                self.end_headers()
                self.wfile.write(body)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True  # the visitor had enough, as a test may want

        def log_message(self, format: str, *args: object) -> None:
            """Keep the tests quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    web = Web(root=f"http://127.0.0.1:{server.server_address[1]}", answers=answers)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
