"""Units and projects: found by their names and regions, in the index that search uses as well."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from api.data.models.entities import Evaluation, Project, ReportName, Unit
from api.data.reader import Reader
from api.names.ready import Names
from api.names.searching import search
from api.names.things import Thing
from api.nodes import Node, nodes_of
from kg.vocabulary import PREFIXES

_SKOS = PREFIXES["skos"]
_AMOUNTS = {
    "budget": "budgetAmount",
    "executed": "executedAmount",
    "rate": "executionRate",
    "score": "score",
    "outputs": "outputs",
    "problems": "problems",
    "improvements": "improvements",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which things: `q` is part of the name, `units` are the ids of the units they are of."""

    kind: Literal["unit", "project"]
    q: str | None = None
    region: str | None = None
    units: tuple[str, ...] = ()


def listed(names: Names, wanted: Wanted, after: str | None, limit: int) -> list[Thing]:
    """The first things after the one with the id `after`, by id."""
    all_ = names.index.all
    mask = names.facets.matching({"type": wanted.kind, **_region(wanted)})
    numbers = np.flatnonzero(np.logical_and.reduce(list(mask.values()))).tolist()
    start = bisect_right(numbers, after, key=lambda n: all_[n].id) if after else 0
    found: list[Thing] = []
    for number in numbers[start:]:
        if not wanted.units or all_[number].unit in wanted.units:
            found.append(all_[number])
        if len(found) == limit:
            break
    return found


def searched(names: Names, wanted: Wanted, start: int, limit: int) -> list[Thing]:
    """The things whose names hold the words, from the `start`-th on, the best first."""
    chosen = {"type": wanted.kind, **_region(wanted)}
    if not wanted.units:
        return search(names, wanted.q or "", chosen, start, limit).things
    found = search(names, wanted.q or "", chosen, 0, len(names.index.all)).things
    return [thing for thing in found if thing.unit in wanted.units][start : start + limit]


def _region(wanted: Wanted) -> dict[str, str]:
    return {"region": wanted.region} if wanted.region else {}


def units(reader: Reader, things: Sequence[Thing]) -> list[Unit]:
    """The records of units; blocks."""
    return [_unit(reader, thing) for thing in things]


def _unit(reader: Reader, thing: Thing) -> Unit:
    iri = reader.base + thing.id
    index = reader.site.names.get().index
    region = index.things.region_of(thing)
    at = region and {
        "iri": reader.base + region.id,
        "code": region.notation,
        "label": region.english if reader.view.language == "en" and region.english else region.name,
    }
    reports = [
        ReportName(
            iri=entry.iri,
            url=reader.url(entry.iri),
            year=entry.fiscal_year,
            title=entry.title,
            findings=entry.findings,
        )
        for entry in reader.site.release.reports_of(iri)
    ]
    said = {
        "iri": iri,
        "id": thing.id.removeprefix("unit/"),
        "name": thing.name,
        "other_names": thing.others,
        "region": at,
        "url": reader.url(iri),
        "reports": reports,
    }
    return Unit.model_validate(said)


def projects(reader: Reader, things: Sequence[Thing]) -> list[Project]:
    """The records of projects, with their evaluations; blocks."""
    site = reader.site
    iris = [reader.base + thing.id for thing in things]
    reader.prepare(reader.base + thing.unit for thing in things if thing.unit)
    query = site.queries.make("data/evaluations", projects=iris)
    nodes = nodes_of(site.store.select(query).rows) if iris else {}
    of: dict[str, list[Node]] = {}
    for node in nodes.values():
        of.setdefault(node.one(f"{site.namespace.ontology}project") or "", []).append(node)
    return [
        Project(
            iri=iri,
            name=thing.name,
            url=reader.url(iri),
            unit=reader.unit(reader.base + (thing.unit or "")),
            evaluations=sorted(
                (_evaluation(reader, node) for node in of.get(iri, [])),
                key=lambda evaluation: evaluation.iri,
            ),
        )
        for iri, thing in zip(iris, things, strict=True)
    ]


def _evaluation(reader: Reader, node: Node) -> Evaluation:
    bud = reader.site.namespace.ontology
    said = {
        "iri": node.iri,
        "report": node.one(f"{bud}report"),
        "year": node.one(f"{bud}fiscalYear"),
        **{name: node.one(bud + property_) for name, property_ in _AMOUNTS.items()},
        "passage": next(iter(reader.passages(node)), None),
    }
    return Evaluation.model_validate(said)
