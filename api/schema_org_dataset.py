"""A data set of the catalogue, and the catalogue, in the words of schema.org.

What search engines for data sets read:
https://developers.google.com/search/docs/appearance/structured-data/dataset
"""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox

from api.nodes import Node, nodes_of
from api.site import Site
from kg.vocabulary import PREFIXES

_DCT, _DCAT, _FOAF = PREFIXES["dct"], PREFIXES["dcat"], PREFIXES["foaf"]
_MEDIA = "https://www.iana.org/assignments/media-types/"


def whole_of(site: Site) -> str:
    """The data set of all data."""
    return f"{site.namespace.base}dataset/juesuan"


def catalogue_said(site: Site, node: Node) -> dict[str, Any]:
    """The catalogue, with the data set of all data; there may be too many others."""
    return {
        "@type": "DataCatalog",
        "name": texts(node, f"{_DCT}title"),
        "description": texts(node, f"{_DCT}description"),
        "license": node.one(f"{_DCT}license"),
        "dataset": {"@id": whole_of(site), "url": whole_of(site)}
        | _stated(dataset_said(site, whole_of(site))),
    }


def dataset_said(site: Site, iri: str) -> dict[str, Any]:
    """A data set: who publishes it, on what terms, of which time, and its files."""
    nodes = nodes_of(site.store.select(site.queries.make("dataset", dataset=iri)).rows)
    node = nodes.get(iri) or Node(iri)
    files = [nodes[name] for name in sorted(node.iris(f"{_DCAT}distribution")) if name in nodes]
    licences = {licence for file in files for licence in file.values(f"{_DCT}license")}
    publisher = nodes.get(node.one(f"{_DCT}publisher") or "")
    return {
        "@type": "Dataset",
        "name": texts(node, f"{_DCT}title"),
        "description": texts(node, f"{_DCT}description"),
        "identifier": node.one(f"{_DCT}identifier"),
        "keywords": texts(node, f"{_DCAT}keyword"),
        "license": sorted(licences),
        "isAccessibleForFree": True,
        "inLanguage": "zh-CN",
        "temporalCoverage": _period(nodes.get(node.one(f"{_DCT}temporal") or "")),
        "datePublished": node.one(f"{_DCT}issued"),
        "dateModified": node.one(f"{_DCT}modified"),
        "creator": publisher
        and {
            "@type": "Organization",
            "@id": publisher.iri,
            "name": texts(publisher, f"{_FOAF}name"),
        },
        "includedInDataCatalog": {
            "@type": "DataCatalog",
            "@id": f"{site.namespace.base}catalog",
        },
        "distribution": [_file(file) for file in files if file.one(f"{_DCAT}downloadURL")],
    }


def texts(node: Node, property_: str) -> list[dict[str, str]]:
    """The texts of a property as JSON-LD has them, by language."""
    literals = (term for term in node.all(property_) if isinstance(term, ox.Literal))
    return [
        {"@value": text.value} | ({"@language": text.language} if text.language else {})
        for text in sorted(literals, key=lambda text: (text.language or "", text.value))
    ]


def _file(node: Node) -> dict[str, Any]:
    media = node.one(f"{_DCAT}compressFormat") or node.one(f"{_DCAT}mediaType")
    return _stated({
        "@type": "DataDownload",
        "name": texts(node, f"{_DCT}title"),
        "encodingFormat": media and media.removeprefix(_MEDIA),
        "contentUrl": node.one(f"{_DCAT}downloadURL"),
    })  # fmt: skip


def _period(node: Node | None) -> str | None:
    if node is None:
        return None
    return "/".join(node.one(f"{_DCAT}{name}") or ".." for name in ("startDate", "endDate"))


def _stated(said: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if value}
