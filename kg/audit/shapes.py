"""The audit rules as shapes/*.ttl state them: what each asks, how bad it is, what to say."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from pyoxigraph import NamedNode, QuerySolutions, RdfFormat, Store

from kg.audit.finding import Severity, Unit
from kg.audit.messages import Text
from kg.audit.needs import constants, needed
from kg.resources import published, turtle
from kg.vocabulary import DEFAULT_BASE, PREFIXES, Namespace

_RULES = """
SELECT ?family ?shape ?severity ?select ?sum ?unit
  ?messageZh ?messageEn ?labelZh ?labelEn ?commentZh ?commentEn
WHERE { GRAPH ?family {
  ?shape a sh:NodeShape ; sh:severity ?severity ; sh:sparql ?sparql ;
    rdfs:label ?labelZh, ?labelEn ; rdfs:comment ?commentZh, ?commentEn .
  ?sparql sh:select ?select ; sh:message ?messageZh, ?messageEn .
  OPTIONAL { ?shape bud:sum ?sum }
  OPTIONAL { ?shape qudt:hasUnit ?unit }
  FILTER (LANG(?messageZh) = "zh" && LANG(?labelZh) = "zh" && LANG(?commentZh) = "zh")
  FILTER (LANG(?messageEn) = "en" && LANG(?labelEn) = "en" && LANG(?commentEn) = "en")
} } ORDER BY ?family ?shape"""

_DECLARATIONS = """
SELECT ?prefix ?namespace
WHERE { GRAPH ?family { ?declaration sh:prefix ?prefix ; sh:namespace ?namespace } }
ORDER BY ?prefix"""

_UNITS: Mapping[str, Unit] = {
    "http://qudt.org/vocab/unit/PERCENT": "percent",
    "http://qudt.org/vocab/unit/NUM": "number",
}
#: How every query writes half of the last printed place, in units of that place's factor.
_HALF = "0.005"


@dataclass(frozen=True, slots=True)
class Rule:
    """One shape: `query` finds what breaks it, `message` is the template that says so.

    `id` is the last segment of the shape's IRI, `family` the name of the file that it stands in.
    `unit` is what the numbers found and expected are of; `sum` is the template of how the expected
    one is made, where that doesn't follow from the query. `mentions` are the IRIs in the query,
    `needs` those without which a graph can't break the rule.
    """

    id: str
    family: str
    severity: Severity
    label: Text
    comment: Text
    message: Text
    query: str
    unit: Unit
    sum: str | None
    mentions: frozenset[str]
    needs: frozenset[str]

    @property
    def exact(self) -> str:
        """The query without its tolerance: half of the last printed place is none."""
        return self.query.replace(_HALF, "0")


@functools.cache
def load_rules(base: str = DEFAULT_BASE) -> tuple[Rule, ...]:
    """The rules sorted by family and id, with all IRIs of ours under `base`; read once a process.

    >>> [rule.id for rule in load_rules() if rule.family == "performance"][:2]
    ['evaluation-of-nothing', 'evaluation-rate']
    """
    store = Store()
    for path in sorted(published("shapes").glob("*.ttl")):
        store.load(
            turtle(path, base), format=RdfFormat.TURTLE, to_graph=NamedNode(f"family:{path.stem}")
        )
    declarations = _rows(store, _DECLARATIONS)
    prefixes = {row["prefix"]: row["namespace"] for row in declarations}
    return tuple(_rule(row, prefixes) for row in _rows(store, _RULES, base))


def family_question(family: str) -> str:
    """What the rules of a family ask: the first line of their file.

    >>> family_question("performance")
    'Do the self-evaluations of a report fit their own figures?'
    """
    text = turtle(published("shapes") / f"{family}.ttl", DEFAULT_BASE)
    return text.partition("\n")[0].removeprefix("# ")


def _rows(store: Store, query: str, base: str = DEFAULT_BASE) -> list[dict[str, str]]:
    solutions = store.query(query, prefixes=Namespace(base).prefixes())
    assert isinstance(solutions, QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    return [{name: row[name].value for name in names if row[name]} for row in solutions]


def _rule(row: dict[str, str], prefixes: Mapping[str, str]) -> Rule:
    prologue = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in prefixes.items())
    return Rule(
        id=row["shape"].rpartition("/")[2],
        family=row["family"].removeprefix("family:"),
        severity=cast(Severity, row["severity"].removeprefix(PREFIXES["sh"])),
        label=Text(row["labelZh"], row["labelEn"]),
        comment=Text(row["commentZh"], row["commentEn"]),
        message=Text(row["messageZh"], row["messageEn"]),
        query=prologue + row["select"],
        unit=_UNITS[row["unit"]] if "unit" in row else "yuan",
        sum=row.get("sum"),
        mentions=constants(row["select"], prefixes),
        needs=needed(row["select"], prefixes),
    )
