"""What is doubtful in the 科目 that a report prints, stated of the figures that print it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from kg.codes import load_code_lists
from kg.codes.naming import Doubt, Evidence, Naming
from kg.facts import ALL, Definition, Function, Statement
from kg.graph import Graph
from kg.mapping.identity import Names
from kg.record import record


@record
class Printed:
    """The 科目 of one place: amounts of those without a code; codes, those properly named apart."""

    amounts: dict[str, set[Decimal]]
    codes: set[str]
    proper: set[str]


def map_namings(graph: Graph, names: Names, statements: Sequence[Statement]) -> None:
    """State each doubt, and what was probably meant; the printed 科目 stays as it is."""
    naming = Naming(load_code_lists().functional, names.fiscal_year)
    money, printed = _money(statements), _printed(statements)
    doubts: dict[tuple[str, str | None, str | None], Doubt | None] = {}
    for statement in statements:
        function, place = statement.dimensions.function, statement.dimensions.place
        if function is None:
            continue
        key = (place, function.code, function.text)
        if key not in doubts:
            doubts[key] = _doubt(naming, function, printed[place], money)
        if doubt := doubts[key]:
            _state(graph, names.facts[statement], doubt)


def map_glossary_namings(graph: Graph, names: Names, entries: Sequence[Definition]) -> None:
    """State the doubts about the functions that the glossary explains."""
    naming = Naming(load_code_lists().functional, names.fiscal_year)
    named = frozenset(e.function.code for e in entries if e.function and e.function.code)
    for entry in entries:
        if function := entry.function:
            printed = function.text or ""
            doubt = (
                naming.of_code(function.code, printed, named)
                if function.code
                else naming.of_names(printed, (), Evidence({}, named))
            )
            if doubt:
                _state(graph, names.facts[entry], doubt)


def _state(graph: Graph, subject: str, doubt: Doubt) -> None:
    graph.code(subject, "bud:naming", f"naming/{doubt.kind}")
    if doubt.suggested:
        graph.code(subject, "bud:suggestedFunction", f"functional/{doubt.suggested}")


def _doubt(
    naming: Naming, function: Function, printed: Printed, money: dict[str, frozenset[Decimal]]
) -> Doubt | None:
    if function.code:
        return naming.of_code(function.code, function.text or "", printed.proper)
    text = function.text or ""
    own = {amount for amount in printed.amounts[text] if amount}
    return naming.of_names(text, own, Evidence(money, frozenset(printed.codes)))


def _printed(statements: Iterable[Statement]) -> dict[str, Printed]:
    """The 科目 of each place."""
    found: dict[str, Printed] = defaultdict(lambda: Printed(defaultdict(set), set(), set()))
    for statement in statements:
        if function := statement.dimensions.function:
            place = found[statement.dimensions.place]
            if function.code is None:
                place.amounts[function.text or ""].add(statement.money.amount)
                continue
            place.codes.add(function.code)
            if not function.text:
                place.proper.add(function.code)
    return found


def _money(statements: Iterable[Statement]) -> dict[str, frozenset[Decimal]]:
    """What the tables spend on each code that they print."""
    found: defaultdict[str, set[Decimal]] = defaultdict(set)
    for statement in statements:
        about, function = statement.dimensions, statement.dimensions.function
        whole = about.nature == about.item == ALL and about.phase == "final"
        if function and function.code and about.place.startswith("T") and whole:
            found[function.code].add(statement.money.amount)
    return {code: frozenset(amounts) for code, amounts in found.items()}
