"""The annex's self-evaluation tables (绩效自评表) to evaluations and indicators."""

from kg.extract.performance.reading import read_performance
from kg.extract.performance.review import read_unit_review

__all__ = ["read_performance", "read_unit_review"]
