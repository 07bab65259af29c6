"""Where queries are answered: what any store can be asked, and Oxigraph's own.

Every method blocks until it is done: callers on the event loop go through `Site.run`, which gives
them a thread. The engine lets go of the interpreter's lock while it works.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import IO, Protocol, cast

import pyoxigraph as ox

from api.csv_results import Erasable, write_csv
from api.errors import ApiError, BadGraph, FailedQuery
from api.formats import CSV_RESULTS, Format
from api.syntax_errors import malformed

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = Mapping[str, Term]


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs that a request names (SPARQL 1.1 Protocol §2.1.4); they override FROM."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    @property
    def is_given(self) -> bool:
        return bool(self.default or self.named)


WHOLE = Dataset()


@dataclass(frozen=True, slots=True)
class Table:
    """Solutions of a SELECT; `cut` says that there are more than were asked for."""

    variables: tuple[str, ...]
    rows: list[Row]
    cut: bool = False


class Store(Protocol):
    """What answers SPARQL. The default graph is the merge of all named graphs."""

    def select(self, query: str, dataset: Dataset = WHOLE, limit: int | None = None) -> Table:
        """The solutions of a SELECT, at most `limit`."""

    def ask(self, query: str, dataset: Dataset = WHOLE) -> bool:
        """The answer to an ASK."""

    def construct(
        self, query: str, dataset: Dataset = WHOLE, limit: int | None = None
    ) -> list[ox.Triple]:
        """The triples of a CONSTRUCT or DESCRIBE, at most `limit`."""

    def graph(self, name: str, format_: Format, prefixes: Mapping[str, str]) -> bytes:
        """A named graph, written in an RDF format."""


class EmbeddedStore:
    """An Oxigraph store in this process; relative IRIs of queries are resolved against `base`."""

    def __init__(self, store: ox.Store, base: str | None = None) -> None:
        self._store = store
        self._base = base

    def write(self, query: str, format_: Format, dataset: Dataset, out: Erasable) -> None:
        """Write the answer to any query, in a format that fits what it asks for."""
        file = cast(IO[bytes], out)
        with _engine_errors(query):
            result = self._query(query, dataset)
            if isinstance(result, ox.QueryTriples):
                assert isinstance(format_.engine, ox.RdfFormat)
                result.serialize(file, format=format_.engine)
            elif isinstance(result, ox.QuerySolutions) and format_ is CSV_RESULTS:
                again = partial(self._query, query, dataset)
                write_csv(result, cast(Callable[[], ox.QuerySolutions], again), out)
            else:
                assert isinstance(format_.engine, ox.QueryResultsFormat)
                result.serialize(file, format=format_.engine)

    def check(self, query: str) -> None:
        """Raise where a query is malformed; what it would answer doesn't matter."""
        with contextlib.suppress(RuntimeError):
            try:
                self._store.query(query, base_iri=self._base)
            except SyntaxError as error:
                raise malformed(query, str(error)) from error

    def select(self, query: str, dataset: Dataset = WHOLE, limit: int | None = None) -> Table:
        with _engine_errors(query):
            result = self._query(query, dataset)
            assert isinstance(result, ox.QuerySolutions)
            names = tuple(variable.value for variable in result.variables)
            found = islice(result, None if limit is None else limit + 1)
            rows: list[Row] = [
                {n: t for n, t in zip(names, solution, strict=True) if t is not None}
                for solution in found
            ]
        return Table(names, rows[:limit], limit is not None and len(rows) > limit)

    def ask(self, query: str, dataset: Dataset = WHOLE) -> bool:
        with _engine_errors(query):
            return bool(self._query(query, dataset))

    def construct(
        self, query: str, dataset: Dataset = WHOLE, limit: int | None = None
    ) -> list[ox.Triple]:
        with _engine_errors(query):
            result = self._query(query, dataset)
            assert isinstance(result, ox.QueryTriples)
            return list(islice(result, limit))

    def graph(self, name: str, format_: Format, prefixes: Mapping[str, str]) -> bytes:
        assert isinstance(format_.engine, ox.RdfFormat)
        body = self._store.dump(
            format=format_.engine, from_graph=ox.NamedNode(name), prefixes=dict(prefixes)
        )
        assert body is not None
        return body

    def _query(
        self, query: str, dataset: Dataset
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        if not dataset.is_given:
            return self._store.query(query, base_iri=self._base)
        return self._store.query(
            query,
            base_iri=self._base,
            default_graph=list(map(_graph, dataset.default)),
            named_graphs=list(map(_graph, dataset.named)),
        )


def _graph(iri: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(iri)
    except ValueError as error:
        raise BadGraph(iri=iri) from error


@contextlib.contextmanager
def _engine_errors(query: str) -> Iterator[None]:
    """Errors of the engine that are the query's fault, as errors of the catalogue."""
    try:
        yield
    except ApiError:
        raise
    except SyntaxError as error:
        raise malformed(query, str(error)) from error
    except RuntimeError as error:
        raise FailedQuery(reason=str(error).rstrip(".")) from error
