"""The CSV files of a release as a Fiscal Data Package, which is a Tabular Data Package.

Sources: https://specs.frictionlessdata.io/tabular-data-package/,
https://specs.frictionlessdata.io/fiscal-data-package/; `model` is what its versions up to 0.3 ask.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kg.tables.definitions import Column, Table, dimension_types, expanded
from kg.vocabulary import Namespace

#: The table that a Fiscal Data Package is about.
FISCAL = "figures"
_TYPES = {
    "decimal": "number",
    "integer": "integer",
    "year": "year",
    "boolean": "boolean",
    "date": "date",
    "start": "integer",
    "end": "integer",
}


def data_package(
    tables: Iterable[Table], namespace: Namespace, said: Mapping[str, Any], years: Iterable[int]
) -> dict[str, Any]:
    """The description of the package; `said` tells of all of it: title, licence, publisher."""
    tables, years = tuple(tables), sorted(years)
    (fiscal,) = (table for table in tables if table.name == FISCAL)
    return {
        # the published JSON Schema of a Fiscal Data Package asks for this profile, and tools that
        # check by profile need not fetch it; `profiles` and `model` say that it is fiscal
        "profile": "tabular-data-package",
        "profiles": {"fiscal": "*", "tabular": "*"},
        "name": "juesuan",
        **said,
        "countryCode": "CN",
        "granularity": "aggregated",
        "fiscalPeriod": {"start": f"{years[0]}-01-01", "end": f"{years[-1]}-12-31"},
        "model": _model(fiscal),
        "resources": [_resource(table, namespace) for table in tables],
    }


def _resource(table: Table, namespace: Namespace) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column, table, namespace) for column in table.columns],
        "missingValues": [""],
        "primaryKey": [table.columns[0].name],
    }
    if keys := [_foreign_key(column) for column in table.columns if column.refers]:
        schema["foreignKeys"] = keys
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": f"{table.title['zh']} ({table.title['en']})",
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "header": True},
        "schema": schema,
    }


def _field(column: Column, table: Table, namespace: Namespace) -> dict[str, Any]:
    said: dict[str, Any] = {
        "name": column.name,
        "title": column.title["zh"],
        "description": column.title["en"],
        "type": "string" if column.many else _TYPES.get(column.type, "string"),
    }
    if column.paths:
        said["rdfType"] = expanded(column.paths[0][-1], namespace)
    if column.always:
        said["constraints"] = {"required": True, "unique": column.type == "key"}
    if column.fiscal and table.name == FISCAL:
        said["columnType"] = column.fiscal["columnType"]
    return said


def _foreign_key(column: Column) -> dict[str, Any]:
    resource, _, key = (column.refers or "").partition(".")
    return {"fields": [column.name], "reference": {"resource": resource, "fields": [key]}}


def _model(table: Table) -> dict[str, Any]:
    """Which columns are amounts, and which say what the amounts are about."""
    measures: dict[str, Any] = {}
    dimensions: dict[str, Any] = {}
    for column in table.columns:
        fiscal = column.fiscal or {}
        source = {"source": column.name, "resource": table.name}
        if "measure" in fiscal:
            measures[column.name] = {**source, "currency": fiscal["measure"], "factor": 1}
        if name := fiscal.get("dimension"):
            kind = dimension_types()[name]
            dimension = dimensions.setdefault(
                name, {"dimensionType": kind, "primaryKey": ["code"], "attributes": {}}
            )
            is_label = fiscal["columnType"].endswith(":label")
            attribute = {**source, "labelfor": "code"} if is_label else source
            dimension["attributes"]["label" if is_label else "code"] = attribute
    return {"measures": measures, "dimensions": dimensions}
