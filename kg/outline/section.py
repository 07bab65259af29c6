"""A section of a report: a stretch of its running text with a title."""

from __future__ import annotations

from kg.record import record


@record
class Section:
    """A stretch of the running text: its title from `heading`, its body from `start` to `end`."""

    place: str
    heading: int
    start: int
    end: int
