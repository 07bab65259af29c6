"""Walks over the reports of a release in the order of their IRIs, some at a time.

Records stand under their reports: a page is found by looking into one report after the other, from
where the last page ended. Nothing is skipped by counting, so depth costs nothing; reports are taken
by ever more where few of their records are wanted.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

from api.data.rows import Position, Row

#: How many more reports are looked into where the last ones held too little, and at most.
_GROWTH, _MOST_REPORTS = 4, 256
#: How many rows are asked for at once where all are wanted.
PIECE = 1000

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
            start = bisect_left(reports, after.report)
        else:
            after, start = None, start + size
        size = _next_size(size, len(rows), most)
        if rows:
            yield rows


def _next_size(size: int, found: int, most: int) -> int:
    """How many reports to look into, where `size` of them have held so many of `most` rows.

    >>> _next_size(16, 64, 100), _next_size(16, 0, 100), _next_size(4, 100, 100)
    (25, 64, 4)
    """
    likely = -(-size * most // found) if found else size * _GROWTH
    return max(1, min(likely, size * _GROWTH, _MOST_REPORTS))


async def pieces_of(
    ask: Ask, reports: Sequence[str], after: Position | None, limit: int | None
) -> AsyncIterator[list[Row]]:
    """All rows a piece at a time, or the first `limit` in one."""
    if limit is None:
        async for rows in walk(ask, reports, after, PIECE):
            yield rows
    else:
        yield (await page_of(ask, reports, after, limit))[0]


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
