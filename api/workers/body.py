"""A finished answer: in memory where it is short, else in a file that has no name any more."""

from __future__ import annotations

import io
import os
import weakref
from collections.abc import Iterator
from types import TracebackType
from typing import IO

_CHUNK = 1 << 18


class Body:
    """The bytes of an answer; of a long one they stay on disk, and go when this is closed."""

    def __init__(self, content: bytes | int, size: int) -> None:
        """`content` is the bytes themselves, or the descriptor of a file of `size` bytes."""
        self._content = content
        self.size = size
        if isinstance(content, int):
            # a client that leaves before the first byte is sent closes nothing
            self._close = weakref.finalize(self, os.close, content)

    @property
    def inline(self) -> bytes | None:
        """The bytes, where they are in memory."""
        return self._content if isinstance(self._content, bytes) else None

    def read(self) -> bytes:
        """All bytes."""
        return b"".join(self.chunks())

    def chunks(self) -> Iterator[bytes]:
        """The bytes, a quarter of a megabyte at a time."""
        if isinstance(self._content, bytes):
            yield self._content
            return
        at = 0
        while at < self.size:
            chunk = os.pread(self._content, _CHUNK, at)
            at += len(chunk)
            yield chunk

    def file(self) -> IO[bytes]:
        """The bytes as a file to read, from their start; to be closed as well."""
        if isinstance(self._content, bytes):
            return io.BytesIO(self._content)
        file = os.fdopen(os.dup(self._content), "rb")
        file.seek(0)
        return file

    def close(self) -> None:
        """Let go of the file."""
        if isinstance(self._content, int):
            self._close()

    def __enter__(self) -> Body:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
