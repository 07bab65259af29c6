"""The rules' queries as pyoxigraph runs them: the reference for the compiled engine."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from kg.audit.compiled import Facts, program
from kg.audit.compiled.terms import term_of
from kg.audit.concepts import load_concepts
from kg.audit.shapes import load_rules
from kg.vocabulary import Namespace

Solution = Mapping[str, NamedNode | Literal]
#: Solutions that are the same whatever the order of their lists is.
Solutions = Counter[tuple[tuple[str, str], ...]]


def by_pyoxigraph(quads: Iterable[Quad], query: str) -> Solutions:
    """The solutions of a query on a report's graph and on what the code lists say of it."""
    store = Store(Quad(q.subject, q.predicate, q.object) for q in quads)
    used = {quad.object for quad in store if isinstance(quad.object, NamedNode)}
    store.extend(Quad(*triple) for triple in load_concepts().about(used))
    return solutions(store, query)


def solutions(store: Store, query: str) -> Solutions:
    found = store.query(query)
    assert isinstance(found, QuerySolutions)
    names = [variable.value for variable in found.variables]
    return counted({n: row[n] for n in names if row[n] is not None} for row in found)


def compiled(facts: Facts, rule: str, query: str) -> Solutions:
    """The same by the compiled engine."""
    return counted(
        {name: term_of(value) for name, value in values.items()}
        for values in program(rule, query).run(facts)
    )
