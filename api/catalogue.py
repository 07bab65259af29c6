"""The release's catalogue (`catalog.ttl`), some data sets at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from kg.vocabulary import PREFIXES, Namespace

#: How many data sets a page holds: what CKAN and udata ask for at a time.
PAGE = 100
HYDRA = "http://www.w3.org/ns/hydra/core#"
_DCAT = PREFIXES["dcat"]
_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_LISTED = ox.NamedNode(_DCAT + "dataset")
_USED = ox.NamedNode(PREFIXES["prov"] + "used")


@dataclass(frozen=True)
class Catalogue:
    """A catalogue file, read when it is first asked for."""

    path: Path
    namespace: Namespace

    @property
    def iri(self) -> ox.NamedNode:
        return ox.NamedNode(f"{self.namespace.base}catalog")

    @cached_property
    def datasets(self) -> tuple[ox.NamedNode, ...]:
        """The data sets: the one of all data first, then those of the reports by IRI."""
        whole = f"{self.namespace.base}dataset/juesuan"
        listed = (t.object for t in self.triples.get(self.iri, ()) if t.predicate == _LISTED)
        named = [node for node in listed if isinstance(node, ox.NamedNode)]
        return tuple(sorted(named, key=lambda node: (node.value != whole, node.value)))

    @cached_property
    def triples(self) -> Mapping[object, Sequence[ox.Triple]]:
        """All that the catalogue says, by subject; a store would rewrite the types of numbers."""
        triples: defaultdict[object, list[ox.Triple]] = defaultdict(list)
        for quad in ox.parse(path=str(self.path), format=ox.RdfFormat.TURTLE):
            triples[quad.subject].append(quad.triple)
        return triples

    @property
    def pages(self) -> int:
        """How many pages there are; one at least."""
        return max(1, -(-len(self.datasets) // PAGE))

    def page(self, number: int, document: str) -> list[ox.Triple]:
        """The catalogue with the data sets of one page, and where the others are (Hydra).

        `document` is the address of the first page.
        """
        start = (number - 1) * PAGE
        here = set(self.datasets[start : start + PAGE])
        return [*self._about(here), *self._paging(number, document)]

    def _about(self, here: set[ox.NamedNode]) -> Iterator[ox.Triple]:
        """What is said of the catalogue and of these data sets, and of all that it speaks of."""
        ahead: list[ox.NamedNode] = [self.iri, *here]
        seen, elsewhere = set(ahead), set(self.datasets) - here
        while ahead:
            for triple in self.triples.get(ahead.pop(), ()):
                value = triple.object
                if triple.predicate == _LISTED and value in elsewhere:
                    continue
                if triple.predicate == _USED and not self._is_file_of(value, here):
                    continue
                yield triple
                is_new = isinstance(value, ox.NamedNode) and value not in seen
                if is_new and value not in elsewhere:
                    assert isinstance(value, ox.NamedNode)
                    seen.add(value)
                    ahead.append(value)

    @staticmethod
    def _is_file_of(node: object, datasets: set[ox.NamedNode]) -> bool:
        """Whether a node is the file that one of these data sets was read from."""
        name = node.value if isinstance(node, ox.NamedNode) else ""
        return ox.NamedNode(name.rpartition("/")[0] or "x:") in datasets

    def _paging(self, number: int, document: str) -> Iterator[ox.Triple]:
        """Where the pages are, in the words of Hydra now, and in those that CKAN still reads."""
        here = ox.NamedNode(f"{document}?page={number}")
        yield ox.Triple(here, _TYPE, ox.NamedNode(HYDRA + "PartialCollectionView"))
        yield ox.Triple(here, _TYPE, ox.NamedNode(HYDRA + "PagedCollection"))
        counts = {"totalItems": len(self.datasets), "itemsPerPage": PAGE}
        for name, count in counts.items():
            integer = ox.Literal(str(count), datatype=ox.NamedNode(PREFIXES["xsd"] + "integer"))
            yield ox.Triple(here, ox.NamedNode(HYDRA + name), integer)
        others = {"first": 1, "previous": number - 1, "next": number + 1, "last": self.pages}
        for name, other in others.items():
            if 1 <= other <= self.pages:
                address = ox.NamedNode(f"{document}?page={other}")
                yield ox.Triple(here, ox.NamedNode(HYDRA + name), address)
                yield ox.Triple(here, ox.NamedNode(f"{HYDRA}{name}Page"), address)
