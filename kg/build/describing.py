"""What describes a release: its catalogue, as quads for the dumps and as a file; its VoID."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, Triple, parse, serialize

from kg.build import void
from kg.build.catalogue import Catalogue
from kg.build.digests import Digests
from kg.build.entries import PREFIXES
from kg.build.manifest import SupersededEntry
from kg.build.parts import Parts, declared, nquads_lines
from kg.build.statistics import Statistics

#: How many reports are described at once.
_AT_ONCE = 50


def catalogue_nquads(
    catalogue: Catalogue,
    reports: Sequence[Parts],
    kept: Iterable[SupersededEntry],
    digests: Digests,
    scratch: Path,
) -> list[Path]:
    """The catalogue, but for what depends on the dumps' bytes, as sorted files in `scratch`."""
    standing = [*catalogue.standing(reports, digests), *catalogue.superseded(kept, digests)]
    files = [write_nquads_file(standing, scratch / "catalogue.nq")]
    for n in range(0, len(reports), _AT_ONCE):
        some = reports[n : n + _AT_ONCE]
        quads = (quad for parts in some for quad in catalogue.report(parts, digests))
        files.append(write_nquads_file(quads, scratch / f"catalogue-{n}.nq"))
    return files


def write_nquads_file(quads: Iterable[Quad], path: Path) -> Path:
    """Write quads as sorted N-Quads; returns the path."""
    path.write_bytes(b"".join(nquads_lines(quads)))
    return path


def write_catalogue(
    catalogue: Catalogue, files: Iterable[Path], digests: Digests, path: Path
) -> None:
    """Write `catalog.ttl`: what the dumps hold of the catalogue, and their sizes and digests."""
    prefixes = {**catalogue.namespace.prefixes(), **PREFIXES}
    with path.open("wb") as file:
        for n, nquads in enumerate(files):
            quads = list(parse(path=str(nquads), format=RdfFormat.N_QUADS))
            # together with what is said of the dumps, so that each comes in one piece
            quads += catalogue.sizes(digests) if n == 0 else []
            head, triples = turtle(quads, prefixes)
            file.write(head + triples if n == 0 else triples)


def write_void(
    counted: Statistics,
    catalogue: Catalogue,
    reports: Sequence[Parts],
    links: Iterable[Quad],
    path: Path,
) -> None:
    """Write `void.ttl`."""
    quads = void.void_quads(counted, catalogue, reports, links)
    path.write_bytes(b"".join(turtle(quads, {**catalogue.namespace.prefixes(), **void.PREFIXES})))


def turtle(quads: Iterable[Quad], prefixes: Mapping[str, str]) -> tuple[bytes, bytes]:
    """Quads, without their graphs, as Turtle: the lines that declare prefixes, and the others."""
    ordered = sorted(set(quads), key=lambda quad: (str(quad.subject), str(quad)))
    triples = (Triple(quad.subject, quad.predicate, quad.object) for quad in ordered)
    written = serialize(triples, format=RdfFormat.TURTLE, prefixes=dict(prefixes)) or b""
    return declared(written)
