"""A release's dumps, put together from the parts of its reports; none is ever whole in memory."""

from __future__ import annotations

import shutil
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import zstandard
from pyoxigraph import RdfFormat, parse

from kg.build.packing import GzipFile, gzipped, zstd_packer
from kg.build.parts import Parts, trig_blocks
from kg.build.pieces import Piece
from kg.build.statistics import Statistics
from kg.vocabulary import Namespace

#: How many files are merged at once: a process may have 1,024 open.
_AT_ONCE = 500
#: How many bytes of each of them are read at once.
_READ = 1 << 16
#: What comes after every line: no UTF-8 has this byte.
_END = b"\xff"


class NQuads:
    """The N-Quads of a release in zstd and in gzip, while they are written; lines sorted by bytes.

    A zstd file is one frame, since some readers stop after the first, and is packed by `jobs`
    threads, whose number doesn't show. A gzip file has a member for each piece.
    """

    def __init__(self, stack: ExitStack, folder: Path, jobs: int) -> None:
        zst = stack.enter_context((folder / "juesuan.nq.zst").open("wb"))
        self._zstd = stack.enter_context(zstd_packer(jobs).stream_writer(zst))
        self._gzip = stack.enter_context(GzipFile(folder / "juesuan.nq.gz"))

    def piece(self, piece: Piece) -> None:
        """Add the lines of a piece."""
        with piece.packed.open("rb") as packed:
            zstandard.ZstdDecompressor().copy_stream(packed, self._zstd)
        self._gzip.write_packed(piece.gzipped.read_bytes())

    def lines(self, blocks: Iterable[Sequence[bytes]]) -> None:
        """Add lines of which none belongs to a piece."""
        for block in blocks:
            joined = b"".join(block)
            self._zstd.write(joined)
            self._gzip.write(joined)


def write_nquads(
    pieces: Iterable[Piece], others: list[Path], folder: Path, scratch: Path, jobs: int
) -> Statistics:
    """Write all quads, of pieces and of the sorted files `others`; returns what there is."""
    counted = Statistics()
    shared = _Lines(counted.counting(merged(others, scratch)))
    with ExitStack() as stack:
        written = NQuads(stack, folder, jobs)
        for piece in sorted(pieces, key=lambda piece: piece.start):
            written.lines(shared.upto(piece.start))
            assert not shared.next.startswith(piece.start), piece
            written.piece(piece)
            counted.add(piece.counted)
        written.lines(shared.upto(_END))
    return counted


class _Lines:
    """Sorted lines that come in blocks, taken up to a bound."""

    def __init__(self, blocks: Iterable[Sequence[bytes]]) -> None:
        self._blocks = iter(blocks)
        self._block: Sequence[bytes] = next(self._blocks, ())
        self._taken = 0

    @property
    def last(self) -> bytes:
        """The last line of the block at hand; nothing where there are no more."""
        return self._block[-1] if self._block else b""

    @property
    def next(self) -> bytes:
        """The first line that isn't taken yet; nothing where there are no more."""
        return self._block[self._taken] if self._block else b""

    def upto(self, bound: bytes) -> Iterator[Sequence[bytes]]:
        """The lines up to `bound` that aren't taken yet."""
        while self._block:
            end = bisect_right(self._block, bound, self._taken)
            yield self._block[self._taken : end]
            self._taken = end
            if end < len(self._block):
                return
            self._block, self._taken = next(self._blocks, ()), 0


def write_trig(
    head: Iterable[bytes],
    others: Iterable[Path],
    reports: Iterable[Parts],
    path: Path,
    namespace: Namespace,
) -> None:
    """Write all quads as TriG, blocks of a graph: `head` with prefixes, N-Quads files, reports."""
    with path.open("wb") as file:
        file.write(gzipped(b"".join(head)))
        for nquads in others:
            quads = list(parse(path=str(nquads), format=RdfFormat.N_QUADS))
            _, blocks = trig_blocks(quads, namespace)
            file.write(gzipped(blocks))
        for parts in reports:
            with parts.trig_gzipped.open("rb") as trig:
                shutil.copyfileobj(trig, file)


def merged(files: list[Path], scratch: Path) -> Iterator[list[bytes]]:
    """The lines of sorted files, some at a time: sorted, none twice.

    Many files are merged by way of fewer.
    """
    level = 0
    while len(files) > _AT_ONCE:
        level += 1
        fewer = []
        for n in range(0, len(files), _AT_ONCE):
            fewer.append(scratch / f"merged-{level}-{n}")
            with fewer[-1].open("wb") as file:
                for block in _merged_at_once(files[n : n + _AT_ONCE]):
                    file.writelines(block)
        files = fewer
    return _merged_at_once(files)


def _merged_at_once(files: list[Path]) -> Iterator[list[bytes]]:
    with ExitStack() as stack:
        opened = [stack.enter_context(file.open("rb")) for file in files]
        sources = [_Lines(iter(partial(file.readlines, _READ), [])) for file in opened]
        # what is still to be read of a file comes after the last line that was read of it
        while bound := min((s.last for s in sources if s.last), default=b""):
            lines = [line for s in sources for block in s.upto(bound) for line in block]
            lines.sort()
            yield list(dict.fromkeys(lines))
