"""From what is asked to what a query is given: codes become IRIs, units become their reports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from api.errors import BadValue
from api.names.ready import Names
from api.release import Report
from api.site import Site
from kg.vocabulary import PREFIXES

_G_YEAR = ox.NamedNode(f"{PREFIXES['xsd']}gYear")
#: The dimensions that can be filtered by, with the code lists that their values are of.
SCHEMES = {
    "place": "place",
    "flow": "flow",
    "fund": "fund",
    "phase": "phase",
    "nature": "nature",
    "function": "functional",
    "economic": "economic",
    "item": "item",
}


def iris_of(site: Site, name: str, values: Iterable[str], folder: str) -> tuple[str, ...] | None:
    """The IRIs of a parameter's values: IRIs, or ids in a folder of ours; None without any.

    Raises:
        BadValue: a value can't be part of an IRI.
    """
    iris = tuple(
        value if value.startswith(("http://", "https://")) else site.namespace.base + folder + value
        for value in dict.fromkeys(values)
    )
    for iri, value in zip(iris, dict.fromkeys(values), strict=True):
        try:
            ox.NamedNode(iri)
        except ValueError as error:
            raise BadValue(name=name, value=value) from error
    return iris or None


def years_of(years: Iterable[int]) -> tuple[ox.Literal, ...] | None:
    """Fiscal years as literals."""
    return tuple(ox.Literal(str(year), datatype=_G_YEAR) for year in dict.fromkeys(years)) or None


@dataclass(frozen=True, slots=True)
class Where:
    """Whose reports a question is about, and of which years; all of them, unless it says."""

    units: Sequence[str] = ()
    region: str | None = None
    reports: Sequence[str] = ()
    years: Sequence[int] = ()


def reports_of(site: Site, where: Where) -> Sequence[str]:
    """The IRIs of the reports that a question is about, in their order; the names must be ready."""
    release = site.release
    if where == Where():
        return release.report_iris
    found: Iterable[Report] = release.reports.values()
    if where.units:
        units = iris_of(site, "unit", where.units, "unit/") or ()
        found = [report for unit in units for report in release.reports_of(unit)]
    if where.region:
        there = units_in(site, site.names.get(), where.region)
        found = [report for report in found if report.unit in there]
    if where.reports:
        named = set(iris_of(site, "report", where.reports, "report/") or ())
        found = [report for report in found if report.iri in named]
    if where.years:
        found = [report for report in found if report.fiscal_year in where.years]
    return sorted(report.iri for report in found)


def units_in(site: Site, names: Names, region: str) -> set[str]:
    """The IRIs of the units of a region and of all that it holds."""
    mask = names.facets.matching({"region": region})["region"]
    things = (names.index.all[number] for number in mask.nonzero()[0].tolist())
    return {site.namespace.base + thing.id for thing in things if thing.kind == "unit"}
