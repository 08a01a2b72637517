"""The guard: only public addresses, decided where the connection is made.

A name that resolves to a private address, or to another one the second time it is asked for, does not pass. A source
may name a private address itself: its owner wrote it, so it is meant, with its port and no other.
"""

import socket
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

import aiohttp
from aiohttp.connector import AddrInfoType

from crawler.politeness import RefusedRequest

Place = tuple[str, int]  # an IP address and a port


class PrivateAddress(OSError):
    """A connection to an address that is not public was about to be made."""


def guarded_connector(is_own: Callable[[Place], bool]) -> aiohttp.TCPConnector:
    """Make a connector that opens no socket to a private address, except where ``is_own`` says it is meant."""

    def open_socket(info: AddrInfoType) -> socket.socket:
        family, kind, protocol, _, address = info
        place = str(address[0]), int(address[1])
        if not is_public(place[0]) and not is_own(place):
            raise PrivateAddress(f"{place[0]} is not a public address")
        opened = socket.socket(family=family, type=kind, proto=protocol)
        opened.setblocking(False)
        return opened

    return aiohttp.TCPConnector(socket_factory=open_socket, limit=0)


def refuse_literal(host: str) -> None:
    """Raise RefusedRequest for a host that is itself a private address; what a proxy resolves is the proxy's care."""
    try:
        literal = str(ip_address(host.strip("[]")))
    except ValueError:
        try:  # 0x7f000001, 2130706433, 127.1: forms that a C library takes for addresses
            literal = socket.inet_ntoa(socket.inet_aton(host))
        except OSError:
            literal = "127.0.0.1" if host.rstrip(".").endswith("localhost") else ""
    if literal and not is_public(literal):
        raise RefusedRequest("private_address", f"{host} is not a public address")


def is_public(address: str) -> bool:
    """Whether an IP address is reachable from everywhere; an IPv4 address inside an IPv6 one counts as itself."""
    parsed: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if isinstance(parsed, IPv6Address):
        parsed = parsed.ipv4_mapped or parsed.sixtofour or parsed
    return parsed.is_global and not parsed.is_multicast


def find_own_addresses(urls: Iterable[str]) -> frozenset[Place]:
    """The loopback and private addresses that a source names itself: its owner wrote them, so they are meant."""
    found: set[Place] = set()
    for url in urls:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        if parts.hostname == "localhost":
            found |= {("127.0.0.1", port), ("::1", port)}
        elif parts.hostname and _is_literal(parts.hostname):
            found.add((str(ip_address(parts.hostname)), port))
    return frozenset(found)


def _is_literal(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
