"""The SPARQL constraints of shapes/, run set-wise over one report's graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from kg.audit.concepts import Concepts, load_concepts
from kg.audit.finding import Finding
from kg.audit.messages import Term, Text, fill
from kg.audit.shapes import Rule, load_rules
from kg.audit.subjects import Subjects
from kg.vocabulary import Namespace

#: What a rule may say of a finding beside its message.
_MEASURES = ("expected", "found", "difference")


def audit(quads: Iterable[Quad], namespace: Namespace) -> list[Finding]:
    """All findings of a report's graph, in the order of the report; one for each rule and focus.

    `quads` are those of `kg.mapping.map_report`: of one report, in its own named graph.
    """
    known = list(quads)
    if not known:
        return []
    graph = known[0].graph_name
    assert isinstance(graph, NamedNode)
    concepts = load_concepts(namespace.base)
    store = _load(known, graph, concepts)
    subjects = Subjects(store, graph, concepts.names, namespace)
    found: dict[tuple[int, str, str], Finding] = {}
    for rule in load_rules(namespace.base):
        for values in _solutions(store, graph, rule):
            finding = _finding(rule, values, subjects)
            start = subjects.where([finding.focus]).start
            found.setdefault((start, finding.focus, finding.rule), finding)
    return [found[key] for key in sorted(found)]


def _load(quads: list[Quad], graph: NamedNode, concepts: Concepts) -> Store:
    """A store with one graph: the report's, and what the code lists say of its concepts."""
    store = Store()
    store.bulk_extend(quads)
    used = (quad.object for quad in quads if isinstance(quad.object, NamedNode))
    known = concepts.about(used)
    store.extend(Quad(t.subject, t.predicate, t.object, graph) for t in known)
    return store


def _solutions(store: Store, graph: NamedNode, rule: Rule) -> Iterator[Mapping[str, Term]]:
    """What breaks a rule: the variables of its query that are bound, by name."""
    solutions = store.query(rule.query, default_graph=graph)
    assert isinstance(solutions, QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    for row in solutions:
        terms = {name: row[name] for name in names}
        yield {n: term for n, term in terms.items() if isinstance(term, NamedNode | Literal)}


def _finding(rule: Rule, values: Mapping[str, Term], subjects: Subjects) -> Finding:
    focus = values["this"].value
    others = values["involved"].value.split() if "involved" in values else []
    involved = sorted({focus, *others})
    where = subjects.where(involved)
    spoken: dict[str, Term | Text] = {**values, "this": subjects.describe(focus)}
    message = fill(rule.message, spoken, subjects.names)
    measures = {m: Decimal(values[m].value) for m in _MEASURES if m in values}
    return Finding(
        rule=rule.id,
        severity=rule.severity,
        report=subjects.graph.value,
        focus=focus,
        message_zh=message.zh,
        message_en=message.en,
        involves=tuple(involved),
        passages=where.passages,
        lines=where.lines,
        pages=where.pages,
        **measures,
    )
