"""The data sets of a report: which observation is in which, and what holds for each as a whole."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from kg.facts import (
    Change,
    Count,
    Fact,
    MoneyUnit,
    Observation,
    Ratio,
    Reading,
    Statement,
    reading_of,
)
from kg.graph import Graph
from kg.mapping.identity import Names
from kg.record import record
from kg.vocabulary import CNY

#: Each kind of observation has measures of its own, so data sets of its own.
_KINDS: Mapping[type[Fact], str] = {
    Statement: "",
    Ratio: "/ratios",
    Change: "/changes",
    Count: "/counts",
}


@record
class DataSet:
    """A data set (qb:DataSet), and what all its observations share and so don't say themselves."""

    iri: str
    place: str
    structure: str
    reading: Reading | None
    money: MoneyUnit | None
    #: Whether that is another unit than most amounts of the place are in: rules ask it of each.
    is_odd: bool


def data_sets(names: Names, facts: Iterable[Fact]) -> dict[str, DataSet]:
    """The data set of each observation among some facts, by the observation's IRI.

    One a place and kind; amounts that the place prints in another unit than most have one of their
    own, for what a data set says holds for all of it, and so has what is said a second time, for no
    two observations of a data set have the same dimensions (Data Cube, IC-12).
    """
    members: dict[str, list[Observation]] = defaultdict(list)
    for fact in facts:
        if isinstance(fact, Observation):
            kind = _KINDS[type(fact)]
            members[f"{names.report}/{fact.dimensions.place}{kind}"].append(fact)
    found: dict[str, DataSet] = {}
    for iri, observations in members.items():
        parts: dict[str, dict[str, Observation]] = defaultdict(dict)
        units = Counter(unit for unit in map(_unit, observations) if unit)
        usual = units.most_common(1)[0][0] if units else None
        said: Counter[str] = Counter()
        for observation in observations:
            subject = names.facts[observation]
            said[about := subject.partition("~")[0]] += 1
            unit = _unit(observation)
            part = iri if unit == usual else f"{iri}/{unit}"
            part = part if said[about] == 1 else f"{part}/{said[about]}"
            parts[part][subject] = observation
        for part, own in parts.items():
            found |= dict.fromkeys(own, _shared(part, list(own.values()), usual))
    return found


def map_data_sets(graph: Graph, names: Names, sets: Iterable[DataSet]) -> None:
    """State the data sets, each with what holds for it as a whole."""
    for data_set in dict.fromkeys(sets):
        graph.types(data_set.iri, "qb:DataSet")
        graph.add(data_set.iri, "qb:structure", data_set.structure)
        graph.add(data_set.iri, "bud:report", names.report)
        graph.code(data_set.iri, "bud:place", f"place/{data_set.place}")
        if data_set.reading:
            graph.code(data_set.iri, "bud:reading", f"reading/{data_set.reading}")
        if data_set.money:
            graph.add(data_set.iri, "bud:currency", CNY)
            graph.code(data_set.iri, "bud:reportedUnit", f"money/{data_set.money}")


def _shared(iri: str, observations: list[Observation], usual: MoneyUnit | None) -> DataSet:
    first = observations[0]
    readings = set(map(reading_of, observations))
    return DataSet(
        iri,
        first.dimensions.place,
        f"bud:{type(first).__name__}Structure",
        readings.pop() if len(readings) == 1 else None,
        _unit(first),
        _unit(first) != usual,
    )


def _unit(observation: Observation) -> MoneyUnit | None:
    return observation.money.unit if isinstance(observation, Statement | Change) else None
