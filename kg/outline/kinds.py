"""What kind of document it is: a unit's final accounts, or another, which is refused."""

from __future__ import annotations

import re
from collections.abc import Set
from functools import cache
from itertools import pairwise

from kg.errors import ReportError
from kg.outline.stream import Stream
from kg.record import record
from kg.resources import toml

#: A title stands among so many lines at the beginning, and is no longer than this.
LINES, LENGTH = 60, 70


class NotAReport(ReportError):
    """A document that isn't a report on a unit's final accounts."""


@record
class _Kind:
    """A kind of document by its title; `what` it is called where it is refused."""

    title: re.Pattern[str]
    what: str | None


@cache
def _kinds() -> tuple[tuple[_Kind, ...], frozenset[str]]:
    data = toml(__package__, "headings.toml")
    kinds = (_Kind(re.compile(entry["title"]), entry.get("what")) for entry in data["kinds"])
    return tuple(kinds), frozenset(data["telling"])


def check_kind(text: Stream, places: Set[str], told: Set[str]) -> None:
    """Refuse a document that isn't a report; `places` are the places that it has titles of.

    Places that are `told` in sentences make a report of what its title says is one.

    Raises:
        NotAReport: it is another kind of document, or nothing of a report is in it.

    """
    name = text.document.name
    kind = _by_title(text)
    refused = kind and kind.what
    if refused and not places & _kinds()[1]:
        raise NotAReport(
            f"{name}: is {refused} by its title; expected a unit's final accounts "
            "(部门决算, 单位决算)"
        )
    if not places and not (kind and told):
        found = "only its title" if kind else "no title of one"
        raise NotAReport(
            f"{name}: not a final-accounts report (部门决算): {found} is there, none of its nine "
            "tables and no section of its explanation (收入支出决算总体情况说明 …)"
        )


def _by_title(text: Stream) -> _Kind | None:
    """The kind that the first telling line of a document titles."""
    starts = [*text.line_starts, len(text.text)][: LINES + 1]
    for start, end in pairwise(starts):
        line = text.text[start:end]
        if len(line) <= LENGTH:
            for kind in _kinds()[0]:
                if kind.title.search(line):
                    return kind
    return None
