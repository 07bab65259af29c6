"""Codes by patterns: 201* is a code with all that lie under it, 201???? those of seven digits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase

import pyoxigraph as ox

from api.site import Site

_PATTERN = re.compile(r"[A-Za-z0-9_*?-]*[*?][A-Za-z0-9_*?-]*")
#: More codes than any list has.
_ALL = 100_000


def is_pattern(value: str) -> bool:
    """Whether a value stands for codes that are like it.

    >>> is_pattern("201*"), is_pattern("2010301"), is_pattern("http://x/?y")
    (True, False, False)
    """
    return _PATTERN.fullmatch(value) is not None


def matching(site: Site, scheme: str, values: Sequence[str]) -> list[str]:
    """The values, each pattern replaced by the codes of a list that are like it; blocks."""
    if not any(map(is_pattern, values)):
        return list(values)
    known = _codes(site, scheme)
    return list(dict.fromkeys(code for value in values for code in _like(value, known)))


def _like(value: str, known: Iterable[str]) -> list[str]:
    if not is_pattern(value):
        return [value]
    return [code for code in known if fnmatchcase(code, value)]


def _codes(site: Site, scheme: str) -> tuple[str, ...]:
    """The codes of a list; asked for once."""
    found = site.known_codes.get(scheme)
    if found is None:
        list_ = site.namespace.code(scheme)
        query = site.queries.make("data/code_list", list=list_, after=None, limit=_ALL)
        concepts = (row["concept"] for row in site.store.select(query).rows)
        iris = (concept.value for concept in concepts if isinstance(concept, ox.NamedNode))
        found = tuple(iri.removeprefix(f"{list_}/") for iri in iris)
        site.known_codes[scheme] = found
    return found
