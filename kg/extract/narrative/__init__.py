"""What a report tells beside its figures: the unit's make-up, its work, its terms."""

from kg.extract.narrative.reading import read_narrative

__all__ = ["read_narrative"]
