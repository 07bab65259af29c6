"""The rules of shapes/, run set-wise on a report's graph: contradictions to findings."""

from kg.audit.finding import Finding
from kg.audit.rules import audit

__all__ = ["Finding", "audit"]
