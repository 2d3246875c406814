"""What the C library does with memory that pictures have left: it goes back to the system, where the library can.

Pictures of a window, of pieces of the map and of texts come and go in all sizes. Left to itself glibc learns from the
large ones to keep them among the small, and what is between them stays with the process in pieces: tens of megabytes
after some thousand events.
"""

from __future__ import annotations

import ctypes
import sys
from functools import cache

LARGE = 256 * 1024
"""Bytes from which a picture has pages of its own, which go back when it goes."""
MMAP_THRESHOLD = -3
"""What ``mallopt`` calls that limit; set by hand it no longer moves."""


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
    """Large pictures get pages of their own from now on."""
    library = _library()
    if library is not None:
        library.mallopt(MMAP_THRESHOLD, LARGE)


def give_back() -> None:
    """Whatever is free goes back to the system; takes some milliseconds."""
    library = _library()
    if library is not None:
        library.malloc_trim(0)
