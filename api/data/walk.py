"""Walks over the reports of a release in the order of their IRIs, some at a time.

Records stand under their reports: a page is found by looking into one report after the other, from
where the last page ended. Nothing is skipped by counting, so depth costs nothing; reports are taken
by ever more where few of their records are wanted.
"""

from __future__ import annotations

import csv
import io
from bisect import bisect_left
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass

from api.data.cursor import read_cursor, write_cursor

Row = dict[str, str]
#: How many more reports are looked into where the last ones held too little, and at most.
_GROWTH, _MOST_REPORTS = 4, 256


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


#: Asks for the first rows (?report ?thing …) of some reports, after a position, at most so many.
Ask = Callable[[Sequence[str], Position | None, int], Awaitable[list[Row]]]


async def walk(
    ask: Ask, reports: Sequence[str], after: Position | None, most: int
) -> AsyncIterator[list[Row]]:
    """Rows in the order of their reports and IRIs, in batches of at most `most`.

    `reports` are sorted. Whoever has enough stops asking.
    """
    start, size = bisect_left(reports, after.report) if after else 0, 1
    while start < len(reports):
        rows = await ask(reports[start : start + size], after, most)
        if len(rows) == most:
            after = Position.of(rows[-1])
            start, size = bisect_left(reports, after.report), max(1, size // _GROWTH)
        else:
            after = None
            start, size = start + size, min(size * _GROWTH, _MOST_REPORTS)
        if rows:
            yield rows


async def page_of(
    ask: Ask, reports: Sequence[str], after: Position | None, limit: int
) -> tuple[list[Row], Position | None]:
    """A page of `limit` rows, and where the next one begins, if there is one."""
    found: list[Row] = []
    async for rows in walk(ask, reports, after, limit + 1):
        found += rows
        if len(found) > limit:
            return found[:limit], Position.of(found[limit - 1])
    return found, None


def rows_of(answer: bytes) -> list[Row]:
    """The rows of an answer in CSV (SPARQL 1.1 Query Results CSV); unbound variables are empty."""
    return list(csv.DictReader(io.StringIO(answer.decode(), newline="")))
