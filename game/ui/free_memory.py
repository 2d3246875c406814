"""What the C library does with memory that pictures have left: it goes back to the system, where the library can.

Pictures of a window, of pieces of the map and of texts come and go in all sizes. Left to itself glibc learns from the
large ones to keep them among the small, and what is between them stays with the process in pieces: tens of megabytes
after some thousand events.
"""

from __future__ import annotations

import ctypes
import sys
from functools import cache

LARGE = 128 * 1024
"""Bytes from which a picture has pages of its own, which go back when it goes."""
MMAP_THRESHOLD, ARENA_MAX = -3, -8
"""What ``mallopt`` calls that limit, which no longer moves once it is set by hand, and the number of its heaps."""


@cache
def _library() -> ctypes.CDLL | None:
    """The C library, if it is one that can be told."""
    if not sys.platform.startswith("linux"):
        return None
    try:
        library = ctypes.CDLL(None)
        return library if hasattr(library, "mallopt") and hasattr(library, "malloc_trim") else None
    except OSError:
        return None


def keep_large_apart() -> None:
    """Large pictures get pages of their own from now on, and threads share one heap: one of their own stays in pieces
    after each scenario that they have read, and only one thread runs at a time."""
    library = _library()
    if library is not None:
        library.mallopt(MMAP_THRESHOLD, LARGE)
        library.mallopt(ARENA_MAX, 1)


def give_back() -> None:
    """Whatever is free goes back to the system; takes some milliseconds."""
    library = _library()
    if library is not None:
        library.malloc_trim(0)
