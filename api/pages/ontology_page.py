"""The ontology's page: its terms at the fragments of their IRIs, its structures and code lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyoxigraph as ox

from api.formats import TURTLE
from api.nodes import Node, nodes_of_triples
from api.pages.class_diagram import class_diagram
from api.pages.shown import Shower, Shown, iris_of, sources_of
from api.pages.view import View
from api.texts import LANGUAGES
from kg.vocabulary import PREFIXES

_OWL, _QB, _RDFS, _SH = (PREFIXES[name] for name in ("owl", "qb", "rdfs", "sh"))
_SKOS, _DCT = PREFIXES["skos"], PREFIXES["dct"]
#: The parts of the page and the types of the terms in them; a term goes to the first that fits.
_PARTS: Mapping[str, frozenset[str]] = {
    "classes": frozenset({f"{_OWL}Class", f"{_RDFS}Class"}),
    "structures": frozenset({f"{_QB}DataStructureDefinition"}),
    "dimensions": frozenset({f"{_QB}DimensionProperty"}),
    "measures": frozenset({f"{_QB}MeasureProperty", f"{_QB}AttributeProperty"}),
    "relations": frozenset({f"{_OWL}ObjectProperty"}),
    "values": frozenset({f"{_OWL}DatatypeProperty"}),
}
#: What is told of a term beside its words, and of what points to it.
_RELATIONS = (
    *(f"{_RDFS}{name}" for name in ("subClassOf", "subPropertyOf", "domain", "range")),
    *(f"{_OWL}inverseOf", f"{_OWL}disjointWith", f"{_QB}codeList"),
)
#: Relations that hold both ways, and are stated one way.
_MUTUAL = (f"{_OWL}inverseOf", f"{_OWL}disjointWith")
_INVERSE = {
    f"{_RDFS}subClassOf": "above",
    f"{_RDFS}domain": "domain-of",
    f"{_RDFS}range": "range-of",
}
#: What is told of the ontology itself.
_ABOUT = tuple(f"{_DCT}{name}" for name in ("created", "modified", "creator", "license"))
_ROLES = ("dimension", "measure", "attribute")


def ontology_content(view: View) -> Mapping[str, Any]:
    """What the ontology's template shows."""
    iri = view.site.ontology
    graph = view.site.namespace.graph("ontology")
    written = view.site.store.graph(graph, TURTLE, {})
    nodes = nodes_of_triples(ox.parse(written, ox.RdfFormat.TURTLE))
    own = [node for name, node in sorted(nodes.items()) if name.startswith(f"{iri}#")]
    lists = view.site.store.select(view.site.queries.make("code_lists")).rows
    ontology = nodes.get(iri, Node(iri))
    wanted = iris_of(term for row in lists for term in row.values())
    told = (value for node in own for name in _RELATIONS for value in node.all(name))
    said = (value for name in _ABOUT for value in ontology.all(name))
    wanted |= {
        iri,
        *(node.iri for node in own),
        *iris_of(told),
        *iris_of(said),
        *_RELATIONS,
        *_ABOUT,
    }
    page = _Page(view, nodes, own, Shower(view, view.labels(wanted), sources_of(view)))
    return {
        "iri": iri,
        "name": page.shower.iri(iri),
        "version": ontology.one(f"{_OWL}versionIRI"),
        "abstract": ontology.text(f"{_DCT}abstract", view.language),
        "about": page.about(ontology),
        "diagram": class_diagram(view, nodes),
        "parts": page.parts(),
        "lists": sorted(
            (page.shower.term(row["list"]) for row in lists), key=lambda shown: shown.title or ""
        ),
    }


class _Page:
    """One view of the ontology's terms."""

    def __init__(
        self, view: View, nodes: Mapping[str, Node], own: Sequence[Node], shower: Shower
    ) -> None:
        self._view, self._nodes, self._own, self.shower = view, nodes, own, shower
        self._pointing = _pointing(own)
        self._constraints = _constraints(nodes.values())

    def about(self, ontology: Node) -> list[tuple[Shown, list[Shown]]]:
        """What is said of the ontology itself."""
        return [
            (self.shower.iri(name), [self.shower.term(value, name) for value in values])
            for name in _ABOUT
            if (values := ontology.all(name))
        ]

    def parts(self) -> list[tuple[str, list[Mapping[str, Any]]]]:
        """The parts of the page with their terms, each term in one."""
        parts: dict[str, list[Mapping[str, Any]]] = {name: [] for name in _PARTS}
        for node in self._own:
            fitting = (name for name, types in _PARTS.items() if types & node.types)
            if part := next(fitting, None):
                parts[part].append(self._term(node))
        return [(name, terms) for name, terms in parts.items() if terms]

    def _term(self, node: Node) -> Mapping[str, Any]:
        language = self._view.language
        label = f"{_RDFS}label"
        others = [other for other in LANGUAGES if other != language]
        return {
            "fragment": node.iri.partition("#")[2],
            "name": node.text(label, language) or self.shower.iri(node.iri).text,
            "others": [(other, node.text(label, other)) for other in others],
            "words": node.text(f"{_RDFS}comment", language),
            "example": node.one(f"{_SKOS}example"),
            "relations": self._relations(node),
            "constraints": sorted(
                {
                    words
                    for shape in self._constraints.get(node.iri, [])
                    if (words := self._message(shape))
                }
            ),
            "components": self._components(node),
        }

    def _message(self, shape: Node) -> str | None:
        return shape.text(f"{_SH}message", self._view.language)

    def _relations(self, node: Node) -> list[tuple[str, list[Shown]]]:
        """What a term has to do with others: what it says itself, and what they say of it."""
        pointing = self._pointing.get(node.iri, {})
        told = []
        for name in _RELATIONS:
            mutual = pointing.get(name, []) if name in _MUTUAL else []
            if iris := dict.fromkeys([*node.iris(name), *mutual]):
                told.append((self.shower.iri(name).text, [self.shower.iri(iri) for iri in iris]))
        for name, key in _INVERSE.items():
            if iris_ := pointing.get(name):
                shown = [self.shower.iri(iri) for iri in iris_]
                told.append((self._view.text(f"ontology.{key}"), shown))
        return told

    def _components(self, node: Node) -> list[Mapping[str, Any]]:
        """The components of a data structure, in their order."""
        found = []
        for iri in node.iris(f"{_QB}component"):
            component = self._nodes.get(iri, Node(iri))
            for role in _ROLES:
                for property_ in component.iris(f"{_QB}{role}"):
                    found.append(
                        {
                            "property": self.shower.iri(property_),
                            "role": self._view.text(f"ontology.{role}"),
                            "optional": component.one(f"{_QB}componentRequired") == "false",
                            "attached": self._attachments(component),
                            "order": component.integer(f"{_QB}order") or 99,
                        }
                    )
        return sorted(found, key=lambda row: (row["order"], row["property"].title))

    def _attachments(self, component: Node) -> list[str]:
        """What a component is stated of: the data set, the observation, or either."""
        given = set(component.iris(f"{_QB}componentAttachment"))
        levels = {f"{_QB}DataSet": "data-set", f"{_QB}Observation": "observation"}
        named = [key for iri, key in levels.items() if iri in given] or ["observation"]
        return [self._view.text(f"ontology.{key}") for key in named]


def _pointing(own: Iterable[Node]) -> dict[str, dict[str, list[str]]]:
    """For each thing, what of the ontology points to it, by the property."""
    found: dict[str, dict[str, list[str]]] = {}
    for node in own:
        for name in (*_INVERSE, *_MUTUAL):
            for iri in node.iris(name):
                found.setdefault(iri, {}).setdefault(name, []).append(node.iri)
    return found


def _constraints(nodes: Iterable[Node]) -> dict[str, list[Node]]:
    """The shapes that constrain each property, and for what has no path, each class."""
    found: dict[str, list[Node]] = {}
    for node in nodes:
        if isinstance(next(iter(node.all(f"{_SH}message")), None), ox.Literal):
            constrained = node.iris(f"{_SH}path") or node.iris(f"{_SH}targetClass")
            for iri in constrained:
                found.setdefault(iri, []).append(node)
    return found
