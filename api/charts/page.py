"""The charts of one thing's page: asked for, drawn, and with their numbers as tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pyoxigraph as ox

from api.charts.areas import draw_areas
from api.charts.bars import draw_bars
from api.charts.columns import draw_columns
from api.charts.definition import Chart, charts_of
from api.charts.drawing import Drawing
from api.charts.numbers import Line, Numbers, local, numbers_of
from api.pages.money import grouped, wan
from api.pages.shown import Shower
from api.pages.view import View
from api.store import Term
from kg.vocabulary import PREFIXES

_YEAR = "http://www.w3.org/2001/XMLSchema#gYear"
_CENT = Decimal("0.01")
#: The kinds of things that charts' queries call a code.
_CODES = ("function", "economic")
#: How many rows a chart's words tell of.
_TOLD = 4


class Charts:
    """The charts of a thing of some types; there are none for most."""

    def __init__(self, view: View, iri: str, types: set[str]) -> None:
        self._view = view
        self._kind = _kind_of(view, types)
        self.years = self._years(iri)
        self._year = _chosen(view, self.years)
        self._charts = charts_of(self._kind) if self._kind and self.years else ()
        terms = self._terms(iri)
        base = view.site.namespace.base
        self._queries = [chart.query(base, terms) for chart in self._charts]
        self._tables = view.site.charts.fetch(self._queries)
        self._numbers = [
            numbers_of(chart, table.rows) if table else None
            for chart, table in zip(self._charts, self._tables, strict=True)
        ]

    @property
    def year(self) -> int | None:
        """The year that is shown."""
        return self._year

    def numbers(self, name: str) -> Numbers | None:
        """The numbers of the chart of this name; None without it, or where they came too late."""
        found = zip(self._charts, self._numbers, strict=True)
        return next((numbers for chart, numbers in found if chart.name == name), None)

    @property
    def whole(self) -> bool:
        """Whether no chart came too late."""
        return all(table is not None for table in self._tables)

    def iris(self) -> set[str]:
        """What needs a name."""
        found = [numbers for numbers in self._numbers if numbers]
        terms: list[object] = [line.key for numbers in found for line in numbers.lines]
        terms += [kind for numbers in found for kind in numbers.series.values()]
        return {term.value for term in terms if isinstance(term, ox.NamedNode)}

    def shown(self, shower: Shower) -> list[Mapping[str, Any]]:
        """Each chart that has anything to show, as the template shows it."""
        parts = zip(self._charts, self._queries, self._numbers, strict=True)
        return [
            self._shown(shower, chart, query, numbers)
            for chart, query, numbers in parts
            if numbers is None
            or any(c.number for line in numbers.lines for c in line.cells.values())
        ]

    def year_links(self) -> list[tuple[int, str, bool]]:
        """The years that may be chosen, with their addresses; of one alone, none."""
        if len(self.years) < 2 or not any(
            "{year}" in title for chart in self._charts for title in chart.title.values()
        ):
            return []
        path, rest = self._view.path, dict(self._view.parameters)
        return [
            (year, self._view.links.path(path, **(rest | {"year": str(year)})), year == self._year)
            for year in self.years
        ]

    def _years(self, iri: str) -> list[int]:
        release = self._view.site.release
        if self._kind is None:
            return []
        reports = release.reports_of(iri) if self._kind == "unit" else release.manifest.reports
        return sorted({report.fiscal_year for report in reports})

    def _terms(self, iri: str) -> Mapping[str, str]:
        """What the queries' parameters stand for."""
        if not self._charts or self._kind is None:
            return {}
        name = "code" if self._kind in _CODES else self._kind
        terms = {
            name: str(ox.NamedNode(iri)),
            "year": str(ox.Literal(str(self._year), datatype=ox.NamedNode(_YEAR))),
        }
        if self._kind == "unit":
            reports = self._view.site.release.reports_of(iri)
            terms["reports"] = " ".join(str(ox.NamedNode(report.iri)) for report in reports)
            latest = [report for report in reports if report.fiscal_year == self._year]
            terms["report"] = str(ox.NamedNode(latest[-1].iri))
        return terms

    def _shown(
        self, shower: Shower, chart: Chart, query: str, numbers: Numbers | None
    ) -> Mapping[str, Any]:
        view = self._view
        content = {
            "name": chart.name,
            "form": chart.form,
            "title": chart.title[view.language].format(year=self._year),
            "unit": view.text(f"chart.{chart.unit}"),
            "query": view.links.path("/sparql", query=query),
            "csv": view.links.path("/sparql", query=query, format="csv"),
            "rdf": view.links.path("/sparql", query=chart.describing(query), format="ttl"),
        }
        if numbers is None:
            return content | {"drawing": None}
        names = {name: self._series(shower, term) for name, term in numbers.series.items()}
        names["target"] = view.text("series.target")
        rows = [self._row(shower, chart, line, numbers) for line in numbers.lines]
        drawing = self._draw(chart, numbers, names, lambda line: self._named(shower, line))
        return content | {
            "drawing": drawing,
            "about": view.text(f"chart.row-{chart.row}"),
            "columns": [names[name] for name in numbers.series],
            "rows": rows,
            "words": _words(rows),
        }

    def _draw(
        self,
        chart: Chart,
        numbers: Numbers,
        names: Mapping[str, str],
        name_of: Callable[[Line], str],
    ) -> Drawing:
        show = _in_wan if chart.unit == "yuan" else grouped
        if chart.form == "columns":
            return draw_columns(chart, numbers, names, show)
        if chart.form == "bars":
            return draw_bars(chart, numbers, names, show, name_of)
        return draw_areas(numbers, show, name_of)

    def _row(self, shower: Shower, chart: Chart, line: Line, numbers: Numbers) -> Mapping[str, Any]:
        """A row of the table: each number leads to the fact that states it."""
        shown = shower.term(line.key)
        show = wan if chart.unit == "yuan" else grouped
        cells = [
            (show(cell.number), self._view.links.href(cell.fact) if cell.fact else None)
            if (cell := line.cells.get(name))
            else ("", None)
            for name in numbers.series
        ]
        named = replace(shown, text=self._named(shower, line), code=shown.code)
        return {"name": named, "cells": cells}

    def _named(self, shower: Shower, line: Line) -> str:
        if isinstance(line.key, ox.NamedNode) and local(line.key) == "all":
            return self._view.text("report.total")
        return shower.term(line.key).text

    def _series(self, shower: Shower, term: Term | str) -> str:
        """What a series is called: by our texts, else by its own name."""
        own = self._view.find_text(f"series.{local(term)}")
        if own is None and not isinstance(term, str):
            return shower.term(term).text
        return own or str(term)


def _kind_of(view: View, types: set[str]) -> str | None:
    bud = view.site.namespace.ontology
    kinds = {
        f"{PREFIXES['org']}FormalOrganization": "unit",
        f"{bud}Region": "region",
        f"{bud}FunctionClass": "function",
        f"{bud}FunctionDivision": "function",
        f"{bud}FunctionItem": "function",
        f"{bud}EconomicClass": "economic",
        f"{bud}EconomicDivision": "economic",
        f"{bud}Project": "project",
    }
    return next((kind for type_, kind in kinds.items() if type_ in types), None)


def _chosen(view: View, years: Sequence[int]) -> int | None:
    """The year asked for, where there is one of it; else the latest."""
    asked = dict(view.parameters).get("year", "")
    chosen = [year for year in years if str(year) == asked]
    return next(iter(chosen), max(years, default=None))


def _in_wan(yuan: Decimal) -> str:
    """An amount in 万元 as short as can be read: cents of it at most."""
    return grouped(yuan.scaleb(-4).quantize(_CENT))


def _words(rows: Sequence[Mapping[str, Any]]) -> str:
    """A chart in words, for who doesn't see it: its first rows."""
    told = [
        f"{row['name'].text} {', '.join(text for text, _ in row['cells'] if text)}"
        for row in rows[:_TOLD]
    ]
    return "; ".join(told) + ("…" if len(rows) > _TOLD else "")
