"""The formats that answers come in: their media types, file extensions and engine's names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pyoxigraph import QueryResultsFormat, RdfFormat

from api.errors import BadFormat, NotAcceptable
from api.negotiation import choose

Kind = Literal["results", "rdf", "page", "record"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format; `media_types` holds the registered one first, then others that clients ask for."""

    extension: str
    kind: Kind
    media_types: tuple[str, ...]
    engine: QueryResultsFormat | RdfFormat | None = None
    #: What else clients call it in format=, beside its extension and media types.
    names: tuple[str, ...] = ()

    @property
    def media_type(self) -> str:
        return self.media_types[0]

    def __reduce__(self) -> tuple[object, ...]:
        """The engine's names of formats can't be sent to another process; ours can."""
        return _known, (self.kind, self.extension)

    def content_type(self, media_type: str | None = None) -> str:
        """The Content-Type header, for the media type that was chosen."""
        chosen = media_type or self.media_type
        return f"{chosen}; charset=utf-8" if chosen.startswith("text/") else chosen


@dataclass(frozen=True, slots=True)
class Choice:
    """A format and the one of its media types that the client asked for."""

    format: Format
    media_type: str

    @property
    def content_type(self) -> str:
        return self.format.content_type(self.media_type)


JSON_RESULTS = Format(
    "json",
    "results",
    ("application/sparql-results+json", "application/json", "text/json"),
    QueryResultsFormat.JSON,
)
XML_RESULTS = Format(
    "xml",
    "results",
    ("application/sparql-results+xml", "application/xml", "text/xml"),
    QueryResultsFormat.XML,
)
CSV_RESULTS = Format("csv", "results", ("text/csv",), QueryResultsFormat.CSV)
TSV_RESULTS = Format("tsv", "results", ("text/tab-separated-values",), QueryResultsFormat.TSV)

TURTLE = Format(
    "ttl", "rdf", ("text/turtle", "application/x-turtle"), RdfFormat.TURTLE, ("turtle", "n3")
)
N_TRIPLES = Format(
    "nt",
    "rdf",
    ("application/n-triples", "text/plain"),
    RdfFormat.N_TRIPLES,
    ("ntriples", "n-triples"),
)
JSON_LD = Format(
    "jsonld",
    "rdf",
    ("application/ld+json", "application/json"),
    RdfFormat.JSON_LD,
    ("json-ld", "json"),
)
RDF_XML = Format(
    "rdf",
    "rdf",
    ("application/rdf+xml", "application/xml", "text/xml"),
    RdfFormat.RDF_XML,
    ("rdf+xml", "rdfxml", "rdf/xml", "xml"),
)
N_QUADS = Format("nq", "rdf", ("application/n-quads",), RdfFormat.N_QUADS)
TRIG = Format("trig", "rdf", ("application/trig",), RdfFormat.TRIG)

HTML = Format("html", "page", ("text/html",))
JSON = Format("json", "record", ("application/json",))

#: What a query answers in, by what it asks for; the first is given where a client doesn't mind.
RESULTS = (JSON_RESULTS, XML_RESULTS, CSV_RESULTS, TSV_RESULTS)
GRAPHS = (TURTLE, N_TRIPLES, JSON_LD, RDF_XML, N_QUADS, TRIG)
#: What a resource is described in; each is also a file extension.
DOCUMENTS = (HTML, TURTLE, JSON_LD, N_TRIPLES, RDF_XML, JSON)


def _known(kind: Kind, extension: str) -> Format:
    formats = (*RESULTS, *GRAPHS, *DOCUMENTS)
    return next(f for f in formats if (f.kind, f.extension) == (kind, extension))


def negotiate(accept: str | None, formats: Sequence[Format], asked: Sequence[str] = ()) -> Choice:
    """The format to answer in: by name where `asked` for one (format=csv), else by Accept.

    Clients that don't know what a server understands ask by several names at once.
    """
    for name in asked:
        for format_ in formats:
            if name.lower() in (format_.extension, *format_.names, *format_.media_types):
                return Choice(format_, format_.media_type)
    if asked:
        raise BadFormat(format=asked[0], formats=", ".join(f.extension for f in formats))
    # A registered media type of one format goes before another's alias of the same name.
    offers = {f.media_type: f for f in formats}
    for format_ in formats:
        for alias in format_.media_types[1:]:
            offers.setdefault(alias, format_)
    chosen = choose(accept, list(offers))
    if chosen is None:
        raise NotAcceptable(offers=", ".join(f.media_type for f in formats))
    return Choice(offers[chosen], chosen)
