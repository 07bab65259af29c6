"""A report's named graph as it is written: triples about one subject after another."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache, lru_cache

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from kg.facts import Passage
from kg.vocabulary import PREFIXES, Namespace

XSD = PREFIXES["xsd"]
RDF_TYPE = NamedNode(PREFIXES["rdf"] + "type")
DECIMAL, INTEGER, YEAR = (NamedNode(XSD + name) for name in ("decimal", "integer", "gYear"))


#: A term as it is kept: an IRI is its text, which is had, hashed and compared at once.
Term = str | Literal
Stated = tuple[str, str, Term]
#: What is stated of a subject, by property.
Properties = Mapping[str, Collection[Term]]
Index = Mapping[str, Properties]


def stated(triple: Triple | Quad) -> Stated:
    """A triple of pyoxigraph's as it is kept.

    Raises:
        ValueError: it has a blank node; graphs of ours have none.
    """
    subject, predicate, value = triple.subject, triple.predicate, triple.object
    if not isinstance(subject, NamedNode) or not isinstance(value, NamedNode | Literal):
        raise ValueError(f"graphs of ours have IRIs and literals alone, unlike {triple}")
    return subject.value, predicate.value, value if isinstance(value, Literal) else value.value


def by_subject(triples: Iterable[Stated]) -> dict[str, dict[str, dict[Term, None]]]:
    """Triples by subject and property, each once, in their order."""
    index: dict[str, dict[str, dict[Term, None]]] = {}
    for subject, predicate, value in triples:
        index.setdefault(subject, {}).setdefault(predicate, {})[value] = None
    return index


def passage_iri(source: str, passage: Passage) -> str:
    """The IRI of a passage of the text `source` (RFC 5147)."""
    return f"{source}#char={passage.start},{passage.end}"


def text(value: str, language: str = "zh") -> Literal:
    return Literal(value, language=language)


def string(value: str) -> Literal:
    return Literal(value)


def decimal(value: Decimal) -> Literal:
    """An xsd:decimal in its shortest form, the one that stores keep.

    >>> decimal(Decimal("25000.00")).value
    '25000'
    """
    return Literal(format(value.normalize(), "f"), datatype=DECIMAL)


@lru_cache(maxsize=1 << 14)
def integer(value: int) -> Literal:
    return Literal(str(value), datatype=INTEGER)


@lru_cache
def year(value: int) -> Literal:
    return Literal(f"{value:04d}", datatype=YEAR)


class Names(dict[str, str]):
    """The IRI of each prefixed name or IRI, looked up when it is first asked for."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes = prefixes

    def __missing__(self, name: str) -> str:
        prefix, _, local = name.partition(":")
        base = self._prefixes.get(prefix)
        iri = self[name] = base + local if base else name
        return iri


class Graph:
    """The triples of one named graph; names are prefixed (``bud:amount``) or IRIs.

    `prefixes` are known beside those of the namespace. Iterating gives quads, which are only made
    then: rules and counts need none.
    """

    def __init__(self, name: str, namespace: Namespace, prefixes: Mapping[str, str] = {}) -> None:
        self.name = name
        self.namespace = namespace
        self._iris = Names({**namespace.prefixes(), **prefixes})
        self._codes = namespace.code("")
        #: What is stated of each subject, each value once.
        self.index: dict[str, dict[str, dict[Term, None]]] = {}

    @classmethod
    def of(cls, quads: Iterable[Quad], namespace: Namespace) -> Graph:
        """The named graph that some quads are of; quads without any are one without a name."""
        known = list(quads)
        graph = cls(str(known[0].graph_name).strip("<>") if known else "", namespace)
        graph.index = by_subject(map(stated, known))
        return graph

    @property
    def triples(self) -> Iterator[Stated]:
        """The triples, each once."""
        for subject, properties in self.index.items():
            for predicate, values in properties.items():
                for value in values:
                    yield subject, predicate, value

    def __len__(self) -> int:
        return sum(len(values) for stated in self.index.values() for values in stated.values())

    def __iter__(self) -> Iterator[Quad]:
        name = NamedNode(self.name)
        return (Quad(t.subject, t.predicate, t.object, name) for t in self._made())

    def _made(self) -> Iterator[Triple]:
        """The triples as pyoxigraph has them."""
        node = cache(NamedNode)
        for subject, predicate, value in self.triples:
            other = value if isinstance(value, Literal) else node(value)
            yield Triple(node(subject), node(predicate), other)

    def turtle(self) -> bytes:
        """The triples in Turtle."""
        prefixes = self.namespace.prefixes()
        return serialize(self._made(), format=RdfFormat.TURTLE, prefixes=prefixes) or b""

    def nquads(self) -> list[str]:
        """The triples in canonical N-Quads, a line each."""
        end = f"<{self.name}> .\n"
        literal = cache(str)
        return [
            f"<{s}> <{p}> {f'<{o}>' if isinstance(o, str) else literal(o)} {end}"
            for s, p, o in self.triples
        ]

    def _state(self, subject: str, predicate: str, value: Term) -> None:
        self.index.setdefault(subject, {}).setdefault(predicate, {})[value] = None

    def types(self, subject: str, *classes: str) -> None:
        for name in classes:
            self.add(subject, "rdf:type", name)

    def add(self, subject: str, predicate: str, value: str | Literal | None) -> None:
        """State a triple; a string is a name, nothing is stated of None."""
        if value is not None:
            iris = self._iris
            other = iris[value] if isinstance(value, str) else value
            self._state(iris[subject], iris[predicate], other)

    def code(self, subject: str, predicate: str, path: str) -> None:
        """State a concept of our code lists: ``phase/final``."""
        iris = self._iris
        self._state(iris[subject], iris[predicate], self._codes + path)

    def passage(self, subject: str, source: str, passage: Passage) -> None:
        """State where something stands: the passage, and its line (or page), row and column."""
        self.add(subject, "prov:wasDerivedFrom", passage_iri(source, passage))
        if passage.page is None:
            self.add(subject, "bud:line", integer(passage.line))
        else:
            self.add(subject, "bud:page", integer(passage.page))
        if passage.row is not None and passage.column is not None:
            self.add(subject, "bud:row", integer(passage.row))
            self.add(subject, "bud:column", integer(passage.column))
