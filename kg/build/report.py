"""One file to one built report: its graph, its findings, its text, its counts."""

from __future__ import annotations

import traceback
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from kg.audit import audit
from kg.bodies import official_name
from kg.build.manifest import Failure, ReportEntry
from kg.build.sources import SourceFile
from kg.document import read
from kg.errors import ReportError
from kg.extract import extract
from kg.graph import Graph
from kg.mapping import Source, map_findings, map_report, name_report
from kg.outline import outline
from kg.vocabulary import Namespace


@dataclass(frozen=True, slots=True)
class BuiltReport:
    """A report that is ready to publish; `turtle` is its graph, its structure checked."""

    entry: ReportEntry
    region: str | None
    text: str
    graph: Graph
    turtle: bytes
    findings: Graph


class StructureError(ReportError):
    """A report's graph that breaks a structural shape: a mistake of ours."""


def build_report(file: SourceFile, base: str) -> BuiltReport | Failure:
    """Build one report; whatever is wrong with it ends as a failure, never as an exception."""
    try:
        return _build(file, Namespace(base))
    except ReportError as error:
        # the manifest names files as the release does, wherever they were read from
        return Failure(file.name, str(error).replace(str(file.path), file.name))
    except Exception as error:  # one document must not end the build of the others
        where = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(where.filename).name}:{where.lineno}"
        problem = f"{type(error).__name__}: {error}".splitlines()[0]
        return Failure(file.name, f"{file.name}: a mistake of juesuan's own at {place}: {problem}")


def _build(file: SourceFile, namespace: Namespace) -> BuiltReport:
    from kg.shapes import violations  # noqa: PLC0415 - slow to start

    document = read(file.path)
    extraction = extract(outline(document))
    graph = map_report(extraction, Source(document.format, document.sha256), namespace)
    written = graph.turtle()
    if broken := violations(written, namespace):
        raise StructureError(
            f"{file.path}: not published, its graph breaks {len(broken)} structural rule(s), "
            f"a mistake of juesuan's own; the first: {broken[0]}"
        )
    findings = audit(graph, namespace)
    head = extraction.head
    unit, report = name_report(head, namespace)
    entry = ReportEntry(
        iri=report,
        unit=unit,
        unit_name=official_name(head.unit),
        fiscal_year=head.fiscal_year,
        title=head.title,
        source=file.name,
        sha256=document.sha256,
        format=document.format,
        characters=len(document.text),
        quads=len(graph),
        facts=dict(sorted(Counter(type(fact).__name__ for fact in extraction.facts).items())),
        unclaimed=len(extraction.unclaimed),
        findings=len(findings),
        issued=head.issued.isoformat() if head.issued else None,
    )
    found = map_findings(findings, namespace)
    return BuiltReport(entry, head.region, document.text, graph, written, found)
