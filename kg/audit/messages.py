"""Templates of messages to sentences: amounts in 万元, percentages, places and subjects by name."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal as OneOf

from pyoxigraph import Literal, NamedNode

from kg.facts import YUAN

Language = OneOf["zh", "en"]
#: What a variable of a query is bound to.
Term = NamedNode | Literal

VARIABLE = re.compile(r"\{[?$](\w+)\}")
#: The variables that are in the rule's unit.
_MEASURED = ("found", "expected", "difference", "whole")


@dataclass(frozen=True, slots=True)
class Text:
    """The same in both languages."""

    zh: str
    en: str

    def __getitem__(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


def fill(
    template: Text,
    values: Mapping[str, Term | Text],
    name_of: Callable[[str], Text | None],
    unit: str = "yuan",
) -> Text:
    """A message with its variables, ``{?found}`` or ``{$this}``, replaced by their values.

    What the rule measures is shown in its `unit`, a difference without its sign; other numbers by
    the names of their variables (docs/rules-howto.md), an IRI by its name. A variable without a
    value stays as it is.
    """

    def filled(language: Language) -> str:
        def value_of(match: re.Match[str]) -> str:
            value = values.get(match[1])
            if value is None:
                return match[0]
            if isinstance(value, Text):
                return value[language]
            if isinstance(value, NamedNode):
                name = name_of(value.value)
                return name[language] if name else value.value
            number = number_of(value)
            if number is None:
                return value.value
            shown = abs(number) if match[1] == "difference" else number
            return show(shown, unit_of(match[1], value, unit), language)

        return VARIABLE.sub(value_of, template[language])

    return Text(filled("zh"), filled("en"))


def number_of(value: Term | Text | None) -> Decimal | None:
    """The number that a variable is bound to, if it is one."""
    is_number = isinstance(value, Literal) and value.datatype.value.endswith(
        ("#decimal", "#integer")
    )
    return Decimal(value.value) if isinstance(value, Literal) and is_number else None


def unit_of(name: str, value: Literal, unit: str) -> str:
    """What the number of a variable is of, by the variable's name and the rule's unit."""
    if name in _MEASURED:
        return unit
    if name.lower().endswith("percent"):
        return "percent"
    is_plain = value.datatype.value.endswith("#integer") or name.lower().endswith(
        ("score", "weight", "number")
    )
    return "number" if is_plain else "yuan"


def show(number: Decimal, unit: str, language: Language) -> str:
    """A number with its unit."""
    if unit == "percent":
        return percentage(number)
    return f"{number.normalize():,f}" if unit == "number" else amount(number, language)


def percentage(value: Decimal) -> str:
    """Per cent as reports print them.

    >>> percentage(Decimal("100")), percentage(Decimal("-8.120"))
    ('100%', '-8.12%')
    """
    return f"{value.normalize():f}%"


def amount(yuan: Decimal, language: Language) -> str:
    """An amount in 万元 with two decimals, as reports print it; odd yuan below one 万元 in yuan.

    >>> amount(Decimal("45705100"), "zh"), amount(Decimal("959.84"), "en")
    ('4,570.51万元', '959.84 yuan')
    """
    unit = YUAN["wan-yuan"]
    if abs(yuan) < unit and yuan % 100:
        return f"{yuan:,.2f}元" if language == "zh" else f"{yuan:,.2f} yuan"
    return f"{yuan / unit:,.2f}万元" if language == "zh" else f"{yuan / unit:,.2f} 万元"
