"""Sorted lines of N-Quads that nothing else of a release comes between: packed and counted once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import zstandard

from kg.build.packing import ZSTD_LEVEL, gzipped
from kg.build.statistics import Statistics


@dataclass(frozen=True, slots=True)
class Piece:
    """Three files beside one another: `folder`/`name` with the endings of what they hold.

    Each line begins with `start`, and in the release no other does. What a piece counts is read
    when it is asked for: a release has as many pieces as reports.
    """

    folder: Path
    name: str
    start: bytes

    @property
    def packed(self) -> Path:
        """The lines in zstd."""
        return self.folder / f"{self.name}.nq.zst"

    @property
    def gzipped(self) -> Path:
        """The lines in gzip."""
        return self.folder / f"{self.name}.nq.gz"

    @property
    def counted(self) -> Statistics:
        """How much there is of what in the lines."""
        return Statistics.read(json.loads(self._counts.read_text("utf-8")))

    @property
    def _counts(self) -> Path:
        return self.folder / f"{self.name}.json"

    def write(self, lines: Sequence[bytes]) -> None:
        """Write the files of a piece that has these lines."""
        joined = b"".join(lines)
        self.packed.write_bytes(zstandard.compress(joined, ZSTD_LEVEL))
        self.gzipped.write_bytes(gzipped(joined))
        said = Statistics.of(lines).said()
        self._counts.write_text(json.dumps(said, ensure_ascii=False), "utf-8")
