"""The JSON Schema (2020-12) of what `juesuan extract` prints: made from the records themselves."""

from __future__ import annotations

from typing import Any, get_args

from pydantic import TypeAdapter

from kg.facts import Fact, Head, Reading, Unclaimed
from kg.vocabulary import Namespace

Json = dict[str, Any]


def record_schema(namespace: Namespace) -> Json:
    """The schema of one line: the head, a fact or an unclaimed figure, told apart by `kind`."""
    records = [Head, *get_args(Fact), Unclaimed]
    definitions: Json = {}
    for record in records:
        schema = TypeAdapter(record).json_schema(
            mode="serialization", ref_template="#/$defs/{model}"
        )
        definitions |= schema.pop("$defs", {})
        definitions[record.__name__] = schema
    del definitions["Function"]["properties"]["resolved"]  # `read` tells it
    for name, schema in definitions.items():
        definitions[name] = _as_printed(schema)
    lines = [_line(record, definitions[record.__name__]) for record in records]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{namespace.base}facts.schema.json",
        "title": "A line of `juesuan extract`",
        "oneOf": lines,
        "$defs": dict(sorted(definitions.items())),
    }


def _as_printed(schema: Json) -> Json:
    """A record's schema as `kg.facts.as_json` prints it: what is absent is left out, never null."""
    properties = {name: _present(value) for name, value in schema["properties"].items()}
    if "kind" in properties:
        properties = {"of" if name == "kind" else name: v for name, v in properties.items()}
    required = ["of" if name == "kind" else name for name in schema.get("required", [])]
    required = [name for name in required if "null" not in _types(schema["properties"].get(name))]
    return {
        "type": "object",
        "description": schema["description"],
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _types(value: Json | None) -> list[str]:
    return [option.get("type", "") for option in (value or {}).get("anyOf", [])]


def _present(value: Json) -> Json:
    """A property's schema without null, its default and the title that repeats its name."""
    value = {key: v for key, v in value.items() if key not in ("title", "default")}
    options = [option for option in value.get("anyOf", []) if option.get("type") != "null"]
    return options[0] if len(options) == 1 else value


def _line(record: type, schema: Json) -> Json:
    """A record's own line, which tells its kind and how it was read; one within another doesn't."""
    told: Json = {"kind": {"const": record.__name__.lower()}}
    if record in get_args(Fact):
        told["read"] = {"enum": list(get_args(Reading))}
    schema["properties"] = told | schema["properties"]
    return {"$ref": f"#/$defs/{record.__name__}", "required": list(told)}
