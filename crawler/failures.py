"""Every way a request can fail, each with its one word."""

from scrapy import Request
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from twisted.python.failure import Failure

from crawler.politeness import RefusedRequest

# exception -> (word, whether it may pass by itself)
_WORDS: tuple[tuple[type[BaseException], str, bool], ...] = (
    (DownloadTimeoutError, "timeout", True),
    (CannotResolveHostError, "unknown_host", True),
    (DownloadConnectionRefusedError, "connection_refused", True),
    (ResponseDataLossError, "cut_off", True),
    (DownloadCancelledError, "too_large", False),
    (UnsupportedURLSchemeError, "bad_address", False),
    (DownloadFailedError, "connection_lost", True),
)


def name_failure(failure: Failure, request: Request) -> tuple[str, bool, str]:
    """Return the word for a failed request, whether it is worth another try, and the detail."""
    return name_error(failure.value, request)


def name_error(error: BaseException | None, request: Request) -> tuple[str, bool, str]:
    """Return the word for an error, whether the request is worth another try, and the detail."""
    if isinstance(error, RefusedRequest):
        return error.reason, error.temporary, str(error)
    if isinstance(error, IgnoreRequest):
        if "redirect_times" in request.meta and "redirect" in str(error):
            return "redirect_loop", False, "redirected too often"
        return "too_large", False, "larger than allowed once unpacked"
    for kind, word, temporary in _WORDS:
        if isinstance(error, kind):
            return word, temporary, " ".join(str(error).split())[:300]
    return "broken_answer", True, f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"


def name_status(status: int) -> tuple[str, bool]:
    """Return the word for an HTTP status that is no success, and whether it is worth another try."""
    return f"http_{status}", status >= 500 or status in (403, 408, 425, 429)
