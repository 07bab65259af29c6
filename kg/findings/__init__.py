"""Files to findings, and findings as people and programs read them."""

from kg.findings.audited import Audited, audit_files

__all__ = ["Audited", "audit_files"]
