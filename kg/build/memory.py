"""Memory given back after each report, so that a build takes as much however many there are."""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager


def give_back() -> None:
    """Collect what is garbage, and return to the system what is free.

    Graphs are full of cycles, and wait long for a collector that looks at what is kept for good
    (code lists, patterns, rules) before it looks at all: what is alive now is left out from now on.
    """
    gc.collect()
    gc.freeze()
    if trim := getattr(ctypes.CDLL(None), "malloc_trim", None):  # of glibc
        trim(0)


@contextmanager
def giving_back() -> Iterator[None]:
    """What `give_back` leaves out meanwhile, the collector looks at again afterwards."""
    try:
        yield
    finally:
        gc.unfreeze()
