"""Which IRIs of ours there are to link: terms of the ontology, codes, regions."""

from __future__ import annotations

from collections.abc import Callable

from pyoxigraph import NamedNode, RdfFormat, parse

from kg.codes import load_code_lists
from kg.regions import region_name
from kg.resources import published, turtle
from kg.vocabulary import Namespace


def published_terms(namespace: Namespace) -> Callable[[str], bool]:
    """Whether an IRI is a term of the ontology, a code of a list, or a region.

    >>> published_terms(Namespace())("https://w3id.org/juesuan/code/functional/201")
    True
    """
    schemes = load_code_lists().schemes
    text = turtle(published("ontology") / "juesuan.ttl", namespace.base)
    subjects = (triple.subject for triple in parse(text, format=RdfFormat.TURTLE))
    terms = {s.value for s in subjects if isinstance(s, NamedNode)}

    def is_published(iri: str) -> bool:
        kind, _, path = iri.removeprefix(namespace.base).partition("/")
        if kind == "code":
            scheme, _, code = path.partition("/")
            return code in schemes.get(scheme, ())
        return iri in terms or (kind == "region" and region_name(path) is not None)

    return is_published
