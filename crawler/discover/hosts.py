"""Host names: one spelling, the mobile and AMP forms taken off, and the domain that somebody registered.

Public suffixes come from the list bundled in ``tld`` (which trafilatura brings along); nothing is fetched.
Weighed, each in one process (import and load, then one look-up): tld 82 + 46 ms, 3.2 us; publicsuffixlist 17 + 59 ms,
2.8 us, but one more dependency; tldextract's import alone 307 ms. Here what was looked up is remembered.
"""

import re
from urllib.parse import unquote

import idna

from crawler.discover.trackers import words
from store.memo import remember

_ADDRESS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}|\[.*\]|.*:.*")
# Labels in front of a site's own host that choose a dress for small screens; `wap`, `3g`, `h5` and `mip` in China,
# `pda` in Russia, `mobil` in Germany and Turkey, `movil` in Spain.
_DRESS_LABELS = words("www m mobile amp wap touch mobil mobi movil pda 3g h5 mip")
_INNER_LABELS = frozenset(("m", "amp"))  # en.m.example.org


@remember(16_384, longest=253)
def normalize_host(host: str) -> str:
    """Spell a host in one way: lower case, punycode, no dot at the end."""
    host = unquote(host).strip().rstrip(".").lower()
    if host.isascii():
        return host
    try:
        return idna.encode(host, uts46=True, transitional=False).decode("ascii")
    except (idna.IDNAError, UnicodeError):  # a host with emoji or an underscore is still somebody's address
        return "".join(char if char.isascii() else f"%{byte:02x}" for char in host for byte in char.encode())


@remember(16_384, longest=253)
def undressed(host: str) -> str:
    """Take ``www.``, ``m.``, ``amp.`` and their kin off a normalised host, never below the registered domain."""
    labels = host.split(".")
    if not (labels[0] in _DRESS_LABELS or _INNER_LABELS.intersection(labels)):
        return host
    floor = registrable_domain(host).count(".") + 1
    while len(labels) > floor and labels[0] in _DRESS_LABELS:
        del labels[0]
    inner = len(labels) - floor
    return ".".join([label for label in labels[:inner] if label not in _INNER_LABELS] + labels[inner:])


@remember(16_384, longest=253)
def registrable_domain(host: str) -> str:
    """Name the domain that its owner registered: ``example.co.uk`` for ``news.example.co.uk``.

    Private suffixes count (each blog of a host of blogs is its own); an address or a suffix stands for itself, and
    under an unknown suffix the last two labels do.
    """
    host = normalize_host(host)
    if "." not in host or _ADDRESS.fullmatch(host):
        return host
    import tld  # loading the list takes 50 ms, which a process that never asks should not pay

    found = tld.get_fld(f"http://{host}", fail_silently=True)
    if found:
        return str(found)
    return host if tld.is_tld(host) else ".".join(host.rsplit(".", 2)[-2:])


def host_of(address: str) -> str:
    """The host of an absolute address as it is written, without credentials and port."""
    host = address.split("/", 3)[2].rpartition("@")[2]
    return host if host.startswith("[") else host.partition(":")[0]


def path_of(key: str) -> str:
    """All of a key after its host."""
    return "/" + key.split("/", 3)[3]
