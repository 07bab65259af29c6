"""The engine's syntax errors, which list a grammar's terminals, as one sentence for people."""

from __future__ import annotations

import re

from api.errors import MalformedQuery
from api.query_text import first_word, form_of, undeclared_prefixes

_PLACE = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
#: Classes of characters, of no use to a reader.
_CLASS = re.compile(r"\[[^\[\]]*\]")
#: A terminal in the engine's list: quoted, a keyword, or a sentence of its own.
_TERMINAL = re.compile(r'"(?:[^"\\]|\\.)*"|[A-Za-z][^,"]*')
_MOST = 8
_EMPTY = "the query is empty"


def malformed(query: str, message: str) -> MalformedQuery:
    """The error for a query that the engine refuses with `message`.

    >>> str(malformed("ASK { ?s ?p }", 'error at 1:13: expected one of "$", "<", [_]'))
    'The query has an error at line 1, column 13: expected "$" or "<".'
    """
    place = _PLACE.search(message)
    line, column, expected = place.groups() if place else ("1", "1", "")
    return MalformedQuery(line=line, column=column, reason=_reason(query, expected))


def _reason(query: str, expected: str) -> str:
    if form_of(query) is None:
        word = first_word(query)
        forms = "a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE"
        return f"{forms}, not {word}" if word else "there is no query" if query.strip() else _EMPTY
    terminals = [found.strip() for found in _TERMINAL.findall(_CLASS.sub("", expected))]
    # The engine words what isn't about a terminal ("Prefix not found") and hides it in the list.
    for terminal in terminals:
        if " " in terminal and not terminal.startswith('"'):
            return _with_prefixes(query, terminal[0].lower() + terminal[1:])
    if undeclared_prefixes(query):
        return _with_prefixes(query, "prefix not found")
    if not terminals:
        return "this can't be read as SPARQL"
    if len(terminals) > _MOST:
        return f"expected one of {', '.join(terminals[:_MOST])} ..."
    return "expected " + " or ".join(terminals)


def _with_prefixes(query: str, reason: str) -> str:
    missing = undeclared_prefixes(query)
    if not reason.startswith("prefix") or not missing:
        return reason
    names = ", ".join(f"{prefix}:" for prefix in missing)
    return f"the prefix {names} is not declared (PREFIX {missing[0]}: <...>)"
