"""What can be told of a query from its text, before the engine sees it.

None of this decides what a query means; the engine's parser does. Its form tells which formats an
answer can come in. Two checks do what the engine has no switch for. One keeps it from calling other
hosts: it refuses whatever could be read as a SERVICE clause, even inside a string, because telling
strings from operators (``?a<'b>c'``) takes the whole grammar. The other refuses brackets so deep
that the engine, which recurses, would run out of stack and take the process with it. A third is for
endpoints behind this one: some load what FROM names, and files of theirs are nobody's business.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Literal

from api.errors import FileRefused, ServiceRefused, TooDeep, UpdateRefused

Form = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]

_GAP = r"(?>\s+|\#[^\r\n]*)*+"
_PROLOGUE = rf"""(?>
      BASE {_GAP} <[^<>]*>
    | PREFIX {_GAP} [^\s:<>]*+ : {_GAP} <[^<>]*>
    | VERSION {_GAP} (?:"[^"]*"|'[^']*')
    | \s+ | \#[^\r\n]*
)*+"""
_OPENING = re.compile(rf"{_PROLOGUE}([A-Za-z]*)", re.IGNORECASE | re.VERBOSE)
_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH")
_FORMS: tuple[Form, ...] = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")

#: SERVICE, perhaps SILENT, a name and an opening brace; the engine asks for no space between them.
_SERVICE = re.compile(
    rf"(?<![:?$])SERVICE{_GAP}(?:SILENT{_GAP})?(?:<(?P<iri>[^>]*+)>|(?:\\.|[^\s{{<>\#\\])++){_GAP}\{{",
    re.IGNORECASE,
)
#: A file as a graph; written with a prefix it is let through to the engine, which loads nothing.
_FROM_FILE = re.compile(rf"\bFROM{_GAP}(?:NAMED{_GAP})?<file:", re.IGNORECASE)
#: More of the word than an honest query holds; it bounds the time that looking takes.
_TOO_OFTEN = 300
#: How deep brackets may nest; what people write stays below 20.
MOST_DEPTH = 100
_BRACKET = re.compile(r"[][(){}]")
_VOLATILE_WORDS = ("NOW", "RAND", "UUID", "BNODE")
_VOLATILE = re.compile(r"\b(?:NOW|RAND|UUID|STRUUID|BNODE)\s*\(", re.IGNORECASE)
_DECLARED = re.compile(r"\bPREFIX\s+([^\s:]*):", re.IGNORECASE)
_USED = re.compile(r"(?<![\w:/#@?$\"'<.-])([A-Za-z][\w-]*|):(?=[\w%\\])")
_NOISE = re.compile(r"<[^<>\s]*>|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|\#[^\r\n]*")


def first_word(query: str) -> str:
    """The word that tells what a query is, after its prologue; empty where there is none."""
    opening = _OPENING.match(query)
    return opening[1] if opening else ""


def form_of(query: str) -> Form | None:
    r"""What a query asks for, by its first word after the prologue; None where it isn't one.

    >>> form_of("PREFIX x: <http://x/#> # ask\nselect * {}")
    'SELECT'
    """
    word = first_word(query).upper()
    if word in _UPDATES:
        raise UpdateRefused()
    # The engine takes SELECT* and SELECT?x, but SELECTED is its to complain about.
    return next((form for form in _FORMS if word == form), None)


def refuse_service(query: str, allowed: Collection[str] = ()) -> None:
    """Raise where a query could make the engine call an endpoint that isn't `allowed`, by its IRI.

    >>> refuse_service("SELECT * { ?s a <http://x/Service> . ?s <http://x/service> ?o }")
    >>> refuse_service("SELECT * { SERVICE <http://x/sparql> { ?s ?p ?o } }", ["http://x/sparql"])
    """
    times = query.upper().count("SERVICE")
    if not times:
        return
    if times > _TOO_OFTEN or any(
        called["iri"] not in allowed for called in _SERVICE.finditer(query)
    ):
        raise ServiceRefused()


def refuse_files(query: str) -> None:
    """Raise where a query names a file as a graph to ask.

    >>> refuse_files("SELECT * FROM <http://x/> { ?s ?p <file:///etc/hosts> }")
    """
    if "file:" in query.lower() and _FROM_FILE.search(query):
        raise FileRefused()


def refuse_deep(query: str) -> None:
    """Raise where brackets nest too deep.

    >>> refuse_deep("SELECT * { " + "{" * 50 + "}" * 50 + " }")
    """
    if query.count("{") + query.count("(") + query.count("[") <= MOST_DEPTH:
        return
    brackets = _BRACKET.findall(_NOISE.sub(" ", query))
    depths = accumulate(1 if bracket in "([{" else -1 for bracket in brackets)
    if max(depths, default=0) > MOST_DEPTH:
        raise TooDeep(limit=MOST_DEPTH)


def is_volatile(query: str) -> bool:
    """Whether a query may answer otherwise when it is asked again."""
    upper = query.upper()
    # the pattern takes ten times as long to say that it finds nothing
    return any(word in upper for word in _VOLATILE_WORDS) and _VOLATILE.search(query) is not None


@dataclass(frozen=True, slots=True)
class Looked:
    """What a query's text tells: what it asks for, and whether it may answer otherwise again."""

    form: Form | None
    volatile: bool


@lru_cache(maxsize=128)
def look_at(query: str, services: tuple[str, ...] = ()) -> Looked:
    """All of the above of one query; raise where it may not be asked. `services` may be called."""
    form = form_of(query)
    refuse_service(query, services)
    refuse_files(query)
    refuse_deep(query)
    return Looked(form, is_volatile(query))


def undeclared_prefixes(query: str) -> list[str]:
    """Prefixes used without a declaration, in order; what an unclear syntax error is often about.

    >>> undeclared_prefixes('PREFIX a: <http://x/> ASK { ?s a:b "c:d" ; bud:amount ?e }')
    ['bud']
    """
    plain = _NOISE.sub(" ", query)
    declared = set(_DECLARED.findall(plain))
    used = dict.fromkeys(_USED.findall(_DECLARED.sub(" ", plain)))
    return [prefix for prefix in used if prefix not in declared]
