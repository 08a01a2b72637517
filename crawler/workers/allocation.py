"""Give freed memory back: what one hostile page took must not stay taken.

glibc raises, each time a large block is freed, the size from which it maps blocks on their own, up to 32 MiB; from
then on large blocks come from the heap, whose holes are not given back. A fixed bound keeps large bodies out of it.
"""

import contextlib
import ctypes
import gc
import linecache

MAPPED_FROM = 1 << 20  # bytes; mapping what each page takes anyway costs a fifteenth of the reading time
BODIES_FROM = 1 << 17  # bytes; where pages are fetched and kept and not read, only bodies are as large
MOST_ARENAS = 2  # heaps that threads share: Python lets one thread at a time work, and each heap keeps its own holes
KEPT_FREE = 1 << 24  # bytes; one page's tree takes what the last one's left, and the system need not clear it anew
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8  # M_TRIM_THRESHOLD and so on, malloc.h


def map_large_blocks(size: int = MAPPED_FROM) -> None:
    """Let each block of ``size`` bytes be mapped on its own, and unmapped when it is freed.

    Other C libraries do as they do.
    """
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, size)
        ctypes.CDLL(None).mallopt(_ARENA_MAX, MOST_ARENAS)


def keep_free(size: int = KEPT_FREE) -> None:
    """Keep up to ``size`` bytes that small blocks left free at the end of the heap until ``give_back``."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_TRIM_THRESHOLD, size)


def give_back(*, whole: bool = False) -> None:
    """Give back what small blocks left free, as after a large tree; with ``whole`` also what has been garbage for long.

    The whole takes some 20 ms where the libraries are frozen (see Workshop), and the collector by itself never comes to
    it: a crawl is one large cycle, and sixty of them held 20 MB.
    """
    if whole:
        linecache.clearcache()  # sources of the libraries that tracebacks were written of: 2 MB
    gc.collect(2 if whole else 1)
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
