"""The identity of an address: one key for all spellings of one article, never fetched.

A key looks like an address (``https://example.com/2024/05/talks?id=7``) so that people can read it, and is its own
identity. Merged are scheme, www, mobile hosts, AMP, print views, trackers, default documents, trailing slashes, letter
case where no site tells by it, percent-encoding, parameter order and fragments. Kept are identifiers, page numbers,
languages, and fragments that route. See docs/design/identity.md.
"""

import re
from collections.abc import Iterable
from urllib.parse import unquote, urljoin

from crawler.discover.hosts import host_of, normalize_host, path_of, registrable_domain, undressed
from crawler.discover.paths import article_strength, encode, normalize_path
from crawler.discover.trackers import (
    CHANNEL,
    CHANNEL_LIKE,
    CHANNEL_WORDS,
    CONTENT,
    DRESS,
    SESSION,
    TRACKER,
    WEAK,
    words,
)

__all__ = ["choose_canonical", "identify", "registrable_domain"]

_SHAPE = re.compile(r"(https?):[/\\]*([^/\\?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?$", re.I | re.S)
_INVISIBLE = re.compile(r"[\x00-\x20\x7f\u200b\ufeff]+")
_HALVES = re.compile("[\ud800-\udfff]")
_AMPERSANDS = re.compile(r"&(?:amp|#38|#038|#x26);", re.I)
_PORT = re.compile(r":(\d*)$")
# An AMP cache or viewer carries the publisher's address in its path: /c/s/ for https, /c/ for http.
_AMP_CACHE = re.compile(r"(?:[a-z0-9-]+\.)?(?:cdn\.ampproject\.org|bing-amp\.com)$")
_AMP_CACHED = re.compile(r"/(?:[a-z]/)?(?:s/)?([^/]+\.[^/]+)(/.*)?$", re.S)
_AMP_VIEWER = re.compile(r"(?:www\.)?google(?:\.[a-z]{2,3}){1,2}$")
_ADDRESS_LIKE = re.compile(r"https?(?::|%3a)|(?:[a-z0-9-]+\.)+(?!pdf|html?|docx?|jpe?g|png|xml|mp[34]|txt|php|aspx?)"
                           r"[a-z]{2,}/?$", re.I)
_WORD = re.compile(r"[^\W_]+")
_RANDOM = re.compile(r"[0-9a-f]{16,}$|(?=[a-z]*\d)(?=\d*[a-z])[a-z0-9]{16,}$", re.I)
_GIVEN_OUT = re.compile(r"\d{1,6}$|\d{2,4}\b|[a-z]+$")  # a number or a name, as of a conference's sessions
_MAILER = words("j l u mid jb")  # Salesforce's mailings add these beside sfmc_sub
_HTTP = re.compile(r"https?://", re.I)


def identify(url: str) -> str:
    """Give the identity key of an absolute http(s) address; a ``file:`` URI is its own.

    Raises ValueError for a text that is no absolute http(s) or file address at all, and for nothing else.
    """
    text = url.strip()
    if text[:5].lower() == "file:":
        return text
    parts = _SHAPE.match(_tidy(text))
    if parts is None:
        raise ValueError(f"not an absolute http(s) or file address: {url[:200]!r}")
    host, port = _host_and_port(parts[2])
    if not host:
        raise ValueError(f"an address without a host: {url[:200]!r}")
    path = parts[3].replace("\\", "/")
    cached = _behind_amp_cache(host, path)
    if cached:
        return identify(f"https://{cached}" + (f"?{parts[4]}" if parts[4] else ""))
    route = _route(parts[5])
    path, pairs, route = _merge(normalize_path(path), _pairs(parts[4]), route)
    query = "&".join(name if value is None else f"{name}={value}" for name, value in pairs)
    return f"https://{undressed(host)}{port}{path}{'?' + query if query else ''}{'#' + route if route else ''}"


def _tidy(text: str) -> str:
    """Drop what no address contains: line breaks, tabs, zero-width marks; undo the markup's ampersands."""
    if _INVISIBLE.search(text):
        text = _INVISIBLE.sub(lambda found: "%20" if found[0].strip(" ") == "" else "", text)
    if not text.isascii():
        text = _HALVES.sub("\ufffd", text)
    return _AMPERSANDS.sub("&", text) if "&" in text else text


def _host_and_port(authority: str) -> tuple[str, str]:
    """Split the authority; credentials and the two default ports are no part of an identity."""
    host = authority.rpartition("@")[2]
    port = ""
    found = _PORT.search(host)
    if found:
        host = host[:found.start()]
        port = "" if found[1] in ("", "80", "443") else f":{int(found[1])}"
    return normalize_host(host), port


def _behind_amp_cache(host: str, path: str) -> str | None:
    """Find the publisher's address inside an AMP cache's or viewer's."""
    if _AMP_CACHE.match(host):
        found = _AMP_CACHED.match(path)
    elif path.startswith("/amp/") and _AMP_VIEWER.match(host):
        found = _AMP_CACHED.match(path[4:])
    else:
        return None
    return f"{found[1]}{found[2] or '/'}" if found else None


def _route(fragment: str | None) -> str:
    """Keep a fragment that a script reads as an address: ``#!/news/1``, ``#/news/1``."""
    if not fragment or fragment[0] not in "!/":
        return ""
    path, _, query = fragment.partition("?")
    path = "/".join(encode(segment) for segment in path.rstrip("/").split("/"))
    pairs = _kept(_pairs(query), strength=0, path=path)
    query = "&".join(name if value is None else f"{name}={value}" for name, value in pairs)
    if not path.strip("!"):
        return f"/?{query}" if query else ""
    return f"{path}?{query}" if query else path


def _pairs(query: str | None) -> list[tuple[str, str | None]]:
    """Split a query into normalised pairs; a name without ``=`` has no value."""
    if not query:
        return []
    found = []
    for piece in query.replace("?", "&").replace(";", "&").split("&"):
        if piece:
            name, equals, value = piece.partition("=")
            name = _query_text(name).lower() if not name.isalpha() else name.lower()
            found.append((name, _query_text(value) if equals else None))
    return found


def _query_text(text: str) -> str:
    """Spell a query's name or value in one way; plus and space are one."""
    return text if text.isalnum() and text.isascii() else encode(text.replace("+", "%20"))


def _merge(path: str, pairs: list[tuple[str, str | None]],
           route: str) -> tuple[str, list[tuple[str, str | None]], str]:
    """Drop what does not identify, put the rest in order."""
    if not pairs:
        return path, pairs, route
    names = dict(pairs)
    escaped = names.get("_escaped_fragment_")
    if escaped:  # the crawlable twin of a #! route
        pairs = [pair for pair in pairs if pair[0] != "_escaped_fragment_"]
        route = _route("!" + unquote(escaped))
    clean = names.get("q")
    if clean and path == "/" and re.match(r"(?:/|%2F)?node(?:/|%2F)\d+$", clean):  # Drupal without clean URLs
        path, pairs = "/" + unquote(clean).lstrip("/"), [pair for pair in pairs if pair[0] != "q"]
    kept = _kept(pairs, strength=article_strength(path), path=path)
    return path, kept, route


def _kept(pairs: list[tuple[str, str | None]], *, strength: int, path: str) -> list[tuple[str, str | None]]:
    """Choose the parameters that identify: sorted by name, the first order kept among equals, each once."""
    if not pairs:
        return pairs
    names = {name for name, _ in pairs}
    kept = [pair for pair in pairs if not _is_noise(*pair, names=names, strength=strength, path=path)]
    return sorted(dict.fromkeys(kept), key=lambda pair: pair[0])


def _is_noise(name: str, value: str | None, *, names: set[str], strength: int, path: str) -> bool:
    """Whether a parameter says nothing about what is read."""
    if value == "" and not any(char.isdigit() for char in name):
        return True
    text = (value or "").lower()
    if name in DRESS and text in DRESS[name]:
        return not (name == "m" and path == "/")  # /?m=1 may be a month's archive
    if TRACKER.match(name):
        return True
    if name in SESSION and _is_session(name, text):
        return True
    if name in CHANNEL or CHANNEL_LIKE.search(name):
        return strength >= 2 or _is_channel(name, text) or (strength == 1 and _digits(text) < 2)
    if strength >= 2 and (name in WEAK or (name not in CONTENT and text and _is_channel(name, text))):
        return True
    return _is_platform_noise(name, text, names, path)


def _is_session(name: str, value: str) -> bool:
    """Whether the value is a visitor's session, not the number of a story or a conference's session."""
    return _RANDOM.match(value) is not None or ("id" in name[4:] and not _GIVEN_OUT.match(value))


def _digits(text: str) -> int:
    """Count the digits: identifiers have them."""
    return sum(char.isdigit() for char in text)


def _is_channel(name: str, value: str) -> bool:
    """Whether the value is a way to the article: a network's name, a place on the page, the address before."""
    if not value:
        return True
    if name not in ("src", "redirect") and _ADDRESS_LIKE.match(value):
        return True
    return _digits(value) < 3 and any(word in CHANNEL_WORDS for word in _WORD.findall(value))


def _is_platform_noise(name: str, value: str, names: set[str], path: str) -> bool:
    """Rules of one platform, each recognised by the company a parameter keeps."""
    if name == "type" and value in ("0", "98"):  # TYPO3's page types: normal and print
        return "id" in names or any(other.startswith("tx_") for other in names)
    if name in _MAILER:
        return "sfmc_sub" in names
    if name in ("open", "opendocument"):  # Domino's default commands
        return ".nsf/" in path
    return name.endswith(("_redirect", "_viewmode")) and name.startswith("_")  # Liferay's portlet parameters


def choose_canonical(url: str, candidate: str | None) -> str | None:
    """Accept a page's own word for its address (``rel=canonical``, ``og:url``), resolved against ``url``, if valid.

    Valid is an http(s) address on the same registrable domain that is not the home page or a section's front for a
    deeper article. For a page read from a file any public address but a home page is.
    """
    if not candidate or not candidate.strip():
        return None
    try:
        resolved = urljoin(url, candidate.strip())
        key = identify(resolved)
        own = identify(url)
    except ValueError:
        return None
    if not _HTTP.match(resolved) or path_of(key) == "/":
        return None
    if own.startswith("file:"):
        return None if _is_private(host_of(key)) else resolved
    if host_of(key) != host_of(own) and (_is_private(host_of(key)) or not _are_one_site(key, own)):
        return None
    return None if key != own and _is_front_of(key, own) else resolved


def choose_original(url: str, candidates: Iterable[str]) -> str | None:
    """Choose the address elsewhere that a page names as its original: an article's, at another site than its own.

    Domains of one name are one outlet's (``paper.example.com``, ``paper.co.uk``); a page from a file has no site.
    """
    try:
        own = identify(url)
    except ValueError:
        return None
    if own.startswith("file:"):
        return None
    elsewhere = (candidate for candidate in dict.fromkeys(candidates) if f"//{host_of(own)}" not in candidate)
    return next((candidate for candidate in elsewhere if _is_original(candidate, own)), None)


def _is_original(candidate: str, own: str) -> bool:
    try:
        key = identify(candidate)
    except ValueError:
        return False
    if not _HTTP.match(candidate) or path_of(key) == "/" or _is_private(host_of(key)):
        return False
    there, here = registrable_domain(host_of(key)), registrable_domain(host_of(own))
    return bool(there and here) and str(there).split(".")[0] != str(here).split(".")[0]


def _are_one_site(one: str, other: str) -> bool:
    """Whether two addresses are under one registered domain."""
    return registrable_domain(host_of(one)) == registrable_domain(host_of(other))


def _is_private(host: str) -> bool:
    """Whether a host is one that a public page names by mistake."""
    return ("." not in host or host.endswith((".local", ".localhost", ".internal", ".lan", ".test", ".invalid"))
            or re.fullmatch(r"[\d.]+|\[.*", host) is not None
            or re.match(r"(?:staging|stage|stg|dev|develop|preprod|preview|test|testing|uat|qa|cms|author|origin|"
                        r"localhost)\d*[.-]", host) is not None)


def _is_front_of(canonical: str, own: str) -> bool:
    """Whether a canonical address is a section's front above the article: a prefix of its path, or far weaker."""
    front, page = path_of(canonical), path_of(own)
    if "?" in front or article_strength(front) >= max(article_strength(page), 1):
        return False
    return page.startswith(front + "/") or (article_strength(front) == 0 < article_strength(page)
                                            and front.count("/") < 2)
