"""What an endpoint tells of the release that it serves: its base IRI, its reports."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from api.backends.endpoint import UNIONS, Endpoint, Unreached
from api.errors import ApiError
from api.queries import Queries
from api.release import NOWHERE, Manifest, Release, Report
from api.store import Row
from kg.release import ReleaseError
from kg.vocabulary import DEFAULT_BASE, Namespace

_ONTOLOGIES = """SELECT DISTINCT ?ontology {
  GRAPH ?graph { ?ontology a <http://www.w3.org/2002/07/owl#Ontology> }
}"""


@dataclass(frozen=True)
class Told:
    """The reports that an endpoint serves, under a base IRI."""

    namespace: Namespace
    rows: Sequence[Row]
    #: Whether it serves RDF of any kind, and no release.
    is_plain: bool = False

    @property
    def fingerprint(self) -> str:
        """What tells the release from others: its reports and the sums of their sources."""
        sums = sorted(f"{row['report']} {row.get('sum')}" for row in self.rows)
        return hashlib.sha256("\n".join(sums).encode()).hexdigest()

    def release(self, quads: int) -> Release:
        """The release as the server knows it, without texts and files."""
        reports = [
            Report(
                iri=_text(row, "report"),
                unit=_text(row, "unit"),
                unitName=_text(row, "name"),
                fiscalYear=int(_text(row, "year")[:4]),
                title=_text(row, "title"),
                findings=int(_text(row, "findings") or 0),
            )
            for row in self.rows
        ]
        manifest = Manifest(juesuan="", base=self.namespace.base, quads=quads, reports=reports)
        return Release(NOWHERE, manifest, self.namespace, self.fingerprint, self.is_plain)


def told_by(endpoint: Endpoint, namespace: Namespace | None = None) -> Told:
    """What an endpoint serves; from then on it is asked so that its default graph is the union.

    One that holds no release is served as it is, with its own default graph.

    Raises:
        Unreached: it doesn't answer.
        ReleaseError: it holds a release, but its default graph isn't the union.
    """
    try:
        found = _namespace(endpoint)
        if found is None:
            told = Told(Namespace(), (), is_plain=True)
            endpoint.fingerprint = told.fingerprint
            return told
        namespace = namespace or found
        queries = Queries(namespace)
        for union in UNIONS:
            endpoint.union = union
            if rows := endpoint.select(queries.make("reports")):
                told = Told(namespace, rows)
                endpoint.fingerprint = told.fingerprint
                return told
    except ApiError as error:
        raise ReleaseError(f"{endpoint.url} is no endpoint to serve: {error}") from error
    raise ReleaseError(
        f"{endpoint.url} has no report of {namespace.base} in its default graph; "
        "load a release there, and let the default graph be the union of all graphs"
    )


def release_of(endpoints: Sequence[Endpoint], known: Release | None) -> tuple[Release, str]:
    """The release that endpoints serve, and its fingerprint; `known` is what it must be.

    One that doesn't answer now is passed over: it is looked at before it is first asked.

    Raises:
        ReleaseError: none answers, or they don't serve one and the same release.
    """
    first: tuple[Endpoint, Told] | None = None
    silent = []
    for endpoint in endpoints:
        try:
            told = told_by(endpoint, known.namespace if known else first and first[1].namespace)
        except Unreached as error:
            endpoint.rest()
            silent.append(str(error))
            continue
        if first is None:
            first = endpoint, told
        elif told.fingerprint != first[1].fingerprint:
            raise ReleaseError(f"{endpoint.url} serves another release than {first[0].url}")
    if first is None:
        raise ReleaseError(f"no backend answers: {'; '.join(silent)}")
    endpoint, told = first
    if known is None:
        return told.release(_counted(endpoint)), told.fingerprint
    if {_text(row, "report") for row in told.rows} != set(known.reports):
        raise ReleaseError(f"{endpoint.url} serves another release than that at {known.path}")
    return known, told.fingerprint


def _counted(endpoint: Endpoint) -> int:
    """How many quads there are; 0 where that can't be told."""
    try:
        [row] = endpoint.select("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }")
    except (Unreached, ApiError):
        return 0
    return int(_text(row, "n"))


def _namespace(endpoint: Endpoint) -> Namespace | None:
    """The namespace of the release that an endpoint holds; None where it holds none."""
    found = {_text(row, "ontology") for row in endpoint.select(_ONTOLOGIES)}
    bases = [iri.removesuffix("ontology") for iri in sorted(found) if iri.endswith("/ontology")]
    if not bases:
        return None
    return Namespace(DEFAULT_BASE if DEFAULT_BASE in bases else bases[0])


def _text(row: Row, name: str) -> str:
    term = row.get(name)
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else ""
