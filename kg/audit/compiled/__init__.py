"""Rules as Python: each query is compiled once, then runs over a report's facts in dictionaries."""

from kg.audit.compiled.facts import Facts
from kg.audit.compiled.programs import RuleError, program

__all__ = ["Facts", "RuleError", "program"]
