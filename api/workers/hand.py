"""A worker as the server has it at hand: a socket to ask through, a process to kill."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from api.workers import wire
from api.workers.body import Body

#: An open file that comes beside the bytes (unix(7), SCM_RIGHTS).
_DESCRIPTOR = struct.Struct("i")
_BESIDE = socket.CMSG_SPACE(_DESCRIPTOR.size)
#: How far a worker stands back that takes long (nice(2)): it has a thirtieth of another's share.
_NICE = 15


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker has answered, and whether it answers nothing more."""

    ending: wire.Ending
    last: bool
    body: Body


class Hand:
    """One worker. Its socket is watched as long as it lives, so that its end is seen at once."""

    def __init__(self, connection: socket.socket, ended: Callable[[Hand], None]) -> None:
        """`ended` is called when the worker ends by itself, which none should."""
        self._connection = connection
        self._ended = ended
        self._loop = asyncio.get_running_loop()
        self._received = bytearray()
        self._file: int | None = None
        #: What it was asked is answered here; of a new worker it is its greeting.
        self._awaited: asyncio.Future[Answer] | None = self._loop.create_future()
        #: A descriptor of the process itself: a number could have been given to another since.
        self._process: int | None = None
        self._pid = 0
        self._loop.add_reader(connection, self._readable)

    async def greeted(self) -> None:
        """Wait until the worker says that it is there; raise EOFError where it never does."""
        assert self._awaited is not None
        greeting = await self._awaited
        self._pid = greeting.body.size
        self._process = os.pidfd_open(self._pid)

    def ask(self, question: bytes, answered: asyncio.Future[Answer]) -> None:
        """Ask the worker; `answered` will have its answer, EOFError where it ends before."""
        self._awaited = answered
        try:
            sent = self._connection.send(question)  # mostly all of it, at once
        except OSError:
            self._end()
        else:
            if sent < len(question):
                self._send(memoryview(question)[sent:])

    def stand_back(self) -> None:
        """Let the worker have what others leave of the processors; it can't be taken back."""
        with contextlib.suppress(OSError):  # it has just ended
            for thread in Path(f"/proc/{self._pid}/task").iterdir():
                os.setpriority(os.PRIO_PROCESS, int(thread.name), _NICE)

    def kill(self) -> None:
        """End the worker, whatever it is at."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._process, signal.SIGKILL)
            os.close(self._process)
            self._process = None
        self._loop.remove_reader(self._connection)
        self._loop.remove_writer(self._connection)
        self._connection.close()
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _send(self, rest: memoryview) -> None:
        """Send the rest of a long question, as the worker takes it."""

        def writable() -> None:
            nonlocal rest
            with contextlib.suppress(BlockingIOError, OSError):  # its end is read, too
                rest = rest[self._connection.send(rest) :]
            if not rest:
                self._loop.remove_writer(self._connection)

        self._loop.add_writer(self._connection, writable)

    def _readable(self) -> None:
        try:
            data, beside, _, _ = self._connection.recvmsg(wire.MOST, _BESIDE)
        except BlockingIOError:
            return
        except OSError:
            data, beside = b"", []
        if beside:
            (self._file,) = _DESCRIPTOR.unpack(beside[0][2])
        if not data:
            self._end()
            return
        self._received += data
        head = wire.read_head(self._received)
        if head is None or len(self._received) < head.awaited or self._awaited is None:
            return
        content = self._file if self._file is not None else wire.content(bytes(self._received))
        self._received.clear()
        self._file = None
        awaited, self._awaited = self._awaited, None
        body = Body(content, head.size)
        if awaited.done():  # who asked has given up, and is about to kill this worker
            body.close()
        else:
            awaited.set_result(Answer(head.ending, head.last, body))

    def _end(self) -> None:
        self._loop.remove_reader(self._connection)
        if self._awaited is None:
            self._ended(self)
        elif not self._awaited.done():
            self._awaited.set_exception(EOFError())
