"""A release directory opened again: its digests checked, its quads read."""

from __future__ import annotations

import gzip
import io
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

import zstandard
from pyoxigraph import RdfFormat, Store, parse

from kg.digest import sha256_of
from kg.errors import ReportError
from kg.signing import SIGNATURE, SUMS

#: The end of a line of N-Quads.
_GRAPH = re.compile(rb" <[^<> ]*> \.$", re.MULTILINE)


class ReleaseError(ReportError):
    """A release that can't be opened or served, or not as the settings say: one sentence."""


def open_release(folder: Path) -> Path:
    """The N-Quads file of a release.

    Raises:
        ReleaseError: the directory is missing, or isn't a release.
    """
    data = folder / "data" / "juesuan.nq.gz"
    if not folder.is_dir():
        raise ReleaseError(f"{folder}: there is no such directory; make one with juesuan build")
    if not data.is_file() or not (folder / "manifest.json").is_file():
        raise ReleaseError(f"{folder}: is not a release; make one with juesuan build")
    return data


def read_manifest(folder: Path) -> dict[str, Any]:
    """A release's manifest.

    Raises:
        ReleaseError: the directory is no release, or its manifest is no JSON.
    """
    file = open_release(folder).parents[1] / "manifest.json"
    try:
        manifest: dict[str, Any] = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ReleaseError(f"{file} can't be read: {error}") from error
    return manifest


def load_store(folder: Path) -> Store:
    """All quads of a release in an in-memory store, whose default graph is their merge.

    Raises:
        ReleaseError: the directory is no release, or its data can't be read.
    """
    store = Store()
    _fill(store, folder)
    return store


def load_file(file: Path) -> Store:
    """The quads of any RDF file in an in-memory store; its default graph is the file's own.

    Raises:
        ReleaseError: it is no RDF, or can't be read.
    """
    store = Store()
    with _reading(file) as format_:
        store.bulk_load(path=file, format=format_)
    return store


def count_quads(file: Path) -> int:
    """How many quads an RDF file states; raises as `load_file`."""
    with _reading(file) as format_:
        return sum(1 for _ in parse(path=file, format=format_))


@contextmanager
def _reading(file: Path) -> Iterator[RdfFormat]:
    """While an RDF file is read, in the format that its name tells."""
    format_ = RdfFormat.from_extension(file.suffix.removeprefix("."))
    if format_ is None:
        raise ReleaseError(f"{file}: is no release's directory and no RDF (.nq, .trig, .ttl …)")
    try:
        yield format_
    except (OSError, SyntaxError, ValueError) as error:
        raise ReleaseError(f"{file} can't be loaded: {error}") from error


def write_store(folder: Path, path: Path) -> None:
    """The same on disk, in the new directory `path`, for releases that memory can't hold.

    Raises:
        ReleaseError: as `load_store`.
        OSError: `path` can't be written.
    """
    store = Store(str(path))
    _fill(store, folder)
    store.flush()


def _fill(store: Store, folder: Path) -> None:
    open_release(folder)
    data = dump_of(folder)
    try:
        with open_nquads(folder) as file:
            store.bulk_load(file, format=RdfFormat.N_QUADS)
        counted = read_manifest(folder)["quads"]
        if len(store) != counted:
            raise ReleaseError(
                f"{data} holds {len(store)} quads, not the {counted} that the manifest counts"
            )
        # The engine's own union of graphs returns a triple once for each graph that holds it (up to
        # 0.5.13: oxigraph issue 1919), which would double sums; it also overrides a query's FROM.
        with open_nquads(folder) as file:
            store.bulk_load(cast(IO[bytes], _Ungraphed(file)), format=RdfFormat.N_TRIPLES)
    except (OSError, EOFError, SyntaxError, ValueError, zstandard.ZstdError) as error:
        raise ReleaseError(f"{data} can't be loaded: {error}") from error


class _Ungraphed:
    """N-Quads, each of which has a graph, read as N-Triples."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._read = b""

    def read(self, size: int) -> bytes:
        if not self._read:
            self._read = _GRAPH.sub(b" .", b"".join(self._file.readlines(1 << 20)))
        given, self._read = self._read[:size], self._read[size:]
        return given


def dump_of(folder: Path) -> Path:
    """The dump that is read of a release's: zstd, which unpacks faster, where it is there."""
    faster = folder / "data" / "juesuan.nq.zst"
    return faster if faster.is_file() else folder / "data" / "juesuan.nq.gz"


@contextmanager
def open_nquads(folder: Path) -> Iterator[IO[bytes]]:
    """The N-Quads of a release, unpacked as they are read: of zstd where it is there, else of gzip.

    Raises:
        ReleaseError: the directory is missing, or isn't a release.
    """
    open_release(folder)
    packed = dump_of(folder)
    if packed.suffix == ".zst":
        with packed.open("rb") as zst, zstandard.ZstdDecompressor().stream_reader(zst) as unpacked:
            yield cast(IO[bytes], io.BufferedReader(cast(io.RawIOBase, unpacked), 1 << 20))
    else:
        with gzip.open(packed) as file:
            yield cast(IO[bytes], file)


def report_graphs(folder: Path) -> Iterator[tuple[str, Path]]:
    """The IRI of each of a release's reports, and the file that has its graph in Turtle.

    Raises:
        ReleaseError: as `read_manifest`.
    """
    manifest = read_manifest(folder)
    for report in manifest["reports"]:
        name = report["iri"].removeprefix(f"{manifest['base']}report/")
        yield report["iri"], folder / "data" / "reports" / f"{name}.ttl"


def damaged_files(folder: Path) -> Iterator[str]:
    """The files of a release that aren't what SHA256SUMS says, or that it doesn't list."""
    open_release(folder)
    listed = {SUMS, SIGNATURE}
    for line in (folder / SUMS).read_text("utf-8").splitlines():
        digest, _, name = line.partition("  ")
        listed.add(name)
        file = folder / name
        if not file.is_file():
            yield f"{name}: is missing"
        elif sha256_of(file) != digest:
            yield f"{name}: is not what was published (its SHA-256 differs)"
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder).as_posix()
        if file.is_file() and name not in listed:
            yield f"{name}: is not among what was published ({SUMS} doesn't list it)"
