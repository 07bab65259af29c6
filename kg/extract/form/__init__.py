"""What a report tells of itself: its headings, whom and which year it names, what it denies."""

from kg.extract.form.reading import read_form

__all__ = ["read_form"]
