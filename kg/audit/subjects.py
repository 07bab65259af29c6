"""The facts of a report as findings speak of them: what each is about, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from kg.audit.finding import Evidence, Role, Unit
from kg.audit.messages import Text
from kg.graph import Index
from kg.vocabulary import PREFIXES, Namespace

_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_NAME = PREFIXES["skos"] + "prefLabel"
_DIMENSIONS = ("flow", "fund", "nature", "function", "economic", "item", "phase")
#: Where the number of a fact is, by what the rule measures; the first that the fact has.
_NUMBERS: Mapping[Unit, tuple[str, ...]] = {
    "yuan": ("amount", "executedAmount", "budgetAmount"),
    "percent": ("percent", "executionRate"),
    "number": ("count", "score", "weight"),
}
#: What the report prints of a fact.
_PRINTED = ("reportedAmount", "reportedPercent", "reportedCount", "actual")

#: What an evaluation is of where it names no project.
_WHOLE_UNIT = Text("单位整体", "the unit as a whole")


@dataclass(frozen=True, slots=True)
class Subjects:
    """What is said of the things in one report, and `names`, those of the code lists' concepts."""

    said: Mapping[str, Mapping[str, list[str]]]
    names: Mapping[str, Text]
    namespace: Namespace

    @classmethod
    def of(
        cls, facts: set[str], report: Index, names: Mapping[str, Text], namespace: Namespace
    ) -> Subjects:
        """What a report says of some facts, and the names of all else."""
        said = {
            subject: {
                name: [v if isinstance(v, str) else v.value for v in values]
                for name, values in properties.items()
                if subject in facts or name == _NAME
            }
            for subject, properties in report.items()
            if subject in facts or _NAME in properties
        }
        return cls(said, names, namespace)

    def evidence(self, fact: str, role: Role, unit: Unit, path: str | None) -> Evidence:
        """What a finding says of a fact; its number is that of the property `path`, if given."""
        place = next(self._values(fact, "bud:place"), None)
        line, page = (next(self._values(fact, f"bud:{name}"), None) for name in ("line", "page"))
        printed = (p for name in _PRINTED for p in self._values(fact, f"bud:{name}"))
        return Evidence(
            fact=fact,
            role=role,
            about=self.describe(fact),
            place=self.name(place) if place else None,
            printed=next(printed, None),
            value=self._number(fact, unit, path),
            passage=next(self._values(fact, "prov:wasDerivedFrom"), None),
            further=tuple(sorted(self._values(fact, "bud:statedAt"))),
            line=int(line) if line else None,
            page=int(page) if page else None,
        )

    def describe(self, fact: str) -> Text:
        """What a fact is about: its dimensions that aren't "all", its project, or its own name."""
        named = [name for value in self._about(fact) if (name := self.name(value)) is not None]
        if not named:
            is_evaluation = f"{self.namespace.ontology}Evaluation" in self._values(fact, "rdf:type")
            return self.name(fact) or (_WHOLE_UNIT if is_evaluation else Text("", ""))
        return Text("·".join(n.zh for n in named), ", ".join(n.en for n in named))

    def name(self, iri: str) -> Text | None:
        """The name of a concept of the code lists, or of what the report itself names."""
        if iri in self.names:
            return self.names[iri]
        label = next(self._values(iri, "skos:prefLabel"), None)
        return Text(label, label) if label else None

    def called(self, iri: str) -> Text | None:
        """What a message calls an IRI: by its name, or by what the fact is about."""
        return self.name(iri) or (self.describe(iri) if iri in self.said else None)

    def _number(self, fact: str, unit: Unit, path: str | None) -> Decimal | None:
        properties = [path] if path else [f"bud:{name}" for name in _NUMBERS[unit]]
        found = (value for name in properties for value in self._values(fact, name))
        number = next(found, None)
        return Decimal(number) if number and _NUMBER.fullmatch(number) else None

    def _about(self, fact: str) -> Iterator[str]:
        """The IRIs that say what a fact is about; the accounts go without saying."""
        unsaid = self.namespace.code("phase/final")
        for dimension in (*_DIMENSIONS, "project"):
            for value in self._values(fact, f"bud:{dimension}"):
                if value != unsaid and not value.endswith("/all"):
                    yield value

    def _values(self, subject: str, predicate: str) -> Iterator[str]:
        prefix, _, local = predicate.partition(":")
        base = self.namespace.ontology if prefix == "bud" else PREFIXES.get(prefix)
        about = self.said.get(subject, {})
        yield from about.get(base + local if base else predicate, ())
