"""Rows of ?report ?thing …: asked for, read, and where they stand among all."""

from __future__ import annotations

import json
from dataclasses import dataclass

from api.data.cursor import read_cursor, write_cursor
from api.formats import JSON_RESULTS
from api.site import Site
from api.store import WHOLE
from api.workers import Body
from api.workers.limits import Visitor

#: A row by its variables; those that are unbound are empty.
Row = dict[str, str]
#: The longest answer that is kept for the next who asks, in bytes.
_KEPT = 1 << 20


@dataclass(frozen=True, slots=True)
class Position:
    """The record that was the last so far: its report and its own IRI."""

    report: str
    thing: str

    @classmethod
    def of(cls, row: Row) -> Position:
        return cls(row["report"], row["thing"])

    def cursor(self, base: str) -> str:
        thing = self.thing.removeprefix(self.report).removeprefix(base)
        return write_cursor(self.report.removeprefix(base), thing)


def position_at(cursor: str | None, base: str) -> Position | None:
    """The position that a cursor names; raise BadCursor where it names none."""
    if cursor is None:
        return None
    report, thing = read_cursor(cursor, 2)
    # what stands under its report begins with a slash
    return Position(base + report, (base + report if thing.startswith("/") else base) + thing)


async def ask_rows(site: Site, query: str, visitor: Visitor) -> list[Row]:
    """The rows of a query, among what visitors ask."""
    question = query, WHOLE, JSON_RESULTS.extension
    kept = site.answers.get(question)
    if kept is None:
        body = await site.visitors.ask("write", query, JSON_RESULTS, WHOLE, visitor=visitor)
        kept = await site.run(_read, body)
        if len(kept) <= _KEPT:
            site.answers.keep(question, kept)
    return await site.run(rows_of, kept)


def _read(body: Body) -> bytes:
    with body:
        return body.read()


def rows_of(answer: bytes) -> list[Row]:
    """The rows of an answer (SPARQL 1.1 Query Results JSON Format)."""
    # in the engine's CSV the commas of IRIs aren't quoted, and passages have commas
    read = json.loads(answer)
    names = read["head"]["vars"]
    rows = read["results"]["bindings"]
    return [{n: row[n]["value"] if n in row else "" for n in names} for row in rows]
