"""What the CSV files of a release mean, as CSV on the Web.

Source: https://www.w3.org/TR/tabular-metadata/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kg.tables.definitions import NAMED, SEPARATOR, Column, Table, expanded
from kg.vocabulary import Namespace

#: The datatypes of columns whose cells aren't texts or parts of IRIs.
_DATATYPES = {
    "decimal": "decimal",
    "integer": "integer",
    "year": "gYear",
    "boolean": "boolean",
    "date": "date",
    "start": "nonNegativeInteger",
    "end": "nonNegativeInteger",
}


def csv_metadata(
    tables: Iterable[Table], namespace: Namespace, said: Mapping[str, Any]
) -> dict[str, Any]:
    """The metadata of a group of tables; `said` tells of all of them: title, licence."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "zh"}],
        "@type": "TableGroup",
        **said,
        "tables": [_table(table, namespace) for table in tables],
    }


def _table(table: Table, namespace: Namespace) -> dict[str, Any]:
    key = table.columns[0]
    return {
        "@type": "Table",
        "url": f"{table.name}.csv",
        "dc:title": _languages(table.title),
        "tableSchema": {
            "@type": "Schema",
            "aboutUrl": f"{key.start(namespace)}{{+{key.name}}}",
            "primaryKey": key.name,
            "foreignKeys": list(_foreign_keys(table)),
            "columns": [
                *(_column(column, namespace) for column in table.columns),
                *_virtual(table, namespace),
            ],
        },
    }


def _column(column: Column, namespace: Namespace) -> dict[str, Any]:
    said: dict[str, Any] = {
        "@type": "Column",
        "name": column.name,
        "titles": {"und": column.name, **column.title},
    }
    if datatype := _DATATYPES.get(column.type):
        said["datatype"] = datatype
    if column.language:
        said["lang"] = column.language
    if column.many:
        said["separator"] = SEPARATOR
    if column.always:
        said["required"] = True
    if column.type == "key":
        return said | {"suppressOutput": True}
    if column.repeats or column.type in ("start", "end") or (column.many and column.type in NAMED):
        # a value URL is made once a cell, not once a value (§ 5.1.3): several IRIs can't be said
        said["suppressOutput"] = True
    said["propertyUrl"] = expanded(column.paths[0][-1], namespace)
    if column.type in NAMED and not column.many:
        said["valueUrl"] = f"{column.start(namespace)}{{+{column.name}}}"
    return said


def _virtual(table: Table, namespace: Namespace) -> Iterator[dict[str, Any]]:
    """What rows say that no column has: their classes, their passages."""
    for n, type_ in enumerate(table.types, 1):
        yield {
            "@type": "Column",
            "name": f"type{n}",
            "virtual": True,
            "propertyUrl": expanded("rdf:type", namespace),
            "valueUrl": expanded(type_, namespace),
        }
    if table.has_passage:
        yield {
            "@type": "Column",
            "name": "passage",
            "virtual": True,
            "propertyUrl": expanded("prov:wasDerivedFrom", namespace),
            "valueUrl": f"{namespace.base}report/{{+report}}/source#char={{start}},{{end}}",
        }


def _foreign_keys(table: Table) -> Iterator[dict[str, Any]]:
    """The foreign keys that every row has: what a key is that is empty, validators disagree on."""
    for column in table.columns:
        if column.refers and column.always:
            resource, _, key = column.refers.partition(".")
            yield {
                "columnReference": column.name,
                "reference": {"resource": f"{resource}.csv", "columnReference": key},
            }


def _languages(texts: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"@value": text, "@language": language} for language, text in texts.items()]
