"""Findings as JSON, CSV and Turtle: text in parts, a file's as soon as it is audited."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from pyoxigraph import RdfFormat, Triple, serialize

from kg.audit.finding import Evidence, Finding
from kg.findings.audited import Audited
from kg.mapping import map_findings
from kg.vocabulary import Namespace

#: The columns of the CSV; a list is written with spaces between.
_COLUMNS = (
    *("source", "rule", "severity", "lines", "pages", "found", "expected", "difference", "unit"),
    *("sum", "message_zh", "message_en", "report", "focus", "involves", "passages", "iri"),
)


def as_json(audited: Iterable[Audited]) -> Iterator[str]:
    """An array with an object for each finding; amounts are strings, so that none is rounded."""
    before = "["
    for file in audited:
        for finding in file.findings:
            record = _record(file.name, finding)
            yield f"{before}\n{json.dumps(record, ensure_ascii=False, indent=1, default=str)}"
            before = ","
    yield "[]\n" if before == "[" else "\n]\n"


def as_csv(audited: Iterable[Audited]) -> Iterator[str]:
    """A row for each finding, with a row of names."""
    written = io.StringIO()
    writer = csv.DictWriter(written, _COLUMNS, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for file in audited:
        for finding in file.findings:
            record = _record(file.name, finding)
            writer.writerow({name: _cell(record[name]) for name in _COLUMNS})
        yield written.getvalue()
        written.seek(0)
        written.truncate()
    yield written.getvalue()


def as_turtle(audited: Iterable[Audited]) -> Iterator[str]:
    """The findings as a build publishes them; each file's begin with the prefixes."""
    namespace = Namespace()
    for file in audited:
        triples = (
            Triple(quad.subject, quad.predicate, quad.object)
            for quad in map_findings(list(file.findings), namespace)
        )
        if file.findings:
            written = serialize(triples, format=RdfFormat.TURTLE, prefixes=namespace.prefixes())
            yield (written or b"").decode()


def _record(source: str, finding: Finding) -> Mapping[str, object]:
    return {
        "source": source,
        "iri": finding.iri,
        "rule": finding.rule,
        "severity": finding.severity,
        "report": finding.report,
        "focus": finding.focus,
        "message_zh": finding.message_zh,
        "message_en": finding.message_en,
        "found": _plain(finding.found),
        "expected": _plain(finding.expected),
        "difference": _plain(finding.difference),
        "unit": finding.unit,
        "sum": finding.sum,
        "lines": finding.lines,
        "pages": finding.pages,
        "involves": finding.involves,
        "passages": finding.passages,
        "evidence": [_evidence(evidence) for evidence in finding.evidence],
    }


def _evidence(evidence: Evidence) -> Mapping[str, object]:
    return {
        "fact": evidence.fact,
        "role": evidence.role,
        "place": evidence.place.zh if evidence.place else None,
        "about": evidence.about.zh,
        "printed": evidence.printed,
        "value": _plain(evidence.value),
        "passage": evidence.passage,
        "further": [*evidence.further],
        "line": evidence.line,
        "page": evidence.page,
    }


def _plain(number: Decimal | None) -> str | None:
    return None if number is None else format(number.normalize(), "f")


def _cell(value: object) -> object:
    return (
        " ".join(map(str, value))
        if isinstance(value, Sequence) and not isinstance(value, str)
        else value
    )
