"""A table or section of a report as its page shows it: what it states of each thing, and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from api.nodes import Node
from api.pages.beside import Beside
from api.pages.money import grouped, in_wan
from api.pages.places import Entry, Line, Place, is_all
from api.pages.shown import Shower, Spot
from api.pages.view import View

#: What is said of a row beside its amounts and counts, in the order of the columns.
_SAID = ("Ratio", "Change")
#: What ratios and changes say of their kind.
_KINDS = ("ratioKind", "changeBase")


class PlaceTable:
    """One place of a report, for one reader; its facts are marked in the text beside it."""

    def __init__(self, view: View, place: Place, year: str, beside: Beside) -> None:
        self._view = view
        self._place = place
        self._year = year
        self._beside = beside
        self._bud = view.site.namespace.ontology
        self._usual = view.site.namespace.code("flow/expenditure")

    def iris(self) -> set[str]:
        """What needs a name."""
        said = (e.node for row in self._place.rows for es in row.said.values() for e in es)
        kinds = {iri for node in said for name in _KINDS for iri in node.iris(self._bud + name)}
        return kinds | set(self._place.iris())

    def shown(self, shower: Shower) -> Mapping[str, Any]:
        """The table, as the template shows it."""
        place, most = self._place, self._view.site.settings.table_rows
        common = [iri for iri in place.common if iri and not is_all(iri) and iri != self._usual]
        said = [kind for kind in _SAID if any(kind in row.said for row in place.rows)]
        heads = [" · ".join(shower.iri(i).text for i in place.heading(c)) for c in place.columns]
        return {
            "common": [shower.iri(iri) for iri in common],
            "columns": [*heads, *(self._view.text(f"said.{kind}") for kind in said)],
            "explained": any("Explanation" in row.said for row in place.rows),
            "rows": [self._row(shower, row, said) for row in place.rows[:most]],
            "more": max(0, len(place.rows) - most),
        }

    def _row(self, shower: Shower, row: Line, said: Sequence[str]) -> Mapping[str, Any]:
        stated = (row.stated.get(column, ()) for column in self._place.columns)
        beside = (row.said.get(kind, ()) for kind in said)
        return {
            "about": [shower.iri(iri) for iri in self._place.about(row)],
            "depth": len(row.wholes),
            "year": row.year if row.year != self._year else None,
            "text": row.text,
            "cells": [[self._entry(shower, e) for e in cell] for cell in (*stated, *beside)],
            "reasons": [
                {"text": e.node.one(f"{self._bud}text"), "spot": self._spot(shower, e.node)}
                for e in row.said.get("Explanation", ())
            ],
        }

    def _entry(self, shower: Shower, entry: Entry) -> Mapping[str, Any]:
        """A fact as a cell shows it."""
        bud, node = self._bud, entry.node
        value, printed = self._value(entry)
        return {
            "href": self._view.links.href(node.iri),
            "value": value,
            "unit": node.one(f"{bud}countUnit"),
            "printed": printed,
            "kinds": [shower.iri(iri).text for name in _KINDS for iri in node.iris(bud + name)],
            "restates": bool(node.all(f"{bud}restates")),
            "contested": (node.one(f"{bud}agreement") or "").endswith("/contested"),
            "spot": self._spot(shower, node),
        }

    def _spot(self, shower: Shower, node: Node) -> Spot | None:
        """Where a fact stands: on this very page, if it is marked there."""
        spot, anchor = shower.spot(node), self._beside.anchor(node)
        return replace(spot, href=f"#{anchor}") if spot and anchor else spot

    def _value(self, entry: Entry) -> tuple[str | None, str | None]:
        """A fact's number, and what the report prints where that is another form of it."""
        bud, node = self._bud, entry.node
        match entry.kind:
            case "Ratio":
                percent = node.decimal(f"{bud}percent")
                return (None if percent is None else f"{grouped(percent)}%"), None
            case "Count":
                count, printed = node.integer(f"{bud}count") or 0, node.one(f"{bud}reportedCount")
                is_same = printed is None or printed.replace(",", "") == str(count)
                return grouped(count), None if is_same else printed
            case _:
                amount = node.decimal(f"{bud}amount")
                return in_wan(amount, node.one(f"{bud}reportedAmount"))
