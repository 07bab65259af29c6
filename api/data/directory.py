"""The reports of a release in the order of their IRIs: where walks over their records begin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from api.queries import Queries
from api.store import Store
from kg.vocabulary import Namespace


@dataclass(frozen=True, slots=True)
class Entry:
    """A report: whose it is, of which year, how many findings there are on it."""

    iri: str
    unit: str
    year: int
    title: str
    findings: int


class Directory:
    """All reports, by IRI and by unit."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.all: Sequence[Entry] = sorted(entries, key=lambda entry: entry.iri)
        self.iris: Sequence[str] = [entry.iri for entry in self.all]
        self.by_iri: Mapping[str, Entry] = {entry.iri: entry for entry in self.all}
        self._by_unit: dict[str, list[Entry]] = {}
        for entry in self.all:
            self._by_unit.setdefault(entry.unit, []).append(entry)

    def of(self, unit: str) -> Sequence[Entry]:
        """The reports of a unit, the oldest first."""
        return self._by_unit.get(unit, [])

    def of_all(self, units: Iterable[str]) -> list[Entry]:
        """The reports of some units, by IRI."""
        found = (entry for unit in set(units) for entry in self.of(unit))
        return sorted(found, key=lambda entry: entry.iri)


def read_directory(store: Store, queries: Queries, namespace: Namespace) -> Directory:
    """The reports that a store holds."""
    query = queries.make("data/reports", graph=namespace.graph("findings"))
    found: dict[str, Entry] = {}
    for row in store.select(query).rows:
        report, unit, year, title, findings = (
            getattr(row[name], "value", "")
            for name in ("report", "unit", "year", "title", "findings")
        )
        found.setdefault(report, Entry(report, unit, int(year), title, int(findings)))
    return Directory(found.values())
