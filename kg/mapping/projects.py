"""Projects that a report names differently at its places: which are probably one, and how sure.

A project of section 五's breakdown, of section 十三 and of the annex has an IRI by its name. Where
names differ (经费 or a bracket added, another word for the same money), the two are a
skos:closeMatch with a confidence; they are never merged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from pyoxigraph import Literal, NamedNode
from rapidfuzz.distance import Indel

from kg.facts import Evaluation, Fact, Statement
from kg.graph import XSD, Graph
from kg.mapping.identity import Names, part_of
from kg.record import record
from kg.vocabulary import normal_name

#: What a name loses before names are compared: brackets, and the words that reports add.
_BRACKETS = re.compile(r"\([^()]*(?:\([^()]*\)[^()]*)*\)")
_ADDED = re.compile(r"(?<=..)(?:项目|专项|工作|经费|资金|支出|费用|保障|补助|费)+$")
#: Amounts that differ by no more than this (yuan) are the same: one in the last printed place.
_SAME_MONEY = Decimal(100)
#: The least confidence of a match, and the least likeness of names that share their money alone.
_LEAST, _ALIKE = 0.6, 0.15


@record
class Named:
    """A project as one place names it, with what was spent on it (yuan)."""

    iri: str
    place: str
    name: str
    spent: Decimal | None


@record
class Match:
    """Two names that are probably of one project."""

    one: Named
    other: Named
    confidence: float


def map_projects(graph: Graph, names: Names, facts: Iterable[Fact]) -> None:
    """State each match of a report as skos:closeMatch, and its confidence on a node of its own."""
    for match in matches(list(named_projects(names, facts))):
        one, other = sorted((match.one.iri, match.other.iri))
        local = "--".join(iri.rpartition("/")[2] for iri in (one, other))
        subject = f"{names.report}/match/{local}"
        graph.add(one, "skos:closeMatch", other)
        graph.types(subject, "bud:ProjectMatch", "rdf:Statement")
        graph.add(subject, "rdf:subject", one)
        graph.add(subject, "rdf:predicate", "skos:closeMatch")
        graph.add(subject, "rdf:object", other)
        confidence = Literal(f"{match.confidence:.2f}", datatype=NamedNode(f"{XSD}decimal"))
        graph.add(subject, "bud:matchConfidence", confidence)


def named_projects(names: Names, facts: Iterable[Fact]) -> Iterator[Named]:
    """The projects that each place of a report names, each once."""
    seen: set[tuple[str, str]] = set()
    for fact in facts:
        match fact:
            case Evaluation(project=str(name)):
                spent = fact.executed.amount if fact.executed else None
                found = Named(names.project(name), fact.place, name, spent)
            case Statement() if fact.dimensions.nature == "project" and fact.dimensions.part:
                about = fact.dimensions
                iri = names.local_item(part_of(about) or "")
                found = Named(iri, about.place, about.part or "", fact.money.amount)
            case _:
                continue
        if (found.place, found.iri) not in seen:
            seen.add((found.place, found.iri))
            yield found


def matches(projects: Sequence[Named]) -> list[Match]:
    """Of each two places, the names that are probably of one project; each name at most once."""
    found: list[Match] = []
    places = sorted({project.place for project in projects})
    for place, other in combinations(places, 2):
        found += _between(
            [p for p in projects if p.place == place], [p for p in projects if p.place == other]
        )
    unique = {(m.one.iri, m.other.iri): m for m in sorted(found, key=lambda m: m.confidence)}
    return sorted(unique.values(), key=lambda m: (m.one.iri, m.other.iri))


def _between(ones: Sequence[Named], others: Sequence[Named]) -> list[Match]:
    """The surest match first; a project that both places name alike needs none."""
    shared = {one.iri for one in ones} & {other.iri for other in others}
    pairs = [
        Match(one, other, _confidence(one, other, ones, others))
        for one in ones
        for other in others
        if not {one.iri, other.iri} & shared
    ]
    taken: set[Named] = set()
    found = []
    for pair in sorted(pairs, key=lambda m: (-m.confidence, m.one.iri, m.other.iri)):
        if pair.confidence >= _LEAST and not {pair.one, pair.other} & taken:
            taken |= {pair.one, pair.other}
            found.append(pair)
    return found


def _confidence(one: Named, other: Named, ones: Sequence[Named], others: Sequence[Named]) -> float:
    alike = _likeness(one.name, other.name)
    if one.spent is None or other.spent is None:
        return 0.9 * alike
    if not one.spent or not _same_money(one, other):
        return 0.7 * alike
    alone = all(sum(_same_money(one, p) for p in place) == 1 for place in (ones, others))
    if alone and alike >= _ALIKE:
        return 0.55 + 0.4 * alike
    return 0.3 + 0.6 * alike


def _same_money(one: Named, other: Named) -> bool:
    if one.spent is None or other.spent is None:
        return False
    return abs(one.spent - other.spent) <= _SAME_MONEY


def _likeness(one: str, other: str) -> float:
    """How much two names have in common without what reports add.

    >>> _likeness("社区工会经费", "社区工会工作经费（含慰问）")
    1.0
    """
    return Indel.normalized_similarity(_bare(one), _bare(other))


def _bare(name: str) -> str:
    plain = normal_name(name)
    return _ADDED.sub("", _BRACKETS.sub("", plain) or plain)
