"""A release's manifest: what was built from what, with counts; the same for the same input."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

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
    issued: str | None = None


@dataclass(frozen=True, slots=True)
class SupersededEntry:
    """A report that was published once, and that another file has corrected since."""

    iri: str
    unit_name: str
    fiscal_year: int
    title: str
    source: str
    sha256: str

    @classmethod
    def of(cls, entry: ReportEntry) -> SupersededEntry:
        """What is kept of a report."""
        return cls(*(getattr(entry, name) for name in cls.__slots__))

    @classmethod
    def read(cls, said: Mapping[str, Any]) -> SupersededEntry:
        """The same from what a manifest says of a report, superseded or not."""
        return cls(*(said[_camel_name(name)] for name in cls.__slots__))

    def file(self, base: str, ending: str) -> str:
        """Where a release has its Turtle or its text."""
        return f"superseded/{self.iri.removeprefix(f'{base}report/')}/{self.sha256[:8]}{ending}"


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
    superseded: tuple[SupersededEntry, ...] = ()

    def write(self, path: Path) -> None:
        content = _camel({"juesuan": __version__} | asdict(self))
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")


def as_json(entry: ReportEntry) -> dict[str, Any]:
    """A report as a manifest says it."""
    said = _camel(asdict(entry))
    assert isinstance(said, dict)
    return said


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
