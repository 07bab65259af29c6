"""A worker: a forked process that answers one question at a time until its server is gone."""

from __future__ import annotations

import contextlib
import os
import pickle
import resource
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from api.errors import AnswerTooLong, ApiError, FailedQuery, Internal, Reason
from api.store import EmbeddedStore
from api.workers import wire
from api.workers.spill import Full, Spill

_PAGE = resource.getpagesize()
#: What a worker may keep of the memory that it has used, in bytes.
_KEPT = 2**26
#: What share of the memory that is free all workers together may take for what they have copied.
_COPIED = 0.5


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one question may use: bytes of memory beside the store's, bytes of its answer.

    `workers` is how many there may be at once.
    """

    memory: int
    answer: int
    workers: int = 1
    #: Where long answers are put; None is the system's place for temporary files.
    folder: Path | None = None


def work(connection: socket.socket, store: EmbeddedStore, bounds: Bounds) -> None:
    """Answer what comes through `connection`, until it is closed or too much memory is kept."""
    _bound_memory(bounds.memory)
    with contextlib.suppress(OSError):  # the server is gone
        wire.greet(connection, os.getpid())
        _answer_all(connection, store, bounds)


def _answer_all(connection: socket.socket, store: EmbeddedStore, bounds: Bounds) -> None:
    kept, last = Kept(bounds.workers), False
    while not last and (asked := wire.receive(connection)):
        written = Spill(bounds.answer, bounds.folder)
        ending = wire.Ending.ANSWER
        try:
            _answer(store, asked, written)
        except Exception as error:  # whatever it is, the server shall know it
            written.close()
            written, ending = Spill(bounds.answer, bounds.folder), wire.Ending.ERROR
            pickle.dump(_as_ours(error, bounds), written)
        written.flush()
        last = kept.is_too_much
        wire.reply(connection, ending, written, last)
        written.close()


def _answer(store: EmbeddedStore, asked: tuple[str, tuple[Any, ...]], written: Spill) -> None:
    method, arguments = asked
    if method == "write":
        query, format_, dataset = arguments
        store.write(query, format_, dataset, written)
    else:
        pickle.dump(getattr(store, method)(*arguments), written)


def _as_ours(error: Exception, bounds: Bounds) -> ApiError:
    """An error as the catalogue has it."""
    if isinstance(error, ApiError):
        return error
    if isinstance(error, Full):
        return AnswerTooLong(limit=bounds.answer)
    if isinstance(error, MemoryError):
        return FailedQuery(reason=Reason("memory"))
    return Internal()


def _bound_memory(more: int) -> None:
    """Let this process use `more` bytes of writable memory than it has now."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[5])  # proc(5): data and stack
    resource.setrlimit(resource.RLIMIT_DATA, (pages * _PAGE + more,) * 2)


class Kept:
    """The memory that a worker keeps: of what it has used its allocator gives little back, and of
    the store's it copies what it looks at, for the engine counts references beside its quads.
    """

    def __init__(self, workers: int) -> None:
        self._own = _own_memory()
        self._peak = _peak_memory()
        self._faults = _faults()
        self._most_copied = max(_KEPT, int(_COPIED * _available_memory() / workers))

    @property
    def is_too_much(self) -> bool:
        """Whether another worker should take this one's place."""
        return self._has_grown() or self._has_copied()

    def _has_copied(self) -> bool:
        # each page that is copied is a fault, which are counted; looking at all pages takes long
        if (_faults() - self._faults) * _PAGE <= self._most_copied:
            return False
        self._faults = _faults()
        return _private_memory() > self._most_copied

    def _has_grown(self) -> bool:
        if _peak_memory() <= self._peak + _KEPT:
            return False
        self._peak = _peak_memory()
        # files of a store on disk are in memory too, and are to stay there
        return _own_memory() > self._own + _KEPT


def _peak_memory() -> int:
    """The most bytes that this process has had in memory; asked in a microsecond."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _faults() -> int:
    """How many pages this process has touched that it had to be given."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt


def _own_memory() -> int:
    """The bytes that this process has in memory which are of no file."""
    return _told("/proc/self/status", "RssAnon")


def _private_memory() -> int:
    """The bytes that this process shares with no other."""
    return _told("/proc/self/smaps_rollup", "Private_Dirty")


def _available_memory() -> int:
    """The bytes that processes may still take."""
    return _told("/proc/meminfo", "MemAvailable")


def _told(file: str, name: str) -> int:
    """A number of bytes as the kernel tells it (proc(5))."""
    lines = Path(file).read_text("ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{name}:"))
