"""Which IRIs of ours there are to link: terms of the ontology, codes, regions, targets."""

from __future__ import annotations

from collections.abc import Callable

from pyoxigraph import NamedNode, RdfFormat, parse

from kg.codes import load_code_lists
from kg.regions import region_name
from kg.resources import published, turtle
from kg.vocabulary import Namespace


def published_terms(namespace: Namespace) -> Callable[[str], bool]:
    """Whether an IRI is a term of the ontology, a code, a region, or a target that we name.

    A unit may be any: which there are, a release says.

    >>> published_terms(Namespace())("https://w3id.org/juesuan/code/functional/201")
    True
    """
    schemes = load_code_lists().schemes
    ontology = published("ontology")
    terms = {
        triple.subject.value
        for file in (ontology / "juesuan.ttl", *ontology.glob("links/*.ttl"))
        for triple in parse(turtle(file, namespace.base), format=RdfFormat.TURTLE)
        if isinstance(triple.subject, NamedNode)
    }

    def is_published(iri: str) -> bool:
        kind, _, path = iri.removeprefix(namespace.base).partition("/")
        scheme, _, code = path.partition("/")
        return (
            iri in terms
            or (kind == "code" and code in schemes.get(scheme, ()))
            or (kind == "region" and region_name(path) is not None)
            or (kind == "unit" and bool(path))
        )

    return is_published
