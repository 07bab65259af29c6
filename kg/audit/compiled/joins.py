"""What the loops of a compiled query run over: subjects that meet, objects, rows by their keys."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

#: The subjects of an object that nothing has.
NONE: AbstractSet[Any] = frozenset()
#: The objects of an OPTIONAL triple that isn't there.
UNBOUND = (None,)


def meet(*sets: AbstractSet[Any]) -> AbstractSet[Any]:
    """What is in all sets; the smallest decides how long that takes."""
    first, *others = sorted(sets, key=len)
    for other in others:
        if not first:
            break
        first = first & other
    return first


def pairs(objects: Mapping[Any, Iterable[Any]]) -> Iterator[tuple[Any, Any]]:
    """All subjects of a property with their objects."""
    return ((one, other) for one, others in objects.items() for other in others)


def matching(values: Collection[Any], value: Any) -> Collection[Any]:
    """The values that a variable may have, which is perhaps bound already."""
    if value is None:
        return values
    return (value,) if value in values else ()


def keyed(rows: Iterable[tuple[Any, ...]], at: Sequence[int]) -> dict[tuple[Any, ...], list[Any]]:
    """Rows by what stands at some places of them."""
    found: dict[tuple[Any, ...], list[Any]] = {}
    for row in rows:
        found.setdefault(tuple(row[place] for place in at), []).append(row)
    return found
