"""A listener for a few small answers: /health and /metrics, over plain HTTP on the running event loop.

Bounded, whoever asks: CONNECTIONS at once, HEAD bytes of request, SECONDS from the connection to its end.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from ipaddress import ip_address

from store.errors import UsageError

log = logging.getLogger(__name__)

CONNECTIONS = 16
HEAD = 8192
SECONDS = 5.0


@dataclass(frozen=True, kw_only=True)
class Reply:
    """An answer with its body."""

    body: bytes
    content_type: str
    status: HTTPStatus = HTTPStatus.OK


Replier = Callable[[], Awaitable[Reply]]


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where to listen: an address of this machine and a port."""

    host: str
    port: int

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can ask."""
        return self.host == "localhost" or ip_address(self.host).is_loopback


def parse_place(text: str) -> Place:
    """Read ``127.0.0.1:9477`` or ``[::1]:9477``; the address is always named, so that nobody listens by mistake.

    Raises UsageError.
    """
    host, _, port = text.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    try:
        if host != "localhost":
            ip_address(host)
        if not 0 <= int(port) <= 65535:
            raise ValueError(port)
    except ValueError as error:
        raise UsageError(f"{text!r} is no address to listen on: write ADDRESS:PORT, as in 127.0.0.1:9477") from error
    return Place(host=host, port=int(port))


class Listener:
    """Answers GET on a few paths; an async context manager."""

    def __init__(self, place: Place, repliers: Mapping[str, Replier], *, seconds: float = SECONDS) -> None:
        self._place = place
        self._repliers = repliers
        self._seconds = seconds
        self._open: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server

    @property
    def port(self) -> int:
        """The port, also where 0 asked for a free one."""
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    async def __aenter__(self) -> "Listener":
        try:
            self._server = await asyncio.start_server(self._serve, self._place.host, self._place.port, limit=HEAD)
        except OSError as error:
            raise UsageError(f"cannot listen on {self._place.host} port {self._place.port}: "
                             f"{error.strerror or error}") from error
        return self

    async def __aexit__(self, *error: object) -> None:
        self._server.close()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is None or len(self._open) >= CONNECTIONS:
            writer.transport.abort()
            return
        self._open.add(task)
        try:
            async with asyncio.timeout(self._seconds):
                await self._answer(reader, writer)
        except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # whoever asks so gets no answer
        except asyncio.CancelledError:
            pass  # avvisi stops
        finally:
            self._open.discard(task)
            writer.transport.abort()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        method, _, target = head.split(b"\r\n", 1)[0].decode("latin-1").partition(" ")
        reply = await self._reply(method, target.partition(" ")[0].partition("?")[0])
        fields = (f"HTTP/1.1 {reply.status.value} {reply.status.phrase}", f"Content-Type: {reply.content_type}",
                  f"Content-Length: {len(reply.body)}", "Cache-Control: no-store", "X-Content-Type-Options: nosniff",
                  "Connection: close")
        writer.write("\r\n".join((*fields, "", "")).encode() + (b"" if method == "HEAD" else reply.body))
        await writer.drain()
        writer.write_eof()
        await reader.read()  # until the other side has it all: an abort before would take it back

    async def _reply(self, method: str, path: str) -> Reply:
        if method not in ("GET", "HEAD"):
            return _say(HTTPStatus.METHOD_NOT_ALLOWED)
        replier = self._repliers.get(path)
        if replier is None:
            return _say(HTTPStatus.NOT_FOUND)
        try:
            return await replier()
        except Exception:  # the edge of a request: a scrape that fails must not end the service
            log.exception("answering %s failed", path)
            return _say(HTTPStatus.INTERNAL_SERVER_ERROR)


def _say(status: HTTPStatus) -> Reply:
    return Reply(body=f"{status.phrase}\n".encode(), content_type="text/plain; charset=utf-8", status=status)
