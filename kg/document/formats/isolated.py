"""Readers in a process of their own, which may hang, crash or run out of memory without harm.

Documents come from anywhere, and the libraries that read them are in C, C++ and Rust: only a
process that can be killed keeps a file within time and memory. One process reads file after file.
"""

from __future__ import annotations

import atexit
import json
import os
import select
import struct
import subprocess
import threading
import time

from kg.document.formats.canonical import Reading, Unreadable
from kg.processes import command, environment

#: Of the thirty seconds that a document may take; a PDF of a hundred pages takes two.
SECONDS = 20.0
#: What the longest reports take is a tenth of it.
MEMORY = 1_000_000_000
_LENGTH = struct.Struct(">Q")


class ReadingProcess:
    """A process that reads files, one at a time; made anew when it had to be killed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, content: bytes, suffix: str, seconds: float = SECONDS) -> tuple[str, Reading]:
        """A file's media type and its text.

        Raises:
            Unreadable: it can't be read, or not within the limits.
        """
        with self._lock:
            process = self._process = self._process or _start()
            try:
                answer = json.loads(_ask(process, content, suffix, time.monotonic() + seconds))
            except TimeoutError as error:
                self._end()
                raise Unreadable(f"takes more than {seconds:.0f} s to read; split it") from error
            except (EOFError, OSError) as error:
                self._end()
                raise Unreadable(
                    f"is broken, or takes more than {MEMORY / 1e9:.0f} GB of memory to read"
                ) from error
            except BaseException:  # interrupted: what is still to come would answer the next file
                self._end()
                raise
        if "error" in answer:
            raise Unreadable(answer["error"])
        return answer["format"], Reading(answer["text"], tuple(answer["pages"]))

    def close(self) -> None:
        """End the process; the next file starts another."""
        with self._lock:
            self._end()

    def forget(self) -> None:
        """Leave the process to the parent that this one was forked from."""
        self._lock = threading.Lock()
        if process := self._process:
            process.returncode = 0  # it is no child of this process, so nothing is to be waited for
            self._process = None

    def _end(self) -> None:
        process, self._process = self._process, None
        if process:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe:
                    pipe.close()


def _start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command("kg.document.formats.worker"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        env=environment(),
    )


def _ask(process: subprocess.Popen[bytes], content: bytes, suffix: str, until: float) -> bytes:
    assert process.stdin and process.stdout
    name = suffix.encode("utf-8", "replace")
    message = b"".join((_LENGTH.pack(len(name)), name, _LENGTH.pack(len(content)), content))
    output, left = process.stdin.fileno(), memoryview(message)
    os.set_blocking(output, False)
    while left:
        _wait(select.POLLOUT, output, until)
        left = left[os.write(output, left[:1_000_000]) :]
    answers = process.stdout.fileno()
    (length,) = _LENGTH.unpack(_receive(answers, _LENGTH.size, until))
    return _receive(answers, length, until)


def _receive(file: int, length: int, until: float) -> bytes:
    received = bytearray()
    while len(received) < length:
        _wait(select.POLLIN, file, until)
        if not (part := os.read(file, min(length - len(received), 1_000_000))):
            raise EOFError
        received += part
    return bytes(received)


def _wait(event: int, file: int, until: float) -> None:
    poll = select.poll()
    poll.register(file, event)
    if not poll.poll(max(until - time.monotonic(), 0) * 1000):
        raise TimeoutError


PROCESS = ReadingProcess()
atexit.register(PROCESS.close)
os.register_at_fork(after_in_child=PROCESS.forget)
