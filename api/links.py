"""From the IRIs of the data to the addresses of this server, and back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from api.texts import Language

_PASSAGE = re.compile(r"(.+/source)#char=([0-9]{1,12}),([0-9]{1,12})")
_REPORT = re.compile(r"(report/[^/]+/[0-9]{4})/")
#: What a path may hold unescaped (RFC 3986 pchar, and the slash).
_SAFE = "/~!$&'()*+,;=:@-._"


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage's IRI, taken apart: characters `start` to `end` of the text `source`."""

    source: str
    start: int
    end: int


def passage(iri: str) -> Passage | None:
    """A passage's IRI, taken apart; None for other IRIs.

    >>> passage("http://x/report/u/2023/source#char=3,9")
    Passage(source='http://x/report/u/2023/source', start=3, end=9)
    """
    found = _PASSAGE.fullmatch(iri)
    return Passage(found[1], int(found[2]), int(found[3])) if found else None


def report_of(iri: str, base: str) -> str | None:
    """The report that a thing belongs to, by its IRI; None for what belongs to none.

    >>> report_of("http://x/report/u/2023/T03/final", "http://x/")
    'http://x/report/u/2023'
    """
    found = _REPORT.match(iri.removeprefix(base)) if iri.startswith(base) else None
    return base + found[1] if found else None


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses for one request: under `root`, and keeping the language that was asked for."""

    base: str
    root: str = ""
    language: Language | None = None

    def path(self, path: str, /, **parameters: object) -> str:
        """The address of a path of this server, as ``/sparql`` or ``/dumps/data/``."""
        address = self.root + quote(path, safe=_SAFE)
        if self.language is not None:
            parameters = {**parameters, "lang": self.language}
        given = {name: value for name, value in parameters.items() if value is not None}
        return f"{address}?{urlencode(given, doseq=True)}" if given else address

    def href(self, iri: str) -> str | None:
        """Where an IRI leads: here for our own, to its own site for others, or nowhere.

        A passage leads to its text with the place marked; browsers keep fragments to themselves, so
        its characters go into the query.

        >>> Links("http://x/", "/j").href("http://x/report/u/2023/source#char=3,9")
        '/j/report/u/2023/source.html?char=3%2C9#mark'
        """
        if not iri.startswith(self.base):
            return iri if iri.startswith(("http://", "https://")) else None
        found = passage(iri)
        if found:
            file = found.source.removeprefix(self.base)
            return self.path(f"/{file}.html", char=f"{found.start},{found.end}") + "#mark"
        local, hash_, fragment = iri.removeprefix(self.base).partition("#")
        return self.path(f"/{local}") + hash_ + quote(fragment, safe=_SAFE + "?")

    def document(self, iri: str, extension: str, /, **parameters: object) -> str:
        """The address of one format of a resource's description."""
        local = iri.removeprefix(self.base).partition("#")[0]
        return self.path(f"/{local}.{extension}", **parameters)
