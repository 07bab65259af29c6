"""The engine's syntax errors, which list a grammar's terminals, as one sentence for people."""

from __future__ import annotations

import re
from collections.abc import Sequence

from api.errors import MalformedQuery, Reason
from api.query_text import first_word, form_of, undeclared_prefixes

_PLACE = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
#: Classes of characters, of no use to a reader.
_CLASS = re.compile(r"\[[^\[\]]*\]")
#: A terminal in the engine's list: quoted, a keyword, or a sentence of its own.
_TERMINAL = re.compile(r'"(?:[^"\\]|\\.)*"|[A-Za-z][^,"]*')
_MOST = 8


def malformed(query: str, message: str) -> MalformedQuery:
    """The error for a query that the engine refuses with `message`.

    >>> str(malformed("ASK { ?s ?p }", 'error at 1:13: expected one of "$", "<", [_]'))
    'The query has an error at line 1, column 13: expected "$" or "<".'
    """
    place = _PLACE.search(message)
    line, column, expected = place.groups() if place else ("1", "1", "")
    return MalformedQuery(line=line, column=column, reason=_reason(query, expected))


def _reason(query: str, expected: str) -> Reason | str:
    if form_of(query) is None:
        word = first_word(query)
        empty = "no-query" if query.strip() else "empty"
        return Reason("no-form", word=word) if word else Reason(empty)
    terminals = [found.strip() for found in _TERMINAL.findall(_CLASS.sub("", expected))]
    # The engine words what isn't about a terminal ("Prefix not found") and hides it in the list.
    for terminal in terminals:
        if " " in terminal and not terminal.startswith('"'):
            return _undeclared(query, terminal) or terminal[0].lower() + terminal[1:]
    return _undeclared(query, "prefix") or _expecting(terminals)


def _expecting(terminals: Sequence[str]) -> Reason:
    """What should stand at the place of the error."""
    *others, last = terminals or [""]
    if not last:
        return Reason("unreadable")
    if len(others) >= _MOST:
        return Reason("expected-some", terminals=", ".join(terminals[:_MOST]))
    if others:
        return Reason("expected-one", terminals=", ".join(others), last=last)
    return Reason("expected", terminal=last)


def _undeclared(query: str, said: str) -> Reason | None:
    """Where the engine has said something of a prefix: which one isn't declared."""
    missing = undeclared_prefixes(query)
    if not missing or not said.lower().startswith("prefix"):
        return None
    names = ", ".join(f"{prefix}:" for prefix in missing)
    return Reason("undeclared", names=names, prefix=missing[0])
