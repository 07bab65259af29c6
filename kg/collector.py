"""Python's collector of cycles, which finds nothing in what reading a report makes."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Let the collector rest, around a function or some lines that make trees by the ten thousand.

    It would look through them, and all code lists, again and again; what is no longer used is
    freed without it.
    """
    was_at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_at_work:
            gc.enable()
