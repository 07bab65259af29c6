"""What goes through the socket between the server and a worker.

A question is ``(method, arguments)``, pickled. Its answer is a head (how it ended, how long it is)
with the bytes behind it, or with an open file beside it. Both ends are this program.
"""

from __future__ import annotations

import pickle
import socket
import struct
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from api.workers.spill import INLINE, Spill

_LENGTH = struct.Struct("!Q")
_HEAD = struct.Struct("!B?Q")
#: The longest head with the longest bytes behind it.
MOST = _HEAD.size + INLINE


class Ending(IntEnum):
    """How a question ended."""

    HELLO, ANSWER, ERROR = range(3)


@dataclass(frozen=True, slots=True)
class Head:
    """The start of an answer: `size` bytes follow, here or in a file; of a HELLO it is the pid."""

    ending: Ending
    #: Whether the worker answers nothing more.
    last: bool
    size: int

    @property
    def awaited(self) -> int:
        """How many bytes of the socket belong to this answer, its head among them."""
        in_socket = self.ending is not Ending.HELLO and self.size <= INLINE
        return _HEAD.size + (self.size if in_socket else 0)


def read_head(data: bytes | bytearray) -> Head | None:
    """The head that `data` begins with; None where it isn't whole yet."""
    if len(data) < _HEAD.size:
        return None
    ending, last, size = _HEAD.unpack_from(data)
    return Head(Ending(ending), last, size)


def content(data: bytes) -> bytes:
    """What is behind the head."""
    return data[_HEAD.size :]


def question(method: str, arguments: tuple[Any, ...]) -> bytes:
    """A question as it is sent."""
    pickled = pickle.dumps((method, arguments))
    return _LENGTH.pack(len(pickled)) + pickled


def receive(connection: socket.socket) -> tuple[str, tuple[Any, ...]] | None:
    """The next question; None where the server is gone."""
    start = connection.recv(_LENGTH.size, socket.MSG_WAITALL)
    if len(start) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(start)
    pickled = connection.recv(length, socket.MSG_WAITALL)
    if len(pickled) < length:
        return None
    method, arguments = pickle.loads(pickled)
    return method, arguments


def greet(connection: socket.socket, pid: int) -> None:
    """Tell the server that the worker `pid` is there."""
    connection.sendall(_HEAD.pack(Ending.HELLO, False, pid))


def reply(connection: socket.socket, ending: Ending, written: Spill, last: bool) -> None:
    """Send an answer, perhaps the worker's last."""
    head = _HEAD.pack(ending, last, written.size)
    if written.file is None:
        connection.sendall(head + written.inline)
    else:
        socket.send_fds(connection, [head], [written.file.fileno()])
