"""One report's extraction: its head, the facts of its tables and text, and what is left."""

from __future__ import annotations

from kg.collector import collector_at_rest
from kg.extract.counts import read_counts
from kg.extract.evaluations import read_evaluations
from kg.extract.form import read_form
from kg.extract.head import read_head
from kg.extract.narrative import read_narrative
from kg.extract.performance import read_performance, read_unit_review
from kg.extract.prose import read_explanation
from kg.extract.tables import read_table
from kg.extract.unclaimed import unclaimed
from kg.facts import Extraction, Fact, Statement
from kg.outline import Outline


@collector_at_rest()
def extract(outline: Outline) -> Extraction:
    """All facts of a report, in the order in which they are printed.

    Raises:
        HeadError: the report doesn't say whose it is, or for which year.

    """
    head = read_head(outline)
    year = head.fiscal_year
    facts: list[Fact] = []
    structure: set[int] = set()
    for titled in outline.tables:
        reading = read_table(outline.document, titled, year)
        facts += reading.facts
        facts += reading.misnomers
        structure |= reading.structure
    attested = {
        fact.dimensions.function.code
        for fact in facts
        if isinstance(fact, Statement) and fact.dimensions.function
    }
    facts += read_explanation(outline, year, frozenset(filter(None, attested)))
    facts += read_evaluations(outline, year)
    facts += read_unit_review(outline, year)
    facts += read_performance(outline, year)
    facts += read_counts(outline, year)
    facts += read_narrative(outline, year)
    facts += read_form(outline, head)
    facts.sort(key=lambda fact: ((p := fact.passage).start, p.end, type(fact).__name__))
    return Extraction(head, tuple(facts), tuple(unclaimed(outline, facts, structure)))
