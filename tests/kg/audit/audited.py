"""A report's text as any other file is read and audited."""

import tempfile
from pathlib import Path

from kg.audit import Finding, audit
from kg.document import read
from kg.extract import extract
from kg.facts import Extraction
from kg.mapping import Source, map_report
from kg.outline import outline
from kg.vocabulary import Namespace


def audited(text: str) -> tuple[Extraction, list[Finding]]:
    """What a text says, and what contradicts itself in it; no Info."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "report.txt")
        file.write_text(text, encoding="utf-8", newline="\n")
        document = read(file)
    extraction = extract(outline(document))
    graph = map_report(extraction, Source(document.format, document.sha256), Namespace())
    return extraction, [f for f in audit(graph, Namespace()) if f.severity != "Info"]
