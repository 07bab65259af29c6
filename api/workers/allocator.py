"""Which memory allocator workers have: mimalloc, for the engine asks for memory all the time.

With glibc's a query takes up to half as long again. What it has set aside is no memory used: it is
made writable as it is needed, and what is writable is bounded (`RLIMIT_DATA`).
"""

from __future__ import annotations

import contextlib
import ctypes
import os
from importlib.metadata import distribution

_PRELOAD = "LD_PRELOAD"
_AS_NEEDED = {"MIMALLOC_ARENA_EAGER_COMMIT": "0"}


def library() -> str | None:
    """The file of the allocator; None where its package has none for this system."""
    files = distribution("cmeel-mimalloc").files or ()
    return next((str(file.locate()) for file in files if file.name == "libmimalloc.so"), None)


def give_back() -> None:
    """Give back to the system what loading has left free, which each fork would take as its own."""
    with contextlib.suppress(AttributeError):  # where the allocator is the system's
        ctypes.CDLL(None).mi_collect(True)


def environment() -> dict[str, str]:
    """The environment of a process that is to have it."""
    preloaded = ":".join(filter(None, (library(), os.environ.get(_PRELOAD))))
    return {**os.environ, **_AS_NEEDED, **({_PRELOAD: preloaded} if preloaded else {})}
