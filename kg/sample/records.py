"""The truth of samples as JSON lines: `kg.facts.as_json` records, each with its source."""

from __future__ import annotations

import dataclasses
import functools
import json
from decimal import Decimal
from typing import Any

from kg.facts import Dimensions
from kg.sample.truth import Sample

_encode = json.JSONEncoder(ensure_ascii=False).encode


def json_lines(sample: Sample, source: str) -> str:
    """The head, the facts in reading order, then the contradictions, one object a line."""
    records = (sample.head, *sample.facts, *sample.contradictions)
    encoded = _encode(
        [{"source": source, "kind": type(r).__name__.lower(), **_plain(r)} for r in records]
    )
    # encoded together, they take half the time; no text can hold this key, its quotes unescaped
    return encoded[1:-1].replace('}, {"source": ', '}\n{"source": ') + "\n"


def _plain(value: Any) -> Any:
    """What `kg.facts.as_json` makes of a value, at a third of its cost: benchmarks need that."""
    kind = type(value)
    if kind in _LEAVES:
        return value
    if kind is Decimal:
        return format(value, "f")
    if kind is tuple:
        return [_plain(part) for part in value]
    return _known(value) if kind is Dimensions else _record(value, kind)


def _record(value: Any, kind: type[Any]) -> dict[str, Any]:
    if kind not in _fields:
        names = (field.name for field in dataclasses.fields(kind) if field.compare)
        _fields[kind] = tuple(("of" if name == "kind" else name, name) for name in names)
    found = {}
    for printed, name in _fields[kind]:
        field = getattr(value, name)
        if field is not None and field != ():
            found[printed] = field if type(field) in _LEAVES else _plain(field)
    return found


@functools.lru_cache(maxsize=1 << 13)
def _known(dimensions: Dimensions) -> dict[str, Any]:
    """Dimensions that come again in other reports; not to be changed."""
    return _record(dimensions, Dimensions)


#: What JSON has as it is.
_LEAVES = (str, int)

#: The fields of each kind of record, with their names in the JSON before them.
_fields: dict[type[Any], tuple[tuple[str, str], ...]] = {}
