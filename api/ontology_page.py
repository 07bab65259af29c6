"""The ontology's page: its classes and properties, each at the fragment of its IRI."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.nodes import Node, nodes_of
from api.shown import Shower, iris_of, sources_of
from api.view import View

_OWL = "http://www.w3.org/2002/07/owl#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_CLASSES = {f"{_OWL}Class", f"{_RDFS}Class"}
#: What is told of a term beside its words.
_RELATIONS = (
    f"{_RDFS}subClassOf",
    f"{_RDFS}subPropertyOf",
    f"{_RDFS}domain",
    f"{_RDFS}range",
)
_WORDS = (f"{_RDFS}comment", f"{_SKOS}definition")


def ontology_content(view: View, iri: str) -> Mapping[str, Any]:
    """What the ontology's template shows."""
    graph = view.site.namespace.graph("ontology")
    rows = view.site.store.select(view.site.queries.make("ontology", graph=graph)).rows
    nodes = nodes_of(rows)
    own = [node for name, node in sorted(nodes.items()) if name.startswith(f"{iri}#")]
    related = {value for node in own for name in _RELATIONS for value in node.all(name)}
    iris = {iri, *(node.iri for node in own), *iris_of(related), *_RELATIONS}
    shower = Shower(view, view.labels(iris), sources_of(view))
    shown = [(bool(_CLASSES & node.types), _term(view, shower, node)) for node in own]
    return {
        "iri": iri,
        "name": shower.iri(iri),
        "classes": [term for is_class, term in shown if is_class],
        "terms": [term for is_class, term in shown if not is_class],
    }


def _term(view: View, shower: Shower, node: Node) -> Mapping[str, Any]:
    words = [node.text(name, view.language) for name in _WORDS]
    return {
        "fragment": node.iri.partition("#")[2],
        "name": shower.iri(node.iri),
        "words": [text for text in words if text],
        "relations": [
            (shower.iri(name), [shower.term(value) for value in node.all(name)])
            for name in _RELATIONS
            if iris_of(node.all(name))
        ],
    }
