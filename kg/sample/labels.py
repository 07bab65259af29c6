"""What the codes of the functional and economic classifications are called."""

from __future__ import annotations

from kg.codes import load_code_lists
from kg.facts import Function
from kg.vocabulary import normal_name


def label(code: str) -> str:
    """The name of a functional or economic code that the lists are known to have."""
    lists = load_code_lists()
    name = lists.functional.label(code) or lists.economic.label(code)
    assert name is not None, code
    return name


def printed_function(code: str, printed: str | None) -> Function:
    """A code as extraction tells it: with the printed name where that isn't the label."""
    same = printed is None or normal_name(printed) == normal_name(label(code))
    return Function(code, None if same else normal_name(printed or ""))
