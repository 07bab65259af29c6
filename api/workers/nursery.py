"""Where workers come from: a process that has loaded the store, and then does nothing but fork.

It is a program of its own (``python -m api.workers``) with one thread, since a fork of the
server would inherit the locks of its threads for good.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import pickle
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from api.store import EmbeddedStore
from api.workers.allocator import environment, give_back
from api.workers.opening import Place, open_store
from api.workers.worker import Bounds, work
from kg.release import ReleaseError

#: linux/prctl.h: the signal that a process gets when its parent ends.
_PR_SET_PDEATHSIG = 1
_MOST = 1 << 16
_STACK = 256 * 2**20


class Nursery:
    """The server's end of the process that forks workers of one release."""

    def __init__(self, process: subprocess.Popen[bytes], control: socket.socket) -> None:
        self._process = process
        self._control = control

    @classmethod
    def start(cls, release: Path | None, place: Place, bounds: Bounds) -> Nursery:
        """Load a release (or nothing) in a new process, and wait until that is done.

        Raises:
            ReleaseError: the release can't be loaded.
        """
        ours, theirs = socket.socketpair()
        program = [sys.executable, "-m", "api.workers", str(theirs.fileno())]
        with theirs:
            process = subprocess.Popen(program, pass_fds=[theirs.fileno()], env=environment())
        nursery = cls(process, ours)
        ours.sendall(pickle.dumps((release, place, bounds)))
        told = ours.recv(_MOST)
        if told == b"ready":
            return nursery
        nursery.close()
        raise ReleaseError(
            told.decode() or f"{release} can't be loaded: the process that did so ended"
        )

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def hatch(self) -> socket.socket:
        """The server's end of a new worker's socket; raise OSError where the nursery is gone."""
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                socket.send_fds(self._control, [b"\0"], [theirs.fileno()])
            except OSError:
                ours.close()
                raise
        ours.setblocking(False)
        return ours

    def close(self) -> None:
        """End the nursery; workers end when they have answered, or are killed."""
        self._control.close()
        self._process.wait()

    def __del__(self) -> None:
        self.close()


def main(descriptor: int) -> NoReturn:
    """Load the store that the server names, and fork a worker for each socket that it sends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    control = socket.socket(fileno=descriptor)
    release, place, bounds = pickle.loads(control.recv(_MOST))
    try:
        opener = open_store(release, place)
    except ReleaseError as error:
        control.sendall(str(error).encode())
        sys.exit(1)
    # A collection in a worker would touch, and so copy, all that is shared.
    gc.collect()
    gc.freeze()
    give_back()
    # nobody waits for the workers
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    control.sendall(b"ready")
    with contextlib.suppress(OSError):
        while True:
            asked, sockets, _, _ = socket.recv_fds(control, 1, 1)
            if not asked:
                break
            if os.fork() == 0:
                _live(socket.socket(fileno=sockets[0]), opener, bounds)
            os.close(sockets[0])
    os._exit(0)


def _live(
    connection: socket.socket, opener: Callable[[], EmbeddedStore], bounds: Bounds
) -> NoReturn:
    # a worker in the middle of a query doesn't see its socket close
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    # Queries are parsed by recursion: 100,000 times "!" takes more stack than is usual. Stack
    # that isn't used takes no memory.
    threading.stack_size(_STACK)
    answering = threading.Thread(target=work, args=(connection, opener(), bounds))
    answering.start()
    answering.join()
    os._exit(0)
