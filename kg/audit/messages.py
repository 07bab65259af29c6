"""Templates of messages to sentences: amounts in 万元, percentages, places and subjects by name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal as OneOf

from pyoxigraph import Literal, NamedNode

from kg.facts import YUAN

Language = OneOf["zh", "en"]
#: What a variable of a query is bound to.
Term = NamedNode | Literal

_VARIABLE = re.compile(r"\{[?$](\w+)\}")
_NUMBERS = ("#decimal", "#integer")


@dataclass(frozen=True, slots=True)
class Text:
    """The same in both languages."""

    zh: str
    en: str

    def __getitem__(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


def fill(template: Text, values: Mapping[str, Term | Text], names: Mapping[str, Text]) -> Text:
    """A message with its variables, ``{?found}`` or ``{$this}``, replaced by their values.

    The name of a variable says how a number is shown: `percent` is per cent, all others are yuan.
    A concept is shown by its name in `names`. A variable without a value stays as it is.
    """

    def filled(language: Language) -> str:
        def value_of(match: re.Match[str]) -> str:
            value = values.get(match[1])
            return match[0] if value is None else _shown(match[1], value, names, language)

        return _VARIABLE.sub(value_of, template[language])

    return Text(filled("zh"), filled("en"))


def _shown(name: str, value: Term | Text, names: Mapping[str, Text], language: Language) -> str:
    if isinstance(value, Text):
        return value[language]
    if isinstance(value, NamedNode):
        return names[value.value][language] if value.value in names else value.value
    if not value.datatype.value.endswith(_NUMBERS):
        return value.value
    number = Decimal(value.value)
    return percentage(number) if name == "percent" else amount(number, language)


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
