"""Findings as SARIF 2.1.0 (OASIS), for tools that show the results of code scanning.

Offsets are in Unicode code points of the file (`columnKind`, section 3.14.17). A file that isn't
text has no lines: its results name it, and say the page or the line of the canonical text.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from kg import __version__
from kg.audit.finding import Evidence, Finding
from kg.audit.shapes import Rule, load_rules
from kg.findings.audited import Audited
from kg.vocabulary import DEFAULT_BASE

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {"Violation": "error", "Warning": "warning", "Info": "note"}
_ROLES = {"focus": "写作", "added": "加上", "subtracted": "减去", "involved": "对照"}


def as_sarif(audited: Iterable[Audited]) -> Iterator[str]:
    """One run over all files; every rule is described, also those that nothing breaks.

    The results come first, as they are found, and the files that they were found in last.
    """
    rules = load_rules()
    ranks = {rule.id: index for index, rule in enumerate(rules)}
    driver = {
        "name": "juesuan",
        "version": __version__,
        "informationUri": DEFAULT_BASE,
        "language": "zh-CN",
        "rules": [_rule(rule) for rule in rules],
    }
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints"}
    log = _json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})
    # the run is left open: its results and files follow
    yield log.rstrip().removesuffix("}]}") + ', "results": ['
    artifacts: list[str] = []
    before = "\n"
    for index, file in enumerate(audited):
        artifacts.append(_json(_artifact(file)))
        for finding in file.findings:
            yield before + _json(_result(file, index, finding, ranks[finding.rule]))
            before = ",\n"
    yield '],\n"artifacts": [' + ",\n".join(artifacts) + "]}]}\n"


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)


def _rule(rule: Rule) -> Mapping[str, Any]:
    return {
        "id": rule.id,
        "name": rule.label.zh,
        "shortDescription": {"text": rule.label.zh},
        "fullDescription": {"text": rule.comment.zh},
        "help": {
            "text": f"{rule.comment.zh}\n{rule.comment.en}",
            "markdown": f"**{rule.label.zh}**\n\n{rule.comment.zh}\n\n"
            f"**{rule.label.en}**\n\n{rule.comment.en}",
        },
        "helpUri": f"{DEFAULT_BASE}rule/{rule.id}",
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.family]},
    }


def _artifact(file: Audited) -> Mapping[str, Any]:
    return {
        "location": {"uri": _uri(file)},
        "mimeType": file.format,
        "hashes": {"sha-256": file.sha256},
    }


def _result(file: Audited, index: int, finding: Finding, rank: int) -> Mapping[str, Any]:
    at = [e for e in finding.evidence if e.role == "focus"]
    others = [e for e in finding.evidence if e.role != "focus"]
    measures = {"expected": finding.expected, "found": finding.found}
    measures["difference"] = finding.difference
    said = {name: format(n.normalize(), "f") for name, n in measures.items() if n is not None}
    more = {
        "finding": finding.iri,
        "unit": finding.unit,
        "sum": finding.sum,
        "en": finding.message_en,
    }
    return {
        "ruleId": finding.rule,
        "ruleIndex": rank,
        "level": _LEVELS[finding.severity],
        "message": {"text": _message(finding)},
        "locations": [{"physicalLocation": _place(file, index, e)} for e in at],
        "relatedLocations": [
            {
                "id": number,
                "physicalLocation": _place(file, index, e),
                "message": {"text": _told(e)},
            }
            for number, e in enumerate(others, 1)
        ],
        "partialFingerprints": {"finding/v1": hashlib.sha256(finding.iri.encode()).hexdigest()},
        "properties": {**said, **{name: value for name, value in more.items() if value}},
    }


def _message(finding: Finding) -> str:
    return f"{finding.message_zh}算式：{finding.sum}" if finding.sum else finding.message_zh


def _told(evidence: Evidence) -> str:
    """What a related passage is, and where, if the file has no lines."""
    place = evidence.place.zh if evidence.place else ""
    about = "·".join(filter(None, (place, evidence.about.zh)))
    page = f"（第{evidence.page}页）" if evidence.page else ""
    return f"{_ROLES[evidence.role]}：{about} {evidence.printed or ''}".rstrip() + page


def _place(file: Audited, index: int, evidence: Evidence) -> Mapping[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(file), "index": index}}
    start, end = evidence.span
    if not file.format.startswith("text/plain") or evidence.line is None:
        where = {"page": evidence.page, "line": evidence.line, "characters": f"{start},{end}"}
        return {**place, "properties": {k: v for k, v in where.items() if v is not None}}
    region = {"startLine": evidence.line, "charOffset": start, "charLength": end - start}
    return {**place, "region": region}


def _uri(file: Audited) -> str:
    return quote(file.name)
