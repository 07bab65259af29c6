"""A release's data files: N-Quads and TriG of everything, Turtle of each report, their digests."""

from __future__ import annotations

import gzip
import hashlib
import heapq
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import IO, cast

from pyoxigraph import Quad, RdfFormat, Triple, parse, serialize

from kg.vocabulary import Namespace

#: Compression level of what is published: 6 packs as well as 9 for half the time.
LEVEL = 6


def write_nquads(parts: Iterable[str], path: Path) -> int:
    """Merge sorted N-Quads into one sorted, compressed file; returns how many quads it holds."""
    count = 0
    with _compressed(path) as file:
        for line, _ in groupby(heapq.merge(*map(_lines, parts))):
            file.write(line)
            count += 1
    return count


def write_trig(parts: Iterable[str], path: Path, namespace: Namespace) -> None:
    """All quads as TriG, a graph a block, with prefixes."""
    with _compressed(path) as file:
        quads = (quad for part in parts for quad in _by_graph(part))
        serialize(quads, file, format=RdfFormat.TRIG, prefixes=namespace.prefixes())


def write_turtle(part: str, path: Path, namespace: Namespace) -> None:
    """One graph as Turtle, with prefixes."""
    triples = (Triple(q.subject, q.predicate, q.object) for q in _quads(part))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        serialize(triples, file, format=RdfFormat.TURTLE, prefixes=namespace.prefixes())


def write_digests(folder: Path, path: Path) -> None:
    """SHA-256 sums of all files of a release, as `sha256sum --check` reads them."""
    files = sorted(f for f in folder.rglob("*") if f.is_file() and f != path)
    sums = [f"{_digest(f)}  {f.relative_to(folder).as_posix()}\n" for f in files]
    path.write_text("".join(sums), "utf-8")


@contextmanager
def _compressed(path: Path) -> Iterator[IO[bytes]]:
    # neither the time nor the file's name goes into the header: the same data, the same bytes
    with path.open("wb") as raw, gzip.GzipFile("", "wb", LEVEL, raw, mtime=0) as file:
        yield cast(IO[bytes], file)


def _lines(part: str) -> Iterator[bytes]:
    return iter(part.encode().splitlines(keepends=True))


def _quads(part: str) -> Iterator[Quad]:
    return iter(parse(io.BytesIO(part.encode()), format=RdfFormat.N_QUADS))


def _by_graph(part: str) -> list[Quad]:
    return sorted(_quads(part), key=lambda quad: str(quad.graph_name))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
