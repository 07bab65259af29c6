"""All that a report tells beside its figures."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.narrative.compositions import read_compositions
from kg.extract.narrative.glossary import read_glossary
from kg.extract.narrative.overview import read_overview
from kg.extract.narrative.work import read_work
from kg.facts import Fact
from kg.outline import Outline


def read_narrative(outline: Outline, year: int) -> Iterator[Fact]:
    """Duties, offices, subordinate units, work items, terms, and what figures are made up of."""
    yield from read_overview(outline)
    yield from read_work(outline)
    yield from read_glossary(outline, year)
    yield from read_compositions(outline, year)
