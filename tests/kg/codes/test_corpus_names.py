"""Every function that the five real reports only name gets its code, by a hand-made key."""

import tomllib
from collections import defaultdict
from pathlib import Path

import pytest

from corpus import NUMBERS, document_of, extraction_of
from kg.facts import Change, Ratio, Statement
from kg.mapping import Source, map_report
from kg.vocabulary import Namespace

KEY = tomllib.loads((Path(__file__).parent / "functions.toml").read_text("utf-8"))


def line_of(fact: Statement | Change | Ratio) -> int:
    return fact.passage.line if isinstance(fact, Ratio) else fact.money.passage.line


@pytest.mark.parametrize("number", NUMBERS)
def test_names_resolve_as_the_key_has_them(number: str) -> None:
    found: defaultdict[int, set[str]] = defaultdict(set)
    unresolved: set[int] = set()
    for fact in extraction_of(number).facts:
        if isinstance(fact, Statement | Change | Ratio) and (about := fact.dimensions.function):
            if about.resolved and about.code:
                found[line_of(fact)].add(about.code)
            elif about.code is None:
                unresolved.add(line_of(fact))
    expected = {int(line): set(codes) for line, codes in KEY["named"][number].items()}
    assert found == expected
    assert unresolved == {int(line) for line in KEY["suggested"].get(number, {})}


@pytest.mark.parametrize("number", KEY["suggested"])
def test_what_a_wrong_path_meant_is_suggested(number: str) -> None:
    document = document_of(number)
    source = Source(document.format, document.sha256)
    namespace = Namespace()
    suggested = {}
    lines = {}
    for quad in map_report(extraction_of(number), source, namespace):
        predicate = quad.predicate.value
        if predicate == f"{namespace.ontology}suggestedFunction":
            suggested[quad.subject] = quad.object.value.rpartition("/")[2]  # type: ignore[union-attr]
        elif predicate == f"{namespace.ontology}line":
            lines[quad.subject] = int(quad.object.value)  # type: ignore[union-attr]
    by_line = {lines[subject]: code for subject, code in suggested.items()}
    for line, code in KEY["suggested"][number].items():
        assert by_line[int(line)] == code
