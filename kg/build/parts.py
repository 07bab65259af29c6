"""One report as a build keeps it: a folder with each file that a release makes of it.

The parts are made where the report is read, side by side with others, and only put together later.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path

import zstandard
from pyoxigraph import Quad, RdfFormat, serialize

from kg.build.manifest import ReportEntry
from kg.build.packing import ZSTD_LEVEL, gzipped
from kg.build.pieces import Piece
from kg.build.report import BuiltReport
from kg.collector import collector_at_rest
from kg.json_ld import jsonld
from kg.tables import Graphs, as_csv, rows, tables
from kg.vocabulary import Namespace

_ENTRY = "entry.json"
_TEXT = "source.txt"
_TURTLE, _JSON_LD = "report.ttl", "report.jsonld"
#: Lines about the report and what is under its IRI: in a sorted dump no other line is among them.
_OWN = "own"
#: Lines about what several reports may speak of: units, projects.
_SHARED = "shared.nq"
_TRIG_GZIPPED = "graphs.trig.gz"
#: The rows of each table, in zstd; a table without rows has no file.
_TABLES = "tables"


@dataclass(frozen=True, slots=True)
class Parts:
    """The folder of one report."""

    folder: Path
    entry: ReportEntry
    region: str | None

    @property
    def text(self) -> Path:
        """The canonical text."""
        return self.folder / _TEXT

    @property
    def turtle(self) -> Path:
        """The report's graph in Turtle."""
        return self.folder / _TURTLE

    @property
    def json_ld(self) -> Path:
        """The report's graph in JSON-LD."""
        return self.folder / _JSON_LD

    @property
    def own(self) -> Piece:
        """The N-Quads about the report itself.

        They come all in one piece: the report's IRI is followed by a character that no IRI of
        another report has there.
        """
        return Piece(self.folder, _OWN, f"<{self.entry.iri}".encode())

    @property
    def shared(self) -> Path:
        """The other sorted N-Quads."""
        return self.folder / _SHARED

    @property
    def trig_gzipped(self) -> Path:
        """The report's graph and its findings as TriG in gzip, without prefixes."""
        return self.folder / _TRIG_GZIPPED

    def table(self, name: str) -> Path:
        """The rows of a table, in zstd, if it has any."""
        return self.folder / _TABLES / f"{name}.csv.zst"

    @classmethod
    @collector_at_rest()
    def write(cls, folder: Path, report: BuiltReport, namespace: Namespace) -> Parts:
        """Write the parts of a report into a new folder."""
        folder.mkdir(parents=True)
        own, shared = _divided(report)
        parts = cls(folder, report.entry, report.region)
        parts.own.write(own)
        parts.shared.write_bytes(b"".join(shared))
        parts.turtle.write_bytes(report.turtle)
        # what Turtle says is said in TriG in braces
        _, turtle = declared(report.turtle)
        _, found = trig_blocks(list(report.findings), namespace)
        block = b"<%s> {\n%s}\n" % (report.entry.iri.encode(), turtle)
        parts.trig_gzipped.write_bytes(gzipped(block + found))
        parts._write_tables(report, namespace)
        parts.json_ld.write_bytes(jsonld(report.graph.index, namespace))
        # the canonical text keeps its line ends: offsets count them
        parts.text.write_bytes(report.text.encode())
        said = {"entry": asdict(parts.entry), "region": parts.region}
        # written last: a folder without it was never finished
        (folder / _ENTRY).write_text(json.dumps(said, ensure_ascii=False), "utf-8")
        return parts

    @classmethod
    def read(cls, folder: Path) -> Parts | None:
        """The parts in a folder; None where they are damaged, or there are none."""
        try:
            said = json.loads((folder / _ENTRY).read_text("utf-8"))
            return cls(folder, ReportEntry(**said["entry"]), said["region"])
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def _write_tables(self, report: BuiltReport, namespace: Namespace) -> None:
        (self.folder / _TABLES).mkdir()
        # no finding is described in the report's own graph
        graphs = Graphs({**report.graph.index, **report.findings.index}, namespace)
        for table in tables():
            if not table.common and (said := as_csv(rows(table, graphs))):
                self.table(table.name).write_bytes(zstandard.compress(said, ZSTD_LEVEL))


def trig_blocks(quads: list[Quad], namespace: Namespace) -> tuple[bytes, bytes]:
    """Quads as TriG, a graph a block: the lines that declare prefixes, and the others."""
    by_graph = sorted(quads, key=lambda quad: str(quad.graph_name))
    prefixes = namespace.prefixes()
    return declared(serialize(by_graph, format=RdfFormat.TRIG, prefixes=prefixes) or b"")


def declared(written: bytes) -> tuple[bytes, bytes]:
    """Turtle or TriG: the lines that declare prefixes, and the others."""
    start = 0
    while written.startswith(b"@prefix ", start):
        start = written.index(b"\n", start) + 1
    return written[:start], written[start:]


def nquads_lines(quads: Iterable[Quad]) -> list[bytes]:
    """Quads as canonical N-Quads, a line each: sorted by bytes, none twice."""
    content = serialize(quads, format=RdfFormat.N_QUADS) or b""
    return sorted(set(content.splitlines(keepends=True)))


def _divided(report: BuiltReport) -> tuple[list[bytes], list[bytes]]:
    """The lines about the report itself, and the others."""
    starts = tuple(f"<{report.entry.iri}{end}".encode() for end in "/#>")
    own: list[bytes] = []
    shared: list[bytes] = []
    lines = map(str.encode, chain(report.graph.nquads(), report.findings.nquads()))
    for line in sorted(lines):
        (own if line.startswith(starts) else shared).append(line)
    return own, shared
