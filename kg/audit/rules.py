"""The SPARQL constraints of shapes/, compiled, run over one report's graph: what breaks them."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Context, Decimal, localcontext

from pyoxigraph import Quad

from kg.audit.compiled import Facts, program
from kg.audit.compiled.terms import term_of
from kg.audit.concepts import load_concepts
from kg.audit.finding import Evidence, Finding, Role
from kg.audit.messages import Term, Text, fill, number_of
from kg.audit.shapes import Rule, load_rules
from kg.audit.subjects import Subjects
from kg.audit.sums import Sum
from kg.collector import collector_at_rest
from kg.graph import Graph, Index
from kg.vocabulary import Namespace

#: The lists of facts that a query may name.
_LISTS: tuple[Role, ...] = ("added", "subtracted", "involved")

#: A rule, and what breaks it: the variables of its query that are bound, by name.
Broken = tuple[Rule, Mapping[str, Term]]


@collector_at_rest()
def audit(
    report: Graph | Iterable[Quad], namespace: Namespace, *, rounding: bool = False
) -> list[Finding]:
    """All findings of a report's graph, in the order of the report; one a rule, focus and value.

    `report` is what `kg.mapping.map_report` makes, or its quads: of one report, in its own named
    graph. With `rounding`, what is out by no more than the rounding of printed figures is found
    too, as Info.
    """
    graph = report if isinstance(report, Graph) else Graph.of(report, namespace)
    broken = list(_broken(graph.index, namespace, rounding))
    if not broken:
        return []
    names = load_concepts(namespace.base).names
    facts = {fact for _, values in broken for fact in _roles(values)}
    subjects = Subjects.of(facts, graph.index, names, namespace)
    found: dict[tuple[str, str, Term | None], Finding] = {}
    for rule, values in broken:
        finding = _finding(rule, values, subjects, graph.name)
        key = finding.focus, finding.rule, finding.value
        found[key] = min(found.get(key, finding), finding, key=_rank)
    return _numbered(sorted(found.values(), key=_place))


def _broken(report: Index, namespace: Namespace, rounding: bool) -> Iterator[Broken]:
    concepts = load_concepts(namespace.base)
    facts = Facts.of(report, _mentioned(namespace.base), concepts)
    # more than any sum of a report needs, so that none is ever rounded
    with localcontext(Context(prec=100)):
        for rule in load_rules(namespace.base):
            if not rule.needs <= facts.present:
                continue
            solutions = list(_solutions(rule, rule.query, facts))
            yield from ((rule, values) for values in solutions)
            if rounding and rule.exact != rule.query:
                known = {values["this"] for values in solutions}
                rounded = replace(rule, severity="Info")
                for values in _solutions(rule, rule.exact, facts):
                    if values["this"] not in known:
                        yield rounded, values


def _rank(finding: Finding) -> tuple[str, str, tuple[str, ...]]:
    """Which of several findings of one rule at one focus is told: the same one each time."""
    return finding.severity, finding.message_zh, finding.involves


@functools.cache
def _mentioned(base: str) -> frozenset[str]:
    """All IRIs in the rules' queries: no query asks for a property that it doesn't name."""
    return frozenset(iri for rule in load_rules(base) for iri in rule.mentions)


def _solutions(rule: Rule, query: str, facts: Facts) -> Iterator[Mapping[str, Term]]:
    for values in program(rule.id, query).run(facts):
        yield {name: term_of(value) for name, value in values.items()}


def _finding(rule: Rule, values: Mapping[str, Term], subjects: Subjects, report: str) -> Finding:
    focus, path = values["this"].value, values["path"].value if "path" in values else None
    evidence = _evidence(rule, values, subjects, path)
    spoken: dict[str, Term | Text] = {**values, "this": subjects.describe(focus)}
    message = fill(rule.message, spoken, subjects.called, rule.unit)
    return Finding(
        rule=rule.id,
        severity=rule.severity,
        report=report,
        focus=focus,
        message_zh=message.zh,
        message_en=message.en,
        evidence=evidence,
        expected=number_of(values.get("expected")),
        found=number_of(values.get("found")),
        difference=number_of(values.get("difference")),
        unit=rule.unit,
        sum=_sum(rule, values, evidence),
        value=values.get("value", values["this"]),
        path=path,
    )


def _evidence(
    rule: Rule, values: Mapping[str, Term], subjects: Subjects, path: str | None
) -> tuple[Evidence, ...]:
    """The facts that a finding rests on, each once, in the order of the report."""
    roles = _roles(values)
    found = [subjects.evidence(fact, role, rule.unit, path) for fact, role in roles.items()]
    if "added" not in values and "percent" not in values:
        found = _recognized(found, number_of(values.get("expected")))
    return tuple(sorted(found, key=lambda e: (e.span, e.fact)))


def _roles(values: Mapping[str, Term]) -> dict[str, Role]:
    """The facts that a query names, and what each has to do with the finding."""
    roles: dict[str, Role] = {values["this"].value: "focus"}
    for role in _LISTS:
        for fact in values[role].value.split() if role in values else ():
            roles.setdefault(fact, role)
    return roles


def _recognized(found: list[Evidence], expected: Decimal | None) -> list[Evidence]:
    """The parts of a sum by what they add up to, where the query doesn't say which they are."""
    parts = [e for e in found if e.role == "involved"]
    numbers = [e.value for e in parts if e.value is not None]
    if len(parts) < 2 or len(numbers) < len(parts) or sum(numbers) != expected:
        return found
    return [replace(e, role="added") if e.role == "involved" else e for e in found]


def _sum(rule: Rule, values: Mapping[str, Term], evidence: Iterable[Evidence]) -> str | None:
    """How the expected number was made; nothing where a fact of it has no number."""
    lists: dict[str, list[Decimal]] = {}
    for fact in evidence:
        if fact.role == "added" or (fact.role in values and fact.role != "focus"):
            if fact.value is None:
                return None
            lists.setdefault(fact.role, []).append(fact.value)
    made = Sum.of(rule.unit, values, lists)
    template = rule.sum or made.usual()
    return made.write(template) if template else None


def _numbered(findings: list[Finding]) -> list[Finding]:
    """Findings of one rule at one focus, which differ in their value, told apart."""
    seen: Counter[tuple[str, str]] = Counter()
    for at, finding in enumerate(findings):
        key = finding.rule, finding.focus
        seen[key] += 1
        if seen[key] > 1:
            findings[at] = replace(finding, number=seen[key])
    return findings


def _place(finding: Finding) -> tuple[int, str, str, str]:
    """Findings stand where what is at fault does."""
    at = next((e.span[0] for e in finding.evidence if e.role == "focus"), 0)
    return at, finding.focus, finding.rule, str(finding.value)
