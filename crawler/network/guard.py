"""The guard: only public addresses, decided where the connection is made.

A name that resolves to a private address, or to another one the second time it is asked for, does not pass. A source
may name a private address itself: its owner wrote it, so it is meant, with its port and no other, and for that source
alone. ``AVVISI_ALLOW`` names networks and hosts that are meant for all.
"""

import socket
import unicodedata
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import unquote, urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver
from aiohttp.connector import AddrInfoType

from crawler.network.politeness import RefusedRequest
from store.errors import UsageError

Place = tuple[str, int]  # an IP address and a port

# Addresses that carry an IPv4 address for a gateway to unwrap, and where in them it stands: RFC 6052, 3056, 4291.
_WRAPPING = ((ip_network("64:ff9b::/96"), 0), (ip_network("2002::/16"), 80), (ip_network("::/96"), 0),
             (ip_network("::ffff:0:0:0/96"), 0))

# What no address of a site is, although the standard library calls it global: site-local, for documents, for relays.
_NOBODYS = tuple(map(ip_network, ("fec0::/10", "3fff::/20", "192.0.0.0/24", "192.88.99.0/24")))

# The private places that the request under way may reach. Sockets are opened in the task of their request.
meant: ContextVar[Callable[[Place], bool]] = ContextVar("meant", default=lambda place: False)


class PrivateAddress(OSError):
    """A connection to an address that is not public was about to be made."""


@dataclass(frozen=True, kw_only=True)
class Allowed:
    """The networks and the hosts by name that may be asked although they are not public."""

    networks: tuple[IPv4Network | IPv6Network, ...] = ()
    hosts: frozenset[str] = frozenset()

    def has_name(self, host: str) -> bool:
        """Whether a host is allowed by its name, or by that of a domain (``.intranet``) above it."""
        above = host.split(".")
        return host in self.hosts or any(f".{'.'.join(above[n:])}" in self.hosts for n in range(1, len(above)))

    def has_network_of(self, address: str) -> bool:
        """Whether an IP address lies in an allowed network."""
        parsed = ip_address(address.partition("%")[0])
        return any(parsed in network for network in self.networks)


def parse_allowed(text: str) -> Allowed:
    """Read networks (``10.1.0.0/16``), addresses, hosts (``news.intranet``) and domains (``.intranet``).

    Commas or blanks stand between them. Raises UsageError for a word that is none of them.
    """
    networks: list[IPv4Network | IPv6Network] = []
    hosts: set[str] = set()
    for word in text.replace(",", " ").split():
        try:
            networks.append(ip_network(word))
        except ValueError as error:
            if not set(word) <= _OF_A_NAME or not any(letter.isalpha() for letter in word):
                raise UsageError(f"AVVISI_ALLOW: {word!r} is no network (10.1.0.0/16), address or host name") from error
            hosts.add(word.lower().rstrip("."))
    return Allowed(networks=tuple(networks), hosts=frozenset(hosts))


_OF_A_NAME = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_")


def guarded_connector(is_own: Callable[[Place], bool] = lambda place: False, *,
                      allowed: Allowed | None = None, resolver: AbstractResolver | None = None) -> aiohttp.TCPConnector:
    """Make a connector that opens no socket to a private address, except where somebody says it is meant.

    ``is_own`` says so for all requests, the variable ``meant`` for the one under way.
    """
    allowed = allowed or Allowed()

    def open_socket(info: AddrInfoType) -> socket.socket:
        family, kind, protocol, _, address = info
        place = str(address[0]), int(address[1])
        if not (is_public(place[0]) or allowed.has_network_of(place[0]) or is_own(place) or meant.get()(place)):
            raise PrivateAddress(f"{place[0]} is not a public address")
        opened = socket.socket(family=family, type=kind, proto=protocol)
        opened.setblocking(False)
        return opened

    return aiohttp.TCPConnector(socket_factory=open_socket, limit=0, resolver=resolver)


def refuse_literal(host: str) -> None:
    """Raise RefusedRequest for a host that is itself a private address; what a proxy resolves is the proxy's care."""
    literal = read_literal(host)
    if literal and not is_public(literal):
        raise RefusedRequest("private_address", f"{host} is not a public address")


def read_literal(host: str) -> str | None:
    """Read the IP address that a host is written as, in any form that a resolver takes for one; None for a name."""
    try:
        return str(ip_address(host.strip("[]").partition("%")[0]))
    except ValueError:
        pass
    # What a proxy may make of it: 127%2e0%2e0%2e1, 127。0。0。1, ⓛocalhost, a soft hyphen within.
    plain = unicodedata.normalize("NFKC", unquote(host)).translate({0x3002: ".", 0xAD: None}).rstrip(".")
    try:  # 0x7f000001, 2130706433, 127.1, 0177.0.0.1: forms that a C library takes for addresses
        return socket.inet_ntoa(socket.inet_aton(plain))
    except (OSError, UnicodeError):
        return "127.0.0.1" if plain.lower().endswith("localhost") else None


def is_public(address: str) -> bool:
    """Whether an IP address is reachable from everywhere; an IPv4 address inside an IPv6 one counts as itself."""
    parsed: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if isinstance(parsed, IPv6Address):
        parsed = parsed.ipv4_mapped or _unwrap(parsed) or parsed
    is_common = parsed.is_global and not parsed.is_multicast and not parsed.is_reserved
    return is_common and not any(parsed in network for network in _NOBODYS)


def _unwrap(address: IPv6Address) -> IPv4Address | None:
    """Give the IPv4 address that a gateway (NAT64, 6to4) would make of an IPv6 one."""
    for network, shift in _WRAPPING:
        if address in network:
            return IPv4Address(int(address) >> shift & 0xFFFFFFFF)
    return None


def find_own_addresses(urls: Iterable[str]) -> frozenset[Place]:
    """The loopback and private addresses that a source names itself: its owner wrote them, so they are meant."""
    found: set[Place] = set()
    for url in urls:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        if parts.hostname == "localhost":
            found |= {("127.0.0.1", port), ("::1", port)}
        elif parts.hostname and (literal := read_literal(parts.hostname)):
            found.add((literal, port))
    return frozenset(found)
