"""Reports that were published again, corrected: which file holds, what is kept of the others.

Of one report (a unit's, for a year) one file is published. The one that it replaces is kept under
its digest in `superseded/`, and the catalogue says which revises which.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.build.linking import link
from kg.build.manifest import ReportEntry, SupersededEntry
from kg.build.parts import Parts
from kg.resources import toml

#: The words of file names and titles that say that a report is a correction.
_CORRECTED: tuple[str, ...] = tuple(toml(__package__, "superseded.toml")["corrected"])
#: What is kept of a superseded report.
ENDINGS = (".ttl", ".txt")


@dataclass(frozen=True)
class History:
    """What a release that is about to be replaced had; `folder` is None where there is none."""

    folder: Path | None
    reports: Mapping[str, Mapping[str, Any]]
    superseded: Sequence[SupersededEntry]

    @classmethod
    def of(cls, folder: Path | None, manifest: Mapping[str, Any]) -> History:
        """The history that a release's manifest tells."""
        older = (SupersededEntry.read(entry) for entry in manifest.get("superseded", ()))
        return cls(folder, {e["iri"]: e for e in manifest.get("reports", ())}, tuple(older))

    def order(self, iri: str) -> list[str]:
        """The SHA-256 of the files of a report that were published, the oldest first."""
        known = [entry.sha256 for entry in self.superseded if entry.iri == iri]
        return [*known, self.reports[iri]["sha256"]] if iri in self.reports else known


def newer(one: ReportEntry, other: ReportEntry, history: History) -> ReportEntry | None:
    """Which of two files of one report holds; None where nothing tells.

    The one issued later; else the one that calls itself a correction; else the one that the release
    before this one didn't have.
    """
    if one.issued and other.issued and one.issued != other.issued:
        return max(one, other, key=lambda entry: entry.issued or "")
    corrections = [entry for entry in (one, other) if _is_correction(entry)]
    if len(corrections) == 1:
        return corrections[0]
    order = history.order(one.iri)
    ranks = [order.index(e.sha256) if e.sha256 in order else len(order) for e in (one, other)]
    if ranks[0] == ranks[1]:
        return None
    return one if ranks[0] > ranks[1] else other


def superseded(
    reports: Iterable[Parts], older: Iterable[Parts], history: History
) -> list[SupersededEntry]:
    """All that is kept of what the reports of a release supersede, a report's oldest first."""
    found: dict[tuple[str, str], SupersededEntry] = {}
    current = {parts.entry.iri: parts.entry.sha256 for parts in reports}
    before = (SupersededEntry.read(entry) for entry in history.reports.values())
    here = (SupersededEntry.of(parts.entry) for parts in older)
    for entry in (*history.superseded, *before, *here):
        if current.get(entry.iri, entry.sha256) != entry.sha256:
            found.setdefault((entry.iri, entry.sha256), entry)
    return sorted(found.values(), key=lambda entry: entry.iri)


def keep_superseded(
    entries: Iterable[SupersededEntry], older: Iterable[Parts], history: History, release: Path,
    base: str,
) -> None:  # fmt: skip
    """Put the Turtle and the text of superseded reports into a release."""
    parts = {(p.entry.iri, p.entry.sha256): p for p in older}
    for entry in entries:
        place = release / entry.file(base, "")
        here = parts.get((entry.iri, entry.sha256))
        for ending in ENDINGS:
            if here:
                source = here.turtle if ending == ".ttl" else here.text
            else:
                source = _published(entry, ending, history, base)
            link(source, place.with_name(place.name + ending))


def _published(entry: SupersededEntry, ending: str, history: History, base: str) -> Path:
    """Where the release before has a superseded report: kept already, or as its own."""
    assert history.folder is not None
    kept = history.folder / entry.file(base, ending)
    name = entry.iri.removeprefix(f"{base}report/")
    current = "data/reports" if ending == ".ttl" else "sources"
    return kept if kept.is_file() else history.folder / current / f"{name}{ending}"


def _is_correction(entry: ReportEntry) -> bool:
    return any(word in f"{entry.source} {entry.title}".lower() for word in _CORRECTED)
