"""What a rule's query mentions, and what a graph can't do without to break the rule."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

_TOKEN = re.compile(
    r"""(?P<skip>"[^"]*"|\#[^\n]*|[?$]\w+)|(?P<name>[A-Za-z][\w-]*:[\w-]+)|(?P<word>\w+)|(?P<sign>\S)"""
)
#: What makes the group behind it one that needn't match.
_MAYBE = ("OPTIONAL", "UNION", "EXISTS", "MINUS")
#: Signs of a property path that may be of no length, or go another way.
_LOOSE = ("*", "?", "|")


def constants(query: str, prefixes: Mapping[str, str]) -> frozenset[str]:
    """The IRIs that a query names.

    >>> sorted(constants("{ ?x ex:p ex:a . FILTER (?x != ex:b) }", {"ex": "x:"}))
    ['x:a', 'x:b', 'x:p']
    """
    names = (match["name"] for match in _TOKEN.finditer(query) if match["name"])
    return frozenset(_iri(name, prefixes) for name in names)


def needed(query: str, prefixes: Mapping[str, str]) -> frozenset[str]:
    """The IRIs of a query without which nothing matches: those of patterns that must match.

    >>> text = "{ ?x ex:p ex:a . OPTIONAL { ?x ex:q ?y } { ?x ex:r 1 } UNION { ?x ex:s/ex:t* 1 } }"
    >>> sorted(needed(text, {"ex": "x:"}))
    ['x:a', 'x:p']
    """
    return frozenset(_iri(name, prefixes) for name in _must_match(_tokens(query)))


def _tokens(query: str) -> list[tuple[str, str]]:
    kinds = ("name", "word", "sign")
    found = ((kind, match[kind]) for match in _TOKEN.finditer(query) for kind in kinds)
    return [(kind, text) for kind, text in found if text]


def _must_match(tokens: list[tuple[str, str]]) -> Iterator[str]:
    """The names outside of groups that needn't match, and outside of expressions."""
    closes = _closing(tokens)
    free: list[int] = []
    for at, (kind, text) in enumerate(tokens):
        before = tokens[at - 1][1] if at else ""
        after = tokens[at + 1][1] if at + 1 < len(tokens) else ""
        is_maybe = before.upper() in _MAYBE or _next(tokens, closes.get(at, at)) == "UNION"
        if text == "(" or (text == "{" and is_maybe):
            free.append(closes[at])
        is_free = any(at <= end for end in free)
        if kind == "name" and not is_free and after not in _LOOSE and before != "|":
            yield text


def _closing(tokens: list[tuple[str, str]]) -> dict[int, int]:
    """Where each bracket closes."""
    opened: list[int] = []
    closes: dict[int, int] = {}
    for at, (_, text) in enumerate(tokens):
        if text in "{(":
            opened.append(at)
        elif text in "})":
            closes[opened.pop()] = at
    return closes


def _next(tokens: list[tuple[str, str]], at: int) -> str:
    return tokens[at + 1][1].upper() if at + 1 < len(tokens) else ""


def _iri(name: str, prefixes: Mapping[str, str]) -> str:
    prefix, _, local = name.partition(":")
    return prefixes.get(prefix, f"{prefix}:") + local
