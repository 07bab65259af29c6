"""The pages of `/sparql`: the form with its examples, and a result as a table with links."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from api.formats import GRAPHS, RESULTS, Format
from api.pages.shown import Shower, iris_of, sources_of
from api.pages.view import View
from api.protocol import Asked
from api.query_text import Form
from api.store import Row, Table
from api.workers import PooledStore

#: What a new query starts with: enough for the examples' words.
_OFFERED = ("bud", "dct", "prov", "qb", "sh", "skos")
_TRIPLE = ("subject", "predicate", "object")


def editor(view: View) -> Mapping[str, Any]:
    """The form, prefixes filled in."""
    return {"query": starting_query(view), "table": None, "truth": None, "downloads": []}


def starting_query(view: View) -> str:
    prefixes = view.site.namespace.prefixes()
    prologue = "".join(f"PREFIX {name}: <{prefixes[name]}>\n" for name in _OFFERED)
    return f"{prologue}\nSELECT * WHERE {{\n  ?report a bud:Report ; dct:title ?title .\n}}\n"


def results(view: View, asked: Asked, form: Form | None) -> Mapping[str, Any]:
    """The form with its query, and the answer below it."""
    assert asked.query is not None
    store, most = PooledStore(view.site.visitors), view.site.settings.table_rows
    truth: bool | None = None
    table: Table | None = None
    formats: Sequence[Format] = RESULTS
    if form == "ASK":
        truth = store.ask(asked.query, asked.dataset)
    elif form == "SELECT":
        table = store.select(asked.query, asked.dataset, most)
    else:
        formats = GRAPHS
        triples = store.construct(asked.query, asked.dataset, most + 1)
        rows: list[Row] = [
            dict(zip(_TRIPLE, (t.subject, t.predicate, t.object), strict=True)) for t in triples
        ]
        table = Table(_TRIPLE, rows[:most], len(rows) > most)
    return {
        "query": asked.query,
        "truth": truth,
        "table": _shown(view, table) if table else None,
        "downloads": [(f.extension, _address(view, asked, f.extension)) for f in formats],
    }


def _address(view: View, asked: Asked, extension: str) -> str:
    graphs = {
        "default-graph-uri": list(asked.dataset.default) or None,
        "named-graph-uri": list(asked.dataset.named) or None,
    }
    return view.links.path("/sparql", query=asked.query, format=extension, **graphs)


def _shown(view: View, table: Table) -> Mapping[str, Any]:
    terms: Iterable[Any] = (term for row in table.rows for term in row.values())
    shower = Shower(view, view.labels(iris_of(terms)), sources_of(view))
    rows = [
        [shower.term(row[name]) if name in row else None for name in table.variables]
        for row in table.rows
    ]
    # A column of numbers alone is headed as they stand: to the right.
    numeric = [all(x is None or x.number for x in column) for column in zip(*rows, strict=True)]
    columns = list(zip(table.variables, numeric, strict=True)) if rows else []
    return {"columns": columns, "rows": rows, "cut": table.cut}
