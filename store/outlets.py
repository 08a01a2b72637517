"""Say which outlet an address belongs to. Pure.

Public suffixes come from the list bundled in ``tld``, private ones count: each blog of a host of blogs is an outlet.
"""

from urllib.parse import urlsplit

from store.memo import remember


def name_outlet(url: str) -> str | None:
    """Name the registered domain of a web address; None for what was no web page, such as a file."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    return _name_domain(host) if parts.scheme in ("http", "https") and host else None


@remember(16_384, longest=253)
def _name_domain(host: str) -> str:
    import tld  # its list takes 50 ms, which a process that never asks should not pay

    host = host.rstrip(".").lower()
    found = tld.get_fld(f"http://{host}", fail_silently=True)
    return str(found) if found else host.removeprefix("www.")
