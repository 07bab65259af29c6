"""Records: small values that never change, made by the ten thousand for each report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def record(cls: type[T]) -> type[T]:
    """A data class with slots, hashed by its fields, that mypy lets nobody change.

    `dataclass(frozen=True)` forbids it at run time too, by making each field a call of
    `object.__setattr__`: that would be a tenth of the time of reading a report.
    """
    return dataclass(slots=True, unsafe_hash=True)(cls)
