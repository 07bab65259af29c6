"""The catalogue as `data.json`: Project Open Data 1.1.

Source: https://resources.data.gov/resources/dcat-us/
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyoxigraph as ox

from api.catalogue import Catalogue
from kg.vocabulary import PREFIXES

_SCHEMA = "https://project-open-data.cio.gov/v1.1/schema"
_MEDIA = "https://www.iana.org/assignments/media-types/"
#: Where a release says no date, it says how often there is a new one: once a year.
_YEARLY = "R/P1Y"
#: Of a contact without an email, which Project Open Data requires: one that can't exist (RFC 2606).
_NO_EMAIL = "mailto:not-named@example.invalid"
_PREFIXES = {**PREFIXES, "vcard": "http://www.w3.org/2006/vcard/ns#"}


def data_json(catalogue: Catalogue) -> dict[str, Any]:
    """The whole catalogue, with texts in the language of the reports."""
    reader = _Reader(catalogue.triples)
    return {
        "@context": f"{_SCHEMA}/catalog.jsonld",
        "@id": catalogue.iri.value,
        "@type": "dcat:Catalog",
        "conformsTo": _SCHEMA,
        "describedBy": f"{_SCHEMA}/catalog.json",
        "dataset": [reader.dataset(node) for node in catalogue.datasets],
    }


class _Reader:
    """Reads data sets off triples by subject."""

    def __init__(self, triples: Mapping[object, Sequence[ox.Triple]]) -> None:
        self._triples = triples

    def dataset(self, node: ox.NamedNode) -> dict[str, Any]:
        publisher, contact = (
            self._node(node, "dct:publisher"),
            self._node(node, "dcat:contactPoint"),
        )
        period = self._node(node, "dct:temporal")
        distributions = self._all(node, "dcat:distribution")
        modified = self._one(node, "dct:modified") or self._one(node, "dct:issued")
        said = {
            "@type": "dcat:Dataset",
            "identifier": node.value,
            "title": self._one(node, "dct:title"),
            "description": self._one(node, "dct:description"),
            "keyword": sorted(self._all(node, "dcat:keyword")),
            "modified": modified or _YEARLY,
            "issued": self._one(node, "dct:issued"),
            "publisher": {"@type": "org:Organization", "name": self._one(publisher, "foaf:name")},
            "contactPoint": _stated({
                "@type": "vcard:Contact",
                "fn": self._one(contact, "vcard:fn"),
                "hasEmail": self._one(contact, "vcard:hasEmail") or _NO_EMAIL,
                "hasURL": self._one(contact, "vcard:hasURL"),
            }),
            "accessLevel": "public",
            "license": self._one(self._first(distributions), "dct:license"),
            "language": ["zh"],
            "landingPage": self._one(node, "dcat:landingPage"),
            "conformsTo": self._one(node, "dct:conformsTo"),
            "theme": sorted(self._all(node, "dcat:theme")),
            "spatial": self._one(self._node(node, "dct:spatial"), "skos:prefLabel"),
            "temporal": "/".join(
                str(self._one(period, name)) for name in ("dcat:startDate", "dcat:endDate")
            ),
            "distribution": [self._distribution(ox.NamedNode(d)) for d in sorted(distributions)],
        }  # fmt: skip
        return _stated(said)

    def _distribution(self, node: ox.NamedNode) -> dict[str, Any]:
        download = self._one(node, "dcat:downloadURL")
        media = self._one(node, "dcat:compressFormat") or self._one(node, "dcat:mediaType")
        return _stated({
            "@type": "dcat:Distribution",
            "title": self._one(node, "dct:title"),
            "description": self._one(node, "dct:description"),
            "downloadURL": download,
            "mediaType": media and media.removeprefix(_MEDIA),
            "accessURL": None if download else self._one(node, "dcat:accessURL"),
        })  # fmt: skip

    def _all(self, node: ox.NamedNode, name: str) -> list[str]:
        """The values of a property, those in Chinese before others."""
        prefix, _, local = name.partition(":")
        predicate = ox.NamedNode(_PREFIXES[prefix] + local)
        stated = (t.object for t in self._triples.get(node, ()) if t.predicate == predicate)
        found = [value for value in stated if isinstance(value, ox.NamedNode | ox.Literal)]
        ordered = sorted(found, key=lambda v: (getattr(v, "language", None) != "zh", v.value))
        return [value.value for value in ordered]

    def _one(self, node: ox.NamedNode, name: str) -> str | None:
        return next(iter(self._all(node, name)), None)

    def _node(self, node: ox.NamedNode, name: str) -> ox.NamedNode:
        """The node that a property leads to; one that nothing is said of where it leads nowhere."""
        return ox.NamedNode(self._one(node, name) or "x:none")

    @staticmethod
    def _first(nodes: list[str]) -> ox.NamedNode:
        return ox.NamedNode(nodes[0] if nodes else "x:none")


def _stated(said: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if value is not None}
