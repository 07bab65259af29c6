"""Findings to quads of the graph of findings."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Quad

from kg.audit.finding import Finding
from kg.vocabulary import Namespace


def map_findings(findings: Iterable[Finding], namespace: Namespace) -> list[Quad]:
    """The quads of findings, in ``graph/findings``."""
    return []
