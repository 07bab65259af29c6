"""What a report tells beside its figures, as its page shows it: the unit, its work, its terms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.nodes import Node
from api.pages.shown import Shower
from api.pages.view import View
from kg.vocabulary import PREFIXES

_ORG, _SKOS = PREFIXES["org"], PREFIXES["skos"]
_LABEL = f"{_SKOS}prefLabel"


class Narrative:
    """The told things among a report's nodes, by kind, in the order of its text."""

    def __init__(self, nodes: Mapping[str, Node], view: View) -> None:
        self._view = view
        self._bud = bud = view.site.namespace.ontology
        kinds = {
            f"{bud}Duty": "duties",
            f"{_ORG}OrganizationalUnit": "offices",
            f"{_ORG}Membership": "subordinates",
            f"{bud}Composition": "compositions",
            f"{bud}WorkItem": "work",
            f"{bud}Definition": "glossary",
        }
        self._told: dict[str, list[Node]] = {kind: [] for kind in kinds.values()}
        for node in sorted(nodes.values(), key=lambda node: node.start):
            for type_ in node.types & kinds.keys():
                self._told[kinds[type_]].append(node)

    def iris(self) -> set[str]:
        """What the told things name: member units, and what a composition is of."""
        names = [f"{_ORG}member", *(f"{self._bud}{name}" for name in ("place", "nature", "item"))]
        names.append(f"{self._bud}includes")
        told = [*self._told["subordinates"], *self._told["compositions"]]
        return {iri for node in told for name in names for iri in node.iris(name)}

    def shown(self, shower: Shower) -> Mapping[str, list[Mapping[str, Any]]]:
        """The lists by kind."""
        return {
            kind: [self._item(shower, node) for node in nodes] for kind, nodes in self._told.items()
        }

    def _item(self, shower: Shower, node: Node) -> Mapping[str, Any]:
        bud = self._bud
        of = [iri for name in ("nature", "item") for iri in node.iris(bud + name)]
        return {
            "href": self._view.links.href(node.iri),
            "name": node.one(_LABEL) or node.one(f"{bud}term"),
            "text": node.one(f"{bud}text") or node.one(f"{_SKOS}definition"),
            "goal": node.one(f"{bud}goal"),
            "status": node.one(f"{bud}status"),
            "member": [shower.iri(iri) for iri in node.iris(f"{_ORG}member")],
            "of": [shower.iri(iri) for iri in of if not iri.endswith("/all")],
            "place": [shower.iri(iri) for iri in node.iris(f"{bud}place")],
            "includes": [shower.iri(iri) for iri in sorted(node.iris(f"{bud}includes"))],
            "spot": shower.spot(node),
        }
