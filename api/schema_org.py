"""A resource in the words of schema.org, for search engines and programs that know no others."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup

from api.formats import JSON_LD, N_TRIPLES, TURTLE
from api.nodes import Node
from api.schema_org_dataset import catalogue_said, dataset_said, texts
from api.site import Site
from kg.vocabulary import PREFIXES

_SKOS, _DCT, _ORG = PREFIXES["skos"], PREFIXES["dct"], PREFIXES["org"]
_DCAT = PREFIXES["dcat"]
_CONTEXT = {"@vocab": "https://schema.org/"}
_FILES = (TURTLE, JSON_LD, N_TRIPLES)


def described(site: Site, node: Node) -> Mapping[str, Any] | None:
    """What schema.org has words for, as JSON-LD that needs no other file; None for other things."""
    said = _Words(site, node).of_its_kind()
    if said is None:
        return None
    about = {"@context": _CONTEXT, "@id": node.iri, "url": node.iri}
    return about | {name: value for name, value in said.items() if value}


def embedded(site: Site, node: Node) -> Markup | None:
    """The same as a page holds it, which no text of a report can end early."""
    said = described(site, node)
    if said is None:
        return None
    return Markup(json.dumps(said, ensure_ascii=False).replace("<", "\\u003c"))


class _Words:
    """What is said of one resource, in the words of schema.org."""

    def __init__(self, site: Site, node: Node) -> None:
        self._site = site
        self._node = node
        self._bud = site.namespace.ontology

    def of_its_kind(self) -> dict[str, Any] | None:
        kinds = {
            f"{self._bud}Report": self._report,
            f"{_ORG}FormalOrganization": self._unit,
            f"{self._bud}Region": self._region,
            f"{self._bud}Project": self._project,
            f"{_SKOS}Concept": self._concept,
            f"{_SKOS}ConceptScheme": self._scheme,
            f"{_DCAT}Catalog": self._catalogue,
            f"{_DCAT}Dataset": self._dataset,
        }
        return next((say() for type_, say in kinds.items() if type_ in self._node.types), None)

    def _catalogue(self) -> dict[str, Any]:
        return catalogue_said(self._site, self._node)

    def _dataset(self) -> dict[str, Any]:
        return dataset_said(self._site, self._node.iri)

    def _report(self) -> dict[str, Any]:
        node, bud = self._node, self._bud
        year = (node.one(f"{bud}fiscalYear") or "")[:4]
        entry = self._site.release.reports.get(node.iri)
        unit = node.one(f"{bud}unit")
        owner = {"@type": "GovernmentOrganization", "@id": unit}
        local = node.iri.removeprefix(f"{self._site.namespace.base}report/")
        data = dataset_said(self._site, f"{self._site.namespace.base}dataset/{local}")
        return {
            # the report is the document, its graph the data: readers look for either
            "@type": ["Report", "Dataset"],
            "name": texts(node, f"{_DCT}title"),
            # search engines want more than a title: what the catalogue says of the report's data
            "description": data["description"] or texts(node, f"{_DCT}title"),
            "license": data["license"],
            "creator": owner | ({"name": entry.unit_name} if entry else {}),
            "about": {"@id": unit},
            "temporalCoverage": year,
            "datePublished": node.one(f"{_DCT}issued"),
            "inLanguage": "zh-CN",
            "identifier": node.one(f"{bud}sha256"),
            "isBasedOn": {"@id": node.one(f"{_DCT}source")},
            "includedInDataCatalog": {
                "@type": "DataCatalog",
                "@id": f"{self._site.namespace.base}catalog",
            },
            "distribution": [
                {
                    "@type": "DataDownload",
                    "encodingFormat": format_.media_type,
                    "contentUrl": f"{node.iri}.{format_.extension}",
                }
                for format_ in _FILES
            ],
        }

    def _unit(self) -> dict[str, Any]:
        reports = self._site.release.reports_of(self._node.iri)
        regions = self._node.iris(f"{self._bud}region")
        return {
            "@type": "GovernmentOrganization",
            "name": texts(self._node, f"{_SKOS}prefLabel"),
            "alternateName": texts(self._node, f"{_SKOS}altLabel"),
            "areaServed": [{"@type": "AdministrativeArea", "@id": iri} for iri in regions],
            "parentOrganization": _links(self._node.iris(f"{_ORG}subOrganizationOf")),
            "subjectOf": [{"@type": "Report", "@id": r.iri, "name": r.title} for r in reports],
        }

    def _region(self) -> dict[str, Any]:
        return {
            "@type": "AdministrativeArea",
            "name": texts(self._node, f"{_SKOS}prefLabel"),
            "identifier": self._node.one(f"{_SKOS}notation"),
            "containedInPlace": _links(self._node.iris(f"{_SKOS}broader")),
            "sameAs": _links(self._node.iris(f"{_SKOS}exactMatch")),
        }

    def _project(self) -> dict[str, Any]:
        return {
            "@type": "Project",
            "name": texts(self._node, f"{_SKOS}prefLabel"),
            "sponsor": _links(self._node.iris(f"{self._bud}unit")),
        }

    def _concept(self) -> dict[str, Any]:
        return {
            "@type": "DefinedTerm",
            "name": texts(self._node, f"{_SKOS}prefLabel"),
            "alternateName": texts(self._node, f"{_SKOS}altLabel"),
            "description": texts(self._node, f"{_SKOS}definition"),
            "termCode": self._node.one(f"{_SKOS}notation"),
            "inDefinedTermSet": _links(self._node.iris(f"{_SKOS}inScheme")),
            "sameAs": _links(self._node.iris(f"{_SKOS}exactMatch")),
        }

    def _scheme(self) -> dict[str, Any]:
        return {
            "@type": "DefinedTermSet",
            "name": texts(self._node, f"{_SKOS}prefLabel"),
            "description": texts(self._node, f"{_SKOS}definition"),
        }


def _links(iris: Iterable[str]) -> list[dict[str, str]]:
    return [{"@id": iri} for iri in sorted(iris)]
