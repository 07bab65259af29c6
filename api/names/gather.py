"""Reads what has names out of a release's store."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import pyoxigraph as ox

from api.names.things import Thing, Things
from api.nodes import Node, nodes_of
from api.pages.labels import Labels
from api.queries import Queries
from api.release import Release
from api.store import Row, Store
from kg.resources import toml
from kg.vocabulary import PREFIXES

_SKOS = PREFIXES["skos"]
_DIMENSIONS = ("function", "economic", "item")
_CLASS_DIGITS = 3
_UNIT_AND_YEAR = re.compile(r"report/([^/]+)/([0-9]{4})")
_FUNCTION = "code/functional/"
_LEFT_OUT = frozenset(toml(__package__, "names.toml")["left_out"])


class Gatherer:
    """Reads the things of one release."""

    def __init__(self, store: Store, queries: Queries, release: Release) -> None:
        self._store = store
        self._queries = queries
        self._release = release
        self._base = release.namespace.base
        self._bud = release.namespace.ontology

    def things(self) -> Things:
        """All things, in an order of kinds and ids that depends on the release alone."""
        things: dict[str, Thing] = {}
        for thing in (*self._entities(), *self._texts()):
            things.setdefault(thing.id, thing)
        self._add_uses(things)
        self._add_years(things)
        self._add_findings(things)
        gathered = Things(things.values())
        _add_regions(gathered)
        return gathered

    def _entities(self) -> Iterator[Thing]:
        bud = self._bud
        for node in self._nodes(f"{bud}Unit"):
            yield self._thing(node, "unit", region=self._one(node, f"{bud}region"))
        for node in self._nodes(f"{bud}Region"):
            yield self._thing(node, "region", broader=self._one(node, f"{_SKOS}broader"))
        for node in self._nodes(f"{_SKOS}Concept"):
            scheme, _, _ = self._local(node.iri).rpartition("/")
            if scheme.startswith("code/") and scheme not in _LEFT_OUT:
                broader = self._one(node, f"{_SKOS}broader")
                yield self._thing(node, "code", scheme=scheme, broader=broader)
        for node in self._nodes(f"{bud}Project"):
            yield self._thing(node, "project", unit=self._one(node, f"{bud}unit"))

    def _thing(self, node: Node, kind: str, **references: str | None) -> Thing:
        bud_name = node.text(f"{_SKOS}prefLabel", "zh")
        english = node.text(f"{_SKOS}prefLabel", "en")
        others = {*node.values(f"{_SKOS}altLabel"), *node.values(f"{_SKOS}prefLabel")} - {bud_name}
        thing = Thing(
            self._local(node.iri),
            kind,  # type: ignore[arg-type]
            bud_name or Labels(self._release.namespace, "zh").short(node.iri),
            tuple(sorted(others)),
            node.one(f"{_SKOS}notation"),
            english=english if english != bud_name else None,
        )
        for name, value in references.items():
            setattr(thing, name, value)
        return thing

    def _nodes(self, class_: str) -> list[Node]:
        rows = self._store.select(self._queries.make("name_things", **{"class": class_})).rows
        return sorted(nodes_of(rows).values(), key=lambda node: node.iri)

    def _texts(self) -> Iterator[Thing]:
        bud = self._bud
        for kind, class_, property_ in (
            ("indicator", "Indicator", f"{_SKOS}prefLabel"),
            ("reason", "Explanation", f"{bud}text"),
        ):
            asked = {"class": f"{bud}{class_}", "property": property_}
            rows = self._store.select(self._queries.make("name_texts", **asked)).rows
            for id_, value in sorted(
                (self._id(row, "subject"), _text(row, "value")) for row in rows
            ):
                report = _UNIT_AND_YEAR.match(id_)
                unit, years = _of_report(report[0] if report else "")
                yield Thing(id_, kind, value, unit=unit, years=years)  # type: ignore[arg-type]

    def _add_uses(self, things: dict[str, Thing]) -> None:
        """How often codes are used, when, and which classes units spend on."""
        for dimension in _DIMENSIONS:
            query = self._queries.make("name_uses", property=f"{self._bud}{dimension}")
            for row in self._store.select(query).rows:
                unit, code = self._id(row, "unit"), self._id(row, "code")
                if code in things:
                    things[code].uses += int(_text(row, "uses"))
                    things[code].years |= {int(_text(row, "year"))}
                self._add_class(things, unit, code)
        for row in self._store.select(self._queries.make("name_reasons")).rows:
            self._add_class(things, self._id(row, "subject"), self._id(row, "code"))
        for thing in things.values():
            self._add_class(things, thing.id, thing.id)

    def _add_class(self, things: dict[str, Thing], id_: str, code: str) -> None:
        digits = code.removeprefix(_FUNCTION)[:_CLASS_DIGITS]
        if code.startswith(_FUNCTION) and digits.isdigit() and id_ in things:
            things[id_].classes |= {_FUNCTION + digits}

    def _add_years(self, things: dict[str, Thing]) -> None:
        for report in self._release.reports:
            self._add_report(things, None, self._local(report))
        for row in self._store.select(self._queries.make("name_projects")).rows:
            self._add_report(things, self._id(row, "subject"), self._id(row, "report"))

    def _add_report(self, things: dict[str, Thing], id_: str | None, report: str) -> None:
        """A report's year, to the thing or to its unit."""
        unit, years = _of_report(report)
        thing = things.get(id_ or unit or "")
        if thing:
            thing.years |= years
            thing.uses += 1

    def _add_findings(self, things: dict[str, Thing]) -> None:
        for row in self._store.select(self._queries.make("name_findings")).rows:
            id_ = self._id(row, "subject")
            found = _UNIT_AND_YEAR.fullmatch(id_)
            thing = things.get(f"unit/{found[1]}" if found else id_)
            if thing:
                thing.findings = True

    def _local(self, iri: str) -> str:
        return iri.removeprefix(self._base)

    def _id(self, row: Row, name: str) -> str:
        return self._local(_text(row, name))

    def _one(self, node: Node, property_: str) -> str | None:
        value = node.one(property_)
        return self._local(value) if value else None


def _add_regions(things: Things) -> None:
    """How many reports are of each region, and of those in it."""
    for unit in things.by_id.values():
        if unit.kind == "unit":
            for region in things.above(unit):
                region.uses += unit.uses


@lru_cache(maxsize=1 << 12)
def _of_report(local: str) -> tuple[str | None, frozenset[int]]:
    """The unit and the year of a report, or of something in it, by its id; shared by all in it."""
    found = _UNIT_AND_YEAR.match(local)
    return (f"unit/{found[1]}", frozenset([int(found[2])])) if found else (None, frozenset())


def _text(row: Row, name: str) -> str:
    term = row[name]
    assert isinstance(term, ox.NamedNode | ox.Literal)
    return term.value
