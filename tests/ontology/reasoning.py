"""OWL RL closure of a graph, and what in it is inconsistent."""

from __future__ import annotations

import owlrl
from rdflib import OWL, RDF, RDFS, XSD, Graph, Literal, URIRef

#: What owlrl leaves out of OWL 2 RL: two values of a functional property that are different
#: literals (dt-diff). A literal of another datatype than inferred (dt-not-type) is found below.
_TWO_VALUES = """
SELECT DISTINCT ?s ?p WHERE {
  ?p a owl:FunctionalProperty . ?s ?p ?one, ?other .
  FILTER (isLiteral(?one) && isLiteral(?other) && ?one != ?other)
}"""


def inconsistencies(graph: Graph) -> list[str]:
    """Close `graph` under the rules of OWL 2 RL; what contradicts itself in it, as sentences."""
    found = sorted(_ill_typed(graph))
    if found:
        return found
    closure = owlrl.OWLRL_Semantics(graph, axioms=False, daxioms=False, rdfs=False)
    closure.closure()
    found = sorted(map(str, closure.error_messages))
    found += [f"{member} is of owl:Nothing" for member in graph.subjects(RDF.type, OWL.Nothing)]
    found += [f"{s} has two values of {p}" for s, p in graph.query(_TWO_VALUES)]
    return found


def _ill_typed(graph: Graph) -> set[str]:
    """The literals that aren't of a datatype that is the range of their property."""
    ranges = {
        property_: range_
        for property_, range_ in graph.subject_objects(RDFS.range)
        if range_ == RDF.langString or str(range_).startswith("http://www.w3.org/2001/XMLSchema#")
    }
    return {
        f'"{value}" of {property_} is no {ranges.get(property_, value.datatype)}'
        for _, property_, value in graph
        if isinstance(value, Literal)
        and (value.ill_typed or _datatype(value) != ranges.get(property_, _datatype(value)))
    }


def _datatype(value: Literal) -> URIRef:
    """The datatype of a literal; rdflib names none for strings and texts in a language."""
    return RDF.langString if value.language else value.datatype or XSD.string
