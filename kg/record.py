"""Records: small values that never change, made by the ten thousand for each report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def record(cls: type[T]) -> type[T]:
    """A data class with slots that mypy lets nobody change.

    It is hashed by its fields; what has a passage by where that begins, which tells as much sooner.
    `dataclass(frozen=True)` forbids it at run time too, by making each field a call of
    `object.__setattr__`: that would be a tenth of the time of reading a report.
    """
    if hasattr(cls, "passage") or "passage" in cls.__annotations__:
        cls.__hash__ = _place  # type: ignore[method-assign, assignment]
        return dataclass(slots=True)(cls)
    return dataclass(slots=True, unsafe_hash=True)(cls)


def _place(fact: Any) -> int:
    start: int = fact.passage.start
    return start
