"""How a release's files are packed: the same bytes on all machines, whatever the workers."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

import zstandard
from deflate import gzip_compress

ZSTD_LEVEL = 3
#: libdeflate's 6 packs nearly as well as zlib's for half the time.
_GZIP_LEVEL = 6
#: How many bytes a thread packs at a time: what is waiting is in memory.
_JOB = 1 << 20
#: How many bytes a member of a gzip file holds, at least.
_MEMBER = 1 << 20


def zstd_packer(jobs: int) -> zstandard.ZstdCompressor:
    """A compressor of one frame, whose bytes don't depend on how many threads it has."""
    parameters = zstandard.ZstdCompressionParameters.from_level(
        ZSTD_LEVEL, threads=jobs, job_size=_JOB, write_checksum=True
    )
    return zstandard.ZstdCompressor(compression_params=parameters)


def gzipped(data: bytes) -> bytes:
    """`data` as one member of a gzip file, with neither a time nor a name: the same, always.

    libdeflate's bytes, unlike those of a system's zlib, are the same on all machines.
    """
    return bytes(gzip_compress(data, _GZIP_LEVEL))


class GzipFile:
    """A gzip file while it is written, some at a time; each part is a member of its own."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self._ahead: list[bytes] = []
        self._size = 0

    def __enter__(self) -> GzipFile:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        with self._file:
            self._pack()

    def write(self, data: bytes) -> None:
        """Write bytes, packed when there are enough."""
        self._ahead.append(data)
        self._size += len(data)
        if self._size >= _MEMBER:
            self._pack()

    def write_packed(self, member: bytes) -> None:
        """Write what is a member already."""
        self._pack()
        self._file.write(member)

    def _pack(self) -> None:
        if self._ahead:
            self._file.write(gzipped(b"".join(self._ahead)))
        self._ahead, self._size = [], 0
