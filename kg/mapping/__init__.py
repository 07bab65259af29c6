"""Extractions to quads: a pure function of one report's facts and the base IRI."""

from kg.mapping.findings import map_findings
from kg.mapping.identity import name_report
from kg.mapping.report import Source, map_report

__all__ = ["Source", "map_findings", "map_report", "name_report"]
