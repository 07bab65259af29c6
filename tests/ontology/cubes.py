"""The Data Cube specification's normalisation and integrity constraints, run on a store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.vocabulary import PREFIXES

FOLDER = Path(__file__).parent / "cube"
CONSTRAINTS = tuple(sorted(FOLDER.glob("ic-*.rq")))
PROLOGUE = "".join(
    f"PREFIX {prefix}: <{iri}>\n"
    for prefix, iri in {
        **PREFIXES,
        "": "https://example.org/",
        "vann": "http://purl.org/vocab/vann/",
    }.items()
)
MEASURE_TYPE = ox.NamedNode(PREFIXES["qb"] + "measureType")


def normalise(store: ox.Store) -> None:
    """Expand an abbreviated cube: https://www.w3.org/TR/vocab-data-cube/#normalize-algorithm."""
    for phase in ("normalise-1.ru", "normalise-2.ru"):
        store.update(PROLOGUE + (FOLDER / phase).read_text("utf-8"))


def violations(store: ox.Store, constraint: Path) -> list[str]:
    """What in a normalised cube breaks a constraint, as readable rows."""
    return [
        " ".join(str(term) for term in row)
        for query in _made(store, constraint.read_text("utf-8"))
        for row in store.query(PROLOGUE + query)
    ]


def _made(store: ox.Store, query: str) -> Iterator[str]:
    """The query, or one for each structure or property of a hierarchy that it is to be made for."""
    if "$structure" in query:
        yield from _for_structures(store, query)
    elif "owl:inverseOf $property" in query:
        for p in _column(store, "?list qb:parentChildProperty/owl:inverseOf ?x FILTER isIRI(?x)"):
            yield query.replace("$property", str(p))
    elif "$property" in query:
        for p in _column(store, "?list qb:parentChildProperty ?x FILTER isIRI(?x)"):
            yield query.replace("$property", str(p))
    else:
        yield query


def _for_structures(store: ox.Store, query: str) -> Iterator[str]:
    for structure in _column(store, "?x a qb:DataStructureDefinition"):
        dimensions = _column(
            store,
            f"{structure} qb:component/qb:componentProperty ?x . ?x a qb:DimensionProperty",
        )
        if "qb:measureType" in query:
            if MEASURE_TYPE not in dimensions:
                continue
            dimensions.remove(MEASURE_TYPE)
        pattern = " ".join(f"; {dimension} ?d{n}" for n, dimension in enumerate(dimensions))
        variables = " ".join(f"?d{n}" for n in range(len(dimensions)))
        yield (
            query.replace("$structure", str(structure))
            .replace("$pattern", pattern)
            .replace("$dimensions", variables)
        )


def _column(store: ox.Store, pattern: str) -> list[ox.NamedNode]:
    rows = store.query(PROLOGUE + f"SELECT DISTINCT ?x WHERE {{ {pattern} }}")
    return [row["x"] for row in rows if isinstance(row["x"], ox.NamedNode)]
