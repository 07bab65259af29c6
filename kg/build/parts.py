"""One report as a build keeps it: a folder with each file that a release makes of it.

The parts are made where the report is read, side by side with others, and only put together later.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import zstandard
from pyoxigraph import Quad, RdfFormat, Triple, serialize

from kg.build.manifest import ReportEntry
from kg.build.report import BuiltReport
from kg.build.statistics import Statistics
from kg.json_ld import jsonld
from kg.tables import Graphs, as_csv, rows, tables
from kg.vocabulary import Namespace

#: 6 packs as well as 9 for half the time.
GZIP_LEVEL = 6
ZSTD_LEVEL = 3

_ENTRY = "entry.json"
_TEXT = "source.txt"
_TURTLE, _JSON_LD = "report.ttl", "report.jsonld"
#: Lines about the report and what is under its IRI: in a sorted dump no other line is among them.
_OWN, _OWN_GZIPPED = "own.nq.zst", "own.nq.gz"
#: Lines about what several reports may speak of: units, projects.
_SHARED = "shared.nq"
_TRIG_GZIPPED = "graphs.trig.gz"
#: The rows of each table, in zstd; a table without rows has no file.
_TABLES = "tables"


@dataclass(frozen=True, slots=True)
class Parts:
    """The folder of one report; `counted` are its quads about the report itself."""

    folder: Path
    entry: ReportEntry
    region: str | None
    counted: Statistics

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
    def own(self) -> Path:
        """The sorted N-Quads about the report itself, in zstd."""
        return self.folder / _OWN

    @property
    def own_gzipped(self) -> Path:
        """The same in gzip."""
        return self.folder / _OWN_GZIPPED

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
    def write(cls, folder: Path, report: BuiltReport, namespace: Namespace) -> Parts:
        """Write the parts of a report into a new folder."""
        folder.mkdir(parents=True)
        own, shared = _divided(report)
        encoded = [line.encode() for line in own]
        counted = Statistics.of(encoded)
        parts = cls(folder, report.entry, report.region, counted)
        lines = b"".join(encoded)
        parts.own.write_bytes(zstandard.compress(lines, ZSTD_LEVEL))
        parts.own_gzipped.write_bytes(gzipped(lines))
        parts.shared.write_bytes("".join(shared).encode())
        _, trig = trig_blocks([*report.quads, *report.findings], namespace)
        parts.trig_gzipped.write_bytes(gzipped(trig))
        parts._write_tables(report, namespace)
        triples = (Triple(q.subject, q.predicate, q.object) for q in report.quads)
        prefixes = namespace.prefixes()
        with parts.turtle.open("wb") as file:
            serialize(triples, file, format=RdfFormat.TURTLE, prefixes=prefixes)
        parts.json_ld.write_bytes(jsonld(report.quads, namespace))
        # the canonical text keeps its line ends: offsets count them
        parts.text.write_bytes(report.text.encode())
        said = {
            "entry": asdict(parts.entry),
            "region": parts.region,
            "counted": parts.counted.said(),
        }
        # written last: a folder without it was never finished
        (folder / _ENTRY).write_text(json.dumps(said, ensure_ascii=False), "utf-8")
        return parts

    @classmethod
    def read(cls, folder: Path) -> Parts | None:
        """The parts in a folder; None where they are damaged, or there are none."""
        try:
            said = json.loads((folder / _ENTRY).read_text("utf-8"))
            entry, counted = ReportEntry(**said["entry"]), Statistics.read(said["counted"])
            return cls(folder, entry, said["region"], counted)
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def _write_tables(self, report: BuiltReport, namespace: Namespace) -> None:
        (self.folder / _TABLES).mkdir()
        graphs = Graphs([*report.quads, *report.findings], namespace)
        for table in tables():
            if not table.common and (said := as_csv(rows(table, graphs))):
                self.table(table.name).write_bytes(zstandard.compress(said, ZSTD_LEVEL))


def gzipped(data: bytes) -> bytes:
    """`data` as one member of a gzip file, with neither a time nor a name: the same, always."""
    return gzip.compress(data, GZIP_LEVEL, mtime=0)


def trig_blocks(quads: list[Quad], namespace: Namespace) -> tuple[bytes, bytes]:
    """Quads as TriG, a graph a block: the lines that declare prefixes, and the others."""
    by_graph = sorted(quads, key=lambda quad: str(quad.graph_name))
    written = serialize(by_graph, format=RdfFormat.TRIG, prefixes=namespace.prefixes()) or b""
    lines = written.splitlines(keepends=True)
    prefixes = [line for line in lines if line.startswith(b"@prefix ")]
    return b"".join(prefixes), b"".join(lines[len(prefixes) :])


def nquads_lines(quads: Iterable[Quad]) -> set[str]:
    """Quads as canonical N-Quads, a line each."""
    content = serialize(quads, format=RdfFormat.N_QUADS) or b""
    return {line + "\n" for line in content.decode().splitlines()}


def _divided(report: BuiltReport) -> tuple[list[str], list[str]]:
    lines = sorted(nquads_lines([*report.quads, *report.findings]))
    starts = tuple(f"<{report.entry.iri}{end}" for end in "/#>")
    own = [line for line in lines if line.startswith(starts)]
    return own, [line for line in lines if not line.startswith(starts)]
