"""Self-evaluations (绩效自评) to evaluations and indicators: forms, and reports in prose."""

from kg.extract.performance.reading import read_performance
from kg.extract.performance.unit import read_unit_review

__all__ = ["read_performance", "read_unit_review"]
