"""What observations are called, which have no name: what they are about, and their number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from api.links import report_of
from api.nodes import Node, nodes_of
from api.pages.labels import Label, Labels
from api.pages.money import grouped, wan
from api.queries import Queries
from api.store import Store
from api.texts import TEXTS, Language
from kg.vocabulary import Namespace

#: What an observation is about, as it is called.
ABOUT = (
    *("function", "economic", "item", "nature", "fund", "flow"),
    *("ratioKind", "changeBase", "phase", "fiscalYear"),
)


class Observations:
    """The observations among some things."""

    def __init__(
        self, store: Store, queries: Queries, namespace: Namespace, iris: Iterable[str]
    ) -> None:
        self._bud = namespace.ontology
        # only what is under a report can be one, and a passage is none
        under = (iri for iri in iris if report_of(iri, namespace.base) and "#" not in iri)
        asked = sorted(under)
        rows = store.select(queries.make("about", things=asked)).rows if asked else []
        self._nodes = nodes_of(rows)

    def iris(self) -> set[str]:
        """What needs a name for theirs."""
        return {iri for node in self._nodes.values() for iri in self._parts(node)}

    def named(self, labels: Labels, language: Language) -> Labels:
        """The names of other things, with theirs."""
        own = {iri: Label(self._name(n, labels, language)) for iri, n in self._nodes.items()}
        return labels.adding(own)

    def _name(self, node: Node, labels: Labels, language: Language) -> str:
        words = [labels.of(iri).text for iri in self._parts(node)]
        year = (node.one(f"{self._bud}fiscalYear") or "")[:4]
        return " · ".join(filter(None, (*words, year, self._number(node, language))))

    def _parts(self, node: Node) -> list[str]:
        """Its place, and what is no matter of course."""
        about = (iri for name in ABOUT for iri in node.iris(self._bud + name))
        return [*node.iris(f"{self._bud}place"), *telling(about)]

    def _number(self, node: Node, language: Language) -> str:
        amount, percent = (node.decimal(self._bud + name) for name in ("amount", "percent"))
        count = node.integer(f"{self._bud}count")
        if amount is not None:
            return TEXTS.text("unit.wan", language, number=wan(amount))
        if percent is not None:
            return f"{grouped(percent)}%"
        unit = node.one(f"{self._bud}countUnit") or ""
        return f"{grouped(count)} {unit}".rstrip() if count is not None else ""


def telling(iris: Iterable[str]) -> Sequence[str]:
    """Those values of dimensions that don't go without saying."""
    return [iri for iri in iris if not iri.endswith(("/all", "/flow/expenditure"))]
