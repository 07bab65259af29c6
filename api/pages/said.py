"""What is said of a resource, for its page: every property, of a long list the first values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from api.pages.view import View
from api.store import Row

#: How many times as many rows as a list has on a page are shown before lists are cut.
_LISTS = 4


@dataclass(frozen=True, slots=True)
class Said:
    """Rows of ?property ?value; how many values a property has whose list is cut."""

    rows: list[Row]
    cut: Mapping[str, int] = field(default_factory=dict)


def said_of(view: View, iri: str) -> Said:
    """What is said of a resource; no more of it is read than is shown, but for the counts."""
    store, make, size = view.site.store, view.site.queries.make, view.site.settings.page_rows
    most = _LISTS * size
    rows = store.select(make("properties_start", resource=iri, limit=most + 1)).rows
    if len(rows) <= most:
        return Said(rows)
    shown: list[Row] = []
    cut: dict[str, int] = {}
    for row in store.select(make("property_counts", resource=iri)).rows:
        property_, count = row["property"], row["count"]
        assert isinstance(property_, ox.NamedNode)
        assert isinstance(count, ox.Literal)
        query = make("property_values", resource=iri, property=property_.value, limit=size)
        values = store.select(query).rows
        shown += [{"property": property_, "value": value["value"]} for value in values]
        if int(count.value) > size:
            cut[property_.value] = int(count.value)
    return Said(shown, cut)
