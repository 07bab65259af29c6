"""科目 as printed to functions: codes where names or digits settle it, else the printed names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from kg.codes import load_code_lists
from kg.facts import Function
from kg.vocabulary import normal_name

#: What may stand between the levels of a path.
SEPARATORS = "、,-—/>·"


def function_of_path(names: Sequence[str], year: int, fund: str | None = None) -> Function:
    """The function that a 类/款/项 path names; `text` is kept where the names aren't the labels."""
    functional = load_code_lists().functional
    code = functional.resolve(tuple(names), year=year, fund=fund)
    printed = "/".join(names)
    if code is None:
        return Function(None, printed)
    labels = [functional.label(c) for c in _levels(code)]
    plain = [normal_name(label or "") for label in labels]
    return Function(code, None if plain[-len(names) :] == [*names] else printed)


def function_of_code(digits: str, name: str, year: int) -> Function:
    """The function of a table's row: its digits decide, its name is kept where it differs."""
    functional = load_code_lists().functional
    if digits not in functional:
        return Function(None, f"{digits} {name}".strip())
    label = normal_name(functional.label(digits) or "")
    return Function(digits, None if name in ("", label) else name)


@lru_cache(maxsize=4096)
def path_of(class_name: str, rest: str | None, division: str | None, year: int) -> tuple[str, ...]:
    """The names of a printed 名(类)名(款)名(项), also where the mark (款) is misprinted.

    >>> path_of("其中教育支出", "、普通教育(款)小学教育", None, 2023)
    ('教育支出', '普通教育', '小学教育')
    """
    name = _class_name(class_name, year)
    if division is not None:
        return name, division.strip(SEPARATORS)
    if rest is None:
        return (name,)
    rest = rest.strip(SEPARATORS)
    if "(款)" in rest:
        middle, _, last = rest.partition("(款)")
        last = last.strip(SEPARATORS)
        return name, middle.strip(SEPARATORS), last.removeprefix("支出") or last
    return name, *_split(name, rest, year)


def _class_name(printed: str, year: int) -> str:
    """A class's name without the words of the sentence before it, where it is one we know."""
    functional = load_code_lists().functional
    ends = (printed[start:] for start in range(len(printed) - 1))
    return next((end for end in ends if functional.resolve((end,), year=year)), printed)


def _split(class_name: str, rest: str, year: int) -> list[str]:
    """Division and item of a path that lacks the mark between them: the split that names both."""
    functional = load_code_lists().functional
    for end in range(2, len(rest) - 1):
        division, item = rest[:end], rest[end:]
        bare = re.sub(r"\([^()]*\)$", "", division)
        for name in (division, bare):
            path = (class_name, name, item)
            code = functional.resolve(path, year=year)
            parent = functional.resolve(path[:2], year=year)
            if code is not None and parent is not None and code.startswith(parent):
                return [name, item]
    return [rest]


def _levels(code: str) -> list[str]:
    return [code[:n] for n in (3, 5, 7) if n <= len(code)]
