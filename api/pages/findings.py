"""Findings as pages show them: what contradicts what, where each stands, the sum that was done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from api.errors import NotFound
from api.links import passage, report_of
from api.nodes import DERIVED, Node, nodes_of
from api.pages.places import is_all
from api.pages.shown import Shower, Shown, iris_of, sources_of
from api.pages.view import View
from api.store import Term
from kg.vocabulary import PREFIXES

_SH = PREFIXES["sh"]
_UNIT = f"{PREFIXES['qudt']}hasUnit"
_SEVERITIES = ("Violation", "Warning", "Info")
#: What a fact is about, as a finding names it.
_ABOUT = ("place", "flow", "fund", "nature", "function", "economic", "item", "phase", "project")
_PRINTED = ("reportedAmount", "reportedPercent", "reportedCount", "actual")
#: How many lines are shown on either side of a passage on a finding's own page, and how long.
_AROUND, _LENGTH = 1, 160


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Some lines of a report around a passage."""

    before: str
    words: str
    after: str


class Findings:
    """Findings with the facts that they rest on, for one reader."""

    def __init__(self, view: View, findings: Iterable[Node], facts: Mapping[str, Node]) -> None:
        self._view = view
        self._bud = view.site.namespace.ontology
        self._facts = facts
        self._source = sources_of(view)
        self._findings = sorted(findings, key=_gravity)

    def iris(self) -> set[str]:
        """What needs a name."""
        rules = (t for f in self._findings for t in f.all(f"{self._bud}rule"))
        facts = {fact for finding in self._findings for fact in self._involved(finding)}
        about = (iri for fact in facts if fact in self._facts for iri in self._about(fact))
        return iris_of(rules) | facts | set(about)

    def shown(self, shower: Shower) -> list[Mapping[str, Any]]:
        """Each finding, the gravest first."""
        return [self._shown(shower, finding) for finding in self._findings]

    def briefly(self, shower: Shower, most: int) -> list[Mapping[str, Any]]:
        """What the gravest say, and where."""
        return [
            {
                "href": self._view.links.href(node.iri),
                "severity": (node.one(f"{_SH}resultSeverity") or "").removeprefix(_SH),
                "message": node.text(f"{_SH}resultMessage", self._view.language) or node.iri,
                "spot": shower.spot(node),
            }
            for node in self._findings[:most]
        ]

    def _shown(self, shower: Shower, node: Node) -> Mapping[str, Any]:
        bud = self._bud
        return {
            "name": shower.iri(node.iri),
            "severity": (node.one(f"{_SH}resultSeverity") or "").removeprefix(_SH),
            "message": node.text(f"{_SH}resultMessage", self._view.language),
            "rule": [shower.term(rule) for rule in node.all(f"{bud}rule")],
            "sum": node.one(f"{bud}sum"),
            "numbers": [
                (f"finding.{name}", self._number(shower, node, value, bud + name))
                for name in ("expected", "found", "difference")
                for value in node.all(bud + name)
            ],
            "evidence": [self._evidence(shower, node, fact) for fact in self._involved(node)],
            # a finding of another maker may name passages alone
            "passages": [
                shower.term(value) for value in node.all(DERIVED) if not self._involved(node)
            ],
        }

    def _number(self, shower: Shower, node: Node, value: Term, of: str) -> Shown:
        """Money unless the finding says what else."""
        unit = (node.one(_UNIT) or "").rpartition("/")[2]
        if not unit:
            return shower.term(value, of)
        number = shower.term(value)
        return Shown(f"{number.text}%", title=number.title) if unit == "PERCENT" else number

    def _involved(self, finding: Node) -> list[str]:
        """The facts that a finding rests on, in the order of the report."""
        facts = finding.iris(f"{self._bud}involves")
        known = {fact: self._facts[fact].start if fact in self._facts else 0 for fact in facts}
        return sorted(known, key=lambda fact: (known[fact], fact))

    def _evidence(self, shower: Shower, finding: Node, iri: str) -> Mapping[str, Any]:
        node = self._facts.get(iri) or Node(iri)
        printed = (v for name in _PRINTED for v in node.values(self._bud + name))
        derived = next(iter(node.all(DERIVED)), None)
        about = [shower.iri(i).text for i in self._about(iri)]
        return {
            "role": self._role(finding, iri),
            "name": Shown(" · ".join(about) or shower.iri(iri).text, self._view.links.href(iri)),
            "printed": next(printed, None),
            "passage": shower.term(derived) if derived else None,
            "excerpt": self._excerpt(derived) if derived else None,
            "spot": shower.spot(node),
        }

    def _role(self, finding: Node, fact: str) -> str:
        if fact in finding.iris(f"{_SH}focusNode"):
            return "focus"
        roles = ("adds", "subtracts")
        return next((r for r in roles if fact in finding.iris(self._bud + r)), "involves")

    def _about(self, fact: str) -> list[str]:
        node, unsaid = self._facts.get(fact) or Node(fact), "/phase/final"
        values = (iri for name in _ABOUT for iri in node.iris(self._bud + name))
        return [iri for iri in values if not is_all(iri) and not iri.endswith(unsaid)]

    def _excerpt(self, derived: Term) -> Excerpt | None:
        """The lines of a passage and those around it."""
        found = passage(derived.value) if isinstance(derived, ox.NamedNode) else None
        text = self._source(found.source) if found else None
        if found is None or text is None or found.end > len(text):
            return None
        start, end = found.start, found.end
        for _ in range(_AROUND + 1):
            start = max(text.rfind("\n", 0, max(start - 1, 0)) + 1, found.start - _LENGTH, 0)
            end = text.find("\n", end + 1)
            end = min(len(text) if end < 0 else end, found.end + _LENGTH)
        return Excerpt(
            text[start : found.start], text[found.start : found.end], text[found.end : end]
        )


def finding_content(view: View, iri: str) -> Mapping[str, Any]:
    """What the template of one finding's page shows."""
    store, make = view.site.store, view.site.queries.make
    facts = nodes_of(store.select(make("finding", finding=iri)).rows)
    if iri not in facts:
        raise NotFound(name=iri)
    findings = Findings(view, [facts.pop(iri)], facts)
    report = report_of(iri, view.links.base)
    shower = Shower(view, view.labels(findings.iris() | {iri, report or iri}), sources_of(view))
    [finding] = findings.shown(shower)
    return {"iri": iri, "finding": finding, "report": shower.iri(report) if report else None}


def _gravity(finding: Node) -> tuple[int, int, str]:
    """The gravest findings first, those of one gravity in the order of the report."""
    name = (finding.one(f"{_SH}resultSeverity") or "").removeprefix(_SH)
    rank = _SEVERITIES.index(name) if name in _SEVERITIES else len(_SEVERITIES)
    return rank, finding.start, finding.iri
