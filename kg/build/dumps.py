"""A release's dumps, put together from the parts of its reports; none is ever whole in memory."""

from __future__ import annotations

import heapq
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from itertools import groupby, islice
from pathlib import Path
from typing import IO

import zstandard
from pyoxigraph import RdfFormat, parse

from kg.build.parts import ZSTD_LEVEL, Parts, gzipped, trig_blocks
from kg.build.statistics import Statistics
from kg.vocabulary import Namespace

#: How many files are merged at once: a process may have 1,024 open.
_AT_ONCE = 500


class NQuads:
    """The N-Quads of a release in zstd and in gzip, while they are written; lines sorted by bytes.

    A zstd file is one frame, since some readers stop after the first, and is packed by `jobs`
    threads, whose number doesn't show. A gzip file has a member for each report.
    """

    def __init__(self, stack: ExitStack, folder: Path, jobs: int) -> None:
        packer = zstandard.ZstdCompressor(ZSTD_LEVEL, write_checksum=True, threads=jobs)
        zst = stack.enter_context((folder / "juesuan.nq.zst").open("wb"))
        self._zstd = stack.enter_context(packer.stream_writer(zst))
        self._gzip = stack.enter_context((folder / "juesuan.nq.gz").open("wb"))

    def report(self, parts: Parts) -> None:
        """Add what is said of a report itself."""
        with parts.own.open("rb") as own:
            zstandard.ZstdDecompressor().copy_stream(own, self._zstd)
        with parts.own_gzipped.open("rb") as own:
            shutil.copyfileobj(own, self._gzip)

    def lines(self, lines: Iterator[bytes]) -> None:
        """Add lines of which none belongs to a report itself."""
        while chunk := list(islice(lines, 10_000)):
            joined = b"".join(chunk)
            self._zstd.write(joined)
            self._gzip.write(gzipped(joined))


def write_nquads(
    reports: Sequence[Parts], others: Sequence[Path], folder: Path, scratch: Path, jobs: int
) -> Statistics:
    """Write all quads, those of the sorted files `others` among them; returns what there is.

    `reports` are in the order of their IRIs; no line of `others` is about what is under them.
    """
    counted = Statistics()
    files = [*others, *(parts.shared for parts in reports)]
    shared = counted.counting(merged(files, scratch))
    # What is said of a report itself comes all in one piece: its lines begin with its IRI, which is
    # followed by a character that no IRI of another report has there.
    with ExitStack() as stack:
        written = NQuads(stack, folder, jobs)
        ahead = next(shared, None)
        for parts in reports:
            start = f"<{parts.entry.iri}".encode()
            run: list[bytes] = []
            while ahead is not None and ahead < start:
                run.append(ahead)
                ahead = next(shared, None)
            written.lines(iter(run))
            written.report(parts)
            counted.add(parts.counted)
        if ahead is not None:
            written.lines(iter([ahead]))
        written.lines(shared)
    return counted


def write_trig(
    reports: Iterable[Parts], others: Iterable[Path], path: Path, namespace: Namespace
) -> None:
    """Write all quads, those of the N-Quads files `others` among them, as TriG: a graph a block."""
    with path.open("wb") as file:
        for n, nquads in enumerate(others):
            quads = list(parse(path=str(nquads), format=RdfFormat.N_QUADS))
            prefixes, blocks = trig_blocks(quads, namespace)
            file.write(gzipped(prefixes + blocks if n == 0 else blocks))
        for parts in reports:
            with parts.trig_gzipped.open("rb") as trig:
                shutil.copyfileobj(trig, file)


def merged(files: list[Path], scratch: Path) -> Iterator[bytes]:
    """The lines of sorted files, sorted, none twice; many files are merged by way of fewer."""
    level = 0
    while len(files) > _AT_ONCE:
        level += 1
        fewer = []
        for n in range(0, len(files), _AT_ONCE):
            fewer.append(scratch / f"merged-{level}-{n}")
            with fewer[-1].open("wb") as file:
                file.writelines(_merged_at_once(files[n : n + _AT_ONCE]))
        files = fewer
    return _merged_at_once(files)


def _merged_at_once(files: list[Path]) -> Iterator[bytes]:
    with ExitStack() as stack:
        opened: list[IO[bytes]] = [stack.enter_context(file.open("rb")) for file in files]
        yield from (line for line, _ in groupby(heapq.merge(*opened)))
