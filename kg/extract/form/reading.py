"""All that a report tells of itself."""

from __future__ import annotations

from kg.extract.form.denials import read_denials
from kg.extract.form.headings import read_headings
from kg.extract.form.irregularities import read_irregularities
from kg.extract.form.mentions import read_mentions
from kg.extract.form.targets import read_targets, read_unmet_denials
from kg.facts import Form, Head
from kg.outline import Outline


def read_form(outline: Outline, head: Head) -> list[Form]:
    """Headings, mentions, denials, irregularities and targets of a report, each by its place."""
    headings = read_headings(outline)
    return [
        *headings,
        *read_mentions(outline, head, headings),
        *read_denials(outline, headings),
        *read_irregularities(outline),
        *read_unmet_denials(outline),
        *read_targets(outline),
    ]
