"""What a worker writes its answer to: memory at first, and a file once the answer is long."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import IO

from api.workers.body import Body

#: Answers up to this many bytes travel through the socket; longer ones as an open file.
INLINE = 1 << 16


class Full(OSError):
    """More was written than an answer may hold."""


class Spill:
    """A binary writer that holds at most `most` bytes, all but the first on disk in `folder`."""

    def __init__(self, most: int, folder: Path | None) -> None:
        self.size = 0
        self.file: IO[bytes] | None = None
        self._most = most
        self._folder = folder
        self._parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        """Take `data`; raise `Full` where that would be too much."""
        self.size += len(data)
        if self.size > self._most:
            raise Full
        if self.file is not None:
            self.file.write(data)
            return len(data)
        self._parts.append(bytes(data))
        if self.size > INLINE:
            self.file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 - closed when sent
            self.file.write(b"".join(self._parts))
            self._parts.clear()
        return len(data)

    def clear(self) -> None:
        """Forget all that was written."""
        self.close()
        self.size, self.file = 0, None
        self._parts.clear()

    def flush(self) -> None:
        """Put all that was written to a file into it."""
        if self.file is not None:
            self.file.flush()

    @property
    def inline(self) -> bytes:
        """The answer, where it is short."""
        return b"".join(self._parts)

    def body(self) -> Body:
        """What was written, to be read; the file goes on to it."""
        if self.file is None:
            return Body(self.inline, self.size)
        with self.file:
            self.file.flush()
            return Body(os.dup(self.file.fileno()), self.size)

    def close(self) -> None:
        """Let go of the file."""
        if self.file is not None:
            self.file.close()
