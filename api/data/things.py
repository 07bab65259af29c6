"""What reports hold beside observations: findings and indicators, read off their properties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from api.data.models.common import Severity
from api.data.models.reported import Finding, Indicator
from api.data.reader import Reader
from api.data.rows import Position, Row, ask_rows
from api.nodes import Node, nodes_of
from api.queries import Value
from api.site import Site
from api.store import Row as StoreRow
from api.workers.limits import NOBODY, Visitor
from kg.audit.shapes import load_rules
from kg.vocabulary import PREFIXES

_SH, _LABEL = PREFIXES["sh"], f"{PREFIXES['skos']}prefLabel"
_BOOLEAN = ox.NamedNode(f"{PREFIXES['xsd']}boolean")


@dataclass(frozen=True)
class Question:
    """Which things are asked for, by the query `name` and what it is given."""

    site: Site
    name: str
    filters: dict[str, Value]
    visitor: Visitor = NOBODY

    async def ask(self, reports: Sequence[str], after: Position | None, most: int) -> list[Row]:
        """The first rows of some reports, as `walk` asks for them."""
        query = self.site.queries.make(
            f"data/{self.name}",
            **self.filters,
            reports=reports,
            at=ox.Literal(after.report) if after else None,
            after=ox.Literal(after.thing) if after else None,
            limit=most,
        )
        return await ask_rows(self.site, query, self.visitor)


def severity(name: Severity) -> str:
    """A severity as SHACL names it."""
    return _SH + name.capitalize()


def boolean(value: bool | None) -> ox.Literal | None:
    """A truth value as a literal."""
    return None if value is None else ox.Literal(str(value).lower(), datatype=_BOOLEAN)


@cache
def families() -> dict[str, str]:
    """The family of each rule, by its id."""
    return {rule.id: rule.family for rule in load_rules()}


def rules_of(rules: Sequence[str], asked: Sequence[str]) -> list[str] | None:
    """The rules that are asked for and of a family asked for; None where any will do."""
    if not asked:
        return list(rules) or None
    of_family = [rule for rule, family in families().items() if family in asked]
    return [rule for rule in of_family if not rules or rule in rules]


def _nodes(site: Site, rows: Sequence[Row]) -> list[Node]:
    """The things of rows, with all that is said of them, in the order of the rows."""
    iris = [row["thing"] for row in rows]
    nodes = nodes_of(_said(site, iris)) if iris else {}
    return [nodes[iri] for iri in iris]


def _said(site: Site, iris: Sequence[str]) -> list[StoreRow]:
    return site.store.select(site.queries.make("data/things", things=iris)).rows


def findings(reader: Reader, rows: Sequence[Row]) -> list[Finding]:
    """The records of findings; blocks."""
    nodes = _nodes(reader.site, rows)
    bud = reader.site.namespace.ontology
    reports = reader.site.release.reports
    units = {reports[row["report"]].unit for row in rows}
    reader.prepare({rule for node in nodes for rule in node.iris(f"{bud}rule")} | units)
    return [_finding(reader, node, row["report"]) for node, row in zip(nodes, rows, strict=True)]


def _finding(reader: Reader, node: Node, report: str) -> Finding:
    bud, entry = reader.site.namespace.ontology, reader.site.release.reports[report]
    rule = reader.concept(node.one(f"{bud}rule") or "")
    said = {
        "iri": node.iri,
        "rule": rule,
        "family": families().get(rule.code or ""),
        "severity": (node.one(f"{_SH}resultSeverity") or "").removeprefix(_SH).lower(),
        "message": node.text(f"{_SH}resultMessage", reader.view.language) or "",
        "unit": reader.unit(entry.unit),
        "report": report,
        "year": entry.fiscal_year,
        **{name: node.one(bud + name) for name in ("expected", "found", "difference", "sum")},
        "involves": sorted(node.iris(f"{bud}involves")),
        "passages": reader.passages(node),
    }
    return Finding.model_validate(said)


def indicators(reader: Reader, rows: Sequence[Row]) -> list[Indicator]:
    """The records of indicators; blocks."""
    site = reader.site
    bud, nodes = site.namespace.ontology, _nodes(site, rows)
    evaluations = sorted({iri for node in nodes for iri in node.iris(f"{bud}evaluation")})
    of = nodes_of(_said(site, evaluations)) if evaluations else {}
    projects = {iri: node.one(f"{bud}project") for iri, node in of.items()}
    levels = {i for node in nodes for name in ("level1", "level2") for i in node.iris(bud + name)}
    units = {site.release.reports[row["report"]].unit for row in rows}
    reader.prepare(levels | units | {iri for iri in projects.values() if iri})
    return [
        _indicator(reader, node, row["report"], projects)
        for node, row in zip(nodes, rows, strict=True)
    ]


def _indicator(
    reader: Reader, node: Node, report: str, projects: dict[str, str | None]
) -> Indicator:
    bud, entry = reader.site.namespace.ontology, reader.site.release.reports[report]
    evaluation = node.one(f"{bud}evaluation") or ""
    plain = ("target", "actual", "targetValue", "actualValue", "valueUnit", "weight", "score")
    said = {
        "iri": node.iri,
        "name": node.one(_LABEL) or "",
        "unit": reader.unit(entry.unit),
        "report": report,
        "year": entry.fiscal_year,
        "evaluation": evaluation,
        "project": reader.concept_or_none(projects.get(evaluation)),
        **{name: reader.concept_or_none(node.one(bud + name)) for name in ("level1", "level2")},
        **{name: node.one(bud + name) for name in plain},
        "comparator": node.one(f"{bud}targetComparator"),
        "attained": node.one(f"{bud}attained"),
        "passage": next(iter(reader.passages(node)), None),
    }
    return Indicator.model_validate(said)
