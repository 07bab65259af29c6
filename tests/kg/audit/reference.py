"""The rules' queries as pyoxigraph runs them: the reference for the compiled engine."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store, Triple

from kg.audit.compiled import Facts, program
from kg.audit.compiled.terms import term_of
from kg.audit.concepts import load_concepts

#: Solutions and how often each is found; lists (GROUP_CONCAT) have no order in SPARQL.
Solutions = Counter[tuple[tuple[str, str], ...]]


def store_of(quads: Iterable[Quad]) -> Store:
    """A report's graph, and what the code lists say of its concepts."""
    store = Store()
    store.extend(Quad(q.subject, q.predicate, q.object) for q in quads)
    used = {quad.object.value for quad in store if isinstance(quad.object, NamedNode)}
    store.extend(Quad(*triple) for triple in known_of(used))
    return store


def known_of(concepts: Iterable[str]) -> Iterator[Triple]:
    """What the code lists say of some concepts."""
    for subject, properties in load_concepts().about(concepts).items():
        for predicate, values in properties.items():
            for value in values:
                other = NamedNode(value) if isinstance(value, str) else value
                yield Triple(NamedNode(subject), NamedNode(predicate), other)


def by_pyoxigraph(store: Store, query: str) -> Solutions:
    """The solutions of a query as pyoxigraph finds them."""
    found = store.query(query)
    assert isinstance(found, QuerySolutions)
    names = [variable.value for variable in found.variables]
    return _counted({n: row[n] for n in names if row[n] is not None} for row in found)


def compiled(facts: Facts, rule: str, query: str) -> Solutions:
    """The solutions of the same query as the compiled engine finds them."""
    return _counted(
        {name: term_of(value) for name, value in values.items()}
        for values in program(rule, query).run(facts)
    )


def _counted(solutions: Iterable[Mapping[str, object]]) -> Solutions:
    return Counter(
        tuple(sorted((name, _plain(name, term)) for name, term in solution.items()))
        for solution in solutions
    )


def _plain(name: str, term: object) -> str:
    is_list = name in ("added", "subtracted", "involved", "missing", "names")
    if is_list and isinstance(term, Literal):
        return " ".join(sorted(term.value.replace("、", " ").split()))
    return str(term)
