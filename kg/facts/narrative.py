"""What the text tells beside figures: work, terms, duties, offices and subordinate units."""

from __future__ import annotations

from kg.facts.values import Function, Passage
from kg.record import record


@record
class WorkItem:
    """An item of the year's key work; `name`, `goal` and `status` where the report tells them."""

    text: str
    passage: Passage
    name: str | None = None
    goal: str | None = None
    status: str | None = None


@record
class Definition:
    """An entry of the glossary (名词解释); `function` where the term is a 类/款/项 path."""

    term: str
    text: str
    passage: Passage
    function: Function | None = None


@record
class Duty:
    """A duty of the unit (主要职能), as printed."""

    text: str
    passage: Passage


@record
class Office:
    """An internal office of the unit (内设机构)."""

    name: str
    passage: Passage


@record
class Subordinate:
    """A unit whose accounts are part of the report's (部门决算单位构成)."""

    name: str
    passage: Passage
