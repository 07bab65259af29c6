"""A release's manifest: what was built from what, with counts; the same for the same input."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from kg import __version__


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """One report of a release; `facts` counts its facts by kind."""

    iri: str
    unit: str
    unit_name: str
    fiscal_year: int
    title: str
    source: str
    sha256: str
    format: str
    characters: int
    quads: int
    facts: dict[str, int]
    unclaimed: int
    findings: int


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that is not in the release, and why, in one sentence."""

    source: str
    message: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is in a release; nothing in it depends on the day, the machine or the workers."""

    base: str
    quads: int
    reports: tuple[ReportEntry, ...]
    failures: tuple[Failure, ...]

    def write(self, path: Path) -> None:
        content = _camel({"juesuan": __version__} | asdict(self))
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _camel(value: object) -> object:
    """JSON names as the web writes them: unit_name is unitName."""
    if isinstance(value, dict):
        return {_camel_name(k): _camel(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_camel(v) for v in value]
    return value


def _camel_name(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(word.capitalize() for word in others)
