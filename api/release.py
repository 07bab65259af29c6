"""A release directory as the server sees it: its manifest, its sums, its reports' texts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pydantic import BaseModel, Field, ValidationError

from kg.digest import sha256_of
from kg.release import ReleaseError, count_quads, dump_of
from kg.signing import SUMS
from kg.vocabulary import DEFAULT_BASE, Namespace

MANIFEST = "manifest.json"
SCHEMA = "facts.schema.json"
CATALOGUE = "catalog.ttl"
VOID = "void.ttl"
CHANGES = "changes/stream.ttl"
#: Where a release has no directory: nothing is ever found under it.
NOWHERE = Path("/dev/null/release")


class Report(BaseModel):
    """One report, as the manifest lists it."""

    iri: str
    unit: str = ""
    unit_name: str = Field(alias="unitName")
    fiscal_year: int = Field(alias="fiscalYear")
    title: str
    facts: dict[str, int] = {}
    quads: int = 0
    unclaimed: int = 0
    findings: int = 0


class Manifest(BaseModel):
    """What the server needs of `manifest.json`."""

    juesuan: str
    base: str
    quads: int
    reports: list[Report]


@dataclass(frozen=True)
class Release:
    """A release directory that has been looked over: `open_release` makes it."""

    path: Path
    manifest: Manifest
    namespace: Namespace
    digest: str
    #: Whether it is RDF of any kind, and no release: then its default graph is its own.
    is_plain: bool = False

    @cached_property
    def reports(self) -> Mapping[str, Report]:
        """The reports by their IRI."""
        return {report.iri: report for report in self.manifest.reports}

    @cached_property
    def report_iris(self) -> Sequence[str]:
        """The IRIs of the reports, in their order."""
        return sorted(self.reports)

    @cached_property
    def _by_unit(self) -> Mapping[str, list[Report]]:
        found: dict[str, list[Report]] = {}
        for report in sorted(self.manifest.reports, key=lambda report: report.fiscal_year):
            found.setdefault(report.unit, []).append(report)
        return found

    def reports_of(self, unit: str) -> Sequence[Report]:
        """The reports of the unit with this IRI, by year."""
        return self._by_unit.get(unit, ())

    def source(self, report: str) -> str | None:
        """The canonical text of the report with this IRI; None where the release has none."""
        if report not in self.reports:
            return None
        unit_and_year = report.removeprefix(f"{self.namespace.base}report/")
        path = (self.path / "sources" / f"{unit_and_year}.txt").resolve()
        if not path.is_relative_to(self.path.resolve()) or not path.is_file():
            return None
        # Positions count characters of the text as it is: no newline may be rewritten.
        return path.read_bytes().decode("utf-8")


def open_release(path: Path) -> Release:
    """Look a release directory over; raise ReleaseError, with one sentence, where it is broken.

    A file of RDF is served as well: as a release without reports, texts and files.
    """
    if path.is_file():
        manifest = Manifest(juesuan="", base=DEFAULT_BASE, quads=count_quads(path), reports=[])
        return Release(NOWHERE, manifest, Namespace(), sha256_of(path), is_plain=True)
    if not path.is_dir():
        raise ReleaseError(f"there is no release at {path}: no such directory")
    manifest = _manifest(path)
    try:
        namespace = Namespace(manifest.base)
    except ValueError as error:
        raise ReleaseError(f"the release at {path} has a base IRI of no use: {error}") from error
    return Release(path, manifest, namespace, _digest(path))


def _manifest(path: Path) -> Manifest:
    file = path / MANIFEST
    try:
        return Manifest.model_validate(json.loads(file.read_text("utf-8")))
    except FileNotFoundError as error:
        raise ReleaseError(f"{path} is no release: it has no {MANIFEST}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "its top level"
        problem = f"{where}: {first['msg'].lower()}"
        raise ReleaseError(f"{file} can't be used: {problem}") from error
    except (OSError, ValueError) as error:
        raise ReleaseError(f"{file} can't be read: {error}") from error


def _digest(path: Path) -> str:
    """The SHA-256 of the release's sums, after checking the data against them."""
    try:
        sums = (path / SUMS).read_bytes()
        name = dump_of(path).relative_to(path).as_posix()
        found = sha256_of(path / name)
    except FileNotFoundError as error:
        missing = Path(error.filename).relative_to(path)
        raise ReleaseError(f"the release at {path} is not whole: it has no {missing}") from error
    except OSError as error:
        raise ReleaseError(f"the release at {path} can't be read: {error}") from error
    pairs = (line.split(maxsplit=1) for line in sums.decode("utf-8", "replace").splitlines())
    stated = {pair[1].lstrip("*"): pair[0] for pair in pairs if len(pair) == 2}
    if stated.get(name) != found:
        raise ReleaseError(f"the release at {path} is damaged: {name} doesn't match {SUMS}")
    return hashlib.sha256(sums).hexdigest()
